//! A gateway on bare metal. It finds the operation of a call, and asks a policy that is compiled in whether it is
//! allowed.
//!
//! With `--cfg bare`, it is a whole program except for its entry point. It handles panics and does not have an
//! allocator, so it can be built only if nothing in it needs one.
#![no_std]
#![allow(unexpected_cfgs, reason = "`bare` is set by the test that builds it")]

use permspec_runtime::policy::{Answer, Attached, Place, Policies, Policy, Statement};
use permspec_runtime::{Catalogue, Method, Permission};

const READ: &[Permission] = &[Permission::new("ims:*:get*")];
const SECRET: &[Permission] = &[Permission::new("ims:images:getSecret")];
const STATEMENTS: &[Statement] = &[Statement::allow(READ), Statement::deny(SECRET)];
static READER: Policy = Policy::new(STATEMENTS);

/// Whether the policy allows all operations that the call may be.
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
