//! `permspec extract --reference`: prints the operations of an API reference, and what became of every table.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use permspec::extract::reference::ReferenceAccount;
use permspec::pipeline::reference::{ReferenceExtraction, Wanted};
use permspec::{Code, Error, Project, Report, pipeline};
use serde_json::{Value, json};

use super::project;
use super::store::store;
use crate::Verdict;
use crate::arguments::{Extract, ExtractFormat};
use crate::output::{counted, print_line, report_findings, say};

pub fn run(options: &Extract, docs: &Path, config: Option<&Path>) -> Result<Verdict, Error> {
    let project = project::find_or_none(config)?;
    if options.format == ExtractFormat::Jsonl {
        let wanted = Wanted {
            service: options.service.as_deref(),
            texts: false,
            descriptions: options.api.descriptions,
        };
        return Ok(print_pages(&project, docs, wanted));
    }
    let made = pipeline::reference::extract(&project, docs, options.service.as_deref());
    let errors = report_errors(&made.report);
    let verdict = if options.format == ExtractFormat::Json {
        print_line(as_json(&made));
        Verdict::Clean
    } else {
        print_line(as_text(&made));
        write(&project, &made, errors, options)?
    };
    Ok(verdict_of(&made.account, errors, verdict))
}

/// One line per page of an operation.
fn print_pages(project: &Project, docs: &Path, wanted: Wanted<'_>) -> Verdict {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut closed = false;
    let (account, report) = pipeline::reference::pages(project, docs, wanted, |page| {
        if !closed {
            let line = serde_json::to_string(&page).expect("pages of the model are plain JSON");
            // If the reader of a pipe stops reading, the command continues.
            closed = writeln!(out, "{line}").is_err();
        }
    });
    drop(out);
    verdict_of(&account, report_errors(&report), Verdict::Clean)
}

/// Reports pages that cannot be read, model files that cannot be used, and operations without a name. What is wrong
/// inside of a page is counted, and `lint` says it.
fn report_errors(report: &Report) -> bool {
    let errors = report.filtered(|finding| {
        matches!(
            finding.code,
            Code::Unreadable | Code::NotUtf8 | Code::TooLarge | Code::Model | Code::InvalidId
        )
    });
    report_findings(&errors);
    !errors.is_empty()
}

fn verdict_of(account: &ReferenceAccount, errors: bool, verdict: Verdict) -> Verdict {
    if account.unaccounted() == (0, 0) && !errors {
        verdict
    } else {
        Verdict::Findings
    }
}

/// Writes the interfaces of a project that keeps a model. A run with errors writes nothing.
fn write(
    project: &Project,
    made: &ReferenceExtraction,
    errors: bool,
    options: &Extract,
) -> Result<Verdict, Error> {
    if project.models.is_none() {
        return Ok(Verdict::Clean);
    }
    if errors {
        say("nothing was written: there are errors");
        return Ok(Verdict::Findings);
    }
    for file in &made.gone {
        say(&format!(
            "{} no longer has a page: remove it, or restore the page",
            file.display()
        ));
    }
    let files = pipeline::reference::interface_texts(project, &made.interfaces);
    let verdict = store(&files, options.check)?;
    Ok(if made.gone.is_empty() {
        verdict
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

fn as_json(made: &ReferenceExtraction) -> Value {
    let ReferenceExtraction {
        account,
        joins,
        report,
        ..
    } = made;
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
        "joins": {
            "joined": joins.joined,
            "shared": joins.shared,
            "pages_alone": joins.pages_alone,
            "rows_alone": joins.rows_alone,
            "told_by_body": joins.told_by_body,
        },
        "diagnostics": by_code(report),
    })
}

fn as_text(made: &ReferenceExtraction) -> String {
    let ReferenceExtraction {
        account,
        joins,
        report,
        ..
    } = made;
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
    lines.push(format!(
        "{} joined with rows of permission pages, {} with a row that other pages share, {} without a row; {} without a \
         page",
        counted(joins.joined, "page"),
        joins.shared,
        joins.pages_alone,
        counted(joins.rows_alone, "row"),
    ));
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
