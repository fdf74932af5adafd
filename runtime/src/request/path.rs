//! Fills a path template with values.
//! This module must never make a path that means another resource than the template.

use alloc::string::String;

use super::{Problem, percent};
use crate::template::{Piece, pieces};

/// The path of a template with `values` in the place of its parameters, percent-encoded.
pub(super) fn render(template: &str, values: &[Option<String>]) -> Result<String, Problem> {
    let expected = pieces(template).filter_map(Piece::parameter).count();
    if expected != values.len() {
        return Err(Problem::ParameterCount {
            expected,
            given: values.len(),
        });
    }
    let mut path = String::with_capacity(template.len() * 2);
    // Without the slash, the template `v2/images` after the address `http://host` would name another
    // host.
    if !template.starts_with('/') {
        path.push('/');
    }
    let mut remaining = values.iter();
    for piece in pieces(template) {
        match piece {
            Piece::Text(text) => percent::push_text(&mut path, text),
            Piece::Parameter(name) => match remaining.next() {
                None | Some(None) => return Err(Problem::UnsetParameter { name: name.into() }),
                Some(Some(value)) if value.is_empty() => {
                    return Err(Problem::EmptyParameter { name: name.into() });
                }
                Some(Some(value)) => percent::push_value(&mut path, value),
            },
        }
    }
    if path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Err(Problem::DotSegment);
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    fn render(path: &'static str, values: &[&str]) -> Result<String, Problem> {
        let values: Vec<_> = values
            .iter()
            .map(|value| Some(String::from(*value)))
            .collect();
        super::render(path, &values)
    }

    const MEMBER: &str = "/v2/images/{image_id}/members/{member_id}";

    #[test]
    fn values_are_in_the_order_of_the_parameters() {
        assert_eq!(
            render(MEMBER, &["a", "b"]).unwrap(),
            "/v2/images/a/members/b"
        );
    }

    #[test]
    fn no_value_leaves_its_segment() {
        for (value, encoded) in [
            ("a/b c?é", "a%2Fb%20c%3F%C3%A9"),
            ("%2F", "%252F"),
            ("%2e%2e", "%252e%252e"),
            ("../..", "..%2F.."),
            ("a#b", "a%23b"),
            ("a\\b", "a%5Cb"),
            ("a\r\nHost: x", "a%0D%0AHost%3A%20x"),
            ("\0", "%00"),
            ("{member_id}", "%7Bmember_id%7D"),
            (" ", "%20"),
            ("...", "..."),
            ("a-b._~Z9", "a-b._~Z9"),
        ] {
            let path = render("/images/{image_id}/members", &[value]).unwrap();
            assert_eq!(path, alloc::format!("/images/{encoded}/members"));
        }
    }

    #[test]
    fn an_empty_value_is_refused_by_name() {
        assert_eq!(
            render(MEMBER, &["a", ""]),
            Err(Problem::EmptyParameter {
                name: "member_id".into()
            })
        );
        assert_eq!(
            render(MEMBER, &["", "b"]),
            Err(Problem::EmptyParameter {
                name: "image_id".into()
            })
        );
    }

    #[test]
    fn a_dot_segment_that_several_values_make_is_refused() {
        assert_eq!(render(MEMBER, &["..", "b"]), Err(Problem::DotSegment));
        assert_eq!(render(MEMBER, &["a", "."]), Err(Problem::DotSegment));
        assert_eq!(render("/x/{a}{b}", &[".", "."]), Err(Problem::DotSegment));
        assert_eq!(render("/x/.{a}/y", &["."]), Err(Problem::DotSegment));
    }

    #[test]
    fn dots_next_to_other_text_are_not_a_dot_segment() {
        assert_eq!(render("/x/{a}:{b}", &["..", "."]).unwrap(), "/x/..:.");
    }

    #[test]
    fn a_separator_between_two_parameters_of_a_segment_stays_the_only_one() {
        let path = "/v2/{project_id}/floatingips/{region}:{floatingip_id}";
        assert_eq!(
            render(path, &["p", "eu:de", "f"]).unwrap(),
            "/v2/p/floatingips/eu%3Ade:f"
        );
    }

    #[test]
    fn a_repeated_parameter_takes_a_value_each_time() {
        assert_eq!(render("/v3/{id}/x/{id}", &["a", "b"]).unwrap(), "/v3/a/x/b");
    }

    #[test]
    fn a_wrong_number_of_values_is_refused() {
        let wrong = |given| Err(Problem::ParameterCount { expected: 2, given });
        assert_eq!(render(MEMBER, &["a"]), wrong(1));
        assert_eq!(render(MEMBER, &["a", "b", "c"]), wrong(3));
    }

    #[test]
    fn text_of_a_template_stays_in_the_path() {
        assert_eq!(render("v2/images", &[]).unwrap(), "/v2/images");
        assert_eq!(
            render("{host}/x", &["evil.example"]).unwrap(),
            "/evil.example/x"
        );
        assert_eq!(render("/a b?c#d/{e", &[]).unwrap(), "/a%20b%3Fc%23d/%7Be");
        assert_eq!(
            render("/v1/*/it's(1);a=b,c:d@e", &[]).unwrap(),
            "/v1/*/it's(1);a=b,c:d@e"
        );
        assert_eq!(render("/", &[]).unwrap(), "/");
    }
}
