//! Tables of directives: lists of lists, and comma-separated values.

use super::shows;

#[test]
fn a_list_table_has_the_widths_and_headers_of_its_options() {
    shows(
        "\
.. list-table:: Actions
   :widths: 30 70
   :header-rows: 1
   :stub-columns: 1

   * - API
     - Action
   * - GET /
     - ims:images:get
",
        r#"
List (2, 1, 1) widths [30, 70]
row 6:4 "* - API\n     - Action"
  6..7 6..11 (0, 0) 6:8 "API"
  7..8 6..14 (0, 0) 7:8 "Action"
row 8:4 "* - GET /\n     - ims:images:get"
  8..9 6..13 (0, 0) 8:8 "GET /"
  9..10 6..22 (0, 0) 9:8 "ims:images:get"
"#,
    );
    shows(
        "\
.. list-table::

   * - API
     -
     - x
",
        r#"
List (3, 0, 0) widths [33, 33, 33]
row 3:4 "* - API\n     -\n     - x"
  3..4 6..11 (0, 0) 3:8 "API"
  4..5 6..7 (0, 0) 4:7 ""
  5..6 6..9 (0, 0) 5:8 "x"
"#,
    );
}

#[test]
fn widths_that_do_not_fit_a_list_table_are_reported() {
    shows(
        "\
.. list-table::
   :widths: 30 40 30

   * - API
     - Action
",
        "\
then
.. list-table::
   :widths: 30 40 30

   * - API
     - Action
1:1 malformed `list-table` directive: it gives 3 widths for 2 columns
",
    );
}

#[test]
fn a_list_table_of_headers_alone_is_reported() {
    shows(
        "\
.. list-table::
   :header-rows: 1

   * - API
     - Action
",
        "\
then
.. list-table::
   :header-rows: 1

   * - API
     - Action
1:1 malformed `list-table` directive: 1 rows are headers, but there are only 1 in all
",
    );
    shows(
        "\
.. list-table::
   :header-rows: 2

   * - API
     - Action
",
        "\
then
.. list-table::
   :header-rows: 2

   * - API
     - Action
1:1 malformed `list-table` directive: 2 rows are headers, but there are only 1 in all
",
    );
}

#[test]
fn a_list_table_without_a_column_of_values_is_reported() {
    shows(
        "\
.. list-table::
   :stub-columns: 2

   * - API
     - Action
",
        "\
then
.. list-table::
   :stub-columns: 2

   * - API
     - Action
1:1 malformed `list-table` directive: 2 columns are headers, but there are only 2 in all
",
    );
    shows(
        "\
.. list-table::
   :stub-columns: 3

   * - API
     - Action
",
        "\
then
.. list-table::
   :stub-columns: 3

   * - API
     - Action
1:1 malformed `list-table` directive: 3 columns are headers, but there are only 2 in all
",
    );
}

#[test]
fn the_values_of_a_csv_table_have_their_places() {
    shows(
        r#".. csv-table::
   :widths: 1 2
   :header: API, Action

   GET /, ims:images:get
   "PUT ""/""", "two
   lines"
"#,
        r#"
Csv (2, 1, 0) widths [1, 2]
row 3:13 "API, Action"
  3..4 13..16 (0, 0) 3:13 "API"
  3..4 18..24 (0, 0) 3:18 "Action"
row 5:4 "GET /, ims:images:get"
  5..6 4..9 (0, 0) 5:4 "GET /"
  5..6 11..25 (0, 0) 5:11 "ims:images:get"
row 6:4 "\"PUT \"\"/\"\"\", \"two\n   lines\""
  6..7 4..11 (0, 0) 6:4 "\"PUT \"\"/\"\"\""
  6..8 17..26 (0, 0) 6:17 "\"two\n   lines\""
"#,
    );
}

#[test]
fn a_quote_is_not_doubled_if_a_character_escapes_it() {
    let page = ".. csv-table::\n   :escape: \\\n\n   \"a \"\"b\", c\n";
    shows(
        page,
        r#"
Csv (2, 0, 0) widths [50, 50]
row 4:4 "\"a \"\"b\", c"
  4..5 4..9 (0, 0) 4:4 "\"a \"\"b\""
  4..5 13..14 (0, 0) 4:13 "c"
"#,
    );
    let parsed = crate::parse(page);
    let texts: Vec<String> = parsed
        .document
        .tables()
        .flat_map(|table| table.cells().map(crate::Cell::text))
        .collect();
    assert_eq!(texts, ["a \"b\"", "c"]);
}

#[test]
fn the_header_of_a_csv_table_comes_before_the_header_rows_of_its_content() {
    shows(
        "\
.. csv-table::
   :header: API, Action
   :header-rows: 1

   call, name
   GET /, ims:images:get
",
        r#"
Csv (2, 2, 0) widths [50, 50]
row 2:13 "API, Action"
  2..3 13..16 (0, 0) 2:13 "API"
  2..3 18..24 (0, 0) 2:18 "Action"
row 5:4 "call, name"
  5..6 4..8 (0, 0) 5:4 "call"
  5..6 10..14 (0, 0) 5:10 "name"
row 6:4 "GET /, ims:images:get"
  6..7 4..9 (0, 0) 6:4 "GET /"
  6..7 11..25 (0, 0) 6:11 "ims:images:get"
"#,
    );
}
