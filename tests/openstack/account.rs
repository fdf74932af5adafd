//! One handle for the whole cloud, on real servers: it finds them in the catalogue of the token, and all of them share
//! the token.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use otc_api::{iam, ims, rds, vpc};
use permspec_runtime::auth::{AuthError, Domain, TokenScope, User};
use permspec_runtime::cloud::{
    Cloud as Handle, CloudBuilder, Credentials, Identity, Named, Sources,
};
use permspec_runtime::{
    Body, BoxError, BoxFuture, Error, ErrorKind, Method, OWN, Request, Reqwest, Response,
    Transport, Ureq, blocking,
};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::{Cloud, does, gets, name};

/// A transport that counts requests for tokens, and all requests.
struct Counting<T> {
    inner: T,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    tokens: AtomicUsize,
    all: AtomicUsize,
    /// The last token that was sent.
    last: Mutex<String>,
}

impl<T: Transport> Transport for Counting<T> {
    fn send(
        &self,
        request: http::Request<Body>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        self.counts.all.fetch_add(1, Ordering::SeqCst);
        if let Some(token) = request.headers().get("x-auth-token") {
            let mut last = self.counts.last.lock().unwrap();
            last.clear();
            last.push_str(token.to_str().unwrap());
        }
        if request.method() == "POST" && request.uri().path().ends_with("/auth/tokens") {
            self.counts.tokens.fetch_add(1, Ordering::SeqCst);
        }
        self.inner.send(request, timeout)
    }

    fn wait(&self, pause: Duration) -> BoxFuture<'_, ()> {
        self.inner.wait(pause)
    }
}

/// Either handle, with what it sent.
#[derive(Clone)]
struct Account {
    handle: Either,
    counts: Arc<Counts>,
}

#[derive(Clone)]
enum Either {
    Blocking(blocking::Cloud),
    Async(Handle, Arc<Runtime>),
}

impl Account {
    fn send(&self, request: Request) -> Result<Response, Error> {
        match &self.handle {
            Either::Blocking(cloud) => cloud.send(request),
            Either::Async(cloud, runtime) => runtime.block_on(cloud.send(request)),
        }
    }

    fn identity(&self) -> Result<Arc<Identity>, AuthError> {
        match &self.handle {
            Either::Blocking(cloud) => cloud.identity(),
            Either::Async(cloud, runtime) => runtime.block_on(cloud.identity()),
        }
    }

    #[track_caller]
    fn does(&self, request: Request) -> Response {
        self.send(request)
            .unwrap_or_else(|error| panic!("{error:#}"))
    }

    fn tokens(&self) -> usize {
        self.counts.tokens.load(Ordering::SeqCst)
    }
}

/// Both handles with the same settings.
fn both(builder: &CloudBuilder) -> [Account; 2] {
    let address = builder.config().auth_url.clone().unwrap();
    let address = address.as_str().try_into().unwrap();
    let runtime = Arc::new(Runtime::new().unwrap());
    let counts = [(); 2].map(|()| Arc::new(Counts::default()));
    let ureq = Counting {
        inner: Ureq::for_address(&address).unwrap(),
        counts: counts[0].clone(),
    };
    let reqwest = Counting {
        inner: Reqwest::for_address(&address).unwrap(),
        counts: counts[1].clone(),
    };
    let blocking = builder.clone().blocking_over(ureq).unwrap();
    let asynchronous = builder.clone().over(reqwest).unwrap();
    let [first, second] = counts;
    [
        Account {
            handle: Either::Blocking(blocking),
            counts: first,
        },
        Account {
            handle: Either::Async(asynchronous, runtime),
            counts: second,
        },
    ]
}

/// The settings of the administrator, in their own project.
fn admin(cloud: &Cloud) -> CloudBuilder {
    Handle::builder()
        .auth_url(&format!("{}/v3", cloud.text("/keystone")))
        .credentials(Credentials::password(user(cloud), cloud.text("/password")))
        .scope(TokenScope::project_name("admin"))
        .region("eu-de")
}

fn user(cloud: &Cloud) -> User {
    User::Name {
        name: cloud.text("/user").into(),
        domain: Domain::Name("Default".into()),
    }
}

#[test]
fn one_handle_calls_all_services_with_one_token() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for account in both(&admin(&cloud)) {
        account.does(ims::list_images());
        account.does(vpc::list_networks());
        account.does(iam::list_users());
        assert_eq!(account.tokens(), 1);
    }
}

