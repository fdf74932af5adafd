//! What a name is made from: the facts that every kind of page states about an operation.

use crate::model::{Endpoint, Operation, Requirement};

/// An operation of any kind of page, as names and partners are looked up for it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its calls.
    pub endpoints: &'a [Endpoint],
    /// The actions that it needs.
    pub actions: &'a [Requirement],
}

impl<'a> From<&'a Operation> for Subject<'a> {
    fn from(operation: &'a Operation) -> Self {
        Subject {
            title: &operation.title,
            endpoints: &operation.endpoints,
            actions: &operation.actions,
        }
    }
}

impl Subject<'_> {
    /// What it says, for comparisons. Two that say the same are one operation that is stated twice.
    pub(crate) fn said(&self) -> impl Ord + use<> {
        let call = |endpoint: &Endpoint| {
            let Endpoint {
                method,
                path,
                query,
                body_action,
                extra: _,
            } = endpoint.clone();
            (method, path, query, body_action)
        };
        let calls: Vec<_> = self.endpoints.iter().map(call).collect();
        (self.title.to_owned(), calls, self.actions.to_vec())
    }
}
