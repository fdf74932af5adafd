//! The names that an operation may get, from its title and its call, the shortest first.
//! A read is `List` for a collection and `Get` for one thing, whatever word the title has for it; `Modify`
//! and `Edit` are `Update`; every other verb is the title's.

use super::ident::{is_identifier, pascal_case};
use super::path::{self, Addressed, Things};
use super::title::{Title, head, means_several};
use crate::model::Route;
use crate::words::{capitalised, plural, singular};

/// Verbs that say no more than that something is read.
const READING: [&str; 11] = [
    "Describe", "Display", "Fetch", "Get", "Inquire", "List", "Obtain", "Query", "Read",
    "Retrieve", "Show",
];

/// How the name of an operation ends that acts on several things in one call.
pub(super) const BATCHES: &str = "InBatches";

/// What names an operation: its title and its first call.
#[derive(Clone, Debug)]
pub(super) struct Subject<'a> {
    title: Title,
    call: Option<&'a Route>,
}

impl<'a> Subject<'a> {
    pub(super) fn new(title: &str, call: Option<&'a Route>) -> Self {
        Subject {
            title: Title::read(title),
            call,
        }
    }

    /// The title's name without what only wraps its object: `ListThresholdRules` of `Querying the threshold
    /// rule list`.
    pub(super) fn short(&self) -> Option<String> {
        if !self.is_read() {
            return self.full();
        }
        let (object, list) = self.title.unwrapped();
        self.read(self.without_information(object), list)
    }

    /// The title's name with every word that tells it apart: `GetEcsDetails`, `ListAllTables`.
    pub(super) fn full(&self) -> Option<String> {
        if self.is_read() {
            let wrapped = self.title.wrapped();
            if wrapped
                .first()
                .is_some_and(|word| word.eq_ignore_ascii_case("whether"))
            {
                return self.read(wrapped, false);
            }
            let (object, list) = self.title.unwrapped();
            // A title that differs in its number alone keeps it: `a database` beside `all databases`.
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
        self.named(&self.verbs()?, &object)
    }

    /// The title's own verb and all its words, for titles that differ in nothing else: `DescribeFunction`
    /// beside `DisplayFunction`.
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
    pub(super) fn from_path(&self) -> Option<String> {
        let (verb, things) = self.verb_and_things()?;
        Some(verb + &things.short()? + self.batches())
    }

    /// The verb, and all things that the path addresses.
    pub(super) fn from_whole_path(&self) -> Option<String> {
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
            [verb] => READING.contains(&verb.as_str()) || *verb == "View",
            _ => false,
        }
    }

    /// The name of a title that reads `object`.
    fn read(&self, object: Vec<String>, list: bool) -> Option<String> {
        if object
            .first()
            .is_some_and(|word| word.eq_ignore_ascii_case("whether"))
        {
            return self.named("Check", &object);
        }
        let (verb, object) = self.number(object, list);
        self.named(verb, &object)
    }

