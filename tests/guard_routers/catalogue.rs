//! Every service of the generated crate with its catalogue.

use otc_api::CATALOGUE;
use permspec_runtime::{Catalogue, Route};

macro_rules! catalogues {
    ($($service:ident),*) => {
        [$(otc_api::$service::Route::catalogue()),*]
    };
}

/// One catalogue for each service, and one of all services.
pub fn all() -> Vec<&'static Catalogue> {
    let services = catalogues!(
        aom, apig, as_, cbr, cce, cci, ces, dc, dcs, dds, deh, dli, dms, dns, dws, ecs, eip, elb,
        eps, er, evs, iam, ims, kms, nat, rds, rms, sfs, smn, tms, vpc, vpcep, vpn, waf
    );
    let operations: usize = services.iter().map(|it| it.specs().count()).sum();
    assert_eq!(
        operations,
        CATALOGUE.specs().count(),
        "a service is missing here"
    );
    let mut all = services.to_vec();
    all.push(&CATALOGUE);
    all
}
