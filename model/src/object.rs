//! The JSON object of a struct of the model: its fields by name in their order, and the fields that a
//! newer minor version has added.
//! A list of names replaces serde's derive, which would take a fifth of the time that a build script
//! needs to compile. This module must never know what a field means.

use serde::de::value::UnitDeserializer;
use serde::de::{Deserialize, Error, MapAccess};

/// Implements the JSON object of a struct that keeps unknown fields in `extra`. The fields are listed in
/// the order in which they are written. An optional field is an `Option`. Fields in the second list are
/// maps that are left out if they are empty. The third list contains names of fields in an older format.
macro_rules! json_object {
    ($type:ident { $($field:ident),+ }) => {
        json_object!($type { $($field),+ } and {} formerly {});
    };
    ($type:ident { $($field:ident),+ } and { $($map:ident),* }) => {
        json_object!($type { $($field),+ } and { $($map),* } formerly {});
    };
    ($type:ident { $($field:ident),+ } and { $($map:ident),* } formerly { $($old:ident => $new:ident),* }) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;

                let mut object = serializer.serialize_map(None)?;
                $(object.serialize_entry(stringify!($field), &self.$field)?;)+
                $(if !self.$map.is_empty() {
                    object.serialize_entry(stringify!($map), &self.$map)?;
                })*
                for (name, value) in &self.extra {
                    object.serialize_entry(name, value)?;
                }
                object.end()
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Object;

                impl<'de> serde::de::Visitor<'de> for Object {
                    type Value = $type;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(concat!("an object with the fields of ", stringify!($type)))
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut object: A) -> Result<$type, A::Error> {
                        use $crate::object::{or_absent, read};

                        $(let mut $field = None;)+
                        $(let mut $map = None;)*
                        let mut extra = $crate::Extra::new();
                        while let Some(name) = object.next_key::<String>()? {
                            match name.as_str() {
                                $(stringify!($field) => read(stringify!($field), &mut $field, &mut object)?,)+
                                $(stringify!($map) => read(stringify!($map), &mut $map, &mut object)?,)*
                                $(stringify!($old) => read(stringify!($new), &mut $new, &mut object)?,)*
                                _ => {
                                    extra.insert(name, object.next_value()?);
                                }
                            }
                        }
                        Ok($type {
                            $($field: or_absent(stringify!($field), $field)?,)+
                            $($map: $map.unwrap_or_default(),)*
                            extra,
                        })
                    }
                }

                deserializer.deserialize_map(Object)
            }
        }
    };
}

pub(super) use json_object;

/// Reads the value of field `name`, which an object may contain once.
pub(super) fn read<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    name: &'static str,
    field: &mut Option<T>,
    object: &mut A,
) -> Result<(), A::Error> {
    if field.is_some() {
        return Err(A::Error::duplicate_field(name));
    }
    *field = Some(object.next_value()?);
    Ok(())
}

/// The value of field `name`. If the field is missing, an `Option` is `None`, and any other type is an
/// error.
pub(super) fn or_absent<'de, T: Deserialize<'de>, E: Error>(
    name: &'static str,
    field: Option<T>,
) -> Result<T, E> {
    match field {
        Some(value) => Ok(value),
        None => T::deserialize(UnitDeserializer::<E>::new()).map_err(|_| E::missing_field(name)),
    }
}
