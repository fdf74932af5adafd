//! Small pages, changed as documentation changes: names stay.

use super::SchemaPins;
use crate::diagnostic::Report;
use crate::extract::reference::{PageText, ReferenceAccount, read};
use crate::model::reference::ReferencePage;
use crate::model::{Extra, Interface, Origin};

/// A page that returns one object in a field.
fn page(name: &str, title: &str, field: &str, rows: &[&str]) -> String {
    let table = |label: &str, rows: &[String]| {
        let rows = format!("   {}\n", rows.join("\n   "));
        let rule = "   ============ ============ ============================\n";
        format!(
            ".. table:: **Table** {label}\n\n{rule}   Parameter    Type         Description\n{rule}{rows}{rule}\n"
        )
    };
    let row = |name: &str, kind: &str, text: &str| format!("{name:<12} {kind:<12} {text}");
    let outer = row(
        field,
        "Object",
        &format!("The {field}. See :ref:`table <{name}_inner>`."),
    );
    let inner: Vec<String> = rows
        .iter()
        .map(|name| row(name, "String", "Text."))
        .collect();
    let underline = "=".repeat(title.len());
    format!(
        ":original_name: {name}.html\n\n{title}\n{underline}\n\nURI\n---\n\nGET /v1/bakery/{name}\n\n\
         Response\n--------\n\n{}.. _{name}_inner:\n\n{}",
        table("Response parameters", &[outer]),
        table(&format!("{field} field"), &inner),
    )
}

fn names(pages: &[(&str, String)], pins: &SchemaPins) -> Vec<ReferencePage> {
    let pages: Vec<PageText<'_>> = pages
        .iter()
        .map(|(path, text)| PageText {
            path,
            file: path,
            text,
            may_be_operation: true,
            keeps_prose: false,
        })
        .collect();
    read(
        "bakery",
        &pages,
        pins,
        &mut ReferenceAccount::default(),
        &mut Report::default(),
    )
}

fn interface(page: ReferencePage) -> Interface {
    Interface {
        service: page.service,
        page: Origin {
            title: page.title,
            path: page.page,
            original_name: page.original_name,
            doc_url: None,
            sha256: String::new(),
            extra: Extra::new(),
        },
        id: "Id".to_owned(),
        permission: None,
        line: page.line,
        deprecated: page.deprecated,
        endpoints: Vec::new(),
        parameters: page.parameters,
        request: page.request,
        responses: page.responses,
        schemas: page.schemas,
        extra: Extra::new(),
    }
}

/// The model with other names than those that are made anew.
fn model(pages: &[(&str, String)], renamed: &[(&str, &str)]) -> SchemaPins {
    let read = names(pages, &SchemaPins::default());
    let texts = read
        .into_iter()
        .map(|page| interface(page).to_json())
        .map(|text| {
            renamed.iter().fold(text, |text, (from, to)| {
                text.replace(&format!("\"{from}\""), &format!("\"{to}\""))
                    .replace(&format!("/{from}\""), &format!("/{to}\""))
            })
        });
    let interfaces: Vec<Interface> = texts
        .map(|text| Interface::from_json(&text).unwrap())
        .collect();
    SchemaPins::of(&interfaces)
}

fn shown(read: &[ReferencePage]) -> Vec<Vec<&str>> {
    let names = |page: &ReferencePage| page.schemas.len();
    assert!(read.iter().all(|page| names(page) < 3));
    read.iter()
        .map(|page| page.schemas.iter().map(|(name, _)| name.as_str()).collect())
        .collect()
}

#[test]
fn a_table_with_a_new_field_keeps_its_name() {
    let before = [(
        "b/loaf.rst",
        page("loaf", "Querying a Loaf", "loaf", &["id"]),
    )];
    assert_eq!(shown(&names(&before, &SchemaPins::default())), [["Loaf"]]);
    let pins = model(&before, &[("Loaf", "Bread")]);
    let after = [(
        "b/loaf.rst",
        page("loaf", "Querying a Loaf", "loaf", &["id", "crust"]),
    )];
    assert_eq!(shown(&names(&after, &pins)), [["Bread"]]);
}

#[test]
fn a_new_page_takes_no_pinned_name_for_another_shape() {
    let loaf = (
        "b/loaf.rst",
        page("loaf", "Querying a Loaf", "loaf", &["id"]),
    );
    let pins = model(std::slice::from_ref(&loaf), &[]);
    // The new page comes first, and would choose first.
    let new = (
        "b/all.rst",
        page("all", "Listing Cakes", "loaf", &["id", "crust"]),
    );
    let same = (
        "b/same.rst",
        page("same", "Querying Cakes", "loaf", &["id"]),
    );
    let pages = [new, loaf, same];
    assert_eq!(
        shown(&names(&pages, &pins)),
        [["CakeLoaf"], ["Loaf"], ["Loaf"]]
    );
}

#[test]
fn a_page_with_another_path_or_title_keeps_its_names() {
    let loaf = page("loaf", "Querying a Loaf", "loaf", &["id"]);
    let pins = model(&[("b/loaf.rst", loaf)], &[("Loaf", "Bread")]);
    let moved = page("loaf", "Showing Bread", "loaf", &["id", "crust"]);
    assert_eq!(
        shown(&names(&[("b/new/loaf.rst", moved)], &pins)),
        [["Bread"]]
    );
}

#[test]
fn of_two_shapes_with_one_pinned_name_the_first_keeps_it() {
    let loaf = (
        "b/loaf.rst",
        page("loaf", "Querying a Loaf", "loaf", &["id"]),
    );
    let cake = ("b/cake.rst", page("cake", "Listing Cakes", "loaf", &["id"]));
    let pins = model(&[loaf.clone(), cake], &[("Loaf", "Bread")]);
    let cake = (
        "b/cake.rst",
        page("cake", "Listing Cakes", "loaf", &["id", "sugar"]),
    );
    let both = [loaf, cake];
    assert_eq!(shown(&names(&both, &pins)), [["Bread"], ["Loaf"]]);
}

#[test]
fn a_name_of_a_page_that_is_not_read_is_not_given_to_another_schema() {
    let loaf = (
        "b/loaf.rst",
        page("loaf", "Querying a Loaf", "loaf", &["id"]),
    );
    let pins = model(&[loaf], &[]);
    let cake = (
        "b/cake.rst",
        page("cake", "Querying a Cake", "loaf", &["id", "sugar"]),
    );
    assert_eq!(shown(&names(&[cake], &pins)), [["CakeLoaf"]]);
}
