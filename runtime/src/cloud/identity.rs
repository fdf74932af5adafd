//! Who a token is for, as the identity service says: user, project, account, roles and services.

use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::ServiceCatalogue;

/// Who calls, as the identity service says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identity {
    /// The user. `None` for an access key, whose user the cloud does not tell.
    pub user: Option<Named>,
    /// The project that the calls are about. `None` at the level of an account.
    pub project: Option<Named>,
    /// The account ("domain") of the project, or the account itself.
    pub domain: Option<Named>,
    /// The roles that the user has there.
    pub roles: Vec<Named>,
    /// The services that can be called. Empty for an access key.
    pub catalogue: ServiceCatalogue,
}

/// A thing with an id and a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The id. Empty if it is not known.
    pub id: String,
    /// The name. Empty if it is not known.
    pub name: String,
}

impl Identity {
    /// Reads the object `token` of a response.
    pub(super) fn read(about: &Map<String, Value>) -> Identity {
        let project = about.get("project");
        let domain = about
            .get("domain")
            .or(project.and_then(|it| it.get("domain")));
        let roles = about.get("roles").and_then(Value::as_array);
        Identity {
            user: about.get("user").map(Named::read),
            project: project.map(Named::read),
            domain: domain.map(Named::read),
            roles: roles.into_iter().flatten().map(Named::read).collect(),
            catalogue: ServiceCatalogue::read(about),
        }
    }

    /// The value of a path parameter that means the caller's own project, account or user.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        let plain: String = letters.map(|it| it.to_ascii_lowercase()).collect();
        let named = match plain.as_str() {
            "projectid" | "tenantid" => &self.project,
            "domainid" => &self.domain,
            "userid" => &self.user,
            _ => &None,
        };
        let id = &named.as_ref()?.id;
        (!id.is_empty()).then(|| id.clone())
    }
}

impl Named {
    pub(super) fn read(value: &Value) -> Named {
        let text = |name: &str| {
            let text = value.get(name).and_then(Value::as_str);
            String::from(text.unwrap_or_default())
        };
        Named {
            id: text("id"),
            name: text("name"),
        }
    }
}
