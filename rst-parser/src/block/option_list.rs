//! Option lists, as in the help of a command line ("Option Lists" in the reStructuredText specification).
//! An option without a description is text.

use super::Indent;
use super::body::Start;
use crate::parser::Parser;
use crate::{Block, Few, Span};

/// Command line options with their descriptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionList<'t> {
    /// The lines of the list.
    pub span: Span,
    /// The items, in order.
    pub items: Vec<OptionItem<'t>>,
}

/// The spellings of one option, and its description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionItem<'t> {
    /// The item, from the first option on.
    pub span: Span,
    /// The spellings, such as `-o FILE` and `--output=FILE`.
    pub options: Vec<CommandOption>,
    /// The description.
    pub blocks: Few<Block<'t>>,
}

/// One spelling of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandOption {
    /// The option, such as `--output`.
    pub name: String,
    /// The text between option and argument: nothing, ` ` or `=`.
    pub delimiter: &'static str,
    /// The argument, such as `FILE`.
    pub argument: Option<String>,
}

impl CommandOption {
    /// The option as it is written.
    pub fn text(&self) -> String {
        format!(
            "{}{}{}",
            self.name,
            self.delimiter,
            self.argument.as_deref().unwrap_or_default()
        )
    }
}

/// The bytes of the option marker that `line` starts with: options, and the spaces after them.
pub(super) fn marker(line: &str) -> Option<usize> {
    let mut at = option(line)?;
    while let Some(rest) = line[at..].strip_prefix(", ") {
        let Some(length) = option(rest) else { break };
        at += 2 + length;
    }
    let blanks = line[at..].bytes().take_while(|&byte| byte == b' ').count();
    (blanks >= 2 || at + blanks == line.len()).then_some(at + blanks)
}

/// The bytes of the one option that `text` starts with.
fn option(text: &str) -> Option<usize> {
    let name_byte = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let bytes = text.as_bytes();
    let starts_long = text.starts_with("--") || text.starts_with('/');
    if starts_long {
        let start = if bytes[0] == b'/' { 1 } else { 2 };
        if !bytes.get(start)?.is_ascii_alphanumeric() {
            return None;
        }
        let end = start
            + text[start..]
                .bytes()
                .take_while(|&byte| name_byte(byte))
                .count();
        let argument = match bytes.get(end) {
            Some(b' ' | b'=') => argument(&text[end + 1..]).map(|length| length + 1),
            _ => None,
        };
        return Some(end + argument.unwrap_or_default());
    }
    if !matches!(bytes.first()?, b'-' | b'+') || !bytes.get(1)?.is_ascii_alphanumeric() {
        return None;
    }
    let rest = &text[2..];
    let blank = usize::from(rest.starts_with(' '));
    Some(2 + argument(&rest[blank..]).map_or(0, |length| blank + length))
}

/// The bytes of the option argument that `text` starts with: a name, or any text in `<>`.
fn argument(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.first()?.is_ascii_alphabetic() {
        return Some(
            bytes
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
                .count(),
        );
    }
    let inner = text.strip_prefix('<')?;
    let length = inner.find(['<', '>'])?;
    (length > 0 && inner[length..].starts_with('>')).then_some(length + 2)
}

/// The options that a marker contains.
fn options(marker: &str) -> Option<Vec<CommandOption>> {
    let mut options = Vec::new();
    let mut rest = marker.trim_end_matches(' ');
    while !rest.is_empty() {
        let length = option(rest)?;
        options.push(spelling(&rest[..length]));
        rest = rest[length..].strip_prefix(", ").unwrap_or_default();
    }
    Some(options)
}

fn spelling(text: &str) -> CommandOption {
    let split = |name: &str, delimiter, argument: &str| CommandOption {
        name: name.to_owned(),
        delimiter,
        argument: Some(argument.split_whitespace().collect::<Vec<_>>().join(" ")),
    };
    let first = text.split(' ').next().unwrap_or(text);
    if let Some((name, _)) = first.split_once('=') {
        return split(name, "=", &text[name.len() + 1..]);
    }
    if first.len() > 2 && !first.starts_with("--") && !first.starts_with('/') {
        return split(&text[..2], "", &text[2..]);
    }
    match text.split_once(' ') {
        Some((name, argument)) => split(name, " ", argument),
        None => CommandOption {
            name: text.to_owned(),
            delimiter: "",
            argument: None,
        },
    }
}

impl<'t> Parser<'_, 't> {
    pub(super) fn option_list(
        &mut self,
        at: usize,
        end: usize,
        titles: bool,
        out: &mut Vec<Block<'t>>,
    ) -> usize {
        let mut items = Vec::new();
        let mut next = at;
        let mut blank_finish = true;
        while next < end && Start::of(self.line(next)) == Start::OptionMarker {
            let Some((item, after, blank)) = self.option_item(next, end) else {
                break;
            };
            items.push(item);
            blank_finish = blank;
            next = self.skip_blank(after, end);
        }
        if items.is_empty() {
            return self.text_block(at, end, titles, out);
        }
        let span = self.span_of(at..next);
        out.push(Block::OptionList(OptionList { span, items }));
        self.warn_unindent(blank_finish, next, end, "an option list");
        next
    }

    fn option_item(&mut self, at: usize, end: usize) -> Option<(OptionItem<'t>, usize, bool)> {
        let line = self.line(at);
        let bytes = marker(line)?;
        let options = options(&line[..bytes])?;
        let block = self.indented(at, end, Indent::AfterMarker { bytes });
        if block.lines.is_empty() {
            self.lines.truncate(block.pushed);
            return None;
        }
        let blocks = self.nested(&block);
        let span = self.span_of(at..block.next);
        Some((
            OptionItem {
                span,
                options,
                blocks,
            },
            block.next,
            block.blank_finish,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn two_blanks_part_an_option_from_its_description() {
        let parsed = parse(
            "-X POST             Sets the method.\n--header=FIELD, -H FIELD\n                    Sets a header.\n",
        );
        let [Block::OptionList(list)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        let texts: Vec<_> = list.items[1]
            .options
            .iter()
            .map(CommandOption::text)
            .collect();
        assert_eq!(texts, ["--header=FIELD", "-H FIELD"]);
        assert_eq!(list.items[1].blocks[0].text(), "Sets a header.");
    }

    #[test]
    fn a_path_alone_on_its_line_is_text() {
        let parsed = parse("/v2/images\n");
        assert!(matches!(parsed.document.blocks[..], [Block::Paragraph(_)]));
        assert_eq!(marker("/v2  text"), Some(5));
        assert_eq!(marker("-o<a b>, /V"), Some(11));
    }
}
