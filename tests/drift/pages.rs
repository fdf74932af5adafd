//! The pages for the tests of properties: a whole documentation if the machine has it, and the pages of the repository.
//! Also finds the tables of permissions on them.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use permspec::drift::{Change, Rule};
use permspec::extract::{Headers, Role};
use permspec_tests::{pages_below, root, shared};

use crate::redraw::{Drawn, Redrawn, Style};
use crate::versions::shown;

/// Pages of the repository that repeat columns, or whose headers do not fit the content of their columns. On these
/// pages, a change of one cell may be reported as a change of its column.
const ODD_COLUMNS: [&str; 3] = ["ambiguous_headers", "header_markup", "unknown_header"];

/// Runs `hold` over the name and text of every page, on all cores. `hold` adds failures to a list. The result is
/// `false` if only the pages of the repository are there.
pub fn over_pages(name: &str, hold: impl Fn(&str, &str, &mut Vec<String>) + Sync) -> bool {
    let mut files = vec![root().join("spec/ims/image_sharing.rst")];
    files.extend(pages_below(&root().join("tests/fixtures/forms")));
    files.retain(|file| {
        let is = |page: &&str| file.ends_with(format!("{page}.rst"));
        !ODD_COLUMNS.iter().any(is)
    });
    let corpus = shared("corpus/otc", name);
    if let Some(corpus) = &corpus {
        let pages = pages_below(corpus);
        assert!(pages.len() >= 160, "only {} pages", pages.len());
        files.extend(pages);
    }
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let work = || {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let text = std::fs::read_to_string(file).unwrap();
            let mut found = Vec::new();
            hold(&file.display().to_string(), &text, &mut found);
            failures.lock().unwrap().extend(found);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let failed = failures.into_inner().unwrap();
    let count = failed.len();
    assert!(
        failed.is_empty(),
        "{count} failures:\n{}",
        failed.join("\n")
    );
    corpus.is_some()
}

/// Adds a failure if what was found is not what is expected.
pub fn expect(failures: &mut Vec<String>, place: &str, found: &[Change], rules: &[Rule]) {
    let is: Vec<Rule> = found.iter().map(|change| change.rule).collect();
    if is != rules {
        let said: Vec<String> = found.iter().map(shown).collect();
        failures.push(format!("{place}: expected {rules:?}, found {said:#?}"));
    }
}

/// The content of a column, as readers of the documentation know it.
pub fn role(table: &Drawn, column: usize) -> Option<Role> {
    let header = |column: usize| table.rows[0][column].join(" ").replace('*', "");
    let functions = (0..table.rows[0].len()).any(|column| header(column) == "API Function");
    match Headers::default().role(&header(column)) {
        Some(Role::Title) if functions && header(column) != "API Function" => Some(Role::Action),
        role => role,
    }
}

pub fn column(table: &Drawn, wanted: Role) -> Option<usize> {
    (0..table.rows[0].len()).find(|&column| role(table, column) == Some(wanted))
}

/// Whether the table is a permission table, whose cells may be changed.
pub fn is_ours(table: &Drawn) -> bool {
    column(table, Role::Api).is_some()
        && column(table, Role::Title).is_some()
        && (column(table, Role::Action).is_some() || column(table, Role::IamProject).is_some())
}

/// The permission tables of a page, each with its number among all drawn tables.
pub fn ours(page: &Redrawn) -> impl Iterator<Item = (usize, &Drawn)> {
    let tables = page.tables().enumerate();
    tables.filter(|(_, table)| is_ours(table))
}

/// The page, with every permission table changed.
pub fn tables(text: &str, change: impl Fn(&mut Drawn)) -> String {
    let mut read = Redrawn::read(text);
    read.tables_mut()
        .filter(|table| is_ours(table))
        .for_each(change);
    read.draw(Style::Grid(0))
}
