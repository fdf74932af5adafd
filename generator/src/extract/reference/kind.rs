//! The grammar of type cells: scalars, objects, arrays, maps, and what names an object.
//! It reads one expression; which table describes an object is found elsewhere.

mod array;
mod map;

/// What a type cell says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum StatedType {
    /// The table does not have a column of types, or the cell is empty.
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
    /// An object, with the name of its data structure if the cell has one.
    Object(Option<String>),
    /// The cell only says which table describes the value: an object, or an array of such objects.
    Described,
    /// A bare word: the name of a data structure, or a misprint.
    Word(String),
    /// An array; the element is `Unstated` if the cell does not say what it is.
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
        if reference && is_table(text) {
            return StatedType::Described;
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
            | StatedType::Described
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

/// `Table 3`, `See Table 3`
fn is_table(text: &str) -> bool {
    let lower = cut(text).to_lowercase();
    let number = lower.trim_start_matches("see ").strip_prefix("table ");
    number.is_some_and(|number| {
        number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
    })
}

/// A type without the sentence after it: `List For details, see Table 3`.
fn unexplained(text: &str) -> &str {
    // Every lead has a space. Most types are one word.
    if !text.contains(' ') {
        return text;
    }
    let lower = text.to_lowercase();
    let has_lead = lower.contains("for ") || lower.contains("see");
    if !has_lead || lower.len() != text.len() {
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

/// Expressions do not nest deeper than this.
const DEEPEST: usize = 6;

fn read(text: &str, reference: bool, depth: usize) -> Option<StatedType> {
    let text = cut(text);
    if depth > DEEPEST || text.is_empty() {
        return None;
    }
    let lower = text.to_lowercase();
    array::read(text, &lower, reference, depth)
        .or_else(|| map::read(text, &lower, reference, depth))
        .or_else(|| scalar(&lower))
        .or_else(|| object(text, &lower, reference))
}

/// The expression without what is around it.
fn cut(text: &str) -> &str {
    text.trim_matches([' ', '.', ',', ';', ':', '*', '"', '\'', '`', '\u{a0}'])
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
const OBJECT: [&str; 17] = [
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
    "reference",
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
