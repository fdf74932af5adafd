//! A template that begins with a parameter for a version, such as `/{api_version}`.
//! Only the first segment of a path is checked, because only there does the name of a parameter say that
//! it is a version.

use super::percent::Decoded;

/// How the name of a parameter for a version ends, in either case.
const NAMES: [&[u8]; 3] = [b"version", b"version_id", b"versionid"];

/// Whether `path` may begin as `template` does.
///
/// `/{api_version}` matches `/v2`, but not `/favicon.ico`. A parameter matches only versions if it is the
/// whole first segment and its name ends as one of [`NAMES`] does. The parameter's own placeholder, as a
/// documentation writes it, counts as a version.
#[inline]
pub(super) fn begins_alike(template: &'static str, path: &str) -> bool {
    // Nearly all templates begin with a text.
    template.as_bytes().get(1) != Some(&b'{') || !has_version(template) || {
        let first = path.strip_prefix('/').unwrap_or(path).split('/').next();
        first.is_some_and(|first| {
            is_version(first) || (first.starts_with('{') && first.ends_with('}'))
        })
    }
}

fn has_version(template: &str) -> bool {
    let name = template
        .strip_prefix("/{")
        .and_then(|rest| rest.split_once('}'))
        .filter(|(_, rest)| rest.is_empty() || rest.starts_with('/'))
        .map_or(&b""[..], |(name, _)| name.as_bytes());
    NAMES.iter().any(|ending| {
        let end = name.len().saturating_sub(ending.len());
        name[end..].eq_ignore_ascii_case(ending)
    })
}

/// Whether the text is a version: `v2`, `V1.0`, `v1beta1`, `v2.0-rc1`, `2`, `1.0`. Points separate the
/// numbers. Letters may follow a number only after a `v`, so `404.html` and `2fa` are not versions.
fn is_version(segment: &str) -> bool {
    let mut bytes = Decoded::new(segment).peekable();
    let has_letter = bytes
        .next_if(|byte| byte.eq_ignore_ascii_case(&b'v'))
        .is_some();
    // What may come next. A number must follow at the beginning and after a point.
    let mut needs_digit = true;
    for byte in bytes {
        needs_digit = match byte {
            b'0'..=b'9' => false,
            _ if needs_digit => return false,
            b'.' => true,
            b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'_' if has_letter => false,
            _ => return false,
        };
    }
    !needs_digit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_numbers_with_or_without_a_v() {
        for version in [
            "v2", "V1.0", "v1beta1", "v2.0-rc1", "2", "1.0", "%76%32", "v2_1",
        ] {
            assert!(is_version(version), "{version}");
        }
        for other in [
            "",
            "v",
            "favicon.ico",
            "404.html",
            "2fa",
            "robots.txt",
            "v2.",
            "v2.x",
            "vpc",
            ".2",
            "health",
            "v2.png",
        ] {
            assert!(!is_version(other), "{other}");
        }
    }

    #[test]
    fn only_a_first_segment_that_is_a_version_and_nothing_else_is_looked_at() {
        for template in [
            "/{api_version}",
            "/{version}/images",
            "/{ApiVersion}",
            "/{API_VERSION}/{id}",
            "/{version_id}",
            "/{versionId}/images",
        ] {
            assert!(begins_alike(template, "/v2/images"), "{template}");
            assert!(begins_alike(template, "/{api_version}"), "{template}");
            assert!(!begins_alike(template, "/favicon.ico"), "{template}");
        }
        for template in [
            "/{bucket}",
            "/{id}",
            "/v{version}",
            "/{version}.json",
            "/x/{version}",
            "/{version",
            "/",
            "",
        ] {
            assert!(begins_alike(template, "/favicon.ico"), "{template}");
        }
    }
}
