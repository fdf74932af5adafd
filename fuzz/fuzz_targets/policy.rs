//! Any bytes as a policy: what is read is written in one form that means the same, and decides on every
//! documented action the same way.
#![no_main]

use libfuzzer_sys::fuzz_target;
use permspec_runtime::policy::{Attached, Place, Policies, check};
use permspec_runtime::{PermissionSet, Scope};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let checked = check(&text, None);
    for finding in &checked.findings {
        assert!(text.get(finding.span.clone()).is_some(), "{finding:?} does not lie in the text");
    }
    let Some(policy) = checked.policy else { return };
    let again = check(&policy.to_json(), None).policy.expect("what was written is read");
    assert_eq!(again, policy);
    for place in [Place::IamProject, Place::EnterpriseProject] {
        let (first, second) = ([Attached { policy: &policy, place }], [Attached { policy: &again, place }]);
        for action in PermissionSet::of(&otc_api::CATALOGUE).iter().take(50) {
            let decide = |attached| Policies::new(attached).decide(action, Scope::default()).to_string();
            assert_eq!(decide(&first), decide(&second));
        }
    }
});
