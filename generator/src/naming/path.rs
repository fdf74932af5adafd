//! What a call says about itself: the things that its path addresses, the version, and whether it asks for
//! one thing or a collection. It is a pure function of method and path. Titles and other operations do not
//! matter.

use crate::ident::pascal_case;
use crate::model::is_version;
use crate::words::{imperative, is_plural, plural, singular};

/// What the end of a path addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Addressed {
    /// One member of a collection, by the noun of both: `volume` of `/volumes/{volume_id}`.
    Member(String),
    /// A collection, by the noun of a member: `volume` of `/volumes`.
    Collection(String),
    /// Neither.
    Other,
}

impl Addressed {
    pub(super) fn of(path: &str) -> Addressed {
        let mut segments: Vec<&str> = segments(path).collect();
        segments.pop_if(|last| is_detail(last));
        let noun = |literal: &str| singular(last_word(literal)).to_ascii_lowercase();
        match segments[..] {
            [.., literal, last] if !literal.contains('{') && last.contains('{') => {
                let member = parameter(last).is_some_and(|name| picks(name, literal));
                if member {
                    Addressed::Member(noun(literal))
                } else {
                    Addressed::Other
                }
            }
            [.., last] if !last.contains('{') && is_plural(last_word(last)) => {
                Addressed::Collection(noun(last))
            }
            _ => Addressed::Other,
        }
    }
}

/// The nouns of the parameters at the end of a path and before its last word: `cluster` of
/// `/clusters/{cluster_id}/restart`.
pub(super) fn picked(path: &str) -> impl Iterator<Item = String> {
    let last = segments(path).rev().take(2);
    last.filter_map(parameter)
        .map(|name| last_word(member_of(name)).to_ascii_lowercase())
}

/// The things that a path addresses after its version, as words of a name. The text before the version
/// belongs to the host, as in `/autoscaling-api/v1/..`. A collection is in the singular if the next parameter
/// picks a member of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Things {
    things: Vec<Thing>,
}

#[derive(Clone, Debug)]
struct Thing {
    /// The segment without `os-`. Its noun is in the singular if one member is picked.
    segment: String,
    /// The parameter after it, if it does not pick a member.
    by: Option<String>,
    /// Whether another word follows directly and this is not a collection. It is a name of the service, such
    /// as `lbaas` of `/lbaas/pools`.
    space: bool,
    /// Whether this is a collection without a picked member and another word follows: the `tags` of all
    /// `servers`.
    whole: bool,
}

impl Things {
    pub(super) fn of(path: &str) -> Things {
        let segments: Vec<&str> = segments(path).collect();
        let version = segments.iter().position(|segment| is_version(segment));
        let segments = &segments[version.map_or(0, |at| at + 1)..];
        let mut things = Vec::new();
        for (at, segment) in segments.iter().enumerate() {
            if segment.contains('{') {
                continue;
            }
            let next = segments.get(at + 1);
            let parameter = next.and_then(|next| parameter(next));
            let literal_follows = next.is_some_and(|next| !next.contains('{'));
            let plain = segment
                .strip_prefix("os-")
                .or_else(|| segment.strip_prefix("OS-"))
                .unwrap_or(segment);
            let detailed = next.is_some_and(|next| is_detail(next));
            let whole = literal_follows && (detailed || is_plural(last_word(segment)));
            things.push(Thing {
                segment: match parameter {
                    Some(name) if is_key(name) => one_of(plain),
                    _ => plain.to_owned(),
                },
                by: parameter.filter(|name| !is_key(name)).map(str::to_owned),
                space: literal_follows && !whole,
                whole,
            });
        }
        Things { things }
    }

