//! `cargo run -p least-privilege-proxy -- --upstream URL --service ims --policy FILE` runs the proxy until Ctrl-C.
//! If a call may be one of several operations, `--operation ims.NAME` chooses one.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};

use least_privilege_proxy::{Record, app};
use otc_api::CATALOGUE;
use permspec_runtime::Address;
use permspec_runtime::policy::LeastPrivilege;
use tokio::net::TcpListener;

const USAGE: &str = "usage: least-privilege-proxy --upstream URL --service NAME --policy FILE \
                     [--listen ADDRESS] [--operation NAME]..";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let (mut upstream, mut service, mut policy) = (None, None, None);
    let mut operations = Vec::new();
    let mut listen = String::from("127.0.0.1:8081");
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().ok_or(USAGE)?;
        match argument.as_str() {
            "--upstream" => upstream = Some(Address::try_from(value)?),
            "--service" => service = Some(value),
            "--policy" => policy = Some(PathBuf::from(value)),
            "--listen" => listen = value,
            "--operation" => operations.push(value),
            _ => return Err(USAGE.into()),
        }
    }
    let policy = policy.ok_or(USAGE)?;
    let service = service.ok_or(USAGE)?;
    if !CATALOGUE.specs().any(|spec| spec.service == service) {
        return Err(format!("the documentation has no service `{service}`").into());
    }
    let record = Record::of(&service);
    for name in operations {
        let spec = CATALOGUE.get(&name);
        record.name(spec.ok_or_else(|| format!("the documentation has no operation `{name}`"))?);
    }
    let app = app(upstream.ok_or(USAGE)?, &CATALOGUE, record.clone())?;
    let listener = TcpListener::bind(listen).await?;
    // The program works without anybody who reads its output.
    let _ = writeln!(
        std::io::stdout(),
        "listening at http://{}",
        listener.local_addr()?
    );
    axum::serve(listener, app)
        .with_graceful_shutdown(async {
            // If the signal is not available, the proxy can only be killed.
            let _ = tokio::signal::ctrl_c().await;
        })
        .await?;
    let least = record.least(&CATALOGUE);
    for path in write(&least, &policy)? {
        println!("wrote {}", path.display());
    }
    report(&record, &least);
    Ok(())
}

/// Writes one file, or several numbered files if one policy is not enough.
fn write(least: &LeastPrivilege, path: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    for (at, policy) in least.policies.iter().enumerate() {
        let path = match at {
            0 => path.to_owned(),
            _ => path.with_extension(format!("{}.json", at + 1)),
        };
        std::fs::write(&path, policy.to_json_pretty() + "\n")?;
        written.push(path);
    }
    Ok(written)
}

/// Prints what the policy does not cover.
fn report(record: &Record, least: &LeastPrivilege) {
    println!("made from {}", least.catalogue);
    for open in &least.open {
        println!(
            "{} also needs {}, if that is the case",
            open.spec, open.requirement
        );
    }
    for spec in &least.without_action {
        println!("{spec}: the documentation does not name an action");
    }
    for open in record.ambiguous() {
        let names: Vec<String> = open.candidates.iter().map(ToString::to_string).collect();
        println!(
            "{} ({}x) may be {}: none of them is granted; name the right operation with --operation",
            open.example,
            open.count,
            names.join(" or ")
        );
    }
    if record.unknown() > 0 {
        println!("{} calls were not a documented operation", record.unknown());
    }
}
