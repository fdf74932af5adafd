use super::*;
use crate::model::Extra;

fn short(title: &str, call: &str) -> String {
    let (method, path) = call.split_once(' ').unwrap();
    let route = Endpoint {
        method: Some(method.to_owned()),
        path: path.to_owned(),
        query: Vec::new(),
        body_action: None,
        extra: Extra::new(),
    };
    Wording::new(title, Some(&route))
        .short()
        .unwrap_or_default()
}

#[test]
fn a_collection_is_listed_and_one_thing_is_got_whatever_the_title_calls_it() {
    for (title, call, name) in [
        (
            "Querying Image Members",
            "GET /v2/images/{image_id}/members",
            "ListImageMembers",
        ),
        (
            "Querying Image Member Details",
            "GET /v2/images/{image_id}/members/{member_id}",
            "GetImageMember",
        ),
        (
            "Viewing the threshold rule list",
            "GET /v2/alarm-rules",
            "ListThresholdRules",
        ),
        ("Querying a flavor", "GET /v3/elb/flavors", "ListFlavors"),
        (
            "Querying plug-ins",
            "GET /v2/plugins/{plugin_id}",
            "GetPlugin",
        ),
        (
            "Querying a public key",
            "POST /v1.0/kms/get-publickey",
            "GetPublicKey",
        ),
        (
            "Querying instance suspension",
            "GET /v1/hooks/{group_id}/list",
            "ListInstanceSuspensions",
        ),
    ] {
        assert_eq!(short(title, call), name, "{title}");
    }
}

#[test]
fn a_key_in_the_title_and_information_are_left_out_if_the_path_states_them() {
    for (title, call, name) in [
        (
            "Querying ECSs by tag",
            "POST /v1/servers/resource_instances/action",
            "ListEcsByTag",
        ),
        (
            "Querying upgrade information",
            "GET /v2/upgrades/current",
            "GetUpgradeInformation",
        ),
        (
            "Querying the quotas of a project",
            "GET /v3/quotas/{project_id}",
            "ListQuotasOfProject",
        ),
        (
            "Querying Whether a User Has Permissions",
            "HEAD /v3/users/{user_id}/roles/{role_id}",
            "CheckWhetherUserHasPermissions",
        ),
        (
            "Querying a Policy by ID",
            "GET /v1/waf/policy/{policy_id}",
            "GetPolicy",
        ),
        (
            "Query an alarm rule based on the alarm rule ID.",
            "GET /V1.0/{project_id}/alarms/{alarm_id}",
            "GetAlarmRule",
        ),
        (
            "Image statistics",
            "GET /v2/images/statistics",
            "GetImageStatistics",
        ),
    ] {
        assert_eq!(short(title, call), name, "{title}");
    }
}

#[test]
fn what_is_changed_is_one_thing_if_the_path_picks_one() {
    for (title, call, name) in [
        (
            "Modifying User Information",
            "PATCH /v3/users/{user_id}",
            "UpdateUser",
        ),
        (
            "Updating the Data Masking Rule List",
            "PUT /v1/waf/policy/{policy_id}/privacy/{rule_id}",
            "UpdateDataMaskingRule",
        ),
        (
            "Creating clusters",
            "POST /v1.0/{project_id}/clusters",
            "CreateCluster",
        ),
    ] {
        assert_eq!(short(title, call), name, "{title}");
    }
}

#[test]
fn a_verb_that_says_more_stays() {
    for (title, call, name) in [
        (
            "Adding an Image Member",
            "POST /v2/images/{image_id}/members",
            "AddImageMember",
        ),
        (
            "Modifying a listener",
            "PUT /v3/elb/listeners/{listener_id}",
            "UpdateListener",
        ),
        (
            "Changing an ECS OS",
            "POST /v2/cloudservers/{server_id}/changeos",
            "ChangeEcsOs",
        ),
        (
            "Deleting clusters",
            "DELETE /v1.0/clusters/{cluster_id}",
            "DeleteCluster",
        ),
        (
            "Master/Standby switchover",
            "POST /v2/x/swap",
            "PerformMasterStandbySwitchover",
        ),
        (
            "Frobnicating an oven",
            "POST /v1/ovens/x",
            "FrobnicatingOven",
        ),
    ] {
        assert_eq!(short(title, call), name, "{title}");
    }
}

#[test]
fn batches_are_written_in_one_way_and_not_for_a_single_member() {
    for (title, call, name) in [
        (
            "Deletes image members in batches.",
            "DELETE /v1/cloudimages/members",
            "DeleteImageMembersInBatches",
        ),
        (
            "Stopping ECSs in a batch",
            "POST /v1/cloudservers/action",
            "StopEcsInBatches",
        ),
        (
            "Batch adding or deleting tags",
            "POST /v2/kafka/{id}/tags/action",
            "AddOrDeleteTagsInBatches",
        ),
        (
            "Updating the Image Sharing Status in Batches",
            "PUT /v2/images/{image_id}/members/{member_id}",
            "UpdateImageSharingStatus",
        ),
    ] {
        assert_eq!(short(title, call), name, "{title}");
    }
}
