//! What a description states in fixed words: default, values, range, length.
//! Only wordings with one reading are read; everything else is prose and stays prose.

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
    let mut facts = Facts::default();
    let mut block = "";
    let mut listed = false;
    let mut list: Vec<String> = Vec::new();
    let mut announced = false;
    for paragraph in said {
        let text = paragraph.text.as_str();
        if let Some(head) = heading(paragraph) {
            block = head;
            announced = false;
            continue;
        }
        let lower = text.to_lowercase();
        if block == "default value" && !nothing(text) {
            facts
                .default
                .get_or_insert_with(|| value_of(text, &paragraph.bold));
            block = "";
            continue;
        }
        if paragraph.bullet {
            if announced || listed {
                match item(paragraph) {
                    Some(value) => list.push(value),
                    None => announced = false,
                }
                listed = announced;
                continue;
            }
        } else {
            listed = false;
        }
        let enumeration = lower.starts_with("enumeration value")
            || lower.starts_with("enumerated value")
            || lower.starts_with("enumerated type");
        if enumeration {
            announced = true;
            listed = true;
            if !paragraph.bold.is_empty() && list.is_empty() {
                list.clone_from(&paragraph.bold);
            }
            continue;
        }
        announced = false;
        if facts.values.is_empty() {
            facts.values = can_be(&lower, paragraph).unwrap_or_default();
        }
        if facts.default.is_none() {
            facts.default = default(text, &lower, &paragraph.bold);
        }
        limits(text, &lower, kind, &mut facts);
    }
    if !list.is_empty() {
        facts.values = list;
    }
    let mut seen = std::collections::BTreeSet::new();
    facts.values.retain(|value| seen.insert(value.clone()));
    if facts.values.len() < 2 || facts.values.len() > 200 {
        facts.values.clear();
    }
    facts
}

/// `**Default Value**`, alone in a paragraph, heads a block.
fn heading(said: &Said) -> Option<&'static str> {
    if said.bullet || said.bold.len() != 1 || said.text.len() > 24 {
        return None;
    }
    let text = said.text.trim_end_matches([':', ' ']).to_lowercase();
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
    .find(|head| *head == text)
    .map(|head| {
        if head == "default" {
            "default value"
        } else {
            head
        }
    })
}

fn nothing(text: &str) -> bool {
    let text = text.trim_end_matches('.').to_lowercase();
    matches!(
        text.as_str(),
        "" | "n/a" | "na" | "-" | "none" | "not involved" | "null" | "/"
    ) || text.starts_with("no default")
        || text.starts_with("there is no default")
}

/// The value at the start of a text: what is bold, otherwise the first word.
fn value_of(text: &str, bold: &[String]) -> String {
    let text = text.trim();
    if let Some(first) = bold.first()
        && text.starts_with(first.as_str())
    {
        return first.clone();
    }
    let text = text.trim_end_matches(['.', ';']);
    let text = text.trim_matches(['"', '“', '”', '\'', '`']);
    text.to_owned()
}

/// A value list's item: `**A**: text`, `A`, `"A"`.
fn item(said: &Said) -> Option<String> {
    if said.bold_first {
        return said.bold.first().cloned();
    }
    let head = said
        .text
        .split([':', '：', ' ', '('])
        .next()
        .unwrap_or_default();
    let head = head.trim_matches(['"', '“', '”', '\'', '`', ',', '.', ';']);
    let plain = !head.is_empty()
        && head
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'));
    let rest = &said.text[said.text.find(head).map_or(0, |at| at + head.len())..];
    let ends = rest.trim_start_matches(['"', '”', '\'', '`']);
    (plain
        && (ends.is_empty()
            || ends.starts_with([':', '：', '(', '.', ';', ','])
            || ends.starts_with(" (")
            || ends.starts_with(" -")))
    .then(|| head.to_owned())
}

/// `The value can be **A**, **B** or **C**`: only where nothing but bold words is listed.
fn can_be(lower: &str, said: &Said) -> Option<Vec<String>> {
    let at = [
        "value can be ",
        "values can be ",
        "value is ",
        "options: ",
        "value options: ",
        "valid values: ",
        "possible values: ",
        "possible values are ",
        "values are ",
        "options are ",
    ]
    .iter()
    .find_map(|lead| lower.find(lead).map(|at| at + lead.len()))?;
    let end = lower[at..].find(". ").map_or(lower.len(), |end| at + end);
    if lower.len() != said.text.len() {
        return None;
    }
    let list = said.text.get(at..end)?;
    let mut values = Vec::new();
    let mut rest = list;
    for bold in &said.bold {
        let Some(found) = rest.find(bold.as_str()) else {
            continue;
        };
        let between = rest[..found].trim_matches([' ', ',', '"', '“', '”', '\'', ';']);
        if !matches!(
            between,
            "" | "or" | "and" | ", or" | ", and" | "either" | "," | "set to"
        ) {
            return None;
        }
        values.push(bold.clone());
        rest = &rest[found + bold.len()..];
    }
    let tail = rest.trim_matches([' ', '.', '"', '”']);
    (values.len() > 1 && (tail.is_empty() || tail.starts_with([',', '(', ':']))).then_some(values)
}

