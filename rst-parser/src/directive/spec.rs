//! Which directives are known, and what each may be given ("reStructuredText Directives" in the
//! docutils documentation). A directive that is not here is never an error of the text around it.

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
    /// The last argument may contain blanks.
    pub blanks: bool,
    /// Content is possible.
    pub content: bool,
    /// Options and the values they take. `None`: any.
    pub options: Option<&'static [(&'static str, Value)]>,
}

const COMMON: &[(&str, Value)] = &[("class", Value::Names), ("name", Value::Any)];

const NONE: &[(&str, Value)] = &[];

const IMAGE: &[(&str, Value)] = &[
    (
        "align",
        Value::OneOf(&["bottom", "center", "left", "middle", "right", "top"]),
    ),
    ("alt", Value::Any),
    ("class", Value::Names),
    ("height", Value::Height),
    ("loading", Value::OneOf(&["embed", "lazy", "link"])),
    ("name", Value::Any),
    ("scale", Value::Percentage),
    ("target", Value::Some),
    ("width", Value::Length),
];

const FIGURE: &[(&str, Value)] = &[
    ("align", Value::OneOf(&["center", "left", "right"])),
    ("alt", Value::Any),
    ("class", Value::Names),
    ("figclass", Value::Names),
    ("figname", Value::Any),
    ("figwidth", Value::Length),
    ("height", Value::Height),
    ("loading", Value::OneOf(&["embed", "lazy", "link"])),
    ("name", Value::Any),
    ("scale", Value::Percentage),
    ("target", Value::Some),
    ("width", Value::Length),
];

const ALIGN: Value = Value::OneOf(&["center", "left", "right"]);

const TABLE: &[(&str, Value)] = &[
    ("align", ALIGN),
    ("class", Value::Names),
    ("name", Value::Any),
    ("width", Value::Length),
    ("widths", Value::Widths),
];

const LIST_TABLE: &[(&str, Value)] = &[
    ("align", ALIGN),
    ("class", Value::Names),
    ("header-rows", Value::Count),
    ("name", Value::Any),
    ("stub-columns", Value::Count),
    ("width", Value::Length),
    ("widths", Value::Widths),
];

const CSV_TABLE: &[(&str, Value)] = &[
    ("align", ALIGN),
    ("class", Value::Names),
    ("delim", Value::Character),
    ("encoding", Value::Any),
    ("escape", Value::Character),
    ("file", Value::Any),
    ("header", Value::Any),
    ("header-rows", Value::Count),
    ("keepspace", Value::Flag),
    ("name", Value::Any),
    ("quote", Value::Character),
    ("stub-columns", Value::Count),
    ("url", Value::Any),
    ("width", Value::Length),
    ("widths", Value::Widths),
];

const TRIM: &[(&str, Value)] = &[
    ("ltrim", Value::Flag),
    ("rtrim", Value::Flag),
    ("trim", Value::Flag),
];

/// Directives of Sphinx that show nothing where they stand.
const SPHINX_SILENT: &[&str] = &["index", "tabularcolumns", "toctree"];

/// Directives of Sphinx and its extensions whose content is another language, or shown as it is written.
const VERBATIM: &[&str] = &[
    "aafig",
    "actdiag",
    "blockdiag",
    "code-cell",
    "code-tab",
    "digraph",
    "ditaa",
    "doctest",
    "graph",
    "graphviz",
    "ipython",
    "jupyter-execute",
    "literalinclude",
    "mermaid",
    "nwdiag",
    "packetdiag",
    "plantuml",
    "productionlist",
    "prompt",
    "rackdiag",
    "seqdiag",
    "testcleanup",
    "testcode",
    "testoutput",
    "testsetup",
    "tikz",
    "uml",
    "wavedrom",
];

