//! The text of a YAML or JSON file as a tree. Anchors and merge keys (`<<`) are resolved.
//! This module must never repeat a part of the text in an error, and never build a tree that is much larger than
//! a file of settings.
//!
//! Scalars stay as they are written: `0123`, `1e3` and `yes` are these texts. Only a missing value, `null` and `~`
//! are no value, as in every YAML library. PyYAML, which openstacksdk uses, reads `0123` as the number 83 and `yes`
//! as true.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use std::path::Path;

use granit_parser::{
    ErrorKind, Event, Marker, Parser, ScalarStyle, ScanError, Span, StrInput, Tag, options,
};

use super::error::{ConfigError, ConfigErrorKind};
use super::place::Place;
use super::tree::{Map, Node, Value};

/// Maps and lists in each other. Files of settings have five levels.
const DEPTH_LIMIT: usize = 32;
/// Values in a tree after aliases were replaced.
const NODE_LIMIT: usize = 50_000;
/// Bytes of text in a tree after aliases were replaced.
const TEXT_LIMIT: usize = 4 * 1024 * 1024;

/// Reads the text of the file at `path`.
pub(super) fn read(text: &str, path: &Arc<Path>) -> Result<Node, ConfigError> {
    let options = options! {
        block_scalar_eof_without_line_feed: true,
        flow_nesting_limit: DEPTH_LIMIT,
        block_nesting_limit: DEPTH_LIMIT,
    };
    let mut reader = Reader {
        events: Parser::new_from_str_with_options(text, options),
        path,
        anchors: BTreeMap::new(),
        size: Size::default(),
    };
    reader.document()
}

struct Reader<'t> {
    events: Parser<'t, StrInput<'t>>,
    path: &'t Arc<Path>,
    /// The values of anchors that are complete, and their sizes.
    anchors: BTreeMap<usize, (Node, Size)>,
    size: Size,
}

