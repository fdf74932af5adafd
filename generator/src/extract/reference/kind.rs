//! The grammar of type cells: scalars, objects, arrays, maps, and what names an object.
//! It reads one expression; which table describes an object is found elsewhere.

/// What a type cell says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum StatedType {
    /// The table has no type column, or the cell is empty.
    #[default]
    Unstated,
    /// The cell says something that is not a type.
    Unknown,
    /// Any JSON value.
    Any,
    String(Option<&'static str>),
    Integer(Option<&'static str>),
    Number(Option<&'static str>),
    Boolean,
    /// An object, by the name of its data structure where the cell has one.
    Object(Option<String>),
    /// A bare word: the name of a data structure, or a misprint.
    Word(String),
    /// An array; the element is `Unstated` where the cell does not say.
    Array(Box<StatedType>),
    /// A map from strings.
    Map(Box<StatedType>),
}

impl StatedType {
    /// Reads a type expression. `reference`: it holds a reference to a table.
    pub(crate) fn read(text: &str, reference: bool) -> StatedType {
        let text = unexplained(text.trim());
        if matches!(text, "" | "-" | "--" | "/") {
            return StatedType::Unstated;
        }
        read(text, reference, 0).unwrap_or(if reference {
            StatedType::Object(None)
        } else {
            StatedType::Unknown
        })
    }

    /// The object in it, at any depth of arrays and maps: what a table may describe.
    pub(crate) fn may_nest(&self) -> bool {
        match self {
            StatedType::Unstated
            | StatedType::Unknown
            | StatedType::Any
            | StatedType::Object(_)
            | StatedType::Word(_) => true,
            StatedType::Array(element) | StatedType::Map(element) => element.may_nest(),
            _ => false,
        }
    }

    /// The name of the data structure in it.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            StatedType::Object(name) => name.as_deref(),
            StatedType::Word(name) => Some(name),
            StatedType::Array(element) | StatedType::Map(element) => element.name(),
            _ => None,
        }
    }
}

/// A type without the sentence after it: `List For details, see Table 3`.
fn unexplained(text: &str) -> &str {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return text;
    }
    let leads = [
        " for details",
        " for more",
        " for the",
        " see table",
        ", see ",
        " (see ",
        " please see",
    ];
    let end = leads.iter().filter_map(|lead| lower.find(lead)).min();
    end.map_or(text, |end| {
        text[..end].trim_end_matches([' ', '.', ',', ';', '('])
    })
}

/// Expressions nest no deeper than this.
const DEEPEST: usize = 6;

fn read(text: &str, reference: bool, depth: usize) -> Option<StatedType> {
    let text = cut(text);
    if depth > DEEPEST || text.is_empty() {
        return None;
    }
    let lower = text.to_lowercase();
    if let Some(kind) = array(text, &lower, reference, depth) {
        return Some(kind);
    }
    if let Some(kind) = map(text, &lower, reference, depth) {
        return Some(kind);
    }
    if let Some(kind) = scalar(&lower) {
        return Some(kind);
    }
    object(text, &lower, reference)
}

/// The expression without what is around it.
fn cut(text: &str) -> &str {
    text.trim_matches([' ', '.', ',', ';', ':', '*', '"', '\'', '`', '\u{a0}'])
}

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
const ARRAY_IN: [&str; 5] = ["array", "list", "set", "jsonarray", "arraylist"];

fn array(text: &str, lower: &str, reference: bool, depth: usize) -> Option<StatedType> {
    let some = |element: StatedType| Some(StatedType::Array(Box::new(element)));
    let element = |text: &str| {
        read(text, reference, depth + 1).unwrap_or(if reference {
            StatedType::Object(None)
        } else {
            StatedType::Unknown
        })
    };
    let bare = || {
        if reference {
            StatedType::Object(None)
        } else {
            StatedType::Unstated
        }
    };
    if matches!(
        lower,
        "array"
            | "arrays"
            | "list"
            | "lists"
            | "json array"
            | "jsonarray"
            | "[]"
            | "array list"
            | "list array"
            | "arraylist"
    ) || lower.starts_with("list data structure")
        || lower.starts_with("array data structure")
    {
        return some(bare());
    }
    if lower.len() != text.len() {
        return None;
    }
    for word in ARRAY_IN {
        let Some(rest) = lower.strip_prefix(word) else {
            continue;
        };
        let rest = rest.trim_start_matches([' ', '\\']);
        if rest.starts_with(['<', '[', '(']) {
            let inside = &text[text.len() - rest.len()..];
            let inside = inside[1..].trim_end_matches([' ', 's', '.']);
            let inside = inside
                .strip_suffix("object")
                .unwrap_or(inside)
                .trim_end()
                .trim_end_matches(['>', ']', ')']);
            // `Array(10)` has a length, `List (NAT gateways)` a note.
            let is_size =
                rest.starts_with('(') && scalar(&inside.to_lowercase()).is_none() && !reference;
            return some(if is_size { bare() } else { element(inside) });
        }
    }
    for start in ARRAY_OF {
        if lower.starts_with(start) {
            let rest = &text[start.len()..];
            return some(element(rest));
        }
    }
    if let Some(inside) = text.strip_suffix("[]") {
        return some(element(inside));
    }
    if let Some(inside) = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        return some(element(inside));
    }
    for end in [" array", " list", " arrays", " lists"] {
        if lower.ends_with(end) {
            return some(element(&text[..text.len() - end.len()]));
        }
    }
    None
}

