//! The cloud that `.ci/openstack` started: where its servers are, who may call them, and the command that judges.
//! This module must never skip a test silently.

use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use permspec_runtime::auth::{Password, RenewingToken, TokenScope};
use permspec_runtime::{Address, Request, Response};
use permspec_tests::{Caller, both, skipped};
use serde_json::Value;

/// The variable that names the file in which the cloud is described.
const VARIABLE: &str = "PERMSPEC_OPENSTACK";

/// The description that `cloud.py` wrote.
pub struct Cloud(Value);

impl Cloud {
    /// The running cloud. `None` if there is none. Then the test is skipped, and standard error says so.
    ///
    /// # Panics
    /// If the variable is set and names no cloud.
    pub fn running() -> Option<Cloud> {
        let Some(file) = std::env::var_os(VARIABLE).filter(|file| !file.is_empty()) else {
            // The test runner names the thread after the test.
            let thread = std::thread::current();
            let test = format!("openstack {}", thread.name().unwrap_or_default());
            let why = format!("{VARIABLE} names no cloud; `.ci/openstack` starts one");
            skipped(&test, &why);
            return None;
        };
        let description = std::fs::read_to_string(file).expect("the cloud that the variable names");
        Some(Cloud(serde_json::from_str(&description).unwrap()))
    }

    /// A text of the description, such as `/project/id`.
    pub fn text(&self, pointer: &str) -> &str {
        let found = self.0.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("the cloud has no {pointer}"))
    }

    /// Both clients of the server `keystone`, `glance` or `neutron`, which do not say who calls.
    pub fn anonymous(&self, server: &str) -> [Caller; 2] {
        both(self.text(&format!("/{server}")))
    }

    /// Both clients of a server. The administrator calls, in their own project.
    pub fn admin(&self, server: &str) -> [Caller; 2] {
        let scope = TokenScope::project_id(self.text("/project/id"));
        let token = RenewingToken::new(self.password(scope));
        self.anonymous(server)
            .map(|client| client.auth(token.clone()))
    }

    /// The administrator's password, for tokens of `scope`.
    pub fn password(&self, scope: TokenScope) -> Password {
        self.password_of(self.text("/user"), self.text("/password"), scope)
    }

    /// The password of any user, for tokens of `scope`.
    pub fn password_of(&self, user: &str, password: &str, scope: TokenScope) -> Password {
        let keystone = Address::try_from(self.text("/keystone")).unwrap();
        Password::new(keystone, self.text("/domain/name"), user, password, scope)
    }

    /// What the command `openstack` says about the cloud, such as for `user show ID`.
    pub fn openstack(&self, arguments: &[&str]) -> Value {
        let mut command = Command::new(self.text("/command"));
        command.args(arguments).args(["--format", "json"]);
        for (variable, value) in self.0["environment"].as_object().unwrap() {
            command.env(variable, value.as_str().unwrap());
        }
        let output = command.output().expect("the command `openstack`");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

impl Cloud {
    /// The token that the command obtains for an entry of `clouds.yaml`, without anything in the environment.
    pub fn token_of(&self, file: &std::path::Path, name: &str) -> Value {
        let mut command = Command::new(self.text("/command"));
        command.env_clear().env("OS_CLIENT_CONFIG_FILE", file);
        command.args(["--os-cloud", name, "token", "issue", "--format", "json"]);
        let output = command.output().expect("the command `openstack`");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {errors}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// What a program prints that the servers' own Python runs.
    pub fn python(&self, program: &str) -> String {
        let python = std::path::Path::new(self.text("/command")).with_file_name("python");
        let output = Command::new(python)
            .args(["-c", program])
            .output()
            .expect("Python");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        String::from_utf8(output.stdout).unwrap()
    }
}

/// A name that nothing else in the cloud has.
pub fn name(of: &str) -> String {
    static GIVEN: AtomicUsize = AtomicUsize::new(0);
    format!("{of}-{}", GIVEN.fetch_add(1, Ordering::Relaxed))
}

/// Sends a request that must succeed.
#[track_caller]
pub fn does(client: &Caller, request: Request) -> Response {
    match client.send(request) {
        Ok(response) => response,
        Err(error) => panic!("{}: {error:#}", client.name()),
    }
}

/// Sends a request that must succeed, and reads the JSON of its response.
#[track_caller]
pub fn gets(client: &Caller, request: Request) -> Value {
    does(client, request).json().unwrap()
}
