//! Typed calls of real servers. Each response is compared with the JSON that the server sent, because a typed value
//! must keep what its documentation does not know.

mod identity;
mod images;
mod networks;

use permspec_runtime::Reply;
use permspec_runtime::typed::{self, FromBody, Operation, Wire};
use permspec_tests::Caller;
use serde_json::Value;

/// Sends a typed call that must succeed, and whose response must have everything that the server sent.
#[track_caller]
fn replies<O: Operation>(client: &Caller, operation: O) -> Reply<O::Response>
where
    O::Response: Wire,
{
    let reply = sends(client, operation);
    let sent: Value = reply.response().json().unwrap();
    assert_eq!(json(&reply.body), sent, "{}", client.name());
    reply
}

/// The body of a response that has everything that the server sent.
#[track_caller]
fn reads<O: Operation>(client: &Caller, operation: O) -> O::Response
where
    O::Response: Wire,
{
    replies(client, operation).body
}

/// Sends a typed call that must succeed with any body.
#[track_caller]
fn sends<O: Operation>(client: &Caller, operation: O) -> Reply<O::Response>
where
    O::Response: FromBody,
{
    match client.reply(operation) {
        Ok(reply) => reply,
        Err(error) => panic!("{}: {error:#}", client.name()),
    }
}

/// Sends a typed call that must succeed without a body.
#[track_caller]
fn deletes<O: Operation>(client: &Caller, operation: O) {
    let reply = sends(client, operation);
    assert_eq!(reply.status(), 204, "{}", client.name());
    assert!(reply.response().body().is_empty(), "{}", client.name());
}

/// A typed value as it is written.
fn json(value: &dyn Wire) -> Value {
    serde_json::from_str(&typed::to_json(value)).unwrap()
}
