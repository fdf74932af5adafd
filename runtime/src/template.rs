//! A path template such as `/v2/images/{image_id}/members`, cut into text and parameters.
//! Cutting never fails. A brace without its partner is text.

/// A piece of a path template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// Text that is the same in every path of this template.
    Text(&'t str),
    /// The name between two braces.
    Parameter(&'t str),
}

impl<'t> Piece<'t> {
    /// The name, if this is a parameter.
    pub(crate) fn parameter(self) -> Option<&'t str> {
        match self {
            Piece::Parameter(name) => Some(name),
            Piece::Text(_) => None,
        }
    }
}

/// The pieces of `template` from left to right.
pub(crate) fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> + Clone {
    let mut rest = template;
    core::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, after) = first(rest);
        rest = after;
        Some(piece)
    })
}

fn first(rest: &str) -> (Piece<'_>, &str) {
    if let Some(inside) = rest.strip_prefix('{')
        && let Some((name, after)) = inside.split_once('}')
    {
        return (Piece::Parameter(name), after);
    }
    // Starts at the second byte, because a brace at the first one never closes.
    let next = rest.bytes().skip(1).position(|byte| byte == b'{');
    let (text, after) = rest.split_at(next.map_or(rest.len(), |position| position + 1));
    (Piece::Text(text), after)
}

#[cfg(test)]
mod tests {
    use super::Piece::{Parameter, Text};
    use super::*;

    fn read(template: &str) -> std::vec::Vec<Piece<'_>> {
        pieces(template).collect()
    }

    #[test]
    fn text_and_parameters_alternate() {
        assert_eq!(
            read("/v2/images/{image_id}/members/{member_id}"),
            [
                Text("/v2/images/"),
                Parameter("image_id"),
                Text("/members/"),
                Parameter("member_id")
            ],
        );
    }

    #[test]
    fn one_segment_may_hold_several_parameters() {
        assert_eq!(
            read("/{region}:{floatingip_id}"),
            [
                Text("/"),
                Parameter("region"),
                Text(":"),
                Parameter("floatingip_id")
            ],
        );
        assert_eq!(read("{a}{b}"), [Parameter("a"), Parameter("b")]);
    }

    #[test]
    fn braces_that_do_not_pair_are_text() {
        assert_eq!(read("/a/{b/c"), [Text("/a/"), Text("{b/c")]);
        assert_eq!(read("{"), [Text("{")]);
        assert_eq!(read("}/{a}"), [Text("}/"), Parameter("a")]);
        assert_eq!(read("é{"), [Text("é"), Text("{")]);
        assert_eq!(read("{é"), [Text("{é")]);
    }

    #[test]
    fn an_empty_template_has_no_pieces() {
        assert_eq!(read(""), []);
    }
}
