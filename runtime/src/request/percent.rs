//! Percent-encoding of RFC 3986, section 2.1.
//! This module must never leave a byte unencoded that means something to a URL parser.

use alloc::string::String;

/// Appends a value. Only unreserved characters (section 2.3) stay unencoded.
///
/// Sub-delimiters, `:` and `@` would be allowed in a segment, too. But a template such as
/// `{region}:{floatingip_id}` gives them a meaning.
pub(super) fn push_value(to: &mut String, value: &str) {
    push_encoded(to, value.as_bytes());
}

/// The same for bytes that may not be text.
pub(crate) fn push_encoded(to: &mut String, value: &[u8]) {
    push(to, value, is_unreserved);
}

/// Appends text of a path template: everything that may appear in a path (section 3.3), and its slashes.
pub(super) fn push_text(to: &mut String, text: &str) {
    push(to, text.as_bytes(), |byte| {
        is_unreserved(byte) || b"/!$&'()*+,;=:@".contains(&byte)
    });
}

fn push(to: &mut String, text: &[u8], stays: fn(u8) -> bool) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in text {
        if stays(byte) {
            to.push(char::from(byte));
        } else {
            to.push('%');
            to.push(char::from(HEX[usize::from(byte >> 4)]));
            to.push(char::from(HEX[usize::from(byte & 0xf)]));
        }
    }
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

    use super::*;

    const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');

    #[test]
    fn every_character_is_encoded_as_the_percent_encoding_crate_does() {
        // All of ASCII, and the first and last character of each UTF-8 length.
        let characters =
            ('\0'..='\u{7f}').chain("\u{80}\u{7ff}\u{800}\u{ffff}\u{10000}\u{10ffff}".chars());
        for character in characters {
            let value = String::from(character);
            let mut encoded = String::new();
            push_value(&mut encoded, &value);
            assert_eq!(
                encoded,
                utf8_percent_encode(&value, UNRESERVED).collect::<String>()
            );
            assert_eq!(percent_decode_str(&encoded).decode_utf8().unwrap(), value);
        }
    }
}
