//! Tokens of a real Keystone: for whom they are, and what happens when they end early.

use std::sync::{Arc, Mutex};

use otc_api::iam;
use permspec_runtime::auth::{AuthError, Password, RenewingToken, Token, TokenScope, TokenSource};
use permspec_runtime::{BoxFuture, ErrorKind, Transport};
use serde_json::json;

use super::{Cloud, does, gets};

/// A password that remembers the tokens that it obtained.
#[derive(Clone)]
struct Remembering(Arc<(Password, Mutex<Vec<String>>)>);

impl Remembering {
    fn new(password: Password) -> Remembering {
        Remembering(Arc::new((password, Mutex::default())))
    }

    fn obtained(&self) -> Vec<String> {
        self.0.1.lock().unwrap().clone()
    }
}

impl TokenSource for Remembering {
    fn fetch<'a>(
        &'a self,
        transport: &'a dyn Transport,
    ) -> BoxFuture<'a, Result<Token, AuthError>> {
        Box::pin(async {
            let token = self.0.0.fetch(transport).await?;
            let text = token.value().expose().to_owned();
            self.0.1.lock().unwrap().push(text);
            Ok(token)
        })
    }
}

#[test]
fn a_token_is_for_the_project_or_the_account_that_was_named() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    let project = cloud.text("/project/id");
    let domain = cloud.text("/domain/id");
    for (scope, pointer, id) in [
        (
            TokenScope::project_id(project),
            "/token/project/id",
            project,
        ),
        (
            TokenScope::project_name("admin"),
            "/token/project/id",
            project,
        ),
        (
            TokenScope::project_name_in("Default", "admin"),
            "/token/project/id",
            project,
        ),
        (TokenScope::domain_id(domain), "/token/domain/id", domain),
        (
            TokenScope::domain_name("Default"),
            "/token/domain/id",
            domain,
        ),
    ] {
        for client in cloud.anonymous("keystone") {
            let source = Remembering::new(cloud.password(scope.clone()));
            let client = client.auth(RenewingToken::new(source.clone()));
            does(&client, iam::list_auth_projects());
            let [token] = &source.obtained()[..] else {
                panic!("one token for {scope:?}");
            };
            let verify =
                iam::verify_token_and_return_valid_token().header("X-Subject-Token", token);
            let verified = gets(&client, verify);
            assert_eq!(verified.pointer(pointer), Some(&json!(id)), "{scope:?}");
        }
    }
}

#[test]
fn the_name_of_a_project_alone_is_refused() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.anonymous("keystone") {
        let user = json!({
            "name": cloud.text("/user"),
            "password": cloud.text("/password"),
            "domain": {"name": "Default"},
        });
        let request = iam::get_user_token_with_password().json(&json!({"auth": {
            "identity": {"methods": ["password"], "password": {"user": user}},
            "scope": {"project": {"name": "admin"}},
        }}));
        let error = client.send(request.unwrap()).unwrap_err();
        assert_eq!(error.status().unwrap(), 400);
        let message = error.message().unwrap();
        assert!(message.contains("domain in project"), "{message}");
    }
}

#[test]
fn a_wrong_password_gets_no_token() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.anonymous("keystone") {
        let scope = TokenScope::project_name("admin");
        let wrong = cloud.password_of("admin", "wr0ng-s3cret", scope);
        let client = client.auth(RenewingToken::new(wrong));
        let error = client.send(iam::list_users()).unwrap_err();
        let ErrorKind::Auth(AuthError::Refused { status, message }) = error.kind() else {
            panic!("{error:#}");
        };
        assert_eq!(*status, 401);
        assert!(message.contains("requires authentication"), "{message}");
        assert!(!format!("{error:#} {error:?}").contains("s3cret"));
    }
}

#[test]
fn a_token_that_was_revoked_is_renewed() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    // Each server learns of a revoked token in its own way.
    for server in ["keystone", "glance", "neutron"] {
        let list = || match server {
            "keystone" => iam::list_auth_projects(),
            "glance" => otc_api::ims::list_images(),
            _ => otc_api::vpc::list_networks(),
        };
        let [admin, _] = cloud.admin("keystone");
        for client in cloud.anonymous(server) {
            let source = Remembering::new(cloud.password(TokenScope::project_name("admin")));
            let client = client.auth(RenewingToken::new(source.clone()));
            does(&client, list());
            let revoke = iam::delete_user_token().header("X-Subject-Token", &source.obtained()[0]);
            assert_eq!(does(&admin, revoke).status(), 204);

            let fixed = cloud.anonymous(server)[0]
                .clone()
                .token(&source.obtained()[0]);
            assert_eq!(
                fixed.send(list()).unwrap_err().status().unwrap(),
                401,
                "{server}"
            );
            does(&client, list());
            let obtained = source.obtained();
            assert_eq!(obtained.len(), 2, "{server}, {}", client.name());
            assert_ne!(obtained[0], obtained[1]);
        }
    }
}