    /// `List` and the object as many, or `Get` and the object as the title has it. The path decides where it
    /// shows a member or the collection of such things, otherwise the title does.
    fn number(&self, mut object: Vec<String>, list: bool) -> (&'static str, Vec<String>) {
        let list = list || self.lists();
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

    /// `User Information` of `/users/{user_id}` is the user; elsewhere the information is a thing of its own.
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

    /// What a title that changes something acts upon; where its path picks one, it is one.
    fn acted_upon(&self) -> Vec<String> {
        let mut object = self.title.wrapped();
        if self.verbs().is_some_and(|verb| verb == "Update") {
            let unwrapped = self.without_information(self.title.unwrapped().0);
            let noun = unwrapped[..head(&unwrapped)].last();
            let noun = noun.map(|noun| singular(noun).to_ascii_lowercase());
            if noun.is_some_and(|noun| Addressed::of(self.path()) == Addressed::Member(noun)) {
                object = unwrapped;
            }
        }
        if let Some(noun_at) = head(&object).checked_sub(1) {
            let one = singular(&object[noun_at]);
            if !self.title.batch
                && path::picked(self.path()).any(|noun| one.eq_ignore_ascii_case(&noun))
            {
                object[noun_at] = one;
            }
        }
        object
    }

    /// The verbs of a name: the title's, otherwise what the method says.
    fn verbs(&self) -> Option<String> {
        let verbs = self.title.verbs.iter().map(|verb| match verb.as_str() {
            "Modify" | "Edit" => "Update",
            other => other,
        });
        let verbs: String = verbs.collect();
        if !verbs.is_empty() {
            return Some(verbs);
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
        Some(verb.to_owned())
    }

    /// How a name ends whose title says that it acts in batches. A call on one member of a collection does
    /// not, whatever the title says.
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
        // `Asking` alone says what is done, `Querying` alone does not.
        let said = !object.is_empty() || !self.is_read();
        (said && is_identifier(&name)).then_some(name)
    }

    /// What a name of the path is made of.
    fn verb_and_things(&self) -> Option<(String, Things)> {
        let call = self.call?;
        let mut verbs = self.verbs()?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Extra;

    fn short(title: &str, call: &str) -> String {
        let (method, path) = call.split_once(' ').unwrap();
        let route = Route {
            method: Some(method.to_owned()),
            path: path.to_owned(),
            query: Vec::new(),
            body_action: None,
            extra: Extra::new(),
        };
        Subject::new(title, Some(&route))
            .short()
            .unwrap_or_default()
    }

    #[test]
    fn a_collection_is_listed_and_one_thing_is_got_whatever_the_title_calls_it() {
        for (title, call, name) in [
            (
                "Querying Image Members",
                "GET /v2/images/{image_id}/members",
                "ListImageMembers",
            ),
            (
                "Querying Image Member Details",
                "GET /v2/images/{image_id}/members/{member_id}",
                "GetImageMember",
            ),
            (
                "Viewing the threshold rule list",
                "GET /v2/alarm-rules",
                "ListThresholdRules",
            ),
            ("Querying a flavor", "GET /v3/elb/flavors", "ListFlavors"),
            (
                "Querying plug-ins",
                "GET /v2/plugins/{plugin_id}",
                "GetPlugin",
            ),
            (
                "Querying ECSs by tag",
                "POST /v1/servers/resource_instances/action",
                "ListEcsByTag",
            ),
            (
                "Querying a public key",
                "POST /v1.0/kms/get-publickey",
                "GetPublicKey",
            ),
            (
                "Modifying User Information",
                "PATCH /v3/users/{user_id}",
                "UpdateUser",
            ),
            (
                "Querying upgrade information",
                "GET /v2/upgrades/current",
                "GetUpgradeInformation",
            ),
            (
                "Querying the quotas of a project",
                "GET /v3/quotas/{project_id}",
                "ListQuotasOfProject",
            ),
            (
                "Querying Whether a User Has Permissions",
                "HEAD /v3/users/{user_id}/roles/{role_id}",
                "CheckWhetherUserHasPermissions",
            ),
            (
                "Image statistics",
                "GET /v2/images/statistics",
                "GetImageStatistics",
            ),
        ] {
            assert_eq!(short(title, call), name, "{title}");
        }
    }

    #[test]
    fn a_verb_that_says_more_stays() {
        for (title, call, name) in [
            (
                "Adding an Image Member",
                "POST /v2/images/{image_id}/members",
                "AddImageMember",
            ),
            (
                "Modifying a listener",
                "PUT /v3/elb/listeners/{listener_id}",
                "UpdateListener",
            ),
            (
                "Changing an ECS OS",
                "POST /v2/cloudservers/{server_id}/changeos",
                "ChangeEcsOs",
            ),
            (
                "Deleting clusters",
                "DELETE /v1.0/clusters/{cluster_id}",
                "DeleteCluster",
            ),
            (
                "Master/Standby switchover",
                "POST /v2/x/swap",
                "PerformMasterStandbySwitchover",
            ),
            (
                "Frobnicating an oven",
                "POST /v1/ovens/x",
                "FrobnicatingOven",
            ),
        ] {
            assert_eq!(short(title, call), name, "{title}");
        }
    }

    #[test]
    fn batches_are_written_in_one_way_and_not_for_a_single_member() {
        for (title, call, name) in [
            (
                "Deletes image members in batches.",
                "DELETE /v1/cloudimages/members",
                "DeleteImageMembersInBatches",
            ),
            (
                "Stopping ECSs in a batch",
                "POST /v1/cloudservers/action",
                "StopEcsInBatches",
            ),
            (
                "Batch adding or deleting tags",
                "POST /v2/kafka/{id}/tags/action",
                "AddOrDeleteTagsInBatches",
            ),
            (
                "Updating the Image Sharing Status in Batches",
                "PUT /v2/images/{image_id}/members/{member_id}",
                "UpdateImageSharingStatus",
            ),
        ] {
            assert_eq!(short(title, call), name, "{title}");
        }
    }
}
