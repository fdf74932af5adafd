//! Who calls the cloud, and how that is proved.
//! This module must never show a secret.

use alloc::boxed::Box;
use alloc::string::String;

use crate::auth::Secret;

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

/// Who calls the cloud, and how that is proved. `Debug` does not show secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Credentials {
    /// A user name and a password. IAM API reference, "Obtaining a User Token Through Password Authentication".
    Password {
        /// The user.
        user: User,
        /// The password of the user.
        password: Secret,
        /// The code of the user's virtual MFA device, which can be used once, and the id of the user. IAM API
        /// reference, "Obtaining a User Token Through Password Authentication and Virtual MFA".
        passcode: Option<Secret>,
    },
    /// A token that exists already. It is used as it is, and cannot be renewed.
    Token(Secret),
    /// An access key ("AK/SK"), which signs requests.
    AccessKey {
        /// The id of the key (AK).
        access: String,
        /// The secret key (SK).
        secret: Secret,
        /// The security token of a temporary key.
        security_token: Option<Secret>,
    },
    /// The permissions that another account has delegated by an agency. IAM API reference, "Obtaining an Agency
    /// Token".
    Agency {
        /// Who assumes the agency. The user needs the policy Agent Operator.
        base: Box<Credentials>,
        /// The agency.
        agency: Agency,
    },
}

/// An agency of another account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// The name of the agency.
    pub name: String,
    /// The account that has delegated permissions.
    pub domain: Domain,
}
