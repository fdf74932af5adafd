//! What a value contains that is not as documented, with its place: for a program that compares a server with its
//! documentation.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Wire, Writer};

/// A field of an object that is not as documented.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deviation {
    /// The fields that lead to it: `servers[0].flavor`.
    pub place: String,
    /// Whether the field is documented. If so, its value has another form than the documentation says.
    pub is_documented: bool,
}

/// The fields of a value that are not as documented, at any depth, in the order in which they are written.
/// Objects inside of such a field are not looked at.
///
/// ```
/// use permspec_runtime::typed::{self, Extra};
///
/// #[derive(Clone, Default)]
/// pub struct Member {
///     pub age: Option<i64>,
///     pub extra: Extra,
/// }
/// permspec_runtime::object!(Member { age: "age" });
///
/// let members: Vec<Member> = typed::from_json(br#"[{"age": 5}, {"age": "5", "since": 1}]"#)?;
/// let found = typed::deviations(&members);
/// assert_eq!((found[0].place.as_str(), found[0].is_documented), ("[1].age", true));
/// assert_eq!((found[1].place.as_str(), found[1].is_documented), ("[1].since", false));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn deviations(value: &dyn Wire) -> Vec<Deviation> {
    let mut writer = Writer::with_deviations();
    value.write(&mut writer);
    writer.into_deviations()
}
