//! Identifiers: made from a title once, then pinned in the model, whatever the title says later.
//! Titles drift and routes do not, so this module must never rename an operation that a route
//! still identifies.

mod assign;
mod candidate;
mod choose;
mod constant;
mod ident;
mod path;
mod pin;
mod repeated;
mod service;
mod title;

pub use assign::{Unnamed, assign};
pub use choose::LONGEST;
pub use constant::constants;
#[cfg(feature = "tools")]
pub(crate) use constant::{
    Kind as ConstantKind, named as named_constants, plain as plain_constant,
};
pub(crate) use constant::{faults as constant_faults, pin as pin_constants, query_constants};
pub use ident::{
    KEYWORDS, LONGEST_ID, function, is_identifier, pascal_case, screaming_case, snake_case,
    value_ident,
};
pub use pin::{Pins, Wanted};
pub(crate) use service::OF_A_SERVICE;
pub use service::is_service;
#[cfg(feature = "config")]
pub(crate) use service::of_the_crate;
pub(crate) use service::twins;
