//! Resources and conditions of a statement: their form and number.
//! They are carried as they stand; this module must never judge what they mean.

use alloc::format;

use super::super::finding::limits;
use super::super::json::{Node, Value};
use super::{Reading, get};

impl Reading<'_> {
    /// An array of resources; in a policy for agencies, an object that has them as `uri`.
    pub(super) fn resources(&mut self, node: &Node) -> Option<()> {
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
        if !(1..=limits::RESOURCES).contains(&items.len()) {
            let message = format!(
                "a statement has 1 to {} resources, this one has {}",
                limits::RESOURCES,
                items.len()
            );
            self.error(&list.span, message);
        } else if items.len() > limits::RESOURCES_AGREED {
            let message = format!("the statement has {} resources", items.len());
            let help = format!(
                "one page of the documentation allows {}, another {}",
                limits::RESOURCES_AGREED,
                limits::RESOURCES
            );
            self.warning(&list.span, message, help);
        }
        for item in items {
            let Value::Text(resource) = &item.value else {
                self.expected("a resource", item);
                return None;
            };
            let length = resource.chars().count();
            if length > limits::RESOURCE_CHARACTERS {
                let message = format!(
                    "a resource has at most {} characters, this one has {length}",
                    limits::RESOURCE_CHARACTERS
                );
                self.error(&item.span, message);
            }
        }
        Some(())
    }

    /// An object of operators (`StringEquals`), each an object of keys (`g:UserName`) with their values.
    pub(super) fn conditions(&mut self, node: &Node) -> Option<()> {
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
        if !(1..=limits::CONDITIONS).contains(&conditions) {
            let message = format!(
                "a statement has 1 to {} conditions, this one has {conditions}",
                limits::CONDITIONS
            );
            self.error(&node.span, message);
        }
        Some(())
    }
}
