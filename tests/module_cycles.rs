//! Modules of a crate depend on each other in one direction: a reader who has understood one need not
//! understand its users. Counted are the modules directly below a crate's root, and what their code names
//! by a path from the root (`crate::..`, `super::..`). Tests inside the modules may name anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use permspec_tests::root;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Dependencies that are part of a cycle and are still allowed, each with its reason.
const ALLOWED: &[Allowed] = &[
    Allowed {
        package: "generator",
        from: "project",
        to: "renamed",
        reason: "a project holds its renames, and their type is in the module that reads their file",
    },
    Allowed {
        package: "generator",
        from: "pipeline",
        to: "drift",
        reason: "the pipeline compares versions, and the check of a project runs the pipeline",
    },
    Allowed {
        package: "cli",
        from: "catalogue",
        to: "command",
        reason: "the catalogue reads a project by a function of the commands",
    },
];

struct Allowed {
    package: &'static str,
    from: &'static str,
    to: &'static str,
    reason: &'static str,
}

/// Which module names which others, of one crate.
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

/// The tokens of a file without what only its tests have.
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

/// Calls `seen` with each name that is directly below the root in a path of these tokens. `depth` is
/// how many `super` lead to the root.
fn names_below_root(tokens: &[TokenTree], depth: usize, seen: &mut dyn FnMut(String)) {
    let ident = |at: usize| match tokens.get(at) {
        Some(TokenTree::Ident(ident)) => ident.to_string(),
        _ => String::new(),
    };
    let colons = |at: usize| {
        let is_colon =
            |at| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
        is_colon(at) && is_colon(at + 1)
    };
    let mut at = 0;
    while at < tokens.len() {
        if let TokenTree::Group(group) = &tokens[at] {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            names_below_root(&inner, depth, seen);
        }
        let mut supers = 0;
        while ident(at + 3 * supers) == "super" && colons(at + 3 * supers + 1) {
            supers += 1;
        }
        let below = if ident(at) == "crate" && colons(at + 1) {
            at + 3
        } else if supers > 0 && supers == depth {
            at + 3 * supers
        } else {
            // A shorter path must not be counted from its second `super`.
            at += 1 + 3 * supers.saturating_sub(1);
            continue;
        };
        match tokens.get(below) {
            Some(TokenTree::Ident(name)) => seen(name.to_string()),
            Some(TokenTree::Group(group)) => first_names(group.stream(), seen),
            _ => {}
        }
        at = below;
    }
}

/// The first name of each path in the braces of a `use`.
fn first_names(braces: TokenStream, seen: &mut dyn FnMut(String)) {
    let mut begins = true;
    for token in braces {
        match &token {
            TokenTree::Ident(name) if begins => seen(name.to_string()),
            _ => {}
        }
        begins = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',');
    }
}

/// Where the root gets its names from: `Endpoint` is of `endpoint`.
fn reexports(root: &str) -> BTreeMap<String, String> {
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
    for item in syn::parse_file(root).unwrap().items {
        if let syn::Item::Use(item) = item {
            collect(&item.tree, None, &mut names);
        }
    }
    names
}

/// The modules of a crate, by its folder of sources.
fn graph(source: &Path) -> Graph {
    let files = files(source);
    let roots = files.iter().filter(|(module, _)| module.is_empty());
    let names: BTreeMap<String, String> = roots
        .flat_map(|(_, path)| reexports(&fs::read_to_string(path).unwrap()))
        .collect();
    let below: Vec<_> = files
        .iter()
        .filter(|(module, _)| module.last().is_some_and(|last| last != "tests"))
        .collect();
    let mut graph: Graph = below
        .iter()
        .map(|(module, _)| (module[0].clone(), BTreeSet::new()))
        .collect();
    let modules: BTreeSet<String> = graph.keys().cloned().collect();
    for (module, path) in below {
        let tokens = tokens(&fs::read_to_string(path).unwrap());
        let named = graph.get_mut(&module[0]).unwrap();
        names_below_root(&tokens, module.len(), &mut |name| {
            let of = if modules.contains(&name) {
                Some(&name)
            } else {
                names.get(&name)
            };
            if let Some(of) = of.filter(|of| modules.contains(*of) && **of != module[0]) {
                named.insert(of.clone());
            }
        });
    }
    graph
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
fn modules_of_a_crate_depend_on_each_other_in_one_direction() {
    let mut wrong = String::new();
    for package in ["runtime", "generator", "export", "cli"] {
        let mut graph = graph(&root().join(package).join("src"));
        for allowed in ALLOWED.iter().filter(|allowed| allowed.package == package) {
            let Allowed {
                from, to, reason, ..
            } = allowed;
            let is_needed = cyclic(&graph).contains(&(from, to));
            graph.entry((*from).to_owned()).or_default().remove(*to);
            if !is_needed {
                wrong += &format!(
                    "{package}: `{from}` to `{to}` is in no cycle, remove it here ({reason})\n"
                );
            }
        }
        for (from, to) in cyclic(&graph) {
            wrong += &format!("{package}: `{from}` uses `{to}`, which leads back to `{from}`\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The cycles of a crate with these files, as `from to`.
fn cycles(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let graph = graph(folder.path());
    let cyclic = cyclic(&graph);
    cyclic
        .iter()
        .map(|(from, to)| format!("{from} {to}"))
        .collect()
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
