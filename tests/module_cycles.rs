//! Modules depend on each other in one direction. Therefore a reader who understands a module does not need to
//! understand its users. The test compares neighbouring modules: below the root of a crate, and below each module.
//! The paths in their code count (`crate::..`, `super::..`). Tests inside of modules may name anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use permspec_tests::root;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Dependencies that are part of a cycle and are still allowed, each with its reason.
const ALLOWED: &[Allowed] = &[
    Allowed {
        place: "generator",
        from: "project",
        to: "renamed",
        reason: "a project holds its renames, and their type is in the module that reads their file",
    },
    Allowed {
        place: "export/openapi",
        from: "operation",
        to: "document",
        reason: "an operation is made of types of the document, which holds the alternatives of an operation",
    },
    Allowed {
        place: "runtime",
        from: "client",
        to: "cloud",
        reason: "the error of a call may be about the settings of a cloud, and their error is beside their reader",
    },
    Allowed {
        place: "runtime",
        from: "route_spec",
        to: "service_spec",
        reason: "an operation names its service, which holds the operation that stands for calls of no page",
    },
    Allowed {
        place: "cli",
        from: "catalogue",
        to: "command",
        reason: "the catalogue reads a project by a function of the commands",
    },
];

struct Allowed {
    /// The package, and the module that contains both: `generator/extract`.
    place: &'static str,
    from: &'static str,
    to: &'static str,
    reason: &'static str,
}

/// The modules below one module, each with the modules that it names.
type Graph = BTreeMap<String, BTreeSet<String>>;

/// Every file of a crate, with the path of its module: `["lookup", "trie"]`.
fn files(source: &Path) -> Vec<(Vec<String>, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![(Vec::new(), source.to_owned())];
    while let Some((module, folder)) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let mut inner: Vec<String> = module.clone();
            if path.is_dir() {
                inner.push(name);
                folders.push((inner, path));
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                if !matches!(name.as_str(), "mod" | "lib" | "main") {
                    inner.push(name);
                }
                found.push((inner, path));
            }
        }
    }
    found.sort();
    found
}

/// The tokens of a file, without its tests.
fn tokens(text: &str) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut all = text.parse::<TokenStream>().unwrap().into_iter();
    while let Some(token) = all.next() {
        if !is_test_attribute(&token) {
            kept.push(token);
            continue;
        }
        // The sign before the attribute, and the item after it.
        kept.pop();
        for token in all.by_ref() {
            let ends = match &token {
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                TokenTree::Punct(punct) => punct.as_char() == ';',
                _ => false,
            };
            if ends {
                break;
            }
        }
    }
    kept
}

fn is_test_attribute(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.to_string().replace(' ', "") == "[cfg(test)]")
}

/// The paths in the code of `module` that begin with `crate` or `super`, from the root.
fn paths(tokens: &[TokenTree], module: &[String], found: &mut Vec<Vec<String>>) {
    let mut at = 0;
    while at < tokens.len() {
        if let TokenTree::Group(group) = &tokens[at] {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            paths(&inner, module, found);
        }
        let start = match ident(tokens, at).as_deref() {
            Some("crate") => Some(Vec::new()),
            Some("super") => Some(module[..module.len().saturating_sub(1)].to_vec()),
            _ => None,
        };
        at += 1;
        if let Some(start) = start {
            at = path(tokens, at, start, found);
        }
    }
}

/// Reads the rest of a path at `at`, after `before`. Returns the end of the path.
fn path(
    tokens: &[TokenTree],
    at: usize,
    before: Vec<String>,
    found: &mut Vec<Vec<String>>,
) -> usize {
    let is_colon =
        |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(it)) if it.as_char() == ':');
    let (mut at, mut before) = (at, before);
    while is_colon(at) && is_colon(at + 1) {
        match (ident(tokens, at + 2).as_deref(), tokens.get(at + 2)) {
            (Some("super"), _) => {
                before.pop();
            }
            (Some(name), _) => before.push(name.to_owned()),
            (None, Some(TokenTree::Group(group))) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(it) if it.as_char() == ',');
                for branch in inner.split(is_comma) {
                    if let Some(name) = ident(branch, 0) {
                        let branch_path = before.iter().cloned().chain([name]).collect();
                        path(branch, 1, branch_path, found);
                    }
                }
                return at + 3;
            }
            _ => break,
        }
        at += 3;
    }
    found.push(before);
    at
}

fn ident(tokens: &[TokenTree], at: usize) -> Option<String> {
    match tokens.get(at) {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    }
}

/// The modules from which a module re-exports names: `Endpoint` comes from `endpoint`.
fn reexports(text: &str) -> BTreeMap<String, String> {
    fn collect(tree: &syn::UseTree, module: Option<&str>, names: &mut BTreeMap<String, String>) {
        match tree {
            syn::UseTree::Path(path) => {
                let first = path.ident.to_string();
                let is_own = matches!(first.as_str(), "crate" | "self");
                let module = module.or((!is_own).then_some(first.as_str()));
                collect(&path.tree, module, names);
            }
            syn::UseTree::Group(group) => {
                let trees = group.items.iter();
                trees.for_each(|tree| collect(tree, module, names));
            }
            syn::UseTree::Name(name) => {
                let module = module.unwrap_or_default().to_owned();
                names.insert(name.ident.to_string(), module);
            }
            syn::UseTree::Rename(name) => {
                let module = module.unwrap_or_default().to_owned();
                names.insert(name.rename.to_string(), module);
            }
            syn::UseTree::Glob(_) => {}
        }
    }
    let mut names = BTreeMap::new();
    for item in syn::parse_file(text).unwrap().items {
        if let syn::Item::Use(item) = item {
            collect(&item.tree, None, &mut names);
        }
    }
    names
}

