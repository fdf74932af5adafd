//! A policy as JSON, always in one form: fixed keys, no blanks that mean nothing.
//! This module must never add a key: IAM rejects what it does not know.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Write};

use super::json::{self, Node, Value};
use super::{Effect, Policy, Statement};
use crate::Permission;

impl Policy {
    /// The policy in canonical form: what IAM counts, and what two equal policies share.
    ///
    /// Conditions have their keys sorted; statements and actions keep their order.
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

    /// The same over several lines, two blanks a level, for people.
    pub fn to_json_pretty(&self) -> String {
        match json::read(&self.to_json()) {
            Ok(node) => pretty(&node),
            // Unreachable: a condition that is no JSON is written as a string.
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

/// A value without blanks, its keys sorted.
pub(crate) fn compact(node: &Node) -> String {
    match &node.value {
        Value::Plain(text) => text.clone(),
        Value::Text(text) => quoted(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(compact).collect();
            format_args!("[{}]", items.join(",")).to_string()
        }
        Value::Object(entries) => {
            let mut entries: Vec<_> = entries
                .iter()
                .map(|(key, value)| (&*key.name, value))
                .collect();
            entries.sort_by_key(|(key, _)| *key);
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| quoted(key) + ":" + &compact(value))
                .collect();
            format_args!("{{{}}}", entries.join(",")).to_string()
        }
    }
}

/// A value over several lines, its keys as they stand.
fn pretty(node: &Node) -> String {
    let indented = |lines: Vec<String>| lines.join(",\n").replace('\n', "\n  ");
    match &node.value {
        Value::Array(items) if !items.is_empty() => {
            format_args!("[\n  {}\n]", indented(items.iter().map(pretty).collect())).to_string()
        }
        Value::Object(entries) if !entries.is_empty() => {
            let lines = entries
                .iter()
                .map(|(key, value)| quoted(&key.name) + ": " + &pretty(value));
            format_args!("{{\n  {}\n}}", indented(lines.collect())).to_string()
        }
        _ => compact(node),
    }
}

/// A string of JSON. Control characters are escaped, and so are those that change how the text around
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
    // A String takes every write, and every such character is one unit of UTF-16.
    let _ = write!(quoted, "\\u{:04x}", u32::from(character));
}

/// The canonical form.
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
