//! The value of a row by its kind, around a table or without one.

use super::super::kind::StatedType;
use super::Type;

/// The value of a map of scalars, also in an array.
pub(super) fn map_value(kind: &StatedType) -> Option<Type> {
    match kind {
        StatedType::Array(element) => map_value(element),
        StatedType::Map(value) if !value.may_nest() => Some(plain(value)),
        _ => None,
    }
}

/// Whether a map is in it: its keys may have a table.
pub(super) fn has_map(kind: &StatedType) -> bool {
    match kind {
        StatedType::Map(_) => true,
        StatedType::Array(element) => has_map(element),
        _ => false,
    }
}

/// The kind around the object that a table describes.
pub(super) fn wrap(kind: &StatedType, inner: Type) -> Type {
    match kind {
        StatedType::Array(element) => Type::Array(Box::new(wrap(element, inner))),
        StatedType::Map(value) if value.may_nest() && !matches!(**value, StatedType::Unstated) => {
            Type::Map(Box::new(wrap(value, inner)))
        }
        _ => inner,
    }
}

/// A value that no table describes.
pub(super) fn plain(kind: &StatedType) -> Type {
    match kind {
        StatedType::Object(_) | StatedType::Described => Type::Open,
        StatedType::Array(element) => Type::Array(Box::new(plain(element))),
        StatedType::Map(value) => Type::Map(Box::new(match **value {
            // `Map<String,Object>` means any value.
            StatedType::Object(None) => Type::Plain(StatedType::Any),
            ref value => plain(value),
        })),
        StatedType::Unstated | StatedType::Unknown | StatedType::Word(_) => {
            Type::Plain(StatedType::Any)
        }
        kind => Type::Plain(kind.clone()),
    }
}

pub(super) fn has_unknown(kind: &StatedType) -> bool {
    match kind {
        StatedType::Unknown | StatedType::Word(_) => true,
        StatedType::Array(element) | StatedType::Map(element) => has_unknown(element),
        _ => false,
    }
}
