//! What the documentation says about one operation, as constant data.

use core::fmt;

use crate::{Endpoint, Permission, Requirement, Scope, ServiceSpec};

/// One operation of a service: a row of a permission table, as constant data.
///
/// All fields are public, because generated code writes them as a literal. The [first
/// page](crate#what-generated-code-is) shows one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteSpec {
    /// The service in lower case, as in folder and module names: `ims`.
    pub service: &'static str,
    /// The pinned identifier, unique in its service: `AddImageMember`.
    pub id: &'static str,
    /// The title as the page writes it: `Adding an Image Member (Native OpenStack API)`.
    pub title: &'static str,
    /// The endpoints that the row documents, in its order. There are several if the row lists versions.
    pub endpoints: &'static [Endpoint],
    /// The actions that the call needs. The documentation does not say whether a call needs all of them
    /// or any of them. This crate treats those without a [`when`](Requirement::when) as all required, and
    /// the others as required in their case.
    pub permissions: &'static [Requirement],
    /// The actions of other operations that should be allowed together with these.
    pub dependencies: &'static [Requirement],
    /// The places where the actions take effect when a custom policy grants them.
    pub scope: Scope,
    /// The documentation page, if its address is known.
    pub doc: Option<&'static str>,
    /// Where the service is, if that is known. A cloud's handle needs it, and a client of one address does not.
    pub service_spec: Option<&'static ServiceSpec>,
}

impl RouteSpec {
    /// A spec with only a service. Use it in a literal as `..RouteSpec::of(service)` for the fields that
    /// the literal leaves out.
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
            service_spec: None,
        }
    }

    /// Whether the documentation says that the call needs `permission`, always or in a case.
    pub fn needs(&self, permission: &Permission) -> bool {
        let mut needed = self.permissions.iter();
        needed.any(|requirement| requirement.permission == *permission)
    }
}

/// Writes service and identifier: `ims.AddImageMember`. The name is unique over all services.
impl fmt::Display for RouteSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.service, self.id)
    }
}
