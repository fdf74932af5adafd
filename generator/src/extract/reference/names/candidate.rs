//! What a schema may be called, the best name first: its own, then with a word for what tells it apart from the
//! schema that has the name already.

use std::cmp::Reverse;

use super::context::{Context, Deed, Page, Way};
use super::word::{is_generic, joined, without_stutter};

/// What the tables of one schema have in common. A word that only some of them have does not describe it.
pub(super) struct Traits<'a> {
    pub(super) first: &'a Context,
    pub(super) page: &'a Page,
    pub(super) outer: Option<&'a [String]>,
    pub(super) around: &'a [Vec<String>],
    pub(super) way: Option<Way>,
    pub(super) deed: Option<Deed>,
    pub(super) verb: Option<&'a str>,
    pub(super) version: Option<&'a str>,
    pub(super) resource: Option<&'a [String]>,
    pub(super) batch: Option<bool>,
    pub(super) pages: usize,
}

impl<'a> Traits<'a> {
    pub(super) fn of(tables: &[(&'a Context, &'a Page)]) -> Traits<'a> {
        let (first, page) = tables[0];
        Traits {
            first,
            page,
            outer: common(tables, |(context, _)| {
                context.around.first().map(Vec::as_slice)
            }),
            around: common(tables, |(context, _)| Some(context.around.as_slice()))
                .unwrap_or_default(),
            way: common(tables, |(context, _)| Some(context.way)),
            deed: common(tables, |(_, page)| Some(page.deed)),
            verb: common(tables, |(_, page)| Some(page.verb.as_str())),
            version: common(tables, |(_, page)| Some(page.version.as_str())),
            resource: common(tables, |(_, page)| Some(page.resource.as_slice())),
            batch: common(tables, |(_, page)| Some(page.batch)),
            pages: tables.len(),
        }
    }

    /// Schemas with a smaller rank choose first: what servers send, and what many pages have.
    pub(super) fn rank(&self) -> (bool, Way, Reverse<usize>, Deed, usize) {
        let way = self.way.unwrap_or(Way::Response);
        let deed = self.deed.unwrap_or(Deed::Get);
        (
            self.page.withdrawn,
            way,
            Reverse(self.pages),
            deed,
            self.first.around.len(),
        )
    }

    /// Names, the best first. `holder` has the first of them already. The words of the service describe what many
    /// operations have.
    pub(super) fn names(&self, holder: Option<&Traits<'_>>, service: &[String]) -> Vec<String> {
        let base = &self.first.base;
        let mut names = Names(Vec::new());
        let outer = self
            .outer
            .filter(|outer| holder.is_none_or(|it| it.outer != Some(*outer)));
        let resource = self
            .resource
            .filter(|own| holder.is_none_or(|it| it.resource != Some(*own)));
        if self.resource.is_none() && holder.is_none() {
            names.add(joined(service, base));
        }
        let same_deed = holder.is_some_and(|it| (it.way, it.deed) == (self.way, self.deed));
        let version = self.version.filter(|own| !own.is_empty());
        let version = version.filter(|own| holder.is_some_and(|it| it.version != Some(*own)));
        names.add(base.clone());
        if let Some(outer) = outer {
            names.add(joined(outer, base));
        }
        if let (None, Some(resource)) = (self.first.around.first(), resource) {
            names.add(joined(resource, base));
        }
        let batch = self.batch == Some(true);
        if same_deed && batch && holder.is_some_and(|it| it.batch == Some(false)) {
            names.add(joined(&["Batch".to_owned()], base));
        }
        if let (true, Some(version)) = (same_deed, version) {
            names.add([base.as_slice(), &[version.to_owned()]].concat());
        }
        self.roles(base, &mut names);
        self.places(
            service,
            holder.is_some_and(|it| it.way == self.way),
            &mut names,
        );
        if let Some(version) = version {
            names.versions(version);
        }
        names.0
    }

    /// Names with the objects around the table, then with the resource.
    fn places(&self, service: &[String], same_way: bool, names: &mut Names) {
        let base = &self.first.base;
        let mut place = base.clone();
        let mut places = Vec::new();
        if self.around.is_empty() {
            places.extend(self.outer.map(|outer| joined(outer, base)));
        }
        for outer in self.around {
            place = joined(outer, &place);
            places.push(place.clone());
        }
        if let Some(resource) = self.resource {
            places.push(joined(resource, base));
            places.push(joined(&self.page.noun, base));
            places.push(joined(resource, &place));
        } else {
            places.push(joined(service, base));
        }
        for place in places {
            if same_way {
                names.add(place.clone());
            }
            self.roles(&place, names);
            names.add(place);
        }
    }

    /// Names with a word for what the operation does with it.
    fn roles(&self, base: &[String], names: &mut Names) {
        let with = |front: &str, back: &str| {
            let mut words: Vec<String> = Vec::new();
            words.extend((!front.is_empty()).then(|| front.to_owned()));
            words.extend_from_slice(base);
            if words.last().is_none_or(|last| last != back) {
                words.extend((!back.is_empty()).then(|| back.to_owned()));
            }
            words
        };
        let told = |word: &String| OF_ROLES.contains(&word.as_str());
        let name = match (self.way, self.deed) {
            (Some(Way::Request), _) if base.iter().any(told) => with("", "Request"),
            (Some(Way::Response), _) if base.iter().any(told) => with("", "Response"),
            (Some(Way::Failure), _) => with("", "Error"),
            (Some(Way::Request), Some(Deed::Create)) => with("New", ""),
            (Some(Way::Request), Some(Deed::Update)) => with("", "Update"),
            (Some(Way::Request), Some(Deed::Get | Deed::List)) => with("", "Query"),
            (Some(Way::Request), Some(Deed::Other)) => {
                let verb = self
                    .verb
                    .filter(|verb| !base.iter().any(|word| word == verb));
                verb.map_or_else(|| with("", "Request"), |verb| with(verb, ""))
            }
            (Some(Way::Request), _) => with("", "Request"),
            (Some(Way::Response), Some(Deed::Create)) => with("Created", ""),
            (Some(Way::Response), Some(Deed::Update)) => with("Updated", ""),
            (Some(Way::Response), Some(Deed::List)) => with("Listed", ""),
            (Some(Way::Response), Some(Deed::Get)) => with("", "Detail"),
            (Some(Way::Response), _) => with("", "Response"),
            (None, _) => return,
        };
        names.add(name);
    }

    /// Names that say more than a person would. They are many, and hardly ever needed.
    pub(super) fn spelt_out(&self) -> Vec<String> {
        let mut names = Names(Vec::new());
        let base = &self.first.base;
        let verb = vec![self.page.verb.clone()];
        let resource = joined(&self.page.resource, base);
        let noun = joined(&self.page.noun, base);
        let captioned = joined(&self.first.caption, base);
        let way = vec![match self.first.way {
            Way::Request => "Request".to_owned(),
            Way::Response => "Response".to_owned(),
            Way::Failure => "Error".to_owned(),
        }];
        let version = vec![self.page.version.clone()];
        for words in [
            captioned.clone(),
            joined(&verb, base),
            [joined(&verb, base), way.clone()].concat(),
            joined(&verb, &resource),
            joined(&verb, &noun),
            [joined(&verb, &resource), way.clone()].concat(),
            [joined(&verb, &noun), way.clone()].concat(),
            [resource.clone(), version.clone()].concat(),
            [joined(&verb, &resource), version.clone()].concat(),
            [joined(&verb, &resource), way.clone(), version.clone()].concat(),
            joined(&self.page.noun, &resource),
            joined(&verb, &joined(&self.page.noun, &resource)),
            joined(&verb, &captioned),
            joined(&resource, &captioned),
            [joined(&verb, &joined(&resource, &captioned)), way, version].concat(),
        ] {
            names.add(words);
        }
        names.0
    }
}

/// Words of a name that say already what an operation does.
const OF_ROLES: &[&str] = &[
    "Create", "Created", "Creation", "Delete", "Get", "List", "Listed", "New", "Query", "Update",
    "Updated",
];

struct Names(Vec<String>);

impl Names {
    /// Adds each name with the version of the API.
    fn versions(&mut self, version: &str) {
        for name in self.0.clone() {
            self.0.push(format!("{name}{version}"));
        }
    }

    fn add(&mut self, words: Vec<String>) {
        if !is_generic(&words) {
            self.0.push(without_stutter(words).concat());
        }
    }
}

/// What all tables say alike.
fn common<'a, T: PartialEq>(
    tables: &[(&'a Context, &'a Page)],
    said: impl Fn(&(&'a Context, &'a Page)) -> Option<T>,
) -> Option<T> {
    let first = said(&tables[0])?;
    let alike = tables[1..]
        .iter()
        .all(|table| said(table).as_ref() == Some(&first));
    alike.then_some(first)
}
