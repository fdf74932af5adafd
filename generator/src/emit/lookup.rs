//! The catalogue of a service: its tree of paths as one byte string, and the version of its documentation. A
//! literal of any length costs the compiler nothing. This module must never emit code for a path.

use std::fmt::Write;

use proc_macro2::Literal;
use syn::{ItemStatic, parse_quote};

use crate::lookup::{Digest, table, version_of};
use crate::model::Service;

/// `static CATALOGUE` of a module.
pub(super) fn catalogue(service: &Service, digest: &Digest) -> ItemStatic {
    let version = version_of(&service.name, std::slice::from_ref(digest));
    let tree: Literal = byte_string(&table(std::slice::from_ref(service)))
        .parse()
        .expect("a byte string is a literal");
    parse_quote! {
        static CATALOGUE: ::permspec_runtime::Catalogue =
            ::permspec_runtime::Catalogue::new(#version, &[Some(&ROUTES)], #tree);
    }
}

/// Bytes as a literal whose lines stay short enough for a terminal.
pub(super) fn byte_string(bytes: &[u8]) -> String {
    let mut literal = String::from("b\"");
    let mut line = 0;
    let mut before = None;
    for &byte in bytes {
        let start = literal.len();
        match byte {
            0 => literal.push_str("\\0"),
            b'"' => literal.push_str("\\\""),
            b'\\' => literal.push_str("\\\\"),
            // After a zero, a digit would look like the rest of an octal escape. After the end of a line, a
            // space would be lost.
            b'0'..=b'9' if before == Some(0) => escape(&mut literal, byte),
            b'!'..=b'~' => literal.push(char::from(byte)),
            _ => escape(&mut literal, byte),
        }
        before = Some(byte);
        line += literal.len() - start;
        if line > 96 {
            literal.push_str("\\\n");
            line = 0;
        }
    }
    literal + "\""
}

fn escape(literal: &mut String, byte: u8) {
    write!(literal, "\\x{byte:02x}").expect("a String takes every write");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_survives_the_literal() {
        let bytes: Vec<u8> = (0..=u8::MAX).chain((0..=u8::MAX).rev()).collect();
        let literal: syn::LitByteStr = syn::parse_str(&byte_string(&bytes)).unwrap();
        assert_eq!(literal.value(), bytes);
    }
}
