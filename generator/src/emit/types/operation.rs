//! What a typed function takes and gives: its arguments, its body and the type of its response.

use super::collect::{Collector, Owner, Place};
use super::shape::{Answer, BodyForm, Function, InPath, Sent, Ty};
use super::{about, names};
use crate::emit::parameter;
use crate::ident;
use crate::inert::code;
use crate::model::reference::{Body, In, Parameter, Response};
use crate::model::schema::{Kind, Schema};
use crate::model::{Access, Interface, Operation};
use crate::nearest::one_slip;

/// Headers that clients set themselves.
const OF_CLIENTS: [&str; 8] = [
    "authorization",
    "content-length",
    "content-type",
    "date",
    "host",
    "user-agent",
    "x-auth-token",
    "x-sdk-date",
];

/// The function of an operation. A page of the API reference may be missing; then its parameters are not known.
pub(super) fn function(
    operation: &Operation,
    interface: Option<&Interface>,
    access: &Access,
    collector: &mut Collector<'_>,
) -> Option<Function> {
    let endpoint = operation.endpoints.first()?;
    let names = parameter::arguments(&endpoint.path).into_iter();
    let places = names.zip(access.is_own(&endpoint.path));
    let path = places
        .map(|(ident, is_own)| InPath { ident, is_own })
        .collect();
    let key = endpoint.body_action.as_deref();
    let mut function = Function {
        id: operation.id.clone(),
        path,
        required: Vec::new(),
        optional: Vec::new(),
        body: BodyForm::None,
        answer: Answer::Content,
        call: String::new(),
        pages: None,
        job: None,
        page: None,
    };
    let Some(interface) = interface else {
        return Some(function);
    };
    parameters(interface, &mut function, collector);
    if let Some(request) = &interface.request {
        function.body = body(request, &operation.id, key, collector);
    }
    function.answer = answer(&interface.responses, &operation.id, collector);
    Some(function)
}

/// Sorts the parameters of query and headers into those that a call needs, which are arguments beside those of the
/// path, and those that it may have, which are methods.
fn parameters(interface: &Interface, function: &mut Function, collector: &mut Collector<'_>) {
    let sent = interface
        .parameters
        .iter()
        .filter(|parameter| match parameter.location {
            // Some pages list the parameters of the path among those of the query.
            In::Query => !(parameter.required && function.has_in_path(&parameter.name)),
            In::Header => !is_of_clients(&parameter.name),
            In::Path | In::Body => false,
        });
    let (required, optional): (Vec<_>, Vec<_>) = sent.partition(|parameter| parameter.required);
    let mut taken: Vec<&str> = function.path.iter().map(|it| it.ident.as_str()).collect();
    taken.push("body");
    let required = self::sent(&required, &taken, &function.id, collector);
    function.required = required;
    function.optional = self::sent(&optional, &["into_call"], &function.id, collector);
}

/// Parameters with names of their own, besides those that are taken.
fn sent(
    parameters: &[&Parameter],
    taken: &[&str],
    id: &str,
    collector: &mut Collector<'_>,
) -> Vec<Sent> {
    let wires = parameters.iter().map(|parameter| parameter.name.as_str());
    let idents = names::fields(wires, taken);
    let with_names = parameters.iter().zip(idents);
    with_names
        .map(|(parameter, ident)| Sent {
            ident,
            wire: parameter.name.clone(),
            ty: scalar(part(
                &parameter.schema,
                id,
                &parameter.name,
                true,
                collector,
            )),
            about: about::field(&parameter.name, &parameter.schema, false),
            is_header: parameter.location == In::Header,
        })
        .collect()
}

/// A misprint is the same header. A short name may be a slip of another word.
fn is_of_clients(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_slip = |known: &str| known.contains('-') && one_slip(known, &name);
    OF_CLIENTS
        .iter()
        .any(|known| *known == name || is_slip(known))
}

/// A query has texts, numbers, booleans and lists of them.
fn scalar(ty: Ty) -> Ty {
    match ty {
        Ty::Json | Ty::Map(_) | Ty::Boxed(_) => Ty::Text,
        Ty::List(element) => Ty::List(Box::new(match scalar(*element) {
            Ty::List(_) => Ty::Text,
            element => element,
        })),
        plain => plain,
    }
}

fn body(request: &Body, id: &str, key: Option<&str>, collector: &mut Collector<'_>) -> BodyForm {
    if request.content_type != "application/json" {
        return BodyForm::Written(request.content_type);
    }
    if let Some(key) = key
        && let Some(form) = keyed(&request.schema, id, key, collector)
    {
        return form;
    }
    let about = format!("The body of [`{}`].", ident::function(id));
    let own = own(&request.schema, id, true, about, collector);
    let ty = own.unwrap_or_else(|| part(&request.schema, id, "element", true, collector));
    BodyForm::Whole(ty)
}

/// The value under the key that tells operations apart, if the body has no other field.
fn keyed(schema: &Schema, id: &str, key: &str, collector: &mut Collector<'_>) -> Option<BodyForm> {
    let (object, _) = collector.object(schema)?;
    let [(name, value)] = object.properties.as_slice() else {
        return None;
    };
    if name != key {
        return None;
    }
    let about = format!(
        "The value under {} in the body of [`{}`].",
        code(key),
        ident::function(id)
    );
    let form = match &value.kind {
        Kind::Any => BodyForm::KeyAlone,
        Kind::Object(inner) => match own(value, id, true, about, collector) {
            Some(ty) => BodyForm::Keyed(ty),
            None if inner.additional.is_none() => BodyForm::KeyAlone,
            None => BodyForm::Keyed(part(value, id, key, true, collector)),
        },
        _ => BodyForm::Keyed(part(value, id, key, true, collector)),
    };
    Some(form)
}

/// The first success with a body. A body without documented fields stays as it arrives.
fn answer(responses: &[Response], id: &str, collector: &mut Collector<'_>) -> Answer {
    let mut successes: Vec<&Response> = responses
        .iter()
        .filter(|response| !response.failure)
        .collect();
    successes.sort_by_key(|response| response.status);
    let Some(schema) = successes
        .iter()
        .find_map(|response| response.schema.as_ref())
    else {
        let is_empty = !successes.is_empty()
            && successes
                .iter()
                .all(|response| response.status == Some(204));
        return if is_empty {
            Answer::Nothing
        } else {
            Answer::Content
        };
    };
    if schema.kind == Kind::String {
        return Answer::Content;
    }
    let about = format!("The response of [`{}`].", ident::function(id));
    let own = own(schema, id, false, about, collector);
    Answer::Typed(own.unwrap_or_else(|| part(schema, id, "element", false, collector)))
}

/// The struct of a body that is an object. It has the name of the operation.
fn own(
    schema: &Schema,
    id: &str,
    is_sent: bool,
    about: String,
    collector: &mut Collector<'_>,
) -> Option<Ty> {
    let object = collector.object(schema)?;
    let name = if is_sent {
        collector.names.request(id)
    } else {
        collector.names.response(id)
    };
    let place = Place {
        name,
        about,
        is_sent,
    };
    Some(collector.structure(place, object))
}

/// The type of a parameter, or of a body that has no name of its own.
fn part(schema: &Schema, id: &str, name: &str, is_sent: bool, collector: &mut Collector<'_>) -> Ty {
    let link = ident::function(id);
    let owner = Owner {
        name: id,
        link: &link,
    };
    collector.ty(schema, owner, name, is_sent)
}
