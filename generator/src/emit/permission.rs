//! The permission constants of a service: one for each action that its tables name.
//! What they are called is in `name/constant.rs`; this module must never leave an action without one.

use std::collections::BTreeMap;

use syn::{Expr, Item, ItemConst, ItemMod, parse_quote};

use super::{doc, syntax};
use crate::inert;
use crate::model::Service;
use crate::name::constants;

/// The constants by action.
pub(super) struct Constants {
    names: BTreeMap<String, String>,
}

impl Constants {
    /// Names every action of the service.
    pub(super) fn of(service: &Service) -> Self {
        Constants {
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
        let about = doc::attributes(&[about]);
        if self.names.is_empty() {
            return parse_quote!(#(#about)* pub mod permission {});
        }
        let constants = self.names.iter().map(|(action, name)| {
            let name = syntax::ident(name);
            let mut constant: ItemConst = parse_quote!(pub const #name: Permission = ACTION;);
            constant.attrs = doc::attributes(&[inert::code(action)]);
            let action = [syntax::string(action)];
            *constant.expr = syntax::call(syntax::path(["Permission", "new"]), action);
            Item::Const(constant)
        });
        let mut module: ItemMod = parse_quote! {
            #(#about)*
            pub mod permission {
                use ::permspec_runtime::Permission;
            }
        };
        let (_, items) = module.content.as_mut().expect("written with a body");
        items.extend(constants);
        module
    }
}
