//! Values that a call sends or receives as JSON: texts, numbers, booleans, lists, maps, and values of any kind.
//! Reading is tolerant, because documentation and servers differ. What is not as documented is never lost: the
//! object around it keeps the original ([`Extra`](super::Extra)).

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::Value;

use super::writer::written;
use super::{Deviation, Node, Writer};

/// How well a JSON value fits a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It does not fit. The value was left as it was.
    Not,
    /// It was read, but it would be written differently: `"5"` as the number 5.
    Close,
    /// It was read, and it is written as it was.
    Exact,
}

/// A value that is sent or received as JSON.
///
/// Generated types implement it, and so do `String`, `i64`, `f64`, `bool`, [`serde_json::Value`], and
/// `Option`, `Vec` and `BTreeMap` of such types.
///
/// ```
/// use permspec_runtime::typed::{Fit, Node, Wire};
///
/// let mut count = 0_i64;
/// assert_eq!(count.read(&Node::parse(b"5")?), Fit::Exact);
/// assert_eq!(count.read(&Node::parse(b"\"7\"")?), Fit::Close);
/// assert_eq!(count.read(&Node::parse(b"{}")?), Fit::Not);
/// assert_eq!(count, 7);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub trait Wire {
    /// Takes the value of `node`. A value that was read before is replaced, as a whole or not at all.
    fn read(&mut self, node: &Node<'_>) -> Fit;

    /// Writes the value as JSON.
    fn write(&self, writer: &mut Writer);

    /// Whether an object leaves out the field with this value.
    fn is_absent(&self) -> bool {
        false
    }

    /// Whether reading `original` gives this value.
    fn is_reading_of(&self, _original: &Value) -> bool {
        false
    }
}

impl Wire for String {
    fn read(&mut self, node: &Node<'_>) -> Fit {
        let (text, fit) = match node {
            Node::Text(text) => (text.clone().into_owned(), Fit::Exact),
            Node::Number(number) => (number.to_string(), Fit::Close),
            Node::Boolean(value) => (value.to_string(), Fit::Close),
            _ => return Fit::Not,
        };
        *self = text;
        fit
    }

    fn write(&self, writer: &mut Writer) {
        writer.text(self);
    }
}

impl Wire for i64 {
    fn read(&mut self, node: &Node<'_>) -> Fit {
        let (read, fit) = match node {
            Node::Number(number) => match number.as_i64() {
                Some(whole) => (Some(whole), Fit::Exact),
                None => (number.as_f64().and_then(whole), Fit::Close),
            },
            Node::Text(text) => (text.trim().parse().ok(), Fit::Close),
            _ => (None, Fit::Not),
        };
        replace(self, read, fit)
    }

    fn write(&self, writer: &mut Writer) {
        writer.integer(*self);
    }
}

/// The whole number that a number like `5.0` means.
fn whole(number: f64) -> Option<i64> {
    // A floating-point number holds all whole numbers below 2^53 exactly.
    const LARGEST: f64 = 9_007_199_254_740_991.0;
    let is_whole = number % 1.0 == 0.0 && number.abs() <= LARGEST;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the number is whole and small enough"
    )]
    is_whole.then_some(number as i64)
}

impl Wire for f64 {
    fn read(&mut self, node: &Node<'_>) -> Fit {
        let (read, fit) = match node {
            Node::Number(number) => (number.as_f64(), number_fit(number)),
            Node::Text(text) => {
                let number: Option<f64> = text.trim().parse().ok();
                (number.filter(|number| number.is_finite()), Fit::Close)
            }
            _ => (None, Fit::Not),
        };
        replace(self, read, fit)
    }

    fn write(&self, writer: &mut Writer) {
        match whole(*self) {
            Some(integer) => writer.integer(integer),
            None => writer.number(*self),
        }
    }
}

/// `5` is written as `5`, but so is `5.0`. A large whole number may not be exact as a floating-point number.
fn number_fit(number: &serde_json::Number) -> Fit {
    let float = number.as_f64();
    let is_exact = if number.is_f64() {
        float.and_then(whole).is_none()
    } else {
        float.and_then(whole).is_some()
    };
    if is_exact { Fit::Exact } else { Fit::Close }
}

impl Wire for bool {
    fn read(&mut self, node: &Node<'_>) -> Fit {
        let (read, fit) = match node {
            Node::Boolean(value) => (Some(*value), Fit::Exact),
            Node::Text(text) if text.trim().eq_ignore_ascii_case("true") => {
                (Some(true), Fit::Close)
            }
            Node::Text(text) if text.trim().eq_ignore_ascii_case("false") => {
                (Some(false), Fit::Close)
            }
            Node::Number(number) => match number.as_i64() {
                Some(0) => (Some(false), Fit::Close),
                Some(1) => (Some(true), Fit::Close),
                _ => (None, Fit::Not),
            },
            _ => (None, Fit::Not),
        };
        replace(self, read, fit)
    }

    fn write(&self, writer: &mut Writer) {
        writer.boolean(*self);
    }
}

/// Any JSON value, for what the documentation does not describe.
impl Wire for Value {
    fn read(&mut self, node: &Node<'_>) -> Fit {
        *self = node.to_json();
        Fit::Exact
    }

    fn write(&self, writer: &mut Writer) {
        writer.json(self);
    }
}

