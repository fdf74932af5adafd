//! Which operations of the catalogue real servers know under their documented paths.
//! The parameters of the paths name nothing, and the bodies describe nothing that a server could create.

use otc_api::{iam, ims, vpc};
use permspec_runtime::{Method, Request, Route, RouteSpec};
use permspec_tests::Caller;

use super::Cloud;

/// A path that begins with one of these belongs to the cloud alone, although the rest of its service is OpenStack's.
/// Neutron has the firewalls (`fwaas`) as an extension, which the servers of the test do not have.
const OF_THE_CLOUD_ALONE: [&str; 8] = [
    "/v2/cloudimages",
    "/v2/{project_id}/",
    "/v2.0/{project_id}/",
    "/v2.0/eip/",
    "/v2.0/vpc/",
    "/v2.0/fwaas/",
    "/v3-ext/",
    "/v3.0/",
];

/// Whether the server has the operation. It says in its own words that it has no such path, and sends nothing else
/// in these words.
fn knows(client: &Caller, spec: &'static RouteSpec, body: &str) -> bool {
    let names = spec.endpoints[0].parameters().count();
    let mut request = Request::new(spec, &vec!["f00"; names]);
    if matches!(request.method(), Method::Post | Method::Put | Method::Patch) {
        request = request.body(body, "application/json");
    }
    let Err(error) = client.send(request) else {
        return true;
    };
    let status = error
        .status()
        .unwrap_or_else(|| panic!("{error:#}"))
        .as_u16();
    let words = [
        "The resource could not be found.",
        "The requested URL was not found",
    ];
    let unknown = words.iter().any(|words| {
        error
            .message()
            .is_some_and(|message| message.starts_with(words))
    });
    status != 405 && !(status == 404 && unknown)
}

/// The operations below `prefix`, each with whether the server should know it.
fn below<R: Route>(prefix: &str) -> impl Iterator<Item = (&'static RouteSpec, bool)> {
    R::all().iter().filter_map(move |route| {
        let spec = route.spec();
        // Some pages do not state a call.
        let path = spec.endpoints.first()?.path;
        let of_the_cloud = OF_THE_CLOUD_ALONE
            .iter()
            .any(|start| path.starts_with(start));
        path.starts_with(prefix).then_some((spec, !of_the_cloud))
    })
}

#[test]
fn the_servers_know_every_operation_that_is_not_of_the_cloud_alone() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    let [keystone, _] = cloud.admin("keystone");
    let [glance, _] = cloud.admin("glance");
    let [neutron, _] = cloud.admin("neutron");
    // Keystone reads a body before it looks for the path, and it breaks off if a project does not have a name.
    let of_keystone = r#"{"project": {"name": ""}}"#;
    let calls = below::<iam::Route>("/v3").map(|each| (&keystone, of_keystone, each));
    let calls = calls.chain(below::<ims::Route>("/v2").map(|each| (&glance, "[]", each)));
    let calls = calls.chain(below::<vpc::Route>("/v2.0/").map(|each| (&neutron, "[]", each)));
    let (mut known, mut wrong) = (0, Vec::new());
    for (client, body, (spec, expected)) in calls {
        known += usize::from(expected);
        // The response to HEAD has no words.
        let is_head = spec.endpoints[0].method == Some(Method::Head);
        if !is_head && knows(client, spec, body) != expected {
            wrong.push(format!("{} `{}`", spec.id, spec.endpoints[0]));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(known > 100, "{known} operations");
}
