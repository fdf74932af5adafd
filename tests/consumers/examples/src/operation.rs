//! What the table says of an operation. A type is a function that makes an empty value of it, so that reading and
//! writing examples is not compiled for each type.

use permspec_runtime::Request;
use permspec_runtime::typed::Wire;

/// Makes an empty value.
pub type Make = fn() -> Box<dyn Wire>;

/// One typed function.
pub struct Operation {
    /// The request of its stub. It says which operation it is.
    pub request: fn() -> Request,
    /// What it returns.
    pub answer: Answer,
    /// What it is sent.
    pub body: Body,
}

/// The type of a response.
pub enum Answer {
    Nothing,
    /// The body as it arrives.
    Content,
    Typed(Make),
}

/// The type of a body.
pub enum Body {
    /// No body, or one that is not JSON.
    Untyped,
    Whole(Make),
    /// A value under the key that tells operations apart.
    Keyed(Make),
    /// Only that key.
    KeyAlone,
}

/// An empty value of a type.
pub fn made<T: Wire + Default + 'static>() -> Box<dyn Wire> {
    Box::new(T::default())
}
