use super::*;

/// An interface with these query parameters and this response, both as JSON.
fn interface(id: &str, queries: &str, response: &str) -> Interface {
    let queries: Vec<String> = queries
        .split(';')
        .filter(|query| !query.trim().is_empty())
        .map(|query| {
            let (name, schema) = query.split_once('=').unwrap_or((query, r#"{"type": "integer"}"#));
            let name = name.trim();
            format!(
                r#"{{"name": "{name}", "in": "query", "required": false, "schema": {schema}, "line": 1}}"#
            )
        })
        .collect();
    let text = format!(
        r#"{{"permspec": 2, "service": "own", "page": {{"title": "Listing", "path": "own/list.rst",
            "original_name": null, "doc_url": null, "sha256": "00"}},
            "id": "{id}", "permission": null, "line": 1, "deprecated": false,
            "endpoints": [{{"method": "GET", "path": "/v1/{{project_id}}/shelf-books/detail", "query": [],
            "body_action": null}}],
            "parameters": [{}], "request": null,
            "responses": [{{"status": 400, "failure": true, "schema": {{"type": "array", "items": {{}}}}, "line": 1}},
                {{"status": 200, "schema": {response}, "line": 1}}],
            "$defs": {{"Book": {{"type": "object", "properties": {{"id": {{"type": "string"}}}}}},
                "Other": {{"type": "object", "properties": {{"code": {{"type": "string"}}}}}},
                "Link": {{"type": "object", "properties": {{"rel": {{}}, "href": {{}}}}}}}}}}"#,
        queries.join(", ")
    );
    Interface::from_json(&text).unwrap()
}

