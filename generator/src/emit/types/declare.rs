//! Structs and open enums as Rust: the declaration, the macro call that lists the wire names, and the ways to build
//! a value that is sent.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{Item, parse_quote};

use super::rust;
use super::shape::{Choice, Field, Struct, Ty};

/// The most arguments of a constructor.
const MOST_ARGUMENTS: usize = 6;

/// With so many fields, a value that is sent has a setter for each.
const MANY_FIELDS: usize = 8;

/// `pub struct Name { pub field: Option<Type>, .. }`
pub(super) fn structure(made: &Struct) -> Item {
    let name = format_ident!("{}", made.name);
    let about = rust::docs(&made.about);
    let fields = made.fields.iter().map(|field| {
        let about = rust::docs(&field.about);
        let ident = format_ident!("{}", field.ident);
        let ty = rust::ty(&field.ty);
        quote!(#(#about)* pub #ident: Option<#ty>,)
    });
    let extra = rust::docs("What is not documented, or not as documented.");
    parse_quote! {
        #(#about)*
        #[derive(Clone, Default)]
        pub struct #name {
            #(#fields)*
            #(#extra)*
            pub extra: typed::Extra,
        }
    }
}

/// `object!(Name { field: "wire", .. } ["required"]);`
pub(super) fn object(made: &Struct) -> String {
    let mut code = format!("::permspec_runtime::object!({} {{\n", made.name);
    for field in &made.fields {
        code.extend([
            "    ",
            &field.ident,
            ": ",
            &rust::literal(&field.wire),
            ",
",
        ]);
    }
    code.push('}');
    let forms = made.forms.iter().map(|form| {
        let names: Vec<String> = form.iter().map(|name| rust::literal(name)).collect();
        format!("[{}]", names.join(", "))
    });
    let forms: Vec<String> = forms.collect();
    if !forms.is_empty() {
        code.push(' ');
        code.push_str(&forms.join(" | "));
    }
    code.push_str(");");
    code
}

/// A constructor with the required fields, and setters if there are many fields.
pub(super) fn building(made: &Struct) -> Option<Item> {
    if !made.is_sent {
        return None;
    }
    let name = format_ident!("{}", made.name);
    let mut methods = Vec::new();
    if let Some(required) = required(made) {
        let arguments = required.iter().map(|field| {
            let ident = format_ident!("{}", field.ident);
            let (ty, _) = given(&field.ty, &ident);
            quote!(#ident: #ty)
        });
        let values = required.iter().map(|field| {
            let ident = format_ident!("{}", field.ident);
            let (_, value) = given(&field.ty, &ident);
            quote!(#ident: Some(#value))
        });
        let about = rust::docs("A value with all required fields.");
        methods.push(quote! {
            #(#about)*
            #[inline]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values,)* ..Self::default() }
            }
        });
    }
    if made.fields.len() >= MANY_FIELDS {
        methods.extend(
            made.fields
                .iter()
                .filter(|field| field.ident != "new")
                .map(|field| {
                    let about = rust::docs(&field.about);
                    let ident = format_ident!("{}", field.ident);
                    let (ty, value) = given(&field.ty, &format_ident!("value"));
                    quote! {
                        #(#about)*
                        #[inline]
                        #[must_use]
                        pub fn #ident(mut self, value: #ty) -> Self {
                            self.#ident = Some(#value);
                            self
                        }
                    }
                }),
        );
    }
    (!methods.is_empty()).then(|| parse_quote!(impl #name { #(#methods)* }))
}

/// The type of an argument for a field, and the value of the field. A number is given as it is, because a conversion
/// costs time to compile and a literal needs none.
fn given(ty: &Ty, argument: &Ident) -> (TokenStream, TokenStream) {
    let rust = rust::ty(ty);
    match ty {
        Ty::Integer | Ty::Number | Ty::Boolean => (rust, quote!(#argument)),
        _ => (quote!(impl Into<#rust>), quote!(#argument.into())),
    }
}

/// The required fields of an object with one form, if they fit into a list of arguments.
fn required(made: &Struct) -> Option<Vec<&Field>> {
    let [form] = made.forms.as_slice() else {
        return None;
    };
    let required: Vec<&Field> = made
        .fields
        .iter()
        .filter(|field| form.contains(&field.wire))
        .collect();
    let fits = (1..=MOST_ARGUMENTS).contains(&required.len());
    (fits && required.iter().all(|field| field.ident != "new")).then_some(required)
}

/// `pub enum Name { Variant, .., Other(String) }`
pub(super) fn choice(choice: &Choice) -> Item {
    let name = format_ident!("{}", choice.name);
    let about = rust::docs(&choice.about);
    let variants = choice.variants.iter().map(|(variant, text)| {
        let about = rust::docs(&crate::inert::code(text));
        let variant = format_ident!("{variant}");
        quote!(#(#about)* #variant,)
    });
    let other = rust::docs("Another value.");
    parse_quote! {
        #(#about)*
        #[derive(Clone)]
        pub enum #name {
            #(#variants)*
            #(#other)*
            Other(String),
        }
    }
}

/// `open!(Name { Variant: "text", .. });`
pub(super) fn open(choice: &Choice) -> String {
    let mut code = format!("::permspec_runtime::open!({} {{\n", choice.name);
    for (variant, text) in &choice.variants {
        code.extend(["    ", variant, ": ", &rust::literal(text), ",\n"]);
    }
    code.push_str("});");
    code
}
