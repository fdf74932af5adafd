//! What is known about a service as a whole, as constant data: where it is.

use core::fmt;

use crate::RouteSpec;

/// A service, as constant data: where it is.
///
/// Generated code has one for each service, as `SERVICE`. Make one yourself for a service that the generated
/// crate does not have:
///
/// ```
/// use permspec_runtime::ServiceSpec;
///
/// static SERVICE: ServiceSpec = ServiceSpec::new("rds")
///     .with_address("https://rds.{region}.otc.t-systems.com")
///     .with_types(&["rdsv3", "rds"]);
///
/// assert_eq!(SERVICE.name(), "rds");
/// # #[cfg(feature = "alloc")] {
/// use permspec_runtime::{Method, Request};
///
/// let request = Request::to(&SERVICE, Method::Get, "/v3/datastores/mysql");
/// assert_eq!(request.path()?, "/v3/datastores/mysql");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceSpec {
    name: &'static str,
    types: &'static [&'static str],
    address: Option<&'static str>,
    is_account_level: bool,
    /// The operation that stands for every call which the documentation does not have.
    unlisted: RouteSpec,
}

impl ServiceSpec {
    /// A service of which only the name is known, in lower case, such as `ims`.
    pub const fn new(name: &'static str) -> ServiceSpec {
        ServiceSpec {
            name,
            types: &[],
            address: None,
            is_account_level: false,
            unlisted: RouteSpec {
                id: "Unlisted",
                ..RouteSpec::of(name)
            },
        }
    }

    /// Sets the types that the service has in the catalogue of a token, the best one first: `image`. Last, it is
    /// looked for by its name.
    #[must_use]
    pub const fn with_types(self, types: &'static [&'static str]) -> ServiceSpec {
        ServiceSpec { types, ..self }
    }

    /// Sets the pattern of the service's address, with `{region}` in the place of the region:
    /// `https://ims.{region}.otc.t-systems.com`.
    #[must_use]
    pub const fn with_address(self, pattern: &'static str) -> ServiceSpec {
        ServiceSpec {
            address: Some(pattern),
            ..self
        }
    }

    /// States that the service belongs to an account, and not to a project in a region.
    #[must_use]
    pub const fn at_account_level(self) -> ServiceSpec {
        ServiceSpec {
            is_account_level: true,
            ..self
        }
    }

    /// The name in lower case, such as `ims`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The types that the service has in the catalogue of a token. Empty if only its name is known.
    pub const fn types(&self) -> &'static [&'static str] {
        self.types
    }

    /// The types that the service may have in the catalogue of a token. The last one is its name.
    #[cfg(feature = "cloud")]
    pub(crate) fn catalogue_types(&self) -> impl Iterator<Item = &'static str> + Clone {
        let name = core::iter::once(self.name).filter(|name| !self.types.contains(name));
        self.types.iter().copied().chain(name)
    }

    /// The pattern of its address, if one is documented.
    pub const fn address(&self) -> Option<&'static str> {
        self.address
    }

    /// Whether the service belongs to an account, and not to a project in a region.
    pub const fn is_account_level(&self) -> bool {
        self.is_account_level
    }

    /// The operation that stands for every call which the documentation does not have.
    #[cfg(feature = "alloc")]
    pub(crate) const fn unlisted(&'static self) -> &'static RouteSpec {
        &self.unlisted
    }
}

/// Writes the name.
impl fmt::Display for ServiceSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
