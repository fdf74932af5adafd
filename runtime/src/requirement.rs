//! An action that a call needs, and the case in which it does.
//! This module must never decide whether a case applies: no page says how a server finds out.

use core::fmt;

use crate::Permission;

/// An action that a call needs: always, or in the case that the documentation names.
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
/// A call whose requirements all have a `when` needs one of them, chosen by what the request is
/// about; the documentation does not say how to tell, so whoever holds the request must.
///
/// Source: the tables of EVS, ECS, EPS and DMS, whose cells read `EVS disk: evs:volumeTags:list`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Requirement {
    /// The action.
    pub permission: Permission,
    /// The documentation's label or remark that restricts it, such as `EVS disk`; `None` where the
    /// call always needs it.
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

    /// An action that the call needs in the case that the documentation's label or remark names.
    pub const fn when(permission: Permission, case: &'static str) -> Requirement {
        Requirement {
            permission,
            when: Some(case),
        }
    }
}

/// The action, and the case in parentheses where there is one.
impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.permission.fmt(f)?;
        match self.when {
            Some(when) => write!(f, " ({when})"),
            None => Ok(()),
        }
    }
}
