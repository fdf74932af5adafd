//! The `Route` enum of a service and its static table, with one entry per operation. The enum has no data and
//! few impls, because every operation would pay for them. This module must never make a type per operation.

use proc_macro2::Literal;
use syn::{
    Expr, Fields, ImplItem, Item, ItemConst, ItemEnum, ItemImpl, ItemStatic, ItemUse, Variant,
    parse_quote,
};

use super::permission::PermissionConstants;
use super::{doc, syntax};
use crate::inert;
use crate::model::{Endpoint, Operation, Page, Requirement, Service};

/// The names that the items use.
pub(super) fn imports(service: &Service) -> ItemUse {
    let any = |holds: fn(&Operation) -> bool| service.operations().any(|(_, it)| holds(it));
    let routes = has_calls(service);
    let requirements = any(|it| !it.actions.is_empty() || !it.dependencies.is_empty());
    let scopes = any(|it| it.iam_project.is_some() || it.enterprise_project.is_some());
    let names = [
        ("Endpoint", routes),
        ("Method", true),
        ("Request", routes),
        ("Requirement", requirements),
        ("RouteSpec", true),
        ("Scope", scopes),
        ("ServiceSpec", true),
    ];
    let used = names
        .into_iter()
        .filter(|(_, used)| *used)
        .map(|(name, _)| syntax::ident(name));
    parse_quote!(
        use ::permspec_runtime::{#(#used),*};
    )
}

/// Whether any operation can be called, so that there are stubs.
fn has_calls(service: &Service) -> bool {
    let mut operations = service.operations();
    operations.any(|(_, operation)| !operation.endpoints.is_empty())
}

/// `pub enum Route`, one variant per operation.
pub(super) fn enumeration(service: &Service) -> ItemEnum {
    let about = format!("An operation of {}.", inert::text(service.display_name()));
    let about = syntax::docs(&[about]);
    let mut routes: ItemEnum = parse_quote! {
        #(#about)*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Route {}
    };
    let variant = |(page, operation): (&Page, &Operation)| Variant {
        attrs: syntax::docs(&doc::operation(operation, &page.page)),
        ident: syntax::ident(&operation.id),
        fields: Fields::Unit,
        discriminant: None,
    };
    routes.variants = service.operations().map(variant).collect();
    routes
}

/// `impl Route`: the list of all operations, and the methods of one.
pub(super) fn methods(service: &Service) -> ItemImpl {
    let mut methods: ItemImpl = parse_quote! {
        impl Route {
            /// Every operation, in the order of the pages.
            pub const ALL: &'static [Self] = &[];

            /// What the documentation says about the operation.
            pub const fn spec(self) -> &'static RouteSpec {
                &ROUTES[self as usize]
            }

            /// The operations that `method` on `target` may call, the most specific first;
            /// `target` may have a query, and scheme and host.
            pub fn find(method: Method, target: &str) -> ::permspec_runtime::Found<'_, Self> {
                <Self as ::permspec_runtime::Route>::find(method, target)
            }
        }
    };
    if has_calls(service) {
        methods.items.push(parse_quote! {
            /// A call of the operation with these values of its path's parameters.
            fn request(self, parameters: &[&str]) -> Request {
                Request::new(self.spec(), parameters)
            }
        });
    }
    if let Some(ImplItem::Const(all)) = methods.items.first_mut() {
        let operations = service.operations().map(|(_, operation)| operation);
        all.expr = syntax::slice(operations.map(|operation| syntax::path(["Self", &operation.id])));
    }
    methods
}

/// The traits of `Route`.
pub(super) fn traits(service: &Service) -> Vec<Item> {
    let name = &service.name;
    vec![
        parse_quote! {
            impl ::permspec_runtime::Route for Route {
                const SERVICE: &'static str = #name;
                fn all() -> &'static [Self] {
                    Self::ALL
                }
                fn spec(self) -> &'static RouteSpec {
                    self.spec()
                }
                fn catalogue() -> &'static ::permspec_runtime::Catalogue {
                    &CATALOGUE
                }
            }
        },
        parse_quote! {
            impl ::core::fmt::Debug for Route {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.pad(self.spec().id)
                }
            }
        },
        parse_quote! {
            impl ::core::fmt::Display for Route {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.pad(self.spec().id)
                }
            }
        },
        // An operation may be called `Err`, so `Self::Err` could be either.
        parse_quote! {
            impl ::core::str::FromStr for Route {
                type Err = ::permspec_runtime::UnknownRoute;
                fn from_str(id: &str) -> Result<Self, ::permspec_runtime::UnknownRoute> {
                    <Self as ::permspec_runtime::Route>::from_id(id)
                }
            }
        },
    ]
}

