//! What generated documentation says about a field or a parameter: wire name, kind, values, range, default.
//! Text of a page is inert here.

use crate::inert::code;
use crate::model::schema::{Kind, Scalar, Schema};

/// How many values a line lists.
const MOST_VALUES: usize = 12;

/// One line about a field: `` `limit`: integer from 1 to 100; default `10`. Required. ``
pub(super) fn field(wire: &str, schema: &Schema, is_required: bool) -> String {
    let mut line = format!("{}: {}", code(wire), kind(schema));
    if let Some(default) = &schema.default {
        line.push_str("; default ");
        line.push_str(&scalar(default));
    }
    line.push('.');
    if is_required {
        line.push_str(" Required.");
    }
    line
}

fn kind(schema: &Schema) -> String {
    if !schema.values.is_empty() {
        return values(&schema.values);
    }
    let (word, unit) = match &schema.kind {
        Kind::Any => ("any JSON", ""),
        Kind::String => ("text", " characters"),
        Kind::Integer => ("integer", ""),
        Kind::Number => ("number", ""),
        Kind::Boolean => ("`true` or `false`", ""),
        Kind::Object(_) | Kind::Ref(_) | Kind::AnyOf(_) => ("object", ""),
        Kind::Array(element) => return list(schema, element),
    };
    let format = match schema.format {
        Some(format @ ("date" | "date-time" | "uuid" | "binary")) => format!(" ({format})"),
        _ => String::new(),
    };
    let of = match amount(schema, unit) {
        Some(amount) if unit.is_empty() => format!(" {amount}"),
        Some(amount) => format!(" of {amount}"),
        None => String::new(),
    };
    format!("{word}{format}{of}")
}

fn list(schema: &Schema, element: &Schema) -> String {
    let of = match &element.kind {
        Kind::String if !element.values.is_empty() => format!(" of {}", values(&element.values)),
        Kind::String => " of texts".to_owned(),
        Kind::Integer => " of integers".to_owned(),
        Kind::Number => " of numbers".to_owned(),
        Kind::Object(_) | Kind::Ref(_) => " of objects".to_owned(),
        Kind::Any | Kind::Boolean | Kind::Array(_) | Kind::AnyOf(_) => String::new(),
    };
    let length = amount(schema, " elements").map(|amount| format!(", {amount}"));
    format!("list{of}{}", length.unwrap_or_default())
}

/// The range of a number, or of a length in a unit.
fn amount(schema: &Schema, unit: &str) -> Option<String> {
    let (low, high) = (
        schema.minimum.as_ref().map(plain),
        schema.maximum.as_ref().map(plain),
    );
    Some(match (low, high) {
        (None, None) => return None,
        (Some(low), Some(high)) if unit.is_empty() => format!("from {low} to {high}"),
        (Some(low), Some(high)) if low == high => format!("{low}{unit}"),
        (Some(low), Some(high)) => format!("{low} to {high}{unit}"),
        (Some(low), None) => format!("at least {low}{unit}"),
        (None, Some(high)) => format!("at most {high}{unit}"),
    })
}

fn values(values: &[Scalar]) -> String {
    let shown: Vec<String> = values.iter().take(MOST_VALUES).map(scalar).collect();
    match (shown.as_slice(), values.len() - shown.len()) {
        ([one], 0) => one.clone(),
        ([first @ .., last], 0) => format!("{} or {last}", first.join(", ")),
        (shown, more) => format!("{} or one of {more} more values", shown.join(", ")),
    }
}

fn scalar(value: &Scalar) -> String {
    code(&plain(value))
}

fn plain(value: &Scalar) -> String {
    match value {
        Scalar::String(text) => text.clone(),
        Scalar::Integer(number) => number.to_string(),
        Scalar::Number(number) => number.to_string(),
        Scalar::Boolean(value) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Schema {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_field_is_described_by_what_the_page_states() {
        for (schema, expected) in [
            (r#"{"type": "string"}"#, "`f`: text."),
            (
                r#"{"type": "string", "minLength": 1, "maxLength": 64}"#,
                "`f`: text of 1 to 64 characters.",
            ),
            (
                r#"{"type": "string", "maxLength": 64}"#,
                "`f`: text of at most 64 characters.",
            ),
            (
                r#"{"type": "string", "format": "date-time"}"#,
                "`f`: text (date-time).",
            ),
            (
                r#"{"type": "string", "enum": ["a", "b"], "default": "a"}"#,
                "`f`: `a` or `b`; default `a`.",
            ),
            (
                r#"{"type": "integer", "minimum": 1, "maximum": 9}"#,
                "`f`: integer from 1 to 9.",
            ),
            (
                r#"{"type": "integer", "minimum": 0, "format": "int32"}"#,
                "`f`: integer at least 0.",
            ),
            (
                r#"{"type": "array", "items": {"type": "string"}}"#,
                "`f`: list of texts.",
            ),
            (
                r#"{"type": "array", "items": {}, "maxItems": 5}"#,
                "`f`: list, at most 5 elements.",
            ),
            (
                r#"{"type": "array", "items": {"type": "object"}, "minItems": 1, "maxItems": 5}"#,
                "`f`: list of objects, 1 to 5 elements.",
            ),
            ("{}", "`f`: any JSON."),
            (r##"{"$ref": "#/$defs/X"}"##, "`f`: object."),
            (r#"{"type": "boolean"}"#, "`f`: `true` or `false`."),
        ] {
            assert_eq!(field("f", &of(schema), false), expected);
        }
        assert_eq!(field("f", &of("{}"), true), "`f`: any JSON. Required.");
    }

    #[test]
    fn a_long_list_of_values_is_cut() {
        let values: Vec<String> = (0..20).map(|number| format!("\"v{number}\"")).collect();
        let schema = of(&format!(
            r#"{{"type": "string", "enum": [{}]}}"#,
            values.join(",")
        ));
        assert!(field("f", &schema, false).ends_with("`v11` or one of 8 more values."));
    }
}
