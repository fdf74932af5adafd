//! What the schema of a table may be called, from the words of its field, of the path and of the page.

use super::super::draft::{Draft, Fields};
use super::super::library::{Library, TableId};
use super::super::nest::Built;
use super::super::operation::{Body, Operation};
use crate::model::is_version;

/// Names for a table, the shortest first.
pub(super) fn candidates(
    tables: &Library<'_>,
    operation: &Operation,
    id: TableId,
    built: &Built,
) -> Vec<String> {
    let draft = &tables.drafts[operation.page];
    let place = Place::of(draft);
    let resource = type_words(place.nouns.last());
    let own = place.own(built);
    let around = match &built.path[..] {
        [.., outer, _] => type_word(outer),
        _ => resource.clone(),
    };
    let told = told(tables.table(id), &own);
    let direction = direction(operation, id);
    let path = type_words(built.path.iter().filter(|part| *part != "*"));
    let (verb, version, stem) = (place.verb, &place.version, pascal(&draft.title));
    let all_nouns = type_words(&place.nouns);
    let several = place
        .nouns
        .last()
        .map(|noun| pascal(noun))
        .unwrap_or_default();
    let owned = joined(&around, &own);
    let of_resource = joined(&resource, &path);
    let of_nouns = joined(&all_nouns, &path);
    let mut names = vec![
        own.clone(),
        owned.clone(),
        format!("{own}{direction}"),
        told.clone(),
        joined(verb, &own),
        joined(verb, &format!("{own}{direction}")),
        joined(verb, &format!("{owned}{direction}")),
        joined(&resource, &owned),
        format!("{of_resource}{direction}"),
        format!("{verb}{of_resource}{direction}"),
        format!("{verb}{several}{path}"),
        format!("{verb}{several}{path}{direction}"),
        format!("{verb}{of_nouns}{direction}"),
        format!("{version}{verb}{of_nouns}{direction}"),
        format!("{stem}{path}{direction}"),
        format!("{version}{stem}{path}{direction}"),
        format!("{version}{verb}{all_nouns}{stem}{path}{direction}"),
        format!("{version}{verb}{all_nouns}{stem}{path}{told}{direction}"),
    ];
    names.retain(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()));
    names.dedup();
    names
}

/// The words that the call of a page gives.
struct Place {
    verb: &'static str,
    version: String,
    /// The fixed segments of the path.
    nouns: Vec<String>,
}

impl Place {
    fn of(draft: &Draft) -> Place {
        let call = draft.calls.first();
        let path = call.map_or("", |call| &call.path);
        let version = path.split('/').find(|part| is_version(part));
        Place {
            verb: match call.map_or("", |call| &call.method) {
                "GET" if path.ends_with('}') => "Get",
                "GET" => "List",
                "POST" => "Create",
                "PUT" | "PATCH" => "Update",
                "DELETE" => "Delete",
                _ => "Call",
            },
            version: version
                .map(|part| pascal(&part.replace('.', "_")))
                .unwrap_or_default(),
            nouns: nouns(path),
        }
    }

    /// The name of a table by itself: of its data structure, or of its field. The field of the resource
    /// itself gets the noun before it.
    fn own(&self, built: &Built) -> String {
        if let Some(name) = &built.type_name {
            return pascal(name);
        }
        let field = field(built);
        match (&self.nouns[..], &built.path[..]) {
            ([.., before, last], [only])
                if singular(last).eq_ignore_ascii_case(&singular(only)) =>
            {
                format!("{}{field}", type_word(before))
            }
            _ => field,
        }
    }
}

/// The innermost field that leads to a table.
fn field(built: &Built) -> String {
    let named = built.path.iter().rev().find(|part| *part != "*");
    named.map_or_else(|| "Item".to_owned(), |part| type_word(part))
}

/// The name with the words of the caption: `Parameters of the Hive SQL node` tells shapes of one field
/// apart.
fn told(table: &Fields, own: &str) -> String {
    let caption: String = table.names[0].special().take(4).map(pascal).collect();
    if caption.is_empty() || caption.len() > 40 {
        own.to_owned()
    } else {
        joined(&caption, own)
    }
}

fn type_word(text: &str) -> String {
    pascal(&singular(text))
}

fn type_words<'t>(texts: impl IntoIterator<Item = &'t String>) -> String {
    texts.into_iter().map(|text| type_word(text)).collect()
}

/// Two words. If the second begins with the first, the first is not repeated.
fn joined(front: &str, back: &str) -> String {
    if back.starts_with(front) {
        back.to_owned()
    } else {
        format!("{front}{back}")
    }
}

/// The word for the body that a table is in.
fn direction(operation: &Operation, id: TableId) -> &'static str {
    let parent = |at: &TableId| {
        operation
            .built
            .get(at)
            .and_then(|built| built.parent)
            .filter(|parent| parent != at)
    };
    let chain = std::iter::successors(Some(id), parent).take(64);
    let root = chain.last().unwrap_or(id);
    let failed = |body: &&Body| body.failure && body.roots.contains(&root);
    match &operation.request {
        Some(request) if request.roots.contains(&root) => "Request",
        _ if operation.responses.iter().any(|body| failed(&body)) => "Error",
        _ => "Response",
    }
}

/// The fixed segments of a path, without versions.
fn nouns(path: &str) -> Vec<String> {
    path.split('/')
        .filter(|part| !part.is_empty() && !part.contains(['{', '<', ':']) && !is_version(part))
        .map(str::to_owned)
        .collect()
}

/// `image_member-list` to `ImageMemberList`, `OS-EXT` to `OsExt`.
fn pascal(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let shouted = word.len() > 1 && !word.bytes().any(|byte| byte.is_ascii_lowercase());
        for (at, c) in word.char_indices() {
            name.push(match at {
                0 => c.to_ascii_uppercase(),
                _ if shouted => c.to_ascii_lowercase(),
                _ => c,
            });
        }
    }
    name
}

/// The singular of a name whose last word is a plural.
fn singular(name: &str) -> String {
    let start = name
        .rfind(|c: char| !c.is_ascii_alphanumeric())
        .map_or(0, |at| at + 1);
    match name.get(start..) {
        Some(last) if last.len() > 3 => {
            format!("{}{}", &name[..start], crate::words::singular(last))
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plural_becomes_the_word_for_one() {
        for (many, one) in [
            ("members", "member"),
            ("policies", "policy"),
            ("addresses", "address"),
            ("status", "status"),
            ("image_members", "image_member"),
            ("dns", "dns"),
            ("boxes", "box"),
            ("settings", "setting"),
            ("os-volumes", "os-volume"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn a_name_of_the_wire_becomes_a_name_of_a_type() {
        for (wire, name) in [
            ("image_member", "ImageMember"),
            ("OS-EXT:x", "OsExtX"),
            ("VPC", "Vpc"),
            ("os.modelarts/name", "OsModelartsName"),
        ] {
            assert_eq!(pascal(wire), name);
        }
    }
}
