//! What a pattern of a policy stands for: `ims:*:get*`.
//! This module must never let a star reach over a colon: a resource type is not an operation.

use crate::Permission;

impl Permission {
    /// Whether a `*` is in it, so that it stands for several actions.
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

    /// Whether a policy that names this action or pattern means `action` too.
    ///
    /// A `*` stands for any text, also none, within the service, the resource type or the operation
    /// in which it stands. Services are compared exactly, the rest without regard to ASCII case.
    /// IAM accepts a `*` in resource type and operation only; one in the service is understood here
    /// all the same, because policies of the system have it.
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
        fits(self.service(), action.service(), exact)
            && fits(self.resource(), action.resource(), any_case)
            && fits(self.operation(), action.operation(), any_case)
    }
}

/// Whether `text` is `pattern`, whose stars stand for any bytes.
///
/// Where a letter does not fit, the last star takes one byte more; an earlier star never needs to,
/// so the time is bounded by the product of both lengths.
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
    fn a_star_stands_for_all_or_part_of_a_part() {
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
