use super::*;

fn of(header: &str) -> (Option<Columns>, Report) {
    let cells: Vec<&str> = header.split('|').collect();
    let border: Vec<String> = cells.iter().map(|cell| "-".repeat(cell.len())).collect();
    let border = format!("+{}+", border.join("+"));
    let row = format!("|{}|", cells.join("|"));
    let text = format!(
        "{border}\n{row}\n{}\n{row}\n{border}\n",
        border.replace('-', "=")
    );
    let document = rst_parser::parse(&text).document;
    let mut report = Report::default();
    let table = document.tables().next().expect("one table");
    let columns = Columns::of(table, &Headers::default(), "p.rst", &mut report);
    (columns, report)
}

#[test]
fn columns_are_found_by_name_in_any_order() {
    let (columns, report) = of("Permission|Action|API|IAM Projects|Enterprise Project");
    let columns = columns.unwrap();
    assert_eq!(columns.get(Role::Api), Some(2));
    assert_eq!(columns.get(Role::Title), Some(0));
    assert_eq!(columns.get(Role::IamProject), Some(3));
    assert!(report.is_empty());
}

#[test]
fn a_header_reads_without_a_colon_and_without_the_mark_of_a_footnote() {
    for header in [
        "Permission:|API:|Action:",
        "Permission|API [1]_|Action [#]_",
        "**Permission**|*API*|``Action``",
        "Permission \\*|API|Action",
    ] {
        let (columns, report) = of(header);
        assert!(columns.is_some() && report.is_empty(), "{header}: {report}");
    }
}

#[test]
fn of_two_header_rows_the_lower_one_names_the_columns() {
    let text = "\
+-----+--------+----------------------------+
| API | Action | Authorization Scope        |
|     |        +---------+------------------+
|     |        | IAM     | Enterprise       |
|     |        | Project | Project          |
+=====+========+=========+==================+
| GET | a:b:c  | Y       | x                |
+-----+--------+---------+------------------+
";
    let document = rst_parser::parse(text).document;
    let table = document.tables().next().expect("one table");
    let mut report = Report::default();
    let columns = Columns::of(table, &Headers::default(), "p.rst", &mut report).unwrap();
    assert_eq!(columns.get(Role::IamProject), Some(2));
    assert_eq!(columns.get(Role::EnterpriseProject), Some(3));
    assert_eq!((columns.get(Role::Scopes), columns.first_row()), (None, 2));
    assert!(report.is_empty(), "{report}");
}

#[test]
fn permission_is_the_action_next_to_api_function() {
    let columns = of("API|API Function|Permission").0.unwrap();
    assert_eq!(
        (columns.get(Role::Title), columns.get(Role::Action)),
        (Some(1), Some(2))
    );
}

#[test]
fn tables_that_only_mention_apis_are_no_permission_tables() {
    for header in [
        "API|Description",
        "Type|API|Description",
        "Dimension|API Access|Authorizable",
    ] {
        assert!(of(header).0.is_none(), "{header}");
    }
}

#[test]
fn an_unknown_column_is_ignored_with_a_warning_that_names_it() {
    let (columns, report) = of("Permission|API|Action|Weather");
    assert!(columns.is_some());
    assert!(
        report.to_string().contains("unknown column `Weather`"),
        "{report}"
    );
}
