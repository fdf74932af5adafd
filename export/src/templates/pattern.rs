//! File names with placeholders for a service and a page. They decide how often a template is rendered, and where to.
//! A name from a model becomes part of a path only if it is a plain file name. This module must never let a path leave
//! the folder.

use permspec::nearest;

/// A file name, such as `{service}/{page}.md`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern(String);

/// How often a template is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Each {
    /// Once.
    Catalogue,
    /// Once per service.
    Service,
    /// Once per page of every service.
    Page,
}

const PLACES: [&str; 2] = ["service", "page"];

impl Pattern {
    /// Reads a pattern. The error says what is wrong with it.
    pub(crate) fn of(text: &str) -> Result<Pattern, String> {
        let mut rest = text;
        while let Some((_, open)) = rest.split_once('{') {
            let (place, behind) = open
                .split_once('}')
                .ok_or_else(|| format!("`{text}` has a brace that is not closed"))?;
            if !PLACES.contains(&place) {
                let meant = nearest(place, PLACES)
                    .map(|meant| format!("; did you mean `{{{meant}}}`?"))
                    .unwrap_or_default();
                return Err(format!("`{{{place}}}` is not a placeholder{meant}"));
            }
            rest = behind;
        }
        Ok(Pattern(text.to_owned()))
    }

    /// How often a template with this name is rendered.
    pub(crate) fn each(&self) -> Each {
        if self.0.contains("{page}") {
            Each::Page
        } else if self.0.contains("{service}") {
            Each::Service
        } else {
            Each::Catalogue
        }
    }

    /// The path for a service and a page. The error says which name cannot be part of a path.
    pub(crate) fn path(&self, service: &str, page: &str) -> Result<String, String> {
        let mut path = self.0.clone();
        for (place, name) in PLACES.iter().zip([service, page]) {
            let place = format!("{{{place}}}");
            if path.contains(&place) {
                if !is_file_name(name) {
                    return Err(format!("`{name}` cannot be part of a file's name"));
                }
                path = path.replace(&place, name);
            }
        }
        Ok(path)
    }
}

fn is_file_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_')
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_how_often_a_template_is_rendered() {
        let each = |text| Pattern::of(text).unwrap().each();
        assert_eq!(each("operations.csv"), Each::Catalogue);
        assert_eq!(each("{service}.go"), Each::Service);
        assert_eq!(each("{service}/{page}.md"), Each::Page);
        assert_eq!(
            Pattern::of("{servce}.go").unwrap_err(),
            "`{servce}` is not a placeholder; did you mean `{service}`?"
        );
        assert!(Pattern::of("{service.go").is_err());
    }

    #[test]
    fn a_name_from_a_model_cannot_leave_the_folder() {
        let pattern = Pattern::of("{service}/{page}.md").unwrap();
        assert_eq!(pattern.path("ims", "a.b").as_deref(), Ok("ims/a.b.md"));
        for name in ["..", "a/b", "", ".x", "{page}", "a\\b", "a:b"] {
            assert!(pattern.path(name, "x").is_err(), "{name}");
            assert!(pattern.path("x", name).is_err(), "{name}");
        }
    }
}
