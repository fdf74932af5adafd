//! Elements, attributes and text as lines. This module does not know what they mean.

use std::collections::BTreeMap;
use std::fmt::Write as _;

pub struct Tree<'t> {
    /// The text that the document was read from.
    pub source: &'t str,
    /// The roles that the text defines: the name of each, what it is based on, and its format.
    pub roles: BTreeMap<String, (String, String)>,
    out: String,
    depth: usize,
}

impl<'t> Tree<'t> {
    pub fn new(source: &'t str) -> Tree<'t> {
        Tree {
            source,
            roles: BTreeMap::new(),
            out: String::new(),
            depth: 0,
        }
    }

    /// Starts an element. Attributes must be in order. An attribute without a value is left out.
    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.out.push('<');
        self.out.push_str(name);
        for (attribute, value) in attributes {
            let _ = write!(self.out, " {attribute}=\"{value}\"");
        }
        self.out.push_str(">\n");
        self.depth += 1;
    }

    pub fn close(&mut self) {
        self.depth -= 1;
    }

    pub fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        content: impl FnOnce(&mut Self),
    ) {
        let given: Vec<_> = attributes
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .copied()
            .collect();
        self.open(name, &given);
        content(self);
        self.close();
    }

    pub fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        for line in text.split('\n') {
            self.indent();
            self.out.push_str(line);
            self.out.push('\n');
        }
    }

    pub fn finish(self) -> String {
        self.out
    }

    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n("    ", self.depth));
    }
}
