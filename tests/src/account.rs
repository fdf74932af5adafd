//! An account of a cloud on one host: an identity service that gives tokens, a catalogue, and whatever else is served.

use std::path::PathBuf;

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use tempfile::TempDir;

use crate::{Received, Server};

/// A cloud with one account.
pub struct Account {
    server: Server,
    folder: TempDir,
}

impl Account {
    /// Serves `routes` beside the identity service. The catalogue of the token has the service types `types` here.
    ///
    /// # Panics
    /// If the machine does not have a free port, or no temporary folder.
    pub fn start(types: &'static [&'static str], routes: Router) -> Account {
        let token = move |headers: HeaderMap| async move {
            let host = headers["host"].to_str().unwrap_or_default();
            issued(host, types)
        };
        let server = Server::start(routes.route("/v3/auth/tokens", post(token)));
        let folder = tempfile::tempdir().unwrap();
        let text = format!(
            "clouds:\n  otc:\n    region_name: eu-de\n    auth:\n      auth_url: {}/v3\n      username: deployer\n      \
             password: s3cret\n      user_domain_name: A\n      project_name: eu-de\n",
            server.url()
        );
        std::fs::write(folder.path().join("clouds.yaml"), text).unwrap();
        Account { server, folder }
    }

    /// The file `clouds.yaml` that describes it as the cloud `otc`.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("clouds.yaml")
    }

    /// The calls since the last time that this was asked, without those for tokens.
    pub fn received(&self) -> Vec<Received> {
        let mut received = self.server.received();
        received.retain(|call| call.target != "/v3/auth/tokens");
        received
    }
}

fn issued(host: &str, types: &[&str]) -> Response {
    let entry = |kind: &&str| {
        let url = format!("http://{host}/v2");
        serde_json::json!({"type": kind, "name": kind, "endpoints": [
            {"interface": "public", "region": "eu-de", "url": url},
        ]})
    };
    let body = serde_json::json!({"token": {
        "expires_at": "2099-01-01T00:00:00.000000Z",
        "user": {"id": "u1", "name": "deployer", "domain": {"id": "d1", "name": "A"}},
        "project": {"id": "0605768a", "name": "eu-de", "domain": {"id": "d1", "name": "A"}},
        "roles": [{"id": "r1", "name": "te_admin"}],
        "catalog": types.iter().map(entry).collect::<Vec<_>>(),
    }});
    ([("X-Subject-Token", "a-token")], Json(body)).into_response()
}
