//! Reads examples from standard input, one JSON object per line, and prints what became of each as the generated type
//! of its operation. A line has `service`, `operation`, `kind` (`request` or `response`) and `text`.

#![cfg_attr(not(feature = "all"), allow(dead_code, reason = "no service uses it"))]

mod judge;
mod operation;

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

use operation::Operation;
use serde_json::{Value, json};

/// Made by the build script.
#[allow(
    clippy::wildcard_imports,
    reason = "a module names the types of a service as its code does"
)]
mod table {
    include!(concat!(env!("OUT_DIR"), "/table.rs"));
}

fn main() -> io::Result<()> {
    let operations = operations();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let example: Value = serde_json::from_str(&line?)?;
        let part = |name: &str| example[name].as_str().unwrap_or_default();
        let key = (part("service").to_owned(), part("operation").to_owned());
        let judged = match operations.get(&key) {
            None => json!({"outcome": "no function"}),
            Some(found) if part("kind") == "request" => judge::request(found, part("text")),
            Some(found) => judge::response(found, part("text")),
        };
        writeln!(out, "{judged}")?;
    }
    out.flush()
}

/// All operations by service and identifier.
fn operations() -> BTreeMap<(String, String), &'static Operation> {
    let all = table::SERVICES.iter().flat_map(|service| service.iter());
    all.map(|operation| {
        let request = (operation.request)();
        let spec = request.spec();
        ((spec.service.to_owned(), spec.id.to_owned()), operation)
    })
    .collect()
}
