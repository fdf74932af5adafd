//! `cargo run -p ims-emulator` serves image sharing on 127.0.0.1:8080, with the policy next to this example.

use std::error::Error;
use std::io::Write;
use std::sync::Arc;

use ims_emulator::{Store, app};
use permspec_runtime::policy::{Policy, check};
use tokio::net::TcpListener;

const USAGE: &str = "usage: ims-emulator [--listen ADDRESS] [--policy FILE]";
/// The images of the store, from the documentation's examples.
const IMAGES: [&str; 2] = [
    "d164b5df-1bc3-4c3f-893e-3e471fd16e64",
    "0b680482-acaa-4045-b14c-9a8c7dfe9c70",
];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut listen = String::from("127.0.0.1:8080");
    let mut policy = String::from(include_str!("../policy.json"));
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().ok_or(USAGE)?;
        match argument.as_str() {
            "--listen" => listen = value,
            "--policy" => policy = std::fs::read_to_string(value)?,
            _ => return Err(USAGE.into()),
        }
    }
    let app = app(Arc::new(Store::of(IMAGES)), read(&policy)?);
    let listener = TcpListener::bind(listen).await?;
    // The program works without anybody who reads its output.
    let _ = writeln!(
        std::io::stdout(),
        "image sharing at http://{}\nimages: {}",
        listener.local_addr()?,
        IMAGES.join(", ")
    );
    axum::serve(listener, app).await?;
    Ok(())
}

/// The policy, unless IAM would reject it.
fn read(text: &str) -> Result<Policy, String> {
    let checked = check(text, None);
    let findings: Vec<String> = checked.findings.iter().map(ToString::to_string).collect();
    let is_valid = checked.is_valid();
    let policy = checked.policy.filter(|_| is_valid);
    policy.ok_or_else(|| format!("the policy is not valid: {}", findings.join("; ")))
}
