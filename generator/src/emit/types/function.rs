//! Typed functions as Rust: a function per operation, and for optional parameters a type with a setter for each.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{Item, parse_quote};

use super::rust;
use super::shape::{Answer, BodyForm, Function, InPath, Job, Pages, Plan, Sent, Ty};
use crate::emit::{doc, syntax};
use crate::ident;
use crate::inert::code;
use crate::model::{Operation, Service};

/// With more arguments, clippy complains. The page requires them all.
const MOST_ARGUMENTS: usize = 7;

/// The functions of a module, and the types with setters.
pub(super) fn items(plan: &Plan, service: &Service, routes: &str) -> (Vec<Item>, Vec<Item>) {
    let routes = format_ident!("{routes}");
    let operations: BTreeMap<&str, &Operation> = service
        .operations()
        .map(|(_, operation)| (operation.id.as_str(), operation))
        .collect();
    let documented = plan
        .functions
        .iter()
        .map(|function| (function, operations[function.id.as_str()]));
    let functions = documented.map(|(function, operation)| item(function, operation, &routes));
    let calls = plan.functions.iter().filter(|function| function.has_call());
    (functions.collect(), calls.flat_map(call).collect())
}

fn item(function: &Function, operation: &Operation, routes: &Ident) -> Item {
    let about = syntax::docs(&about(function, operation));
    let name = format_ident!("{}", ident::function(&function.id));
    let named = |parameter: &InPath| format_ident!("{}", parameter.ident);
    let given = function.path.iter().filter(|parameter| !parameter.is_own);
    let mut arguments: Vec<TokenStream> = given
        .map(|parameter| {
            let name = named(parameter);
            quote!(#name: &str)
        })
        .collect();
    let path = function.path.iter().map(|parameter| {
        if parameter.is_own {
            format_ident!("OWN")
        } else {
            named(parameter)
        }
    });
    arguments.extend(function.required.iter().map(argument));
    let body = format_ident!("{}", body_name(function));
    arguments.extend(body_type(&function.body).map(|ty| quote!(#body: #ty)));
    let answer = answer(&function.answer);
    let mut value = quote!(typed::Call::new(#routes::#name(#(#path),*)));
    for sent in &function.required {
        let given = format_ident!("{}", sent.ident);
        value = with(&value, sent, &quote!(#given));
    }
    value = match &function.body {
        BodyForm::None | BodyForm::Written(_) => value,
        BodyForm::Whole(Ty::List(_)) => quote!(#value.list(#body)),
        BodyForm::Whole(_) => quote!(#value.json(#body)),
        BodyForm::Keyed(Ty::List(_)) => quote!(#value.keyed(&#body.to_vec())),
        BodyForm::Keyed(_) => quote!(#value.keyed(#body)),
        BodyForm::KeyAlone => quote!(#value.key_alone()),
    };
    let (output, value) = if function.has_call() {
        let call = format_ident!("{}", function.call);
        (quote!(#call), quote!(#call(#value)))
    } else {
        (quote!(typed::Call<#answer>), value)
    };
    let many =
        (arguments.len() > MOST_ARGUMENTS).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    parse_quote! {
        #(#about)*
        #many
        #[inline]
        pub fn #name(#(#arguments),*) -> #output {
            #value
        }
    }
}

/// A parameter of the path may be called like the body.
fn body_name(function: &Function) -> String {
    let mut name = "body".to_owned();
    while function.has_in_path(&name) || function.required.iter().any(|sent| sent.ident == name) {
        name.push('_');
    }
    name
}

fn body_type(body: &BodyForm) -> Option<TokenStream> {
    match body {
        BodyForm::None | BodyForm::Written(_) | BodyForm::KeyAlone => None,
        BodyForm::Whole(Ty::List(element)) | BodyForm::Keyed(Ty::List(element)) => {
            let element = rust::ty(element);
            Some(quote!(&[#element]))
        }
        BodyForm::Whole(ty) | BodyForm::Keyed(ty) => {
            let ty = rust::ty(ty);
            Some(quote!(&#ty))
        }
    }
}

fn answer(answer: &Answer) -> TokenStream {
    match answer {
        Answer::Nothing => quote!(()),
        Answer::Content => quote!(typed::Content),
        Answer::Typed(ty) => rust::ty(ty),
    }
}

/// `limit: i64`, `visibility: impl Into<Visibility>`, `ids: impl IntoIterator<Item = impl Display>`.
fn argument(sent: &Sent) -> TokenStream {
    let (ident, ty) = (format_ident!("{}", sent.ident), argument_type(&sent.ty));
    quote!(#ident: #ty)
}

fn argument_type(ty: &Ty) -> TokenStream {
    match ty {
        Ty::Integer | Ty::Number | Ty::Boolean => rust::ty(ty),
        Ty::Named(_) => {
            let ty = rust::ty(ty);
            quote!(impl Into<#ty>)
        }
        Ty::List(element) => {
            let element = if let Ty::Named(_) = &**element {
                argument_type(element)
            } else {
                quote!(impl ::std::fmt::Display)
            };
            quote!(impl IntoIterator<Item = #element>)
        }
        Ty::Text | Ty::Json | Ty::Map(_) | Ty::Boxed(_) => quote!(&str),
    }
}

/// The call with a parameter.
fn with(call: &TokenStream, sent: &Sent, value: &TokenStream) -> TokenStream {
    let wire = &sent.wire;
    match (&sent.ty, sent.is_header) {
        (Ty::Text, true) => quote!(#call.header(#wire, #value)),
        (Ty::Named(_), true) => {
            let ty = rust::ty(&sent.ty);
            quote!(#call.header(#wire, &Into::<#ty>::into(#value).to_string()))
        }
        (_, true) => quote!(#call.header(#wire, &#value.to_string())),
        (Ty::List(element), false) => {
            if let Ty::Named(_) = &**element {
                let ty = rust::ty(element);
                quote!(#call.query_list(#wire, #value.into_iter().map(Into::<#ty>::into)))
            } else {
                quote!(#call.query_list(#wire, #value))
            }
        }
        (Ty::Named(_), false) => {
            let ty = rust::ty(&sent.ty);
            quote!(#call.query(#wire, Into::<#ty>::into(#value)))
        }
        (_, false) => quote!(#call.query(#wire, #value)),
    }
}

fn about(function: &Function, operation: &Operation) -> Vec<String> {
    let mut lines = doc::summary(operation);
    lines.extend([String::new(), doc::needs(operation)]);
    if let BodyForm::Written(content_type) = function.body {
        let form = code(content_type);
        let line = format!("The body is {form}: write it with [`typed::Call::body`].");
        lines.extend([String::new(), line]);
    }
    if function.pages.is_some() {
        let line = "Returns a list in pages: the `pages` of a client asks for all of them.";
        lines.extend([String::new(), line.to_owned()]);
    }
    if function.job.is_some() {
        let line = "Starts a job: the `wait` of a client waits until it has ended.";
        lines.extend([String::new(), line.to_owned()]);
    }
    if !function.required.is_empty() {
        lines.push(String::new());
        lines.extend(
            function
                .required
                .iter()
                .map(|sent| format!("- {}", sent.about)),
        );
    }
    lines.extend(
        function
            .page
            .iter()
            .flat_map(|page| [String::new(), page.clone()]),
    );
    lines
}

/// The type that holds the call while its optional parameters are set. Its field is public, so that a parameter that
/// is not documented can be added, and the call still returns pages.
fn call(function: &Function) -> Vec<Item> {
    let name = format_ident!("{}", function.call);
    let answer = answer(&function.answer);
    let setters = if function.optional.is_empty() {
        ""
    } else {
        ", with its optional parameters"
    };
    let makes = format!(
        "The call that [`{}`] makes{setters}.",
        ident::function(&function.id)
    );
    let makes = rust::docs(&makes);
    let setters = function.optional.iter().map(|sent| {
        let about = rust::docs(&sent.about);
        let ident = format_ident!("{}", sent.ident);
        let ty = argument_type(&sent.ty);
        let value = with(&quote!(self.0), sent, &quote!(value));
        quote! {
            #(#about)*
            #[inline]
            pub fn #ident(self, value: #ty) -> Self {
                Self(#value)
            }
        }
    });
    let mut items: Vec<Item> = vec![
        parse_quote! {
            #(#makes)*
            #[derive(Clone, Debug)]
            #[must_use = "a call is sent by a client"]
            pub struct #name(pub typed::Call<#answer>);
        },
        parse_quote! {
            impl typed::Operation for #name {
                type Response = #answer;
                #[inline]
                fn into_call(self) -> typed::Call<#answer> {
                    self.0
                }
            }
        },
    ];
    if !function.optional.is_empty() {
        items.insert(1, parse_quote!(impl #name { #(#setters)* }));
    }
    items.extend(function.pages.as_ref().map(|pages| paged(&name, pages)));
    items.extend(function.job.as_ref().map(|job| starts(&name, job)));
    items
}

fn starts(name: &Ident, job: &Job) -> Item {
    let answer = answer(&job.answer);
    let spec = expression(&job.spec);
    parse_quote! {
        impl typed::Starts for #name {
            type Job = #answer;
            const JOB: typed::JobSpec = #spec;
        }
    }
}

/// An expression that is made of names and literals.
fn expression(code: &str) -> TokenStream {
    code.parse().expect("names and literals are tokens")
}

fn paged(name: &Ident, pages: &Pages) -> Item {
    let item = rust::ty(&pages.item);
    let paging = expression(&pages.paging);
    parse_quote! {
        impl typed::Paged for #name {
            type Item = #item;
            const PAGING: typed::Paging = #paging;
        }
    }
}
