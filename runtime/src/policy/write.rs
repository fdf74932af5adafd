//! Writes a policy as JSON, always in one form: fixed keys, and no white space without a meaning.
//! This module must never add a key, because IAM rejects unknown keys.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Write};

use super::json::{self, JsonNode, JsonValue};
use super::{Effect, Policy, Statement};
use crate::Permission;

impl Policy {
    /// The policy in canonical form. IAM counts the characters of this form, and equal policies have the
    /// same one.
    ///
    /// The keys of conditions are sorted. Statements and actions keep their order.
    ///
    /// ```
    /// use permspec_runtime::policy::check;
    ///
    /// let text = r#"{ "Statement": [ {"Action": ["ims:images:get"], "Effect": "Allow"} ], "Version": "1.1" }"#;
    /// let policy = check(text, None).policy.unwrap();
    /// assert_eq!(
    ///     policy.to_json(),
    ///     r#"{"Version":"1.1","Statement":[{"Effect":"Allow","Action":["ims:images:get"]}]}"#
    /// );
    /// ```
    pub fn to_json(&self) -> String {
        let statements: Vec<String> = self.statements().iter().map(statement).collect();
        format_args!(
            r#"{{"Version":"1.1","Statement":[{}]}}"#,
            statements.join(",")
        )
        .to_string()
    }

    /// The policy over several lines, with two spaces per level, for people.
    pub fn to_json_pretty(&self) -> String {
        match json::read(&self.to_json()) {
            Ok(node) => pretty(&node),
            // Unreachable, because a condition that is not JSON is written as a string.
            Err(_) => self.to_json(),
        }
    }
}

fn statement(statement: &Statement) -> String {
    let effect = match statement.effect() {
        Effect::Allow => "Allow",
        Effect::Deny => "Deny",
    };
    let actions: Vec<String> = statement
        .actions()
        .iter()
        .map(Permission::as_str)
        .map(quoted)
        .collect();
    let mut text =
        format_args!(r#"{{"Effect":"{effect}","Action":[{}]"#, actions.join(",")).to_string();
    for (key, json) in [
        ("Resource", statement.resource()),
        ("Condition", statement.condition()),
    ] {
        if let Some(json) = json {
            let value = json::read(json).map_or_else(|_| quoted(json), |node| compact(&node));
            text.push_str(&format_args!(r#","{key}":{value}"#).to_string());
        }
    }
    text.push('}');
    text
}

/// A value without white space, with its keys sorted.
pub(crate) fn compact(node: &JsonNode) -> String {
    match &node.value {
        JsonValue::Plain(text) => text.clone(),
        JsonValue::Text(text) => quoted(text),
        JsonValue::Array(items) => {
            let written: Vec<String> = items.iter().map(compact).collect();
            format_args!("[{}]", written.join(",")).to_string()
        }
        JsonValue::Object(entries) => {
            let mut sorted: Vec<_> = entries
                .iter()
                .map(|(key, value)| (&*key.name, value))
                .collect();
            sorted.sort_by_key(|(key, _)| *key);
            let written: Vec<String> = sorted
                .iter()
                .map(|(key, value)| quoted(key) + ":" + &compact(value))
                .collect();
            format_args!("{{{}}}", written.join(",")).to_string()
        }
    }
}

/// A value over several lines, with its keys in their order.
fn pretty(node: &JsonNode) -> String {
    let indented = |lines: Vec<String>| lines.join(",\n").replace('\n', "\n  ");
    match &node.value {
        JsonValue::Array(items) if !items.is_empty() => {
            format_args!("[\n  {}\n]", indented(items.iter().map(pretty).collect())).to_string()
        }
        JsonValue::Object(entries) if !entries.is_empty() => {
            let lines = entries
                .iter()
                .map(|(key, value)| quoted(&key.name) + ": " + &pretty(value));
            format_args!("{{\n  {}\n}}", indented(lines.collect())).to_string()
        }
        _ => compact(node),
    }
}

/// A JSON string. Control characters are escaped, and so are characters that change how the text around
/// them is shown (Unicode TR 36).
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {
                escape(&mut quoted, character);
            }
            _ if character.is_control() => escape(&mut quoted, character),
            _ => quoted.push(character),
        }
    }
    quoted + "\""
}

fn escape(quoted: &mut String, character: char) {
    // Writing to a `String` does not fail, and each of these characters is one unit of UTF-16.
    let _ = write!(quoted, "\\u{:04x}", u32::from(character));
}

/// Writes the canonical form.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::json::read;

    #[test]
    fn what_has_parts_takes_a_line_for_each_and_what_has_none_takes_one() {
        let text = r#"{"StringEquals": {"g:UserName": ["x", "y"], "g:None": []}, "Bool": {}}"#;
        let expected = r#"{
  "StringEquals": {
    "g:UserName": [
      "x",
      "y"
    ],
    "g:None": []
  },
  "Bool": {}
}"#;
        assert_eq!(pretty(&read(text).unwrap()), expected);
    }
}
