//! A call as one version writes it: method and path, or words in the place of both.
//! It is read from a row; this module must never compare two of them.

use crate::model::Endpoint;
use crate::pair::Key;

/// A call as a version writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call<'a> {
    Endpoint(&'a Endpoint),
    Named(&'a str),
}

impl<'a> Call<'a> {
    pub(crate) fn key(&self) -> Key {
        match self {
            Call::Endpoint(route) => Key::call(route),
            Call::Named(name) => Key::named(name),
        }
    }

    /// Its method, or the word in the place of one, and its path.
    pub(crate) fn parts(&self) -> Option<(&'a str, &'a str)> {
        match self {
            Call::Endpoint(route) => Some((route.method.as_deref().unwrap_or("ANY"), &route.path)),
            Call::Named(name) => Key::word_and_path(name),
        }
    }

    pub(crate) fn shown(&self) -> String {
        match self {
            Call::Endpoint(route) => route.to_string(),
            Call::Named(name) => (*name).to_owned(),
        }
    }

    /// The key of the body that selects the operation.
    pub(crate) fn body_action(&self) -> Option<&'a str> {
        match self {
            Call::Endpoint(route) => route.body_action.as_deref(),
            Call::Named(_) => None,
        }
    }
}
