//! Which operations of the catalogue return a list in pages, which start a job, and how. A line of
//! `tests/fixtures/paging.txt` or `jobs.txt` is one operation. `PERMSPEC_BLESS=1` writes the files again. A person
//! must compare the changed lines with the pages.

use std::fs;
use std::path::Path;

use permspec::Project;
use permspec::interface::job::{FAILURE, Job, Key, SUCCESS, job};
use permspec::interface::paging::{Next, Paging, paging};
use permspec::model::Interface;
use permspec_runtime::typed::JobSpec;
use permspec_tests::root;

fn interfaces() -> Vec<Interface> {
    let mut found = Vec::new();
    let services = fs::read_dir(root().join("spec")).unwrap();
    for service in services {
        let folder = service.unwrap().path().join("reference");
        let Ok(files) = fs::read_dir(folder) else {
            continue;
        };
        for file in files {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            found.push(Interface::from_json(&text).unwrap());
        }
    }
    found.sort_by(|one, other| (&one.service, &one.id).cmp(&(&other.service, &other.id)));
    found
}

fn line(interface: &Interface, paging: &Paging<'_>) -> String {
    let next = match &paging.next {
        Next::LastItem { query, field } => format!("{query} = last {field}"),
        Next::Marker { query, field } => format!("{query} = {}", field.join(".")),
        Next::Offset { query, first } => format!("{query} = items from {first}"),
        Next::Number { query, first } => format!("{query} = pages from {first}"),
        Next::Link { field } => format!("link {}", field.join(".")),
    };
    let limit = paging.limit.map_or(String::new(), |limit| {
        let largest = limit.largest.map(|largest| format!(" to {largest}"));
        format!(", {}{}", limit.query, largest.unwrap_or_default())
    });
    let total = paging.total.as_ref();
    let total = total.map_or(String::new(), |total| {
        format!(", total {}", total.join("."))
    });
    let items = paging.items.join(".");
    format!(
        "{}.{}: [{items}] {next}{limit}{total}\n",
        interface.service, interface.id
    )
}

#[test]
fn the_paged_operations_of_the_catalogue_are_the_listed_ones() {
    let interfaces = interfaces();
    let project = Project::read(&root().join("spec/permspec.toml")).unwrap();
    let lines = interfaces.iter().filter_map(|interface| {
        let offset = project.offset(&interface.service, &interface.id);
        Some(line(interface, &paging(interface, offset)?))
    });
    let lines: String = lines.collect();
    let file = root().join("tests/fixtures/paging.txt");
    compare(&file, &lines);
}

fn job_line(interface: &Interface, job: &Job<'_>) -> String {
    let key = match job.key {
        Key::Path(name) => format!("{{{name}}}"),
        Key::Query(name) => format!("?{name}"),
    };
    let place = |place: &Option<Vec<&str>>| place.as_ref().map_or("-".into(), |it| it.join("."));
    let (reason, code) = (place(&job.reason), place(&job.code));
    let status = job.status.join(".");
    let (service, id, query) = (&interface.service, &interface.id, &job.query.id);
    format!(
        "{service}.{id}: {} = {query} {key}, {status}, {reason}, {code}\n",
        job.id
    )
}

#[test]
fn the_operations_of_the_catalogue_that_start_a_job_are_the_listed_ones() {
    let interfaces = interfaces();
    let mut lines = String::new();
    for service in interfaces.chunk_by(|one, other| one.service == other.service) {
        let all: Vec<&Interface> = service.iter().collect();
        for interface in service {
            lines.extend(job(interface, &all).map(|job| job_line(interface, &job)));
        }
    }
    compare(&root().join("tests/fixtures/jobs.txt"), &lines);
}

fn compare(file: &Path, lines: &str) {
    if std::env::var_os("PERMSPEC_BLESS").is_some() {
        fs::write(file, lines).unwrap();
    }
    let known = fs::read_to_string(file).unwrap_or_default();
    for (known, line) in known.lines().zip(lines.lines()) {
        assert_eq!(line, known, "PERMSPEC_BLESS=1 writes the file anew");
    }
    assert_eq!(known.lines().count(), lines.lines().count());
}

#[test]
fn the_generator_and_the_runtime_know_the_same_words_for_the_end_of_a_job() {
    assert_eq!(SUCCESS, JobSpec::SUCCESS);
    assert_eq!(FAILURE, JobSpec::FAILURE);
}
