//! What every client shares, whichever HTTP library is under it: the answer and the error.
//! This module must never show a token, neither its own nor one that a server sends back.

mod address;
mod call;
mod error;
mod response;
mod ureq;

pub use self::ureq::Client;
pub use error::{Error, ErrorKind};
pub use response::Response;

use address::Address;
use call::Call;
