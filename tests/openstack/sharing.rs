//! The native operations of image sharing: one project offers an image, and another accepts it.

use otc_api::{iam, ims};
use permspec_runtime::auth::{RenewingToken, TokenScope};
use permspec_tests::Caller;
use serde_json::{Value, json};

use super::{Cloud, does, gets, identity, images, name};

/// A user with the role `member` in a project of their own.
pub struct Tenant {
    pub project: String,
    pub client: Caller,
}

impl Tenant {
    /// `at` is the client of the two that the tenant uses.
    pub fn new(cloud: &Cloud, at: usize) -> Tenant {
        let [admin, _] = cloud.admin("keystone");
        let (user, user_id) = identity::new_user(&admin);
        let (name, project) = identity::new_project(&admin, "default");
        let group = identity::new_group(&admin);
        does(&admin, iam::add_user_to_user_group(&group, &user_id));
        let grant = iam::grant_permissions_to_user_group_corresponding_to_project;
        let role = identity::member_role(&admin);
        does(&admin, grant(&project, &group, &role));
        let password = cloud.password_of(&user, "p", TokenScope::project_name(&name));
        let client = cloud.anonymous("glance")[at].clone();
        Tenant {
            project,
            client: client.auth(RenewingToken::new(password)),
        }
    }
}

/// Whether the caller cannot see the image.
fn is_hidden(client: &Caller, image: &str) -> bool {
    let response = client.send(ims::get_image(image));
    response.is_err_and(|error| error.status().unwrap() == 404)
}

fn statuses(members: &Value) -> Vec<(&str, &str)> {
    let members = members["members"].as_array().unwrap();
    members
        .iter()
        .map(|member| {
            let text = |key: &str| member[key].as_str().unwrap();
            (text("member_id"), text("status"))
        })
        .collect()
}

#[test]
fn a_project_accepts_an_image_that_another_shares_and_loses_it() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for at in 0..2 {
        let (owner, other) = (Tenant::new(&cloud, at), Tenant::new(&cloud, at));
        let image = images::created(&owner.client, &name("shared"));
        let project = other.project.as_str();
        assert!(is_hidden(&other.client, &image));

        // The owner offers the image.
        let add = ims::add_image_member(&image).json(&json!({"member": project}));
        let member = gets(&owner.client, add.unwrap());
        assert_eq!(member["status"], "pending");
        assert_eq!(member["member_id"], project);
        let members = gets(&owner.client, ims::list_image_members(&image));
        assert_eq!(statuses(&members), [(project, "pending")]);

        // The other project accepts it, which the owner cannot do.
        let status = json!({"status": "accepted"});
        let accept = ims::update_image_sharing_status(&image, project).json(&status);
        let accept = accept.unwrap();
        let error = owner.client.send(accept.clone()).unwrap_err();
        assert_eq!(error.status().unwrap(), 403, "{error}");
        let needs: Vec<String> = error.needs().iter().map(ToString::to_string).collect();
        assert_eq!(needs, ["ims:images:get", "ims:images:share"]);
        assert_eq!(gets(&other.client, accept)["status"], "accepted");
        let seen = gets(
            &other.client,
            ims::list_images().query("owner", &owner.project),
        );
        assert_eq!(seen["images"][0]["id"], image);
        let member = gets(&owner.client, ims::get_image_member(&image, project));
        assert_eq!(member["status"], "accepted");
        let shown = cloud.openstack(&["image", "member", "list", &image]);
        assert_eq!(shown[0]["Member ID"], project);
        assert_eq!(shown[0]["Status"], "accepted");

        // The owner withdraws it.
        let withdraw = ims::delete_image_member(&image, project);
        assert_eq!(does(&owner.client, withdraw).status(), 204);
        assert!(is_hidden(&other.client, &image));
        does(&owner.client, ims::delete_image_v2(&image));
    }
}
