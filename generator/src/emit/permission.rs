//! The permission constants of a service: one for each action that its tables name.
//! What they are called is in `name/constant.rs`; this module must never leave an action without one.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::doc;
use crate::inert;
use crate::model::Service;
use crate::name::constants;

/// The constants by action.
pub(super) struct Constants {
    names: BTreeMap<String, Ident>,
}

impl Constants {
    /// Names every action of the service.
    pub(super) fn of(service: &Service) -> Self {
        Constants {
            names: idents(constants(service)),
        }
    }

    /// The path of an action's constant from the service's module.
    pub(super) fn path(&self, action: &str) -> TokenStream {
        let name = &self.names[action];
        quote!(permission::#name)
    }

    /// `pub mod permission`.
    pub(super) fn module(&self, service: &Service) -> TokenStream {
        let about = format!(
            "The actions that the operations of {} need.",
            inert::text(service.display_name())
        );
        let about = doc::attributes(&[about]);
        if self.names.is_empty() {
            return quote!(#about pub mod permission {});
        }
        let constants = self.names.iter().map(|(action, name)| {
            let docs = doc::attributes(&[inert::code(action)]);
            quote! {
                #docs
                pub const #name: Permission = Permission::new(#action);
            }
        });
        quote! {
            #about
            pub mod permission {
                use ::permspec_runtime::Permission;
                #(#constants)*
            }
        }
    }
}

/// Names as identifiers.
pub(super) fn idents(names: BTreeMap<String, String>) -> BTreeMap<String, Ident> {
    let ident = |(text, name): (String, String)| (text, format_ident!("{name}"));
    names.into_iter().map(ident).collect()
}
