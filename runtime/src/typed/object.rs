//! Objects with documented fields. Generated code lists the fields, and everything else is done here, once.
//! An object is written as it was read, except for the order of its fields.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde_json::Value;

use super::wire::written;
use super::{Deviation, Difference, Extra, Fit, Node, Wire, Writer};

/// The fields of a type, as they are named in JSON.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The name of the type.
    pub name: &'static str,
    /// The names of the fields, in the order of the values.
    pub fields: &'static [&'static str],
    /// The fields that a request must have. An object with several forms has one list for each form.
    pub required: &'static [&'static [&'static str]],
}

/// What is done with the fields of an object, to change them.
pub type UseSlots<'u> = dyn FnMut(&mut [&mut dyn Wire], &mut Extra) + 'u;

/// What is done with the shape and the fields of an object.
pub type UseValues<'u> = dyn FnMut(&'static Shape, &[&dyn Wire], &Extra) + 'u;

/// An object with documented fields. [`object!`](crate::object) implements it for generated types.
pub trait Object {
    /// Calls `use_slots` with the fields, to change them.
    fn slots(&mut self, use_slots: &mut UseSlots<'_>);

    /// Calls `use_values` with the shape of the object and with its fields, in the same order.
    fn values(&self, use_values: &mut UseValues<'_>);
}

/// Implements [`Object`], `Debug` and `PartialEq` for a struct whose fields are `Option`s and an
/// [`Extra`] with the name `extra`. With the feature `serde`, it also implements serde's traits.
///
/// ```
/// use permspec_runtime::typed::{self, Extra};
///
/// #[derive(Clone, Default)]
/// pub struct Member {
///     pub member_id: Option<String>,
///     pub kind: Option<String>,
///     pub extra: Extra,
/// }
/// permspec_runtime::object!(Member { member_id: "member_id", kind: "type" });
///
/// let member: Member = typed::from_json(br#"{"type": "new", "since": 5}"#)?;
/// assert_eq!(member.kind.as_deref(), Some("new"));
/// assert_eq!(member.extra.get("since").unwrap(), 5);
/// assert_eq!(typed::to_json(&member), r#"{"type":"new","since":5}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! object {
    ($type:ident { $($field:ident: $name:literal),* $(,)? } $($([$($required:literal),+ $(,)?])|+)?) => {
        impl $crate::typed::Object for $type {
            #[inline]
            fn slots(&mut self, use_slots: &mut $crate::typed::UseSlots<'_>) {
                use_slots(&mut [$(&mut self.$field),*], &mut self.extra)
            }

            #[inline]
            fn values(&self, use_values: &mut $crate::typed::UseValues<'_>) {
                use_values(
                    &$crate::typed::Shape {
                        name: ::core::stringify!($type),
                        fields: &[$($name),*],
                        required: &[$($(&[$($required),+]),+)?],
                    },
                    &[$(&self.$field),*],
                    &self.extra,
                )
            }
        }

        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::typed::debug(self, f)
            }
        }

        impl ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::typed::is_same(self, other)
            }
        }

        $crate::__serde!($type);
    };
}

impl<T: Object> Wire for T {
    fn read(&mut self, node: &Node<'_>) -> Fit {
        read(self, node)
    }

    fn write(&self, writer: &mut Writer) {
        writer.object(self);
    }
}

/// A type that contains itself.
impl<T: Object> Object for alloc::boxed::Box<T> {
    fn slots(&mut self, use_slots: &mut UseSlots<'_>) {
        (**self).slots(use_slots);
    }

    fn values(&self, use_values: &mut UseValues<'_>) {
        (**self).values(use_values);
    }
}

