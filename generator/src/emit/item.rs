//! Syntax trees of the items that are emitted once per operation or action, and of their modules. Other items
//! are quoted where they are made. This module must never know what an operation is.

use syn::token::{Brace, Paren};
use syn::{
    Attribute, Block, ConstModifiers, Expr, FnArg, FnModifiers, Generics, Item, ItemConst, ItemFn,
    ItemMod, Pat, PatIdent, PatType, Path, ReturnType, Safety, Signature, Stmt, Token, Type,
    TypePath, TypeReference, Visibility,
};

use super::syntax::ident;

/// `pub const NAME: Type = value;`
pub(super) fn constant(docs: Vec<Attribute>, name: &str, ty: Type, value: Expr) -> ItemConst {
    ItemConst {
        attrs: docs,
        vis: public(),
        modifiers: ConstModifiers::default(),
        const_token: <Token![const]>::default(),
        ident: ident(name),
        generics: Generics::default(),
        colon_token: <Token![:]>::default(),
        ty: Box::new(ty),
        eq_token: <Token![=]>::default(),
        expr: Box::new(value),
        semi_token: <Token![;]>::default(),
    }
}

/// `pub fn name(a: &str, b: &str) -> Type { value }`
pub(super) fn function(
    attrs: Vec<Attribute>,
    name: &str,
    texts: &[String],
    ty: Type,
    value: Expr,
) -> ItemFn {
    ItemFn {
        attrs,
        vis: public(),
        modifiers: FnModifiers::default(),
        sig: Signature {
            constness: None,
            asyncness: None,
            safety: Safety::Default,
            abi: None,
            fn_token: <Token![fn]>::default(),
            ident: ident(name),
            generics: Generics::default(),
            paren_token: Paren::default(),
            inputs: texts.iter().map(|name| text_argument(name)).collect(),
            variadic: None,
            output: ReturnType::Type(<Token![->]>::default(), Box::new(ty)),
        },
        block: Box::new(Block {
            brace_token: Brace::default(),
            stmts: vec![Stmt::Expr(value, None)],
        }),
    }
}

/// `pub mod name { .. }`
pub(super) fn module(docs: Vec<Attribute>, name: &str, items: Vec<Item>) -> ItemMod {
    ItemMod {
        attrs: docs,
        vis: public(),
        unsafety: None,
        mod_token: <Token![mod]>::default(),
        ident: ident(name),
        content: Some((Brace::default(), items)),
        semi: None,
    }
}

/// A type without parameters, by its name.
pub(super) fn named(ty: &str) -> Type {
    Type::Path(TypePath {
        attrs: Vec::new(),
        qself: None,
        path: Path::from(ident(ty)),
    })
}

/// `&str`.
pub(super) fn text() -> Type {
    Type::Reference(TypeReference {
        attrs: Vec::new(),
        and_token: <Token![&]>::default(),
        lifetime: None,
        mutability: None,
        elem: Box::new(named("str")),
    })
}

fn text_argument(name: &str) -> FnArg {
    FnArg::Typed(PatType {
        attrs: Vec::new(),
        pat: Box::new(Pat::Ident(PatIdent {
            attrs: Vec::new(),
            by_ref: None,
            mutability: None,
            ident: ident(name),
            subpat: None,
        })),
        colon_token: <Token![:]>::default(),
        ty: Box::new(text()),
    })
}

fn public() -> Visibility {
    Visibility::Public(<Token![pub]>::default())
}
