//! Writes the values of templates. Text of a page reaches a file only through this module.
//! Characters that are invisible, or that control a terminal, are escaped as in JSON, in every language. This module
//! must never change the text of a template itself.

use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, Value, escape_formatter,
};
use permspec::inert;

/// Makes every value of every template pass through this module.
pub(crate) fn add_to(environment: &mut Environment<'_>) {
    environment.set_formatter(write);
}

fn write(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        // This is an error, because the environment is strict.
        return escape_formatter(out, state, value);
    }
    let is_json = matches!(state.auto_escape(), AutoEscape::Json);
    if is_json && !value.is_safe() {
        let json = serde_json::to_string(value).map_err(|error| {
            let message = "a value cannot be written as JSON";
            Error::new(ErrorKind::BadSerialization, message).with_source(error)
        })?;
        // The escapes are those of JSON, so a JSON reader gets the same value.
        return out.write_str(&inert::terminal(&json)).map_err(Error::from);
    }
    let text = value.to_string();
    let shown = inert::terminal(&text);
    if value.is_safe() {
        return out.write_str(&shown).map_err(Error::from);
    }
    escape_formatter(out, state, &Value::from(shown.as_ref()))
}
