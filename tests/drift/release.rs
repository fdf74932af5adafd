//! Compares the release of a change with the crate: the tests generate both versions of each fixture and compare their
//! public items.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use permspec::drift::{self, Change, PageModel, RULES, Semver};
use permspec::load::{ModelFile, Source, Version, version};
use permspec::model::{PathShape, Service};
use permspec::recognise::may_be_permission_page;
use permspec::{Project, Report, pipeline};
use permspec_tests::root;
use syn::visit::Visit as _;

/// The public items of generated code, as a caller sees them.
#[derive(Debug, Default)]
struct Items {
    module: String,
    found: BTreeSet<String>,
}

impl<'ast> syn::visit::Visit<'ast> for Items {
    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        for variant in &item.variants {
            self.add(format!("{}::{}", item.ident, variant.ident));
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let outer = self.module.clone();
        self.module = format!("{outer}::{}", item.ident);
        syn::visit::visit_item_mod(self, item);
        self.module = outer;
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        if matches!(item.vis, syn::Visibility::Public(_)) {
            // IAM ignores the case of letters, and so does `Permission`.
            let value = literal(&item.expr).to_ascii_lowercase();
            self.add(format!("{} = {value}", item.ident));
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        // The names of arguments do not matter to a caller.
        self.add(format!("{}/{}", item.sig.ident, item.sig.inputs.len()));
    }

    /// The endpoints of an operation. A caller chooses one of them.
    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        let syn::Expr::Array(rows) = &*item.expr else {
            return;
        };
        for row in &rows.elems {
            let syn::Expr::Struct(row) = row else {
                continue;
            };
            let field = |name: &str| {
                let field = row.fields.iter().find(|field| match &field.member {
                    syn::Member::Named(member) => member == name,
                    syn::Member::Unnamed(_) => false,
                });
                field.map(|field| &field.expr)
            };
            let id = field("id").map(literal).unwrap_or_default();
            let mut calls = Calls::default();
            if let Some(endpoints) = field("endpoints") {
                calls.visit_expr(endpoints);
            }
            for call in calls.0 {
                self.add(format!("{id} calls {call}"));
            }
        }
    }
}

impl Items {
    fn add(&mut self, item: impl std::fmt::Display) {
        let module = &self.module;
        self.found.insert(format!("{module}::{item}"));
    }
}

/// `Post /v1/{}/ovens` of `Endpoint::new(Method::Post, "/v1/{project_id}/ovens")`, and the key of the
/// body that selects the operation.
#[derive(Default)]
struct Calls(Vec<String>);

impl<'ast> syn::visit::Visit<'ast> for Calls {
    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        let [method @ .., path] = &call.args.iter().map(literal).collect::<Vec<_>>()[..] else {
            panic!("a call without a path");
        };
        let method = method.first().map_or("any", String::as_str);
        self.0.push(PathShape::new(method, path).to_string());
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        syn::visit::visit_expr(self, &call.receiver);
        if call.method == "with_body_action" {
            let key = literal(&call.args[0]);
            self.0.push(format!("{} {key}", self.0.last().unwrap()));
        }
    }
}

/// The text of a literal, of the last argument of a call, or of the last name of a path.
fn literal(expression: &syn::Expr) -> String {
    match expression {
        syn::Expr::Lit(literal) => match &literal.lit {
            syn::Lit::Str(text) => text.value(),
            _ => panic!("a literal that is no text"),
        },
        syn::Expr::Call(call) => call.args.last().map(literal).unwrap_or_default(),
        syn::Expr::Path(path) => path.path.segments.last().unwrap().ident.to_string(),
        _ => panic!("no literal"),
    }
}

/// The public items of the crate of some models.
fn items(models: &[ModelFile]) -> BTreeSet<String> {
    let services: BTreeSet<&String> = models.iter().map(|model| &model.page.service).collect();
    let mut found = BTreeSet::new();
    for name in services {
        let pages = models.iter().map(|model| &model.page);
        let service = Service {
            name: name.clone(),
            title: None,
            access: permspec::model::Access::default(),
            pages: pages
                .filter(|page| page.service == *name)
                .cloned()
                .collect(),
        };
        let code = pipeline::module(&service);
        let mut items = Items {
            module: service.name.clone(),
            ..Items::default()
        };
        items.visit_file(&syn::parse_file(&code).unwrap());
        found.extend(items.found);
    }
    found
}

/// The release between two crates.
fn between(old: &BTreeSet<String>, new: &BTreeSet<String>) -> Semver {
    if !old.is_subset(new) {
        Semver::Major
    } else if !new.is_subset(old) {
        Semver::Minor
    } else {
        Semver::Patch
    }
}

/// A version as models. Pages of documentation keep the names that `pinned` has.
fn models(version: Version, pinned: &[ModelFile]) -> (Vec<ModelFile>, Vec<PageModel>) {
    let made = version.models.clone();
    let mut report = Report::default();
    let pages = drift::read_version(&Project::new(""), version, pinned, &[], &mut report);
    assert!(!report.has_errors(), "{report}");
    let model = |page: &PageModel| ModelFile {
        path: page.page.page.path.clone().into(),
        text: page.page.to_json(),
        page: page.page.clone(),
    };
    let models = if made.is_empty() {
        pages.iter().map(model).collect()
    } else {
        made
    };
    (models, pages)
}

fn read(fixture: &Path, name: &str) -> Version {
    let forms = ["", ".rst", ".json"].map(|ending| fixture.join(format!("{name}{ending}")));
    let file = forms.iter().find(|path| path.exists()).unwrap();
    let mut report = Report::default();
    let project = Project::new("");
    let is_wanted = |text: &str| may_be_permission_page(text, &project.headers);
    let read = version(&project, file.to_str().unwrap(), is_wanted, &mut report);
    assert!(!report.has_errors(), "{report}");
    read
}

