//! What a directive may have: arguments, options and content.
//! This module is plain data. It never names a directive.

use super::options::ValueKind;

/// How a directive is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Content, which is read. An `admonition` has a title.
    Admonition,
    /// Content, which is read, with a title. Allowed only in sections.
    Topic,
    /// Like a topic. It may contain topics.
    Sidebar,
    /// Content, which is read and may be missing.
    Container,
    /// Content, which is read as block quotes.
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
    /// Arranges the document, and does not show anything itself.
    Silent,
    /// A Sphinx directive: content, which is read and may contain sections. The content may be missing in
    /// some outputs.
    Only,
    /// A Sphinx directive: a version, a text about it, and content, which is read.
    Version,
    /// A Sphinx directive: content, which is read.
    Arranged,
    Unknown,
}

impl Kind {
    pub fn is_table(self) -> bool {
        matches!(self, Kind::Table | Kind::ListTable | Kind::CsvTable)
    }
}

/// What a directive may have.
#[derive(Clone, Copy)]
pub(super) struct Spec {
    pub kind: Kind,
    /// The number of required arguments, and of optional ones.
    pub required: usize,
    pub optional: usize,
    /// The last argument may contain spaces.
    pub spaces: bool,
    /// Content is allowed.
    pub content: bool,
    /// The options and the values that they accept. `None` if every option is allowed.
    pub options: Option<&'static [(&'static str, ValueKind)]>,
}

impl Spec {
    /// A directive without arguments, options and content.
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

    /// Sets the number of required and of optional arguments.
    pub const fn arguments(self, required: usize, optional: usize) -> Self {
        Spec {
            required,
            optional,
            ..self
        }
    }

    /// Lets the last argument contain spaces.
    pub const fn spaces(self) -> Self {
        Spec {
            spaces: true,
            ..self
        }
    }

    /// Allows content.
    pub const fn content(self) -> Self {
        Spec {
            content: true,
            ..self
        }
    }

    /// Allows these options.
    pub const fn options(self, options: &'static [(&'static str, ValueKind)]) -> Self {
        Spec {
            options: Some(options),
            ..self
        }
    }

    /// Allows every option.
    pub const fn any_options(self) -> Self {
        Spec {
            options: None,
            ..self
        }
    }
}
