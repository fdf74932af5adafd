//! The permission constants of a service: one for each action that its tables name. `ident/constant.rs`
//! decides their names. This module must never leave an action without a constant.

use std::collections::BTreeMap;

use syn::{Expr, Item, ItemMod, parse_quote};

use super::{item, syntax};
use crate::ident::constants;
use crate::inert;
use crate::model::Service;

/// The constants by action.
pub(super) struct PermissionConstants {
    names: BTreeMap<String, String>,
}

impl PermissionConstants {
    /// Names every action of the service.
    pub(super) fn of(service: &Service) -> Self {
        PermissionConstants {
            names: constants(service),
        }
    }

    /// The path of an action's constant from the service's module.
    pub(super) fn path(&self, action: &str) -> Expr {
        syntax::path(["permission", &self.names[action]])
    }

    /// `pub mod permission`.
    pub(super) fn module(&self, service: &Service) -> ItemMod {
        let about = format!(
            "The actions that the operations of {} need.",
            inert::text(service.display_name())
        );
        let about = syntax::docs(&[about]);
        let imported = (!self.names.is_empty()).then(|| {
            parse_quote!(
                use ::permspec_runtime::Permission;
            )
        });
        let constants = self.names.iter().map(|(action, name)| {
            let docs = syntax::docs(&[inert::code(action)]);
            let new = syntax::path(["Permission", "new"]);
            let value = syntax::call(new, [syntax::string(action)]);
            Item::Const(item::constant(docs, name, item::named("Permission"), value))
        });
        let items = imported.into_iter().chain(constants).collect();
        item::module(about, "permission", items)
    }
}
