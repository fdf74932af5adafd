//! The pages of a list in generated code: the type of an item, and the constant that tells the runtime how the pages
//! follow each other.

use super::rust::literal;
use super::shape::{Answer, Pages, Struct, Ty};
use crate::interface::paging::{Next, paging};
use crate::model::Interface;
use crate::project::Offset;

/// The pages of an operation, if its page documents them and its response type has the list.
pub(super) fn of(
    interface: &Interface,
    offset: Option<Offset>,
    answer: &Answer,
    structs: &[Struct],
) -> Option<Pages> {
    let Answer::Typed(answer) = answer else {
        return None;
    };
    let found = paging(interface, offset)?;
    let Ty::List(item) = at(answer, &found.items, structs)? else {
        return None;
    };
    let items = place(&found.items);
    let mut expression = match &found.next {
        Next::LastItem { query, field } => {
            format!(
                "typed::Paging::by_last_item({items}, {}, {})",
                literal(query),
                place(&[field])
            )
        }
        Next::Marker { query, field } => {
            format!(
                "typed::Paging::by_marker({items}, {}, {})",
                literal(query),
                place(field)
            )
        }
        Next::Offset { query, first } => {
            format!(
                "typed::Paging::by_offset({items}, {}, {first})",
                literal(query)
            )
        }
        Next::Number { query, first } => {
            format!(
                "typed::Paging::by_number({items}, {}, {first})",
                literal(query)
            )
        }
        Next::Link { field } => format!("typed::Paging::by_link({items}, {})", place(field)),
    };
    if let Some(limit) = found.limit {
        let largest = limit.largest.unwrap_or_default();
        let query = literal(limit.query);
        expression = format!("{expression}.with_limit({query}, {largest})");
    }
    if let Some(total) = &found.total {
        expression = format!("{expression}.with_total({})", place(total));
    }
    Some(Pages {
        item: (*item).clone(),
        paging: expression,
    })
}

/// The type of the field to which these names lead.
fn at(ty: &Ty, path: &[&str], structs: &[Struct]) -> Option<Ty> {
    let [first, rest @ ..] = path else {
        return Some(ty.clone());
    };
    let Ty::Named(name) = ty else {
        return None;
    };
    let made = structs.iter().find(|made| made.name == *name)?;
    let field = made.fields.iter().find(|field| field.wire == *first)?;
    at(&field.ty, rest, structs)
}

/// The names of fields as a constant of the runtime.
pub(super) fn place(path: &[&str]) -> String {
    let names: Vec<String> = path.iter().map(|name| literal(name)).collect();
    format!("&[{}]", names.join(", "))
}
