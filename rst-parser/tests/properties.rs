//! Properties of every text: no panic, nested spans inside the text, time proportional to the length.

mod spans;
mod texts;

use std::time::{Duration, Instant};

use spans::check;
use texts::{ADVERSARIAL, Random};

const EVERY_CONSTRUCT: &str = include_str!("texts/every_construct.rst");
const SEED_PAGE: &str = include_str!("../../spec/ims/image_sharing.rst");

#[test]
fn spans_of_the_seed_page_nest() {
    check(SEED_PAGE);
}

#[test]
fn any_pieces_of_markup_are_read() {
    let mut random = Random::new(1);
    for _ in 0..20_000 {
        check(&random.markup(40));
    }
}

#[test]
fn any_characters_are_read() {
    let mut random = Random::new(2);
    for _ in 0..5_000 {
        check(&random.characters(120));
    }
}

#[test]
fn any_change_of_a_page_is_read() {
    let mut random = Random::new(3);
    for _ in 0..1_500 {
        check(&random.change(SEED_PAGE));
        check(&random.change(EVERY_CONSTRUCT));
    }
}

#[test]
fn a_text_of_every_construct_is_read_without_a_remark_but_on_what_is_unknown() {
    let parsed = rst_parser::parse(EVERY_CONSTRUCT);
    let remarks: Vec<String> = parsed.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(
        remarks,
        [
            "124:1: info[unknown-directive-content]: the directive `unknown` is not known; its content is read"
        ]
    );
}

#[test]
fn adversarial_texts_are_read() {
    for (_, piece) in ADVERSARIAL {
        check(&texts::repeat(piece, 3_000));
    }
}

/// A text that is 100 times as long may take 100 times as long, and much more because of noise. A
/// quadratic parser would take 10,000 times as long.
#[test]
fn time_is_in_proportion_to_the_text() {
    for (name, piece) in ADVERSARIAL {
        let short = (0..3)
            .map(|_| time(&texts::repeat(piece, 10_000)))
            .min()
            .unwrap_or_default();
        let long = time(&texts::repeat(piece, 1_000_000));
        let slow = long > Duration::from_secs(4) && long > short * 100 * 20;
        assert!(!slow, "{name}: 10 KB take {short:?}, 1 MB takes {long:?}");
        println!("{name}: 10 KB {short:?}, 1 MB {long:?}");
    }
}

fn time(text: &str) -> Duration {
    let start = Instant::now();
    let parsed = rst_parser::parse(text);
    drop(parsed);
    start.elapsed()
}

#[test]
fn a_table_of_many_rows_is_read() {
    let row = "\
| POST /v2/images | ims:images:get |
+-----------------+----------------+
";
    let text = format!(
        "+-----------------+----------------+\n{}",
        row.repeat(100_000)
    );
    let parsed = rst_parser::parse(&text);
    assert_eq!(
        parsed
            .document
            .tables()
            .next()
            .map(|table| table.rows.len()),
        Some(100_000)
    );
}

#[test]
fn a_cell_of_ten_megabytes_is_read() {
    let line = format!("|{}|\n", "ims ".repeat(2_500));
    let border = format!("+{}+\n", "-".repeat(10_000));
    let text = format!("{border}{}{border}", line.repeat(1_000));
    let parsed = rst_parser::parse(&text);
    assert_eq!(
        parsed
            .document
            .tables()
            .next()
            .map(|table| table.rows[0].cells[0].text().len()),
        Some(9_999_999 - 1_000 + 1_000)
    );
}

#[test]
fn nesting_has_a_bound() {
    let depth = 100_000;
    for piece in ["- ", "1. ", "* - + ", ":a: ", ".. note:: ", ".. [1] "] {
        check(&piece.repeat(depth / 100));
        let _ = rst_parser::parse(&piece.repeat(depth));
    }
    let steps = (0..600)
        .map(|step| {
            "  ".repeat(step)
                + "- a

"
        })
        .collect::<String>();
    check(&steps);
    let quotes = (0..600)
        .rev()
        .map(|step| {
            " ".repeat(step)
                + "a

"
        })
        .collect::<String>();
    check(&quotes);
    check(&texts::nested_table(40));
    let _ = rst_parser::parse(&"[".repeat(depth));
}
