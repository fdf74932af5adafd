//! What a description states in fixed words: default, values, range, length.
//! permspec reads only wordings that have one meaning. All other text is prose.

mod limit;
mod value;

use std::collections::BTreeSet;

use super::kind::StatedType;

/// Facts about the value of a parameter or field.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Facts {
    pub(crate) default: Option<String>,
    pub(crate) values: Vec<String>,
    pub(crate) minimum: Option<String>,
    pub(crate) maximum: Option<String>,
    /// Whether minimum and maximum are those of a length.
    pub(crate) of_length: bool,
}

/// A paragraph of a description.
pub(crate) struct Said {
    pub(crate) text: String,
    /// The words in bold type or quotes, in order.
    pub(crate) bold: Vec<String>,
    /// Whether the first of these starts the text.
    pub(crate) bold_first: bool,
    /// Whether it is the first paragraph of a list item.
    pub(crate) bullet: bool,
}

/// Reads the facts in a description of a value of `kind`.
pub(crate) fn read(said: &[Said], kind: &StatedType) -> Facts {
    let mut reading = Reading::default();
    for paragraph in said {
        reading.paragraph(paragraph, kind);
    }
    reading.finish()
}

/// What was read so far, and what the paragraphs before the next one announce.
#[derive(Default)]
struct Reading {
    facts: Facts,
    /// The heading of the block.
    block: &'static str,
    /// The paragraph before was an item of a list of values, or announced one.
    listed: bool,
    /// List items are values.
    announced: bool,
    /// The values of list items.
    list: Vec<String>,
}

impl Reading {
    fn paragraph(&mut self, said: &Said, kind: &StatedType) {
        if let Some(head) = heading(said) {
            self.block = head;
            self.announced = false;
        } else if self.block == "default value" && !nothing(&said.text) {
            self.facts
                .default
                .get_or_insert_with(|| value::whole(&said.text, &said.bold));
            self.block = "";
        } else if said.bullet && (self.announced || self.listed) {
            self.item(said);
        } else {
            self.listed &= said.bullet;
            self.prose(said, kind);
        }
    }

    fn item(&mut self, said: &Said) {
        match value::item(said) {
            Some(value) => self.list.push(value),
            None => self.announced = false,
        }
        self.listed = self.announced;
    }

    fn prose(&mut self, said: &Said, kind: &StatedType) {
        let lower = said.text.to_lowercase();
        if announces_values(&lower) {
            self.announced = true;
            self.listed = true;
            if !said.bold.is_empty() && self.list.is_empty() {
                self.list.clone_from(&said.bold);
            }
            return;
        }
        self.announced = false;
        if self.facts.values.is_empty() {
            self.facts.values = value::can_be(&lower, said).unwrap_or_default();
        }
        if self.facts.default.is_none() {
            self.facts.default = value::default(&said.text, &lower, &said.bold);
        }
        limit::read(&said.text, &lower, kind, &mut self.facts);
    }

    /// The facts; a list of values counts more than values in a sentence.
    fn finish(self) -> Facts {
        let mut facts = self.facts;
        if !self.list.is_empty() {
            facts.values = self.list;
        }
        let mut seen = BTreeSet::new();
        facts.values.retain(|value| seen.insert(value.clone()));
        if facts.values.len() < 2 || facts.values.len() > 200 {
            facts.values.clear();
        }
        facts
    }
}

fn announces_values(lower: &str) -> bool {
    ["enumeration value", "enumerated value", "enumerated type"]
        .iter()
        .any(|lead| lower.starts_with(lead))
}

/// `**Default Value**`, alone in a paragraph, heads a block.
fn heading(said: &Said) -> Option<&'static str> {
    if said.bullet || said.bold.len() != 1 || said.text.len() > 24 {
        return None;
    }
    let lower = said.text.trim_end_matches([':', ' ']).to_lowercase();
    [
        "definition",
        "constraints",
        "constraint",
        "range",
        "value range",
        "default value",
        "default",
    ]
    .into_iter()
    .find(|head| *head == lower)
    .map(|head| {
        if head == "default" {
            "default value"
        } else {
            head
        }
    })
}

/// Whether a text says that there is no value.
fn nothing(text: &str) -> bool {
    let lower = text.trim_end_matches('.').to_lowercase();
    matches!(
        lower.as_str(),
        "" | "n/a" | "na" | "-" | "none" | "not involved" | "null" | "/"
    ) || lower.starts_with("no default")
        || lower.starts_with("there is no default")
}
