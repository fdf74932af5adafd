//! What the header of a column means: the known spellings, and those that a project adds.

use rst_parser::Cell;

use crate::extract::table::{self, Grid, collapse};

/// What a column of a permission table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "config",
    derive(serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Role {
    /// Method and path.
    Api,
    /// What the operation does.
    Title,
    /// The actions that it needs.
    Action,
    /// The actions that should be allowed with it.
    Dependencies,
    /// Whether it takes effect in an IAM project.
    IamProject,
    /// Whether it takes effect in an enterprise project.
    EnterpriseProject,
    /// Both scopes in one cell.
    Scopes,
}

/// All known spellings of headers, in lower case. The documentation does not have a fixed one.
const HEADERS: &[(&str, Role)] = &[
    ("api", Role::Api),
    ("apis", Role::Api),
    ("permission", Role::Title),
    ("permissions", Role::Title),
    ("api function", Role::Title),
    ("action", Role::Action),
    ("actions", Role::Action),
    ("dependencies", Role::Dependencies),
    ("dependent permission", Role::Dependencies),
    ("dependency item", Role::Dependencies),
    ("dependent action", Role::Dependencies),
    ("related action", Role::Dependencies),
    ("iam project", Role::IamProject),
    ("iam project (project)", Role::IamProject),
    ("iam projects", Role::IamProject),
    ("iam (project)", Role::IamProject),
    ("enterprise project", Role::EnterpriseProject),
    ("enterprise projects", Role::EnterpriseProject),
    (
        "enterprise project (enterprise project)",
        Role::EnterpriseProject,
    ),
    ("enterprise (enterprise project)", Role::EnterpriseProject),
    ("authorization scope", Role::Scopes),
    ("scope", Role::Scopes),
];

/// The header spellings that a project knows: the built-in ones and its own.
///
/// ```
/// use permspec::extract::{Headers, Role};
///
/// let mut headers = Headers::default();
/// headers.add("REST call", Role::Api);
/// assert_eq!(headers.role("rest  call"), Some(Role::Api));
/// assert_eq!(headers.role("Weather"), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    own: Vec<(String, Role)>,
}

#[cfg(feature = "config")]
impl<'de> serde::Deserialize<'de> for Headers {
    /// From a table of roles: `api = ["REST call"]`.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spellings = std::collections::BTreeMap::<Role, Vec<String>>::deserialize(deserializer)?;
        let mut headers = Headers::default();
        for (role, names) in &spellings {
            for name in names {
                headers.add(name, *role);
            }
        }
        Ok(headers)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Headers {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Headers".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "propertyNames": generator.subschema_for::<Role>(),
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        })
    }
}

impl Headers {
    /// Adds a spelling. Letter case and white space do not matter.
    pub fn add(&mut self, header: &str, role: Role) {
        self.own.push((key(header), role));
    }

    /// What a column of this header holds.
    pub fn role(&self, header: &str) -> Option<Role> {
        self.known(&key(header))
    }

    /// What a column with this key as its header holds.
    fn known(&self, key: &str) -> Option<Role> {
        let own = self.own.iter().find(|(known, _)| known == key);
        let built_in = || HEADERS.iter().find(|(known, _)| *known == key);
        own.map(|(_, role)| *role)
            .or_else(|| built_in().map(|(_, role)| *role))
    }

    /// The cell that names a column. Of several header rows, the lowest one with a known text counts, because
    /// the rows above it are headings of groups of columns.
    pub(super) fn cell<'a>(
        &self,
        grid: &Grid<'a>,
        rows: usize,
        column: usize,
    ) -> Option<&'a Cell<'a>> {
        // Most tables have one header row. Its cell names the column, known or not.
        if rows == 1 {
            return grid.cell(0, column);
        }
        let cells = || (0..rows).filter_map(|row| grid.cell(row, column));
        let known = |cell: &&Cell| self.role(&table::text(cell)).is_some();
        cells().rfind(known).or_else(|| cells().next())
    }

    /// The spellings of the headers of columns that hold `role`, in lower case.
    pub(crate) fn spellings(&self, role: Role) -> impl Iterator<Item = &str> {
        let known = HEADERS.iter().map(|&(known, role)| (known, role));
        let own = self.own.iter().map(|(known, role)| (known.as_str(), *role));
        let all = known.chain(own);
        all.filter_map(move |(spelling, of)| (of == role).then_some(spelling))
    }

    /// The roles of the header row of a permission table: one column has calls, and another one says
    /// something about the calls. `None` for other tables.
    ///
    /// `Permission` is the title, but next to `API Function` it is the action. The content of the columns may
    /// change this.
    pub(super) fn roles(&self, names: &[String]) -> Option<Vec<Option<Role>>> {
        let keys: Vec<String> = names.iter().map(|name| key(name)).collect();
        let is_function = |key: &String| key == "api function";
        let has_function = keys.iter().any(is_function);
        let role = |key: &String| match self.known(key) {
            Some(Role::Title) if has_function && !is_function(key) => Some(Role::Action),
            role => role,
        };
        let mut roles: Vec<Option<Role>> = keys.iter().map(role).collect();
        let api = roles.contains(&Some(Role::Api));
        let other = roles
            .iter()
            .flatten()
            .any(|role| !matches!(role, Role::Api | Role::Dependencies));
        if !roles.contains(&Some(Role::Title))
            && let Some(title) = keys
                .iter()
                .position(|key| Heading::of_key(key, self) == Heading::Description)
        {
            roles[title] = Some(Role::Title);
        }
        (api && other).then_some(roles)
    }

    /// Whether a line of text, cut at the borders of a grid or simple table, is such a header row. If a table
    /// is malformed, only its text is left.
    pub(crate) fn head(&self, text: &str) -> bool {
        text.lines().take(HEAD_LINES).any(|line| {
            let cut = |cells: &mut dyn Iterator<Item = &str>| -> Vec<String> {
                cells
                    .map(collapse)
                    .filter(|cell| !cell.is_empty())
                    .collect()
            };
            self.roles(&cut(&mut line.split('|'))).is_some()
                || self.roles(&cut(&mut line.split("  "))).is_some()
        })
    }
}

/// A header text as spellings are compared: in lower case, without the colon or the mark of a footnote after
/// it.
fn key(header: &str) -> String {
    let header = collapse(header);
    let plain = header.trim_end_matches([':', '：', '*', '†', ' ']);
    plain.to_lowercase()
}

/// How much a header says about what its column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    /// Everything: it has one meaning, or the project states its meaning.
    Known,
    /// `API`: calls, or their names.
    Api,
    /// `Permission`: titles, or actions.
    Permission,
    /// `Action`: actions, or what a user does.
    Action,
    /// What a call does, if no column is called a permission. Such a column does not make a permission table:
    /// `API | Description` is not one.
    Description,
    /// Nothing.
    Unknown,
}

impl Heading {
    /// What a header says by itself.
    pub(super) fn of(header: &str, headers: &Headers) -> Self {
        Heading::of_key(&key(header), headers)
    }

    fn of_key(key: &str, headers: &Headers) -> Self {
        match key {
            _ if headers.own.iter().any(|(known, _)| known == key) => Heading::Known,
            "api" | "apis" => Heading::Api,
            "permission" | "permissions" => Heading::Permission,
            "action" | "actions" => Heading::Action,
            "description" | "function" | "operation" | "api name" => Heading::Description,
            _ if headers.known(key).is_some() => Heading::Known,
            _ => Heading::Unknown,
        }
    }
}

/// How many lines of a malformed table are searched for its header row.
const HEAD_LINES: usize = 5;
