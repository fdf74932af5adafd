//! An action that a call needs, and the case in which the call needs it.
//! This module must never decide whether a case applies, because the documentation does not say how a
//! server does.

use core::fmt;

use crate::Permission;

/// An action that a call needs, either always or in a case that the documentation names.
///
/// ```
/// use permspec_runtime::{Permission, Requirement};
///
/// // From the row "Querying Tags of a Resource" of the Elastic Volume Service.
/// const VOLUME: Requirement =
///     Requirement::when(Permission::new("evs:volumeTags:list"), "EVS disk");
/// assert_eq!(VOLUME.to_string(), "evs:volumeTags:list (EVS disk)");
/// ```
///
/// If all requirements of a call have a `when`, the call needs one of them, depending on what the request
/// is about. The documentation does not say how to tell, so the author of the request must know.
///
/// Source: the tables of EVS, ECS, EPS and DMS, whose cells read `EVS disk: evs:volumeTags:list`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Requirement {
    /// The action.
    pub permission: Permission,
    /// The case: the documentation's label or remark that restricts the action, such as `EVS disk`.
    /// `None` if the call always needs the action.
    pub when: Option<&'static str>,
}

impl Requirement {
    /// An action that the call needs in every case.
    ///
    /// ```
    /// use permspec_runtime::{Permission, Requirement};
    ///
    /// const GET: Requirement = Requirement::always(Permission::new("ims:images:get"));
    /// assert_eq!(GET.when, None);
    /// ```
    pub const fn always(permission: Permission) -> Requirement {
        Requirement {
            permission,
            when: None,
        }
    }

    /// An action that the call needs only in the case that the documentation names.
    pub const fn when(permission: Permission, case: &'static str) -> Requirement {
        Requirement {
            permission,
            when: Some(case),
        }
    }
}

/// Writes the action, and the case in parentheses if there is one.
impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.permission.fmt(f)?;
        match self.when {
            Some(when) => write!(f, " ({when})"),
            None => Ok(()),
        }
    }
}
