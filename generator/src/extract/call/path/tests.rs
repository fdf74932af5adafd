use super::*;

fn parts(text: &str) -> (String, Vec<String>, String) {
    let path = read(text).unwrap();
    (path.template, path.query, path.rest.to_owned())
}

fn slips(text: &str) -> Vec<PathSlip> {
    read(text).unwrap().slips
}

#[test]
fn a_host_has_a_dot_and_ends_in_letters() {
    for host in ["{Endpoint}", "{host}", "iam.example.com"] {
        assert!(is_host(host), "{host}");
    }
    for other in [
        "images",
        "{project_id}",
        "{a}.example",
        "v2.0",
        "10.0.0.1",
        "x.y",
    ] {
        assert!(!is_host(other), "{other}");
    }
}

#[test]
fn a_version_is_a_number_behind_its_letter() {
    for version in ["v1", "v2.0", "V1.0"] {
        assert!(is_version(version), "{version}");
    }
    for other in ["v", "vpcs", "v2x", "v.2", "1.0", ""] {
        assert!(!is_version(other), "{other}");
    }
}

#[test]
fn an_expansion_ends_the_pair_before_it() {
    let (template, query, rest) = parts("/v3/x?name={name}{&limit,offset}");
    assert_eq!(template, "/v3/x");
    assert_eq!(query, ["name", "limit", "offset"]);
    assert_eq!(rest, "");
}

#[test]
fn a_plain_template_is_the_path() {
    for path in [
        "/v2/images/{image_id}/members",
        "/",
        "/{api_version}",
        "/api/v3/x",
        "/a/{b}:{c}",
    ] {
        assert_eq!(parts(path), (path.to_owned(), vec![], String::new()));
        assert_eq!(slips(path), []);
    }
}

#[test]
fn a_query_gives_its_names_in_order() {
    for (text, names) in [
        (
            "/v3/flavors/{database_name}?version_name={version_name}",
            vec!["version_name"],
        ),
        (
            "/v3/x?instance_id={instance_id}&backup_id={backup_id}",
            vec!["instance_id", "backup_id"],
        ),
        ("/v3/groups{?domain_id,name}", vec!["domain_id", "name"]),
        (
            "/v3/x{? scaling_resource_id, scaling_resource_type ,...}",
            vec!["scaling_resource_id", "scaling_resource_type"],
        ),
        (
            "/V1.0/metrics?namespace={ns}&dim.{i}=key,value",
            vec!["namespace", "dim.{i}"],
        ),
        (
            "/v3/x?type={user, group, idp, agency, policy}",
            vec!["type"],
        ),
    ] {
        let (template, query, rest) = parts(text);
        assert_eq!(query, names, "{text}");
        assert!(
            !template.contains('?') && rest.is_empty(),
            "{text}: {template} {rest}"
        );
    }
}

#[test]
fn prose_behind_the_path_is_set_apart() {
    let (template, _, rest) = parts("/v1.0/{project_id}/jobs/submit-job, SQL statement invoking");
    assert_eq!(
        (template.as_str(), rest.as_str()),
        (
            "/v1.0/{project_id}/jobs/submit-job",
            ", SQL statement invoking"
        )
    );
}

#[test]
fn slips_with_one_reading_are_mended_and_named() {
    for (text, template, slip) in [
        (
            "https://{Endpoint}/v3/{project_id}/name",
            "/v3/{project_id}/name",
            PathSlip::Host,
        ),
        (
            "v3.0/OS-SECURITYPOLICY/x",
            "/v3.0/OS-SECURITYPOLICY/x",
            PathSlip::NoLeadingSlash,
        ),
        (
            "/v1.0/{{project_id}}/authorization",
            "/v1.0/{project_id}/authorization",
            PathSlip::DoubledBraces,
        ),
        (
            "/v1{project_id}/cloudservers",
            "/v1{project_id}/cloudservers",
            PathSlip::NoSlashBeforeParameter,
        ),
        (
            "/v1/{project_id/x",
            "/v1/{project_id/x",
            PathSlip::Unbalanced,
        ),
    ] {
        assert_eq!(read(text).unwrap().template, template);
        assert_eq!(slips(text), [slip], "{text}");
    }
}

#[test]
fn blanks_inside_braces_are_no_end() {
    assert_eq!(
        parts("/v1.0/kms/{ key_id }/tags/{key}").0,
        "/v1.0/kms/{key_id}/tags/{key}"
    );
    assert_eq!(
        parts("/v2.0/dnat_rules/{dnat_rule_id }").0,
        "/v2.0/dnat_rules/{dnat_rule_id}"
    );
}

#[test]
fn an_open_brace_does_not_swallow_the_prose() {
    let (template, _, rest) = parts("/v1/{project_id/x and more");
    assert_eq!(
        (template.as_str(), rest.as_str()),
        ("/v1/{project_id/x", "and more")
    );
}

#[test]
fn a_query_keeps_all_its_names_wherever_spaces_are() {
    for text in [
        "/v3/x/detail? offset ={offset}&limit={limit}&user_name={user_name }&db_name={db_name}",
        "/v3/x/detail ? offset = {offset} & limit = {limit} & user_name = {user_name} & db_name",
        "/v3/x/detail?offset= {offset}&limit ={limit}&user_name={ user_name} &db_name= {db_name}",
        "/v3/x/detail?offset={offset} {&limit,user_name,db_name}",
    ] {
        let (template, query, rest) = parts(text);
        assert_eq!(template, "/v3/x/detail", "{text}");
        assert_eq!(query, ["offset", "limit", "user_name", "db_name"], "{text}");
        assert_eq!((rest.as_str(), slips(text)), ("", vec![]), "{text}");
    }
    // Outside of a query, the same sign is prose.
    assert_eq!(parts("/v3/x = {y}").2, "= {y}");
}

#[test]
fn a_brace_without_its_partner_stays_and_is_named() {
    for path in [
        "/v1/{project_id/training-jobs/{job_id}",
        "/v1/{project_id}/training-jobs/{job_id",
        "/v1/project_id}/training-jobs/{job_id}",
        "/v1/{project_id/training-jobs/job_id}",
        "/v1/}project_id{/training-jobs",
        "/v1/{a{b}/c",
    ] {
        assert_eq!(parts(path).0, path);
        assert_eq!(slips(path), [PathSlip::Unbalanced], "{path}");
    }
    let (template, _, rest) = parts("/v1/{project_id/jobs/{ job_id }/x and more");
    assert_eq!(
        (template.as_str(), rest.as_str()),
        ("/v1/{project_id/jobs/{job_id}/x", "and more")
    );
    let text = "/v1/x?a={a&b={b}";
    assert_eq!(parts(text).1, ["a", "b"]);
    assert_eq!(slips(text), [PathSlip::Unbalanced]);
}

#[test]
fn braces_are_doubled_with_spaces_between_too() {
    for text in ["/v1/{{id}}/x", "/v1/{ {id} }/x", "/v1/{{ id }}/x"] {
        assert_eq!(parts(text).0, "/v1/{id}/x", "{text}");
        assert_eq!(slips(text), [PathSlip::DoubledBraces], "{text}");
    }
}

#[test]
fn text_without_a_slash_is_no_path() {
    assert_eq!(read("Console"), None);
    assert_eq!(read(""), None);
}
