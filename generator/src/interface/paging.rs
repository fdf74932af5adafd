//! Whether an operation returns a list in pages, and how the next page is asked for.
//! Only documented parameters and fields count. Where they do not settle it, the operation has no pages.

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::load::InterfaceFile;
use crate::model::Interface;
use crate::model::reference::{In, Parameter};
use crate::model::schema::{Kind, Object, Scalar, Schema};
use crate::project::{Offset, Project};

/// How an operation returns a list in pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Paging<'i> {
    /// The fields that lead to the list in the response. None if the response is the list.
    pub items: Vec<&'i str>,
    /// The schema of an item.
    pub item: &'i Schema,
    /// How the next page is asked for.
    pub next: Next<'i>,
    /// The query parameter for the number of items of a page.
    pub limit: Option<Limit<'i>>,
    /// The fields that lead to the number of items of all pages.
    pub total: Option<Vec<&'i str>>,
}

/// The size of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit<'i> {
    /// The query parameter.
    pub query: &'i str,
    /// The largest number that is documented.
    pub largest: Option<u32>,
}

/// How the next page is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next<'i> {
    /// By a field of the last item.
    LastItem {
        /// The query parameter.
        query: &'i str,
        /// The field of an item.
        field: &'i str,
    },
    /// By a field of the response.
    Marker {
        /// The query parameter.
        query: &'i str,
        /// The fields that lead to its value.
        field: Vec<&'i str>,
    },
    /// By the number of its first item.
    Offset {
        /// The query parameter.
        query: &'i str,
        /// The number of the first item of all.
        first: u32,
    },
    /// By its number.
    Number {
        /// The query parameter.
        query: &'i str,
        /// The number of the first page.
        first: u32,
    },
    /// By a link of the response.
    Link {
        /// The fields that lead to the link, or to the list of links.
        field: Vec<&'i str>,
    },
}

/// How `interface` returns a list in pages. `None` if it does not, or if the page does not settle how. `offset` says what
/// the value of an `offset` is, if the page says it in words only ([`Project::offset`](crate::Project::offset)).
pub fn paging(interface: &Interface, offset: Option<Offset>) -> Option<Paging<'_>> {
    let page = Page { interface, offset };
    let method = interface.endpoints.first()?.method.as_deref()?;
    let is_query = method == "GET" || method == "POST" && interface.id.starts_with("List");
    if !is_query {
        return None;
    }
    let (items, item) = page.list()?;
    let next = page.next(item)?;
    Some(Paging {
        total: page.total(&items),
        limit: page.limit(),
        items,
        item,
        next,
    })
}

/// Reports what the configuration states about an `offset` that no operation has.
pub(crate) fn check_offsets(project: &Project, files: &[InterfaceFile], report: &mut Report) {
    for (service, settings) in &project.services {
        let own = |id: &str| {
            let mut own = files.iter().map(|file| &file.interface);
            own.any(|it| it.service == *service && (id == "*" || it.id == id))
        };
        for id in settings.offsets.keys().filter(|id| !own(id)) {
            let message = format!("`{service}` has no operation `{id}` whose `offset` is stated");
            let place = Location::file("permspec.toml");
            report.push(Diagnostic::new(Code::UnusedOverride, place, message));
        }
    }
}

/// The names of a parameter for the size of a page, in lower case without separators.
const LIMITS: [&str; 4] = ["limit", "pagesize", "perpage", "size"];
/// The names of a parameter for the number of a page.
const NUMBERS: [&str; 5] = ["page", "pageno", "pagenum", "curpage", "currentpage"];
/// The names of a parameter for where a page begins, and the names of the field with its value for the next page.
const MARKERS: &[(&str, &[&str])] = &[
    ("marker", &["nextmarker", "marker"]),
    ("next", &["marker"]),
    ("start", &["marker"]),
    ("continue", &["continue"]),
];
/// The names of a field for the number of items of all pages.
const TOTALS: [&str; 6] = [
    "total",
    "totalcount",
    "totalnum",
    "totalnumber",
    "totalrecord",
    "totalrecords",
];
/// The names of an object that says something about the page.
const ABOUT: [&str; 4] = ["pageinfo", "metadata", "markers", "pagination"];

/// A name in lower case, without separators.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

struct Page<'i> {
    interface: &'i Interface,
    offset: Option<Offset>,
}

