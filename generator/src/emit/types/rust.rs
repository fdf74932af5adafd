//! Pieces of Rust that all emitted types share: imports, types, and macro calls, which prettyplease leaves as they
//! are.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Attribute;

use super::shape::{Function, Plan, Ty};
use crate::emit::syntax;

/// How a module calls the module of routes that it imports.
pub(super) const ROUTES: &str = "api";

/// The imports of a module.
pub(super) fn imports(plan: &Plan, routes: Option<&str>) -> String {
    let typed = if plan.functions.iter().any(Function::is_about_caller) {
        "use ::permspec_runtime::{OWN, typed};\n"
    } else {
        "use ::permspec_runtime::typed;\n"
    };
    match routes {
        Some(routes) if !plan.functions.is_empty() => format!("use {routes} as {ROUTES};\n{typed}"),
        _ => typed.to_owned(),
    }
}

/// A line of documentation.
pub(super) fn docs(line: &str) -> Vec<Attribute> {
    syntax::docs(&[line.to_owned()])
}

/// Adds an item after an empty line.
pub(super) fn add(code: &mut String, item: &str) {
    if !item.is_empty() {
        code.push('\n');
        code.push_str(item.trim_end());
        code.push('\n');
    }
}

/// The Rust type of a value.
pub(super) fn ty(ty: &Ty) -> TokenStream {
    match ty {
        Ty::Text => quote!(String),
        Ty::Integer => quote!(i64),
        Ty::Number => quote!(f64),
        Ty::Boolean => quote!(bool),
        Ty::Json => quote!(typed::Json),
        Ty::Named(name) => {
            let name = format_ident!("{name}");
            quote!(#name)
        }
        Ty::List(element) => {
            let element = self::ty(element);
            quote!(Vec<#element>)
        }
        Ty::Map(value) => {
            let value = self::ty(value);
            quote!(typed::Map<#value>)
        }
        Ty::Boxed(name) => {
            let name = format_ident!("{name}");
            quote!(Box<#name>)
        }
    }
}

/// A text as a Rust literal.
pub(super) fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}
