//! Names in Rust code, made from identifiers, actions and path parameters.
//! Whatever the documentation says, the result is one plain identifier: this module must never let
//! other characters through.

/// The longest identifier of an operation, in characters. A page with text in the place of titles must not
/// give unreadable names. The longest identifier of Open Telekom Cloud has half as many.
pub const LONGEST_ID: usize = 120;

/// The longest name of an argument, a constant or a function. An identifier in snake case is at most twice as
/// long.
const LONGEST_NAME: usize = 2 * LONGEST_ID;

/// Every word that an edition of Rust from 2015 to 2024 reserves, sorted (The Rust Reference, "Keywords",
/// strict and reserved ones). A name may be used in a crate of any edition.
pub const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The constant that a `Route` has besides its variants. An operation of this name would hide it.
const CONSTANT_OF_ROUTES: &str = "ALL";

/// Whether a text can be an operation's identifier: upper camel case, ASCII letters and digits, at most
/// [`LONGEST_ID`] of them, not a word that Rust reserves, and not `ALL`, which names all operations.
pub fn is_identifier(id: &str) -> bool {
    id.len() <= LONGEST_ID
        && id.starts_with(|first: char| first.is_ascii_uppercase())
        && id.chars().all(|c| c.is_ascii_alphanumeric())
        && !KEYWORDS.contains(&id)
        && id != CONSTANT_OF_ROUTES
}

/// The name of an operation's function. Two operations of a service never share one.
pub fn function(id: &str) -> String {
    value_ident(&snake_case(id))
}

/// `AddImageMember` -> `add_image_member`, `dataImages` -> `data_images`, `X-Auth` -> `x_auth`.
pub fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    let mut previous = b' ';
    let mut rest = name.bytes().peekable();
    while let Some(byte) = rest.next() {
        if byte.is_ascii_alphanumeric() {
            let starts_word = byte.is_ascii_uppercase()
                && (previous.is_ascii_lowercase()
                    || previous.is_ascii_digit()
                    || (previous.is_ascii_uppercase()
                        && rest.peek().is_some_and(u8::is_ascii_lowercase)));
            if starts_word && !snake.ends_with('_') && !snake.is_empty() {
                snake.push('_');
            }
            snake.push(char::from(byte.to_ascii_lowercase()));
        } else if !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        previous = byte;
    }
    snake.truncate(snake.trim_end_matches('_').len());
    snake
}

/// `os-volume_transfer` -> `OsVolumeTransfer`, `OS-FEDERATION` -> `OsFederation`.
pub fn pascal_case(text: &str) -> String {
    let words = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words
        .map(|word| {
            let (first, rest) = word.split_at(1);
            let shouting = word.chars().all(|c| !c.is_ascii_lowercase());
            let rest = if shouting {
                rest.to_ascii_lowercase()
            } else {
                rest.to_owned()
            };
            first.to_ascii_uppercase() + &rest
        })
        .collect()
}

/// `dataImages:upload` -> `DATA_IMAGES_UPLOAD`; a wildcard is `ALL`, and a text without letters and digits is
/// `UNNAMED`.
pub fn screaming_case(name: &str) -> String {
    let name = short(snake_case(&name.replace('*', "-all-"))).to_ascii_uppercase();
    if name.is_empty() {
        "UNNAMED".to_owned()
    } else if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("_{name}")
    } else {
        name
    }
}

/// The name of a function, argument or module: snake case, with Rust's reserved words and leading
/// digits made harmless. Empty names become `parameter`.
pub fn value_ident(name: &str) -> String {
    let name = short(snake_case(name));
    if name.is_empty() {
        "parameter".to_owned()
    } else if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("_{name}")
    } else if KEYWORDS.contains(&name.as_str()) {
        // `r#self` does not exist, and `type_` reads better than `r#type` in a call.
        format!("{name}_")
    } else {
        name
    }
}

/// A name in snake case, cut to the longest allowed length. Callers that need different names handle names
/// with the same beginning.
fn short(mut name: String) -> String {
    name.truncate(LONGEST_NAME);
    name.truncate(name.trim_end_matches('_').len());
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_longer_than_a_person_can_read() {
        let word = "O".repeat(10_000);
        assert!(!is_identifier(&word) && is_identifier(&word[..LONGEST_ID]));
        assert_eq!(value_ident(&word).len(), LONGEST_NAME);
        assert_eq!(screaming_case(&word).len(), LONGEST_NAME);
    }

    #[test]
    fn words_are_found_at_case_changes_and_punctuation() {
        for (name, snake) in [
            ("AddImageMember", "add_image_member"),
            ("projectId", "project_id"),
            ("dnat_rule_id", "dnat_rule_id"),
            ("GetVPCPeering", "get_vpc_peering"),
            ("OS-SECURITYPOLICY", "os_securitypolicy"),
            ("V2Images", "v2_images"),
        ] {
            assert_eq!(snake_case(name), snake);
        }
    }

    #[test]
    fn an_action_becomes_a_constant_name() {
        assert_eq!(screaming_case("images:share"), "IMAGES_SHARE");
        assert_eq!(screaming_case("dataImages:upload"), "DATA_IMAGES_UPLOAD");
        assert_eq!(screaming_case("kubernetes:*"), "KUBERNETES_ALL");
        assert_eq!(screaming_case("_:-"), "UNNAMED");
        assert_eq!(screaming_case("vpc:*:get*"), "VPC_ALL_GET_ALL");
    }

    #[test]
    fn hostile_parameter_names_become_usable_arguments() {
        for (name, ident) in [
            ("type", "type_"),
            ("self", "self_"),
            ("crate", "crate_"),
            ("Self", "self_"),
            ("_", "parameter"),
            ("", "parameter"),
            ("2fa", "_2fa"),
            ("i\"; evil()", "i_evil"),
        ] {
            assert_eq!(value_ident(name), ident);
            assert!(syn::parse_str::<syn::Ident>(ident).is_ok());
        }
    }

    #[test]
    fn no_keyword_of_any_edition_is_a_name_and_no_known_one_is_missing() {
        assert!(KEYWORDS.is_sorted());
        for keyword in KEYWORDS {
            let ident = value_ident(keyword);
            assert!(!KEYWORDS.contains(&ident.as_str()), "{keyword}");
            assert!(!is_identifier(keyword), "{keyword}");
        }
        // This list must contain what the parser of the newest edition refuses. The parser does not know
        // `gen`.
        for word in ["async", "try", "yield", "unsized", "Self", "dyn", "typeof"] {
            assert!(syn::parse_str::<syn::Ident>(word).is_err() && KEYWORDS.contains(&word));
        }
        assert_eq!(value_ident("Gen"), "gen_");
        assert!(is_identifier("Err") && !is_identifier("ALL"));
    }
}
