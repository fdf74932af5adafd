//! What a page says about itself outside of its tables: its title and its stable name.

use rst_parser::Document;

use super::table::collapse;

/// The page's title with single spaces. It is empty if the page has no section.
pub fn title(document: &Document) -> String {
    document
        .title()
        .map(|section| collapse(&section.title_text()))
        .unwrap_or_default()
}

/// The page's stable name: the field `:original_name:` without `.html`.
pub fn original_name(document: &Document) -> Option<String> {
    let name = document.field("original_name")?;
    let name = collapse(&name);
    let name = name.strip_suffix(".html").unwrap_or(&name);
    (!name.is_empty()).then(|| name.to_owned())
}
