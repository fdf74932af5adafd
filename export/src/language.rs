//! Identifiers and strings of the languages that the built-in templates write.
//! Text of a page reaches a source file only in these two forms. This module must never let a character through that
//! could end a string or change what a reader sees.

use std::fmt::Write;

use permspec::inert::is_invisible;

/// The name of a language in templates, and its reserved words.
struct Language {
    name: &'static str,
    reserved: &'static [&'static str],
}

/// Sources: The Go Programming Language Specification, "Keywords"; ECMA-262, "Reserved Words", and the additions of
/// TypeScript; The Python Language Reference, "Keywords". HCL, JSON and Rego do not have reserved words that matter in
/// a string or after a prefix.
const LANGUAGES: &[Language] = &[
    Language {
        name: "go",
        reserved: &[
            "break",
            "case",
            "chan",
            "const",
            "continue",
            "default",
            "defer",
            "else",
            "fallthrough",
            "for",
            "func",
            "go",
            "goto",
            "if",
            "import",
            "interface",
            "map",
            "package",
            "range",
            "return",
            "select",
            "struct",
            "switch",
            "type",
            "var",
        ],
    },
    Language {
        name: "typescript",
        reserved: &[
            "any",
            "arguments",
            "await",
            "boolean",
            "break",
            "case",
            "catch",
            "class",
            "const",
            "continue",
            "debugger",
            "default",
            "delete",
            "do",
            "else",
            "enum",
            "eval",
            "export",
            "extends",
            "false",
            "finally",
            "for",
            "function",
            "if",
            "implements",
            "import",
            "in",
            "instanceof",
            "interface",
            "let",
            "never",
            "new",
            "null",
            "number",
            "object",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "static",
            "string",
            "super",
            "switch",
            "symbol",
            "this",
            "throw",
            "true",
            "try",
            "type",
            "typeof",
            "undefined",
            "unknown",
            "var",
            "void",
            "while",
            "with",
            "yield",
        ],
    },
    Language {
        name: "python",
        reserved: &[
            "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class",
            "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global",
            "if", "import", "in", "is", "lambda", "match", "nonlocal", "not", "or", "pass",
            "raise", "return", "try", "type", "while", "with", "yield",
        ],
    },
    Language {
        name: "rust",
        reserved: permspec::ident::KEYWORDS,
    },
    Language {
        name: "hcl",
        reserved: &[],
    },
    Language {
        name: "json",
        reserved: &[],
    },
    Language {
        name: "rego",
        reserved: &[],
    },
];

/// The names of all languages.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().map(|language| language.name)
}

/// An identifier of the language: ASCII letters, digits and underscores, without a digit at the beginning. A reserved
/// word gets an underscore at its end. `None` if the language is not known.
pub(crate) fn ident(name: &str, language: &str) -> Option<String> {
    let language = LANGUAGES.iter().find(|known| known.name == language)?;
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let mut ident: String = name.chars().map(plain).collect();
    if !ident.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
        ident.insert(0, '_');
    }
    if language.reserved.contains(&ident.as_str()) {
        ident.push('_');
    }
    Some(ident)
}

/// A string in double quotes, escaped as in JSON. Go, TypeScript, Python and Rego read the same escapes.
/// `None` if the language is not known.
pub(crate) fn quoted(text: &str, language: &str) -> Option<String> {
    let language = LANGUAGES.iter().find(|known| known.name == language)?;
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() || is_invisible(c) => escape(c, language, &mut quoted),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    if language.name == "hcl" {
        // A template in a string ("Template Expressions").
        quoted = quoted.replace("${", "$${").replace("%{", "%%{");
    }
    Some(quoted)
}

/// Writes a character as an escape. All escaped characters are in the basic plane, so four digits suffice.
fn escape(c: char, language: &Language, quoted: &mut String) {
    let code = u32::from(c);
    let written = if language.name == "rust" {
        write!(quoted, "\\u{{{code:x}}}")
    } else {
        write!(quoted, "\\u{code:04x}")
    };
    written.expect("a String takes every write");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_cannot_be_left() {
        let hostile = "\"; evil() \\ ${x} %{if} \n\u{202e}\u{0}é";
        let json = quoted(hostile, "json").unwrap();
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), hostile);
        assert_eq!(quoted("${x}%{y}", "hcl").as_deref(), Some("\"$${x}%%{y}\""));
        assert_eq!(quoted("\n", "rust").as_deref(), Some("\"\\u{a}\""));
        assert_eq!(quoted("x", "cobol"), None);
    }

    #[test]
    fn a_name_is_one_word_that_the_language_leaves_free() {
        for (name, language, expected) in [
            ("as", "python", "as_"),
            ("as", "go", "as"),
            ("map", "go", "map_"),
            ("2fa", "typescript", "_2fa"),
            ("a-b; evil()", "python", "a_b__evil__"),
            ("", "go", "_"),
        ] {
            assert_eq!(ident(name, language).as_deref(), Some(expected));
        }
    }
}
