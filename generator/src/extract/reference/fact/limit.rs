//! The wordings of limits: `Minimum: 1`, `Maximum length: 64`, `ranges from 1 to 100`.

use super::super::kind::StatedType;
use super::Facts;

/// Adds the limits that a text states.
pub(super) fn read(text: &str, lower: &str, kind: &StatedType, facts: &mut Facts) {
    one(lower, kind, facts);
    let is_number = matches!(kind, StatedType::Integer(_) | StatedType::Number(_));
    let unlimited = facts.minimum.is_none() && facts.maximum.is_none();
    if is_number
        && unlimited
        && text.len() < 400
        && let Some((low, high)) = range(lower)
    {
        facts.minimum = Some(low);
        facts.maximum = Some(high);
    }
}

/// `Minimum: 1`, `Maximum length: 64`: one limit at the start of a text.
fn one(lower: &str, kind: &StatedType, facts: &mut Facts) {
    let (rest, slot) = if let Some(rest) = lower.strip_prefix("minimum") {
        (rest, &mut facts.minimum)
    } else if let Some(rest) = lower.strip_prefix("maximum") {
        (rest, &mut facts.maximum)
    } else {
        return;
    };
    let length = rest.starts_with(" length");
    let rest = rest
        .trim_start_matches(" length")
        .trim_start_matches(" value");
    let Some(rest) = rest.strip_prefix(':') else {
        return;
    };
    let number = rest.trim().trim_matches(['*', '.']);
    if number.parse::<f64>().is_ok() {
        *slot = Some(number.to_owned());
        facts.of_length = length || matches!(kind, StatedType::String(_) | StatedType::Array(_));
    }
}

/// Words before a range.
const LEADS: [&str; 6] = [
    "value ranges from ",
    "value range is from ",
    "value range is ",
    "value range: ",
    "ranges from ",
    "range: ",
];

/// `ranges from 1 to 100`: both ends, if nothing else is part of the range.
fn range(lower: &str) -> Option<(String, String)> {
    // Every lead has this word, and most texts do not.
    if !lower.contains("range") {
        return None;
    }
    let at = LEADS
        .iter()
        .find_map(|lead| lower.find(lead).map(|at| at + lead.len()))?;
    let (low, rest) = integer(lower[at..].trim_start_matches(['[', '(', ' ', '*']))?;
    let rest = rest.trim_start_matches([' ', '*']);
    let rest = ["to ", "-", "–", ",", "~", "and "]
        .iter()
        .find_map(|to| rest.strip_prefix(to))?;
    let (high, rest) = integer(rest.trim_start_matches([' ', '*']))?;
    let unit = rest.trim_start_matches([' ', ']', ')', '*', '.']);
    let more = unit.starts_with("or ")
        || unit.starts_with("and ")
        || rest.starts_with(|c: char| c.is_alphanumeric() || c == '^' || c == ':');
    let ordered = low.parse::<i64>().ok() < high.parse::<i64>().ok();
    (!more && ordered).then_some((low, high))
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
