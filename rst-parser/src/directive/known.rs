//! Which directives are known, and what each may be given ("reStructuredText Directives" in the
//! docutils documentation). A directive that is not here is never an error of the text around it.

use super::options::Value;
use super::spec::{Kind, Spec};

const COMMON: &[(&str, Value)] = &[("class", Value::Names), ("name", Value::Any)];

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

const SIDEBAR: &[(&str, Value)] = &[
    ("class", Value::Names),
    ("name", Value::Any),
    ("subtitle", Value::Some),
];

const NAME: &[(&str, Value)] = &[("name", Value::Any)];

const CODE: &[(&str, Value)] = &[
    ("class", Value::Names),
    ("name", Value::Any),
    ("number-lines", Value::Any),
];

const RAW: &[(&str, Value)] = &[
    ("class", Value::Names),
    ("encoding", Value::Any),
    ("file", Value::Any),
    ("url", Value::Any),
];

const COLUMNS: &[(&str, Value)] = &[("columns", Value::Any)];

/// Each directive by its names, and what it may be given.
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

/// Directives of Sphinx that show nothing where they appear.
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

/// A directive that is not known may be given anything.
const UNKNOWN: Spec = Spec::of_kind(Kind::Unknown).content().any_options();

/// What the directive `name` may be given. Case makes no difference.
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

/// True for directives of Sphinx that are known to show nothing.
pub(super) fn is_silent(name: &str) -> bool {
    SPHINX_SILENT.contains(&name.to_lowercase().as_str())
}

/// True for directives whose content is never markup.
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
