//! What a directive may be given: arguments, options and content.
//! Plain data; this module must never name a directive.

use super::options::Value;

/// What becomes of a directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Content, read; `admonition` has a title.
    Admonition,
    /// Content, read, with a title; it stands in sections only.
    Topic,
    /// As a topic, and may contain topics.
    Sidebar,
    /// Content, read, that may be missing.
    Container,
    /// Content, read as block quotes.
    Quote,
    Image,
    Figure,
    Code,
    ParsedLiteral,
    LineBlock,
    Math,
    Raw,
    Rubric,
    Replace,
    Unicode,
    Date,
    Class,
    Role,
    DefaultRole,
    Table,
    ListTable,
    CsvTable,
    /// Arranges the document; shows nothing itself.
    Silent,
    /// Of Sphinx: content, read, in which sections are possible; it may be missing in some output.
    Only,
    /// Of Sphinx: a version, a text about it, and content, read.
    Version,
    /// Of Sphinx: content, read.
    Arranged,
    Unknown,
}

impl Kind {
    pub fn is_table(self) -> bool {
        matches!(self, Kind::Table | Kind::ListTable | Kind::CsvTable)
    }
}

/// What a directive may be given.
#[derive(Clone, Copy)]
pub(super) struct Spec {
    pub kind: Kind,
    /// Arguments it must have, and may have further.
    pub required: usize,
    pub optional: usize,
    /// The last argument may contain spaces.
    pub spaces: bool,
    /// Content is possible.
    pub content: bool,
    /// Options and the values they take. `None`: any.
    pub options: Option<&'static [(&'static str, Value)]>,
}

impl Spec {
    /// A directive that may be given nothing.
    pub const fn of_kind(kind: Kind) -> Self {
        Spec {
            kind,
            required: 0,
            optional: 0,
            spaces: false,
            content: false,
            options: Some(&[]),
        }
    }

    /// How many arguments it must have, and how many further ones it may have.
    pub const fn arguments(self, required: usize, optional: usize) -> Self {
        Spec {
            required,
            optional,
            ..self
        }
    }

    /// The last argument may contain spaces.
    pub const fn spaces(self) -> Self {
        Spec {
            spaces: true,
            ..self
        }
    }

    /// Content is possible.
    pub const fn content(self) -> Self {
        Spec {
            content: true,
            ..self
        }
    }

    /// These options are possible.
    pub const fn options(self, options: &'static [(&'static str, Value)]) -> Self {
        Spec {
            options: Some(options),
            ..self
        }
    }

    /// Every option is possible.
    pub const fn any_options(self) -> Self {
        Spec {
            options: None,
            ..self
        }
    }
}
