//! What is between the values of an example: space, comments, dots.

use super::Reader;

impl Reader<'_> {
    /// Skips white space, comments, and dots in place of values.
    pub(super) fn space(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(b'/') if self.starts("//") => {
                    self.slip("a comment");
                    self.line();
                }
                Some(b'/') if self.starts("/*") => {
                    self.slip("a comment");
                    let end = self.text[self.at..].find("*/");
                    self.at = end.map_or(self.bytes.len(), |end| self.at + end + 2);
                }
                Some(b'#') => {
                    self.slip("a comment");
                    self.line();
                }
                Some(b'.') if self.starts("..") => {
                    self.slip("dots in place of values");
                    while self.peek() == Some(b'.') {
                        self.at += 1;
                    }
                }
                Some(0xE2) if self.starts("…") => {
                    self.slip("dots in place of values");
                    self.at += "…".len();
                }
                Some(0xC2) if self.starts("\u{a0}") => {
                    self.slip("a space that is not one");
                    self.at += 2;
                }
                Some(0xE2) if self.starts("\u{200b}") || self.starts("\u{200c}") => {
                    self.slip("a space that is not one");
                    self.at += 3;
                }
                Some(0xE3) if self.starts("\u{3000}") => {
                    self.slip("a space that is not one");
                    self.at += 3;
                }
                _ => return,
            }
        }
    }

    fn line(&mut self) {
        let end = self.text[self.at..].find('\n');
        self.at = end.map_or(self.bytes.len(), |end| self.at + end);
    }
}
