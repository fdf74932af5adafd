//! Who decides whether an operation may be called: policies, or code of the server's author.
//! This module must never take "it depends" for a yes unless it was told to.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use http::request::Parts;

use super::Operation;
use crate::Permission;
use crate::boxed::BoxFuture;
use crate::policy::{Answer, Attached, Decision, Place, Policies, Policy};

/// Decides whether a caller may call an operation.
///
/// [`Enforce`] asks policies. A closure may decide too; where the answer must be waited for, such as a
/// look at a database, implement it:
///
/// ```
/// use permspec_runtime::guard::{Authorise, Operation, Verdict};
/// use permspec_runtime::BoxFuture;
///
/// /// Knows from the caller's token what it may do.
/// struct Tokens;
///
/// impl Authorise for Tokens {
///     fn authorise<'a>(
///         &'a self,
///         call: &'a http::request::Parts,
///         operation: &'a Operation,
///     ) -> BoxFuture<'a, Verdict> {
///         Box::pin(async move {
///             match call.headers.get("x-auth-token") {
///                 Some(_) if operation.spec().permissions.is_empty() => Verdict::Allow,
///                 _ => Verdict::deny(operation),
///             }
///         })
///     }
/// }
///
/// // The short form, where nothing is waited for:
/// fn allows<A: Authorise>(_: A) {}
/// allows(|call: &http::request::Parts, operation: &Operation| {
///     if call.method == "GET" { Verdict::Allow } else { Verdict::deny(operation) }
/// });
/// ```
pub trait Authorise: Send + Sync + 'static {
    /// Whether the caller of `call` may call `operation`. The body is not there: it may not have come.
    fn authorise<'a>(&'a self, call: &'a Parts, operation: &'a Operation)
    -> BoxFuture<'a, Verdict>;
}

impl<F> Authorise for F
where
    F: Fn(&Parts, &Operation) -> Verdict + Send + Sync + 'static,
{
    fn authorise<'a>(
        &'a self,
        call: &'a Parts,
        operation: &'a Operation,
    ) -> BoxFuture<'a, Verdict> {
        let verdict = self(call, operation);
        Box::pin(core::future::ready(verdict))
    }
}

/// Whether an operation may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Allow,
    /// It may not.
    Deny {
        /// The actions that are missing, for the answer.
        missing: Vec<Permission>,
        /// Why, for the answer, where the actions do not say it.
        reason: Option<String>,
    },
}

impl Verdict {
    /// No, and every action is missing that the documentation says the operation needs.
    pub fn deny(operation: &Operation) -> Verdict {
        let needed = operation.spec().permissions.iter();
        Verdict::Deny {
            missing: needed.map(|needed| needed.permission.clone()).collect(),
            reason: None,
        }
    }

    /// No, and why. The caller gets to read it.
    pub fn because(reason: impl Into<String>) -> Verdict {
        Verdict::Deny {
            missing: Vec::new(),
            reason: Some(reason.into()),
        }
    }
}

/// Lets through what policies allow, the same for every caller.
#[derive(Clone, Debug)]
pub struct Enforce {
    policies: Vec<(Policy, Place)>,
    doubt: Doubt,
}

/// What becomes of an operation about which policies say "it depends": on a condition, on a list of
/// resources, on the case of the call, or on what it needs whose page names no action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Doubt {
    /// It may not be called.
    #[default]
    Deny,
    /// It may be called.
    Allow,
}

impl Enforce {
    /// These policies together, each attached in its place.
    pub fn new(policies: impl IntoIterator<Item = (Policy, Place)>) -> Enforce {
        Enforce {
            policies: policies.into_iter().collect(),
            doubt: Doubt::default(),
        }
    }

    /// One policy, attached in an IAM project.
    pub fn in_project(policy: Policy) -> Enforce {
        Enforce::new([(policy, Place::IamProject)])
    }

    /// What becomes of an operation about which the policies say "it depends"; it is denied unless set.
    #[must_use]
    pub fn in_doubt(self, doubt: Doubt) -> Enforce {
        Enforce { doubt, ..self }
    }

    /// What the policies say about `operation`.
    pub fn verdict(&self, operation: &Operation) -> Verdict {
        let attached: Vec<Attached<'_>> = self
            .policies
            .iter()
            .map(|(policy, place)| Attached {
                policy,
                place: *place,
            })
            .collect();
        let explanation = Policies::new(&attached).explain(operation.spec());
        match (explanation.answer(), self.doubt) {
            (Answer::Yes, _) | (Answer::Depends, Doubt::Allow) => Verdict::Allow,
            (Answer::No | Answer::Depends, _) => {
                let open = explanation.decisions().filter(|(_, it)| !it.is_allowed());
                let missing = open.map(|(needed, _)| needed.permission.clone());
                let doubtful = explanation
                    .decisions()
                    .find(|(_, it)| matches!(it, Decision::Depends(_)));
                let reason = if operation.spec().permissions.is_empty() {
                    Some("the documentation names no action for it".into())
                } else {
                    doubtful.map(|(_, decision)| decision.to_string())
                };
                Verdict::Deny {
                    missing: missing.collect(),
                    reason,
                }
            }
        }
    }
}

impl Authorise for Enforce {
    fn authorise<'a>(&'a self, _: &'a Parts, operation: &'a Operation) -> BoxFuture<'a, Verdict> {
        Box::pin(core::future::ready(self.verdict(operation)))
    }
}
