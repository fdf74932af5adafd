//! One segment of a path template. The order of the variants is the order of a lookup, so it must never be
//! changed.

use std::cmp::Reverse;

use crate::model::is_version;

/// What a segment of a path may be, the most specific first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Segment {
    /// This text; a version in lower case.
    Text(String),
    /// Text and parameters, such as `{}:{}`. Segments with more text come first, then the text decides.
    Mixed(Reverse<usize>, String),
    /// Anything.
    Parameter,
    /// This segment and all after it: `*` at the end of a path.
    Rest,
}

impl Segment {
    /// Reads a segment of a template. `last` says that no segment follows.
    pub(super) fn of(text: &str, last: bool) -> Self {
        let shape = without_names(text);
        match shape.as_str() {
            "*" if last => Segment::Rest,
            // A single star has no name, but it stands for a value too.
            "{}" | "*" => Segment::Parameter,
            _ if shape.contains("{}") => {
                let letters = shape.replace("{}", "").len();
                Segment::Mixed(Reverse(letters), shape)
            }
            _ if is_version(text) => Segment::Text(text.to_ascii_lowercase()),
            _ => Segment::Text(text.to_owned()),
        }
    }

    /// The texts that a path may have in its place.
    pub(super) fn spellings(text: &str) -> Vec<String> {
        if is_version(text) {
            vec![text.to_owned(), text.to_ascii_uppercase()]
        } else {
            vec![text.to_owned()]
        }
    }
}

/// The segment with `{}` for each parameter. Braces without a partner are text, as in `permspec_runtime`.
fn without_names(text: &str) -> String {
    let mut shape = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once('{') {
        shape.push_str(before);
        if let Some((_, after)) = inside.split_once('}') {
            shape.push_str("{}");
            rest = after;
        } else {
            shape.push('{');
            rest = inside;
        }
    }
    shape + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_is_text_or_parameters_or_both() {
        let mixed = |letters, text: &str| Segment::Mixed(Reverse(letters), text.to_owned());
        let text = |text: &str| Segment::Text(text.to_owned());
        for (read, segment) in [
            ("images", text("images")),
            ("V1.0", text("v1.0")),
            ("v", text("v")),
            ("V-ext", text("V-ext")),
            ("{image_id}", Segment::Parameter),
            ("{region}:{floatingip_id}", mixed(1, "{}:{}")),
            ("v1{project_id}", mixed(2, "v1{}")),
            ("{a}{b}", mixed(0, "{}{}")),
            ("{a", text("{a")),
            ("a}", text("a}")),
            ("", text("")),
        ] {
            assert_eq!(Segment::of(read, false), segment, "{read}");
        }
        assert_eq!(Segment::of("*", true), Segment::Rest);
        assert_eq!(Segment::of("*", false), Segment::Parameter);
    }

    #[test]
    fn text_goes_before_mixed_before_a_parameter_before_the_rest() {
        let order = ["zzz", "v1{}", "{}:{}", "{}", "*"].map(|text| Segment::of(text, true));
        assert!(order.is_sorted());
    }
}
