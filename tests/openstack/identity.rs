//! Users, groups, projects and roles of Keystone, from the first call to the last.

use otc_api::iam;
use permspec_runtime::auth::{RenewingToken, TokenScope};
use permspec_tests::Caller;
use serde_json::{Value, json};

use super::{Cloud, does, gets, name};

/// Creates what `body` describes, and returns its id.
pub fn created(client: &Caller, request: permspec_runtime::Request, body: &Value) -> String {
    let response = does(client, request.json(body).unwrap());
    assert_eq!(response.status(), 201);
    let json: Value = response.json().unwrap();
    let (_, object) = json.as_object().unwrap().iter().next().unwrap();
    object["id"].as_str().unwrap().to_owned()
}

/// Creates a user with the password `p`, and returns the name and the id.
pub fn new_user(client: &Caller) -> (String, String) {
    let name = name("user");
    let body = json!({"user": {"name": name, "domain_id": "default", "password": "p"}});
    let id = created(client, iam::create_user(), &body);
    (name, id)
}

/// Creates a group, and returns its id.
pub fn new_group(client: &Caller) -> String {
    let body = json!({"group": {"name": name("group"), "domain_id": "default"}});
    created(client, iam::create_user_group(), &body)
}

/// Creates a project, and returns the name and the id.
pub fn new_project(client: &Caller, parent: &str) -> (String, String) {
    let name = name("project");
    let body = json!({"project": {"name": name, "domain_id": "default", "parent_id": parent}});
    let id = created(client, iam::create_project(), &body);
    (name, id)
}

/// The id of the role `member`, which every Keystone has.
pub fn member_role(client: &Caller) -> String {
    let roles = gets(client, iam::list_roles().query("name", "member"));
    roles["roles"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_user_is_created_found_changed_and_deleted() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("keystone") {
        let (first, second) = (name("user"), name("user"));
        let domain = cloud.text("/domain/id");
        let user =
            json!({"name": first, "domain_id": domain, "password": "first", "email": "a@b.test"});
        let id = created(&client, iam::create_user(), &json!({"user": user}));
        let shown = cloud.openstack(&["user", "show", &id]);
        assert_eq!(shown["name"], first);
        assert_eq!(shown["domain_id"], domain);
        assert_eq!(shown["email"], "a@b.test");
        assert_eq!(shown["enabled"], true);

        let found = gets(&client, iam::list_users().query("name", &first));
        assert_eq!(found["users"][0]["id"], id);
        let change = json!({"user": {"name": second, "enabled": false}});
        let changed = gets(&client, iam::update_user(&id).json(&change).unwrap());
        assert_eq!(changed["user"]["name"], second);
        let got = gets(&client, iam::get_user(&id));
        assert_eq!(got["user"]["name"], second);
        assert_eq!(got["user"]["enabled"], false);
        let found = gets(&client, iam::list_users().query("name", &first));
        assert_eq!(found["users"], json!([]));

        assert_eq!(does(&client, iam::delete_user(&id)).status(), 204);
        let error = client.send(iam::get_user(&id)).unwrap_err();
        assert_eq!(error.status().unwrap(), 404);
    }
}

#[test]
fn a_user_changes_the_password_and_only_the_new_one_counts() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("keystone") {
        let (_, id) = new_user(&client);
        let change = json!({"user": {"original_password": "p", "password": "second"}});
        let change = iam::change_password_of_user(&id).json(&change).unwrap();
        // The user proves with the old password who calls.
        assert_eq!(
            does(&cloud.anonymous("keystone")[0], change.clone()).status(),
            204
        );
        let error = client.send(change).unwrap_err();
        assert_eq!(error.status().unwrap(), 401);
        does(&client, iam::delete_user(&id));
    }
}

#[test]
fn a_user_belongs_to_a_group_until_it_is_removed() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("keystone") {
        let (name, user) = new_user(&client);
        let group = new_group(&client);
        does(&client, iam::add_user_to_user_group(&group, &user));
        let belongs = iam::check_whether_user_belongs_to_user_group(&group, &user);
        assert_eq!(does(&client, belongs.clone()).status(), 204);
        let users = gets(&client, iam::list_users_in_user_group(&group));
        assert_eq!(users["users"][0]["name"], name);
        let groups = gets(&client, iam::list_user_groups_which_user_belongs_to(&user));
        assert_eq!(groups["groups"][0]["id"], group);

        does(&client, iam::delete_user_from_user_group(&group, &user));
        let error = client.send(belongs).unwrap_err();
        assert_eq!(error.status().unwrap(), 404);
        // The response to HEAD has no body.
        assert_eq!(error.message(), None);
        does(&client, iam::delete_user_group(&group));
        does(&client, iam::delete_user(&user));
    }
}

