//! One object for a body that has several forms. It has the fields of all forms, and each form keeps the list of
//! its required fields.

use std::collections::BTreeMap;

use crate::model::schema::{Kind, Object, Schema};

/// The named schemas of a service.
type Schemas<'a> = BTreeMap<&'a str, &'a Schema>;

/// How deep schemas that refer to each other are followed.
const DEEPEST: usize = 16;

/// The fields of all forms of an object, and the required fields of each form. If one form requires nothing, no form
/// does: every object is complete then. `None` if the schema, or one of its forms, is not an object.
pub(super) fn forms(schema: &Schema, schemas: &Schemas<'_>) -> Option<(Object, Vec<Vec<String>>)> {
    let (object, mut forms) = every_form(schema, schemas)?;
    if forms.iter().any(Vec::is_empty) {
        forms.clear();
    }
    Some((object, forms))
}

fn every_form(schema: &Schema, schemas: &Schemas<'_>) -> Option<(Object, Vec<Vec<String>>)> {
    match &schema.kind {
        Kind::Object(object) => Some((object.clone(), vec![object.required.clone()])),
        Kind::AnyOf(shapes) => {
            let mut all = Object::default();
            let mut forms = Vec::new();
            for shape in shapes {
                let Kind::Object(object) = &resolved(shape, schemas)?.kind else {
                    return None;
                };
                forms.push(object.required.clone());
                add(&mut all, object);
            }
            all.required = common(&forms);
            Some((all, forms))
        }
        _ => None,
    }
}

/// The elements of a list that has several forms. `None` if a form is not a list.
pub(super) fn elements(schema: &Schema, schemas: &Schemas<'_>) -> Option<Schema> {
    let Kind::AnyOf(shapes) = &schema.kind else {
        return None;
    };
    let mut elements = Vec::new();
    for shape in shapes {
        match &resolved(shape, schemas)?.kind {
            Kind::Array(element) => elements.push((**element).clone()),
            _ => return None,
        }
    }
    Some(Schema::of(Kind::AnyOf(elements)))
}

fn resolved<'s>(schema: &'s Schema, schemas: &Schemas<'s>) -> Option<&'s Schema> {
    let mut schema = schema;
    for _ in 0..DEEPEST {
        match &schema.kind {
            Kind::Ref(name) => schema = schemas.get(name.as_str())?,
            _ => return Some(schema),
        }
    }
    None
}

fn add(all: &mut Object, object: &Object) {
    for (name, schema) in &object.properties {
        match all.properties.iter_mut().find(|(known, _)| known == name) {
            None => all.properties.push((name.clone(), schema.clone())),
            Some((_, known)) if known == schema => {}
            Some((_, known)) if known.kind == schema.kind => {
                *known = Schema::of(known.kind.clone());
            }
            Some((_, known)) => *known = Schema::default(),
        }
    }
    if all.additional.is_none() {
        all.additional.clone_from(&object.additional);
    }
}

/// The fields that every form requires.
fn common(forms: &[Vec<String>]) -> Vec<String> {
    let Some((first, others)) = forms.split_first() else {
        return Vec::new();
    };
    let everywhere = |name: &&String| others.iter().all(|form| form.contains(name));
    first.iter().filter(everywhere).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Schema {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn an_object_with_two_forms_has_the_fields_of_both() {
        let named = of(
            r#"{"type": "object", "properties": {"b": {"type": "integer"}, "c": {}}, "required": ["b"]}"#,
        );
        let schemas = BTreeMap::from([("Named", &named)]);
        let schema = of(
            r##"{"anyOf": [{"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"},
                "c": {"type": "string"}}, "required": ["a", "b"]}, {"$ref": "#/$defs/Named"}]}"##,
        );
        let (object, forms) = forms(&schema, &schemas).unwrap();
        let fields: Vec<&str> = object
            .properties
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(fields, ["a", "b", "c"]);
        assert_eq!(object.properties[2].1, Schema::default());
        assert_eq!(object.required, ["b"]);
        assert_eq!(forms, [vec!["a", "b"], vec!["b"]]);
    }

    #[test]
    fn nothing_is_required_if_one_form_requires_nothing() {
        let schema = of(
            r#"{"anyOf": [{"type": "object", "properties": {"a": {}}, "required": ["a"]},
                {"type": "object", "properties": {"b": {}}}]}"#,
        );
        let (object, forms) = forms(&schema, &BTreeMap::new()).unwrap();
        assert_eq!(object.properties.len(), 2);
        assert!(object.required.is_empty() && forms.is_empty());
    }

    #[test]
    fn forms_of_different_kinds_are_not_one_object() {
        let schemas = BTreeMap::new();
        let schema = of(r#"{"anyOf": [{"type": "object"}, {"type": "string"}]}"#);
        assert_eq!(forms(&schema, &schemas), None);
        let lists = of(
            r#"{"anyOf": [{"type": "array", "items": {"type": "object"}}, {"type": "array", "items": {}}]}"#,
        );
        assert!(
            matches!(elements(&lists, &schemas).unwrap().kind, Kind::AnyOf(shapes) if shapes.len() == 2)
        );
        assert_eq!(elements(&schema, &schemas), None);
    }

    #[test]
    fn a_schema_that_is_only_itself_is_no_object() {
        let round = of(r##"{"$ref": "#/$defs/Round"}"##);
        let schemas = BTreeMap::from([("Round", &round)]);
        let schema = of(r##"{"anyOf": [{"$ref": "#/$defs/Round"}]}"##);
        assert_eq!(forms(&schema, &schemas), None);
    }
}
