//! Reads what generated code says about its operations from its route table. The data is the same as in the
//! model, so the same rules compare it. This module must never follow what code does.

use std::collections::BTreeMap;
use std::path::Path;

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};
use syn::{Expr, ExprLit, ExprStruct, Item, ItemConst, Lit, Member};

use super::side::PageModel;
use crate::emit::{SCOPES, Scopes};
use crate::ident::{ConstantKind, plain_constant};
use crate::model::{Endpoint, Extra, Operation, Origin, Page, Requirement};
use crate::project::shown;

/// The operations of a generated module, as one page. `None` if it has no readable route table.
pub(super) fn page(file: &Path, code: &str) -> Option<PageModel> {
    let parsed = syn::parse_file(code).ok()?;
    let constants = constants(&parsed.items);
    let table = parsed.items.iter().find_map(|item| match item {
        Item::Static(table) if table.ident == "ROUTES" => Some(&*table.expr),
        _ => None,
    })?;
    let entries = list(table)?
        .into_iter()
        .map(fields)
        .collect::<Option<Vec<_>>>()?;
    let service = service(&parsed.items)?;
    let operations = entries
        .iter()
        .map(|entry| operation(entry, &constants))
        .collect::<Option<Vec<_>>>()?;
    let origin = Origin {
        title: service.clone(),
        path: shown(file),
        original_name: None,
        doc_url: None,
        sha256: String::new(),
        extra: Extra::new(),
    };
    let mut page = Page::new(service, origin, operations);
    page.constants = named(&parsed.items, &page.service);
    Some(PageModel {
        lines: vec![1; page.operations.len()],
        page,
        layout: None,
        pinned: true,
        placed: true,
        file: shown(file),
    })
}

/// Whether two texts are the same program and say the same about the calls. They may only differ in comments,
/// titles, links to the documentation, and the digest of the model.
pub(super) fn is_cosmetic(present: &str, expected: &str) -> bool {
    let plain = |code: &str| {
        code.parse::<TokenStream>()
            .ok()
            .map(|code| plain(code).to_string())
    };
    matches!((plain(present), plain(expected)), (Some(a), Some(b)) if a == b)
}

/// Code without what only people read.
fn plain(code: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    // The field that the next value belongs to.
    let mut field = String::new();
    for token in code {
        match token {
            TokenTree::Group(group) if is_doc(&group) => {
                // The `#`, or `#!`, of a comment.
                while matches!(kept.last(), Some(TokenTree::Punct(mark)) if "#!".contains(mark.as_char()))
                {
                    kept.pop();
                }
            }
            TokenTree::Punct(comma) if comma.as_char() == ',' => {
                // A row without a link has no such field, so its comma goes too.
                if field != "doc" {
                    kept.push(comma.into());
                }
                field.clear();
            }
            // `Some("https://..")`.
            _ if field == "doc" => {}
            TokenTree::Group(group) => {
                kept.push(Group::new(group.delimiter(), plain(group.stream())).into());
            }
            TokenTree::Literal(text) if field == "title" || is_digest(&text) => {
                kept.push(Literal::string("").into());
            }
            TokenTree::Punct(colon) if colon.as_char() == ':' => {
                if let Some(TokenTree::Ident(name)) = kept.last() {
                    field = name.to_string();
                }
                if field == "doc" {
                    kept.pop();
                } else {
                    kept.push(colon.into());
                }
            }
            token => kept.push(token),
        }
    }
    kept.into_iter().collect()
}

fn is_doc(group: &Group) -> bool {
    let first = group.stream().into_iter().next();
    group.delimiter() == Delimiter::Bracket
        && matches!(first, Some(TokenTree::Ident(name)) if name == "doc")
}

