//! A document, and how to find its parts: sections, fields, labels, tables ("Document Structure" in the
//! reStructuredText specification). This module does not read the text again.

use std::collections::BTreeMap;

use crate::inline::escape::normal_name;
use crate::{Block, OutlineEntry, Section, Span, Table, labels, outline};

/// The result of parsing a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document<'t> {
    /// The blocks before the first section, and the sections.
    pub blocks: Vec<Block<'t>>,
    /// The whole text.
    pub span: Span,
}

impl<'t> Document<'t> {
    /// The first section of the highest level. Its title is the title of the page.
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

    /// Every section in reading order, with its title, level, line and the section around it.
    ///
    /// ```
    /// let parsed = rst_parser::parse("Image\n=====\n\nURI\n---\n\nRequest\n-------\n");
    /// for entry in parsed.document.outline() {
    ///     println!("{:>4} {}{}", entry.line, "  ".repeat(entry.level - 1), entry.title);
    /// }
    /// ```
    pub fn outline(&self) -> Vec<OutlineEntry<'_, 't>> {
        outline::of(&self.blocks)
    }

    /// The block that a label leads to. Case and white space of the label do not matter.
    ///
    /// A target without a place of its own (`.. _name:`) names the next block or section, also if other targets
    /// or comments are between them. The option `:name:` of a directive, and a target inside of text, name the
    /// block that contains them. An indirect target (`.. _name: other_`) leads to the block of the other target.
    /// If two labels are equal, the first one counts. The title of a section is not a label.
    ///
    /// This reads the whole document. To find many labels, use [`labels`](Document::labels).
    ///
    /// ```
    /// use rst_parser::Block;
    ///
    /// let page = "\
    /// See :ref:`the members <Members>`.
    ///
    /// .. _members:
    ///
    /// +----+--------+
    /// | ID | Status |
    /// +----+--------+
    /// ";
    /// let parsed = rst_parser::parse(page);
    /// let block = parsed.document.block_of("Members").unwrap();
    /// assert!(matches!(block, Block::Table(_)));
    /// assert_eq!(block.span().line, 5);
    /// ```
    pub fn block_of(&self, label: &str) -> Option<&Block<'t>> {
        self.labels().remove(&normal_name(label))
    }

    /// The block of every label, by the label in lower case with white space collapsed.
    /// [`block_of`](Document::block_of) says what a label is.
    pub fn labels(&self) -> BTreeMap<String, &Block<'t>> {
        labels::of(&self.blocks)
    }

    /// Every table, in the order of the text. A table in a cell comes after the table around it.
    pub fn tables(&self) -> impl Iterator<Item = &Table<'t>> {
        self.tables_by_section().map(|(_, table)| table)
    }

    /// Every table with the innermost section that contains it.
    ///
    /// ```
    /// let page = "\
    /// Image Sharing
    /// =============
    ///
    /// === ===
    /// API URI
    /// === ===
    /// a   b
    /// === ===
    /// ";
    /// let parsed = rst_parser::parse(page);
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

/// Recursion is safe, because blocks are nested only as deep as the parser reads them.
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