    /// Without a last word that only repeats the verbs (`rollback`) or says that the body contains them
    /// (`action`).
    pub(super) fn without<'v>(mut self, verbs: impl IntoIterator<Item = &'v String>) -> Things {
        if let [.., last] = &self.things[..]
            && self.things.len() > 1
        {
            let plain = last.segment.replace(['-', '_'], "").to_ascii_lowercase();
            let mut said = verbs.into_iter();
            if plain == "action"
                || plain == "actions"
                || said.any(|verb| plain.eq_ignore_ascii_case(verb))
            {
                self.things.pop();
            }
        }
        // `resources-migrate`
        if let Some(last) = self.things.last_mut()
            && let Some((thing, verb)) = last.segment.rsplit_once(['-', '_'])
            && is_plural(last_word(thing))
            && imperative(verb) == Some(verb)
        {
            last.segment = thing.to_owned();
        }
        self
    }

    /// Without a last word that only says that the collection before it is listed, and whether there was one.
    pub(super) fn without_list(mut self) -> (Things, bool) {
        let last = self.things.pop_if(|last| last.segment == "list");
        let listed = last.is_some() && !self.things.is_empty();
        (self, listed)
    }

    /// Puts the last thing into the singular for a new member of a collection, and into the plural if all are
    /// asked for.
    pub(super) fn counted(mut self, several: bool) -> Things {
        if let Some(last) = self.things.last_mut() {
            let number = if several { plural } else { singular };
            let stem = last.segment.len() - last_word(&last.segment).len();
            last.segment = last.segment[..stem].to_owned() + &number(&last.segment[stem..]);
        }
        self
    }

    /// Whether the last thing is a collection as a whole.
    pub(super) fn is_collection(&self) -> bool {
        let mut from_last = self.things.iter().rev();
        let last = from_last.find(|thing| !is_detail(&thing.segment));
        last.is_some_and(|last| last.by.is_none() && is_plural(last_word(&last.segment)))
    }

    /// The last two things, in the order of reading. `None` if there are none.
    pub(super) fn short(&self) -> Option<String> {
        let told: Vec<&Thing> = self.things.iter().filter(|thing| !thing.space).collect();
        written(&told[told.len().saturating_sub(2)..])
    }

    /// All of them.
    pub(super) fn long(&self) -> Option<String> {
        written(&self.things.iter().collect::<Vec<_>>())
    }
}

fn written(things: &[&Thing]) -> Option<String> {
    let mut name = String::new();
    let mut following = things.iter().peekable();
    while let Some(thing) = following.next() {
        if thing.whole && following.next_if(|next| is_detail(&next.segment)).is_some() {
            name += &words_of(&one_of(&thing.segment));
            name += "Details";
            continue;
        }
        if thing.whole
            && let Some(next) = following.next_if(|next| is_plural(last_word(&next.segment)))
        {
            name += &words_of(&next.segment);
            name += "Of";
        }
        name += &words_of(&thing.segment);
        if let Some(by) = &thing.by {
            name += "By";
            name += &pascal_case(by);
        }
    }
    (!name.is_empty()).then_some(name)
}

/// A segment as words: `cloudvolumes` are cloud volumes.
fn words_of(segment: &str) -> String {
    match segment.strip_prefix("cloud") {
        Some(noun) if noun.len() > 3 && noun.starts_with(|c: char| c.is_ascii_lowercase()) => {
            format!("Cloud{}", pascal_case(noun))
        }
        _ => pascal_case(segment),
    }
}

