//! Syntax trees of expressions and doc attributes, for what is emitted once per operation. Parsing tokens
//! into a tree takes several times as long as building the tree. This module must never know what an
//! operation is.

use proc_macro2::{Ident, Literal, Span};
use syn::punctuated::Punctuated;
use syn::token::{Brace, Bracket, Paren};
use syn::{
    AttrStyle, Attribute, Expr, ExprArray, ExprCall, ExprLit, ExprMethodCall, ExprPath,
    ExprReference, ExprStruct, FieldValue, Lit, LitBool, LitStr, Member, Meta, MetaNameValue, Path,
    PathSegment, Token,
};

/// A name. It must be an identifier.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// `#[doc = " line"]` for each line, which prettyplease prints as `/// line`.
pub(super) fn docs(lines: &[String]) -> Vec<Attribute> {
    // Made only once, because most of the output is lines of documentation.
    let (name, span) = (ident("doc"), Bracket::default().span);
    let attribute = |line: &String| Attribute {
        pound_token: <Token![#]>::default(),
        style: AttrStyle::Outer,
        bracket_token: Bracket { span },
        meta: Meta::NameValue(MetaNameValue {
            path: Path::from(name.clone()),
            eq_token: <Token![=]>::default(),
            value: comment(line),
        }),
    };
    lines.iter().map(attribute).collect()
}

/// `r" line"`, or a literal with escapes if the line contains a quote. A comment is printed without escapes,
/// so a raw string saves making and removing them.
fn comment(line: &str) -> Expr {
    let space = if line.is_empty() { "" } else { " " };
    match ["r\"", space, line, "\""].concat().parse::<Literal>() {
        Ok(raw) if !line.contains('"') => literal(Lit::new(raw)),
        _ => string(&format!("{space}{line}")),
    }
}

/// `#[inline]`.
pub(super) fn inline() -> Attribute {
    Attribute {
        pound_token: <Token![#]>::default(),
        style: AttrStyle::Outer,
        bracket_token: Bracket::default(),
        meta: Meta::Path(Path::from(ident("inline"))),
    }
}

/// `"text"`.
pub(super) fn string(text: &str) -> Expr {
    literal(Lit::Str(LitStr::new(text, Span::call_site())))
}

/// `true` or `false`.
pub(super) fn boolean(value: bool) -> Expr {
    literal(Lit::Bool(LitBool::new(value, Span::call_site())))
}

fn literal(lit: Lit) -> Expr {
    Expr::Lit(ExprLit {
        attrs: Vec::new(),
        lit,
    })
}

/// `a::b` of `["a", "b"]`.
pub(super) fn path<'a>(segments: impl IntoIterator<Item = &'a str>) -> Expr {
    Expr::Path(ExprPath {
        attrs: Vec::new(),
        qself: None,
        path: segments_of(segments),
    })
}

fn segments_of<'a>(segments: impl IntoIterator<Item = &'a str>) -> Path {
    let parts = segments.into_iter().map(ident).map(PathSegment::from);
    Path {
        leading_colon: None,
        segments: parts.collect(),
    }
}

/// `[a, b]`.
pub(super) fn array(elements: impl Iterator<Item = Expr>) -> Expr {
    Expr::Array(ExprArray {
        attrs: Vec::new(),
        bracket_token: Bracket::default(),
        elems: elements.collect(),
    })
}

/// `&[a, b]`.
pub(super) fn slice(elements: impl Iterator<Item = Expr>) -> Expr {
    Expr::Reference(ExprReference {
        attrs: Vec::new(),
        and_token: <Token![&]>::default(),
        mutability: None,
        expr: Box::new(array(elements)),
    })
}

/// `None`, or `Some(value)`.
pub(super) fn option(value: Option<Expr>) -> Expr {
    value.map_or_else(|| path(["None"]), |value| call(path(["Some"]), [value]))
}

/// `function(a, b)`.
pub(super) fn call(function: Expr, arguments: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::Call(ExprCall {
        attrs: Vec::new(),
        func: Box::new(function),
        paren_token: Paren::default(),
        args: arguments.into_iter().collect(),
    })
}

/// `receiver.method(a)`.
pub(super) fn method_call(
    receiver: Expr,
    method: &str,
    arguments: impl IntoIterator<Item = Expr>,
) -> Expr {
    Expr::MethodCall(ExprMethodCall {
        attrs: Vec::new(),
        receiver: Box::new(receiver),
        dot_token: <Token![.]>::default(),
        method: ident(method),
        turbofish: None,
        paren_token: Paren::default(),
        args: arguments.into_iter().collect(),
    })
}

/// `Name { field: value }`, or `Name { field: value, ..rest }`.
pub(super) fn structure<'a>(
    name: &str,
    fields: impl IntoIterator<Item = (&'a str, Expr)>,
    rest: Option<Expr>,
) -> Expr {
    let field = |(name, expr)| FieldValue {
        attrs: Vec::new(),
        member: Member::Named(ident(name)),
        colon_token: Some(<Token![:]>::default()),
        expr,
    };
    let mut fields: Punctuated<FieldValue, Token![,]> = fields.into_iter().map(field).collect();
    if rest.is_some() {
        fields.push_punct(<Token![,]>::default());
    }
    Expr::Struct(ExprStruct {
        attrs: Vec::new(),
        qself: None,
        path: segments_of([name]),
        brace_token: Brace::default(),
        fields,
        dot2_token: rest.as_ref().map(|_| <Token![..]>::default()),
        rest: rest.map(Box::new),
    })
}
