//! The value of a row by its kind, around a table or without one.

use super::super::kind::Kind;
use super::Type;

/// The value of a map of scalars, also in an array.
pub(super) fn map_value(kind: &Kind) -> Option<Type> {
    match kind {
        Kind::Array(element) => map_value(element),
        Kind::Map(value) if !value.may_nest() => Some(plain(value)),
        _ => None,
    }
}

/// Whether a map is in it: its keys may have a table.
pub(super) fn has_map(kind: &Kind) -> bool {
    match kind {
        Kind::Map(_) => true,
        Kind::Array(element) => has_map(element),
        _ => false,
    }
}

/// The kind around the object that a table describes.
pub(super) fn wrap(kind: &Kind, inner: Type) -> Type {
    match kind {
        Kind::Array(element) => Type::Array(Box::new(wrap(element, inner))),
        Kind::Map(value) if value.may_nest() && !matches!(**value, Kind::Unstated) => {
            Type::Map(Box::new(wrap(value, inner)))
        }
        _ => inner,
    }
}

/// A value that no table describes.
pub(super) fn plain(kind: &Kind) -> Type {
    match kind {
        Kind::Object(_) | Kind::Described => Type::Open,
        Kind::Array(element) => Type::Array(Box::new(plain(element))),
        Kind::Map(value) => Type::Map(Box::new(match **value {
            // `Map<String,Object>` means any value.
            Kind::Object(None) => Type::Plain(Kind::Any),
            ref value => plain(value),
        })),
        Kind::Unstated | Kind::Unknown | Kind::Word(_) => Type::Plain(Kind::Any),
        kind => Type::Plain(kind.clone()),
    }
}

pub(super) fn has_unknown(kind: &Kind) -> bool {
    match kind {
        Kind::Unknown | Kind::Word(_) => true,
        Kind::Array(element) | Kind::Map(element) => has_unknown(element),
        _ => false,
    }
}
