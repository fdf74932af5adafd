//! The part that all generated routes share: a trait, and the result of a lookup in one service.
//! This module must never name a service, because middleware that uses it works for every service.

use core::fmt::{self, Debug, Display};
use core::hash::Hash;
use core::marker::PhantomData;

use crate::lookup::{Candidate, Candidates, Catalogue};
use crate::{Method, RouteSpec};

/// An operation of one service, as a variant of its generated enum.
///
/// Generated code implements this trait. Use it for code that works with every service:
///
/// ```
/// use permspec_runtime::{Permission, Route};
///
/// /// The operations of a service that need `permission`.
/// fn needing<R: Route>(permission: &Permission) -> impl Iterator<Item = R> {
///     R::all().iter().copied().filter(|route| route.spec().needs(permission))
/// }
/// ```
pub trait Route: Copy + Eq + Ord + Hash + Debug + Display + 'static {
    /// The service in lower case, such as `ims`.
    const SERVICE: &'static str;

    /// Every operation of the service, in the order of its pages.
    fn all() -> &'static [Self];

    /// The documentation of this operation.
    fn spec(self) -> &'static RouteSpec;

    /// The operations of the service and the tree of their paths.
    fn catalogue() -> &'static Catalogue;

    /// The operations that `method` on `target` may call. [`Catalogue::find`] says what a target is and
    /// which operations count.
    ///
    /// ```
    /// use permspec_runtime::{Method, Route};
    ///
    /// /// The operation, if there is exactly one.
    /// fn only<R: Route>(method: Method, target: &str) -> Option<R> {
    ///     let mut found = R::find(method, target);
    ///     let (route, _) = found.next()?;
    ///     found.next().is_none().then_some(route)
    /// }
    /// ```
    fn find(method: Method, target: &str) -> Found<'_, Self> {
        Found::new(Self::catalogue().find(method, target))
    }

    /// The operation with the identifier `id`, such as `AddImageMember`. Case matters, and the name of
    /// the service is not part of the identifier.
    ///
    /// # Errors
    /// Returns an error if the service does not have such an operation.
    fn from_id(id: &str) -> Result<Self, UnknownRoute> {
        let known = Self::all().iter().find(|route| route.spec().id == id);
        known.copied().ok_or(UnknownRoute {
            service: Self::SERVICE,
        })
    }
}

/// A text that is not the identifier of an operation of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownRoute {
    service: &'static str,
}

impl UnknownRoute {
    /// The service that was searched, in lower case.
    pub fn service(&self) -> &'static str {
        self.service
    }
}

impl Display for UnknownRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "service `{}` has no operation with this name",
            self.service
        )
    }
}

impl core::error::Error for UnknownRoute {}

/// The candidates among the operations of one service, as variants of its enum.
#[derive(Clone)]
pub struct Found<'t, R> {
    candidates: Candidates<'t>,
    route: PhantomData<R>,
}

impl<'t, R: Route> Found<'t, R> {
    fn new(candidates: Candidates<'t>) -> Found<'t, R> {
        Found {
            candidates,
            route: PhantomData,
        }
    }
}

impl<'t, R: Route> Iterator for Found<'t, R> {
    type Item = (R, Candidate<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        let candidate = self.candidates.next()?;
        // The catalogue of a service has the operations in the order of its enum.
        Some((*R::all().get(candidate.operation())?, candidate))
    }
}

/// The candidates that have not been returned yet, each with its variant.
impl<R: Route> Debug for Found<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
