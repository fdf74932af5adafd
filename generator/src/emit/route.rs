//! The `Route` enum of a service and the static table behind it, one entry an operation.
//! The enum has no data and few impls, because every operation would pay for them; this module must
//! never make a type per operation.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::doc;
use super::permission::Constants;
use crate::inert;
use crate::model::{Operation, Page, Requirement, Route, Service};

/// The names that the items use. A service without calls uses fewer of them.
pub(super) fn imports(service: &Service) -> TokenStream {
    if service
        .operations()
        .any(|(_, operation)| !operation.routes.is_empty())
    {
        quote!(
            use ::permspec_runtime::{Endpoint, Method, Request, Requirement, RouteSpec, Scope};
        )
    } else {
        quote!(
            use ::permspec_runtime::{Method, Requirement, RouteSpec, Scope};
        )
    }
}

/// `pub enum Route`, its list and its traits.
pub(super) fn enumeration(service: &Service) -> Vec<TokenStream> {
    let name = &service.name;
    let about = doc::attributes(&[format!(
        "An operation of {}.",
        inert::text(service.display_name())
    )]);
    let variants = service.operations().map(|(page, operation)| {
        let docs = doc::attributes(&doc::operation(operation, &page.page));
        let variant = variant(operation);
        quote!(#docs #variant,)
    });
    let all = service
        .operations()
        .map(|(_, operation)| variant(operation));
    vec![
        quote! {
            #about
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
            pub enum Route { #(#variants)* }
        },
        quote! {
            impl Route {
                /// Every operation, in the order of the pages.
                pub const ALL: &'static [Self] = &[#(Self::#all),*];

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
        },
        quote! {
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
        quote! {
            impl ::core::fmt::Debug for Route {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.pad(self.spec().id)
                }
            }
        },
        quote! {
            impl ::core::fmt::Display for Route {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.pad(self.spec().id)
                }
            }
        },
        quote! {
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
pub(super) fn table(service: &Service, constants: &Constants) -> TokenStream {
    let count = Literal::usize_unsuffixed(service.operations().count());
    let entries = service
        .operations()
        .map(|(page, operation)| entry(service, page, operation, constants));
    quote! {
        pub(crate) static ROUTES: [RouteSpec; #count] = [#(#entries),*];
    }
}

fn entry(
    service: &Service,
    page: &Page,
    operation: &Operation,
    constants: &Constants,
) -> TokenStream {
    let (name, Operation { id, title, .. }) = (&service.name, operation);
    let endpoints = operation.routes.iter().map(endpoint);
    let permission = |requirement: &Requirement| {
        let permission = constants.path(&requirement.action);
        let when = option(requirement.when.as_deref());
        quote!(Requirement { permission: #permission, when: #when })
    };
    let permissions = operation.actions.iter().map(permission);
    let dependencies = operation.dependencies.iter().map(permission);
    let iam_project = option(operation.iam_project);
    let enterprise_project = option(operation.enterprise_project);
    let doc = option(page.page.doc_url.as_deref());
    quote! {
        RouteSpec {
            service: #name,
            id: #id,
            title: #title,
            endpoints: &[#(#endpoints),*],
            permissions: &[#(#permissions),*],
            dependencies: &[#(#dependencies),*],
            scope: Scope { iam_project: #iam_project, enterprise_project: #enterprise_project },
            doc: #doc,
        }
    }
}

fn endpoint(route: &Route) -> TokenStream {
    let method = option(route.method.as_deref().map(method));
    let Route { path, query, .. } = route;
    let body_action = option(route.body_action.as_deref());
    quote! {
        Endpoint {
            method: #method,
            path: #path,
            query: &[#(#query),*],
            body_action: #body_action,
        }
    }
}

/// `POST` -> `Method::Post`, the runtime's variant.
fn method(method: &str) -> TokenStream {
    let (first, rest) = method.split_at(1);
    let variant = format_ident!("{first}{}", rest.to_ascii_lowercase());
    quote!(Method::#variant)
}

pub(super) fn variant(operation: &Operation) -> Ident {
    format_ident!("{}", operation.id)
}

fn option<T: quote::ToTokens>(value: Option<T>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}
