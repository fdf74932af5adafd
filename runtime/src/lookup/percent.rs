//! Percent-decoding of RFC 3986, section 2.1, byte by byte.
//! Decoding never fails. A `%` without two hexadecimal digits after it is a `%`.

/// The decoded bytes of a percent-encoded text.
///
/// ```
/// # use permspec_runtime::Decoded;
/// assert!(Decoded::new("a%2Fb%C3%A9").eq("a/bé".bytes()));
/// assert!(Decoded::new("100%").eq("100%".bytes()), "no digits follow");
/// ```
#[derive(Clone, Debug)]
pub struct Decoded<'t> {
    rest: &'t [u8],
}

impl<'t> Decoded<'t> {
    /// Decodes `text` once.
    pub const fn new(text: &'t str) -> Decoded<'t> {
        Decoded {
            rest: text.as_bytes(),
        }
    }
}

impl Decoded<'_> {
    /// The number of bytes of the encoded text that are left.
    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }
}

impl Iterator for Decoded<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let (byte, length) = match *self.rest {
            [] => return None,
            [b'%', high, low, ..] => match (digit(high), digit(low)) {
                (Some(high), Some(low)) => (high << 4 | low, 3),
                _ => (b'%', 1),
            },
            [byte, ..] => (byte, 1),
        };
        self.rest = &self.rest[length..];
        Some(byte)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rest.len().div_ceil(3), Some(self.rest.len()))
    }
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::string::String;
    use std::vec::Vec;

    use percent_encoding::percent_decode_str;

    use super::*;

    #[test]
    fn it_decodes_as_the_percent_encoding_crate_does() {
        let pieces = [
            "%", "2", "f", "F", "%41", "%zz", "é", "%e", "+", "%%25", "%25",
        ];
        for first in pieces {
            for second in pieces {
                for third in pieces {
                    let text = String::from(first) + second + third;
                    let expected: Vec<u8> = percent_decode_str(&text).collect();
                    assert!(Decoded::new(&text).eq(expected), "{text}");
                }
            }
        }
    }
}
