//! What must hold for every page, whatever it says: nothing differs from itself, cosmetic changes are
//! none, and one semantic change is that one change.
//! The pages are those of a whole documentation where the machine has them, and those of the
//! repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use permspec::drift::{self, Change, PageModel, Rule};
use permspec::extract::{Headers, Role};
use permspec_tests::{root, shared};

use crate::redraw::{Drawn, Redrawn, Style, paragraphs, wrapped};
use crate::versions::{page, shown};

/// Pages of the repository that repeat rows, where to take out one of two equal rows changes nothing,
/// and columns.
const REPEATING: [&str; 3] = ["equal_rows", "unknown_header", "header_markup"];

/// Runs `hold` over the name and text of every page, on as many threads as the machine has; it adds
/// what does not hold.
fn over_pages(name: &str, hold: impl Fn(&str, &str, &mut Vec<String>) + Sync) {
    let mut files = vec![root().join("spec/ims/image_sharing.rst")];
    rst_files(&root().join("tests/fixtures/forms"), &mut files);
    files.retain(|file| {
        let is = |page: &&str| file.ends_with(format!("{page}.rst"));
        !REPEATING.iter().any(is)
    });
    if let Some(corpus) = shared("corpus/otc", name) {
        let before = files.len();
        rst_files(&corpus, &mut files);
        let count = files.len() - before;
        assert!(count >= 160, "only {count} pages");
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
    let failures = failures.into_inner().unwrap();
    let count = failures.len();
    assert!(
        failures.is_empty(),
        "{count} failures:\n{}",
        failures.join("\n")
    );
}

/// Adds what was found where it is not what should be.
fn expect(failures: &mut Vec<String>, place: &str, found: &[Change], rules: &[Rule]) {
    let is: Vec<Rule> = found.iter().map(|change| change.rule).collect();
    if is != rules {
        let said: Vec<String> = found.iter().map(shown).collect();
        failures.push(format!("{place}: expected {rules:?}, found {said:#?}"));
    }
}

fn rst_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rst_files(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rst") {
            files.push(path);
        }
    }
}

/// What a column holds, as the documentation's readers know it.
fn role(table: &Drawn, column: usize) -> Option<Role> {
    let header = |column: usize| table.rows[0][column].join(" ").replace('*', "");
    let functions = (0..table.rows[0].len()).any(|column| header(column) == "API Function");
    match Headers::default().role(&header(column)) {
        Some(Role::Title) if functions && header(column) != "API Function" => Some(Role::Action),
        role => role,
    }
}

fn column(table: &Drawn, wanted: Role) -> Option<usize> {
    (0..table.rows[0].len()).find(|&column| role(table, column) == Some(wanted))
}

/// Whether the table is one of permissions, whose cells may be changed.
fn is_ours(table: &Drawn) -> bool {
    column(table, Role::Api).is_some()
        && column(table, Role::Title).is_some()
        && (column(table, Role::Action).is_some() || column(table, Role::IamProject).is_some())
}

#[test]
fn a_page_does_not_differ_from_itself() {
    over_pages(
        "a_page_does_not_differ_from_itself",
        |file, text, failures| {
            let once = page(text);
            expect(failures, file, &drift::diff(&once, &once), &[]);
            let models: Vec<PageModel> = once
                .iter()
                .map(|page| PageModel {
                    layout: None,
                    pinned: true,
                    ..page.clone()
                })
                .collect();
            expect(failures, file, &drift::diff(&models, &models), &[]);
            expect(failures, file, &drift::diff(&models, &once), &[]);
        },
    );
}

/// A page in another form.
type Rewritten = fn(&str) -> String;

/// Ways to write a page otherwise that nobody notices who reads it.
const COSMETIC: &[(&str, Rewritten)] = &[
    ("other column widths", |text| {
        Redrawn::read(text).draw(Style::Grid(7))
    }),
    ("narrow columns", narrow),
    ("one line a paragraph", |text| wrap(text, 10_000)),
    ("blank lines in cells", blank_lines),
    ("blank lines and prose between blocks", |text| {
        text.replace("\n\n", "\n\n\n") + "\nSome prose about policies.\n"
    }),
    ("line ends of another system", |text| {
        text.replace("\r\n", "\n").replace('\n', "\r\n")
    }),
    ("rows in another order", |text| {
        tables(text, |table| table.rows[1..].reverse())
    }),
    ("columns in another order", |text| {
        tables(text, |table| {
            table.rows.iter_mut().for_each(|row| row.reverse());
        })
    }),
    ("simple tables", simple),
    ("bold headers", |text| {
        tables(text, |table| {
            for cell in &mut table.rows[0] {
                let header = cell.join(" ");
                *cell = vec![format!("**{}**", header.replace('*', ""))];
            }
        })
    }),
];