fn default(text: &str, lower: &str, bold: &[String]) -> Option<String> {
    let leads = [
        "default value: ",
        "default value is ",
        "default: ",
        "defaults to ",
        "default value of this parameter is ",
        "default values: ",
        "default value is set to ",
    ];
    let at = leads
        .iter()
        .find_map(|lead| lower.find(lead).map(|at| at + lead.len()))?;
    if lower.len() != text.len() {
        return None;
    }
    let rest = text.get(at..)?.trim_start();
    if let Some(first) = bold.iter().find(|bold| {
        rest.trim_start_matches(['"', '“', '\''])
            .starts_with(bold.as_str())
    }) {
        return (!nothing(first)).then(|| first.clone());
    }
    let end = rest.find([',', ';', ' ', '(']).unwrap_or(rest.len());
    let value = rest[..end]
        .trim_end_matches('.')
        .trim_matches(['"', '“', '”', '\'', '`']);
    let last = rest[end..].trim_matches(['.', ' ']);
    let plain = !value.is_empty()
        && !nothing(value)
        && (last.is_empty() || value.parse::<f64>().is_ok() || rest[end..].starts_with([',', ';']));
    let word = matches!(
        value.to_lowercase().as_str(),
        "the" | "a" | "an" | "empty" | "that" | "not" | "all"
    );
    (plain && !word).then(|| value.to_owned())
}

/// `Minimum: 1`, `Maximum length: 64`, `ranges from 1 to 100`.
fn limits(text: &str, lower: &str, kind: &StatedType, facts: &mut Facts) {
    let text_kind = matches!(kind, StatedType::String(_) | StatedType::Array(_));
    for (lead, low) in [("minimum", true), ("maximum", false)] {
        let Some(rest) = lower.strip_prefix(lead) else {
            continue;
        };
        let length = rest.starts_with(" length");
        let rest = rest
            .trim_start_matches(" length")
            .trim_start_matches(" value");
        let Some(rest) = rest.strip_prefix(':') else {
            continue;
        };
        let number = rest.trim().trim_matches(['*', '.']);
        if !number.is_empty() && number.parse::<f64>().is_ok() {
            let slot = if low {
                &mut facts.minimum
            } else {
                &mut facts.maximum
            };
            *slot = Some(number.to_owned());
            facts.of_length = length || text_kind;
        }
    }
    if matches!(kind, StatedType::Integer(_) | StatedType::Number(_))
        && facts.minimum.is_none()
        && facts.maximum.is_none()
        && text.len() < 400
    {
        let leads = [
            "value ranges from ",
            "value range is from ",
            "value range is ",
            "value range: ",
            "ranges from ",
            "range: ",
        ];
        let Some(at) = leads
            .iter()
            .find_map(|lead| lower.find(lead).map(|at| at + lead.len()))
        else {
            return;
        };
        let rest = lower[at..].trim_start_matches(['[', '(', ' ', '*']);
        let Some((low, rest)) = integer(rest) else {
            return;
        };
        let rest = rest.trim_start_matches([' ', '*']);
        let Some(rest) = ["to ", "-", "–", ",", "~", "and "]
            .iter()
            .find_map(|to| rest.strip_prefix(to))
        else {
            return;
        };
        let rest = rest.trim_start_matches([' ', '*']);
        let Some((high, rest)) = integer(rest) else {
            return;
        };
        let unit = rest.trim_start_matches([' ', ']', ')', '*', '.']);
        let more = unit.starts_with("or ")
            || unit.starts_with("and ")
            || rest.starts_with(|c: char| c.is_alphanumeric() || c == '^' || c == ':');
        if !more && low.parse::<i64>().ok() < high.parse::<i64>().ok() {
            facts.minimum = Some(low);
            facts.maximum = Some(high);
        }
    }
}

/// A whole number at the start of a text, without the commas in it.
fn integer(text: &str) -> Option<(String, &str)> {
    let end = text
        .char_indices()
        .find(|(at, c)| {
            !(c.is_ascii_digit()
                || (*c == '-' && *at == 0)
                || (*c == ','
                    && text[at + 1..]
                        .get(..3)
                        .is_some_and(|next| next.bytes().all(|b| b.is_ascii_digit()))))
        })
        .map_or(text.len(), |(at, _)| at);
    let number: String = text[..end].chars().filter(|c| *c != ',').collect();
    number.parse::<i64>().ok()?;
    Some((number, &text[end..]))
}
