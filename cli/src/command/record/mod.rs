//! `permspec record`: runs a program behind a proxy, and makes the smallest policy for what it calls.
//! This module must never store a header or a body.

mod child;
mod endpoint;
mod proxy;

use std::net::SocketAddr;
use std::path::Path;

use permspec::{Code, Diagnostic, Error, Location};
use tokio::net::TcpListener;

use super::policy::least;
use crate::arguments::{For, Record};
use crate::output::{counted, say};
use crate::{Verdict, catalogue};
use endpoint::Endpoint;
use proxy::{Proxy, Seen};

pub fn run(options: &Record, config: Option<&Path>) -> Result<Verdict, Error> {
    let known = catalogue::open(options.catalogue, config)?;
    let endpoints = Endpoint::read(&options.endpoint, &known)?;
    let runtime = tokio::runtime::Runtime::new();
    let runtime = runtime.map_err(|error| fault(&format!("the proxy cannot start: {error}")))?;
    let (seen, code) = runtime.block_on(recorded(options, endpoints))?;
    // Connections that the program left open carry nothing any more.
    runtime.shutdown_background();
    report(&seen);
    let verdict = least::of(&policy_options(options), &known, &seen.traffic)?;
    match code {
        0 => Ok(verdict),
        code => std::process::exit(code),
    }
}

/// What the program called, and its exit code.
async fn recorded(options: &Record, endpoints: Vec<Endpoint>) -> Result<(Seen, i32), Error> {
    let listener = TcpListener::bind(options.listen).await;
    let listener = listener.map_err(|error| {
        fault(&format!(
            "the proxy cannot listen at {}: {error}",
            options.listen
        ))
    })?;
    let address = listener.local_addr().unwrap_or(options.listen);
    let proxy = Proxy::new(address, endpoints)?;
    say_where(address, &proxy);
    let serving = tokio::spawn(proxy.clone().serve(listener));
    let code = match options.program.as_slice() {
        [] => {
            let _ = tokio::signal::ctrl_c().await;
            0
        }
        program => child::run(program, address, proxy.endpoints()).await?,
    };
    serving.abort();
    Ok((proxy.seen(), code))
}

fn say_where(address: SocketAddr, proxy: &Proxy) {
    say(&format!("recording at http://{address}"));
    for endpoint in proxy.endpoints() {
        say(&format!(
            "  {} is at {}",
            endpoint.service,
            endpoint.local(address)
        ));
    }
}

/// Says what was not recorded, and what did not succeed.
fn report(seen: &Seen) {
    for (host, count) in &seen.tunnelled {
        say(&format!(
            "warning: what went to {host} is not recorded, because it was encrypted ({}); point the program at an \
             --endpoint",
            counted(*count, "connection")
        ));
    }
    for (text, count) in &seen.refused {
        say(&format!("note: {text} ({count}x)"));
    }
}

/// The options of `policy for` that `record` has too.
fn policy_options(options: &Record) -> For {
    For {
        operations: options.operation.clone(),
        routes: Vec::new(),
        service: None,
        made: options.made.clone(),
        catalogue: options.catalogue,
    }
}

fn fault(message: &str) -> Error {
    let place = Location::file("the command line");
    Diagnostic::new(Code::Configuration, place, message).into()
}
