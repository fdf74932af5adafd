use super::*;

fn shown(kind: &StatedType) -> String {
    match kind {
        StatedType::Unstated => "-".to_owned(),
        StatedType::Unknown => "?".to_owned(),
        StatedType::Any => "any".to_owned(),
        StatedType::String(format) => format!(
            "string{}",
            format.map_or(String::new(), |f| format!("/{f}"))
        ),
        StatedType::Integer(format) => format!(
            "integer{}",
            format.map_or(String::new(), |f| format!("/{f}"))
        ),
        StatedType::Number(format) => format!(
            "number{}",
            format.map_or(String::new(), |f| format!("/{f}"))
        ),
        StatedType::Boolean => "boolean".to_owned(),
        StatedType::Object(name) => format!("{{{}}}", name.as_deref().unwrap_or_default()),
        StatedType::Described => "table".to_owned(),
        StatedType::Word(name) => name.clone(),
        StatedType::Array(element) => format!("[{}]", shown(element)),
        StatedType::Map(value) => format!("<{}>", shown(value)),
    }
}

#[test]
fn a_type_cell_is_read_in_every_spelling() {
    for (cell, expected) in [
        ("String", "string"),
        ("string (64)", "string"),
        ("Long integer", "integer/int64"),
        ("Int32", "integer/int32"),
        ("Bool", "boolean"),
        ("Float", "number/float"),
        ("UUID", "string/uuid"),
        ("Object", "{}"),
        ("ImageMember object", "{ImageMember}"),
        ("Dictionary data structure", "{}"),
        ("List data structure", "[-]"),
        ("Array", "[-]"),
        ("Array of strings", "[string]"),
        ("Array of objects", "[{}]"),
        ("Array of ImageMember objects", "[{ImageMember}]"),
        ("List<dict>", "[{}]"),
        ("list<resource_resp>", "[resource_resp]"),
        ("Int32eger", "Int32eger"),
        ("Array<String>", "[string]"),
        ("List [string]", "[string]"),
        ("String[]", "[string]"),
        ("[String]", "[string]"),
        ("Integer array", "[integer]"),
        ("Array of arrays of strings", "[[string]]"),
        ("Array<Array<String>>", "[[string]]"),
        ("Map<String,String>", "<string>"),
        ("Map<String,Object> objects", "<{}>"),
        ("Map<String,Array<String>>", "<[string]>"),
        ("Array of Map<String,String>", "[<string>]"),
        ("Map", "<->"),
        ("REFERENCE", "{}"),
        ("ARRAY_REFERENCE", "[{}]"),
        ("AnyType", "any"),
        ("", "-"),
        ("-", "-"),
        ("String/Integer", "?"),
        ("No", "?"),
        ("<T>", "?"),
    ] {
        assert_eq!(shown(&StatedType::read(cell, false)), expected, "{cell}");
    }
    assert_eq!(
        shown(&StatedType::read("Array of Member objects", true)),
        "[{Member}]"
    );
    assert_eq!(
        shown(&StatedType::read("Map<String, Member >", true)),
        "<{Member}>"
    );
    for cell in ["Table 3", "table 12.", "See Table 3"] {
        assert_eq!(shown(&StatedType::read(cell, true)), "table", "{cell}");
    }
    for cell in ["Table", "Table 3 object", "Members"] {
        assert_ne!(shown(&StatedType::read(cell, true)), "table", "{cell}");
    }
    let explained = "List For details, see Table 3.";
    assert_eq!(shown(&StatedType::read(explained, true)), "[{}]");
}
