//! Turns a path template of the documentation into one of OpenAPI, in which every parameter has a name of its own.
//! This module marks what OpenAPI cannot express. It must never turn two paths into one.

use std::fmt::Write;

use permspec::inert;

use super::document::Parameter;

/// A path and its parameters, in their order.
pub(super) struct Template {
    /// The path, with each parameter as `{name}`.
    pub path: String,
    names: Vec<Name>,
}

struct Name {
    unique: String,
    documented: String,
    greedy: bool,
}

impl Template {
    pub(super) fn of(documented: &str) -> Template {
        let mut template = Template {
            path: String::new(),
            names: Vec::new(),
        };
        let segments = documented.strip_prefix('/').unwrap_or(documented);
        for segment in segments.split('/') {
            template.path.push('/');
            template.segment(segment);
        }
        template
    }

    fn segment(&mut self, segment: &str) {
        let mut rest = segment;
        while let Some(at) = rest.find(['{', '*']) {
            self.literal(&rest[..at]);
            let found = &rest[at..];
            if found.starts_with('*') {
                rest = found.trim_start_matches('*');
                self.parameter("rest", true);
                continue;
            }
            let inner = &found[1..];
            let end = inner
                .find(['{', '}'])
                .filter(|end| inner[*end..].starts_with('}'));
            if let Some(end) = end {
                self.parameter(&inner[..end], false);
                rest = &inner[end + 1..];
            } else {
                self.literal("{");
                rest = inner;
            }
        }
        self.literal(rest);
    }

    /// Adds text. Characters that a path cannot contain are percent-encoded (RFC 3986, section 3.3).
    fn literal(&mut self, text: &str) {
        for byte in text.bytes() {
            let plain = byte.is_ascii_alphanumeric() || b"-._~!$&'()+,;=:@%".contains(&byte);
            if plain {
                self.path.push(char::from(byte));
            } else {
                write!(self.path, "%{byte:02X}").expect("a String takes every write");
            }
        }
    }

    fn parameter(&mut self, documented: &str, greedy: bool) {
        let plain = |c: char| {
            if c.is_ascii_alphanumeric() || "_-.".contains(c) {
                c
            } else {
                '_'
            }
        };
        let base: String = documented.chars().map(plain).collect();
        let base = if base.is_empty() {
            "parameter".to_owned()
        } else {
            base
        };
        let is_free = |name: &String| self.names.iter().all(|known| known.unique != *name);
        let numbered = (2..).map(|number| format!("{base}_{number}"));
        let unique = std::iter::once(base.clone())
            .chain(numbered)
            .find(is_free)
            .expect("one of endlessly many names is free");
        self.path.extend(["{", &unique, "}"]);
        self.names.push(Name {
            unique,
            documented: documented.to_owned(),
            greedy,
        });
    }

    /// The parameters as OpenAPI describes them.
    pub(super) fn parameters(&self) -> Vec<Parameter> {
        let parameter = |name: &Name| Parameter {
            description: name.description(),
            greedy: name.greedy,
            ..Parameter::new(&name.unique, "path")
        };
        self.names.iter().map(parameter).collect()
    }
}

impl Name {
    fn description(&self) -> Option<String> {
        if self.greedy {
            Some("The rest of the path, with any number of segments.".to_owned())
        } else if self.unique == self.documented {
            None
        } else {
            let documented = inert::code(&self.documented);
            Some(format!("{documented} in the documentation."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(documented: &str) -> String {
        Template::of(documented).path
    }

    #[test]
    fn every_parameter_has_a_name_of_its_own() {
        assert_eq!(
            path("/v2/{project_id}/os-quota-sets/{project_id}/defaults"),
            "/v2/{project_id}/os-quota-sets/{project_id_2}/defaults"
        );
        assert_eq!(
            path("/v2/reverse/floatingips/{region}:{floatingip_id}"),
            "/v2/reverse/floatingips/{region}:{floatingip_id}"
        );
        assert_eq!(path("/{a}/{a_2}/{a}"), "/{a}/{a_2}/{a_3}");
        assert_eq!(path("/{}/{two words}"), "/{parameter}/{two_words}");
    }

    #[test]
    fn a_star_is_the_rest_of_the_path() {
        let template = Template::of("/apis/*");
        assert_eq!(template.path, "/apis/{rest}");
        assert!(template.parameters()[0].greedy);
        assert_eq!(path("/{rest}/**"), "/{rest}/{rest_2}");
    }

    #[test]
    fn what_a_path_cannot_hold_is_percent_encoded() {
        assert_eq!(path("/a/{b/c"), "/a/%7Bb/c");
        assert_eq!(path("/a}/{b{c}"), "/a%7D/%7Bb{c}");
        assert_eq!(path("/a b/#é?"), "/a%20b/%23%C3%A9%3F");
        assert_eq!(path("/"), "/");
        assert_eq!(path("v1/x/"), "/v1/x/");
    }
}
