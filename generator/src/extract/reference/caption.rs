//! What the caption of a table, or the lead line before it, says: where its rows are sent, and the
//! field or data structure that it describes.

use crate::model::reference::In;

/// Where the rows of a table are, by a caption or a lead.
pub(crate) fn place(text: &str) -> Option<In> {
    let said = super::part::words(text);
    let list: Vec<&str> = said.split(' ').collect();
    let has = |word: &str| list.contains(&word);
    if has("body") || has("bodies") || has("formdata") || said.contains("form data") {
        return Some(In::Body);
    }
    if (has("header") || has("headers")) && list.len() <= 9 {
        // `insert_headers` is one word; `header field` of a body is rare, `request header` is not.
        return Some(In::Header);
    }
    if has("query") || has("filter") && has("request") {
        return Some(In::Query);
    }
    if has("path") && (has("parameter") || has("parameters")) {
        return Some(In::Path);
    }
    None
}

/// Words of captions that are not names.
const GENERAL: [&str; 58] = [
    "data",
    "structure",
    "structures",
    "description",
    "descriptions",
    "of",
    "the",
    "a",
    "an",
    "field",
    "fields",
    "parameter",
    "parameters",
    "object",
    "objects",
    "attribute",
    "attributes",
    "table",
    "information",
    "in",
    "array",
    "list",
    "format",
    "element",
    "elements",
    "following",
    "has",
    "have",
    "as",
    "follows",
    "structured",
    "request",
    "response",
    "body",
    "message",
    "sub-field",
    "sub-fields",
    "type",
    "details",
    "about",
    "for",
    "and",
    "is",
    "are",
    "items",
    "item",
    "definition",
    "definitions",
    "property",
    "properties",
    "key",
    "value",
    "values",
    "nested",
    "content",
    "each",
    "describes",
    "struct",
];

/// What a caption may name: its words in their order, as written and in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Caption {
    words: Vec<String>,
    lower: Vec<String>,
    /// Words that stand out in bold type: these are names, whatever they are.
    bold: Vec<bool>,
}

impl Caption {
    pub(crate) fn of(text: &str, bold: &[String]) -> Caption {
        let text = unnumbered(text);
        let split = |c: char| {
            !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/' | '$' | '@'))
        };
        let words: Vec<String> = text
            .split(split)
            .map(|word| word.trim_matches(['.', ':', '/', '-']).to_owned())
            .filter(|word| !word.is_empty())
            .take(16)
            .collect();
        let lower = words.iter().map(|word| word.to_lowercase()).collect();
        let bold = words
            .iter()
            .map(|word| {
                words.len() > 1
                    && bold
                        .iter()
                        .any(|bold| bold.trim_matches(['.', ':', '/', '-', ' ']) == word)
            })
            .collect();
        Caption { words, lower, bold }
    }

