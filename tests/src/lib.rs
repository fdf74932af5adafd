//! What the end-to-end tests share: the command under test, projects that may be changed, a server on a real socket
//! that records every call, and one interface for both clients.
//! This crate must never read generated code to learn what is right. Expectations are typed in from pages.

mod account;
mod caller;
mod git;
mod server;
mod shared;
mod snapshot;
mod workspace;

pub use account::Account;
pub use caller::{Caller, both};
pub use git::{commit, git};
pub use server::{Received, Server};
pub use shared::{pages_below, shared, skipped};
pub use snapshot::is_as_in;
pub use workspace::{
    Project, Run, bytes_below, cargo, copy, extract_reference, permspec, root, success,
};
