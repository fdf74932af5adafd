//! Resources and conditions of a statement: their form and their number.
//! They are kept as canonical JSON. This module must never judge their meaning.

use alloc::format;
use alloc::string::String;

use super::super::finding::limits;
use super::super::json::{JsonNode, JsonValue};
use super::super::write::compact;
use super::{Reading, get};

impl Reading<'_> {
    /// Reads an array of resources. In a policy for agencies, it is an object that contains them as
    /// `uri`.
    pub(super) fn resources(&mut self, node: &JsonNode) -> Option<String> {
        let list = match &node.value {
            JsonValue::Object(_) => {
                let entries = self.object(node, "a list of agencies", &["uri"])?;
                let Some(list) = get(entries, "uri") else {
                    self.error(&node.span, "the list of agencies has no `uri`");
                    return None;
                };
                list
            }
            _ => node,
        };
        let JsonValue::Array(items) = &list.value else {
            self.expected("an array of resources", list);
            return None;
        };
        let (limit, count) = (limits::RESOURCES, items.len());
        self.number(&list.span, "a statement", "resources", limit, count);
        if (limits::RESOURCES_AGREED + 1..=limit).contains(&count) {
            let agreed = limits::RESOURCES_AGREED;
            let help = format!("one page of the documentation allows {agreed}, another {limit}");
            self.warning(
                &list.span,
                format!("the statement has {count} resources"),
                help,
            );
        }
        for item in items {
            let Some(resource) = item.text() else {
                self.expected("a resource", item);
                return None;
            };
            self.length(
                &item.span,
                "a resource",
                limits::RESOURCE_CHARACTERS,
                resource,
            );
        }
        Some(compact(node))
    }

    /// Reads an object of operators (`StringEquals`). Each operator is an object of keys (`g:UserName`)
    /// with their values.
    pub(super) fn conditions(&mut self, node: &JsonNode) -> Option<String> {
        let JsonValue::Object(operators) = &node.value else {
            self.expected("an object of conditions", node);
            return None;
        };
        let mut conditions = 0;
        for (_, operator) in operators {
            let JsonValue::Object(keys) = &operator.value else {
                self.expected("an object of condition keys", operator);
                return None;
            };
            conditions += keys.len();
        }
        self.number(
            &node.span,
            "a statement",
            "conditions",
            limits::CONDITIONS,
            conditions,
        );
        Some(compact(node))
    }
}
