//! The `permspec.toml` of a new project: the template with the project's folder and pages in it.
//! The template explains every key, so this module keeps all of its comments.

use std::path::Path;

use toml_edit::{Array, DocumentMut, Item, Table, Value, value};

use super::{PagesByService, shown};

const TEMPLATE: &str = include_str!("../../../init/permspec.toml");

/// The configuration of a project whose pages are below `docs`.
pub fn configuration(docs: &Path, pages: &PagesByService) -> String {
    let mut document: DocumentMut = TEMPLATE.parse().expect("the template is TOML");
    document["docs"] = value(shown(docs));
    if pages.is_empty() {
        return document.to_string();
    }
    let mut services = Table::new();
    services.set_implicit(true);
    for (name, pages) in pages {
        services.insert(name, Item::Table(service(pages)));
    }
    // The template ends with the explanation of a service. The project's services come after it.
    let mut before = format!("{}\n", document.trailing().as_str().unwrap_or_default());
    document.set_trailing("");
    for (_, service) in services.iter_mut() {
        if let Item::Table(service) = service {
            service.decor_mut().set_prefix(before.as_str());
        }
        "\n".clone_into(&mut before);
    }
    document.insert("service", Item::Table(services));
    document.to_string()
}

/// The table of a service: one page per line, after a place for the service's title.
fn service(pages: &[String]) -> Table {
    let mut lines: Array = pages.iter().collect();
    for line in lines.iter_mut() {
        line.decor_mut().set_prefix("\n    ");
    }
    lines.set_trailing_comma(true);
    lines.set_trailing("\n");
    let mut table = Table::new();
    table.insert("pages", value(Value::from(lines)));
    if let Some(mut key) = table.key_mut("pages") {
        key.leaf_decor_mut().set_prefix("# title = \"\"\n");
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_come_after_their_explanation_with_one_page_per_line() {
        let mut pages = PagesByService::new();
        pages.insert("b c".into(), vec!["x/\"1\".rst".into()]);
        pages.insert("ims".into(), vec!["a.rst".into(), "b.rst".into()]);
        let text = configuration(Path::new("my docs"), &pages);
        let (start, template_start) = (
            text.split("# The folder of the spec").next(),
            TEMPLATE.replace("\"docs\"", "\"my docs\""),
        );
        assert_eq!(
            start,
            template_start.split("# The folder of the spec").next()
        );
        let services = r#"
[service."b c"]
# title = ""
pages = [
    'x/"1".rst',
]

[service.ims]
# title = ""
pages = [
    "a.rst",
    "b.rst",
]
"#;
        let explained = TEMPLATE.lines().last().unwrap();
        assert!(
            text.ends_with(&format!("{explained}\n{services}")),
            "{text}"
        );
    }

    #[test]
    fn a_project_without_pages_gets_the_whole_template() {
        let text = configuration(Path::new("docs"), &PagesByService::new());
        assert_eq!(text, TEMPLATE);
    }
}