/// An object of these fields.
fn object(fields: &str) -> String {
    format!(r#"{{"type": "object", "properties": {{{fields}}}}}"#)
}

const BOOKS: &str = r##""books": {"type": "array", "items": {"$ref": "#/$defs/Book"}}"##;
const OTHERS: &str = r##""others": {"type": "array", "items": {"$ref": "#/$defs/Other"}}"##;

/// The places and the way, as one text. `-` if there are no pages.
fn shown(id: &str, queries: &str, response: &str) -> String {
    let interface = interface(id, queries, response);
    let Some(paging) = paging(&interface, None) else {
        return "-".into();
    };
    let next = match paging.next {
        Next::LastItem { query, field } => format!("{query} after {field}"),
        Next::Marker { query, field } => format!("{query} from {}", field.join(".")),
        Next::Offset { query, first } => format!("{query} of items, {first}"),
        Next::Number { query, first } => format!("{query} of pages, {first}"),
        Next::Link { field } => format!("link {}", field.join(".")),
    };
    format!("{}: {next}", paging.items.join("."))
}

fn list(queries: &str, fields: &str) -> String {
    shown("ListBooks", queries, &object(fields))
}

#[test]
fn a_marker_is_the_id_of_an_item_or_a_field_of_the_response() {
    assert_eq!(list("limit; marker", BOOKS), "books: marker after id");
    assert_eq!(
        list("limit; marker; offset", BOOKS),
        "books: marker after id"
    );
    let with = |field: &str| list("limit; marker", &format!("{BOOKS}, {field}"));
    let text = r#"{"type": "string"}"#;
    assert_eq!(
        with(&format!(r#""next_marker": {text}"#)),
        "books: marker from next_marker"
    );
    let info = object(&format!(r#""next_marker": {text}"#));
    assert_eq!(
        with(&format!(r#""page_info": {info}"#)),
        "books: marker from page_info.next_marker"
    );
    let info = object(&format!(r#""prev": {text}, "next": {text}"#));
    assert_eq!(
        with(&format!(r#""markers": {info}"#)),
        "books: marker from markers.next"
    );
    // Which field a marker is, is not documented.
    assert_eq!(list("limit; marker", OTHERS), "-");
}

#[test]
fn a_start_is_a_marker_only_if_it_is_a_text() {
    let fields = format!(
        r#"{BOOKS}, "meta_data": {}"#,
        object(r#""marker": {"type": "string"}"#)
    );
    let text = r#"limit; start={"type": "string"}"#;
    assert_eq!(list(text, &fields), "books: start from meta_data.marker");
    let zero = r#"limit; start={"type": "string", "default": "0"}"#;
    assert_eq!(list(zero, &fields), "books: start of items, 0");
    assert_eq!(list("limit; start", &fields), "-");
}

#[test]
fn an_offset_counts_items_unless_it_may_begin_at_one() {
    assert_eq!(list("limit; offset", BOOKS), "books: offset of items, 0");
    assert_eq!(list("offset", BOOKS), "-");
    let one = r#"limit; offset={"type": "integer", "minimum": 1}"#;
    assert_eq!(list(one, BOOKS), "-");
    let number = r#"limit; start_number={"type": "integer", "default": 0}"#;
    assert_eq!(list(number, BOOKS), "books: start_number of items, 0");
}

#[test]
fn a_page_is_counted_from_one_unless_it_may_begin_at_zero() {
    assert_eq!(list("page; per_page", BOOKS), "books: page of pages, 1");
    assert_eq!(
        list("curPage; perPage", BOOKS),
        "books: curPage of pages, 1"
    );
    assert_eq!(
        list("current-page; page-size", BOOKS),
        "books: current-page of pages, 1"
    );
    let zero = r#"per_page; page={"type": "integer", "default": 0}"#;
    assert_eq!(list(zero, BOOKS), "-");
}

#[test]
fn a_link_leads_on_if_no_parameter_does() {
    let links = object(r#""next": {"type": "string"}"#);
    let fields = format!(r#"{BOOKS}, "links": {links}"#);
    assert_eq!(list("", &fields), "books: link links.next");
    assert_eq!(list("limit; offset", &fields), "books: offset of items, 0");
    let fields = format!(
        r##"{BOOKS}, "books_links": {{"type": "array", "items": {{"$ref": "#/$defs/Link"}}}}"##
    );
    assert_eq!(list("", &fields), "books: link books_links");
    assert_eq!(shown("GetBook", "", &object(&fields)), "-");
}

#[test]
fn the_list_must_be_clear() {
    let two = format!("{BOOKS}, {OTHERS}");
    assert_eq!(list("limit; offset", &two), "-");
    let named = two.replace("others", "shelfBooks");
    assert_eq!(
        list("limit; offset", &named),
        "shelfBooks: offset of items, 0"
    );
    let nested = format!(r#""data": {}"#, object(BOOKS));
    assert_eq!(
        list("limit; offset", &nested),
        "data.books: offset of items, 0"
    );
    let both = format!(r#"{nested}, "more": {}"#, object(OTHERS));
    assert_eq!(list("limit; offset", &both), "-");
    let array = r##"{"type": "array", "items": {"$ref": "#/$defs/Book"}}"##;
    assert_eq!(
        shown("ListBooks", "limit; offset", array),
        ": offset of items, 0"
    );
    assert_eq!(list("limit; offset", r#""id": {"type": "string"}"#), "-");
}

#[test]
fn a_list_whose_items_have_pages_of_their_own_has_none() {
    let item = object(r#""offset": {"type": "integer"}, "books": {"type": "array", "items": {}}"#);
    let groups = format!(r#""groups": {{"type": "array", "items": {item}}}"#);
    assert_eq!(list("limit; offset", &groups), "-");
}

#[test]
fn the_total_is_beside_the_list_or_in_an_object_about_the_page() {
    let total = |fields: &str| {
        let interface = interface("ListBooks", "limit; offset", &object(fields));
        let total = paging(&interface, None).unwrap().total;
        total.map(|place| place.join("."))
    };
    let number = r#"{"type": "integer"}"#;
    let inner = object(&format!(r#""total": {number}"#));
    assert_eq!(
        total(&format!(r#"{BOOKS}, "total_count": {number}"#)).unwrap(),
        "total_count"
    );
    assert_eq!(
        total(&format!(r#"{BOOKS}, "meta_data": {inner}"#)).unwrap(),
        "meta_data.total"
    );
    let data = object(&format!(r#"{BOOKS}, "total": {number}"#));
    assert_eq!(total(&format!(r#""data": {data}"#)).unwrap(), "data.total");
    assert_eq!(total(&format!(r#"{BOOKS}, "count": {number}"#)), None);
    assert_eq!(total(&format!(r#"{BOOKS}, "quota": {inner}"#)), None);
}

#[test]
fn the_largest_page_is_the_documented_maximum() {
    let limit = |schema: &str| {
        let queries = format!("offset; limit={schema}");
        let interface = interface("ListBooks", &queries, &object(BOOKS));
        paging(&interface, None).unwrap().limit.unwrap().largest
    };
    assert_eq!(limit(r#"{"type": "integer", "maximum": 100}"#), Some(100));
    assert_eq!(limit(r#"{"type": "integer", "minimum": 1}"#), None);
    // The length of a text is no number of items.
    assert_eq!(limit(r#"{"type": "string", "maxLength": 3}"#), None);
}

#[test]
fn what_is_stated_about_an_offset_counts_before_the_page() {
    let fields = object(BOOKS);
    let first = |stated, schema: &str| {
        let interface = interface("ListBooks", &format!("limit; offset={schema}"), &fields);
        match paging(&interface, stated)?.next {
            Next::Offset { first, .. } => Some(("items", first)),
            Next::Number { first, .. } => Some(("pages", first)),
            _ => None,
        }
    };
    let one = r#"{"type": "integer", "minimum": 1}"#;
    assert_eq!(first(None, one), None);
    assert_eq!(first(Some(Offset::ItemsFrom1), one), Some(("items", 1)));
    assert_eq!(first(Some(Offset::PagesFrom1), one), Some(("pages", 1)));
    assert_eq!(first(Some(Offset::PagesFrom0), "{}"), Some(("pages", 0)));
    assert_eq!(first(Some(Offset::Unclear), "{}"), None);
}

#[test]
fn an_offset_of_an_unknown_operation_is_an_error() {
    let text = "permspec = 1\n[service.shop]\noffsets = { ListBooks = \"items-from-1\", ListPens = \"unclear\" }\n";
    let project = Project::from_toml(text, "permspec.toml", std::path::Path::new("")).unwrap();
    let file = InterfaceFile {
        path: "ListBooks.json".into(),
        text: String::new(),
        interface: Interface {
            service: "shop".into(),
            ..interface("ListBooks", "limit; offset", &object(BOOKS))
        },
    };
    let mut report = Report::default();
    check_offsets(&project, &[file], &mut report);
    let found: Vec<_> = report
        .diagnostics()
        .iter()
        .map(|it| it.message.as_str())
        .collect();
    assert_eq!(
        found,
        ["`shop` has no operation `ListPens` whose `offset` is stated"]
    );
}