impl<'i> Page<'i> {
    /// What a schema stands for.
    fn resolved(&self, schema: &'i Schema) -> &'i Schema {
        match &schema.kind {
            Kind::Ref(name) => self.interface.schema(name).unwrap_or(schema),
            _ => schema,
        }
    }

    fn object(&self, schema: &'i Schema) -> Option<&'i Object> {
        match &self.resolved(schema).kind {
            Kind::Object(object) => Some(object),
            _ => None,
        }
    }

    fn array(&self, schema: &'i Schema) -> Option<&'i Schema> {
        match &self.resolved(schema).kind {
            Kind::Array(item) => Some(item),
            _ => None,
        }
    }

    fn response(&self) -> Option<&'i Schema> {
        let mut good = self.interface.responses.iter().filter(|it| !it.failure);
        good.find_map(|response| response.schema.as_ref())
    }

    /// The only list of the response, or the one with the name of what is listed.
    fn list(&self) -> Option<(Vec<&'i str>, &'i Schema)> {
        let response = self.response()?;
        if let Some(item) = self.array(response) {
            return Some((Vec::new(), item));
        }
        let top = &self.object(response)?.properties;
        let mut lists = self.lists(top, None);
        if lists.is_empty() {
            let objects = top.iter().filter_map(|(name, schema)| {
                let object = self.object(schema)?;
                Some(self.lists(&object.properties, Some(name)))
            });
            lists = objects.flatten().collect();
        }
        if lists.len() > 1 {
            let noun = self.noun();
            lists.retain(|(path, _)| path.last().map(|name| plain(name)) == noun);
        }
        match lists.len() {
            1 => lists.pop(),
            _ => None,
        }
    }

    /// The lists among `fields`.
    fn lists(
        &self,
        fields: &'i [(String, Schema)],
        around: Option<&'i str>,
    ) -> Vec<(Vec<&'i str>, &'i Schema)> {
        let lists = fields.iter().filter_map(|(name, schema)| {
            let item = self.array(schema)?;
            let place = around.into_iter().chain([name.as_str()]).collect();
            (!plain(name).ends_with("links")).then_some((place, item))
        });
        lists.collect()
    }

    /// What is listed, as the path says: the last segment that is no parameter.
    fn noun(&self) -> Option<String> {
        let path = &self.interface.endpoints.first()?.path;
        let mut segments = path.rsplit('/').filter(|it| !it.is_empty());
        let noun = segments
            .find(|it| !it.contains('{') && !matches!(*it, "detail" | "details" | "list"))?;
        Some(plain(noun))
    }

    fn queries(&self) -> impl Iterator<Item = &'i Parameter> {
        let all = self.interface.parameters.iter();
        all.filter(|parameter| parameter.location == In::Query)
    }

    fn query(&self, names: &[&str]) -> Option<&'i Parameter> {
        names.iter().find_map(|name| {
            self.queries()
                .find(|parameter| plain(&parameter.name) == *name)
        })
    }

