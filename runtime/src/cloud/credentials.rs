//! Who calls the cloud, and how that is proved.
//! This module must never show a secret.

use alloc::boxed::Box;
use alloc::string::String;

use crate::auth::{Domain, Secret, User};

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

impl Credentials {
    /// A user name and a password.
    pub fn password(user: User, password: impl Into<Secret>) -> Credentials {
        Credentials::Password {
            user,
            password: password.into(),
            passcode: None,
        }
    }

    /// The same with the code of the user's virtual MFA device. It can be used once, so the token cannot be renewed.
    /// The IAM pages state the user by id for it.
    pub fn password_with_passcode(
        user: User,
        password: impl Into<Secret>,
        passcode: impl Into<Secret>,
    ) -> Credentials {
        Credentials::Password {
            user,
            password: password.into(),
            passcode: Some(passcode.into()),
        }
    }

    /// A token that exists already.
    pub fn token(token: impl Into<Secret>) -> Credentials {
        Credentials::Token(token.into())
    }

    /// An access key ("AK/SK").
    pub fn access_key(access: &str, secret: impl Into<Secret>) -> Credentials {
        Credentials::AccessKey {
            access: access.into(),
            secret: secret.into(),
            security_token: None,
        }
    }

    /// A temporary access key, with its security token.
    pub fn temporary_access_key(
        access: &str,
        secret: impl Into<Secret>,
        security_token: impl Into<Secret>,
    ) -> Credentials {
        Credentials::AccessKey {
            access: access.into(),
            secret: secret.into(),
            security_token: Some(security_token.into()),
        }
    }

    /// The permissions that the account `domain` has delegated by the agency `name` to the owner of these credentials.
    #[must_use]
    pub fn assume(self, name: &str, domain: Domain) -> Credentials {
        let name = name.into();
        Credentials::Agency {
            base: Box::new(self),
            agency: Agency { name, domain },
        }
    }
}
