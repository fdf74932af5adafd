//! What all generated routes share: a trait, and what a lookup in one service finds.
//! This module must never name a service: middleware written against it works for each of them.

use core::fmt::{self, Debug, Display};
use core::hash::Hash;
use core::marker::PhantomData;

use crate::lookup::{Candidate, Candidates, Catalogue};
use crate::{Method, RouteSpec};

/// An operation of one service, as its generated enum names it.
///
/// Implemented by generated code; write against it what holds for every service:
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
    /// The service in lower case: `ims`.
    const SERVICE: &'static str;

    /// Every operation of the service, in the order of its pages.
    fn all() -> &'static [Self];

    /// What the documentation says about this operation.
    fn spec(self) -> &'static RouteSpec;

    /// The service's operations and the tree of their paths.
    fn catalogue() -> &'static Catalogue;

    /// The operations that `method` on `target` may call; [`Catalogue::find`] says what a target is
    /// and which operations count.
    ///
    /// ```
    /// use permspec_runtime::{Method, Route};
    ///
    /// /// The operation, where there is no doubt about it.
    /// fn only<R: Route>(method: Method, target: &str) -> Option<R> {
    ///     let mut found = R::find(method, target);
    ///     let (route, _) = found.next()?;
    ///     found.next().is_none().then_some(route)
    /// }
    /// ```
    fn find(method: Method, target: &str) -> Found<'_, Self> {
        Found::new(Self::catalogue().find(method, target))
    }

    /// The operation with the identifier `id`, such as `AddImageMember`. Exact, and without the
    /// service in front.
    ///
    /// # Errors
    /// Where the service has no such operation.
    fn from_id(id: &str) -> Result<Self, UnknownRoute> {
        let known = Self::all().iter().find(|route| route.spec().id == id);
        known.copied().ok_or(UnknownRoute {
            service: Self::SERVICE,
        })
    }
}

/// A text that names no operation of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownRoute {
    service: &'static str,
}

impl UnknownRoute {
    /// The service that was asked, in lower case.
    pub fn service(&self) -> &'static str {
        self.service
    }
}

impl Display for UnknownRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "service `{}` has no operation of this name",
            self.service
        )
    }
}

impl core::error::Error for UnknownRoute {}

/// The candidates among one service's operations, with the names of its enum.
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
        // A service's catalogue has the operations in the order of its enum.
        Some((*R::all().get(candidate.operation())?, candidate))
    }
}

/// The candidates that are still to come, each with its name.
impl<R: Route> Debug for Found<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