    fn limit(&self) -> Option<Limit<'i>> {
        let parameter = self.query(&LIMITS)?;
        let schema = self.resolved(&parameter.schema);
        // The maximum of a text is its length.
        let maximum = schema
            .maximum
            .as_ref()
            .filter(|_| schema.kind != Kind::String);
        let largest = number(maximum);
        Some(Limit {
            query: &parameter.name,
            largest: largest.filter(|largest| *largest > 0),
        })
    }

    fn next(&self, item: &'i Schema) -> Option<Next<'i>> {
        if let Some(next) = self.marker(item) {
            return Some(next);
        }
        if self.limit().is_some() {
            if let Some(number) = self.query(&NUMBERS) {
                return self.number(number);
            }
            if let Some(offset) = self.query(&["offset", "start", "startnumber"]) {
                return self.offset(offset, item);
            }
        }
        let is_list = self.interface.id.starts_with("List");
        let field = self.link().filter(|_| is_list)?;
        Some(Next::Link { field })
    }

    fn marker(&self, item: &'i Schema) -> Option<Next<'i>> {
        for (name, fields) in MARKERS {
            let Some(marker) = self.query(&[name]) else {
                continue;
            };
            // A `start` may also be a number.
            let schema = self.resolved(&marker.schema);
            let is_number =
                schema.kind != Kind::String || number(schema.default.as_ref()).is_some();
            if *name == "start" && is_number {
                continue;
            }
            let query = &marker.name;
            if let Some(field) = self.next_marker(fields) {
                return Some(Next::Marker { query, field });
            }
            if let Some(field) = self.id(item).filter(|_| *name == "marker") {
                return Some(Next::LastItem { query, field });
            }
        }
        None
    }

    /// A field of the response for the marker of the next page: beside the list, or in an object about the page.
    fn next_marker(&self, fields: &[&str]) -> Option<Vec<&'i str>> {
        let top = &self.object(self.response()?)?.properties;
        let found = |among: &'i [(String, Schema)], field: &str| {
            let mut among = among.iter();
            let (name, _) = among.find(|(name, schema)| {
                let kind = &self.resolved(schema).kind;
                let is_scalar = matches!(kind, Kind::String | Kind::Integer | Kind::Number);
                is_scalar && plain(name) == field
            })?;
            Some(name.as_str())
        };
        for field in fields {
            if let Some(name) = found(top, field) {
                return Some(vec![name]);
            }
            for (name, schema) in top {
                let about = plain(name);
                let Some(object) = self.object(schema).filter(|_| ABOUT.contains(&&*about)) else {
                    continue;
                };
                let field = if about == "markers" { "next" } else { field };
                if let Some(inner) = found(&object.properties, field) {
                    return Some(vec![name, inner]);
                }
            }
        }
        None
    }

    /// The field that identifies an item.
    fn id(&self, item: &'i Schema) -> Option<&'i str> {
        let fields = &self.object(item)?.properties;
        let (name, _) = fields.iter().find(|(name, _)| name == "id")?;
        Some(name)
    }

    /// A field of the response for the link to the next page.
    fn link(&self) -> Option<Vec<&'i str>> {
        let top = &self.object(self.response()?)?.properties;
        top.iter().find_map(|(name, schema)| {
            if name == "links" {
                let fields = &self.object(schema)?.properties;
                let (next, _) = fields.iter().find(|(inner, _)| inner == "next")?;
                return Some(vec![name.as_str(), next.as_str()]);
            }
            let links = self.object(self.array(schema)?)?;
            let has = |field: &str| links.properties.iter().any(|(known, _)| known == field);
            (name.ends_with("_links") && has("rel") && has("href")).then(|| vec![name.as_str()])
        })
    }

    fn number(&self, parameter: &'i Parameter) -> Option<Next<'i>> {
        let schema = self.resolved(&parameter.schema);
        let query = &parameter.name;
        match (
            number(schema.default.as_ref()),
            number(schema.minimum.as_ref()),
        ) {
            // Page 0 may be the first one, or all of them.
            (Some(0), _) | (None, Some(0)) => None,
            _ => Some(Next::Number { query, first: 1 }),
        }
    }

    fn offset(&self, parameter: &'i Parameter, item: &'i Schema) -> Option<Next<'i>> {
        let is_page = |object: &Object| {
            let mut names = object.properties.iter().map(|(name, _)| name);
            names.any(|name| *name == parameter.name)
        };
        if self.object(item).is_some_and(is_page) {
            // Each item has pages of its own.
            return None;
        }
        let schema = self.resolved(&parameter.schema);
        let query = &parameter.name;
        let first = number(schema.default.as_ref()).or(number(schema.minimum.as_ref()));
        let is_offset = plain(query) == "offset";
        match (self.offset, first) {
            (Some(Offset::ItemsFrom0), _) | (None, Some(0)) => {
                Some(Next::Offset { query, first: 0 })
            }
            (Some(Offset::ItemsFrom1), _) => Some(Next::Offset { query, first: 1 }),
            (Some(Offset::PagesFrom0), _) => Some(Next::Number { query, first: 0 }),
            (Some(Offset::PagesFrom1), _) => Some(Next::Number { query, first: 1 }),
            // An `offset` is a number of items that are left out. A `start` may also be a time or a name.
            (None, None) if is_offset => Some(Next::Offset { query, first: 0 }),
            // What begins at 1 may be items or pages.
            (None | Some(Offset::Unclear), _) => None,
        }
    }

    /// The field for the number of items of all pages: beside the list, or in an object about the page.
    fn total(&self, items: &[&'i str]) -> Option<Vec<&'i str>> {
        let top = &self.object(self.response()?)?.properties;
        let total = |fields: &'i [(String, Schema)]| {
            let is_total = |name: &str| TOTALS.contains(&plain(name).as_str());
            let found = fields.iter().find(|(name, schema)| {
                let kind = &self.resolved(schema).kind;
                is_total(name) && matches!(kind, Kind::Integer | Kind::Number | Kind::String)
            });
            found.map(|(name, _)| name.as_str())
        };
        if let Some(name) = total(top) {
            return Some(vec![name]);
        }
        let around = items.first().filter(|_| items.len() > 1);
        let objects = top.iter().filter(|(name, _)| {
            Some(&name.as_str()) == around || ABOUT.contains(&plain(name).as_str())
        });
        let mut found = objects.filter_map(|(name, schema)| {
            let inner = total(&self.object(schema)?.properties)?;
            Some(vec![name.as_str(), inner])
        });
        found.next()
    }
}

/// A whole number that is not negative.
fn number(value: Option<&Scalar>) -> Option<u32> {
    match value? {
        Scalar::Integer(number) => (*number).try_into().ok(),
        Scalar::String(text) => text.parse().ok(),
        Scalar::Number(_) | Scalar::Boolean(_) => None,
    }
}

#[cfg(test)]
mod tests;