#[test]
fn the_identity_is_that_of_the_command() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    let issued = cloud.openstack(&["token", "issue"]);
    for account in both(&admin(&cloud)) {
        let identity = account.identity().unwrap();
        let id = |named: &Option<Named>| named.as_ref().unwrap().id.clone();
        assert_eq!(id(&identity.user), issued["user_id"].as_str().unwrap());
        assert_eq!(
            id(&identity.project),
            issued["project_id"].as_str().unwrap()
        );
        assert_eq!(identity.project.as_ref().unwrap().name, "admin");
        assert_eq!(id(&identity.domain), "default");
        assert!(identity.roles.iter().any(|role| role.name == "admin"));
        let mut types: Vec<_> = identity
            .catalogue
            .entries()
            .filter(|entry| entry.interface == "public")
            .map(|entry| (entry.service_type.as_str(), entry.region.as_str()))
            .collect();
        types.sort_unstable();
        assert_eq!(
            types,
            [
                ("identity", "eu-de"),
                ("image", "eu-de"),
                ("network", "eu-de")
            ]
        );
    }
}

#[test]
fn every_kind_of_scope_and_user_gets_a_token() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    let identity = both(&admin(&cloud))[0].identity().unwrap();
    let id = identity.user.as_ref().unwrap().id.clone();
    let project = cloud.text("/project/id");
    let by_id = Credentials::password(User::Id(id), cloud.text("/password"));
    let domain_by_id = Credentials::password(
        User::Name {
            name: "admin".into(),
            domain: Domain::Id("default".into()),
        },
        cloud.text("/password"),
    );
    for credentials in [by_id, domain_by_id] {
        for (scope, expected) in [
            (TokenScope::project_id(project), Some(project)),
            (
                TokenScope::project_name_in("Default", "admin"),
                Some(project),
            ),
            (
                TokenScope::project_of(Domain::Id("default".into()), "admin"),
                Some(project),
            ),
            (TokenScope::domain_id("default"), None),
            (TokenScope::domain_name("Default"), None),
        ] {
            let settings = admin(&cloud)
                .credentials(credentials.clone())
                .scope(scope.clone());
            for account in both(&settings) {
                let identity = account.identity().unwrap();
                let found = identity.project.as_ref().map(|it| it.id.as_str());
                assert_eq!(found, expected, "{scope:?}");
                assert_eq!(identity.domain.as_ref().unwrap().id, "default", "{scope:?}");
                account.does(iam::list_auth_projects());
            }
        }
    }
}

#[test]
fn a_token_that_exists_is_used_and_moved_to_another_scope_if_it_must() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    let issued = cloud.openstack(&["token", "issue"]);
    let token = Credentials::token(issued["id"].as_str().unwrap());
    for account in both(&admin(&cloud).credentials(token.clone())) {
        account.does(ims::list_images());
        assert_eq!(account.tokens(), 0);
    }
    let moved = admin(&cloud)
        .credentials(token)
        .scope(TokenScope::domain_id("default"));
    for account in both(&moved) {
        assert!(account.identity().unwrap().project.is_none());
        account.does(iam::list_users());
        assert_eq!(account.tokens(), 1);
    }
}

#[test]
fn a_path_that_leaves_the_project_open_gets_that_of_the_caller() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for account in both(&admin(&cloud)) {
        let own = account.does(iam::get_project(OWN));
        assert_eq!(own.json::<Value>().unwrap()["project"]["name"], "admin");
        // The documentation does not have this call.
        let path = "/v3/users/{user_id}/projects";
        let listed = account.does(Request::to(&iam::SERVICE, Method::Get, path));
        let listed: Value = listed.json().unwrap();
        assert_eq!(listed["projects"][0]["id"], cloud.text("/project/id"));
    }
}

#[test]
fn a_token_that_was_revoked_is_renewed_for_all_services() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    let [keystone, _] = cloud.admin("keystone");
    for account in both(&admin(&cloud)) {
        account.does(ims::list_images());
        let token = account.counts.last.lock().unwrap().clone();
        let revoke = iam::delete_user_token().header("X-Subject-Token", &token);
        assert_eq!(does(&keystone, revoke).status(), 204);
        account.does(vpc::list_networks());
        assert_eq!(account.tokens(), 2);
        account.does(iam::list_users());
        assert_eq!(account.tokens(), 2);
        assert_ne!(*account.counts.last.lock().unwrap(), token);
    }
}

