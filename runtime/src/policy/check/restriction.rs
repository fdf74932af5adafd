//! Resources and conditions of a statement: their form and number.
//! They are carried as canonical JSON; this module must never judge what they mean.

use alloc::format;
use alloc::string::String;

use super::super::finding::limits;
use super::super::json::{Node, Value};
use super::super::write::compact;
use super::{Reading, get};

impl Reading<'_> {
    /// An array of resources; in a policy for agencies, an object that has them as `uri`.
    pub(super) fn resources(&mut self, node: &Node) -> Option<String> {
        let list = match &node.value {
            Value::Object(_) => {
                let entries = self.object(node, "a list of agencies", &["uri"])?;
                let Some(list) = get(entries, "uri") else {
                    self.error(&node.span, "the list of agencies has no `uri`");
                    return None;
                };
                list
            }
            _ => node,
        };
        let Value::Array(items) = &list.value else {
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

    /// An object of operators (`StringEquals`), each an object of keys (`g:UserName`) with their values.
    pub(super) fn conditions(&mut self, node: &Node) -> Option<String> {
        let Value::Object(operators) = &node.value else {
            self.expected("an object of conditions", node);
            return None;
        };
        let mut conditions = 0;
        for (_, operator) in operators {
            let Value::Object(keys) = &operator.value else {
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
