//! `permspec extract --reference`: prints the operations of an API reference, and what became of every table.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use permspec::extract::reference::ReferenceAccount;
use permspec::{Code, Error, Report, pipeline};
use serde_json::{Value, json};

use super::project;
use crate::Verdict;
use crate::arguments::{Extract, ExtractFormat};
use crate::output::{counted, print_line, report_findings};

pub fn run(options: &Extract, docs: &Path, config: Option<&Path>) -> Result<Verdict, Error> {
    let project = project::find_or_none(config)?;
    let service = options.service.as_deref();
    let lines = options.format == ExtractFormat::Jsonl;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut closed = false;
    let (account, report) = pipeline::reference::pages(&project, docs, service, false, |page| {
        if lines && !closed {
            let line = serde_json::to_string(&page).expect("pages of the model are plain JSON");
            // If the reader of a pipe stops reading, the command continues.
            closed = writeln!(out, "{line}").is_err();
        }
    });
    drop(out);
    let unreadable = report.filtered(|finding| {
        matches!(
            finding.code,
            Code::Unreadable | Code::NotUtf8 | Code::TooLarge
        )
    });
    report_findings(&unreadable);
    match options.format {
        ExtractFormat::Jsonl => {}
        ExtractFormat::Json => print_line(as_json(&account, &report)),
        ExtractFormat::Text => print_line(as_text(&account, &report)),
    }
    let complete = account.unaccounted() == (0, 0) && unreadable.is_empty();
    Ok(if complete {
        Verdict::Clean
    } else {
        Verdict::Findings
    })
}

fn by_code(report: &Report) -> BTreeMap<&'static str, usize> {
    let mut codes = BTreeMap::new();
    for finding in report.diagnostics() {
        *codes.entry(finding.code.as_str()).or_default() += 1;
    }
    codes
}

fn as_json(account: &ReferenceAccount, report: &Report) -> Value {
    let fates: BTreeMap<_, _> = account
        .fates
        .iter()
        .map(|(what, (tables, rows))| (*what, json!({"tables": tables, "rows": rows})))
        .collect();
    json!({
        "pages": account.pages,
        "operations": account.operations,
        "shared": account.shared,
        "others": account.others,
        "tables": account.tables,
        "rows": account.rows,
        "ended": fates,
        "parameters": account.parameters,
        "fields": account.fields,
        "schemas": account.schemas,
        "examples": account.examples,
        "strict_examples": account.strict,
        "diagnostics": by_code(report),
    })
}

fn as_text(account: &ReferenceAccount, report: &Report) -> String {
    let mut lines = vec![
        format!(
            "{}: {}, {} with tables of other pages, {} about something else",
            counted(account.pages, "page"),
            counted(account.operations, "operation"),
            account.shared,
            account.others
        ),
        format!(
            "{}, {}, {}, {} ({} in strict JSON)",
            counted(account.parameters, "parameter"),
            counted(account.fields, "field"),
            counted(account.schemas, "named schema"),
            counted(account.examples, "example"),
            account.strict
        ),
        format!(
            "{}, {}:",
            counted(account.tables, "table"),
            counted(account.rows, "row")
        ),
    ];
    for (what, (tables, rows)) in &account.fates {
        let (tables, rows) = (counted(*tables, "table"), counted(*rows, "row"));
        lines.push(format!("  {what}: {tables}, {rows}"));
    }
    if account.unaccounted() != (0, 0) {
        let (tables, rows) = account.unaccounted();
        let (tables, rows) = (counted(tables, "table"), counted(rows, "row"));
        lines.push(format!("  unaccounted for: {tables}, {rows}"));
    }
    let codes = by_code(report);
    if !codes.is_empty() {
        let codes: Vec<String> = codes
            .iter()
            .map(|(code, count)| format!("{code} {count}"))
            .collect();
        lines.push(format!("findings: {}", codes.join(", ")));
    }
    lines.join("\n")
}
