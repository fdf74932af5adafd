//! Settings as texts, so that a case can state them and openstacksdk's can be compared.

use std::collections::BTreeSet;

use permspec_runtime::cloud::{CloudConfig, ConfigError, Credentials, Domain, TokenScope, User};

use crate::case::Settings;

/// Settings that are part of the scope.
const SCOPE: [&str; 6] = [
    "project_id",
    "project_name",
    "project_domain_id",
    "project_domain_name",
    "domain_id",
    "domain_name",
];

/// The settings without the scope, which cannot be read.
fn texts(config: &CloudConfig) -> Settings {
    let mut found = Settings::new();
    let mut set = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            found.insert(name.to_owned(), value);
        }
    };
    let path =
        |path: &Option<std::path::PathBuf>| path.as_ref().map(|path| path.display().to_string());
    set("name", Some(config.name.clone()));
    set("auth_url", config.auth_url.clone());
    set("region", config.region.clone());
    set("interface", Some(config.interface.name().to_owned()));
    set("insecure", config.tls.insecure.then(|| "true".to_owned()));
    set("roots", path(&config.tls.roots));
    set("certificate", path(&config.tls.certificate));
    set("key", path(&config.tls.key));
    set(
        "timeout",
        config
            .timeout
            .map(|timeout| timeout.as_secs_f64().to_string()),
    );
    for (service, address) in &config.endpoints {
        set(&format!("endpoint.{service}"), Some(address.clone()));
    }
    if let Some(credentials) = &config.credentials {
        proof(credentials, &mut set);
    }
    found
}

fn proof(credentials: &Credentials, set: &mut dyn FnMut(&str, Option<String>)) {
    match credentials {
        Credentials::Password {
            user,
            password,
            passcode,
        } => {
            match user {
                User::Id(id) => set("user_id", Some(id.clone())),
                User::Name { name, domain } => {
                    set("user_name", Some(name.clone()));
                    account("user_domain", domain, set);
                }
            }
            set("password", Some(password.expose().to_owned()));
            set(
                "passcode",
                passcode.as_ref().map(|code| code.expose().to_owned()),
            );
        }
        Credentials::Token(token) => set("token", Some(token.expose().to_owned())),
        Credentials::AccessKey {
            access,
            secret,
            security_token,
        } => {
            set("access_key", Some(access.clone()));
            set("secret_key", Some(secret.expose().to_owned()));
            let token = security_token.as_ref();
            set(
                "security_token",
                token.map(|token| token.expose().to_owned()),
            );
        }
        Credentials::Agency { base, agency } => {
            proof(base, set);
            set("agency", Some(agency.name.clone()));
            account("agency_domain", &agency.domain, set);
        }
        other => panic!("{other:?}"),
    }
}

fn account(name: &str, domain: &Domain, set: &mut dyn FnMut(&str, Option<String>)) {
    match domain {
        Domain::Id(id) => set(&format!("{name}_id"), Some(id.clone())),
        Domain::Name(text) => set(&format!("{name}_name"), Some(text.clone())),
    }
}

/// The scope that settings mean.
fn scope(settings: &Settings) -> Option<TokenScope> {
    let text = |key: &str| settings.get(key).map(String::as_str);
    let domain = |id: &str, name: &str| {
        let by_name = text(name).map(|name| Domain::Name(name.to_owned()));
        text(id).map(|id| Domain::Id(id.to_owned())).or(by_name)
    };
    if let Some(id) = text("project_id") {
        return Some(TokenScope::project_id(id));
    }
    let account = domain("project_domain_id", "project_domain_name");
    match (text("project_name"), account) {
        (Some(name), Some(domain)) => Some(TokenScope::project_of(domain, name)),
        (Some(name), None) => Some(TokenScope::project_name(name)),
        (None, _) => domain("domain_id", "domain_name").map(TokenScope::domain),
    }
}

/// How the settings differ from the expected ones, if they do.
pub fn difference(config: &CloudConfig, expected: &Settings) -> Option<String> {
    let mut rest = expected.clone();
    rest.retain(|key, _| !SCOPE.contains(&key.as_str()));
    let found = texts(config);
    let wanted = scope(expected);
    (found != rest || config.scope != wanted).then(|| {
        format!(
            "{found:#?} with {:?}, expected {rest:#?} with {wanted:?}",
            config.scope
        )
    })
}

/// How the error differs from the expected one, if it does.
pub fn error_difference(error: &ConfigError, expected: &Settings) -> Option<String> {
    let text = error.to_string();
    let kind = format!("{:?}", error.kind());
    let same = expected.get("error") == Some(&kind)
        && expected
            .get("message")
            .is_some_and(|part| text.contains(part))
        && expected.len() == 2;
    (!same).then(|| format!("{kind} `{text}`, expected {expected:?}"))
}

/// How openstacksdk's settings differ from this project's. `allowed` must differ.
pub fn compared(
    ours: &Result<CloudConfig, ConfigError>,
    theirs: &Settings,
    allowed: &BTreeSet<String>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut judge = |key: &str, same: bool, what: String| {
        if same == allowed.contains(key) {
            let verdict = if same {
                "does not differ any more"
            } else {
                "differs"
            };
            wrong.push(format!("`{key}` {verdict}: {what}"));
        }
    };
    let ours = match (ours, theirs.get("error")) {
        (Ok(config), None) => config,
        (ours, error) => {
            let same = ours.is_err() == error.is_some();
            let config = ours.as_ref().map(texts);
            judge("error", same, format!("{config:?} and {theirs:?}"));
            return wrong;
        }
    };
    let texts = texts(ours);
    let keys: BTreeSet<&String> = texts.keys().chain(theirs.keys()).collect();
    for key in keys
        .into_iter()
        .filter(|key| !SCOPE.contains(&key.as_str()))
    {
        let (our, their) = (texts.get(key), theirs.get(key));
        judge(key, our == their, format!("{our:?} and {their:?}"));
    }
    let their = scope(theirs);
    judge(
        "scope",
        ours.scope == their,
        format!("{:?} and {their:?}", ours.scope),
    );
    let compared =
        |key: &str| key == "scope" || texts.contains_key(key) || theirs.contains_key(key);
    for key in allowed.iter().filter(|key| !compared(key)) {
        wrong.push(format!("`{key}` is not compared"));
    }
    wrong
}
