//! Every example of every reference page goes through the generated type of its operation. A page whose example does not
//! fit has a finding that says so. `tests/consumers/examples` reads the examples.
//! `PERMSPEC_BLESS=1` writes the figures again. A person must compare them before they are committed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::thread;

use permspec::load;
use permspec::pipeline::reference::{Wanted, pages};
use permspec::{Code, Project, Report};
use permspec_tests::{cargo, is_as_in, root, shared, success};
use serde_json::{Value, json};

/// What the findings of a page say of its examples.
const OF_EXAMPLES: [Code; 6] = [
    Code::UndocumentedKey,
    Code::ExampleType,
    Code::ExampleLacksField,
    Code::KeyCase,
    Code::BrokenJson,
    Code::ExampleValue,
];

/// An example, where it is, and what became of it.
struct Shown {
    service: String,
    operation: String,
    is_request: bool,
    is_strict: bool,
    page: String,
    line: u32,
    /// The line of the next example of the page.
    end: u32,
    text: String,
    judged: Value,
}

impl Shown {
    fn kind(&self) -> &'static str {
        if self.is_request {
            "request"
        } else {
            "response"
        }
    }

    fn outcome(&self) -> &str {
        self.judged["outcome"].as_str().unwrap()
    }

    fn is_decoded(&self) -> bool {
        self.outcome() == "decoded"
    }

    fn is_typed(&self) -> bool {
        self.is_decoded() || self.outcome() == "failed"
    }

    fn is_same(&self) -> bool {
        self.judged["same"] == json!(true)
    }

    fn fields(&self, how: &str) -> &[Value] {
        self.judged[how].as_array().unwrap()
    }

    /// `null` is a field that is not there.
    fn is_as_documented(&self) -> bool {
        self.is_decoded()
            && self.fields("undocumented").is_empty()
            && self.fields("other_form").is_empty()
    }

    fn lacks_field(&self) -> bool {
        self.judged["missing"].is_string()
    }
}

#[test]
fn every_example_goes_through_the_type_of_its_operation() {
    let test = "every_example_goes_through_the_type_of_its_operation";
    let Some(reference) = shared("reference", test) else {
        return;
    };
    let (mut examples, failures, findings) = examples(&reference);
    judge(&mut examples);

    let strict: Vec<&Shown> = examples
        .iter()
        .filter(|shown| !shown.is_request && shown.is_strict && shown.is_typed())
        .collect();
    let decoded: Vec<&Shown> = strict
        .iter()
        .copied()
        .filter(|shown| shown.is_decoded())
        .collect();
    let same = decoded.iter().filter(|shown| shown.is_same()).count();
    assert!(
        decoded.len() * 100 >= strict.len() * 97,
        "{} of {}",
        decoded.len(),
        strict.len()
    );
    assert!(
        same * 100 >= decoded.len() * 99,
        "{same} of {}",
        decoded.len()
    );

    let fixtures = root().join("tests/fixtures/examples");
    is_as_in(&fixtures.join("figures.txt"), &figures(&examples, failures));
    is_as_in(
        &fixtures.join("misfits.txt"),
        &misfits(&examples, &findings),
    );
}

/// The lines of the findings about examples, by page.
type Findings = BTreeMap<String, Vec<u32>>;

/// All examples of calls that succeed, the number of the others, and the findings about examples.
fn examples(reference: &Path) -> (Vec<Shown>, usize, Findings) {
    let project = Project::read(&root().join("spec/permspec.toml")).unwrap();
    let mut report = Report::default();
    let interfaces = load::interfaces(&project, &mut report);
    let known: BTreeMap<&str, (&str, &str)> = interfaces
        .iter()
        .map(|file| &file.interface)
        .map(|interface| {
            (
                interface.page.path.as_str(),
                (interface.service.as_str(), interface.id.as_str()),
            )
        })
        .collect();
    let mut examples = Vec::new();
    let mut failures = 0;
    let (_, report) = pages(&project, reference, Wanted::default(), |page| {
        let (service, operation) = known[page.page.as_str()];
        let mut lines: Vec<u32> = page.examples.iter().map(|example| example.line).collect();
        lines.sort_unstable();
        for example in &page.examples {
            if example.failure || example.status.is_some_and(|status| status >= 400) {
                failures += 1;
                continue;
            }
            let next = lines.iter().find(|line| **line > example.line);
            examples.push(Shown {
                service: service.to_owned(),
                operation: operation.to_owned(),
                is_request: example.request,
                is_strict: example.strict,
                page: page.page.clone(),
                line: example.line,
                end: next.copied().unwrap_or(u32::MAX),
                text: serde_json::to_string(&example.json).unwrap(),
                judged: Value::Null,
            });
        }
    });
    let folder = format!("{}/", reference.to_str().unwrap());
    let mut findings = Findings::new();
    for finding in report.diagnostics() {
        if OF_EXAMPLES.contains(&finding.code) {
            let page = finding.location.file.strip_prefix(&folder).unwrap();
            findings
                .entry(page.to_owned())
                .or_default()
                .push(finding.location.line);
        }
    }
    (examples, failures, findings)
}