/// A field. `null` is a value that is not there.
impl<T: Wire + Default> Wire for Option<T> {
    fn read(&mut self, node: &Node<'_>) -> Fit {
        let mut value = T::default();
        let fit = value.read(node);
        if fit > Fit::Not {
            *self = Some(value);
        }
        fit
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.write(writer),
            None => writer.json(&Value::Null),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn is_reading_of(&self, original: &Value) -> bool {
        let mut again = None::<T>;
        again.read(&Node::of(original)) > Fit::Not && is_same(&again, self)
    }
}

/// A list. One value in the place of a list is a list of one, as documentation and servers sometimes write it.
/// If an element does not fit, the list does not.
impl<T: Wire + Default> Wire for Vec<T> {
    fn read(&mut self, node: &Node<'_>) -> Fit {
        let (nodes, mut fit) = match node {
            Node::Array(nodes) => (nodes.as_slice(), Fit::Exact),
            Node::Null => return Fit::Not,
            Node::Text(text) if text.is_empty() => return Fit::Not,
            single => (core::slice::from_ref(single), Fit::Close),
        };
        let mut elements = Vec::with_capacity(nodes.len());
        for node in nodes {
            let mut element = T::default();
            fit = fit.min(element.read(node));
            if fit == Fit::Not {
                return Fit::Not;
            }
            elements.push(element);
        }
        *self = elements;
        fit
    }

    fn write(&self, writer: &mut Writer) {
        writer.array(self.len(), &mut |writer, index| self[index].write(writer));
    }
}

/// A map with names that the documentation does not list.
impl<T: Wire + Default> Wire for BTreeMap<String, T> {
    fn read(&mut self, node: &Node<'_>) -> Fit {
        let Node::Object(entries) = node else {
            return Fit::Not;
        };
        let mut fit = Fit::Exact;
        let mut map = BTreeMap::new();
        for (name, node) in entries {
            let mut value = T::default();
            fit = fit.min(value.read(node));
            if fit == Fit::Not {
                return Fit::Not;
            }
            map.insert(name.clone().into_owned(), value);
        }
        *self = map;
        fit
    }

    fn write(&self, writer: &mut Writer) {
        let mut entries = self.iter();
        writer.members(&mut |writer| match entries.next() {
            Some((name, value)) => {
                writer.name(name);
                value.write(writer);
                true
            }
            None => false,
        });
    }
}

fn replace<T>(value: &mut T, read: Option<T>, fit: Fit) -> Fit {
    match read {
        Some(read) => {
            *value = read;
            fit
        }
        None => Fit::Not,
    }
}

/// The JSON text of a value.
///
/// ```
/// use permspec_runtime::typed;
///
/// assert_eq!(typed::to_json(&vec![1_i64, 2]), "[1,2]");
/// ```
pub fn to_json(value: &dyn Wire) -> String {
    String::from_utf8_lossy(&written(value)).into_owned()
}

/// The fields of a value that are not as documented, at any depth, in the order in which they are written.
/// Objects inside of such a field are not looked at.
///
/// ```
/// use permspec_runtime::typed::{self, Difference, Extra};
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
/// assert_eq!((found[0].place.as_str(), found[0].difference), ("[1].age", Difference::Form));
/// assert_eq!((found[1].place.as_str(), found[1].difference), ("[1].since", Difference::Unknown));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn deviations(value: &dyn Wire) -> Vec<Deviation> {
    let mut writer = Writer::with_deviations();
    value.write(&mut writer);
    writer.into_deviations()
}

/// Reads a value from a JSON text.
///
/// # Errors
/// If the text is not JSON, or does not have the documented kind: a list in the place of an object. A single
/// field of another kind is not an error. The object keeps it in its [`Extra`](super::Extra).
///
/// ```
/// use permspec_runtime::typed;
///
/// let sizes: Vec<i64> = typed::from_json(b"[1, \"2\"]")?;
/// assert_eq!(sizes, [1, 2]);
/// assert!(typed::from_json::<Vec<i64>>(b"[{}]").is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn from_json<T: Wire + Default>(text: &[u8]) -> Result<T, serde_json::Error> {
    let mut value = T::default();
    read_json(&mut value, text)?;
    Ok(value)
}

fn read_json(value: &mut dyn Wire, text: &[u8]) -> Result<(), serde_json::Error> {
    read_node(value, &Node::parse(text)?)
}

pub(super) fn read_node(value: &mut dyn Wire, node: &Node<'_>) -> Result<(), serde_json::Error> {
    match value.read(node) {
        Fit::Not => {
            let message = format!("{} is not of the documented kind", node.kind());
            Err(serde_core::de::Error::custom(message))
        }
        Fit::Close | Fit::Exact => Ok(()),
    }
}

/// Whether two values are the same JSON. A value of serde_json does not keep the order of fields, so an object that
/// is read from it may be written in another order than the object that the server sent.
fn is_same(one: &dyn Wire, other: &dyn Wire) -> bool {
    let (one, other) = (written(one), written(other));
    let json = |text: &[u8]| serde_json::from_slice::<Value>(text).ok();
    one == other || json(&one).is_some_and(|one| Some(one) == json(&other))
}

/// A text as the value of a query parameter or an open enum.
pub(super) fn scalar_text<'n>(node: &'n Node<'_>) -> Option<(Cow<'n, str>, Fit)> {
    match node {
        Node::Text(text) => Some((Cow::Borrowed(text), Fit::Exact)),
        Node::Number(number) => Some((Cow::Owned(number.to_string()), Fit::Close)),
        Node::Boolean(value) => Some((Cow::Owned(value.to_string()), Fit::Close)),
        Node::Null | Node::Array(_) | Node::Object(_) => None,
    }
}