/// The page with every table of permissions changed.
fn tables(text: &str, change: impl Fn(&mut Drawn)) -> String {
    let mut read = Redrawn::read(text);
    read.tables_mut()
        .filter(|table| is_ours(table))
        .for_each(change);
    read.draw(Style::Grid(0))
}

fn wrap(text: &str, width: usize) -> String {
    tables(text, |table| {
        for cell in table.rows.iter_mut().flatten() {
            if let Some(paragraphs) = paragraphs(cell) {
                *cell = wrapped(&paragraphs, width);
            }
        }
    })
}

fn narrow(text: &str) -> String {
    wrap(text, 14)
}

fn blank_lines(text: &str) -> String {
    tables(text, |table| {
        for cell in table.rows[1..].iter_mut().flatten() {
            if let Some(first) = cell.iter().position(String::is_empty) {
                cell.insert(first, String::new());
            }
            cell.push(String::new());
        }
    })
}

/// Simple tables tell their rows apart by the first column, so that gets the titles.
fn simple(text: &str) -> String {
    let mut read = Redrawn::read(text);
    let mut all = true;
    for table in read.tables_mut() {
        let first = column(table, Role::Title).unwrap_or(0);
        for row in &mut table.rows {
            row.swap(0, first);
            match paragraphs(&row[0]) {
                Some(one) if one.len() == 1 => row[0] = one,
                _ => all = false,
            }
        }
    }
    if all {
        read.draw(Style::Simple)
    } else {
        text.to_owned()
    }
}

#[test]
fn cosmetic_changes_of_a_page_are_none() {
    let made = Mutex::new(BTreeMap::<&str, usize>::new());
    over_pages(
        "cosmetic_changes_of_a_page_are_none",
        |file, text, failures| {
            let before = page(text);
            for (what, change) in COSMETIC {
                let changed = change(text);
                if changed != text {
                    *made.lock().unwrap().entry(*what).or_default() += 1;
                }
                let found = drift::diff(&before, &page(&changed));
                expect(failures, &format!("{file}: {what}"), &found, &[]);
            }
        },
    );
    let (made, most) = (made.into_inner().unwrap(), 20);
    for (what, _) in COSMETIC {
        let count = made.get(what).copied().unwrap_or_default();
        assert!(count > most, "{what} changed {count} pages only");
    }
}

/// Another word for a header.
fn synonym(header: &str) -> Option<&'static str> {
    Some(match header {
        "API" => "APIs",
        "Permission" => "Permissions",
        "Permissions" => "Permission",
        "Action" => "Actions",
        "Actions" => "Action",
        "Dependencies" => "Dependent Permission",
        "Dependent Permission" => "Related Action",
        "IAM Project" => "IAM Project (Project)",
        "IAM Project (Project)" => "IAM Projects",
        "Enterprise Project" => "Enterprise Projects",
        "Authorization Scope" => "Scope",
        _ => return None,
    })
}

#[test]
fn a_renamed_header_is_reported_as_that_alone() {
    over_pages(
        "a_renamed_header_is_reported_as_that_alone",
        |file, text, failures| {
            let renamed = tables(text, |table| {
                for cell in &mut table.rows[0] {
                    if let Some(other) = synonym(&cell.join(" ")) {
                        *cell = vec![other.to_owned()];
                    }
                }
            });
            let found = drift::diff(&page(text), &page(&renamed));
            let rules: Vec<Rule> = found.iter().map(|_| Rule::ColumnRenamed).collect();
            expect(failures, file, &found, &rules);
        },
    );
}

/// A cell that says something else.
type Changed = fn(&[String]) -> Option<Vec<String>>;

