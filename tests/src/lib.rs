//! What the end-to-end tests share: a server on a real socket that notes every call it gets.
//! This crate must never read generated code to learn what is right; pages are copied by hand.

mod server;

pub use server::{Received, Server};
