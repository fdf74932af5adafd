//! The part of JSON Schema (draft 7) that the schema of SARIF uses.
//! An unknown keyword is a failure. This module must never ignore a rule.

use serde_json::{Map, Value};

/// A schema whose references lead into itself.
pub struct Schema(Value);

impl Schema {
    pub fn new(text: &str) -> Self {
        Schema(serde_json::from_str(text).unwrap())
    }

    /// The faults of a value, each as `place: fault`.
    pub fn faults(&self, value: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.look(&self.0, value, "", &mut faults);
        faults
    }

    fn look(&self, schema: &Value, value: &Value, place: &str, faults: &mut Vec<String>) {
        let Value::Object(rules) = schema else {
            panic!("{place}: a schema that is no object");
        };
        for (keyword, rule) in rules {
            self.rule(keyword, rule, rules, value, place, faults);
        }
    }

    fn rule(
        &self,
        keyword: &str,
        rule: &Value,
        rules: &Map<String, Value>,
        value: &Value,
        place: &str,
        faults: &mut Vec<String>,
    ) {
        let mut check = |holds: bool| {
            if !holds {
                faults.push(format!("{place}: {keyword} {rule}, but it is {value}"));
            }
        };
        match keyword {
            "$schema" | "$id" | "$comment" | "definitions" => {}
            "$ref" => {
                let name = rule.as_str().unwrap().strip_prefix("#/definitions/");
                self.look(&self.0["definitions"][name.unwrap()], value, place, faults);
            }
            "type" => check(is_of(value, rule.as_str().unwrap())),
            "enum" => check(rule.as_array().unwrap().contains(value)),
            "minimum" | "maximum" | "minItems" | "uniqueItems" | "required" | "format"
            | "pattern" => {
                check(holds(keyword, rule, value));
            }
            "items" => {
                for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.look(rule, item, &format!("{place}/{at}"), faults);
                }
            }
            "properties" => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    if let Some(rule) = rule.get(name) {
                        self.look(rule, value, &format!("{place}/{name}"), faults);
                    }
                }
            }
            "additionalProperties" => self.additional(rule, rules, value, place, faults),
            "anyOf" | "oneOf" => {
                let fits = |schema: &&Value| {
                    let mut faults = Vec::new();
                    self.look(schema, value, place, &mut faults);
                    faults.is_empty()
                };
                let count = rule.as_array().unwrap().iter().filter(fits).count();
                check(count == 1 || (keyword == "anyOf" && count > 0));
            }
            other => panic!("{place}: the keyword {other} is not known"),
        }
    }

    /// The properties that the schema does not name.
    fn additional(
        &self,
        rule: &Value,
        rules: &Map<String, Value>,
        value: &Value,
        place: &str,
        faults: &mut Vec<String>,
    ) {
        let properties = rules.get("properties").and_then(Value::as_object);
        let is_known = |name: &str| properties.is_some_and(|known| known.contains_key(name));
        for (name, value) in value.as_object().into_iter().flatten() {
            match rule {
                _ if is_known(name) => {}
                Value::Bool(true) => {}
                Value::Bool(false) => faults.push(format!("{place}: `{name}` is not known")),
                rule => self.look(rule, value, &format!("{place}/{name}"), faults),
            }
        }
    }
}

/// Whether a value keeps a rule that does not look into the value's parts. A rule for another type does not matter.
fn holds(keyword: &str, rule: &Value, value: &Value) -> bool {
    let number = value.as_f64();
    let items = value.as_array();
    match keyword {
        "minimum" => number.is_none_or(|number| number >= rule.as_f64().unwrap()),
        "maximum" => number.is_none_or(|number| number <= rule.as_f64().unwrap()),
        "minItems" => {
            let least = usize::try_from(rule.as_u64().unwrap()).unwrap();
            items.is_none_or(|items| items.len() >= least)
        }
        "uniqueItems" => items.is_none_or(|items| {
            let mut all = items.iter().enumerate();
            !all.any(|(at, item)| items[at + 1..].contains(item))
        }),
        "required" => value.as_object().is_none_or(|object| {
            let mut names = rule.as_array().unwrap().iter();
            names.all(|name| object.contains_key(name.as_str().unwrap()))
        }),
        "format" => {
            let text = value.as_str();
            text.is_none_or(|text| has_format(text, rule.as_str().unwrap()))
        }
        // permspec does not write values for which this keyword matters.
        "pattern" => !value.is_string(),
        other => panic!("the keyword {other} is not checked here"),
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        other => panic!("the type {other} is not known"),
    }
}

/// RFC 3986: the characters of a URI, and the beginning of an absolute one.
fn has_format(text: &str, format: &str) -> bool {
    let mut pieces = text.split('%');
    let is_plain = |piece: &str| {
        let allowed =
            |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(&byte);
        piece.bytes().all(allowed)
    };
    let is_escape = |piece: &str| {
        let digits = piece.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    if !pieces.next().is_none_or(is_plain)
        || !pieces.all(|piece| is_escape(piece) && is_plain(piece))
    {
        return false;
    }
    let scheme = text
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default()
        .split_once(':');
    match format {
        "uri" => scheme.is_some(),
        "uri-reference" => true,
        other => panic!("the format {other} is not known"),
    }
}
