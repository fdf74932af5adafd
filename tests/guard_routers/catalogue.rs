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
        antiddos, aom, apig, as_, bms, cbr, cce, cci, ces, cfw, csbs, css, cts, dataarts, dc, dcs,
        ddm, dds, deh, dis, dli, dms, dns, drs, dws, ecs, eip, elb, eps, er, evs, fg, gaussdb,
        geminidb, hss, iam, ims, kms, lts, modelarts, mrs, nat, opengauss, plas, rds, rfs, rms,
        rocketmq, rts, sdrs, sfs, smn, swr, taurusdb, tms, ucs, vbs, vpc, vpcep, vpn, waf,
        wafcloud
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