impl Writer {
    /// Writes an object with documented fields.
    pub fn object(&mut self, object: &dyn Object) {
        object.values(&mut |shape, values, extra| {
            self.open(b'{');
            for (name, value) in shape.fields.iter().zip(values) {
                let kept = extra.get(name);
                let is_kept =
                    kept.is_some_and(|kept| value.is_absent() || value.is_reading_of(kept));
                match kept {
                    Some(original) if is_kept => {
                        self.deviates(name, &|| difference(original, *value));
                        self.member(name, &mut |writer| writer.json(original));
                    }
                    _ if value.is_absent() => {}
                    _ => self.member(name, &mut |writer| value.write(writer)),
                }
            }
            let unknown = extra
                .iter()
                .filter(|(name, _)| !shape.fields.contains(name));
            for (name, value) in unknown {
                self.deviates(name, &|| Some(Difference::Unknown));
                self.member(name, &mut |writer| writer.json(value));
            }
            self.close(b'}');
            let has = |name: &str| {
                let field = shape.fields.iter().position(|field| *field == name);
                field.is_some_and(|index| !values[index].is_absent()) || extra.get(name).is_some()
            };
            self.miss(&|| missing(shape, &has));
        });
    }
}

/// The first field that is missing from the form of the object that lacks the fewest.
fn missing(shape: &Shape, has: &dyn Fn(&str) -> bool) -> Option<&'static str> {
    let lacks = |form: &&'static [&'static str]| form.iter().filter(|name| !has(name)).count();
    let nearest = shape.required.iter().min_by_key(|form| lacks(form))?;
    nearest.iter().find(|name| !has(name)).copied()
}

fn read(object: &mut dyn Object, node: &Node<'_>) -> Fit {
    let (entries, fit) = match node {
        Node::Object(entries) => (entries, Fit::Exact),
        // One object in a list, where the documentation says one object.
        Node::Array(elements) => match elements.as_slice() {
            [Node::Object(entries)] => (entries, Fit::Close),
            _ => return Fit::Not,
        },
        _ => return Fit::Not,
    };
    let mut fields: &[&str] = &[];
    object.values(&mut |shape, _, _| fields = shape.fields);
    object.slots(&mut |slots, extra| {
        let mut next = 0;
        for (name, value) in entries {
            // Servers often write the fields in the order of the documentation.
            let expected = fields.get(next).is_some_and(|field| field == name);
            let field = if expected {
                Some(next)
            } else {
                fields.iter().position(|field| field == name)
            };
            next = field.map_or(next, |field| field + 1);
            let fit = field.map_or(Fit::Not, |field| slots[field].read(value));
            if fit < Fit::Exact {
                extra.insert(name, value.to_json());
            }
        }
    });
    fit
}

/// Shows an object as its name and its JSON, without the values of fields that may authenticate.
#[doc(hidden)]
pub fn debug(object: &dyn Object, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut name = "";
    object.values(&mut |shape, _, _| name = shape.name);
    let mut writer = Writer::for_people();
    writer.object(object);
    write!(f, "{name} {}", String::from_utf8_lossy(&writer.finish()))
}

/// Whether two objects are written alike.
#[doc(hidden)]
pub fn is_same(one: &dyn Object, other: &dyn Object) -> bool {
    let written = |object| {
        let mut writer = Writer::new();
        writer.object(object);
        writer.finish()
    };
    written(one) == written(other)
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

/// How the original value of a documented field differs from the value that was read from it. `5.0` and 5 are the
/// same number.
fn difference(original: &Value, read: &dyn Wire) -> Option<Difference> {
    if original.is_null() {
        return Some(Difference::Null);
    }
    let read = serde_json::from_slice(&written(read));
    let is_same = read.is_ok_and(|read| is_same_by_value(original, &read));
    (!is_same).then_some(Difference::Form)
}

fn is_same_by_value(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(one, other)| is_same_by_value(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let same = |(name, value)| {
                other
                    .get(name)
                    .is_some_and(|other| is_same_by_value(value, other))
            };
            one.len() == other.len() && one.iter().all(same)
        }
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differs<T: Wire + Default>(text: &str) -> Option<Difference> {
        let original = serde_json::from_str(text).unwrap();
        let read: T = crate::typed::from_json(text.as_bytes()).unwrap();
        difference(&original, &read)
    }

    #[test]
    fn a_number_with_a_fraction_of_zero_is_as_documented() {
        assert_eq!(differs::<f64>("5.0"), None);
        assert_eq!(differs::<Vec<i64>>("[5.0, 6]"), None);
        assert_eq!(differs::<i64>("\"5\""), Some(Difference::Form));
        assert_eq!(differs::<Vec<i64>>("5"), Some(Difference::Form));
        assert_eq!(differs::<super::super::Map<f64>>("{\"a\": 1.0}"), None);
    }
}
