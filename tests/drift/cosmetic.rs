//! A version does not differ from itself, and a page that is only written differently says the same.

use std::collections::BTreeMap;
use std::sync::Mutex;

use permspec::drift::{self, PageModel, Rule};
use permspec::extract::Role;

use crate::pages::{column, expect, over_pages, tables};
use crate::redraw::{Redrawn, Style, paragraphs, wrapped};
use crate::versions::page;

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

/// Ways to write a page differently that its readers do not notice.
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

/// Simple tables tell their rows apart by the first column, so the titles move there.
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
    let whole = over_pages(
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
    let counts = made.into_inner().unwrap();
    let least = if whole { 20 } else { 1 };
    for (what, _) in COSMETIC {
        let count = counts.get(what).copied().unwrap_or_default();
        assert!(count >= least, "{what} changed {count} pages only");
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