/// The changes between two versions, and the release between their crates.
fn compared(old: Version, new: Version) -> (Vec<Change>, Semver, BTreeSet<String>) {
    let (old_models, old) = models(old, &[]);
    let (new_models, new) = models(new, &old_models);
    let (before, after) = (items(&old_models), items(&new_models));
    let differing = before.symmetric_difference(&after).cloned().collect();
    (drift::diff(&old, &new), between(&before, &after), differing)
}

fn asked(changes: &[Change]) -> Semver {
    changes
        .iter()
        .map(|change| change.release)
        .max()
        .unwrap_or(Semver::Patch)
}

#[test]
fn each_fixture_asks_in_both_directions_for_the_release_that_the_items_of_its_crates_ask_for() {
    let folder = root().join("tests/fixtures/drift");
    let fixtures = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut seen = 0;
    for fixture in fixtures.filter(|path| path.is_dir()) {
        seen += 1;
        for (from, to) in [("before", "after"), ("after", "before")] {
            let (changes, release, differing) = compared(read(&fixture, from), read(&fixture, to));
            let name = fixture.display();
            assert_eq!(
                asked(&changes),
                release,
                "{name} {from} -> {to}: {differing:#?}\n{changes:#?}"
            );
            for change in &changes {
                let most = change.rule.entry().semver;
                assert!(change.release <= most, "{name} {from} -> {to}: {change}");
            }
        }
    }
    assert_eq!(seen, RULES.len());
}

/// A version of one page. A row has a title, calls and actions, with a comma between two.
fn page(rows: &[(&str, &str, &str)]) -> Version {
    let cell = |texts: &str| texts.replace(", ", "\n\n       ");
    let rows = rows.iter().map(|(title, calls, actions)| {
        format!(
            "   * - {title}
     - {}
     - {}
",
            cell(calls),
            cell(actions)
        )
    });
    let text = format!(
        "\
Ovens
=====

.. list-table::
   :header-rows: 1

   * - Permission
     - API
     - Action
{}",
        rows.collect::<String>()
    );
    Version {
        pages: vec![Source {
            service: "bake".to_owned(),
            path: "bake/ovens.rst".to_owned(),
            file: "bake/ovens.rst".to_owned(),
            text,
        }],
        ..Version::default()
    }
}

#[test]
fn a_release_is_that_of_the_items_which_no_other_operation_keeps() {
    type Rows<'a> = &'a [(&'a str, &'a str, &'a str)];
    let list = ("Listing ovens", "GET /v1/ovens", "bake:ovens:list");
    let limited = (
        "Listing ovens",
        "GET /v1/ovens?limit={limit}",
        "bake:ovens:list",
    );
    let pans = (
        "Listing pans",
        "GET /v1/pans?limit={limit}",
        "bake:pans:list",
    );
    let bake = (
        "Baking a loaf",
        "POST /v1/loaves",
        "bake:ovens:list, bake:loaves:create",
    );
    let cases: [(&str, Rows<'_>, Rows<'_>, Semver); 12] = [
        ("a new query parameter", &[list], &[limited], Semver::Minor),
        (
            "a query parameter is gone",
            &[limited],
            &[list],
            Semver::Major,
        ),
        (
            "another operation has it",
            &[limited, pans],
            &[list, pans],
            Semver::Patch,
        ),
        (
            "another operation had it",
            &[list, pans],
            &[limited, pans],
            Semver::Patch,
        ),
        (
            "an action that another operation needs is gone",
            &[list, bake],
            &[list, (bake.0, bake.1, "bake:loaves:create")],
            Semver::Patch,
        ),
        (
            "an action that another operation needs is new",
            &[list, (bake.0, bake.1, "bake:loaves:create")],
            &[list, bake],
            Semver::Patch,
        ),
        (
            "the new spelling of an action gives its constant another name",
            &[("Listing ovens", "GET /v1/ovens", "bake:ovens:listAll")],
            &[("Listing ovens", "GET /v1/ovens", "bake:ovens:listall")],
            Semver::Major,
        ),
        (
            "the new spelling of an action gives its constant the same name",
            &[("Listing ovens", "GET /v1/ovens", "bake:ovens:List")],
            &[list],
            Semver::Patch,
        ),
        (
            "a call with other parameters is put first",
            &[list],
            &[(list.0, "GET /v1/{project_id}/ovens, GET /v1/ovens", list.2)],
            Semver::Major,
        ),
        (
            "a call is added at the end",
            &[list],
            &[(list.0, "GET /v1/ovens, GET /v1/{project_id}/ovens", list.2)],
            Semver::Minor,
        ),
        (
            "a call becomes an operation of its own",
            &[(list.0, "GET /v1/ovens, GET /v2/ovens", list.2)],
            &[list, ("Listing ovens (v2)", "GET /v2/ovens", list.2)],
            Semver::Major,
        ),
        (
            "two operations become one",
            &[list, ("Listing ovens (v2)", "GET /v2/ovens", list.2)],
            &[(list.0, "GET /v1/ovens, GET /v2/ovens", list.2)],
            Semver::Major,
        ),
    ];
    for (case, old, new, expected) in cases {
        let (changes, release, differing) = compared(page(old), page(new));
        assert_eq!(release, expected, "{case}: {differing:#?}");
        assert_eq!(asked(&changes), expected, "{case}: {changes:#?}");
    }
}
