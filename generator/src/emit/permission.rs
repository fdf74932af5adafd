//! The permission constants of a service: one for each action that its tables name.
//! Two actions never share a constant; this module must never leave an action without one.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::doc;
use crate::model::Service;
use crate::name::screaming_case;

/// The constants by action.
pub(super) struct Constants {
    names: BTreeMap<String, Ident>,
}

impl Constants {
    /// Names every action of the service. The service's own prefix is left out
    /// (`ims:images:share` -> `IMAGES_SHARE`), another service's is kept (`VPC_PORTS_GET`).
    pub(super) fn of(service: &Service) -> Self {
        let operations = service.operations().map(|(_, operation)| operation);
        let requirements = operations.flat_map(|op| op.actions.iter().chain(&op.dependencies));
        let actions: BTreeSet<&str> = requirements.map(|r| r.action.as_str()).collect();
        // `ims:images:get` and `IMS:images:get` differ, their constants must too.
        let names = distinct(actions, |action| {
            let own = action
                .strip_prefix(service.name.as_str())
                .and_then(|rest| rest.strip_prefix(':'));
            own.unwrap_or(action)
        });
        Constants { names }
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
            doc::text(service.display_name())
        );
        let about = doc::attributes(&[about]);
        if self.names.is_empty() {
            return quote!(#about pub mod permission {});
        }
        let constants = self.names.iter().map(|(action, name)| {
            let docs = doc::attributes(&[doc::code(action)]);
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

/// A constant's name for each text, made from what `named` leaves of it. No two share one.
pub(super) fn distinct<'t>(
    texts: BTreeSet<&'t str>,
    named: impl Fn(&'t str) -> &'t str,
) -> BTreeMap<String, Ident> {
    let mut taken = BTreeSet::new();
    let constants = texts.into_iter().map(|text| {
        let mut name = screaming_case(named(text));
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        (text.to_owned(), format_ident!("{name}"))
    });
    constants.collect()
}
