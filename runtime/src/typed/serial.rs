//! serde's traits for generated types (feature `serde`), so that a program's own types can contain them.
//! A value is the same JSON for serde as it is in a call.

use serde_core::de::Error as _;
use serde_core::ser::Error as _;
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use super::wire::read_node;
use super::writer::written;
use super::{Node, Wire};

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Null => serializer.serialize_unit(),
            Node::Boolean(value) => serializer.serialize_bool(*value),
            Node::Number(number) => number.serialize(serializer),
            Node::Text(text) => serializer.serialize_str(text),
            Node::Array(elements) => serializer.collect_seq(elements),
            Node::Object(entries) => {
                serializer.collect_map(entries.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}

/// Gives serde a value of a generated type.
///
/// # Errors
/// If the serializer fails.
pub fn serialize<S: Serializer>(value: &dyn Wire, serializer: S) -> Result<S::Ok, S::Error> {
    let text = written(value);
    let node = Node::parse(&text).map_err(S::Error::custom)?;
    node.serialize(serializer)
}

/// Reads a value of a generated type through serde. The format must describe itself, as JSON does.
///
/// # Errors
/// If the deserializer fails, or if the value is not of the documented kind.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Wire + Default,
    D: Deserializer<'de>,
{
    let mut value = T::default();
    let node = Node::deserialize(deserializer)?;
    read_node(&mut value, &node).map_err(D::Error::custom)?;
    Ok(value)
}

/// Implements serde's traits for a generated type.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($type:ident) => {
        impl $crate::typed::Serialize for $type {
            fn serialize<S: $crate::typed::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::typed::serialize(self, serializer)
            }
        }

        impl<'de> $crate::typed::Deserialize<'de> for $type {
            fn deserialize<D: $crate::typed::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::typed::deserialize(deserializer)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    use crate::typed::Extra;

    #[derive(Clone, Default)]
    struct Image {
        name: Option<String>,
        id: Option<i64>,
        kind: Option<Kind>,
        extra: Extra,
    }
    crate::object!(Image {
        name: "name",
        id: "id",
        kind: "kind"
    });

    #[derive(Clone)]
    enum Kind {
        Data,
        Other(String),
    }
    crate::open!(Kind { Data: "data" });

    /// A type of a program that contains generated ones.
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Kept {
        images: Vec<Image>,
        kind: Kind,
    }

    #[test]
    fn a_type_of_a_program_contains_generated_types_as_they_were_received() {
        let text = r#"{"images":[{"name":"x","id":"7","kind":"new","more":[1,-2,1.5,null,true]}],"kind":"data"}"#;
        let kept: Kept = serde_json::from_str(text).unwrap();
        assert_eq!(kept.images[0].id, Some(7));
        assert_eq!(kept.kind, Kind::Data);
        assert_eq!(serde_json::to_string(&kept).unwrap(), text);
    }

    #[test]
    fn a_value_of_another_kind_is_an_error_that_says_so() {
        let error = serde_json::from_str::<Image>("[1]").unwrap_err();
        assert!(
            error.to_string().contains("not of the documented kind"),
            "{error}"
        );
        assert!(serde_json::from_str::<Kind>("{}").is_err());
    }
}
