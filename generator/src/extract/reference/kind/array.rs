//! Arrays in type cells: `List`, `Array<String>`, `array of objects`, `String[]`, `String array`.

use super::{StatedType, scalar};

/// Words that are an array, whatever is in it.
const ARRAYS: [&str; 10] = [
    "array",
    "arrays",
    "list",
    "lists",
    "json array",
    "jsonarray",
    "[]",
    "array list",
    "list array",
    "arraylist",
];
/// Words before the element in brackets.
const ARRAY_IN: [&str; 5] = ["array", "list", "set", "jsonarray", "arraylist"];
/// Words before the element of an array, longest first.
const ARRAY_OF: [&str; 12] = [
    "json array of ",
    "arrays of ",
    "array of ",
    "an array of ",
    "lists of ",
    "list of ",
    "a list of ",
    "set of ",
    "collection of ",
    "list data structure of ",
    "array objects of ",
    "array ",
];
/// Words after the element of an array.
const OF_ARRAY: [&str; 4] = [" array", " list", " arrays", " lists"];

/// Reads an array; `lower` is the text in lower case.
pub(super) fn read(text: &str, lower: &str, reference: bool, depth: usize) -> Option<StatedType> {
    let array = |element: StatedType| StatedType::Array(Box::new(element));
    let bare = if reference {
        StatedType::Object(None)
    } else {
        StatedType::Unstated
    };
    let is_bare = ARRAYS.contains(&lower)
        || lower.starts_with("list data structure")
        || lower.starts_with("array data structure");
    if is_bare {
        return Some(array(bare));
    }
    if lower == "array_reference" {
        return Some(array(StatedType::Object(None)));
    }
    if lower.len() != text.len() {
        return None;
    }
    let element = match in_brackets(text, lower) {
        Some(Inside::Size(inside)) if is_size(inside) && !reference => return Some(array(bare)),
        Some(Inside::Size(inside) | Inside::Element(inside)) => inside,
        None => element(text, lower)?,
    };
    Some(array(super::read(element, reference, depth + 1).unwrap_or(
        if reference {
            StatedType::Object(None)
        } else {
            StatedType::Unknown
        },
    )))
}

/// What is in the brackets after the word for an array.
enum Inside<'t> {
    Element(&'t str),
    /// In round brackets: `Array(10)` has a length, `List (NAT gateways)` a note.
    Size(&'t str),
}

fn in_brackets<'t>(text: &'t str, lower: &str) -> Option<Inside<'t>> {
    ARRAY_IN.iter().find_map(|word| {
        let rest = lower.strip_prefix(word)?.trim_start_matches([' ', '\\']);
        if !rest.starts_with(['<', '[', '(']) {
            return None;
        }
        let inside = text[text.len() - rest.len() + 1..].trim_end_matches([' ', 's', '.']);
        let inside = inside
            .strip_suffix("object")
            .unwrap_or(inside)
            .trim_end()
            .trim_end_matches(['>', ']', ')']);
        Some(if rest.starts_with('(') {
            Inside::Size(inside)
        } else {
            Inside::Element(inside)
        })
    })
}

fn is_size(inside: &str) -> bool {
    scalar(&inside.to_lowercase()).is_none()
}

/// The element without brackets after the word for an array, or before it.
fn element<'t>(text: &'t str, lower: &str) -> Option<&'t str> {
    if let Some(start) = ARRAY_OF.iter().find(|start| lower.starts_with(**start)) {
        return Some(&text[start.len()..]);
    }
    text.strip_suffix("[]")
        .or_else(|| text.strip_prefix('[')?.strip_suffix(']'))
        .or_else(|| {
            let end = OF_ARRAY.iter().find(|end| lower.ends_with(**end))?;
            Some(&text[..text.len() - end.len()])
        })
}
