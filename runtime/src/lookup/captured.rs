//! The values of a template's parameters in a path.
//! This module must never decode before it splits, because an encoded slash does not separate segments.

use super::percent::Decoded;
use super::segment::{Cut, cut};
use super::word::end_of_segment;

/// A parameter of a template, and its value in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Captured<'t> {
    /// The name in the template: `image_id` of `{image_id}`. For the part that a `*` matches, it is `*`.
    pub name: &'static str,
    /// The value as it appears in the path: percent-encoded.
    pub raw: &'t str,
}

impl<'t> Captured<'t> {
    /// The decoded bytes of the value.
    ///
    /// ```
    /// use permspec_runtime::Captured;
    ///
    /// let captured = Captured { name: "image_id", raw: "a%2Fb" };
    /// assert!(captured.decoded().eq(*b"a/b"));
    /// ```
    pub fn decoded(&self) -> Decoded<'t> {
        Decoded::new(self.raw)
    }

    /// The decoded text of the value. `None` if it is not UTF-8.
    ///
    /// ```
    /// use permspec_runtime::Captured;
    ///
    /// assert_eq!(Captured { name: "key", raw: "%C3%A9" }.text().as_deref(), Some("é"));
    /// assert_eq!(Captured { name: "key", raw: "%C3" }.text(), None);
    /// ```
    #[cfg(feature = "alloc")]
    pub fn text(&self) -> Option<alloc::borrow::Cow<'t, str>> {
        if self.raw.contains('%') {
            alloc::string::String::from_utf8(self.decoded().collect())
                .ok()
                .map(Into::into)
        } else {
            Some(self.raw.into())
        }
    }
}

/// The parameters of a template with their values, from left to right.
#[derive(Clone, Debug)]
pub struct Parameters<'t> {
    template: &'static str,
    path: &'t str,
    /// The rest of a segment with several parameters.
    segment: Option<Cut<'t>>,
}

impl<'t> Parameters<'t> {
    /// The path is known to match the template.
    pub(super) fn new(template: &'static str, path: &'t str) -> Parameters<'t> {
        Parameters {
            template: template.strip_prefix('/').unwrap_or(template),
            path: path.strip_prefix('/').unwrap_or(path),
            segment: None,
        }
    }
}

impl<'t> Iterator for Parameters<'t> {
    type Item = Captured<'t>;

    fn next(&mut self) -> Option<Captured<'t>> {
        loop {
            if let Some((name, raw)) = self.segment.as_mut().and_then(Iterator::next) {
                return Some(Captured { name, raw });
            }
            if self.template.is_empty() {
                return None;
            }
            let template = first_segment(&mut self.template);
            if template == "*" && self.template.is_empty() {
                let raw = self.path;
                return Some(Captured { name: "*", raw });
            }
            let raw = first_segment(&mut self.path);
            if let Some(name) = only_parameter(template) {
                return Some(Captured { name, raw });
            }
            if template.contains('{') {
                self.segment = cut(template, raw);
            }
        }
    }
}

/// Removes the first segment and the slash after it from `path`.
fn first_segment<'t>(path: &mut &'t str) -> &'t str {
    let (first, rest) = path.split_at(end_of_segment(path.as_bytes(), 0));
    *path = rest.get(1..).unwrap_or("");
    first
}

/// The name of a segment that consists of one parameter.
fn only_parameter(template: &'static str) -> Option<&'static str> {
    let name = template.strip_prefix('{')?.strip_suffix('}')?;
    (!name.bytes().any(|byte| byte == b'}')).then_some(name)
}
