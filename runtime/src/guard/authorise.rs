//! Who decides whether an operation may be called: policies, or code of the server's author.
//! This module must never treat "it depends" as a yes, unless the server's author chose that.

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
/// [`Enforce`] asks policies. A closure can decide too. If the decision is asynchronous, such as a query
/// to a database, implement this trait:
///
/// ```
/// use permspec_runtime::guard::{Authorise, Operation, Verdict};
/// use permspec_runtime::BoxFuture;
///
/// /// Finds the rights of the caller from its token.
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
/// // A closure is enough if the decision is not asynchronous:
/// fn allows<A: Authorise>(_: A) {}
/// allows(|call: &http::request::Parts, operation: &Operation| {
///     if call.method == "GET" { Verdict::Allow } else { Verdict::deny(operation) }
/// });
/// ```
pub trait Authorise: Send + Sync + 'static {
    /// Decides whether the caller of `call` may call `operation`. The body is not available, because it
    /// may not have arrived yet.
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
    /// The operation may be called.
    Allow,
    /// The operation may not be called.
    Deny {
        /// The actions that are missing, for the response.
        missing: Vec<Permission>,
        /// The reason, for the response, if the missing actions do not explain the denial.
        reason: Option<String>,
    },
}

impl Verdict {
    /// Denies the operation and names every action that it needs according to the documentation.
    pub fn deny(operation: &Operation) -> Verdict {
        let needed = operation.spec().permissions.iter();
        Verdict::Deny {
            missing: needed.map(|needed| needed.permission.clone()).collect(),
            reason: None,
        }
    }

    /// Denies the operation for `reason`. The response shows the reason to the caller.
    pub fn because(reason: impl Into<String>) -> Verdict {
        Verdict::Deny {
            missing: Vec::new(),
            reason: Some(reason.into()),
        }
    }
}

/// Allows what policies allow. The policies are the same for every caller.
#[derive(Clone, Debug)]
pub struct Enforce {
    policies: Vec<(Policy, Place)>,
    doubt: Doubt,
}

/// What happens to an operation if the policies do not decide. The decision may depend on a condition, on
/// a list of resources, or on the case of the call. The documentation may also not name the actions of
/// the operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Doubt {
    /// The operation may not be called.
    #[default]
    Deny,
    /// The operation may be called.
    Allow,
}

impl Enforce {
    /// Enforces these policies together. Each of them is attached in its own place.
    pub fn new(policies: impl IntoIterator<Item = (Policy, Place)>) -> Enforce {
        Enforce {
            policies: policies.into_iter().collect(),
            doubt: Doubt::default(),
        }
    }

    /// Enforces one policy that is attached in an IAM project.
    pub fn in_project(policy: Policy) -> Enforce {
        Enforce::new([(policy, Place::IamProject)])
    }

    /// Sets what happens to an operation if the policies do not decide. The default is [`Doubt::Deny`].
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
                    Some("the documentation does not name an action for it".into())
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
