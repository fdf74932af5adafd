//! An action as IAM knows it: `service:resource:operation`.
//! This module must never change the spelling of an action. It compares actions as IAM does.

mod pattern;

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

#[cfg(feature = "alloc")]
type Text = alloc::borrow::Cow<'static, str>;
#[cfg(not(feature = "alloc"))]
type Text = &'static str;

/// An action that a call needs, such as `ims:images:share`.
///
/// Two permissions are equal if IAM treats them as the same action. IAM compares the service exactly
/// ("lower case only"), and the resource type and the operation without regard to ASCII case. Order and
/// hash agree with this, so a permission can be a key in maps and sets. It does not implement
/// `Borrow<str>`, because `str` compares differently.
///
/// ```
/// use permspec_runtime::Permission;
///
/// const SHARE: Permission = Permission::new("ims:images:share");
/// assert_eq!((SHARE.service(), SHARE.resource(), SHARE.operation()), ("ims", "images", "share"));
///
/// assert_eq!(Permission::new("obs:object:GetObject"), Permission::new("obs:object:getobject"));
/// assert_ne!(Permission::new("IMS:images:share"), SHARE);
/// ```
///
/// With the feature `alloc`, a permission can also own a `String`, so it can represent an action that is
/// not in any table. Therefore, [`Permission`] is not `Copy`.
///
/// Source: IAM user guide, "Policy Syntax".
#[derive(Clone)]
pub struct Permission(Text);

impl Permission {
    /// Makes a permission of the text `action`. The text is not checked, because documentation and
    /// policies contain actions of any form, such as patterns with `*`.
    pub const fn new(action: &'static str) -> Permission {
        #[cfg(feature = "alloc")]
        return Permission(Text::Borrowed(action));
        #[cfg(not(feature = "alloc"))]
        return Permission(action);
    }

    /// The text as it was given.
    pub fn as_str(&self) -> &str {
        let Permission(text) = self;
        text
    }

    /// The part before the first colon: `ims` of `ims:images:share`. The whole text if it does not have a
    /// colon.
    pub fn service(&self) -> &str {
        self.parts().0
    }

    /// The part between the first and the second colon: `images` of `ims:images:share`. Empty if there is
    /// no first colon.
    pub fn resource(&self) -> &str {
        self.parts().1
    }

    /// The part after the second colon: `share` of `ims:images:share`. Empty if there is no second colon.
    pub fn operation(&self) -> &str {
        self.parts().2
    }

    /// The service, the resource type and the operation.
    fn parts(&self) -> (&str, &str, &str) {
        let (service, rest) = self.as_str().split_once(':').unwrap_or((self.as_str(), ""));
        let (resource, operation) = rest.split_once(':').unwrap_or((rest, ""));
        (service, resource, operation)
    }

    /// The bytes that IAM compares.
    fn key(&self) -> impl Iterator<Item = u8> {
        let service = self.service().len();
        let bytes = self.as_str().bytes().enumerate();
        bytes.map(move |(at, byte)| {
            if at < service {
                byte
            } else {
                byte.to_ascii_lowercase()
            }
        })
    }
}

#[cfg(feature = "alloc")]
impl From<alloc::string::String> for Permission {
    fn from(action: alloc::string::String) -> Permission {
        Permission(Text::Owned(action))
    }
}

impl From<&'static str> for Permission {
    fn from(action: &'static str) -> Permission {
        Permission::new(action)
    }
}

impl PartialEq for Permission {
    fn eq(&self, other: &Permission) -> bool {
        self.key().eq(other.key())
    }
}

impl Eq for Permission {}

impl PartialOrd for Permission {
    fn partial_cmp(&self, other: &Permission) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Permission {
    fn cmp(&self, other: &Permission) -> Ordering {
        self.key().cmp(other.key())
    }
}

impl Hash for Permission {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().for_each(|byte| state.write_u8(byte));
        // `str` ends with this byte too, for the same reason: the bytes of one text are never the
        // beginning of another's.
        state.write_u8(0xff);
    }
}

impl fmt::Debug for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::hash::DefaultHasher;
    use std::string::ToString;

    use super::*;

    fn hash(permission: &Permission) -> u64 {
        let mut hasher = DefaultHasher::new();
        permission.hash(&mut hasher);
        hasher.finish()
    }

    #[test]
    fn case_matters_in_the_service_and_nowhere_else() {
        let action = Permission::new("ecs:cloudServers:list");
        let same = Permission::new("ecs:cloudservers:LIST");
        assert_eq!(action, same);
        assert_eq!(action.cmp(&same), Ordering::Equal);
        assert_eq!(hash(&action), hash(&same));
        assert_ne!(action, Permission::new("ECS:cloudServers:list"));
    }

    #[test]
    fn the_text_is_kept_as_it_was_written() {
        let action = Permission::new("ecs:cloudServers:list");
        assert_eq!(action.to_string(), "ecs:cloudServers:list");
        assert_eq!(action.as_str(), "ecs:cloudServers:list");
    }

    #[test]
    fn one_action_in_two_spellings_is_one_member_of_a_set() {
        let spellings = ["ecs:servers:list", "ecs:Servers:List", "ecs:servers:get"];
        let set: BTreeSet<_> = spellings.into_iter().map(Permission::new).collect();
        assert_eq!(set.len(), 2);
    }

    #[test]
    fn parts_that_are_missing_are_empty() {
        let parts = |action| {
            let permission = Permission::new(action);
            let (service, resource, operation) = permission.parts();
            [
                service.to_string(),
                resource.to_string(),
                operation.to_string(),
            ]
        };
        assert_eq!(parts("cce:kubernetes:*"), ["cce", "kubernetes", "*"]);
        assert_eq!(parts("a:b:c:d"), ["a", "b", "c:d"]);
        assert_eq!(parts("a:b"), ["a", "b", ""]);
        assert_eq!(parts("a"), ["a", "", ""]);
        assert_eq!(parts(""), ["", "", ""]);
    }

    #[test]
    fn a_colon_is_not_lost_in_a_comparison() {
        assert_ne!(Permission::new("a:b"), Permission::new("ab"));
        assert_ne!(Permission::new("a"), Permission::new("a:"));
    }

    #[cfg(feature = "alloc")]
    #[test]
    fn an_owned_action_equals_a_constant_one() {
        let owned = Permission::from("ims:images:share".to_string());
        assert_eq!(owned, Permission::new("ims:images:share"));
    }
}