fn map(text: &str, lower: &str, reference: bool, depth: usize) -> Option<StatedType> {
    let some = |value: StatedType| Some(StatedType::Map(Box::new(value)));
    if matches!(
        lower,
        "map"
            | "maps"
            | "hashmap"
            | "map object"
            | "map objects"
            | "key-value"
            | "key-value pair"
            | "key/value"
            | "json map"
    ) {
        return some(if reference {
            StatedType::Object(None)
        } else {
            StatedType::Unstated
        });
    }
    if lower.len() != text.len() {
        return None;
    }
    for word in ["map", "maps", "hashmap", "dict", "dictionary"] {
        let Some(rest) = lower.strip_prefix(word) else {
            continue;
        };
        let rest = rest.trim_start_matches([' ', '\\']);
        if rest.starts_with(['<', '[', '(']) {
            let inside = &text[text.len() - rest.len() + 1..];
            let inside = inside
                .trim_end_matches("objects")
                .trim_end_matches("object")
                .trim_end();
            let inside = inside.strip_suffix(['>', ']', ')']).unwrap_or(inside);
            let value = inside
                .split_once([',', ':', ']', '，'])
                .map_or("", |(_, value)| value.trim_start_matches([' ', '\\']));
            let value = read(value, reference, depth + 1);
            return some(value.unwrap_or(if reference {
                StatedType::Object(None)
            } else {
                StatedType::Unstated
            }));
        }
    }
    for start in ["map of ", "maps of "] {
        if lower.starts_with(start) {
            let rest = &text[start.len()..];
            // `Map of String to Object`
            let value = rest.split_once(" to ").map_or(rest, |(_, value)| value);
            return some(read(value, reference, depth + 1).unwrap_or(StatedType::Unstated));
        }
    }
    None
}

/// A scalar, also in the plural, with a size or a note in brackets.
fn scalar(lower: &str) -> Option<StatedType> {
    let head = lower
        .split(['(', '（', '['])
        .next()
        .unwrap_or_default()
        .trim_end_matches([' ', '*', '.', ',']);
    let head = head.strip_suffix(" type").unwrap_or(head);
    let head = head
        .strip_prefix("json ")
        .filter(|rest| *rest == "string")
        .unwrap_or(head);
    let singular = head.strip_suffix('s').unwrap_or(head);
    let singular = match head {
        "properties" => head,
        _ => singular,
    };
    Some(match singular {
        "string" | "str" | "char" | "varchar" | "text" | "enum" | "enumeration" | "file"
        | "url" | "uri" | "ip" | "password" | "base64" => StatedType::String(None),
        "uuid" => StatedType::String(Some("uuid")),
        "date" => StatedType::String(Some("date")),
        "datetime" | "date-time" | "date time" | "timestamp" | "time" => {
            StatedType::String(Some("date-time"))
        }
        "integer" | "int" | "number integer" | "short" | "byte" | "unsigned int" | "uint"
        | "interger" => StatedType::Integer(None),
        "int32" | "integer32" | "uint32" => StatedType::Integer(Some("int32")),
        "long" | "long integer" | "int64" | "bigint" | "longlong" | "uint64" | "long int" => {
            StatedType::Integer(Some("int64"))
        }
        "boolean" | "bool" | "booleen" => StatedType::Boolean,
        "double" => StatedType::Number(Some("double")),
        "float" => StatedType::Number(Some("float")),
        "number" | "percentage" | "ratio" | "decimal" | "bigdecimal" | "numeric" | "percent" => {
            StatedType::Number(None)
        }
        "anytype" | "any" | "any type" | "oneof" | "json value" | "null" => StatedType::Any,
        _ => return None,
    })
}

/// Words that say that something is an object.
const OBJECT: [&str; 16] = [
    "object",
    "objects",
    "dict",
    "dicts",
    "dictionary",
    "dictionaries",
    "json",
    "jsonobject",
    "json object",
    "json objects",
    "data structure",
    "data structures",
    "struct",
    "structure",
    "dictionary data structure",
    "json format",
];

fn object(text: &str, lower: &str, reference: bool) -> Option<StatedType> {
    let head = lower.split(['(', '（']).next().unwrap_or_default().trim();
    if OBJECT.contains(&head) {
        return Some(StatedType::Object(None));
    }
    if lower.starts_with("dictionary data structure")
        || lower.starts_with("data structure")
        || lower.starts_with("object ")
        || lower.starts_with("json object")
        || lower.starts_with("dict ")
    {
        return Some(StatedType::Object(None));
    }
    // From the longest: `ImageMember data structure`, `ImageMember objects`.
    let ends = [
        " data structure",
        " structure",
        " objects",
        " object",
        " dict",
        " json",
        " struct",
        " class",
    ];
    for end in ends {
        if let Some(name) = lower.strip_suffix(end) {
            let name = text.get(..name.len()).unwrap_or_default();
            return Some(StatedType::Object(word(name)));
        }
    }
    if reference {
        return Some(StatedType::Object(word(text)));
    }
    // A bare word such as `VolumeSpec` or `resource_resp`.
    word(text)
        .filter(|name| {
            !matches!(
                name.to_lowercase().as_str(),
                "yes"
                    | "no"
                    | "none"
                    | "null"
                    | "n/a"
                    | "true"
                    | "false"
                    | "optional"
                    | "mandatory"
            )
        })
        .filter(|name| name.len() > 1 && name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(StatedType::Word)
}

/// The name of a data structure: one word.
fn word(text: &str) -> Option<String> {
    let text = cut(text);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '$');
    (!text.is_empty() && text.chars().all(plain)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests;
