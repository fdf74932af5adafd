//! Both clients over real sockets. Each check runs on each client, because both must do the same.
//! Servers here must never be made from generated code.

mod cloud;
mod errors;
mod retries;
mod scripts;
mod secrets;
mod sending;
mod tokens;
mod transfers;
mod typed;
mod wire;

use permspec_tests::both;

const IMAGE: &str = "70a599e0-31e7-49b7-b260-868f441e862b";
const MEMBER: &str = "edc89b490d7d4392898e19b2deb34797";