#[derive(Clone, Copy, Default)]
struct Size {
    nodes: usize,
    text: usize,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn document(&mut self) -> Result<Node, ConfigError> {
        let mut document = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
                _ if document.is_some() => {
                    return Err(self.wrong(span.start, "the file has a second YAML document"));
                }
                event => document = Some(self.node(event, span, 0)?),
            }
        }
        Ok(document.unwrap_or_else(|| Node {
            value: Value::Nothing,
            place: self.place(Marker::new(0, 1, 0)),
        }))
    }

    /// The next event. The parser ends only after `StreamEnd`, which ends the document.
    fn next(&mut self) -> Result<(Event<'t>, Span), ConfigError> {
        match self.events.next_event() {
            Some(event) => event.map_err(|error| self.syntax(&error)),
            None => Ok((Event::StreamEnd, Span::empty(Marker::new(0, 1, 0)))),
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Node, ConfigError> {
        let place = self.place(span.start);
        self.grow(
            Size {
                nodes: 1,
                text: 0,
                depth,
            },
            span.start,
        )?;
        let before = self.size;
        let (anchor, value) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let value = self.scalar(&text, style, tag.as_deref(), span.start)?;
                (anchor, value)
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.refuse_tag(tag.as_deref(), &["seq"], span.start)?;
                (anchor, self.list(depth + 1)?)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.refuse_tag(tag.as_deref(), &["map"], span.start)?;
                (anchor, self.map(depth + 1)?)
            }
            Event::Alias(id) => return self.alias(id, span.start, depth),
            _ => return Err(self.wrong(span.start, "a value is missing")),
        };
        let node = Node { value, place };
        if anchor > 0 {
            let size = Size {
                nodes: 1 + self.size.nodes - before.nodes,
                text: self.size.text - before.text,
                depth: height(&node),
            };
            self.anchors.insert(anchor, (node.clone(), size));
        }
        Ok(node)
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        mark: Marker,
    ) -> Result<Value, ConfigError> {
        self.refuse_tag(tag, &["str", "int", "float", "bool", "null"], mark)?;
        self.grow(
            Size {
                text: text.len(),
                ..Size::default()
            },
            mark,
        )?;
        let plain = style == ScalarStyle::Plain && tag.is_none();
        if plain && matches!(text, "" | "~" | "null" | "Null" | "NULL") {
            return Ok(Value::Nothing);
        }
        Ok(Value::Text(String::from(text).into()))
    }

    fn list(&mut self, depth: usize) -> Result<Value, ConfigError> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Value::List(items)),
                (event, span) => items.push(self.node(event, span, depth)?),
            }
        }
    }

    /// A map. What it merges comes first, so its own keys replace that.
    fn map(&mut self, depth: usize) -> Result<Value, ConfigError> {
        let (mut merged, mut own) = (Map::default(), Map::default());
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                break;
            }
            let merge =
                matches!(&event, Event::Scalar(text, ScalarStyle::Plain, _, None) if text == "<<");
            let plain = match &event {
                Event::Scalar(text, ScalarStyle::Plain, ..) => Some(String::from(&**text)),
                _ => None,
            };
            let key = self.node(event, span, depth)?;
            let (event, value_span) = self.next()?;
            let value = self.node(event, value_span, depth)?;
            if merge {
                self.merge(&mut merged, value, value_span.start)?;
                continue;
            }
            match (key.as_text(), plain) {
                (Some(key), _) => own.insert(key, value),
                // A cloud may be called `null`.
                (None, Some(key)) => own.insert(&key, value),
                (None, None) => return Err(self.wrong(span.start, "a key is not a text")),
            }
        }
        merged.extend(own);
        Ok(Value::Map(merged))
    }

    /// The value of `<<`: a map, or a list of maps of which the first wins. <https://yaml.org/type/merge.html>
    fn merge(&self, into: &mut Map, value: Node, mark: Marker) -> Result<(), ConfigError> {
        let sources = match value.value {
            Value::List(items) => items,
            _ => Vec::from([value]),
        };
        for source in sources.iter().rev() {
            let Some(map) = source.as_map() else {
                return Err(self.wrong(
                    mark,
                    "the value of `<<` is not a map and not a list of maps",
                ));
            };
            for (key, value) in map.iter() {
                into.insert(key, value.clone());
            }
        }
        Ok(())
    }

    fn alias(&mut self, id: usize, mark: Marker, depth: usize) -> Result<Node, ConfigError> {
        let Some((node, size)) = self.anchors.get(&id).cloned() else {
            return Err(self.wrong(
                mark,
                "an alias (`*`) is part of the value that it stands for",
            ));
        };
        self.grow(
            Size {
                depth: depth + size.depth,
                ..size
            },
            mark,
        )?;
        Ok(node)
    }

    /// Counts what is added to the tree. A short file with aliases of aliases can stand for gigabytes.
    fn grow(&mut self, by: Size, mark: Marker) -> Result<(), ConfigError> {
        self.size.nodes += by.nodes;
        self.size.text += by.text;
        if self.size.nodes > NODE_LIMIT || self.size.text > TEXT_LIMIT || by.depth > DEPTH_LIMIT {
            return Err(self.wrong(
                mark,
                "the file has more values than a file of settings may have",
            ));
        }
        Ok(())
    }

    /// Refuses tags that change the meaning of a value, such as `!vault` of Ansible. The tag is not repeated,
    /// because it may be a password that begins with `!`.
    fn refuse_tag(
        &self,
        tag: Option<&Tag>,
        known: &[&str],
        mark: Marker,
    ) -> Result<(), ConfigError> {
        match tag.map(Tag::core_suffix) {
            Some(suffix) if !suffix.is_some_and(|suffix| known.contains(&suffix)) => {
                let error = self.wrong(mark, "the value has a tag (`!`) that is not known");
                Err(error.help(QUOTES))
            }
            _ => Ok(()),
        }
    }

    fn place(&self, mark: Marker) -> Place {
        Place::File {
            path: Arc::clone(self.path),
            line: mark.line(),
            column: mark.col() + 1,
        }
    }

    fn wrong(&self, mark: Marker, message: &str) -> ConfigError {
        ConfigError::new(ConfigErrorKind::Syntax, message).at(&self.place(mark))
    }

    /// An error of the parser in words of this module. Its own words may have characters of a secret.
    fn syntax(&self, error: &ScanError) -> ConfigError {
        let (message, help) = match error.kind() {
            ErrorKind::UnknownAnchor => (
                "the value begins with `*`, and there is no such anchor",
                QUOTES,
            ),
            ErrorKind::UnexpectedCharacter { .. } => {
                ("a value cannot begin with this character", QUOTES)
            }
            ErrorKind::MappingValueNotAllowed => (
                "there is a second `: ` in the line, or the line has more spaces in front than those around it",
                QUOTES,
            ),
            ErrorKind::UnclosedQuotedScalar => (
                "a quote is not closed",
                "write a quote at the end of the value",
            ),
            ErrorKind::UnknownQuotedScalarEscape => (
                "a text in double quotes has a `\\` that does not begin an escape",
                "write `\\\\`, or use single quotes",
            ),
            _ => (
                "this is not YAML",
                "check the spaces in front of the line and the quotes of values",
            ),
        };
        self.wrong(*error.marker(), message).help(help)
    }
}

const QUOTES: &str = "write a value with special characters in single quotes";

/// How many maps and lists are in each other.
fn height(node: &Node) -> usize {
    let below = match &node.value {
        Value::List(items) => items.iter().map(height).max(),
        Value::Map(map) => map.iter().map(|(_, node)| height(node)).max(),
        Value::Nothing | Value::Text(_) => return 0,
    };
    1 + below.unwrap_or(0)
}

#[cfg(test)]
mod tests;
