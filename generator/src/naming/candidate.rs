//! The names that an operation may get, from its title and its call, the shortest first. A read is `List` for
//! a collection and `Get` for one thing, whatever the title calls it. `Modify` and `Edit` become `Update`.
//! Every other verb is taken from the title.

use super::path::{self, Addressed, Things};
use super::title::{TitleParts, head, means_several};
use crate::ident::{is_identifier, pascal_case};
use crate::model::Endpoint;
use crate::words::{capitalised, plural, singular};

/// Verbs that only say that something is read.
const READING: [&str; 12] = [
    "Describe", "Display", "Fetch", "Get", "Inquire", "List", "Obtain", "Query", "Read",
    "Retrieve", "Show", "View",
];

/// The end of the name of an operation that acts on several things in one call.
pub(super) const BATCHES: &str = "InBatches";

/// What names an operation: its title and its first call.
#[derive(Clone, Debug)]
pub(super) struct Wording<'a> {
    title: TitleParts,
    call: Option<&'a Endpoint>,
}

impl<'a> Wording<'a> {
    pub(super) fn new(title: &str, call: Option<&'a Endpoint>) -> Self {
        Wording {
            title: TitleParts::read(title),
            call,
        }
    }

    /// The title's name without the words that only wrap its object: `ListThresholdRules` of `Querying the
    /// threshold rule list`.
    pub(super) fn short(&self) -> Option<String> {
        if !self.is_read() {
            return self.full();
        }
        let (object, list) = self.title.unwrapped();
        self.read(self.without_information(object), list)
    }

    /// The title's name with every word that distinguishes it: `GetEcsDetails`, `ListAllTables`.
    pub(super) fn full(&self) -> Option<String> {
        if self.is_read() {
            let wrapped = self.title.wrapped();
            if asks_whether(&wrapped) {
                return self.named("Check", &wrapped);
            }
            let (object, list) = self.title.unwrapped();
            // Singular and plural are kept if titles differ only in them: `a database` and `all databases`.
            let verb = if self.wraps() {
                self.number(object, list).0
            } else if list || means_several(&object) {
                "List"
            } else {
                "Get"
            };
            return self.named(verb, &wrapped);
        }
        let object = self.acted_upon();
        self.named(&self.verbs(), &object)
    }

    /// The title's own verb and all its words, for titles that differ only in the verb: `DescribeFunction`
    /// and `DisplayFunction`.
    pub(super) fn literal(&self) -> Option<String> {
        (!self.title.verbs.is_empty())
            .then(|| self.named(&self.title.verbs.concat(), &self.title.object))
            .flatten()
    }

    /// The short name and what the title has in parentheses at its end: `GetUserRecommended`.
    pub(super) fn with_tail(&self) -> Option<String> {
        let tail: String = self
            .title
            .tail
            .iter()
            .map(|word| capitalised(word))
            .collect();
        Some(self.short()? + &tail)
    }

    /// The verb, and the last things that the path addresses: `ListVolumes`.
    pub(super) fn path_name(&self) -> Option<String> {
        let (verb, things) = self.verb_and_things()?;
        Some(verb + &things.short()? + self.batches())
    }

    /// The verb, and all things that the path addresses.
    pub(super) fn whole_path_name(&self) -> Option<String> {
        let (verb, things) = self.verb_and_things()?;
        Some(verb + &things.long()? + self.batches())
    }

    /// Whether the object of a title that changes something means several.
    pub(super) fn changes_several(&self) -> bool {
        !self.is_read() && means_several(&self.acted_upon())
    }

    fn method(&self) -> Option<&str> {
        self.call?.method.as_deref()
    }

    fn path(&self) -> &str {
        self.call.map_or("", |call| call.path.as_str())
    }

    /// Whether the title asks for the details of its object.
    fn wraps(&self) -> bool {
        self.title.unwrapped().0.len() < self.title.object.len()
    }

    /// Whether the title itself says that a collection is listed.
    fn lists(&self) -> bool {
        self.title.verbs == ["List"]
    }

    fn is_read(&self) -> bool {
        match &self.title.verbs[..] {
            [] => matches!(self.method(), Some("GET" | "HEAD")),
            [verb] => READING.contains(&verb.as_str()),
            _ => false,
        }
    }

    /// The name of a title that reads `object`.
    fn read(&self, object: Vec<String>, list: bool) -> Option<String> {
        if asks_whether(&object) {
            return self.named("Check", &object);
        }
        let (verb, object) = self.number(object, list);
        self.named(verb, &object)
    }

    /// `List` and the object in the plural, or `Get` and the object as in the title. The path decides if it
    /// addresses such a collection or a member of it. Otherwise the title decides.
    fn number(&self, mut object: Vec<String>, list: bool) -> (&'static str, Vec<String>) {
        let list = list || self.lists() || self.path().ends_with("/list");
        let several = list || means_several(&object);
        let noun_at = head(&object).checked_sub(1);
        let Some(noun_at) = noun_at else {
            return ("Get", object);
        };
        let one = singular(&object[noun_at]);
        let addressed = match self.method() {
            Some("GET") => Addressed::of(self.path()),
            _ => Addressed::Other,
        };
        match addressed {
            Addressed::Member(noun)
                if !list && (self.wraps() || one.eq_ignore_ascii_case(&noun)) =>
            {
                object[noun_at] = one;
                ("Get", object)
            }
            Addressed::Collection(noun) if one.eq_ignore_ascii_case(&noun) => {
                object[noun_at] = plural(&object[noun_at]);
                ("List", object)
            }
            _ if several => {
                object[noun_at] = plural(&object[noun_at]);
                ("List", object)
            }
            _ => ("Get", object),
        }
    }

