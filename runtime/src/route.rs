//! What the documentation says about one operation, and the trait that all generated routes share.
//! This module must never name a service: middleware written against it works for each of them.

use core::fmt::{self, Debug, Display};
use core::hash::Hash;

use crate::lookup::Found;
use crate::{Catalogue, Endpoint, Method, Permission, Requirement, Scope};

/// One operation of a service: a row of a permission table, as constant data.
///
/// All fields are public, because generated code writes them as a literal; the
/// [example of the crate](crate#) is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteSpec {
    /// The service in lower case, as folder and module name: `ims`.
    pub service: &'static str,
    /// The pinned identifier, unique in its service: `AddImageMember`.
    pub id: &'static str,
    /// The title as the page writes it: `Adding an Image Member (Native OpenStack API)`.
    pub title: &'static str,
    /// The calls that the row documents, in its order; several where it lists versions.
    pub endpoints: &'static [Endpoint],
    /// The actions that the call needs. No page states whether all or any of them; those without a
    /// [`when`](Requirement::when) read as all required, the others as needed in their case.
    pub permissions: &'static [Requirement],
    /// Actions of other operations that should be allowed along with these.
    pub dependencies: &'static [Requirement],
    /// Where the actions take effect when a custom policy grants them.
    pub scope: Scope,
    /// The documentation page, where its address is known.
    pub doc: Option<&'static str>,
}

impl RouteSpec {
    /// An operation of which nothing is stated but its service: what a literal says with
    /// `..RouteSpec::of(service)` for the fields that it leaves out.
    ///
    /// ```
    /// use permspec_runtime::{Endpoint, Method, RouteSpec, Scope};
    ///
    /// static VERSIONS: RouteSpec = RouteSpec {
    ///     id: "QueryApiVersions",
    ///     title: "Querying API Versions",
    ///     endpoints: &[Endpoint::new(Method::Get, "/")],
    ///     ..RouteSpec::of("ims")
    /// };
    /// assert_eq!(VERSIONS.to_string(), "ims.QueryApiVersions");
    /// assert_eq!(VERSIONS.scope, Scope::UNSTATED);
    /// ```
    pub const fn of(service: &'static str) -> RouteSpec {
        RouteSpec {
            service,
            id: "",
            title: "",
            endpoints: &[],
            permissions: &[],
            dependencies: &[],
            scope: Scope::UNSTATED,
            doc: None,
        }
    }

    /// Whether the documentation names `permission` among those that the call needs, in any case.
    pub fn needs(&self, permission: &Permission) -> bool {
        let mut needed = self.permissions.iter();
        needed.any(|requirement| requirement.permission == *permission)
    }
}

/// Service and identifier, `ims.AddImageMember`: unique over all services.
impl Display for RouteSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.service, self.id)
    }
}

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