/// Changes of one cell, each with the rule that it must be reported by. They give `None` where the
/// cell says nothing that can be changed so.
const SEMANTIC: &[(Role, Rule, Changed)] = &[
    (Role::Title, Rule::TitleChanged, |cell| {
        let title = paragraphs(cell)?.concat();
        (!title.contains('`')).then(|| vec![format!("{title} Anew")])
    }),
    (Role::Api, Rule::PathChanged, |cell| {
        call(cell, |method, path| format!("{method} {path}-more"))
    }),
    (Role::Api, Rule::PathParameterRenamed, |cell| {
        let (_, path) = only_call(cell)?;
        path.contains("_id}")
            .then(|| vec![cell.join(" ").replace("_id}", "_uuid}")])
    }),
    (Role::Api, Rule::MethodChanged, |cell| {
        call(cell, |_, path| format!("OPTIONS {path}"))
    }),
    (Role::Api, Rule::QueryChanged, |cell| {
        call(cell, |method, path| {
            format!("{method} {path}?marker={{marker}}")
        })
    }),
    (Role::Action, Rule::ActionAdded, |cell| {
        with_more(cell, "brand:new:action")
    }),
    (Role::Action, Rule::ActionRenamed, |cell| {
        let action = only_action(cell)?;
        Some(vec![format!("{action}Anew")])
    }),
    (Role::Action, Rule::ActionRemoved, |cell| {
        let actions = paragraphs(cell)?;
        let several = actions.len() > 1 && actions.iter().all(|action| is_action(action));
        several.then(|| wrapped(&actions[1..], 10_000))
    }),
    (Role::Dependencies, Rule::DependencyAdded, |cell| {
        with_more(cell, "brand:new:dependency")
    }),
    (Role::Dependencies, Rule::DependencyRemoved, |cell| {
        only_action(cell).map(|_| vec!["``-``".to_owned()])
    }),
    (Role::EnterpriseProject, Rule::ScopeNarrowed, |cell| {
        replaced(cell, "Y", "x")
    }),
    (Role::EnterpriseProject, Rule::ScopeWidened, |cell| {
        replaced(cell, "x", "Y")
    }),
    (Role::EnterpriseProject, Rule::ScopeUndocumented, |cell| {
        replaced(cell, "Y", "``-``")
    }),
    (Role::IamProject, Rule::ScopeNarrowed, |cell| {
        replaced(cell, "Y", "x")
    }),
    (Role::IamProject, Rule::ScopeDocumented, |cell| {
        replaced(cell, "``-``", "Y")
    }),
];

fn only_call(cell: &[String]) -> Option<(String, String)> {
    let [only] = paragraphs(cell)?.try_into().ok()?;
    let only: String = only;
    let (method, path) = only.split_once(' ')?;
    let plain = ["GET", "POST", "PUT", "DELETE", "PATCH"].contains(&method)
        && path.starts_with("/v")
        && !path.contains([' ', '?', ',', '`', ':']);
    plain.then(|| (method.to_owned(), path.to_owned()))
}

fn call(cell: &[String], other: impl Fn(&str, &str) -> String) -> Option<Vec<String>> {
    let (method, path) = only_call(cell)?;
    Some(vec![other(&method, &path)])
}

fn is_action(text: &str) -> bool {
    text.split(':').count() == 3 && !text.contains([' ', '`', '*'])
}

fn only_action(cell: &[String]) -> Option<String> {
    let [only] = paragraphs(cell)?.try_into().ok()?;
    is_action(&only).then_some(only)
}

fn with_more(cell: &[String], action: &str) -> Option<Vec<String>> {
    let mut actions = paragraphs(cell)?;
    actions.iter().all(|action| is_action(action)).then(|| {
        actions.push(action.to_owned());
        wrapped(&actions, 10_000)
    })
}

fn replaced(cell: &[String], from: &str, to: &str) -> Option<Vec<String>> {
    (cell == [from]).then(|| vec![to.to_owned()])
}

/// Whether another row of the page has the same title and call: one of them is left out, and is one
/// more where they are told apart.
fn is_repeated(page: &Redrawn, table: &Drawn, row: &[Vec<String>]) -> bool {
    let key = |table: &Drawn, row: &[Vec<String>]| {
        let cell = |role| column(table, role).map(|column| row[column].join(" "));
        (cell(Role::Title), cell(Role::Api))
    };
    let rows = page
        .tables()
        .flat_map(|table| table.rows.iter().map(move |row| (table, row)));
    rows.filter(|(other, cells)| key(other, cells) == key(table, row))
        .count()
        > 1
}

