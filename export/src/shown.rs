//! How a value gets out of a template: the only way that text of a page has into a file.
//! What nobody sees, or what works on a terminal, is written as JSON escapes it, in whatever language a
//! template is; this module must never change what a template says itself.

use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, Value, escape_formatter,
};
use permspec::inert;

/// Lets every value of every template go out through here.
pub(crate) fn add_to(environment: &mut Environment<'_>) {
    environment.set_formatter(write);
}

fn write(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        // An error, where the environment is strict.
        return escape_formatter(out, state, value);
    }
    let is_json = matches!(state.auto_escape(), AutoEscape::Json);
    if is_json && !value.is_safe() {
        let json = serde_json::to_string(value).map_err(|error| {
            let message = "a value cannot be written as JSON";
            Error::new(ErrorKind::BadSerialization, message).with_source(error)
        })?;
        // The escapes are JSON's own, so a reader gets the value as it is.
        return out.write_str(&inert::terminal(&json)).map_err(Error::from);
    }
    let text = value.to_string();
    let shown = inert::terminal(&text);
    if value.is_safe() {
        return out.write_str(&shown).map_err(Error::from);
    }
    escape_formatter(out, state, &Value::from(shown.as_ref()))
}
