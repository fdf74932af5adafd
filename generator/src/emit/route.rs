//! The `Route` enum of a service and the static table behind it, one entry an operation.
//! The enum has no data and few impls, because every operation would pay for them; this module must
//! never make a type per operation.

use proc_macro2::Literal;
use syn::{
    Expr, Fields, ImplItem, Item, ItemEnum, ItemImpl, ItemStatic, ItemUse, Variant, parse_quote,
};

use super::permission::Constants;
use super::{doc, syntax};
use crate::inert;
use crate::model::{Operation, Page, Requirement, Route, Service};

/// The names that the items use. A service without calls uses fewer of them.
pub(super) fn imports(service: &Service) -> ItemUse {
    if service
        .operations()
        .any(|(_, operation)| !operation.routes.is_empty())
    {
        parse_quote!(
            use ::permspec_runtime::{Endpoint, Method, Request, Requirement, RouteSpec, Scope};
        )
    } else {
        parse_quote!(
            use ::permspec_runtime::{Method, Requirement, RouteSpec, Scope};
        )
    }
}

/// `pub enum Route`, one variant an operation.
pub(super) fn enumeration(service: &Service) -> ItemEnum {
    let about = format!("An operation of {}.", inert::text(service.display_name()));
    let about = doc::attributes(&[about]);
    let mut routes: ItemEnum = parse_quote! {
        #(#about)*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Route {}
    };
    let variant = |(page, operation): (&Page, &Operation)| Variant {
        attrs: doc::attributes(&doc::operation(operation, &page.page)),
        ident: syntax::ident(&operation.id),
        fields: Fields::Unit,
        discriminant: None,
    };
    routes.variants = service.operations().map(variant).collect();
    routes
}

/// `impl Route`: the list of all operations, and what can be asked of one.
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
        parse_quote! {
            impl ::core::str::FromStr for Route {
                type Err = ::permspec_runtime::UnknownRoute;
                fn from_str(id: &str) -> ::core::result::Result<Self, Self::Err> {
                    <Self as ::permspec_runtime::Route>::from_id(id)
                }
            }
        },
    ]
}

/// `static ROUTES`, indexed by the enum.
pub(super) fn table(service: &Service, constants: &Constants) -> ItemStatic {
    let count = service.operations().count();
    let count = Literal::usize_unsuffixed(count);
    let mut table: ItemStatic = parse_quote! {
        pub(crate) static ROUTES: [RouteSpec; #count] = [];
    };
    let entry = |(page, operation)| entry(service, page, operation, constants);
    *table.expr = syntax::array(service.operations().map(entry));
    table
}

fn entry(service: &Service, page: &Page, operation: &Operation, constants: &Constants) -> Expr {
    let text = |value: Option<&str>| syntax::option(value.map(syntax::string));
    let flag = |value: Option<bool>| syntax::option(value.map(syntax::boolean));
    let requirement = |requirement: &Requirement| {
        let permission = constants.path(&requirement.action);
        let when = text(requirement.when.as_deref());
        syntax::structure("Requirement", [("permission", permission), ("when", when)])
    };
    let scope = [
        ("iam_project", flag(operation.iam_project)),
        ("enterprise_project", flag(operation.enterprise_project)),
    ];
    let fields = [
        ("service", syntax::string(&service.name)),
        ("id", syntax::string(&operation.id)),
        ("title", syntax::string(&operation.title)),
        (
            "endpoints",
            syntax::slice(operation.routes.iter().map(endpoint)),
        ),
        (
            "permissions",
            syntax::slice(operation.actions.iter().map(requirement)),
        ),
        (
            "dependencies",
            syntax::slice(operation.dependencies.iter().map(requirement)),
        ),
        ("scope", syntax::structure("Scope", scope)),
        ("doc", text(page.page.doc_url.as_deref())),
    ];
    syntax::structure("RouteSpec", fields)
}

fn endpoint(route: &Route) -> Expr {
    let query = route.query.iter().map(|name| syntax::string(name));
    let fields = [
        (
            "method",
            syntax::option(route.method.as_deref().map(method)),
        ),
        ("path", syntax::string(&route.path)),
        ("query", syntax::slice(query)),
        (
            "body_action",
            syntax::option(route.body_action.as_deref().map(syntax::string)),
        ),
    ];
    syntax::structure("Endpoint", fields)
}

/// `POST` -> `Method::Post`, the runtime's variant.
fn method(method: &str) -> Expr {
    let (first, rest) = method.split_at(1);
    syntax::path(["Method", &format!("{first}{}", rest.to_ascii_lowercase())])
}