#[test]
fn a_member_of_a_group_has_its_roles_in_a_project() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("keystone") {
        let (user, user_id) = new_user(&client);
        let (project, project_id) = new_project(&client, "default");
        let group = new_group(&client);
        let role = member_role(&client);
        does(&client, iam::add_user_to_user_group(&group, &user_id));

        let grant = iam::grant_permissions_to_user_group_corresponding_to_project;
        does(&client, grant(&project_id, &group, &role));
        let roles = iam::list_permissions_of_user_group_corresponding_to_project;
        let roles = gets(&client, roles(&project_id, &group));
        assert_eq!(roles["roles"][0]["name"], "member");
        let list = ["role", "assignment", "list", "--project", &project_id];
        let assigned = cloud.openstack(&list);
        assert_eq!(assigned[0]["Role"], role);
        assert_eq!(assigned[0]["Group"], group);

        // The user gets tokens of the project as long as the group has the role.
        let as_member = |client: Caller| {
            let scope = TokenScope::project_name(&project);
            client.auth(RenewingToken::new(cloud.password_of(&user, "p", scope)))
        };
        for member in cloud.anonymous("keystone").map(as_member) {
            let projects = gets(&member, iam::list_auth_projects());
            assert_eq!(projects["projects"][0]["id"], project_id);
            let error = member.send(iam::list_users()).unwrap_err();
            assert_eq!(error.status().unwrap(), 403);
            assert!(error.message().unwrap().contains("identity:list_users"));
        }
        let remove = iam::remove_permissions_of_user_group_corresponding_to_project;
        does(&client, remove(&project_id, &group, &role));
        let [late, _] = cloud.anonymous("keystone").map(as_member);
        assert!(late.send(iam::list_auth_projects()).is_err());

        does(&client, iam::delete_user_group(&group));
        does(&client, iam::delete_project(&project_id));
        does(&client, iam::delete_user(&user_id));
    }
}

#[test]
fn groups_and_projects_are_changed_and_found_by_what_they_became() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("keystone") {
        let group = new_group(&client);
        let renamed = name("group");
        let change = json!({"group": {"name": renamed, "description": "änderbar"}});
        does(
            &client,
            iam::update_user_group(&group).json(&change).unwrap(),
        );
        let found = gets(&client, iam::list_user_groups().query("name", &renamed));
        assert_eq!(found["groups"][0]["id"], group);
        let got = gets(&client, iam::get_user_group(&group));
        assert_eq!(got["group"]["description"], "änderbar");

        let (_, project) = new_project(&client, "default");
        let renamed = name("project");
        let change = json!({"project": {"name": renamed, "description": "& more"}});
        does(
            &client,
            iam::update_project_data(&project).json(&change).unwrap(),
        );
        // `openstack` finds the project by its new name.
        let shown = cloud.openstack(&["project", "show", &renamed]);
        assert_eq!(shown["id"], project);
        assert_eq!(shown["description"], "& more");
        let found = gets(&client, iam::list_projects().query("name", &renamed));
        assert_eq!(found["projects"][0]["id"], project);

        does(&client, iam::delete_user_group(&group));
        does(&client, iam::delete_project(&project));
        for gone in [iam::get_user_group(&group), iam::get_project(&project)] {
            assert_eq!(client.send(gone).unwrap_err().status().unwrap(), 404);
        }
    }
}

#[test]
fn projects_below_a_project_are_listed_in_pages() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("keystone") {
        let (_, parent) = new_project(&client, "default");
        let new = || new_project(&client, &parent).1;
        let mut made = [new(), new(), new()];
        made.sort();

        let mut read: Vec<String> = Vec::new();
        for expected in [2, 1] {
            let mut list = iam::list_projects()
                .query("parent_id", &parent)
                .query("limit", 2);
            if let Some(last) = read.last() {
                list = list.query("marker", last);
            }
            let page = gets(&client, list);
            let page = page["projects"].as_array().unwrap();
            assert_eq!(page.len(), expected, "{}", client.name());
            read.extend(
                page.iter()
                    .map(|project| project["id"].as_str().unwrap().to_owned()),
            );
        }
        assert_eq!(read, made);
        for project in made.iter().chain([&parent]) {
            does(&client, iam::delete_project(project));
        }
    }
}

#[test]
fn roles_are_listed_and_read() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    let known = cloud.openstack(&["role", "list"]);
    let known = known.as_array().unwrap();
    for client in cloud.admin("keystone") {
        let listed = gets(&client, iam::list_roles());
        assert_eq!(listed["roles"].as_array().unwrap().len(), known.len());
        let first = gets(&client, iam::list_roles().query("limit", 1));
        assert_eq!(first["roles"].as_array().unwrap().len(), 1);
        for shown in known {
            let role = gets(&client, iam::get_role(shown["ID"].as_str().unwrap()));
            assert_eq!(role["role"]["name"], shown["Name"]);
        }
    }
}