/// `static SERVICE`: where the service is.
pub(super) fn place(service: &Service) -> ItemStatic {
    let access = &service.access;
    let about = format!("Where {} is.", inert::text(service.display_name()));
    let about = syntax::docs(&[about]);
    let new = syntax::path(["ServiceSpec", "new"]);
    let mut spec = syntax::call(new, [syntax::string(&service.name)]);
    if !access.types.is_empty() {
        let types = access.types.iter().map(|it| syntax::string(it));
        spec = syntax::method_call(spec, "with_types", [syntax::slice(types)]);
    }
    if let Some(address) = &access.address {
        spec = syntax::method_call(spec, "with_address", [syntax::string(address)]);
    }
    if access.is_account_level {
        spec = syntax::method_call(spec, "at_account_level", []);
    }
    parse_quote! {
        #(#about)*
        pub static SERVICE: ServiceSpec = #spec;
    }
}

/// `const UNSTATED`, from which the entries of the table take what they leave out.
pub(super) fn unstated(service: &Service) -> ItemConst {
    let name = &service.name;
    parse_quote! {
        /// What an operation below leaves out: the documentation does not state it.
        const UNSTATED: RouteSpec = RouteSpec {
            service_spec: Some(&SERVICE),
            ..RouteSpec::of(#name)
        };
    }
}

/// `static ROUTES`, indexed by the enum.
pub(super) fn table(service: &Service, constants: &PermissionConstants) -> ItemStatic {
    let count = Literal::usize_unsuffixed(service.operations().count());
    let mut table: ItemStatic = parse_quote! {
        pub(crate) static ROUTES: [RouteSpec; #count] = [];
    };
    let entry = |(page, operation)| entry(page, operation, constants);
    *table.expr = syntax::array(service.operations().map(entry));
    table
}

/// A field that is left out and a call of a constructor cost the compiler less than a literal with `None` and
/// `&[]`, which it must infer each time.
fn entry(page: &Page, operation: &Operation, constants: &PermissionConstants) -> Expr {
    let requirement = |requirement: &Requirement| {
        let permission = constants.path(&requirement.action);
        match &requirement.when {
            None => syntax::call(syntax::path(["Requirement", "always"]), [permission]),
            Some(case) => {
                let literal = syntax::string(case);
                syntax::call(syntax::path(["Requirement", "when"]), [permission, literal])
            }
        }
    };
    let requirements = |list: &[Requirement]| {
        (!list.is_empty()).then(|| syntax::slice(list.iter().map(requirement)))
    };
    let endpoints = (!operation.endpoints.is_empty())
        .then(|| syntax::slice(operation.endpoints.iter().map(endpoint)));
    let fields = [
        ("id", Some(syntax::string(&operation.id))),
        ("title", Some(syntax::string(&operation.title))),
        ("endpoints", endpoints),
        ("permissions", requirements(&operation.actions)),
        ("dependencies", requirements(&operation.dependencies)),
        ("scope", scope(operation)),
        ("doc", address(page)),
    ];
    let stated = fields
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    syntax::structure("RouteSpec", stated, Some(syntax::path(["UNSTATED"])))
}

/// What is stated of IAM projects, and of enterprise projects.
pub(crate) type Scopes = (Option<bool>, Option<bool>);

/// The constants of the runtime's `Scope`, with the meaning of each.
pub(crate) const SCOPES: [(&str, Scopes); 3] = [
    ("BOTH", (Some(true), Some(true))),
    ("IAM_PROJECT_ONLY", (Some(true), Some(false))),
    ("IAM_PROJECT", (Some(true), None)),
];

/// `Scope::BOTH`, or a literal if there is no constant. `None` if nothing is stated.
fn scope(operation: &Operation) -> Option<Expr> {
    let stated = (operation.iam_project, operation.enterprise_project);
    if stated == (None, None) {
        return None;
    }
    if let Some((constant, _)) = SCOPES.iter().find(|(_, scope)| *scope == stated) {
        return Some(syntax::path(["Scope", constant]));
    }
    let flag = |value: Option<bool>| syntax::option(value.map(syntax::boolean));
    let fields = [
        ("iam_project", flag(stated.0)),
        ("enterprise_project", flag(stated.1)),
    ];
    Some(syntax::structure("Scope", fields, None))
}

/// `Some("https://...")`. `None` if the page has no address.
fn address(page: &Page) -> Option<Expr> {
    let address = page.page.doc_url.as_deref()?;
    Some(syntax::option(Some(syntax::string(address))))
}

/// `Endpoint::new(Method::Get, "/v2/images")`, followed by what else is stated.
fn endpoint(route: &Endpoint) -> Expr {
    let path = syntax::string(&route.path);
    let mut endpoint = match route.method.as_deref() {
        Some(name) => syntax::call(syntax::path(["Endpoint", "new"]), [method(name), path]),
        None => syntax::call(syntax::path(["Endpoint", "any_method"]), [path]),
    };
    if !route.query.is_empty() {
        let names = route.query.iter().map(|name| syntax::string(name));
        endpoint = syntax::method_call(endpoint, "with_query", [syntax::slice(names)]);
    }
    if let Some(key) = &route.body_action {
        endpoint = syntax::method_call(endpoint, "with_body_action", [syntax::string(key)]);
    }
    endpoint
}

/// `POST` -> `Method::Post`, the runtime's variant.
fn method(method: &str) -> Expr {
    let (first, rest) = method.split_at(1);
    syntax::path(["Method", &format!("{first}{}", rest.to_ascii_lowercase())])
}
