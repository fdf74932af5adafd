//! What may be a name in code: identifiers of operations, constants of actions, names of services.
//! Whatever the documentation says, the result is an identifier that every edition of Rust takes. No row of a
//! page is known here.

mod constant;
mod service;
mod spelling;

pub use constant::constants;
#[cfg(feature = "tools")]
pub(crate) use constant::{ConstantKind, named as named_constants, plain as plain_constant};
pub(crate) use constant::{faults as constant_faults, pin as pin_constants, query_constants};
pub(crate) use service::OF_A_SERVICE;
pub use service::is_service;
#[cfg(feature = "config")]
pub(crate) use service::of_the_crate;
pub(crate) use service::twins;
pub use spelling::{
    KEYWORDS, LONGEST_ID, function, is_identifier, pascal_case, screaming_case, snake_case,
    value_ident,
};
