//! reStructuredText to blocks and tables with source spans.
#![forbid(unsafe_code)]