#[test]
fn a_passcode_is_accepted_beside_the_password() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    let [keystone, _] = cloud.admin("keystone");
    let rules = json!({"multi_factor_auth_enabled": true, "multi_factor_auth_rules": [["password", "totp"]]});
    let user = json!({"user": {"name": name("careful"), "password": "s3cret", "options": rules}});
    let made: Value = gets(&keystone, iam::create_user().json(&user).unwrap());
    let id = made["user"]["id"].as_str().unwrap();
    // The documentation does not have this call.
    let credentials = Request::to(&iam::SERVICE, Method::Post, "/v3/credentials");
    let seed = json!({"credential": {"type": "totp", "blob": "ORSXG5BAON2XG5DFNZ2GKZBAFZXXIIDU", "user_id": id}});
    does(&keystone, credentials.json(&seed).unwrap());
    let passcode = cloud.python(
        "from keystone.auth.plugins.totp import _generate_totp_passcodes as passcodes\n\
         print(passcodes(b'ORSXG5BAON2XG5DFNZ2GKZBAFZXXIIDU')[0])",
    );
    let user = || User::Id(id.to_owned());
    let url = format!("{}/v3", cloud.text("/keystone"));
    let settings = Handle::builder().auth_url(&url).region("eu-de");
    let with = Credentials::password_with_passcode(user(), "s3cret", passcode.trim());
    for account in both(&settings.clone().credentials(with)) {
        assert_eq!(account.identity().unwrap().user.as_ref().unwrap().id, id);
        assert_eq!(account.tokens(), 1);
    }
    for account in both(&settings.credentials(Credentials::password(user(), "s3cret"))) {
        let AuthError::Refused { status: 401, .. } = account.identity().unwrap_err() else {
            panic!("the password alone is not enough");
        };
    }
}

#[test]
fn a_wrong_password_is_an_error_before_the_call() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    let wrong = Credentials::password(user(&cloud), "wr0ng-s3cret");
    for account in both(&admin(&cloud).credentials(wrong)) {
        let error = account.send(ims::list_images()).unwrap_err();
        let ErrorKind::Auth(AuthError::Refused { status: 401, .. }) = error.kind() else {
            panic!("{error:#}");
        };
        assert!(
            error
                .to_string()
                .starts_with("`ims.ListImages` was not sent: no token was issued: 401"),
            "{error}"
        );
        assert_eq!(account.counts.all.load(Ordering::SeqCst), 1);
        assert!(
            !format!("{error:#} {error:?} {account:?}", account = admin(&cloud)).contains("s3cret")
        );
    }
}

#[test]
fn an_unknown_region_and_an_unknown_service_say_what_was_tried() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for account in both(&admin(&cloud).region("eu-xx")) {
        let error = account.send(ims::list_images()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`ims.ListImages` was not sent: the address of `ims` is not known: the settings have no address for it; \
             the catalogue of the token does not have it in the region `eu-xx`, but in `eu-de`; its documented \
             address `https://ims.{region}.otc.t-systems.com` belongs to another cloud than the identity service \
             `127.0.0.1`"
        );
        // The token is all that was asked for.
        assert_eq!(account.counts.all.load(Ordering::SeqCst), 1);
    }
    for account in both(&admin(&cloud)) {
        let error = account.send(rds::list_db_instances(OWN)).unwrap_err();
        let ErrorKind::NoAddress(none) = error.kind() else {
            panic!("{error:#}");
        };
        assert_eq!(none.service(), "rds");
        assert!(
            none.tried()[1].contains("no public address for the type `rdsv3`, `rdsv1`, `rds`"),
            "{none}"
        );
    }
}

#[test]
fn an_address_in_the_settings_comes_before_the_catalogue() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    let glance = format!("{}/v2", cloud.text("/glance"));
    for name in ["ims", "image"] {
        for account in both(&admin(&cloud).region("eu-xx").endpoint(name, &glance)) {
            account.does(ims::list_images());
        }
    }
    for account in both(&admin(&cloud).endpoint("image", cloud.text("/neutron"))) {
        assert_eq!(
            account
                .send(ims::list_images())
                .unwrap_err()
                .status()
                .unwrap(),
            404
        );
    }
}

