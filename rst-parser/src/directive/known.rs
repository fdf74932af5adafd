//! The known directives, and their possible arguments, options and content ("reStructuredText Directives"
//! in the docutils documentation). An unknown directive is not an error.

use super::options::ValueKind;
use super::spec::{Kind, Spec};

const COMMON: &[(&str, ValueKind)] = &[("class", ValueKind::Names), ("name", ValueKind::Any)];

const IMAGE: &[(&str, ValueKind)] = &[
    (
        "align",
        ValueKind::OneOf(&["bottom", "center", "left", "middle", "right", "top"]),
    ),
    ("alt", ValueKind::Any),
    ("class", ValueKind::Names),
    ("height", ValueKind::Height),
    ("loading", ValueKind::OneOf(&["embed", "lazy", "link"])),
    ("name", ValueKind::Any),
    ("scale", ValueKind::Percentage),
    ("target", ValueKind::Some),
    ("width", ValueKind::Length),
];

const FIGURE: &[(&str, ValueKind)] = &[
    ("align", ValueKind::OneOf(&["center", "left", "right"])),
    ("alt", ValueKind::Any),
    ("class", ValueKind::Names),
    ("figclass", ValueKind::Names),
    ("figname", ValueKind::Any),
    ("figwidth", ValueKind::Length),
    ("height", ValueKind::Height),
    ("loading", ValueKind::OneOf(&["embed", "lazy", "link"])),
    ("name", ValueKind::Any),
    ("scale", ValueKind::Percentage),
    ("target", ValueKind::Some),
    ("width", ValueKind::Length),
];

const ALIGN: ValueKind = ValueKind::OneOf(&["center", "left", "right"]);

const TABLE: &[(&str, ValueKind)] = &[
    ("align", ALIGN),
    ("class", ValueKind::Names),
    ("name", ValueKind::Any),
    ("width", ValueKind::Length),
    ("widths", ValueKind::Widths),
];

const LIST_TABLE: &[(&str, ValueKind)] = &[
    ("align", ALIGN),
    ("class", ValueKind::Names),
    ("header-rows", ValueKind::Count),
    ("name", ValueKind::Any),
    ("stub-columns", ValueKind::Count),
    ("width", ValueKind::Length),
    ("widths", ValueKind::Widths),
];

const CSV_TABLE: &[(&str, ValueKind)] = &[
    ("align", ALIGN),
    ("class", ValueKind::Names),
    ("delim", ValueKind::Character),
    ("encoding", ValueKind::Any),
    ("escape", ValueKind::Character),
    ("file", ValueKind::Any),
    ("header", ValueKind::Any),
    ("header-rows", ValueKind::Count),
    ("keepspace", ValueKind::Flag),
    ("name", ValueKind::Any),
    ("quote", ValueKind::Character),
    ("stub-columns", ValueKind::Count),
    ("url", ValueKind::Any),
    ("width", ValueKind::Length),
    ("widths", ValueKind::Widths),
];

const TRIM: &[(&str, ValueKind)] = &[
    ("ltrim", ValueKind::Flag),
    ("rtrim", ValueKind::Flag),
    ("trim", ValueKind::Flag),
];

const SIDEBAR: &[(&str, ValueKind)] = &[
    ("class", ValueKind::Names),
    ("name", ValueKind::Any),
    ("subtitle", ValueKind::Some),
];

const NAME: &[(&str, ValueKind)] = &[("name", ValueKind::Any)];

const CODE: &[(&str, ValueKind)] = &[
    ("class", ValueKind::Names),
    ("name", ValueKind::Any),
    ("number-lines", ValueKind::Any),
];

const RAW: &[(&str, ValueKind)] = &[
    ("class", ValueKind::Names),
    ("encoding", ValueKind::Any),
    ("file", ValueKind::Any),
    ("url", ValueKind::Any),
];

const COLUMNS: &[(&str, ValueKind)] = &[("columns", ValueKind::Any)];

