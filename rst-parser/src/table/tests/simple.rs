//! Tables between lines of `=`.

use super::shows;

#[test]
fn the_cells_of_a_simple_table_are_under_its_lines() {
    shows(
        "\
Actions:

  ============= ================== ===
  API           Action
  ------------- ----------------------
  Call          Name               IAM
  ============= ================== ===
  GET /v2       ims:images:get     Y

  PUT /v2       ims:images:put     x
                ims:images:share
  -------------------------------- ---
  DELETE /v2                       Y, see the page
  POST /v2
  ============= ================== ===
",
        r#"
Simple (3, 2, 0) widths [13, 18, 15]
row 4:3 "API           Action"
  4..5 3..16 (0, 0) 4:3 "API"
  4..5 17..39 (0, 1) 4:17 "Action"
row 6:3 "Call          Name               IAM"
  6..7 3..16 (0, 0) 6:3 "Call"
  6..7 17..35 (0, 0) 6:17 "Name"
  6..7 36..39 (0, 0) 6:36 "IAM"
row 8:3 "GET /v2       ims:images:get     Y"
  8..10 3..16 (0, 0) 8:3 "GET /v2"
  8..10 17..35 (0, 0) 8:17 "ims:images:get"
  8..10 36..39 (0, 0) 8:36 "Y"
row 10:3 "PUT /v2       ims:images:put     x\n                ims:images:share"
  10..12 3..35 (0, 1) 10:3 "PUT /v2       ims:images:put     x\n                ims:images:share"
  10..12 36..39 (0, 0) 10:36 "x"
row 13:3 "DELETE /v2                       Y, see the page"
  13..14 3..16 (0, 0) 13:3 "DELETE /v2"
  13..14 17..35 (0, 0) 13:17 ""
  13..14 36..51 (0, 0) 13:36 "Y, see the page"
row 14:3 "POST /v2"
  14..15 3..16 (0, 0) 14:3 "POST /v2"
  14..15 17..35 (0, 0) 14:11 ""
  14..15 36..51 (0, 0) 14:11 ""
then "Actions:"
then "API\n\nAction\n\nCall\n\nName\n\nIAM\n\nGET /v2\n\nims:images:get\n\nY\n\nPUT /v2       ims:images:put\n\nims:images:share\n\nx\n\nDELETE /v2\n\n\n\nY, see the page\n\nPOST /v2\n\n\n\n"
"#,
    );
}

#[test]
fn a_row_of_a_simple_table_ends_before_the_blank_lines_after_it() {
    shows(
        "\
=== ===
API
=== ===
GET


PUT Y
=== ===
",
        r#"
Simple (2, 1, 0) widths [3, 3]
row 2:1 "API"
  2..3 1..4 (0, 0) 2:1 "API"
  2..3 5..8 (0, 0) 2:4 ""
row 4:1 "GET"
  4..7 1..4 (0, 0) 4:1 "GET"
  4..7 5..8 (0, 0) 4:4 ""
row 7:1 "PUT Y"
  7..8 1..4 (0, 0) 7:1 "PUT"
  7..8 5..8 (0, 0) 7:5 "Y"
"#,
    );
}

#[test]
fn a_simple_table_whose_lines_do_not_agree_is_kept_as_text() {
    shows(
        "\
=== ===
API IAM
=====
GET Y
=== ===
",
        r#"
then
=== ===
API IAM
=====
then "GET Y\n=== ==="
3:1 malformed table: the bottom border or the line under the header is not as long as the top one
4:1 a table ends without a blank line
"#,
    );
    shows(
        "\
=== ===
API IAM
=== ===
GET Y
",
        r#"
then
=== ===
API IAM
=== ===
then "GET Y"
1:1 malformed table: there is no bottom border, or no blank line after it
4:1 a table ends without a blank line
"#,
    );
}

#[test]
fn a_column_span_of_a_simple_table_that_is_incomplete_is_reported() {
    shows(
        "\
=== === ===
API     IAM
------- --
GET Y
=== === ===
",
        "\
then
=== === ===
API     IAM
------- --
GET Y
=== === ===
3:1 malformed table: the column span in line 3 of it is incomplete
",
    );
    shows(
        "\
=== === ===
API     IAM
--- ---
=== === ===
",
        "\
then
=== === ===
API     IAM
--- ---
=== === ===
3:1 malformed table: the column span in line 3 of it is incomplete
",
    );
}

#[test]
fn a_cell_may_begin_below_the_first_line_of_its_row() {
    shows(
        "\
=== === ===
API
    IAM x
    put
=== === ===
",
        r#"
Simple (3, 0, 0) widths [3, 3, 3]
row 2:1 "API\n    IAM x\n    put"
  2..5 1..4 (0, 0) 2:1 "API"
  2..5 5..8 (0, 0) 3:5 "IAM x\n    put"
  2..5 9..12 (0, 0) 3:9 "x"
"#,
    );
}

#[test]
fn a_span_that_ends_inside_a_column_is_reported_at_its_line() {
    shows(
        "\
=== === ===
AP  IAM
--  -------
GET Y
=== === ===
",
        "\
then
=== === ===
AP  IAM
--  -------
GET Y
=== === ===
3:1 malformed table: the column span in line 3 of it is not aligned
",
    );
}