    /// `User Information` of `/users/{user_id}` is the user. In other paths, the information is a separate
    /// thing.
    fn without_information(&self, mut object: Vec<String>) -> Vec<String> {
        if let [.., noun, last] = &object[..]
            && head(&object) == object.len()
            && last.eq_ignore_ascii_case("information")
            && let Addressed::Member(addressed) | Addressed::Collection(addressed) =
                Addressed::of(self.path())
            && singular(noun).eq_ignore_ascii_case(&addressed)
        {
            object.pop();
        }
        object
    }

    /// What a title that changes something acts upon. It is in the singular if the path picks one thing.
    fn acted_upon(&self) -> Vec<String> {
        let mut object = self.title.wrapped();
        let verbs = self.verbs();
        if verbs == "Update" {
            let unwrapped = self.without_information(self.title.unwrapped().0);
            let noun = unwrapped[..head(&unwrapped)].last();
            let one = noun.map(|noun| singular(noun).to_ascii_lowercase());
            if one.is_some_and(|noun| Addressed::of(self.path()) == Addressed::Member(noun)) {
                object = unwrapped;
            }
        }
        if verbs == "Update"
            && let [.., _, last] = &object[..]
            && last.eq_ignore_ascii_case("list")
        {
            object.pop();
        }
        if let Some(noun_at) = head(&object).checked_sub(1) {
            let one = singular(&object[noun_at]);
            let created = Addressed::Collection(one.to_ascii_lowercase());
            if verbs == "Create"
                && !self.title.batch
                && self.method() == Some("POST")
                && Addressed::of(self.path()) == created
            {
                object[noun_at].clone_from(&one);
            }
            if !self.title.batch
                && path::picked(self.path()).any(|noun| one.eq_ignore_ascii_case(&noun))
            {
                object[noun_at] = one;
            }
        }
        object
    }

    /// The verbs of a name, from the title, otherwise from the method.
    fn verbs(&self) -> String {
        let renamed = |verb: &'_ String| match verb.as_str() {
            "Modify" | "Edit" => "Update".to_owned(),
            other => other.to_owned(),
        };
        let verbs: String = self.title.verbs.iter().map(renamed).collect();
        if !verbs.is_empty() {
            return verbs;
        }
        let verb = match self.method() {
            Some("PUT" | "PATCH") => "Update",
            Some("DELETE") => "Delete",
            Some("GET") => "Get",
            Some("HEAD") => "Check",
            // A noun is what the call does: `Master/Standby Switchover`.
            Some(_) => "Perform",
            None => "Use",
        };
        verb.to_owned()
    }

    /// The end of a name whose title says that it acts in batches. A call on one member of a collection never
    /// does.
    fn batches(&self) -> &'static str {
        let member = matches!(Addressed::of(self.path()), Addressed::Member(_));
        if self.title.batch && !member {
            BATCHES
        } else {
            ""
        }
    }

    fn named(&self, verbs: &str, object: &[String]) -> Option<String> {
        let words: String = object.iter().map(|word| capitalised(word)).collect();
        let name = format!("{verbs}{words}{}", self.batches());
        // `Starting` alone is a name, but `Querying` alone is not.
        let said = !object.is_empty() || !self.is_read();
        (said && is_identifier(&name)).then_some(name)
    }

    /// What a name is made from if the path gives it.
    fn verb_and_things(&self) -> Option<(String, Things)> {
        let call = self.call?;
        let mut verbs = self.verbs();
        if !self.is_read() {
            for later in &self.title.later {
                verbs = format!("{verbs}Or{later}");
            }
        }
        let said = [self.title.verbs.concat(), verbs.clone()];
        let things = Things::of(&call.path).without(said.iter().chain(&self.title.later));
        if self.is_read() {
            let (things, listed) = things.without_list();
            let several = listed || self.lists() || things.is_collection();
            let things = if listed { things.counted(true) } else { things };
            let verb = if several { "List" } else { "Get" };
            return Some((verb.to_owned(), things));
        }
        let creates = verbs == "Create" || verbs == "Add";
        let things = if creates && !self.title.batch {
            things.counted(false)
        } else {
            things
        };
        if self.title.verbs.is_empty()
            && let Some(key) = &call.body_action
        {
            verbs = pascal_case(key);
        }
        Some((verbs, things))
    }
}

/// Whether a title asks for a yes or a no: `Querying whether a bucket exists`.
fn asks_whether(object: &[String]) -> bool {
    let first = object.first();
    first.is_some_and(|word| word.eq_ignore_ascii_case("whether"))
}

#[cfg(test)]
mod tests;
