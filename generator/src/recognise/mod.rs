//! What kind of page a text may be, before it is parsed: one with permission tables, or one of an
//! operation. Most pages of a documentation are neither, and a look at the bytes is ten times faster than
//! the parser. This module may say yes to any text. It must never say no to a page that can be read.

#[cfg(feature = "reference")]
mod operation;
mod sift;

use crate::extract::{Headers, Role};

/// Whether a text may have a permission table: a cell of a table begins like the header of a column of
/// calls.
pub fn may_be_permission_page(text: &str, headers: &Headers) -> bool {
    let mut words: Vec<&str> = headers
        .spellings(Role::Api)
        .map(|header| header.split(' ').next().unwrap_or(header))
        .collect();
    words.dedup();
    sift::may_head(text, &words)
}

/// Whether a text may describe an operation: it has a section about a URI.
#[cfg(feature = "reference")]
pub fn may_be_operation_page(text: &str) -> bool {
    operation::has_uri_section(text)
}

#[cfg(test)]
mod folders;
