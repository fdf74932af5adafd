//! The schemes that make a link ("Standalone Hyperlinks" in the reStructuredText specification).

/// Schemes that make a link, in order. The set is the one that docutils knows.
const SCHEMES: &[&str] = &[
    "about",
    "acap",
    "addbook",
    "afp",
    "afs",
    "aim",
    "callto",
    "castanet",
    "chttp",
    "cid",
    "crid",
    "data",
    "dav",
    "dict",
    "dns",
    "eid",
    "fax",
    "feed",
    "file",
    "finger",
    "freenet",
    "ftp",
    "go",
    "gopher",
    "gsm-sms",
    "h323",
    "h324",
    "hdl",
    "hnews",
    "http",
    "https",
    "hydra",
    "iioploc",
    "ilu",
    "im",
    "imap",
    "info",
    "ior",
    "ipp",
    "irc",
    "iris.beep",
    "iseek",
    "jar",
    "javascript",
    "jdbc",
    "ldap",
    "lifn",
    "livescript",
    "lrq",
    "mailbox",
    "mailserver",
    "mailto",
    "md5",
    "mid",
    "mocha",
    "modem",
    "mtqp",
    "mupdate",
    "news",
    "nfs",
    "nntp",
    "opaquelocktoken",
    "phone",
    "pop",
    "pop3",
    "pres",
    "printer",
    "prospero",
    "rdar",
    "res",
    "rtsp",
    "rvp",
    "rwhois",
    "rx",
    "sdp",
    "service",
    "shttp",
    "sip",
    "sips",
    "smb",
    "snews",
    "snmp",
    "soap.beep",
    "soap.beeps",
    "ssh",
    "t120",
    "tag",
    "tcp",
    "tel",
    "telephone",
    "telnet",
    "tftp",
    "tip",
    "tn3270",
    "tv",
    "urn",
    "uuid",
    "vemmi",
    "videotex",
    "view-source",
    "wais",
    "whodp",
    "whois++",
    "x-man-page",
    "xmlrpc.beep",
    "xmlrpc.beeps",
    "z39.50r",
    "z39.50s",
];

/// The start and the end, in [`SCHEMES`], of the schemes with each first letter.
const BY_LETTER: [u8; 27] = {
    let mut starts = [0; 27];
    let mut index = 0;
    while index < SCHEMES.len() {
        let mut letter = (SCHEMES[index].as_bytes()[0] - b'a') as usize + 1;
        while letter < 27 {
            starts[letter] += 1;
            letter += 1;
        }
        index += 1;
    }
    starts
};

/// Whether the scheme of `link` makes it a link.
pub(super) fn is_known_scheme(link: &str) -> bool {
    let length = link.bytes().take_while(|&byte| byte != b':').count();
    let scheme = &link[..length];
    let letter = match scheme.bytes().next() {
        Some(first) if first.is_ascii_alphabetic() => {
            usize::from(first.to_ascii_lowercase() - b'a')
        }
        _ => return false,
    };
    let range = usize::from(BY_LETTER[letter])..usize::from(BY_LETTER[letter + 1]);
    SCHEMES[range]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_of_an_action_is_unknown() {
        assert!(!is_known_scheme("ims:images:get"));
        assert!(is_known_scheme("HTTPS://x"));
    }

    #[test]
    fn every_scheme_is_found_by_its_letter() {
        assert!(SCHEMES.is_sorted());
        assert!(SCHEMES.iter().all(|scheme| is_known_scheme(scheme)));
    }
}