/// The modules below each module of a crate, by its folder of sources: `""` for the root, `lookup`.
fn graphs(source: &Path) -> BTreeMap<String, Graph> {
    let mut modules: BTreeMap<Vec<String>, Module> = BTreeMap::new();
    for (path, file) in files(source) {
        let text = fs::read_to_string(file).unwrap();
        let module = modules.entry(path.clone()).or_default();
        module.passed_on.extend(reexports(&text));
        if path.last().is_none_or(|last| last != "tests") {
            paths(&tokens(&text), &path, &mut module.named);
        }
    }
    let mut graphs: BTreeMap<String, Graph> = BTreeMap::new();
    for (parent, module) in &modules {
        let below = |path: &[String]| {
            let rest = path.strip_prefix(&**parent)?;
            rest.first().cloned()
        };
        let mut graph: Graph = modules
            .keys()
            .filter_map(|path| Some((below(path)?, BTreeSet::new())))
            .collect();
        let children: BTreeSet<String> = graph.keys().cloned().collect();
        for (path, user) in &modules {
            let Some(from) = below(path) else { continue };
            let names = user.named.iter().filter_map(|named| below(named));
            let of = names.filter_map(|name| {
                let of = if children.contains(&name) {
                    Some(&name)
                } else {
                    module.passed_on.get(&name)
                };
                of.filter(|of| children.contains(*of) && **of != from)
                    .cloned()
            });
            graph.get_mut(&from).unwrap().extend(of);
        }
        graphs.insert(parent.join("/"), graph);
    }
    graphs
}

/// What a file says about other modules.
#[derive(Default)]
struct Module {
    /// The names that other modules get through it, and the modules that they come from.
    passed_on: BTreeMap<String, String>,
    /// The paths that it names.
    named: Vec<Vec<String>>,
}

/// Every module that can be reached from `from`.
fn reached(graph: &Graph, from: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from.to_owned()];
    while let Some(module) = open.pop() {
        for next in graph.get(&module).into_iter().flatten() {
            if reached.insert(next.clone()) {
                open.push(next.clone());
            }
        }
    }
    reached
}

/// The dependencies that are part of a cycle.
fn cyclic(graph: &Graph) -> Vec<(&str, &str)> {
    let edges = graph
        .iter()
        .flat_map(|(from, to)| to.iter().map(move |to| (from.as_str(), to.as_str())));
    edges
        .filter(|(from, to)| reached(graph, to).contains(*from))
        .collect()
}

#[test]
fn modules_depend_on_each_other_in_one_direction() {
    let mut wrong = Vec::new();
    for package in ["runtime", "generator", "export", "cli"] {
        for (parent, mut graph) in graphs(&root().join(package).join("src")) {
            let place = format!("{package}/{parent}");
            let place = place.trim_end_matches('/');
            for allowed in ALLOWED.iter().filter(|allowed| allowed.place == place) {
                let Allowed {
                    from, to, reason, ..
                } = allowed;
                let is_needed = cyclic(&graph).contains(&(from, to));
                graph.entry((*from).to_owned()).or_default().remove(*to);
                if !is_needed {
                    wrong.push(format!(
                        "{place}: `{from}` to `{to}` is in no cycle, remove it here ({reason})"
                    ));
                }
            }
            for (from, to) in cyclic(&graph) {
                wrong.push(format!(
                    "{place}: `{from}` uses `{to}`, which leads back to `{from}`"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// The cycles of a crate with these files, as `from to`.
fn cycles(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let graphs = graphs(folder.path());
    let cyclic = graphs.values().flat_map(cyclic);
    cyclic.map(|(from, to)| format!("{from} {to}")).collect()
}

#[test]
fn a_cycle_is_found_however_the_path_is_written() {
    for (there, back) in [
        ("use crate::b::B;", "use crate::a::A;"),
        ("use crate::{c::C, b::{self, B}};", "use super::a::A;"),
        (
            "pub struct A(crate::b::B);",
            "fn b() { let _ = vec![super::A]; }",
        ),
        ("use crate::c::C;", "use crate::A;"),
    ] {
        let files = [
            (
                "lib.rs",
                "mod a; mod b; mod c; pub use a::{A, Other as A2}; pub use crate::b::B;",
            ),
            ("a.rs", there),
            ("b/mod.rs", back),
            ("c/mod.rs", ""),
            ("c/deep.rs", "use super::super::b::B; use super::C;"),
        ];
        let found = cycles(&files);
        assert!(
            found.contains(&"b a".to_owned()),
            "{there} {back} {found:?}"
        );
    }
}

#[test]
fn a_cycle_below_a_module_is_found() {
    let files = [
        ("lib.rs", "mod a;"),
        ("a/mod.rs", "mod b; mod c; mod d; pub use c::C; use d::D;"),
        ("a/b.rs", "use super::{C, E};"),
        ("a/c/mod.rs", "mod deep;"),
        ("a/c/deep.rs", "use super::super::D;"),
        ("a/d.rs", "use crate::a::b::B;"),
    ];
    assert_eq!(cycles(&files), ["b c", "c d", "d b"]);
}

#[test]
fn a_path_within_a_module_and_a_path_of_a_test_are_no_cycle() {
    let files = [
        ("main.rs", "mod a; mod b;"),
        ("a/mod.rs", "mod c; use crate::b::B; use crate::a::c::C;"),
        ("a/c.rs", "use super::b::Own; use crate::a::A;"),
        ("a/b.rs", "pub struct Own;"),
        (
            "b.rs",
            "pub struct B; /// crate::a::A\npub struct D; #[cfg(test)] mod tests { use crate::a::A; }",
        ),
        ("b/tests.rs", "use crate::a::A;"),
    ];
    assert_eq!(cycles(&files), Vec::<String>::new());
}
