//! The actions that a pattern of a policy means, such as `ims:*:get*`.
//! A `*` must never match a colon, because a resource type is not an operation.

use super::Permission;

impl Permission {
    /// Whether the action contains a `*` and so means several actions.
    ///
    /// ```
    /// use permspec_runtime::Permission;
    ///
    /// assert!(Permission::new("vpc:*:get*").is_pattern());
    /// assert!(!Permission::new("vpc:ports:get").is_pattern());
    /// ```
    pub fn is_pattern(&self) -> bool {
        self.as_str().contains('*')
    }

    /// Whether a policy that names this action or pattern also means `action`.
    ///
    /// A `*` matches any text, also the empty text, within the service, the resource type or the
    /// operation in which it appears. Services are compared exactly, and the other parts without regard
    /// to ASCII case. IAM accepts a `*` only in the resource type and the operation. This method also
    /// understands one in the service, because system-defined policies contain it.
    ///
    /// ```
    /// use permspec_runtime::Permission;
    ///
    /// let covers = |pattern, action| Permission::new(pattern).covers(&Permission::new(action));
    /// assert!(covers("ims:*:*", "ims:images:get"));
    /// assert!(covers("vpc:*:get*", "vpc:ports:getTags"));
    /// assert!(covers("obs:object:GetObject", "obs:object:getobject"));
    /// assert!(!covers("ims:*", "ims:images:get"), "a pattern has three parts, too");
    /// assert!(!covers("ims:images:get", "ims:images:*"), "one action is not all of them");
    /// ```
    ///
    /// Source: IAM user guide, "Policy Syntax".
    pub fn covers(&self, action: &Permission) -> bool {
        let exact = |a: u8, b: u8| a == b;
        let any_case = |a: u8, b: u8| a.eq_ignore_ascii_case(&b);
        let (pattern, action) = (self.parts(), action.parts());
        fits(pattern.0, action.0, exact)
            && fits(pattern.1, action.1, any_case)
            && fits(pattern.2, action.2, any_case)
    }

    /// Whether there may be an action that both patterns mean. `false` is certain. `true` is not certain
    /// if both patterns have stars between their letters.
    pub(crate) fn may_meet(&self, other: &Permission) -> bool {
        let exact = |a: u8, b: u8| a == b;
        let any_case = |a: u8, b: u8| a.eq_ignore_ascii_case(&b);
        may_meet(self.service(), other.service(), exact)
            && may_meet(self.resource(), other.resource(), any_case)
            && may_meet(self.operation(), other.operation(), any_case)
    }
}

/// Two parts with stars cannot match the same text if the letters before their first stars differ, or the
/// letters after their last stars.
fn may_meet(a: &str, b: &str, same: impl Fn(u8, u8) -> bool + Copy) -> bool {
    let (Some((a_front, _)), Some((b_front, _))) = (a.split_once('*'), b.split_once('*')) else {
        // At least one of them is plain text.
        return fits(a, b, same) || fits(b, a, same);
    };
    let behind =
        |part: &str| part.len() - part.bytes().rev().take_while(|byte| *byte != b'*').count();
    let (a_behind, b_behind) = (&a[behind(a)..], &b[behind(b)..]);
    let fronts = a_front.bytes().zip(b_front.bytes());
    let ends = a_behind.bytes().rev().zip(b_behind.bytes().rev());
    fronts.chain(ends).all(|(a, b)| same(a, b))
}

/// Whether `text` matches `pattern`, in which each star matches any bytes.
///
/// If a letter does not match, the last star takes one byte more. An earlier star never needs to do so.
/// Therefore, the time is at most the product of both lengths.
fn fits(pattern: &str, text: &str, same: impl Fn(u8, u8) -> bool) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut to) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while to < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, to));
                at += 1;
            }
            Some(&letter) if same(letter, text[to]) => {
                at += 1;
                to += 1;
            }
            _ => match star {
                Some((position, taken)) => {
                    star = Some((position, taken + 1));
                    at = position + 1;
                    to = taken + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|letter| *letter == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(pattern: &'static str, action: &'static str) -> bool {
        Permission::new(pattern).covers(&Permission::new(action))
    }

    #[test]
    fn a_star_matches_all_or_some_of_a_part() {
        for pattern in [
            "vpc:*:*",
            "vpc:ports:*",
            "vpc:*:get",
            "vpc:p*:g*",
            "vpc:*rt*:*t",
            "vpc:ports:get*",
            "vpc:**:get",
            "VPC:*:*",
        ] {
            assert_eq!(
                covers(pattern, "vpc:ports:get"),
                pattern != "VPC:*:*",
                "{pattern}"
            );
        }
        for pattern in [
            "vpc:*",
            "*",
            "vpc:*get",
            "vpc:ports:get*x",
            "vpc:*t:get",
            "vpc:ports",
            "",
        ] {
            assert!(!covers(pattern, "vpc:ports:get"), "{pattern}");
        }
    }

    #[test]
    fn patterns_meet_if_both_may_mean_one_action() {
        for (a, b, meet) in [
            ("ims:images:*", "ims:images:get", true),
            ("ims:images:*", "ims:*:GET", true),
            ("ims:images:g*", "ims:images:*t", true),
            ("ims:images:g*", "ims:images:d*", false),
            ("ims:images:*t", "ims:images:*e", false),
            ("ims:images:*", "vpc:*:*", false),
            ("ims:images:get", "ims:images:get", true),
            ("ims:images:get", "ims:images:gets", false),
            ("ims:*:*", "IMS:*:*", false),
        ] {
            for (a, b) in [(a, b), (b, a)] {
                let met = Permission::new(a).may_meet(&Permission::new(b));
                assert_eq!(met, meet, "{a} {b}");
            }
        }
    }

    #[test]
    fn case_matters_in_the_service_only() {
        assert!(covers("ecs:CLOUDSERVERS:L*", "ecs:cloudServers:list"));
        assert!(!covers("ECS:*:*", "ecs:cloudServers:list"));
        assert!(covers("*:*:*", "CCI:namespace:create"));
    }

    #[test]
    fn many_stars_take_no_more_than_their_product() {
        let text = std::format!("a:b:{}", "a".repeat(5_000));
        let pattern = std::format!("a:b:{}b", "a*".repeat(500));
        assert!(!fits(&pattern, &text, |a, b| a == b));
    }
}
