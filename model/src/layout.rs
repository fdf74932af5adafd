//! The layout of a JSON text that people review: a value is one line if it fits into one, otherwise each of its
//! parts has lines of its own.

/// The longest line, in bytes.
const WIDTH: usize = 120;

/// Lays out `compact`, a JSON text without white space between its tokens, and ends it with a line feed.
pub(crate) fn lines(compact: &str) -> String {
    let mut layout = Layout {
        text: compact,
        at: 0,
        out: String::with_capacity(compact.len() + compact.len() / 2),
    };
    layout.value(0, 0);
    layout.out.push('\n');
    layout.out
}

struct Layout<'t> {
    text: &'t str,
    at: usize,
    out: String,
}

impl Layout<'_> {
    /// Writes the value at `at`. `taken` bytes of the line are written already, and one follows.
    fn value(&mut self, indent: usize, taken: usize) {
        let bytes = self.text.as_bytes();
        let end = extent(bytes, self.at);
        let (open, close) = match bytes[self.at] {
            b'{' => ('{', '}'),
            b'[' => ('[', ']'),
            _ => return self.copy(end),
        };
        let line = one_line(&self.text[self.at..end]);
        if taken + line.len() < WIDTH || end - self.at == 2 {
            self.out.push_str(&line);
            self.at = end;
            return;
        }
        self.out.push(open);
        self.at += 1;
        loop {
            self.line(indent + 2);
            let mut taken = indent + 2;
            if open == '{' {
                let key = extent(bytes, self.at);
                taken += key - self.at + 2;
                self.copy(key);
                self.out.push_str(": ");
                self.at += 1;
            }
            self.value(indent + 2, taken);
            if bytes[self.at] != b',' {
                break;
            }
            self.out.push(',');
            self.at += 1;
        }
        self.at += 1;
        self.line(indent);
        self.out.push(close);
    }

    fn copy(&mut self, end: usize) {
        self.out.push_str(&self.text[self.at..end]);
        self.at = end;
    }

    fn line(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent));
    }
}

/// The end of the value that starts at `at`.
fn extent(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0_usize;
    loop {
        match bytes[at] {
            b'"' => at = string_end(bytes, at),
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' => {
                depth -= 1;
                at += 1;
            }
            _ if depth > 0 => at += 1,
            _ => {
                while at < bytes.len() && !matches!(bytes[at], b',' | b'}' | b']') {
                    at += 1;
                }
            }
        }
        if depth == 0 {
            return at;
        }
    }
}

/// The byte after the string that starts at `at`.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    at += 1;
    while bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

/// A value in one line, with a space after each comma and colon between its tokens.
fn one_line(compact: &str) -> String {
    let bytes = compact.as_bytes();
    let mut line = String::with_capacity(compact.len() + 16);
    let mut at = 0;
    while at < bytes.len() {
        let end = if bytes[at] == b'"' {
            string_end(bytes, at)
        } else {
            at + 1
        };
        line.push_str(&compact[at..end]);
        if matches!(bytes[at], b',' | b':') {
            line.push(' ');
        }
        at = end;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_fits_is_one_line_and_its_strings_stay() {
        let text = r#"{"a":[1,2,{}],"b":"x, y: \"{","c":null}"#;
        assert_eq!(
            lines(text),
            "{\"a\": [1, 2, {}], \"b\": \"x, y: \\\"{\", \"c\": null}\n"
        );
    }

    #[test]
    fn a_longer_value_has_one_line_per_part() {
        let long = "x".repeat(80);
        let text =
            format!(r#"{{"first":{{"name":"{long}","in":"path"}},"second":[true,"{long}"]}}"#);
        let expected = format!(
            "{{\n  \"first\": {{\"name\": \"{long}\", \"in\": \"path\"}},\n  \"second\": [true, \"{long}\"]\n}}\n"
        );
        assert_eq!(lines(&text), expected);
    }

    #[test]
    fn what_is_nested_too_deep_for_one_line_is_broken_where_it_must_be() {
        let name = "n".repeat(60);
        let text = format!(r#"{{"a":{{"b":["{name}","{name}"],"c":{{}}}}}}"#);
        let expected = format!(
            "{{\n  \"a\": {{\n    \"b\": [\n      \"{name}\",\n      \"{name}\"\n    ],\n    \"c\": {{}}\n  }}\n}}\n"
        );
        assert_eq!(lines(&text), expected);
    }
}