/// `"ims (model faf6a80190c7)"`.
fn is_digest(text: &Literal) -> bool {
    let written = text.to_string();
    written.split_once(" (model ").is_some_and(|(_, digest)| {
        let digest = digest.trim_end_matches(['"', ')']);
        !digest.is_empty() && digest.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// The service of `const UNSTATED: RouteSpec = RouteSpec { service_spec: Some(&SERVICE), ..RouteSpec::of("ims") }`.
fn service(items: &[Item]) -> Option<String> {
    items.iter().find_map(|item| match item {
        Item::Const(unstated) if unstated.ident == "UNSTATED" => {
            let of = match &*unstated.expr {
                Expr::Struct(literal) => literal.rest.as_deref()?,
                // Earlier versions wrote only the call.
                call => call,
            };
            text(arguments(of)?.first()?)
        }
        _ => None,
    })
}

/// The actions that the names of `mod permission` stand for.
fn constants(items: &[Item]) -> BTreeMap<String, String> {
    let constants = constants_of(items, "permission");
    let action = |constant: &ItemConst| text(arguments(&constant.expr)?.first()?);
    let named = constants.filter_map(|it| Some((it.ident.to_string(), action(it)?)));
    named.collect()
}

fn constants_of<'i>(items: &'i [Item], module: &str) -> impl Iterator<Item = &'i ItemConst> {
    let modules = items.iter().filter_map(move |item| match item {
        Item::Mod(own) if own.ident == module => own.content.as_ref(),
        _ => None,
    });
    modules
        .flat_map(|(_, items)| items)
        .filter_map(|item| match item {
            Item::Const(constant) => Some(constant),
            _ => None,
        })
}

/// The constants that do not have their plain names, as in a page of the model.
fn named(items: &[Item], service: &str) -> BTreeMap<String, String> {
    let queries = constants_of(items, "query")
        .filter_map(|it| Some((it.ident.to_string(), text(&it.expr)?)))
        .map(|named| (ConstantKind::Query, named));
    let actions = constants(items).into_iter();
    let all = actions
        .map(|named| (ConstantKind::Action, named))
        .chain(queries);
    let other = all.filter(|(kind, (name, text))| *name != plain_constant(*kind, service, text));
    other
        .map(|(kind, (name, text))| (kind.key(&text), name))
        .collect()
}

/// An entry leaves out what the documentation does not state.
fn operation(
    entry: &BTreeMap<String, &Expr>,
    constants: &BTreeMap<String, String>,
) -> Option<Operation> {
    let elements = |name: &str| {
        entry
            .get(name)
            .map_or(Some(Vec::new()), |value| list(value))
    };
    let requirements = |name: &str| -> Option<Vec<Requirement>> {
        let needed = elements(name)?.into_iter();
        needed
            .map(|needed| requirement(needed, constants))
            .collect()
    };
    let routes = elements("endpoints")?.into_iter();
    let (iam_project, enterprise_project) = entry
        .get("scope")
        .map_or(Some((None, None)), |value| scope(value))?;
    Some(Operation {
        id: text(entry.get("id")?)?,
        title: text(entry.get("title")?)?,
        section: None,
        line: 1,
        endpoints: routes.map(route).collect::<Option<_>>()?,
        actions: requirements("permissions")?,
        dependencies: requirements("dependencies")?,
        iam_project,
        enterprise_project,
        extra: Extra::new(),
    })
}

/// `Endpoint::new(Method::Get, "/v2/images").with_query(&["limit"])`.
fn route(endpoint: &Expr) -> Option<Endpoint> {
    if let Expr::MethodCall(more) = endpoint {
        let mut route = route(&more.receiver)?;
        let value = more.args.first()?;
        match more.method.to_string().as_str() {
            "with_query" => {
                route.query = list(value)?.into_iter().map(text).collect::<Option<_>>()?;
            }
            "with_body_action" => route.body_action = Some(text(value)?),
            _ => return None,
        }
        return Some(route);
    }
    let stated = arguments(endpoint)?;
    let (method, path) = match *stated {
        [path] => (None, path),
        [method, path] => (Some(last_name(method)?.to_ascii_uppercase()), path),
        _ => return None,
    };
    Some(Endpoint {
        method,
        path: text(path)?,
        query: Vec::new(),
        body_action: None,
        extra: Extra::new(),
    })
}

/// `Requirement::always(permission::IMAGES_SHARE)`, or `when` with the case.
fn requirement(needed: &Expr, constants: &BTreeMap<String, String>) -> Option<Requirement> {
    let stated = arguments(needed)?;
    let (permission, case) = stated.split_first()?;
    Some(Requirement {
        action: constants.get(&last_name(permission)?)?.clone(),
        when: case.first().and_then(|case| text(case)),
    })
}

/// `Scope::BOTH`, or a literal.
fn scope(value: &Expr) -> Option<Scopes> {
    if let Some(fields) = fields(value) {
        let flag = |name: &str| fields.get(name).and_then(|value| flag(value));
        return Some((flag("iam_project"), flag("enterprise_project")));
    }
    let constant = last_name(value)?;
    let known = SCOPES.iter().find(|(name, _)| *name == constant);
    known.map(|(_, scope)| *scope)
}

fn fields(value: &Expr) -> Option<BTreeMap<String, &Expr>> {
    let Expr::Struct(ExprStruct { fields, .. }) = value else {
        return None;
    };
    let named = fields.iter().filter_map(|field| match &field.member {
        Member::Named(name) => Some((name.to_string(), &field.expr)),
        Member::Unnamed(_) => None,
    });
    Some(named.collect())
}

/// The elements of `[..]` or `&[..]`.
fn list(value: &Expr) -> Option<Vec<&Expr>> {
    match value {
        Expr::Array(array) => Some(array.elems.iter().collect()),
        Expr::Reference(reference) => list(&reference.expr),
        _ => None,
    }
}

/// The arguments of a call.
fn arguments(value: &Expr) -> Option<Vec<&Expr>> {
    match value {
        Expr::Call(call) => Some(call.args.iter().collect()),
        _ => None,
    }
}

fn text(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Some(text.value()),
        _ => None,
    }
}