#[test]
fn one_semantic_change_is_that_one_change() {
    let made = Mutex::new(BTreeMap::<Rule, usize>::new());
    over_pages(
        "one_semantic_change_is_that_one_change",
        |file, text, failures| {
            let before = page(text);
            let read = Redrawn::read(text);
            for (at, table) in read
                .tables()
                .enumerate()
                .filter(|(_, table)| is_ours(table))
            {
                // The first, the last and one between: enough for every table there is.
                let mut rows = vec![1, table.rows.len() / 2, table.rows.len() - 1];
                rows.dedup();
                for row in rows
                    .into_iter()
                    .filter(|row| (1..table.rows.len()).contains(row))
                {
                    if is_repeated(&read, table, &table.rows[row]) {
                        continue;
                    }
                    for (role, rule, change) in SEMANTIC {
                        let Some(column) = column(table, *role) else {
                            continue;
                        };
                        let Some(cell) = change(&table.rows[row][column]) else {
                            continue;
                        };
                        let mut changed = read.clone();
                        changed.tables_mut().nth(at).unwrap().rows[row][column] = cell;
                        let found = drift::diff(&before, &page(&changed.draw(Style::Grid(0))));
                        let place = format!("{file}: table {at}, row {row}");
                        expect(failures, &place, &found, &[*rule]);
                        *made.lock().unwrap().entry(*rule).or_default() += 1;
                    }
                }
            }
        },
    );
    let made = made.into_inner().unwrap();
    for (_, rule, _) in SEMANTIC {
        assert!(
            made.contains_key(rule),
            "no page has a cell for {rule}: {made:?}"
        );
    }
}

#[test]
fn a_row_that_comes_or_goes_is_one_change_a_call() {
    over_pages(
        "a_row_that_comes_or_goes_is_one_change_a_call",
        |file, text, failures| {
            let before = page(text);
            let read = Redrawn::read(text);
            for (at, table) in read
                .tables()
                .enumerate()
                .filter(|(_, table)| is_ours(table))
            {
                let api = column(table, Role::Api).unwrap();
                let row = table.rows.len() / 2;
                if row == 0 || table.rows.len() < 3 || only_call(&table.rows[row][api]).is_none() {
                    continue;
                }
                let mut less = read.clone();
                less.tables_mut().nth(at).unwrap().rows.remove(row);
                let mut more = read.clone();
                let mut new = table.rows[row].clone();
                new[api] = vec!["POST /v9/brand/new/call".to_owned()];
                new[column(table, Role::Title).unwrap()] = vec!["Entirely unheard of".to_owned()];
                more.tables_mut().nth(at).unwrap().rows.insert(row, new);
                for (changed, rule) in [(less, Rule::RouteRemoved), (more, Rule::RouteAdded)] {
                    let found = drift::diff(&before, &page(&changed.draw(Style::Grid(0))));
                    let place = format!("{file}: table {at}, row {row}");
                    expect(failures, &place, &found, &[rule]);
                }
            }
        },
    );
}

#[test]
fn a_column_that_comes_or_goes_is_one_change_whatever_it_says() {
    over_pages(
        "a_column_that_comes_or_goes_is_one_change",
        |file, text, failures| {
            for role in [
                Role::Dependencies,
                Role::IamProject,
                Role::EnterpriseProject,
            ] {
                let without = tables(text, |table| {
                    if let Some(column) = column(table, role) {
                        table
                            .rows
                            .iter_mut()
                            .for_each(|row| drop(row.remove(column)));
                    }
                });
                let (with, without) = (page(text), page(&without));
                let has = |table: &Drawn| is_ours(table) && column(table, role).is_some();
                if without.is_empty() || !Redrawn::read(text).tables().any(has) {
                    continue;
                }
                for (old, new, rule) in [
                    (&with, &without, Rule::ColumnRemoved),
                    (&without, &with, Rule::ColumnAdded),
                ] {
                    let found = drift::diff(old, new);
                    // Tables of one page may head the same column in different words.
                    let rules = vec![rule; found.len().clamp(1, 5)];
                    expect(failures, file, &found, &rules);
                }
            }
        },
    );
}
