//! Tables that are drawn with `+`, `-` and `|`.

use super::shows;

#[test]
fn the_cells_of_a_drawn_table_have_their_places() {
    shows(
        "\
Actions:

  +----------------+----------------------------+-----+
  | API            | Action                     | IAM |
  +================+============================+=====+
  | GET /v2/images | ims:images:get             | Y   |
  +----------------+                            |     |
  | PUT /v2/images |                            |     |
  |                +----------------------------+-----+
  |                |   ims:images:put           |     |
  |                |                            |     |
  |                |   ims:images:share         |     |
  +----------------+----------------------------+-----+
  | See the page.                                     |
  +----------------+----------------------------+-----+
  | DELETE /v2     |                            |     |
  +----------------+----------------------------+-----+
",
        r#"
Grid (3, 1, 0) widths [16, 28, 5]
row 4:5 "API            | Action                     | IAM"
  4..5 4..20 (0, 0) 4:5 "API"
  4..5 21..49 (0, 0) 4:22 "Action"
  4..5 50..55 (0, 0) 4:51 "IAM"
row 6:5 "GET /v2/images | ims:images:get             | Y"
  6..7 4..20 (0, 0) 6:5 "GET /v2/images"
  6..9 21..49 (1, 0) 6:22 "ims:images:get"
  6..9 50..55 (1, 0) 6:51 "Y"
row 8:5 "PUT /v2/images"
  8..13 4..20 (1, 0) 8:5 "PUT /v2/images"
row 10:24 "ims:images:put           |     |\n  |                |                            |     |\n  |                |   ims:images:share"
  10..13 21..49 (0, 0) 10:24 "ims:images:put           |     |\n  |                |                            |     |\n  |                |   ims:images:share"
  10..13 50..55 (0, 0) 10:50 ""
row 14:5 "See the page."
  14..15 4..55 (0, 2) 14:5 "See the page."
row 16:5 "DELETE /v2     |                            |"
  16..17 4..20 (0, 0) 16:5 "DELETE /v2"
  16..17 21..49 (0, 0) 16:21 ""
  16..17 50..55 (0, 0) 16:50 ""
then "Actions:"
then "API\n\nAction\n\nIAM\n\nGET /v2/images\n\nims:images:get\n\nY\n\nPUT /v2/images\n\nims:images:put\n\nims:images:share\n\n\n\nSee the page.\n\nDELETE /v2\n\n\n\n"
"#,
    );
}

#[test]
fn a_drawn_table_ends_at_its_last_border() {
    shows(
        "\
+-----+-----+
| GET | Y   |
+-----+-----+
  Behind.
",
        r#"
Grid (2, 0, 0) widths [5, 5]
row 2:3 "GET | Y"
  2..3 2..7 (0, 0) 2:3 "GET"
  2..3 8..13 (0, 0) 2:9 "Y"
then "Behind."
4:1 unexpected indentation after a table
4:1 a table ends without a blank line
"#,
    );
    shows(
        "\
+-----+-----+
| GET | Y   |
+-----+-----+
| PUT | x   |
| POST| x   |
Behind.
",
        r#"
Grid (2, 0, 0) widths [5, 5]
row 2:3 "GET | Y"
  2..3 2..7 (0, 0) 2:3 "GET"
  2..3 8..13 (0, 0) 2:9 "Y"
then "GET | Y   |"
then
+-----+-----+
| PUT | x   |
| POST| x   |
then "Behind."
3:1 a line block ends without a blank line
4:1 a table ends without a blank line
5:1 malformed table: the bottom border is missing or broken
6:1 a table ends without a blank line
"#,
    );
    shows(
        "\
+-----+-----+
| GET | Y   |
| PUT | x   |
",
        "\
then
+-----+-----+
| GET | Y   |
| PUT | x   |
3:1 malformed table: the bottom border is missing or broken
",
    );
}

#[test]
fn signs_of_a_border_inside_of_cells_are_text() {
    shows(
        "\
+-----+-----+
| GET | Y   |
|  +--+-----+
+-----+-----+
",
        r#"
Grid (2, 0, 0) widths [5, 5]
row 2:3 "GET | Y   |\n|  +--"
  2..4 2..7 (1, 0) 2:3 "GET | Y   |\n|  +--"
  2..3 8..13 (0, 0) 2:9 "Y"
row 4:8 ""
  4..4 8..13 (0, 0) 4:8 ""
"#,
    );
    shows(
        "\
+-----+-----+
| GET | Y   |
+==+==+=====+
| PUT | x   |
+-----+-----+
",
        r#"
Grid (3, 1, 0) widths [2, 2, 5]
row 2:3 "GET | Y"
  2..3 2..7 (0, 1) 2:3 "GET"
  2..3 8..13 (0, 0) 2:9 "Y"
row 4:3 "PUT | x"
  4..5 2..7 (0, 1) 4:3 "PUT"
  4..5 8..13 (0, 0) 4:9 "x"
"#,
    );
    shows(
        "\
+-----+-----+
| a=b | Y = |
+=====+=====+
| c=d | = e |
+-----+-----+
",
        r#"
Grid (2, 1, 0) widths [5, 5]
row 2:3 "a=b | Y ="
  2..3 2..7 (0, 0) 2:3 "a=b"
  2..3 8..13 (0, 0) 2:9 "Y ="
row 4:3 "c=d | = e"
  4..5 2..7 (0, 0) 4:3 "c=d"
  4..5 8..13 (0, 0) 4:9 "= e"
"#,
    );
}

#[test]
fn a_table_that_ends_with_its_header_is_kept_as_text() {
    shows(
        "\
+-----+-----+
| GET | Y   |
+=====+=====+
| PUT | x   |
+=====+=====+
",
        "\
then
+-----+-----+
| GET | Y   |
+=====+=====+
| PUT | x   |
+=====+=====+
5:1 malformed table: the bottom border is missing or broken
",
    );
}

#[test]
fn a_crossing_at_the_edge_makes_a_row_without_cells_of_its_own() {
    shows(
        "\
+-----+-----+
| GET | Y   |
+     |     |
| PUT | x   |
+-----+-----+
",
        r#"
Grid (2, 0, 0) widths [5, 5]
row 2:3 "GET | Y   |\n+     |     |\n| PUT | x"
  2..5 2..7 (1, 0) 2:3 "GET | Y   |\n+     |     |\n| PUT"
  2..5 8..13 (1, 0) 2:9 "Y   |\n+     |     |\n| PUT | x"
row 4:1 ""
"#,
    );
}

#[test]
fn a_row_starts_where_the_first_of_its_texts_does() {
    shows(
        "\
+-----+-----+
|     | Y   |
| GET |     |
|     |     |
+-----+-----+
",
        r#"
Grid (2, 0, 0) widths [5, 5]
row 2:9 "Y   |\n| GET"
  2..5 2..7 (0, 0) 3:3 "GET"
  2..5 8..13 (0, 0) 2:9 "Y"
"#,
    );
}

#[test]
fn crossings_without_a_line_between_them_are_text() {
    shows(
        "\
+-----+-----+
| GET | Y   |
+ and + so  |
| PUT +-----+
|     | x   |
+-----+-----+
",
        r#"
Grid (2, 0, 0) widths [5, 5]
row 2:3 "GET | Y   |\n+ and + so  |\n| PUT"
  2..6 2..7 (2, 0) 2:3 "GET | Y   |\n+ and + so  |\n| PUT"
  2..4 8..13 (1, 0) 2:9 "Y   |\n+ and + so"
row 4:1 ""
row 5:9 "x"
  5..6 8..13 (0, 0) 5:9 "x"
"#,
    );
}
