//! Prints how fast rst-parser, docutils and the crates.io `rst_parser` read pages, and how fast permspec makes rows of
//! them. A loop that only counts line ends is the floor.
//!
//! ```text
//! cargo run --release                                     # the seed page
//! PERMSPEC_SHARED=folder PYTHON=venv/bin/python cargo run --release    # and folder/corpus, folder/tables
//! ```

mod docutils;
mod peer;
mod texts;

use std::hint::black_box;
use std::time::{Duration, Instant};

use texts::Texts;

/// The least time for which each reader is measured.
const LONG_ENOUGH: Duration = Duration::from_millis(700);

fn main() {
    if let [_, mode, page] = std::env::args().collect::<Vec<_>>().as_slice()
        && mode == "--peer"
    {
        peer::read_page(page);
        return;
    }
    println!("| texts | MB | floor | rst-parser | docutils | rst_parser 0.4.2 | to floor | to docutils |");
    println!("|---|---|---|---|---|---|---|---|");
    let all = texts::all();
    for texts in &all {
        print_row(texts);
    }
    println!();
    print_nested_brackets();
    println!();
    print_extraction(&all);
}

/// Parses pages and makes rows of their permission tables, and does the same with docutils.
fn print_extraction(all: &[Texts]) {
    println!("| texts | rows | permspec | docutils | to docutils |");
    println!("|---|---|---|---|---|");
    for texts in all.iter().filter(|texts| texts.name != "pages with tables") {
        let found: usize = texts.pages.iter().map(|(_, text)| rows(text)).sum();
        let own = speed(texts, rows);
        let (docutils, factor) = beside(own, docutils::extraction(texts));
        println!("| {} | {found} | {own:.0} | {docutils} | {factor} |", texts.name);
    }
}

/// The number of rows in the permission tables of a page.
fn rows(text: &str) -> usize {
    let document = rst_parser::parse(text).document;
    let mut report = permspec::Report::default();
    let headers = permspec::extract::Headers::default();
    black_box(permspec::extract::tables(&document, &headers, "page.rst", &mut report)).found
}

fn print_row(texts: &Texts) {
    // Readers take turns, so that a busy moment of the machine does not affect only one of them.
    let (mut floor, mut own) = (0.0_f64, 0.0_f64);
    for _ in 0..3 {
        floor = floor.max(speed(texts, count_lines));
        own = own.max(speed(texts, |text| rst_parser::parse(text).document.blocks.len()));
    }
    let (docutils, factor) = beside(own, docutils::speed(texts));
    let peer = peer::speed(texts);
    println!(
        "| {} | {:.2} | {floor:.0} | {own:.0} | {docutils} | {} | 1/{:.0} | {factor} |",
        texts.name,
        texts.megabytes(),
        peer.map_or("-".to_owned(), |peer| peer.to_string()),
        floor / own,
    );
}

/// The speed of docutils, and the ratio of our speed to it. Dashes without docutils.
fn beside(own: f64, docutils: Option<f64>) -> (String, String) {
    let dash = || ("-".to_owned(), "-".to_owned());
    docutils.map_or_else(dash, |speed| (format!("{speed:.2}"), format!("{:.0} times", own / speed)))
}

/// Megabytes per second, best of several rounds.
fn speed(texts: &Texts, read: impl Fn(&str) -> usize) -> f64 {
    let start = Instant::now();
    let mut best = Duration::MAX;
    while start.elapsed() < LONG_ENOUGH {
        let round = Instant::now();
        for _ in 0..texts.repeats() {
            for (_, text) in &texts.pages {
                black_box(read(black_box(text)));
            }
        }
        best = best.min(round.elapsed());
    }
    texts.megabytes() * f64::from(texts.repeats()) / best.as_secs_f64()
}

fn count_lines(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'\n').count()
}

/// Every bracket costs the peer a factor of three.
fn print_nested_brackets() {
    println!("| text | rst-parser | rst_parser 0.4.2 |");
    println!("|---|---|---|");
    for depth in [4, 6, 8, 10] {
        let text = format!("{}x{}\n", "[".repeat(depth), "]".repeat(depth));
        let start = Instant::now();
        black_box(rst_parser::parse(&text));
        let own = start.elapsed();
        let peer = peer::time(&text).map_or("no end in 20 s".to_owned(), |time| format!("{time:.1?}"));
        println!("| `{}` | {own:.1?} | {peer} |", text.trim_end());
    }
}