/// What the directive `name` may be given. Case makes no difference.
#[expect(clippy::too_many_lines, reason = "a table, one line per directive")]
pub(super) fn of(name: &str) -> Spec {
    let name = name.to_lowercase();
    let spec = |kind, required, optional, blanks, content, options| Spec {
        kind,
        required,
        optional,
        blanks,
        content,
        options: Some(options),
    };
    match name.as_str() {
        "attention" | "caution" | "danger" | "error" | "hint" | "important" | "note" | "tip"
        | "warning" => spec(Kind::Admonition, 0, 0, true, true, COMMON),
        "admonition" => spec(Kind::Admonition, 1, 0, true, true, COMMON),
        "topic" => spec(Kind::Topic, 1, 0, true, true, COMMON),
        "sidebar" => spec(
            Kind::Sidebar,
            0,
            1,
            true,
            true,
            &[
                ("class", Value::Names),
                ("name", Value::Any),
                ("subtitle", Value::Some),
            ],
        ),
        "compound" => spec(Kind::Container, 0, 0, false, true, COMMON),
        "container" => spec(Kind::Container, 0, 1, true, true, &[("name", Value::Any)]),
        "header" | "footer" => spec(Kind::Container, 0, 0, false, true, NONE),
        "epigraph" | "highlights" | "pull-quote" => spec(Kind::Quote, 0, 0, false, true, NONE),
        "image" => spec(Kind::Image, 1, 0, true, false, IMAGE),
        "figure" => spec(Kind::Figure, 1, 0, true, true, FIGURE),
        "code" => spec(
            Kind::Code,
            0,
            1,
            false,
            true,
            &[
                ("class", Value::Names),
                ("name", Value::Any),
                ("number-lines", Value::Any),
            ],
        ),
        "code-block" | "sourcecode" => Spec {
            kind: Kind::Code,
            required: 0,
            optional: 1,
            blanks: false,
            content: true,
            options: None,
        },
        "parsed-literal" => spec(Kind::ParsedLiteral, 0, 0, false, true, COMMON),
        "line-block" => spec(Kind::LineBlock, 0, 0, false, true, COMMON),
        "math" => spec(Kind::Math, 0, 0, false, true, COMMON),
        "raw" => spec(
            Kind::Raw,
            1,
            0,
            true,
            true,
            &[
                ("class", Value::Names),
                ("encoding", Value::Any),
                ("file", Value::Any),
                ("url", Value::Any),
            ],
        ),
        "rubric" => spec(Kind::Rubric, 1, 0, true, false, COMMON),
        "replace" => spec(Kind::Replace, 0, 0, false, true, NONE),
        "unicode" => spec(Kind::Unicode, 1, 0, true, false, TRIM),
        "date" => spec(Kind::Date, 0, 0, false, true, NONE),
        "class" | "rst-class" => spec(Kind::Class, 1, 0, true, true, NONE),
        "role" => Spec {
            kind: Kind::Role,
            required: 0,
            optional: 0,
            blanks: false,
            content: true,
            options: Some(NONE),
        },
        "default-role" => spec(Kind::DefaultRole, 0, 1, false, false, NONE),
        "table" => spec(Kind::Table, 0, 1, true, true, TABLE),
        "list-table" => spec(Kind::ListTable, 0, 1, true, true, LIST_TABLE),
        "csv-table" => spec(Kind::CsvTable, 0, 1, true, true, CSV_TABLE),
        "title" => spec(Kind::Silent, 1, 0, true, false, NONE),
        "meta" => spec(Kind::Silent, 0, 0, false, true, NONE),
        "only" | "ifconfig" => spec(Kind::Only, 0, 1, true, true, NONE),
        "versionadded" | "versionchanged" | "versionremoved" | "deprecated" => {
            spec(Kind::Version, 1, 1, true, true, NONE)
        }
        "seealso" => spec(Kind::Arranged, 0, 0, false, true, COMMON),
        "hlist" => spec(
            Kind::Arranged,
            0,
            0,
            false,
            true,
            &[("columns", Value::Any)],
        ),
        "contents" | "highlight" | "sectnum" | "section-numbering" | "target-notes" | "include" => {
            Spec {
                kind: Kind::Silent,
                required: 0,
                optional: 1,
                blanks: true,
                content: false,
                options: None,
            }
        }
        _ => Spec {
            kind: Kind::Unknown,
            required: 0,
            optional: 0,
            blanks: false,
            content: true,
            options: None,
        },
    }
}

/// True for directives of Sphinx that are known to show nothing.
pub(super) fn is_silent(name: &str) -> bool {
    SPHINX_SILENT.contains(&name.to_lowercase().as_str())
}

/// True for directives whose content is never markup.
pub(super) fn is_verbatim(name: &str) -> bool {
    VERBATIM.contains(&name.to_lowercase().as_str())
}
