//! What the schema of a table may be called, from the words of its field, of the path and of the page.

use super::super::library::{Library, TableId};
use super::super::nest::Built;
use super::super::operation::{Body, Operation};
use crate::model::is_version;

/// Names for a table, the shortest first.
pub(super) fn candidates(
    library: &Library<'_>,
    operation: &Operation,
    id: TableId,
    built: &Built,
) -> Vec<String> {
    let draft = &library.drafts[operation.page];
    let call = draft.calls.first();
    let nouns = nouns(call.map_or("", |call| &call.path));
    let field = built
        .path
        .iter()
        .rev()
        .find(|part| *part != "*")
        .map_or_else(|| "Item".to_owned(), |part| pascal(&singular(part)));
    let resource: String = nouns
        .iter()
        .rev()
        .take(1)
        .map(|noun| pascal(&singular(noun)))
        .collect();
    let own = match (&built.type_name, nouns.len()) {
        (Some(name), _) => pascal(name),
        (None, count)
            if count > 1
                && built.path.len() == 1
                && singular(&nouns[count - 1]).eq_ignore_ascii_case(&singular(&built.path[0])) =>
        {
            format!("{}{field}", pascal(&singular(&nouns[count - 2])))
        }
        _ => field.clone(),
    };
    let around = built
        .path
        .len()
        .checked_sub(2)
        .and_then(|at| built.path.get(at))
        .map_or_else(|| resource.clone(), |outer| pascal(&singular(outer)));
    let direction = direction(operation, id);
    let path: String = built
        .path
        .iter()
        .filter(|part| *part != "*")
        .map(|part| pascal(&singular(part)))
        .collect();
    let several = nouns.last().map(|noun| pascal(noun)).unwrap_or_default();
    let verb = match call.map_or("", |call| &call.method) {
        "GET" if call.is_some_and(|call| call.path.ends_with('}')) => "Get",
        "GET" => "List",
        "POST" => "Create",
        "PUT" | "PATCH" => "Update",
        "DELETE" => "Delete",
        _ => "Call",
    };
    let all_nouns: String = nouns.iter().map(|noun| pascal(&singular(noun))).collect();
    let version: String = call
        .map_or("", |call| &call.path)
        .split('/')
        .find(|part| is_version(part))
        .map(|part| pascal(&part.replace('.', "_")))
        .unwrap_or_default();
    let stem = pascal(&draft.title);
    // `Parameters of the Hive SQL node` tells shapes of one field apart.
    let table = library.table(id);
    let caption: String = table.names[0].special().take(4).map(pascal).collect();
    let told = if caption.is_empty() || caption.len() > 40 {
        own.clone()
    } else {
        joined(&caption, &own)
    };
    let mut names = vec![
        own.clone(),
        joined(&around, &own),
        format!("{own}{direction}"),
        told.clone(),
        joined(verb, &own),
        joined(verb, &format!("{own}{direction}")),
        joined(verb, &format!("{}{direction}", joined(&around, &own))),
        joined(&resource, &joined(&around, &own)),
        format!("{}{direction}", joined(&resource, &path)),
        format!("{verb}{}{direction}", joined(&resource, &path)),
        format!("{verb}{several}{path}"),
        format!("{verb}{several}{path}{direction}"),
        format!("{verb}{}{direction}", joined(&all_nouns, &path)),
        format!("{version}{verb}{}{direction}", joined(&all_nouns, &path)),
        format!("{stem}{path}{direction}"),
        format!("{version}{stem}{path}{direction}"),
        format!("{version}{verb}{all_nouns}{stem}{path}{direction}"),
        format!("{version}{verb}{all_nouns}{stem}{path}{told}{direction}"),
    ];
    names.retain(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()));
    names.dedup();
    names
}

/// Two words, without the end of the first where the second repeats it.
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
