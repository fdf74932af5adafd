//! What the documentation says about one operation.
//! This module must never hold what a program has to compute: a row is constant data.

use core::fmt;

use crate::{Endpoint, Permission, Requirement, Scope};

/// One operation of a service: a row of a permission table, as constant data.
///
/// All fields are public, because generated code writes them as a literal, such as the one on the
/// [first page](crate#what-generated-code-is).
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
    ///     id: "ListApiVersions",
    ///     title: "Querying API Versions",
    ///     endpoints: &[Endpoint::new(Method::Get, "/")],
    ///     ..RouteSpec::of("ims")
    /// };
    /// assert_eq!(VERSIONS.to_string(), "ims.ListApiVersions");
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
impl fmt::Display for RouteSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.service, self.id)
    }
}
