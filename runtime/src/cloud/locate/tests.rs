use alloc::string::ToString;

use serde_json::json;

use super::*;
use crate::cloud::Interface;

const PROJECT: &str = "0605768a";

static IMS: ServiceSpec = ServiceSpec::new("ims")
    .with_types(&["image"])
    .with_address("https://ims.{region}.otc.t-systems.com");
static RDS: ServiceSpec = ServiceSpec::new("rds").with_types(&["rds", "rdsv3"]);
static OWN_SITE: ServiceSpec =
    ServiceSpec::new("site").with_address("https://site.otc.t-systems.com");

fn joined(url: &str, path: &str) -> String {
    match super::joined(url, path, Some(PROJECT)) {
        Ok(address) => address.to_string(),
        Err(reason) => reason.to_owned(),
    }
}

/// Services as `(type, interface, region, url)`.
fn identity(services: &[[&str; 4]]) -> Identity {
    let service = |[kind, interface, region, url]: &[&str; 4]| {
        json!({"type": kind, "name": "", "endpoints": [
            {"interface": interface, "region": region, "url": url},
        ]})
    };
    let catalog: Vec<_> = services.iter().map(service).collect();
    let about = json!({"catalog": catalog, "project": {"id": PROJECT, "name": "eu-de"}});
    Identity::read(about.as_object().unwrap())
}

fn located(
    services: &[[&str; 4]],
    service: &ServiceSpec,
    region: Option<&str>,
    path: &str,
) -> String {
    let config = CloudConfig {
        region: region.map(String::from),
        ..CloudConfig::default()
    };
    match found(
        &config,
        &identity(services),
        service,
        path,
        "iam.eu-de.otc.t-systems.com",
    ) {
        Ok(address) => address.to_string(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_version_and_a_project_of_the_address_are_those_of_the_path() {
    for (url, path, expected) in [
        ("http://h:9292", "/v2/images", "http://h:9292"),
        ("http://h:9292/", "/v2/images", "http://h:9292"),
        ("http://h:5000/v3", "/v3/users", "http://h:5000"),
        ("https://h/identity/v3/", "/v3/users", "https://h/identity"),
        (
            "https://h/v2/0605768a",
            "/v2/{project_id}/volumes",
            "https://h",
        ),
        (
            "https://h/v2/$(tenant_id)s",
            "/v3/{project_id}/volumes",
            "https://h",
        ),
        ("https://h/v1/AUTH_0605768a", "/v1/{account}", "https://h"),
        (
            "https://h/v1/other",
            "/v1/{project_id}",
            "https://h/v1/other",
        ),
        (
            "https://h/autoscaling-api/v1/0605768a",
            "/autoscaling-api/v1/{project_id}/x",
            "https://h",
        ),
        (
            "https://h/gate/api/v1",
            "/api/v3/projects/{project_id}",
            "https://h/gate",
        ),
        (
            "https://h/gate/volume/v3",
            "/v3/{project_id}/volumes",
            "https://h/gate/volume",
        ),
        ("https://h/x?y", "/v2", "it has a query or a fragment"),
        ("h/x", "/v2", "it is not a URL"),
    ] {
        assert_eq!(joined(url, path), expected, "{url} {path}");
    }
}

#[test]
fn the_catalogue_knows_a_service_by_type_interface_and_region() {
    let services = [
        ["image", "internal", "eu-de", "http://internal"],
        ["image", "public", "eu-nl", "http://nl"],
        ["image", "public", "eu-de", "http://de"],
        ["rds", "public", "eu-de", "http://rds/rds/v1/0605768a"],
        ["rdsv3", "public", "*", "http://rds/v3/0605768a"],
    ];
    let at = |service, region, path| located(&services, service, region, path);
    assert_eq!(at(&IMS, Some("eu-de"), "/v2/images"), "http://de");
    assert_eq!(at(&IMS, Some("eu-nl"), "/v2/images"), "http://nl");
    assert_eq!(
        at(&RDS, Some("eu-de"), "/v3/{project_id}/instances"),
        "http://rds"
    );
    assert_eq!(
        at(&RDS, Some("eu-de"), "/rds/v1/{project_id}/x"),
        "http://rds"
    );
    let config = CloudConfig {
        interface: Interface::Internal,
        ..CloudConfig::default()
    };
    let address = found(&config, &identity(&services), &IMS, "/v2/images", "iam").unwrap();
    assert_eq!(address.to_string(), "http://internal");
}

#[test]
fn an_unknown_place_is_an_error_that_says_what_was_tried() {
    let services = [
        ["rds", "public", "eu-de", "http://rds"],
        ["rds", "public", "eu-nl", "http://nl"],
    ];
    assert_eq!(
        located(&services, &RDS, None, "/v3"),
        "the address of `rds` is not known: the settings have no address for it; the catalogue of the token has \
         it in the regions `eu-de`, `eu-nl`; choose one; no pattern of its host is documented"
    );
    let elsewhere = located(&services, &RDS, Some("eu-ch2"), "/v3");
    assert!(
        elsewhere.contains("in the region `eu-ch2`, but in `eu-de`, `eu-nl`"),
        "{elsewhere}"
    );
    let none = located(&services, &ServiceSpec::new("x"), Some("eu-de"), "/v3");
    assert!(
        none.contains("no public address for the type `x`"),
        "{none}"
    );
    assert!(located(&[], &RDS, None, "/v3").contains("there is no catalogue"));
}

#[test]
fn the_documented_pattern_is_for_its_own_cloud_only() {
    let at = |service, region, host| {
        by_pattern(service, region, host).map(|address| address.to_string())
    };
    let otc = "iam.eu-de.otc.t-systems.com";
    let de = "https://ims.eu-de.otc.t-systems.com";
    assert_eq!(at(&IMS, Some("eu-de"), otc).unwrap(), de);
    assert_eq!(at(&IMS, None, otc).unwrap(), de);
    assert_eq!(
        at(&IMS, Some("eu-nl"), otc).unwrap(),
        de.replace("-de", "-nl")
    );
    assert_eq!(
        at(&OWN_SITE, None, otc).unwrap(),
        "https://site.otc.t-systems.com"
    );
    for host in [
        "127.0.0.1",
        "iam.eu-de.otc.t-systems.com.evil.example",
        "evilotc.t-systems.com",
        "",
    ] {
        for service in [&IMS, &OWN_SITE] {
            let error = at(service, Some("eu-de"), host).unwrap_err();
            assert!(error.contains("another cloud"), "{host}: {error}");
        }
    }
    for region in ["evil.example/", "a@b", "", "eu-de:1"] {
        assert!(at(&IMS, Some(region), otc).is_err(), "{region}");
    }
}

#[test]
fn the_settings_know_a_service_by_name_or_type() {
    let config = |name: &str| CloudConfig {
        endpoints: [(name.to_owned(), "http://own/v2".to_owned())].into(),
        ..CloudConfig::default()
    };
    for name in ["ims", "image"] {
        let address = stated(&config(name), &IMS, "/v2/images").unwrap().unwrap();
        assert_eq!(address.to_string(), "http://own");
    }
    assert!(stated(&config("imag"), &IMS, "/v2/images").is_none());
    let mut wrong = config("image");
    wrong.endpoints.insert("image".into(), "nowhere".into());
    let error = stated(&wrong, &IMS, "/v2").unwrap().unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the settings have for `image` cannot be used"),
        "{error}"
    );
}
