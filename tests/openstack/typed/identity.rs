//! Users, groups, projects and tokens of Keystone with typed calls.

use otc_types::iam;
use permspec_tests::Caller;

use super::super::{Cloud, name};
use super::{deletes, json, reads, replies, sends};

/// Creates a user with the password `p`, and returns the name and the id.
fn new_user(client: &Caller) -> (String, String) {
    let name = name("user");
    let mut user = iam::NewUser::new(name.as_str());
    user.domain_id = Some("default".into());
    user.password = Some("p".into());
    let reply = replies(client, iam::create_user(&iam::CreateUser::new(user)));
    assert_eq!(reply.status(), 201);
    (name, reply.body.user.unwrap().id.unwrap())
}

/// Creates a group, and returns the name and the id.
fn new_group(client: &Caller) -> (String, String) {
    let name = name("group");
    let group = iam::NewGroup::new(name.as_str());
    let body = iam::CreateUserGroup::new(group);
    let reply = replies(client, iam::create_user_group(&body));
    assert_eq!(reply.status(), 201);
    (name, reply.body.group.unwrap().id.unwrap())
}

/// Creates a project below the project or domain `parent`, and returns its id.
fn new_project(client: &Caller, parent: &str) -> String {
    let mut project = iam::NewProject::new(name("project"), parent);
    project.domain_id = Some("default".into());
    let reply = replies(
        client,
        iam::create_project(&iam::CreateProject::new(project)),
    );
    assert_eq!(reply.status(), 201);
    reply.body.project.unwrap().id.unwrap()
}

#[test]
fn a_typed_user_is_created_found_changed_and_deleted() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("keystone") {
        let (first, id) = new_user(&client);
        let found = reads(&client, iam::list_users().name(&first));
        let found = found.users.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].id.as_deref(), Some(id.as_str()));
        assert_eq!(found[0].enabled, Some(true));

        let second = name("user");
        let change = iam::ModifyUserRequest {
            name: Some(second.clone()),
            enabled: Some(false),
            ..Default::default()
        };
        let change = iam::update_user(&id, &iam::UpdateUser::new(change));
        let changed = reads(&client, change).user.unwrap();
        assert_eq!(changed.name.as_deref(), Some(second.as_str()));
        let got = reads(&client, iam::get_user(&id)).user.unwrap();
        assert_eq!(got.enabled, Some(false));
        let shown = cloud.openstack(&["user", "show", &id]);
        assert_eq!(shown["name"], second);
        assert_eq!(shown["enabled"], false);

        deletes(&client, iam::delete_user(&id));
        let error = client.call(iam::get_user(&id)).unwrap_err();
        assert_eq!(error.status().unwrap(), 404);
        assert_eq!(error.code(), Some("404"));
        let message = error.message().unwrap();
        assert!(message.contains("Could not find user"), "{message}");
        assert!(error.request_id().unwrap().starts_with("req-"), "{error}");
    }
}

#[test]
fn a_typed_group_has_its_users_until_they_are_removed() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("keystone") {
        let ((user_name, user), (_, group)) = (new_user(&client), new_group(&client));
        let renamed = name("group");
        let change = iam::GroupUpdate {
            name: Some(renamed.clone()),
            description: Some("änderbar".into()),
            ..Default::default()
        };
        let change = iam::update_user_group(&group, &iam::UpdateUserGroup::new(change));
        let changed = reads(&client, change).group.unwrap();
        assert_eq!(changed.description.as_deref(), Some("änderbar"));
        let found = reads(&client, iam::list_user_groups().name(&renamed));
        let found = found.groups.unwrap();
        assert_eq!(found[0].id.as_deref(), Some(group.as_str()));
        // The cloud documents the id in the path and once more in the query.
        let got = reads(&client, iam::get_user_group(&group)).group.unwrap();
        assert_eq!(got.name.as_deref(), Some(renamed.as_str()));

        deletes(&client, iam::add_user_to_user_group(&group, &user));
        let belongs = iam::check_whether_user_belongs_to_user_group(&group, &user);
        assert_eq!(sends(&client, belongs.clone()).status(), 204);
        let users = reads(&client, iam::list_users_in_user_group(&group));
        let users = users.users.unwrap();
        assert_eq!(users[0].name.as_deref(), Some(user_name.as_str()));
        let groups = iam::list_user_groups_which_user_belongs_to(&user);
        let groups = reads(&client, groups).groups.unwrap();
        assert_eq!(groups[0].name.as_deref(), Some(renamed.as_str()));
        deletes(&client, iam::delete_user_from_user_group(&group, &user));
        let error = client.call(belongs).unwrap_err();
        assert_eq!(error.status().unwrap(), 404);

        deletes(&client, iam::delete_user_group(&group));
        deletes(&client, iam::delete_user(&user));
    }
}

