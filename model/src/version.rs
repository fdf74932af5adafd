//! The version that a path states.

/// Whether a segment of a path is an API version: `v1`, `v2.0`, `V1.0`.
///
/// ```
/// use permspec_model::is_version;
///
/// assert!(is_version("v2") && is_version("V1.0"));
/// assert!(!is_version("vpcs") && !is_version("v1abc") && !is_version("1.0"));
/// ```
pub fn is_version(segment: &str) -> bool {
    segment.strip_prefix(['v', 'V']).is_some_and(|number| {
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || c == '.')
    })
}
