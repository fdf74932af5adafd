//! The blocks that labels lead to ("Hyperlink Targets" in the reStructuredText specification).
//! This follows docutils: a target without a place of its own names the next block.

use std::collections::BTreeMap;

use crate::inline::escape::normal_name;
use crate::{Block, Inline, ReferenceTarget};

/// Reads the blocks of a document in order, and finds the block of every label.
#[derive(Default)]
struct Walk<'d, 't> {
    found: BTreeMap<String, &'d Block<'t>>,
    /// The names of targets that wait for the next block.
    waiting: Vec<String>,
    /// Labels that lead to another label: `.. _a: b_`.
    indirect: BTreeMap<String, &'d str>,
}

/// The block of every label of `blocks`, by the label as references spell it.
pub(crate) fn of<'d, 't>(blocks: &'d [Block<'t>]) -> BTreeMap<String, &'d Block<'t>> {
    let mut walk = Walk::default();
    walk.blocks(blocks);
    while let Some((label, to)) = walk.indirect.pop_first() {
        walk.follow(label, to);
    }
    walk.found
}

impl<'d, 't> Walk<'d, 't> {
    fn blocks(&mut self, blocks: impl IntoIterator<Item = &'d Block<'t>>)
    where
        't: 'd,
    {
        for block in blocks {
            self.block(block);
        }
    }

    /// Recursion is safe, because blocks are nested only as deep as the parser reads them.
    fn block(&mut self, block: &'d Block<'t>) {
        match block {
            Block::Target(target) => match &target.target {
                None if target.name.is_empty() => {}
                None => self.waiting.push(target.normal_name()),
                Some(ReferenceTarget::Name(to)) => {
                    self.indirect.entry(target.normal_name()).or_insert(to);
                }
                Some(_) => {}
            },
            // They do not show anything, so a label before them is meant for the block after them.
            Block::Comment(_) | Block::SubstitutionDefinition(_) => {}
            _ => {
                for label in std::mem::take(&mut self.waiting) {
                    self.add(label, block);
                }
                self.own_labels(block);
                self.blocks(block.children());
            }
        }
    }

    /// The labels that are a part of the block itself.
    fn own_labels(&mut self, block: &'d Block<'t>) {
        match block {
            Block::Directive(directive) => self.name_option(directive.option("name"), block),
            Block::Table(table) => {
                let name = table.options.iter().find(|option| option.name == "name");
                self.name_option(name.map(|option| option.value.as_str()), block);
            }
            Block::Paragraph(paragraph) => self.inlines(&paragraph.inlines, block),
            Block::Section(section) => self.inlines(&section.title, block),
            Block::LineBlock(lines) => {
                for line in &lines.lines {
                    self.inlines(&line.inlines, block);
                }
            }
            Block::DefinitionList(list) => {
                for item in &list.items {
                    self.inlines(&item.term, block);
                }
            }
            _ => {}
        }
    }

    fn name_option(&mut self, name: Option<&str>, block: &'d Block<'t>) {
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            self.add(normal_name(name), block);
        }
    }

    fn inlines(&mut self, inlines: &[Inline<'_>], block: &'d Block<'t>) {
        for inline in inlines {
            if let Inline::Target { text, .. } = inline {
                self.add(normal_name(text), block);
            }
        }
    }

    /// Follows a chain of labels from `label`, which leads to `to`. It removes each label of the chain from
    /// `indirect`, so the time is proportional to the number of labels, and a ring ends.
    fn follow(&mut self, label: String, mut to: &'d str) {
        let mut chain = vec![label];
        while let Some((label, next)) = self.indirect.remove_entry(to) {
            chain.push(label);
            to = next;
        }
        if let Some(&block) = self.found.get(to) {
            for label in chain {
                self.add(label, block);
            }
        }
    }

    fn add(&mut self, label: String, block: &'d Block<'t>) {
        self.found.entry(label).or_insert(block);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, parse};

    /// The text of the block that a label leads to, or the title of the section.
    fn leads(page: &str, label: &str) -> Option<String> {
        let parsed = parse(page);
        let block = parsed.document.block_of(label)?;
        Some(match block {
            Block::Section(section) => format!("section {}", section.title_text()),
            block => block.text(),
        })
    }

    #[test]
    fn a_label_leads_to_the_next_block() {
        let page = ".. _limits:\n\nImages can be shared.\n\nNext.\n";
        assert_eq!(
            leads(page, "limits").as_deref(),
            Some("Images can be shared.")
        );
        assert_eq!(leads(page, "other"), None);
    }

    #[test]
    fn case_and_white_space_of_a_label_do_not_matter() {
        let page = ".. _Image  Sharing:\n\nText.\n";
        assert_eq!(leads(page, " image\nSHARING ").as_deref(), Some("Text."));
    }

    #[test]
    fn labels_before_a_label_lead_to_the_same_block() {
        let page = ".. _a:\n.. _b:\n\n.. A comment.\n\n.. _c:\n\nTitle\n=====\n\nText.\n";
        for label in ["a", "b", "c"] {
            assert_eq!(
                leads(page, label).as_deref(),
                Some("section Title"),
                "{label}"
            );
        }
    }

    #[test]
    fn a_label_at_the_end_of_a_section_leads_to_the_next_section() {
        let page = "One\n===\n\nText.\n\n.. _two:\n\nTwo\n===\n\nText.\n";
        assert_eq!(leads(page, "two").as_deref(), Some("section Two"));
    }

    #[test]
    fn a_label_may_lead_to_another_label_but_not_in_a_ring() {
        let page = ".. _b: c_\n.. _a: b_\n.. _0: b_\n.. _c:\n\nText.\n\n.. _x: y_\n.. _y: x_\n";
        for label in ["0", "a", "b", "c"] {
            assert_eq!(leads(page, label).as_deref(), Some("Text."), "{label}");
        }
        assert_eq!(leads(page, "x"), None);
    }

    #[test]
    fn a_label_with_a_uri_does_not_lead_to_a_block() {
        let page = ".. _docs: https://docs.example/\n\nText.\n";
        assert_eq!(leads(page, "docs"), None);
        assert_eq!(leads(".. _end:\n", "end"), None, "nothing follows");
    }

    #[test]
    fn names_of_directives_and_inline_targets_are_labels() {
        let page = "\
.. table:: Members
   :name: table 1

   == ==
   id x
   == ==

See _`this place`.
";
        assert_eq!(
            leads(page, "Table 1").as_deref(),
            Some("Members\n\nid\n\nx")
        );
        assert_eq!(
            leads(page, "this place").as_deref(),
            Some("See this place.")
        );
    }

    #[test]
    fn the_first_of_two_equal_labels_counts() {
        let page = ".. _a:\n\nOne.\n\n.. _A:\n\nTwo.\n";
        assert_eq!(leads(page, "a").as_deref(), Some("One."));
    }
}