/// Asks the consumer what becomes of the examples.
fn judge(examples: &mut [Shown]) {
    let mut consumer = cargo()
        .args([
            "run",
            "--quiet",
            "--package",
            "consumer-examples",
            "--features",
            "all",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = consumer.stdin.take().unwrap();
    let lines: Vec<Value> = examples
        .iter()
        .map(|shown| {
            json!({
                "service": shown.service, "operation": shown.operation,
                "kind": shown.kind(), "text": shown.text,
            })
        })
        .collect();
    // The consumer answers while it reads, and a full pipe would stop both.
    let writer = thread::spawn(move || {
        for line in lines {
            writeln!(input, "{line}").unwrap();
        }
    });
    let answers = success(consumer.wait_with_output().unwrap());
    writer.join().unwrap();
    assert_eq!(answers.lines().count(), examples.len());
    for (shown, answer) in examples.iter_mut().zip(answers.lines()) {
        shown.judged = serde_json::from_str(answer).unwrap();
    }
}

/// A row of numbers for each service and one for all.
fn figures(examples: &[Shown], failures: usize) -> String {
    let mut services: BTreeMap<&str, Vec<&Shown>> = BTreeMap::new();
    for shown in examples {
        services.entry(&shown.service).or_default().push(shown);
    }
    let mut out = String::from(
        "Examples of successful calls, by service: all, those in strict JSON of an operation with a type, and of\n\
         these: read as the type, written again without loss, and all fields as documented. Requests also: a required\n\
         field is missing.\n\n\
         service      responses  typed   read   same  documented   requests  typed   read   same  documented  lacking\n",
    );
    for (service, examples) in &services {
        row(&mut out, service, examples);
    }
    row(&mut out, "all", &examples.iter().collect::<Vec<_>>());
    let count = |test: &dyn Fn(&Shown) -> bool| examples.iter().filter(|shown| test(shown)).count();
    let lenient = |shown: &Shown| !shown.is_strict && shown.is_typed();
    writeln!(out, "\n{failures} examples of failures have no type.").unwrap();
    for (outcome, why) in [
        ("untyped", "belong to a body that has no documented fields"),
        ("no body", "show a response that has no body"),
        (
            "no function",
            "belong to an operation without a typed function",
        ),
    ] {
        let responses = count(&|shown| !shown.is_request && shown.outcome() == outcome);
        let requests = count(&|shown| shown.is_request && shown.outcome() == outcome);
        writeln!(out, "{responses} responses and {requests} requests {why}.").unwrap();
    }
    writeln!(
        out,
        "{} examples with a type are not strict JSON; {} of them are read, {} without loss.",
        count(&lenient),
        count(&|shown| lenient(shown) && shown.is_decoded()),
        count(&|shown| lenient(shown) && shown.is_decoded() && shown.is_same()),
    )
    .unwrap();
    out
}

fn row(out: &mut String, name: &str, examples: &[&Shown]) {
    write!(out, "{name:12}").unwrap();
    for is_request in [false, true] {
        let all: Vec<&&Shown> = examples
            .iter()
            .filter(|shown| shown.is_request == is_request)
            .collect();
        let strict: Vec<&&Shown> = all
            .iter()
            .copied()
            .filter(|shown| shown.is_strict && shown.is_typed())
            .collect();
        let count =
            |test: &dyn Fn(&Shown) -> bool| strict.iter().filter(|shown| test(shown)).count();
        write!(
            out,
            " {:9} {:6} {:6} {:6} {:11} ",
            all.len(),
            strict.len(),
            count(&Shown::is_decoded),
            count(&|shown| shown.is_decoded() && shown.is_same()),
            count(&Shown::is_as_documented),
        )
        .unwrap();
        if is_request {
            write!(out, "{:8}", count(&Shown::lacks_field)).unwrap();
        }
    }
    out.push('\n');
}

/// The examples that are not read or not written again as they were, and those with fields that are not as documented
/// although the page has no finding.
fn misfits(examples: &[Shown], findings: &Findings) -> String {
    let mut out = String::new();
    for shown in examples.iter().filter(|shown| shown.is_typed()) {
        let said = findings.get(&shown.page).map_or(&[][..], Vec::as_slice);
        let fits = shown.is_decoded() && shown.is_same();
        if fits && (shown.is_as_documented() || !said.is_empty()) {
            continue;
        }
        let found = if said
            .iter()
            .any(|line| (shown.line..shown.end).contains(line))
        {
            "finding"
        } else if said.is_empty() {
            "NO FINDING"
        } else {
            // A page says the same of a field once.
            "finding elsewhere on the page"
        };
        let what = match shown.judged["error"].as_str() {
            Some(error) => error.to_owned(),
            None if fits => format!(
                "{} fields are not documented, {} have another form",
                shown.fields("undocumented").len(),
                shown.fields("other_form").len()
            ),
            None => "it is not written again as it was".to_owned(),
        };
        let (page, line, kind) = (&shown.page, shown.line, shown.kind());
        writeln!(
            out,
            "{page}:{line} {} {kind}: {what} ({found})",
            shown.operation
        )
        .unwrap();
    }
    out
}
