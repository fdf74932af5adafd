//! What becomes of one example: whether it is read as its type, whether it is written again as it was, and what of it
//! is not as documented.

use permspec_runtime::typed::{self, Call, Deviation, Difference, Fit, Node, Wire};
use permspec_runtime::{InvalidRequest, Problem};
use serde_json::{Value, json};

use crate::operation::{Answer, Body, Make, Operation};

/// What became of an example, as JSON.
pub fn response(operation: &Operation, text: &str) -> Value {
    match operation.answer {
        Answer::Nothing => json!({"outcome": "no body"}),
        Answer::Content => json!({"outcome": "untyped"}),
        Answer::Typed(make) => match read(make, text) {
            Ok(value) => decoded(&*value, text),
            Err(error) => json!({"outcome": "failed", "error": error}),
        },
    }
}

/// The same for the body of a request, which may also lack a required field.
pub fn request(operation: &Operation, text: &str) -> Value {
    let call = Call::<()>::new((operation.request)());
    let (value, call) = match operation.body {
        Body::Untyped => return json!({"outcome": "untyped"}),
        Body::KeyAlone => {
            let call = call.key_alone();
            let mut judged = compared(call.request().body_bytes(), text, &[]);
            judged["missing"] = missing(call.request().check());
            return judged;
        }
        Body::Whole(make) => match read(make, text) {
            Ok(value) => {
                let call = call.json(&*value);
                (value, call)
            }
            Err(error) => return json!({"outcome": "failed", "error": error}),
        },
        Body::Keyed(make) => {
            match inner(operation.request, text).and_then(|text| read(make, &text)) {
                Ok(value) => {
                    let call = call.keyed(&*value);
                    (value, call)
                }
                Err(error) => return json!({"outcome": "failed", "error": error}),
            }
        }
    };
    let missing = missing(call.request().check());
    let mut judged = if missing.is_null() {
        compared(
            call.request().body_bytes(),
            text,
            &typed::deviations(&*value),
        )
    } else if let Body::Keyed(_) = operation.body {
        let inside = inner(operation.request, text).unwrap_or_default();
        decoded(&*value, &inside)
    } else {
        // The checked writer has no text for a body that lacks a field.
        decoded(&*value, text)
    };
    judged["missing"] = missing;
    judged
}

fn read(make: Make, text: &str) -> Result<Box<dyn Wire>, String> {
    let node = Node::parse(text.as_bytes()).map_err(|error| error.to_string())?;
    let mut value = make();
    match value.read(&node) {
        Fit::Not => Err("it is not of the documented kind".to_owned()),
        Fit::Close | Fit::Exact => Ok(value),
    }
}

/// The value under the key of the operation.
fn inner(request: fn() -> permspec_runtime::Request, text: &str) -> Result<String, String> {
    let spec = request().spec();
    let key = spec
        .endpoints
        .first()
        .and_then(|endpoint| endpoint.body_action);
    let key = key.ok_or("the operation has no key")?;
    let whole: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    match whole.as_object() {
        Some(members) if members.len() == 1 && members.contains_key(key) => {
            Ok(members[key].to_string())
        }
        _ => Err(format!("it is not an object with the key {key} alone")),
    }
}

fn decoded(value: &dyn Wire, text: &str) -> Value {
    compared(
        typed::to_json(value).as_bytes(),
        text,
        &typed::deviations(value),
    )
}

fn compared(written: &[u8], text: &str, deviations: &[Deviation]) -> Value {
    let again: Option<Value> = serde_json::from_slice(written).ok();
    let original: Option<Value> = serde_json::from_str(text).ok();
    let places = |difference: Difference| -> Vec<&str> {
        let found = deviations
            .iter()
            .filter(|found| found.difference == difference);
        found.map(|found| found.place.as_str()).collect()
    };
    json!({
        "outcome": "decoded",
        "same": original.is_some() && again == original,
        "other_form": places(Difference::Form),
        "undocumented": places(Difference::Unknown),
    })
}

fn missing(checked: Result<(), InvalidRequest>) -> Value {
    match checked {
        Ok(()) => Value::Null,
        Err(error) => match error.problem() {
            Problem::MissingField { field } => json!(field),
            other => panic!("the request of an example cannot be sent: {other:?}"),
        },
    }
}