#[test]
fn twenty_callers_at_once_share_one_request_for_a_token() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    let [blocking, asynchronous] = both(&admin(&cloud));
    std::thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| blocking.does(vpc::list_networks()));
        }
    });
    assert_eq!(blocking.tokens(), 1);
    assert_eq!(blocking.counts.all.load(Ordering::SeqCst), 21);
    let Either::Async(handle, runtime) = &asynchronous.handle else {
        panic!("the second handle is async");
    };
    runtime.block_on(async {
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let handle = handle.clone();
                tokio::spawn(async move { handle.send(vpc::list_networks()).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
    });
    assert_eq!(asynchronous.tokens(), 1);
}

#[test]
fn every_entry_of_clouds_yaml_gets_the_token_that_the_command_gets() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    let user = both(&admin(&cloud))[0]
        .identity()
        .unwrap()
        .user
        .clone()
        .unwrap()
        .id;
    let project = cloud.text("/project/id");
    let named = "username: admin, user_domain_name: Default";
    let entries = [
        (
            "project_by_name",
            format!("{named}, project_name: admin, project_domain_name: Default"),
        ),
        ("project_by_id", format!("{named}, project_id: {project}")),
        (
            "project_in_domain_by_id",
            format!("{named}, project_name: admin, project_domain_id: default"),
        ),
        ("domain_by_name", format!("{named}, domain_name: Default")),
        ("domain_by_id", format!("{named}, domain_id: default")),
        (
            "user_by_id",
            format!("user_id: {user}, project_id: {project}"),
        ),
        (
            "one_domain_for_both",
            "username: admin, domain_name: Default, project_name: admin".to_owned(),
        ),
    ];
    let (url, password) = (cloud.text("/keystone"), cloud.text("/password"));
    let entry = |(name, auth): &(&str, String)| {
        let auth = format!("auth: {{auth_url: \"{url}/v3\", password: \"{password}\", {auth}}}");
        format!("  {name}:\n    region_name: eu-de\n    {auth}\n")
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clouds.yaml");
    let text: Vec<String> = entries.iter().map(entry).collect();
    std::fs::write(&file, format!("clouds:\n{}", text.concat())).unwrap();
    let sources = Sources::new().variable("OS_CLIENT_CONFIG_FILE", file.to_str().unwrap());
    for (name, _) in &entries {
        let issued = cloud.token_of(&file, name);
        let settings = CloudBuilder::from(sources.read_cloud(name).unwrap());
        for account in both(&settings) {
            let identity = account.identity().unwrap();
            let id = |named: &Option<Named>| named.as_ref().map(|it| Value::from(it.id.clone()));
            assert_eq!(id(&identity.user).as_ref(), issued.get("user_id"), "{name}");
            assert_eq!(
                id(&identity.project).as_ref(),
                issued.get("project_id"),
                "{name}"
            );
            if let Some(domain) = issued.get("domain_id") {
                assert_eq!(id(&identity.domain).as_ref(), Some(domain), "{name}");
            }
            account.does(iam::list_auth_projects());
        }
    }
}

#[test]
fn a_program_lists_the_images_of_a_cloud_in_clouds_yaml() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    let made = name("of-a-program");
    let [glance, _] = cloud.admin("glance");
    let image = json!({"name": made, "container_format": "bare", "disk_format": "raw"});
    let image: Value = gets(&glance, ims::create_image_metadata().json(&image).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clouds.yaml");
    let text = format!(
        "clouds:\n  real:\n    region_name: eu-de\n    auth:\n      auth_url: {}/v3\n      username: admin\n      \
         password: {}\n      user_domain_name: Default\n      project_domain_name: Default\n      \
         project_name: admin\n",
        cloud.text("/keystone"),
        cloud.text("/password")
    );
    std::fs::write(&file, text).unwrap();
    let run = permspec_tests::cargo()
        .args(["run", "--quiet", "--package", "consumer-account"])
        .env("OS_CLIENT_CONFIG_FILE", &file)
        .env("OS_CLOUD", "real")
        .output()
        .unwrap();
    let printed = permspec_tests::success(run);
    assert!(printed.lines().any(|line| line == made), "{printed}");
    does(&glance, ims::delete_image_v2(image["id"].as_str().unwrap()));
}
