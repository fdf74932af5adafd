//! What a value contains that is not as documented, with its place: for a program that compares a server with its
//! documentation.

use alloc::string::String;

/// How a field differs from the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The object has no documented field of this name.
    Unknown,
    /// The field is documented, and its value is `null`.
    Null,
    /// The field is documented, and its value has another form: `"5"` for a number.
    Form,
}

/// A field of an object that is not as documented.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deviation {
    /// The fields that lead to it: `servers[0].flavor`.
    pub place: String,
    /// How it differs.
    pub difference: Difference,
}
