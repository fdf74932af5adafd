//! Users, accounts and projects, as the identity service is asked for them.
//!
//! Source: IAM API reference, "Obtaining a User Token Through Password Authentication".

use alloc::string::String;

use serde_json::{Value, json};

/// An account ("domain"), by its id or by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Domain {
    /// By its id, such as `d78cbac186b744899480f25bd022f468`.
    Id(String),
    /// By its name, such as `OTC-EU-DE-00000000001000012345`.
    Name(String),
}

/// A user, by id, or by name and account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum User {
    /// By its id. Ids are unique in the whole cloud.
    Id(String),
    /// By its name, which is unique in its account.
    Name {
        /// The name of the user.
        name: String,
        /// The account that has the user.
        domain: Domain,
    },
}

/// The project or account that a token is valid for.
///
/// Services at project level need the token of a project. Anti-DDoS, IAM, OBS and TMS need the token of
/// an account (IAM API reference, "Making an API Request").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenScope(Level);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Level {
    ProjectId(String),
    /// Without an account, it is a project of the user's account.
    ProjectName(String, Option<Domain>),
    Domain(Domain),
}

impl Domain {
    pub(crate) fn to_json(&self) -> Value {
        match self {
            Domain::Id(id) => json!({"id": id}),
            Domain::Name(name) => json!({"name": name}),
        }
    }
}

#[cfg(feature = "cloud")]
impl User {
    pub(crate) fn to_json(&self) -> Value {
        match self {
            User::Id(id) => json!({"id": id}),
            User::Name { name, domain } => json!({"name": name, "domain": domain.to_json()}),
        }
    }

    /// The account that has the user, if it is stated.
    pub(crate) fn domain(&self) -> Option<&Domain> {
        match self {
            User::Id(_) => None,
            User::Name { domain, .. } => Some(domain),
        }
    }
}

impl TokenScope {
    /// A project, by its id.
    pub fn project_id(id: &str) -> TokenScope {
        TokenScope(Level::ProjectId(id.into()))
    }

    /// A project of the user's account, by its name, such as `eu-de` or `eu-de_production`.
    ///
    /// Names of projects are unique only within an account, so the name of the user's account is sent too.
    /// Without it, OpenStack's own Keystone refuses the name.
    pub fn project_name(name: &str) -> TokenScope {
        TokenScope(Level::ProjectName(name.into(), None))
    }

    /// A project of the account ("domain") `domain`, by the names of both.
    pub fn project_name_in(domain: &str, name: &str) -> TokenScope {
        TokenScope::project_of(Domain::Name(domain.into()), name)
    }

    /// A project of an account, by its name.
    pub fn project_of(domain: Domain, name: &str) -> TokenScope {
        TokenScope(Level::ProjectName(name.into(), Some(domain)))
    }

    /// An account ("domain"), by its id.
    pub fn domain_id(id: &str) -> TokenScope {
        TokenScope::domain(Domain::Id(id.into()))
    }

    /// An account ("domain"), by its name.
    pub fn domain_name(name: &str) -> TokenScope {
        TokenScope::domain(Domain::Name(name.into()))
    }

    /// An account ("domain").
    pub fn domain(domain: Domain) -> TokenScope {
        TokenScope(Level::Domain(domain))
    }

    /// The scope with `domain` as the account of a project that does not have one yet.
    pub(crate) fn of_user_in(self, domain: Option<&Domain>) -> TokenScope {
        match self.0 {
            Level::ProjectName(name, None) => TokenScope(Level::ProjectName(name, domain.cloned())),
            level => TokenScope(level),
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        match &self.0 {
            Level::ProjectId(id) => json!({"project": {"id": id}}),
            Level::ProjectName(name, None) => json!({"project": {"name": name}}),
            Level::ProjectName(name, Some(domain)) => {
                json!({"project": {"name": name, "domain": domain.to_json()}})
            }
            Level::Domain(domain) => json!({"domain": domain.to_json()}),
        }
    }
}
