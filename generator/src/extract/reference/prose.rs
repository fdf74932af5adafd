//! Descriptions as plain text in one line, for those who ask for them. What a description states is read elsewhere:
//! this module must never decide what a text means.

use rst_parser::Block;

use super::super::table::{Statement, statements_of};
use super::part;

/// The text of blocks; `None` if they say nothing.
///
/// Items of a list are divided by semicolons, and a full stop ends a list, unless there is a punctuation mark.
pub(crate) fn text<'b>(blocks: impl IntoIterator<Item = &'b Block<'b>>) -> Option<Box<str>> {
    let mut line = String::new();
    let mut before: Option<Statement<'_>> = None;
    for said in statements_of(blocks) {
        if let Some(before) = before {
            line.push_str(divider(&before, &said));
        }
        line.push_str(&said.text);
        before = Some(said);
    }
    (!matches!(line.as_str(), "" | "-")).then(|| line.into())
}

/// What divides two parts of a text.
fn divider(before: &Statement<'_>, after: &Statement<'_>) -> &'static str {
    let goes_on = after.items.starts_with(&before.items);
    if goes_on || before.text.ends_with(['.', ',', ';', ':', '!', '?']) {
        " "
    } else if after.items.is_empty() {
        ". "
    } else {
        "; "
    }
}

/// The text of the first section that says what the operation does, without its tables, listings and subsections.
pub(crate) fn of_function(blocks: &[Block<'_>]) -> Option<Box<str>> {
    blocks.iter().find_map(|block| match block {
        Block::Section(section) if part::is_function(&section.title_text()) => {
            text(section.blocks.iter().filter(|block| is_prose(block)))
        }
        Block::Section(section) => of_function(&section.blocks),
        _ => None,
    })
}

fn is_prose(block: &Block<'_>) -> bool {
    match block {
        Block::Section(_) | Block::Table(_) | Block::LiteralBlock(_) => false,
        // Code and images have no blocks.
        Block::Directive(directive) => !directive.blocks.is_empty(),
        _ => true,
    }
}
