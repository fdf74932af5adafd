//! Tests of line ends, tabs, white space and positions.

use super::Source;

fn lines(text: &str) -> Vec<String> {
    let (source, lines) = Source::new(text);
    lines
        .iter()
        .map(|l| source.text()[l.start as usize..l.end as usize].to_owned())
        .collect()
}

#[test]
fn trailing_blanks_and_a_missing_final_newline_make_no_difference() {
    assert_eq!(
        lines("Image Sharing  \n============="),
        ["Image Sharing", "============="]
    );
    assert_eq!(
        lines("Image Sharing\n=============\n"),
        ["Image Sharing", "============="]
    );
}

#[test]
fn tabs_widen_to_the_next_multiple_of_eight() {
    assert_eq!(lines("-\tims:images:get\n"), ["-       ims:images:get"]);
}

#[test]
fn every_line_end_ends_a_line_and_a_form_feed_is_a_blank() {
    assert_eq!(
        lines("a\r\nb\rc\u{2028}d\n\u{c}e"),
        ["a", "b", "c", "d", " e"]
    );
}

#[test]
fn a_byte_order_mark_is_skipped_and_positions_count_it() {
    let (source, lines) = Source::new("\u{feff}Image\r\n\tSharing\r\n");
    let span = source.line_span(lines[0]);
    assert_eq!((span.start, span.end, span.line), (3, 8, 1));
    let span = source.line_span(lines[1].skip(8));
    assert_eq!(
        (span.start, span.end, span.line, span.column),
        (11, 18, 2, 2)
    );
}

#[test]
fn columns_count_characters() {
    let (source, lines) = Source::new("Größe x\n");
    let span = source.line_span(lines[0].skip(8));
    assert_eq!((span.start, span.column), (8, 7));
}

#[test]
fn a_text_beyond_the_limit_is_read_up_to_a_line_end() {
    let (source, lines) = Source::with_limit("Image Sharing\nImage Sharing\n", 20);
    assert!(source.truncated());
    assert_eq!(lines.len(), 1);
}
