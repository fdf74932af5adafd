//! A call as one version writes it: method and path, or words in the place of both. It is read from a row.
//! This module must never compare two calls.

use crate::model::Endpoint;
use crate::pair::Key;

/// A call as a version writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WrittenCall<'a> {
    Endpoint(&'a Endpoint),
    Named(&'a str),
}

impl<'a> WrittenCall<'a> {
    pub(crate) fn key(&self) -> Key {
        match self {
            WrittenCall::Endpoint(route) => Key::call(route),
            WrittenCall::Named(name) => Key::named(name),
        }
    }

    /// Its method, or the word in the place of a method, and its path.
    pub(crate) fn parts(&self) -> Option<(&'a str, &'a str)> {
        match self {
            WrittenCall::Endpoint(route) => {
                Some((route.method.as_deref().unwrap_or("ANY"), &route.path))
            }
            WrittenCall::Named(name) => Key::word_and_path(name),
        }
    }

    pub(crate) fn shown(&self) -> String {
        match self {
            WrittenCall::Endpoint(route) => route.to_string(),
            WrittenCall::Named(name) => (*name).to_owned(),
        }
    }

    /// The key of the body that selects the operation.
    pub(crate) fn body_action(&self) -> Option<&'a str> {
        match self {
            WrittenCall::Endpoint(route) => route.body_action.as_deref(),
            WrittenCall::Named(_) => None,
        }
    }
}
