//! A gateway on bare metal: which operation is a call, and does a policy that is compiled in allow it?
//!
//! With `--cfg bare` it is a whole program but for its entry: it has a handler for panics and no
//! allocator, so that it can only be built where nothing in it needs one.
#![no_std]
#![allow(unexpected_cfgs, reason = "`bare` is set by the test that builds it")]

use permspec_runtime::policy::{Answer, Attached, Place, Policies, Policy, Statement};
use permspec_runtime::{Catalogue, Method, Permission};

const READ: &[Permission] = &[Permission::new("ims:*:get*")];
const SECRET: &[Permission] = &[Permission::new("ims:images:getSecret")];
const STATEMENTS: &[Statement] = &[Statement::allow(READ), Statement::deny(SECRET)];
static READER: Policy = Policy::new(STATEMENTS);

/// Whether all operations that the call may be are allowed.
pub fn passes(catalogue: &Catalogue, method: &str, target: &str) -> bool {
    let attached = [Attached {
        policy: &READER,
        place: Place::IamProject,
    }];
    let policies = Policies::new(&attached);
    let Ok(method) = method.parse::<Method>() else {
        return false;
    };
    let mut found = catalogue.find(method, target).peekable();
    found.peek().is_some()
        && found.all(|candidate| {
            let decoded = candidate.parameters().flat_map(|value| value.decoded());
            decoded.count() < 1_000 && policies.explain(candidate.spec()).answer() == Answer::Yes
        })
}

#[cfg(bare)]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
