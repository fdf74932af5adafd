//! The places at which text of a page enters. Each is a valid page with the payload at one place.
//! This module must never know a payload.

/// A place, and the page that has `text` there.
pub type Place = (&'static str, fn(&str) -> String);

/// Every place of a page with text.
pub const ALL: &[Place] = &[
    ("page title", |text| Page::new().title(text).text()),
    ("stable name", |text| {
        Page::new()
            .before(&format!(":original_name: {text}\n\n"))
            .text()
    }),
    ("anchor", |text| {
        Page::new().before(&format!(".. _{text}:\n\n")).text()
    }),
    ("comment", |text| {
        Page::new().before(&format!(".. {text}\n\n")).text()
    }),
    ("section title", |text| Page::new().section(text).text()),
    ("prose", |text| {
        Page::new().before(&format!("{text}\n\n")).text()
    }),
    ("table title", |text| Page::new().table(text).text()),
    ("column header", |text| Page::new().column(text).text()),
    ("operation title", |text| {
        Page::new()
            .row(text, "GET /v1/ovens", "bake:ovens:get")
            .text()
    }),
    ("note behind a title", |text| {
        Page::new()
            .row(
                &format!("Heats an oven ({text})"),
                "GET /v1/ovens",
                "bake:ovens:get",
            )
            .text()
    }),
    ("method", |text| {
        Page::new()
            .row(
                "Heats an oven",
                &format!("{text} /v1/ovens"),
                "bake:ovens:get",
            )
            .text()
    }),
    ("API cell", |text| {
        Page::new()
            .row("Heats an oven", text, "bake:ovens:get")
            .text()
    }),
    ("path segment", |text| {
        Page::new()
            .row(
                "Heats an oven",
                &format!("GET /v1/{text}/ovens"),
                "bake:ovens:get",
            )
            .text()
    }),
    ("path parameter", |text| {
        Page::new()
            .row(
                "Heats an oven",
                &format!("GET /v1/{{{text}}}/ovens"),
                "bake:ovens:get",
            )
            .text()
    }),
    ("query", |text| {
        Page::new()
            .row(
                "Heats an oven",
                &format!("GET /v1/ovens?{text}={{{text}}}"),
                "bake:ovens:get",
            )
            .text()
    }),
    ("key in a body", |text| {
        Page::new()
            .row(
                "Heats an oven",
                &format!("POST /v1/ovens\n\naction=\"{text}\""),
                "bake:ovens:get",
            )
            .text()
    }),
    ("prose behind a path", |text| {
        Page::new()
            .row(
                "Heats an oven",
                &format!("GET /v1/ovens {text}"),
                "bake:ovens:get",
            )
            .text()
    }),
    ("action", |text| {
        Page::new()
            .row("Heats an oven", "GET /v1/ovens", text)
            .text()
    }),
    ("part of an action", |text| {
        Page::new()
            .row(
                "Heats an oven",
                "GET /v1/ovens",
                &format!("bake:{text}:get"),
            )
            .text()
    }),
    ("case of an action", |text| {
        Page::new()
            .row(
                "Heats an oven",
                "GET /v1/ovens",
                &format!("{text}:\n\nbake:ovens:get"),
            )
            .text()
    }),
    ("scope", |text| Page::new().scope(text).text()),
];

/// A page with one section, one table and two operations.
struct Page {
    title: String,
    before: String,
    section: String,
    table: String,
    column: String,
    row: [String; 3],
    scope: String,
}

impl Page {
    fn new() -> Self {
        Page {
            title: "Ovens".to_owned(),
            before: String::new(),
            section: "Heat".to_owned(),
            table: "Permissions".to_owned(),
            column: "Remark".to_owned(),
            row: ["Heats an oven", "GET /v1/ovens", "bake:ovens:get"].map(str::to_owned),
            scope: "Y".to_owned(),
        }
    }

    fn title(mut self, text: &str) -> Self {
        text.clone_into(&mut self.title);
        self
    }

    fn before(mut self, text: &str) -> Self {
        text.clone_into(&mut self.before);
        self
    }

    fn section(mut self, text: &str) -> Self {
        text.clone_into(&mut self.section);
        self
    }

    fn table(mut self, text: &str) -> Self {
        text.clone_into(&mut self.table);
        self
    }

    fn column(mut self, text: &str) -> Self {
        text.clone_into(&mut self.column);
        self
    }

    fn row(mut self, title: &str, api: &str, action: &str) -> Self {
        self.row = [title, api, action].map(str::to_owned);
        self
    }

    fn scope(mut self, text: &str) -> Self {
        text.clone_into(&mut self.scope);
        self
    }

    fn text(&self) -> String {
        let Page {
            title,
            before,
            section,
            table,
            column,
            row,
            scope,
        } = self;
        let heading = |text: &str, line: &str| {
            format!("{text}\n{}\n\n", line.repeat(text.chars().count() * 2))
        };
        let [name, api, action] = row;
        let rows = [
            ["Permission", "API", "Action", "IAM Project", column],
            [name, api, action, scope, "a"],
            [
                "Cools an oven",
                "DELETE /v1/ovens/{oven_id}",
                "bake:ovens:cool",
                "x",
                "b",
            ],
        ];
        let mut text = format!(
            "\
{before}{}{}.. list-table:: {table}
   :header-rows: 1

",
            heading(title, "="),
            heading(section, "-")
        );
        for row in rows {
            for (at, cell) in row.iter().enumerate() {
                let lead = if at == 0 { "   * - " } else { "     - " };
                text.extend([lead, &cell.replace('\n', "\n       "), "\n"]);
            }
        }
        text
    }
}
