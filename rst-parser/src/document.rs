//! A document as a whole, and the ways through it: sections, fields, tables ("Document Structure"
//! in the reStructuredText specification). It never looks at the text again.

use crate::{Block, Section, Span, Table};

/// A text, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document<'t> {
    /// What stands before the first section, and the sections.
    pub blocks: Vec<Block<'t>>,
    /// The whole text.
    pub span: Span,
}

impl<'t> Document<'t> {
    /// The first section of the highest level: a page's title.
    pub fn title(&self) -> Option<&Section<'t>> {
        self.blocks.iter().find_map(|block| match block {
            Block::Section(section) => Some(&**section),
            _ => None,
        })
    }

    /// The value of the field `name` in a field list before the first section.
    ///
    /// ```
    /// let parsed = rst_parser::parse(":original_name: en-us_topic_0125866393.html\n\nText.\n");
    /// let name = parsed.document.field("original_name");
    /// assert_eq!(name.as_deref(), Some("en-us_topic_0125866393.html"));
    /// ```
    pub fn field(&self, name: &str) -> Option<String> {
        let before_sections = self
            .blocks
            .iter()
            .take_while(|block| !matches!(block, Block::Section(_)));
        let lists = before_sections.filter_map(|block| match block {
            Block::FieldList(list) => Some(list),
            _ => None,
        });
        let mut fields = lists.flat_map(|list| &list.fields);
        fields
            .find(|field| field.name_text() == name)
            .map(crate::Field::text)
    }

    /// Every table, in the order of the text; a table in a cell follows the table around it.
    pub fn tables(&self) -> impl Iterator<Item = &Table<'t>> {
        self.tables_by_section().map(|(_, table)| table)
    }

    /// Every table with the innermost section it stands in.
    ///
    /// ```
    /// let parsed = rst_parser::parse("Image Sharing\n=============\n\n=== ===\nAPI URI\n=== ===\na   b\n=== ===\n");
    /// let (section, table) = parsed.document.tables_by_section().next().unwrap();
    /// assert_eq!(section.unwrap().title_text(), "Image Sharing");
    /// assert_eq!(table.columns, 2);
    /// ```
    pub fn tables_by_section(&self) -> impl Iterator<Item = (Option<&Section<'t>>, &Table<'t>)> {
        let mut found = Vec::new();
        for block in &self.blocks {
            collect_tables(block, None, &mut found);
        }
        found.into_iter()
    }
}

/// Blocks nest no deeper than the parser follows them, so this may call itself.
fn collect_tables<'d, 't>(
    block: &'d Block<'t>,
    section: Option<&'d Section<'t>>,
    found: &mut Vec<(Option<&'d Section<'t>>, &'d Table<'t>)>,
) {
    let section = match block {
        Block::Section(section) => Some(&**section),
        _ => section,
    };
    if let Block::Table(table) = block {
        found.push((section, table));
    }
    for child in block.children() {
        collect_tables(child, section, found);
    }
}
