//! Reads the generated types and writes a table of their operations: what each of them is sent, and what it returns.
//! The table names the types that the functions name, so that an example goes through the type that a caller uses.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{Expr, FnArg, GenericArgument, ImplItem, Item, ItemFn, PathArguments, Stmt, Type};

fn main() {
    let types = Path::new("../../../generated/types/src");
    println!("cargo::rerun-if-changed={}", types.display());
    let mut files: Vec<_> = fs::read_dir(types)
        .expect("the generated types")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.file_stem().is_some_and(|stem| stem != "lib"))
        .collect();
    files.sort();
    if env::var_os("CARGO_FEATURE_ALL").is_none() {
        files.clear();
    }
    let mut tables = String::new();
    let mut names = Vec::new();
    for file in &files {
        let stem = file.file_stem().and_then(|stem| stem.to_str());
        let name = stem.expect("a module's name is plain");
        let text = fs::read_to_string(file).expect("a module of types");
        tables.push_str(&table(name, &text).to_string());
        tables.push('\n');
        names.push(format_ident!("{name}"));
    }
    let all = quote! {
        /// The operations of all services.
        pub const SERVICES: &[&[crate::operation::Operation]] = &[#(#names::OPERATIONS),*];
    };
    tables.push_str(&all.to_string());
    let out = env::var_os("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("table.rs"), tables).expect("a writable file");
}

/// The module with the operations of one service.
fn table(service: &str, text: &str) -> TokenStream {
    let file = syn::parse_file(head(text)).expect("generated code is Rust");
    let answers = answers(&file.items);
    let operations = file.items.iter().filter_map(|item| match item {
        Item::Fn(function) => Some(operation(function, &answers)),
        _ => None,
    });
    let service = format_ident!("{service}");
    quote! {
        mod #service {
            #[allow(unused_imports)]
            use ::otc_types::#service::*;
            use ::otc_api::#service as api;
            #[allow(unused_imports)]
            use ::permspec_runtime::typed;
            use crate::operation as table;

            pub const OPERATIONS: &[table::Operation] = &[#(#operations),*];
        }
    }
}

/// The functions and their calls come first in a module. What follows is ten times as long, and is not needed here.
fn head(text: &str) -> &str {
    const STRUCT: &str = "#[derive(Clone, Default)]\n";
    let end = text.find(STRUCT).unwrap_or(text.len());
    // The comment of the first struct lies before its derive.
    let end = text[..end].rfind("\n\n").unwrap_or(end);
    &text[..end]
}

/// The type of the response, by the name of the type that a function returns while its parameters are set.
fn answers(items: &[Item]) -> BTreeMap<String, &Type> {
    let operations = items.iter().filter_map(|item| match item {
        Item::Impl(made) => {
            let (implemented, _) = made.trait_.as_ref()?;
            let is_operation = implemented.segments.last()?.ident == "Operation";
            let response = made.items.iter().find_map(|item| match item {
                ImplItem::Type(named) if named.ident == "Response" => Some(&named.ty),
                _ => None,
            });
            let name = made.self_ty.to_token_stream().to_string();
            is_operation.then_some((name, response?))
        }
        _ => None,
    });
    operations.collect()
}

fn operation(function: &ItemFn, answers: &BTreeMap<String, &Type>) -> TokenStream {
    let name = &function.sig.ident;
    let syn::ReturnType::Type(_, output) = &function.sig.output else {
        panic!("{name} returns nothing");
    };
    let answer = match answers.get(&output.to_token_stream().to_string()) {
        Some(answer) => *answer,
        None => of_call(output).unwrap_or_else(|| panic!("{name} does not return a call")),
    };
    let answer = match answer.to_token_stream().to_string().as_str() {
        "()" => quote!(table::Answer::Nothing),
        "typed :: Content" => quote!(table::Answer::Content),
        _ => quote!(table::Answer::Typed(table::made::<#answer>)),
    };
    let (stub, setters) = made_by(function);
    let arguments = stub.args.iter().map(|_| quote!("x"));
    let path = &stub.func;
    let body = body(function, &setters);
    quote! {
        table::Operation {
            request: || #path(#(#arguments),*),
            answer: #answer,
            body: #body,
        }
    }
}

/// `R` of `typed::Call<R>`.
fn of_call(output: &Type) -> Option<&Type> {
    let Type::Path(path) = output else {
        return None;
    };
    let last = path
        .path
        .segments
        .last()
        .filter(|last| last.ident == "Call")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(answer) => Some(answer),
        _ => None,
    }
}

/// The stub that makes the request, and the methods that are called on `Call::new(stub)`.
fn made_by(function: &ItemFn) -> (&syn::ExprCall, Vec<String>) {
    let name = &function.sig.ident;
    let Some(Stmt::Expr(value, None)) = function.block.stmts.last() else {
        panic!("{name} ends with a statement");
    };
    let mut value = value;
    let mut methods = Vec::new();
    loop {
        match value {
            Expr::MethodCall(call) => {
                methods.push(call.method.to_string());
                value = &call.receiver;
            }
            Expr::Call(call) => {
                let called = call.func.to_token_stream().to_string();
                if called.starts_with("api ::") {
                    return (call, methods);
                }
                value = call
                    .args
                    .first()
                    .unwrap_or_else(|| panic!("{called} wraps nothing"));
            }
            _ => panic!("{name} makes no request"),
        }
    }
}

fn body(function: &ItemFn, methods: &[String]) -> TokenStream {
    let has = |method: &str| methods.iter().any(|called| called == method);
    if has("key_alone") {
        return quote!(table::Body::KeyAlone);
    }
    let is_keyed = has("keyed");
    if !(is_keyed || has("json") || has("list")) {
        return quote!(table::Body::Untyped);
    }
    // The body is the last argument, also where a parameter has its name.
    let Some(FnArg::Typed(argument)) = function.sig.inputs.last() else {
        panic!("{} has no body", function.sig.ident);
    };
    let Type::Reference(sent) = &*argument.ty else {
        panic!("the body of {} is not borrowed", function.sig.ident);
    };
    let sent = match &*sent.elem {
        Type::Slice(list) => {
            let element = &list.elem;
            quote!(Vec<#element>)
        }
        sent => quote!(#sent),
    };
    if is_keyed {
        quote!(table::Body::Keyed(table::made::<#sent>))
    } else {
        quote!(table::Body::Whole(table::made::<#sent>))
    }
}
