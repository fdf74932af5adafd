//! Maps in type cells: `Map`, `Map<String, Object>`, `map of strings`.

use super::StatedType;

/// Words that are a map, whatever is in it.
const MAPS: [&str; 9] = [
    "map",
    "maps",
    "hashmap",
    "map object",
    "map objects",
    "key-value",
    "key-value pair",
    "key/value",
    "json map",
];

/// Reads a map; `lower` is the text in lower case.
pub(super) fn read(text: &str, lower: &str, reference: bool, depth: usize) -> Option<StatedType> {
    let map = |value: StatedType| Some(StatedType::Map(Box::new(value)));
    let bare = if reference {
        StatedType::Object(None)
    } else {
        StatedType::Unstated
    };
    if MAPS.contains(&lower) {
        return map(bare);
    }
    if lower.len() != text.len() {
        return None;
    }
    if let Some(value) = in_brackets(text, lower) {
        return map(super::read(value, reference, depth + 1).unwrap_or(bare));
    }
    let start = ["map of ", "maps of "]
        .into_iter()
        .find(|start| lower.starts_with(start))?;
    let rest = &text[start.len()..];
    // `Map of String to Object`
    let value = rest.split_once(" to ").map_or(rest, |(_, value)| value);
    map(super::read(value, reference, depth + 1).unwrap_or(StatedType::Unstated))
}

/// The value in `Map<String, value>`; empty without a key.
fn in_brackets<'t>(text: &'t str, lower: &str) -> Option<&'t str> {
    ["map", "maps", "hashmap", "dict", "dictionary"]
        .iter()
        .find_map(|word| {
            let rest = lower.strip_prefix(word)?.trim_start_matches([' ', '\\']);
            if !rest.starts_with(['<', '[', '(']) {
                return None;
            }
            let inside = text[text.len() - rest.len() + 1..]
                .trim_end_matches("objects")
                .trim_end_matches("object")
                .trim_end();
            let inside = inside.strip_suffix(['>', ']', ')']).unwrap_or(inside);
            let value = inside.split_once([',', ':', ']', '，']);
            Some(value.map_or("", |(_, value)| value.trim_start_matches([' ', '\\'])))
        })
}
