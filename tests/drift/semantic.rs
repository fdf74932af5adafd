//! One semantic change of a page is reported as this one change, and nothing else is reported.

use std::collections::BTreeMap;
use std::sync::Mutex;

use permspec::drift::{self, Rule};
use permspec::extract::Role;

use crate::pages::{column, expect, is_ours, ours, over_pages, tables};
use crate::redraw::{Drawn, Redrawn, Style, paragraphs, wrapped};
use crate::versions::page;

/// A cell with another meaning.
type Changed = fn(&[String]) -> Option<Vec<String>>;

/// Changes of one cell, each with the rule that must report it. A change is `None` if the cell cannot be changed in
/// this way.
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

/// Whether another row of the page has the same title and the same call. Then either row of the other version may be
/// either of them.
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
    let whole = over_pages(
        "one_semantic_change_is_that_one_change",
        |file, text, failures| {
            let before = page(text);
            let read = Redrawn::read(text);
            for (at, table) in ours(&read) {
                // The first row, the last row, or one between. That is enough, because there are many tables.
                let rows = [1, table.rows.len() / 2, table.rows.len() - 1];
                let row = rows[(at + text.len()) % rows.len()];
                if row == 0 || is_repeated(&read, table, &table.rows[row]) {
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
        },
    );
    let counts = made.into_inner().unwrap();
    for (_, rule, _) in SEMANTIC.iter().filter(|_| whole) {
        assert!(
            counts.contains_key(rule),
            "no page has a cell for {rule}: {counts:?}"
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
            for (at, table) in ours(&read) {
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
                    // Tables of one page may use different headers for the same column.
                    let rules = vec![rule; found.len().clamp(1, 5)];
                    expect(failures, file, &found, &rules);
                }
            }
        },
    );
}