#[test]
fn a_typed_project_is_created_found_changed_and_deleted() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("keystone") {
        let id = new_project(&client, "default");
        let below = new_project(&client, &id);
        let renamed = name("project");
        let change = iam::ProjectUpdate {
            name: Some(renamed.clone()),
            description: Some("& more".into()),
            ..Default::default()
        };
        let change = iam::update_project_data(&id, &iam::UpdateProjectData::new(change));
        let changed = reads(&client, change).project.unwrap();
        assert_eq!(changed.name.as_deref(), Some(renamed.as_str()));
        let found = reads(&client, iam::list_projects().name(&renamed));
        let found = found.projects.unwrap();
        assert_eq!(found[0].id.as_deref(), Some(id.as_str()));
        let found = reads(&client, iam::list_projects().parent_id(&id));
        let found = found.projects.unwrap();
        assert_eq!(found[0].id.as_deref(), Some(below.as_str()));
        let got = reads(&client, iam::get_project(&id)).project.unwrap();
        assert_eq!(got.description.as_deref(), Some("& more"));
        let shown = cloud.openstack(&["project", "show", &id]);
        assert_eq!(shown["name"], renamed);

        for project in [&below, &id] {
            deletes(&client, iam::delete_project(project));
        }
        let error = client.call(iam::get_project(&id)).unwrap_err();
        assert_eq!(error.status().unwrap(), 404);
    }
}

#[test]
fn pages_by_number_end_with_an_error_because_keystone_does_not_number_pages() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("keystone") {
        let parent = new_project(&client, "default");
        let below = new_project(&client, &parent);
        // Keystone ignores the cloud's parameters for pages, so the second page is the first one again.
        let list = iam::list_projects().parent_id(&parent);
        let error = client.pages(list).unwrap_err();
        let shown = format!("{error:#}");
        assert!(shown.contains("the same as the one before"), "{shown}");
        for project in [&below, &parent] {
            deletes(&client, iam::delete_project(project));
        }
    }
}

#[test]
fn pages_of_links_have_what_one_response_has() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("keystone") {
        let ((_, user), (_, other)) = (new_user(&client), new_user(&client));
        let (_, group) = new_group(&client);
        for user in [&user, &other] {
            deletes(&client, iam::add_user_to_user_group(&group, user));
        }
        // Keystone has one page, and says so with a link to the next one that is `null`.
        let users = || iam::list_users_in_user_group(&group);
        let items = client.pages(users()).unwrap();
        let items: Vec<_> = items.iter().map(|user| json(user)).collect();
        assert_eq!(items.len(), 2, "{}", client.name());
        let all = reads(&client, users());
        assert_eq!(json(&all)["users"], serde_json::Value::from(items));

        deletes(&client, iam::delete_user_group(&group));
        for user in [&user, &other] {
            deletes(&client, iam::delete_user(user));
        }
    }
}

/// A token of the administrator in their own project.
fn password_of_admin(cloud: &Cloud) -> iam::GetUserTokenWithPassword {
    let domain = iam::UserDomain::new(cloud.text("/domain/name"));
    let user = iam::PasswordUser::new(domain, cloud.text("/user"), cloud.text("/password"));
    let methods = [String::from("password")];
    let identity = iam::IdentityQuery::new(methods, iam::Password::new(user));
    let project = iam::ScopeProject {
        id: Some(cloud.text("/project/id").into()),
        ..Default::default()
    };
    let scope = iam::Scope {
        project: Some(project),
        ..Default::default()
    };
    iam::GetUserTokenWithPassword::new(iam::UserTokenAuth::new(identity, scope))
}

#[test]
fn a_token_comes_in_a_header_beside_its_typed_description() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    let project = cloud.text("/project/id");
    let body = password_of_admin(&cloud);
    for client in cloud.anonymous("keystone") {
        let reply = replies(&client, iam::get_user_token_with_password(&body));
        assert_eq!(reply.status(), 201);
        assert!(reply.request_id().unwrap().starts_with("req-"));
        let described = reply.body.token.as_ref().unwrap();
        let of = described.project.as_ref().unwrap();
        assert_eq!(of.id.as_deref(), Some(project));
        let catalog = described.catalog.as_ref().unwrap();
        let types = catalog
            .iter()
            .filter_map(|service| service.type_.as_deref());
        assert!(types.clone().any(|each| each == "image"));
        assert!(types.clone().any(|each| each == "network"));

        // The token is good for other calls, and Keystone describes it in the same way.
        let token = reply.header("X-Subject-Token").unwrap();
        let client = client.token(token);
        let verify = || iam::verify_token_and_return_valid_token(token);
        let verified = reads(&client, verify()).token.unwrap();
        assert_eq!(verified.expires_at, described.expires_at);
        let without = reads(&client, verify().nocatalog("true")).token.unwrap();
        assert!(verified.catalog.is_some() && without.catalog.is_none());
        let projects = reads(&client, iam::list_auth_projects()).projects.unwrap();
        assert!(
            projects
                .iter()
                .any(|each| each.id.as_deref() == Some(project))
        );

        deletes(&client, iam::delete_user_token(token));
        let error = client.call(verify()).unwrap_err();
        assert_eq!(error.status().unwrap(), 401);
    }
}