/// Each directive with its names and what it may have.
#[rustfmt::skip] // One line for each directive.
const DIRECTIVES: &[(&[&str], Spec)] = &[
    (
        &["attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning"],
        Spec::of_kind(Kind::Admonition).spaces().content().options(COMMON),
    ),
    (&["admonition"], Spec::of_kind(Kind::Admonition).arguments(1, 0).spaces().content().options(COMMON)),
    (&["topic"], Spec::of_kind(Kind::Topic).arguments(1, 0).spaces().content().options(COMMON)),
    (&["sidebar"], Spec::of_kind(Kind::Sidebar).arguments(0, 1).spaces().content().options(SIDEBAR)),
    (&["compound"], Spec::of_kind(Kind::Container).content().options(COMMON)),
    (&["container"], Spec::of_kind(Kind::Container).arguments(0, 1).spaces().content().options(NAME)),
    (&["header", "footer"], Spec::of_kind(Kind::Container).content()),
    (&["epigraph", "highlights", "pull-quote"], Spec::of_kind(Kind::Quote).content()),
    (&["image"], Spec::of_kind(Kind::Image).arguments(1, 0).spaces().options(IMAGE)),
    (&["figure"], Spec::of_kind(Kind::Figure).arguments(1, 0).spaces().content().options(FIGURE)),
    (&["code"], Spec::of_kind(Kind::Code).arguments(0, 1).content().options(CODE)),
    (&["code-block", "sourcecode"], Spec::of_kind(Kind::Code).arguments(0, 1).content().any_options()),
    (&["parsed-literal"], Spec::of_kind(Kind::ParsedLiteral).content().options(COMMON)),
    (&["line-block"], Spec::of_kind(Kind::LineBlock).content().options(COMMON)),
    (&["math"], Spec::of_kind(Kind::Math).content().options(COMMON)),
    (&["raw"], Spec::of_kind(Kind::Raw).arguments(1, 0).spaces().content().options(RAW)),
    (&["rubric"], Spec::of_kind(Kind::Rubric).arguments(1, 0).spaces().options(COMMON)),
    (&["replace"], Spec::of_kind(Kind::Replace).content()),
    (&["unicode"], Spec::of_kind(Kind::Unicode).arguments(1, 0).spaces().options(TRIM)),
    (&["date"], Spec::of_kind(Kind::Date).content()),
    (&["class", "rst-class"], Spec::of_kind(Kind::Class).arguments(1, 0).spaces().content()),
    (&["role"], Spec::of_kind(Kind::Role).content()),
    (&["default-role"], Spec::of_kind(Kind::DefaultRole).arguments(0, 1)),
    (&["table"], Spec::of_kind(Kind::Table).arguments(0, 1).spaces().content().options(TABLE)),
    (&["list-table"], Spec::of_kind(Kind::ListTable).arguments(0, 1).spaces().content().options(LIST_TABLE)),
    (&["csv-table"], Spec::of_kind(Kind::CsvTable).arguments(0, 1).spaces().content().options(CSV_TABLE)),
    (&["title"], Spec::of_kind(Kind::Silent).arguments(1, 0).spaces()),
    (&["meta"], Spec::of_kind(Kind::Silent).content()),
    (&["only", "ifconfig"], Spec::of_kind(Kind::Only).arguments(0, 1).spaces().content()),
    (
        &["versionadded", "versionchanged", "versionremoved", "deprecated"],
        Spec::of_kind(Kind::Version).arguments(1, 1).spaces().content(),
    ),
    (&["seealso"], Spec::of_kind(Kind::Arranged).content().options(COMMON)),
    (&["hlist"], Spec::of_kind(Kind::Arranged).content().options(COLUMNS)),
    (
        &["contents", "highlight", "sectnum", "section-numbering", "target-notes", "include"],
        Spec::of_kind(Kind::Silent).arguments(0, 1).spaces().any_options(),
    ),
];

/// Directives of Sphinx that do not show anything where they appear.
const SPHINX_SILENT: &[&str] = &["index", "tabularcolumns", "toctree"];

/// Directives of Sphinx and its extensions whose content is another language, or is shown as it is
/// written.
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

/// An unknown directive may have anything.
const UNKNOWN: Spec = Spec::of_kind(Kind::Unknown).content().any_options();

/// What the directive `name` may have. Case does not matter.
pub(super) fn of(name: &str) -> Spec {
    let name = name.to_lowercase();
    let known = DIRECTIVES
        .iter()
        .find(|(names, _)| names.contains(&name.as_str()));
    match known {
        Some((_, spec)) => *spec,
        None => UNKNOWN,
    }
}

/// Whether the directive is known not to show anything. Such directives belong to Sphinx.
pub(super) fn is_silent(name: &str) -> bool {
    SPHINX_SILENT.contains(&name.to_lowercase().as_str())
}

/// Whether the content of the directive is never markup.
pub(super) fn is_verbatim(name: &str) -> bool {
    VERBATIM.contains(&name.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_directive_is_listed_twice() {
        let others = SPHINX_SILENT.iter().chain(VERBATIM);
        let known = DIRECTIVES.iter().flat_map(|(names, _)| names.iter());
        let mut names: Vec<&str> = known.chain(others).copied().collect();
        names.sort_unstable();
        let twice = names.windows(2).find(|pair| pair[0] == pair[1]);
        assert_eq!(twice, None);
    }

    #[test]
    fn a_directive_is_known_in_any_case_and_may_have_several_names() {
        assert_eq!(of("Code-Block").kind, Kind::Code);
        assert_eq!(of("sourcecode").kind, Kind::Code);
        assert_eq!(of("swagger").kind, Kind::Unknown);
    }
}