/// The name that an action gives: `PublishApis` of `apig:apis:publish`.
pub(super) fn of_action(action: &str) -> Option<String> {
    let mut parts = action.split(':').skip(1).map(pascal_case);
    let (resource, operation) = (parts.next()?, parts.next()?);
    Some(operation + &resource).filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// The API version that a path states, as an identifier writes it: `V2` for `v2` and `v2.0`, `V21`
/// for `v2.1`.
pub(super) fn version(path: &str) -> Option<String> {
    let segment = path.split('/').find(|segment| is_version(segment))?;
    let number = segment[1..].trim_end_matches(".0");
    Some(format!("V{}", number.replace('.', "")))
}

fn segments(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// The name of a segment that is one parameter.
fn parameter(segment: &str) -> Option<&str> {
    segment
        .strip_prefix('{')?
        .strip_suffix('}')
        .filter(|name| !name.contains(['{', '}']))
}

/// How the name of a parameter ends that picks one of many.
const KEYS: [&str; 4] = ["id", "name", "key", "uuid"];

/// Whether a parameter names one of many.
fn is_key(parameter: &str) -> bool {
    let parameter = parameter.to_ascii_lowercase();
    KEYS.iter().any(|key| parameter.ends_with(key))
}

/// Whether a parameter picks a member of this collection: `{volume_id}` and `{id}` of `volumes`.
fn picks(parameter: &str, collection: &str) -> bool {
    let noun = singular(last_word(collection));
    let member = member_of(parameter);
    is_key(parameter)
        && is_plural(last_word(collection))
        && (member.is_empty() || last_word(member).eq_ignore_ascii_case(&noun))
}

/// `volume` of `volume_id`, nothing of `id`.
fn member_of(parameter: &str) -> &str {
    let at = KEYS.iter().find_map(|key| {
        let at = parameter.len().checked_sub(key.len())?;
        let end = parameter.get(at..)?;
        end.eq_ignore_ascii_case(key).then_some(at)
    });
    parameter[..at.unwrap_or(parameter.len())].trim_end_matches(['_', '-'])
}

/// The last word of a segment: `groups` of `os-server-groups`.
fn last_word(segment: &str) -> &str {
    segment.rsplit(['-', '_', '.']).next().unwrap_or(segment)
}

/// `/servers/detail` are all servers, with more details.
fn is_detail(segment: &str) -> bool {
    segment == "detail" || segment == "details"
}

fn one_of(segment: &str) -> String {
    let noun = last_word(segment);
    segment[..segment.len() - noun.len()].to_owned() + &singular(noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_ends_with_a_member_with_a_collection_or_with_neither() {
        let member = |noun: &str| Addressed::Member(noun.to_owned());
        let collection = |noun: &str| Addressed::Collection(noun.to_owned());
        for (path, addressed) in [
            ("/v2/{project_id}/servers/{server_id}", member("server")),
            ("/v2/os-server-groups/{id}", member("group")),
            ("/v2/{project_id}/servers", collection("server")),
            ("/v2/{project_id}/servers/detail", collection("server")),
            ("/v2/quota-sets/{tenant_id}", Addressed::Other),
            ("/v2.0/lbaas", Addressed::Other),
            ("/", Addressed::Other),
            ("/{api_version}", Addressed::Other),
        ] {
            assert_eq!(Addressed::of(path), addressed, "{path}");
        }
        assert!(picked("/v1/clusters/{cluster_id}/restart").eq(["cluster"]));
    }

    #[test]
    fn a_path_reads_as_the_things_that_it_addresses() {
        for (path, short, long) in [
            (
                "/v2/{project_id}/servers/{server_id}/tags",
                "ServerTags",
                "ServerTags",
            ),
            (
                "/v2/{project_id}/cloudvolumes/{volume_id}/tags",
                "CloudVolumeTags",
                "CloudVolumeTags",
            ),
            (
                "/v2/{project_id}/servers/tags",
                "TagsOfServers",
                "TagsOfServers",
            ),
            (
                "/v2/{project_id}/servers/detail",
                "ServerDetails",
                "ServerDetails",
            ),
            (
                "/v2.0/lbaas/pools/{pool_id}/members",
                "PoolMembers",
                "LbaasPoolMembers",
            ),
            (
                "/v3.0/OS-AGENCY/projects/{project_id}/agencies/{agency_id}/roles/{role_id}",
                "AgencyRole",
                "AgencyProjectAgencyRole",
            ),
            (
                "/v2/{project_id}/os-vendor-tags/{resource_type}",
                "VendorTagsByResourceType",
                "VendorTagsByResourceType",
            ),
        ] {
            let things = Things::of(path);
            assert_eq!(things.short().as_deref(), Some(short), "{path}");
            assert_eq!(things.long().as_deref(), Some(long), "{path}");
        }
        for path in ["/", "/{api_version}", "/v2/{project_id}"] {
            assert_eq!(Things::of(path).short(), None, "{path}");
        }
    }

    #[test]
    fn a_last_word_that_repeats_the_verb_is_left_out() {
        let roll_back = ["RollBack".to_owned()];
        for (path, short) in [
            ("/v2/snapshots/{snapshot_id}/rollback", "Snapshot"),
            ("/v2/volumes/{volume_id}/action", "Volume"),
            (
                "/v1/projects/{project_id}/resources-migrate",
                "ProjectResources",
            ),
            ("/v2/rollback", "Rollback"),
        ] {
            let things = Things::of(path).without(&roll_back);
            assert_eq!(things.short().as_deref(), Some(short), "{path}");
        }
        let (things, listed) = Things::of("/v1/scaling_policy/{group_id}/list").without_list();
        assert!(listed);
        assert_eq!(
            things.counted(true).short().as_deref(),
            Some("ScalingPolicies")
        );
    }

    #[test]
    fn a_version_is_written_without_dots_and_without_a_zero() {
        for (path, written) in [
            ("/v2.0/lbaas/pools", Some("V2")),
            ("/v2.1/{project_id}/servers", Some("V21")),
            ("/autoscaling-api/v1/x", Some("V1")),
            ("/v1{project_id}/x", None),
        ] {
            assert_eq!(version(path).as_deref(), written);
        }
    }
}