    /// The words that say something, in their order: `Hive`, `SQL`, `node`.
    pub(crate) fn special(&self) -> impl Iterator<Item = &str> {
        let general =
            |word: &str| GENERAL.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit());
        let words = self.words.iter().zip(&self.lower);
        words
            .filter(move |(_, lower)| !general(lower))
            .map(|(word, _)| word.as_str())
    }

    /// How well the caption names `name` inside of `path`, the names of the objects around it from
    /// the outermost; 0 if it does not.
    pub(crate) fn names(&self, name: &str, path: &[String]) -> u32 {
        if self.words.is_empty() || name.is_empty() {
            return 0;
        }
        let mut best = 0;
        for (at, word) in self.words.iter().enumerate() {
            let points = self.word(at, word, name, path);
            if points > best && self.rest_is_general(at) {
                best = points;
            }
        }
        best
    }

    fn rest_is_general(&self, at: usize) -> bool {
        self.lower.iter().enumerate().all(|(other, word)| {
            other == at
                || GENERAL.contains(&word.as_str())
                || word.bytes().all(|byte| byte.is_ascii_digit())
        })
    }

    fn word(&self, at: usize, word: &str, name: &str, path: &[String]) -> u32 {
        // `a/b` is a path or two names; `a.b` is a path.
        let parts: Vec<&str> = word
            .split(['/', '.'])
            .filter(|part| !part.is_empty())
            .collect();
        let whole = same(word, name);
        let points = if whole > 0 {
            whole * 4
        } else if parts.len() > 1 {
            let Some(last) = parts.last() else { return 0 };
            let points = same(last, name);
            if points == 0 {
                return if word.contains('/') {
                    parts.iter().map(|part| same(part, name)).max().unwrap_or(0)
                } else {
                    0
                };
            }
            // The parts before must be names of the objects around it.
            let mut around = path.iter().rev();
            let mut met = 0;
            for part in parts[..parts.len() - 1].iter().rev() {
                match around.next() {
                    Some(outer) if same(part, outer) > 0 => met += 1,
                    Some(_) => return 0,
                    // Another field of that name may have these around it.
                    None => return points * 4 - 2,
                }
            }
            points * 4 + met * 2
        } else {
            return 0;
        };
        if self.is_name(at) { points } else { 0 }
    }

    /// A general word is a name only in bold type, alone, or next to a word such as `field`.
    fn is_name(&self, at: usize) -> bool {
        let word = self.lower[at].as_str();
        if !GENERAL.contains(&word) || self.bold[at] || self.words.len() == 1 {
            return true;
        }
        // `description of field data`
        let before = at
            .checked_sub(1)
            .and_then(|at| self.lower.get(at))
            .map_or("", String::as_str);
        if before == "field" && at + 1 == self.words.len() {
            return true;
        }
        let next = self.lower.get(at + 1).map_or("", String::as_str);
        let says_so = matches!(
            next,
            "field"
                | "parameters"
                | "object"
                | "objects"
                | "array"
                | "structure"
                | "list"
                | "data"
                | "attribute"
                | "element"
        );
        let never = matches!(
            word,
            "of" | "the" | "a" | "each" | "in" | "nested" | "response" | "request" | "body"
        );
        says_so && !never && !(word == "data" && next == "structure")
    }
}

/// 3 if two names are equal, 2 if their letter case differs, 1 if one is the plural of the other.
fn same(a: &str, b: &str) -> u32 {
    if a == b {
        return 3;
    }
    if a.eq_ignore_ascii_case(b) {
        return 2;
    }
    let singular = |text: &str| {
        let text = text.to_ascii_lowercase();
        if let Some(stem) = text.strip_suffix("ies") {
            return format!("{stem}y");
        }
        text.strip_suffix('s').map_or(text.clone(), str::to_owned)
    };
    u32::from(singular(a) == singular(b))
}

/// A caption without `Table 3` before it.
pub(crate) fn unnumbered(text: &str) -> &str {
    let text = text.trim();
    let Some(rest) = text
        .strip_prefix("Table ")
        .or_else(|| text.strip_prefix("table "))
    else {
        return text;
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '.');
    rest.trim_start_matches([' ', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_names_the_field_that_its_table_describes() {
        for (caption, name) in [
            ("Table 2 Data structure of the members field", "members"),
            ("volume field data structure description", "volume"),
            ("Parameters in the links field", "links"),
            ("links", "links"),
            ("protocol.links", "links"),
            ("Data structure description of field data", "data"),
            ("auth.identity.password", "password"),
            (
                "Parameter description of field resource_resp",
                "resource_resp",
            ),
            ("The tag object has the following attributes", "tags"),
            ("Array of tags", "tag"),
        ] {
            assert!(Caption::of(caption, &[]).names(name, &[]) > 0, "{caption}");
        }
        for (caption, name) in [
            ("Request parameters", "parameters"),
            ("Response body", "body"),
            ("Data structure of the members field", "data"),
            ("server.links", "volumes"),
            ("Parameters for creating members", "members"),
        ] {
            assert_eq!(Caption::of(caption, &[]).names(name, &[]), 0, "{caption}");
        }
        let path = ["protocol".to_owned()];
        assert!(
            Caption::of("protocol.links", &[]).names("links", &path)
                > Caption::of("links", &[]).names("links", &path)
        );
        assert_eq!(
            Caption::of("protocol.links", &[]).names("links", &["server".to_owned()]),
            0
        );
    }
}