/// The value in `Some(..)`.
fn flag(value: &Expr) -> Option<bool> {
    match arguments(value)?.first() {
        Some(Expr::Lit(ExprLit {
            lit: Lit::Bool(flag),
            ..
        })) => Some(flag.value),
        _ => None,
    }
}

/// The last name of a path: `IMAGES_SHARE` of `permission::IMAGES_SHARE`.
fn last_name(value: &Expr) -> Option<String> {
    match value {
        Expr::Path(path) => path.path.segments.last().map(|name| name.ident.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Source;
    use crate::pipeline::{self, Made};

    fn made(title: &str, action: &str) -> Made {
        let text = format!(
            "\
Images
======

===========================  ===================================  ====================
Permission                   API                                  Action
===========================  ===================================  ====================
{title:27}  POST /v1/{{id}}/members?limit={{limit}}  {action}
===========================  ===================================  ====================
"
        );
        let source = Source {
            service: "ims".to_owned(),
            path: "ims/images.rst".to_owned(),
            file: "images.rst".to_owned(),
            text,
        };
        pipeline::in_memory(vec![source]).unwrap().value
    }

    fn code(made: &Made) -> String {
        made.files.iter().next().unwrap().1.to_owned()
    }

    #[test]
    fn generated_code_says_what_the_model_says() {
        let made = made("Adding members", "ims:images:share");
        let found = page(Path::new("ims.rs"), &code(&made)).unwrap();
        let model = &made.models[0].page.operations[0];
        let read = &found.page.operations[0];
        assert_eq!((&read.id, &read.endpoints), (&model.id, &model.endpoints));
        assert_eq!((&read.actions, &read.title), (&model.actions, &model.title));
        assert_eq!(found.page.service, "ims");
    }

    #[cfg(feature = "config")]
    #[test]
    fn the_whole_catalogue_is_read_back_as_it_was_written() {
        let project = crate::Project::read(Path::new("../spec/permspec.toml")).unwrap();
        let pipeline::Whole { models, interfaces } = pipeline::whole(&project).unwrap().value;
        let files = pipeline::generate(&project, &models, &interfaces);
        let mut operations = 0;
        for (path, code) in files.iter() {
            let Some(found) = page(path, code) else {
                continue;
            };
            let of_service = models
                .iter()
                .filter(|model| model.page.service == found.page.service);
            let written: BTreeMap<&str, &Operation> = of_service
                .flat_map(|model| &model.page.operations)
                .map(|operation| (operation.id.as_str(), operation))
                .collect();
            for read in &found.page.operations {
                let plain = Operation {
                    section: None,
                    line: 1,
                    extra: Extra::new(),
                    ..written[read.id.as_str()].clone()
                };
                assert_eq!(*read, plain);
                operations += 1;
            }
        }
        assert_eq!(operations, 3982);
    }

    #[test]
    fn another_title_is_cosmetic_and_another_action_is_not() {
        let now = code(&made("Adding members", "ims:images:share"));
        let retitled = code(&made("Adding  members.", "ims:images:share"));
        let renamed = code(&made("Adding members", "ims:images:update"));
        assert_ne!(now, retitled);
        assert!(is_cosmetic(&now, &retitled));
        assert!(!is_cosmetic(&now, &renamed));
        let linked = now.replace(
            "..UNSTATED",
            "doc: Some(\"https://example.com/ims\"), ..UNSTATED",
        );
        assert_ne!(now, linked);
        assert!(is_cosmetic(&now, &linked) && is_cosmetic(&linked, &now));
        assert!(!is_cosmetic(
            &now,
            &now.replace("Request::new", "Request::old")
        ));
    }
}
