//! The words of a name: how names of the wire and of data structures are taken apart and written as one
//! identifier in upper camel case.

use std::collections::BTreeMap;

use crate::model::is_version;
use crate::words::singular;

/// Words that the pages of a service also write as two: `loadbalancer` is `load balancer`.
#[derive(Default)]
pub(super) struct Vocabulary {
    /// Where the second word begins.
    compounds: BTreeMap<String, usize>,
}

/// Compounds that English writes as one word, whatever a page does.
#[rustfmt::skip]
const ONE_WORD: &[&str] = &[
    "backup", "bandwidth", "baremetal", "blacklist", "blackhole", "callback", "checkpoint", "dashboard", "database",
    "dataset", "datastore", "endpoint", "failover", "feedback", "filename", "filesystem", "firewall", "gateway",
    "hostname", "keyword", "lifecycle", "login", "logout", "metadata", "microservice", "nameserver", "namespace",
    "netmask", "network", "notebook", "offline", "online", "password", "plugin", "rollback", "runtime", "setup",
    "snapshot", "subnet", "subnetwork", "subtask", "timeout", "timestamp", "timezone", "tracker", "username",
    "webhook", "whitelist", "workflow", "workload", "workspace",
];

/// Nouns that are words of their own at the end of a longer one: `weekdata`, `nodepool`.
#[rustfmt::skip]
const NOUNS: &[&str] = &[
    "balancer", "config", "data", "event", "flavor", "gateway", "group", "info", "monitor", "pair", "param", "policy",
    "pool", "rule", "server", "status", "template", "volume",
];

/// What an IP address may be.
const ADDRESSES: [&str; 4] = ["elastic", "floating", "private", "public"];

impl Vocabulary {
    /// Learns from a text which words are written apart.
    pub(super) fn learn(&mut self, text: &str) {
        let mut before: Option<&str> = None;
        each_part(text, &mut |part: &str| {
            if let Some(first) = before.filter(|first| first.len() > 1 && part.len() > 1) {
                let joined = first.len() + part.len();
                if (6..24).contains(&joined) {
                    let mut key = String::with_capacity(joined);
                    key.push_str(first);
                    key.push_str(part);
                    key.make_ascii_lowercase();
                    self.compounds.entry(key).or_insert(first.len());
                }
            }
            before = Some(part);
        });
    }

    /// The words of a text, each capitalised.
    pub(super) fn words(&self, text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each_part(text, &mut |part: &str| {
            let lower = singular_of_shout(part).to_ascii_lowercase();
            match self.compound(&lower) {
                Some(at) => words.extend([capital(&lower[..at]), capital(&lower[at..])]),
                None => words.push(capital(&lower)),
            }
        });
        words
    }

    fn compound(&self, word: &str) -> Option<usize> {
        if word.len() < 6 || ONE_WORD.contains(&one(word).as_str()) {
            return None;
        }
        let several = singular(word);
        let apart = self.compounds.get(word);
        if let Some(at) = apart.or_else(|| self.compounds.get(&several)) {
            return Some(*at);
        }
        if let Some(at) = several
            .strip_suffix("ip")
            .filter(|kind| ADDRESSES.contains(kind))
        {
            return Some(at.len());
        }
        let ends = NOUNS.iter().filter_map(|noun| several.strip_suffix(noun));
        ends.map(str::len).find(|at| *at > 2)
    }
}

/// The parts of a text at which a word may begin: `image_member`, `imageMember` and `ImageMember` have two.
fn each_part<'t>(text: &'t str, part: &mut impl FnMut(&'t str)) {
    for chunk in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let bytes = chunk.as_bytes();
        let mut start = 0;
        for at in 1..bytes.len() {
            let (last, here) = (bytes[at - 1], bytes[at]);
            let next = bytes.get(at + 1).copied().unwrap_or(b' ');
            let lower_to_upper = !last.is_ascii_uppercase() && here.is_ascii_uppercase();
            // `VPCInfo` is `VPC` and `Info`; `VPCs` and `IPv6` are one word.
            let after_next = bytes.get(at + 2).copied().unwrap_or(b' ');
            let of_plural = next == b's' && !after_next.is_ascii_lowercase();
            let of_version = next == b'v' && after_next.is_ascii_digit();
            let end_of_shout = last.is_ascii_uppercase()
                && here.is_ascii_uppercase()
                && next.is_ascii_lowercase()
                && !of_plural
                && !of_version;
            if lower_to_upper || end_of_shout {
                part(&chunk[start..at]);
                start = at;
            }
        }
        if !chunk.is_empty() {
            part(&chunk[start..]);
        }
    }
}

/// `ECS` of `ECSs`, which would look like `Ecss`.
fn singular_of_shout(part: &str) -> &str {
    let stem = part.strip_suffix('s').filter(|stem| stem.len() > 1);
    let shouted = stem.filter(|stem| stem.bytes().all(|byte| byte.is_ascii_uppercase()));
    shouted.unwrap_or(part)
}

fn capital(lower: &str) -> String {
    let mut word = lower.to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

/// A word for one thing. Short words and names of attacks and systems have no other form: `ddos`, `qos`.
pub(super) fn one(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    if word.len() < 4
        || lower.ends_with("dos")
        || lower.ends_with("ios")
        || lower.ends_with("os") && word.len() < 5
    {
        return word.to_owned();
    }
    let mut one = singular(word);
    if word.starts_with(|first: char| first.is_ascii_uppercase()) {
        one = capital(&one);
    }
    one
}

/// The spelling of a name that names which a person confuses have in common.
pub(super) fn key(name: &str) -> String {
    one(name).to_ascii_lowercase()
}

/// Whether two words mean one thing or several of it.
fn alike(a: &str, b: &str) -> bool {
    // A word for one thing begins as that for several does. Most words differ there.
    let start = |word: &str| word.bytes().next();
    a == b || start(a) == start(b) && one(a) == one(b)
}

/// The last word becomes one thing.
pub(super) fn one_of(mut words: Vec<String>) -> Vec<String> {
    if let Some(last) = words.last_mut() {
        *last = one(last);
    }
    words
}

/// Two groups of words. The first loses what the second says too: `Server` and `ServerNic` are `ServerNic`.
pub(super) fn joined(front: &[String], back: &[String]) -> Vec<String> {
    let said = |word: &String| back.iter().any(|other| alike(other, word));
    let mut words: Vec<String> = front.iter().filter(|word| !said(word)).cloned().collect();
    words.extend_from_slice(back);
    words
}

/// Words without the second of two equal neighbours.
pub(super) fn without_stutter(mut words: Vec<String>) -> Vec<String> {
    words.dedup_by(|second, first| alike(second, first));
    words
}

/// Endings that say what kind of code a data structure is, and nothing about the thing.
const OF_CODE: &[&str] = &["Bean", "Body", "Bodies", "Dto", "For", "Object", "Vo"];

/// Endings that say which way a data structure is sent.
const OF_WAY: &[&str] = &[
    "Req",
    "Request",
    "Requests",
    "Resp",
    "Respon",
    "Response",
    "Responses",
    "Rsp",
];

/// Verbs of operations that only read. What they read is called without them.
const OF_READING: &[&str] = &["Describe", "Get", "List", "Query", "Show"];

/// The words of a data structure's name without those that only a programmer needs. A name that begins with a
/// verb keeps the way: `CreateJobReq` is `CreateJobRequest`.
pub(super) fn of_structure(mut words: Vec<String>, is_verb: impl Fn(&str) -> bool) -> Vec<String> {
    if words.len() > 2 && OF_READING.contains(&words[0].as_str()) && !is_generic(&words[1..]) {
        words.remove(0);
    }
    if words.len() > 1 && is_version(&words[0]) {
        words.rotate_left(1);
    }
    let mut way = None;
    while let [_, .., before, last] | [before, last] = words.as_slice() {
        let (before, last) = (way_of(before), way_of(last));
        if OF_WAY.contains(&last) {
            let response = last.starts_with("Res") || last.starts_with("Rsp");
            way = way.or(Some(if response { "Response" } else { "Request" }));
        } else if !(OF_CODE.contains(&last)
            || last == "Info" && OF_WAY.contains(&before)
            || last == "Content" && before == "Body")
        {
            break;
        }
        words.pop();
    }
    if let Some(way) = way.filter(|_| is_verb(&words[0])) {
        words.push(way.to_owned());
    }
    for word in &mut words {
        match word.as_str() {
            "Req" => "Request".clone_into(word),
            "Resp" | "Rsp" => "Response".clone_into(word),
            _ => {}
        }
    }
    without_stutter(words)
}

/// `Response` of `Response200`.
fn way_of(word: &str) -> &str {
    let stem = word.trim_end_matches(|c: char| c.is_ascii_digit());
    if OF_WAY.contains(&stem) { stem } else { word }
}

/// What a thing has, in titles such as `Modifying the Name of a Disk`. It is not the thing.
#[rustfmt::skip]
const PROPERTIES: &[&str] = &[
    "Address", "Attribute", "Data", "Description", "Detail", "Details", "Info", "Information", "List", "Name",
    "Number", "Object", "Parameter", "Progress", "Role", "Status",
];

/// Words that do not belong to the name of a thing.
const NOT_OF_THINGS: &[&str] = &[
    "Add", "All", "And", "Api", "Create", "Delete", "Get", "List", "Modify", "Multiple", "Or",
    "Query", "Update",
];

/// The thing that the words of a title name; nothing if they name several or none.
pub(super) fn thing(mut words: Vec<String>) -> Vec<String> {
    let is = |list: &[&str], word: &String| {
        list.contains(&word.as_str()) || list.contains(&one(word).as_str())
    };
    while words.last().is_some_and(|last| is(PROPERTIES, last)) {
        words.pop();
    }
    if words.len() > 4 || is_generic(&words) || words.iter().any(|word| is(NOT_OF_THINGS, word)) {
        words.clear();
    }
    words
}

/// Words that say nothing about a thing alone.
#[rustfmt::skip]
const GENERIC: &[&str] = &[
    "Any", "Array", "Attribute", "Body", "Child", "Children", "Content", "Data", "Description", "Detail", "Details",
    "Element", "Entity", "Entry", "Fail", "Failure", "Field", "Id", "Info", "Information", "Item", "List", "Map", "Meta",
    "Object", "Option", "Other", "Param", "Parameter", "Property", "Properties", "Record", "Req", "Request", "Resp",
    "Response", "Result", "Self", "Spec", "Status", "Success", "Summary", "Type", "Value",
];

/// Words for an element that add nothing to the name of what it is an element of.
const ELEMENT: &[&str] = &[
    "Array", "Content", "Data", "Element", "Entity", "Entry", "Info", "Item", "List", "Object",
    "Record", "Result",
];

pub(super) fn is_generic(words: &[String]) -> bool {
    let generic =
        |word: &String| GENERIC.contains(&word.as_str()) || GENERIC.contains(&one(word).as_str());
    words.iter().all(generic)
}

pub(super) fn is_element(words: &[String]) -> bool {
    words
        .iter()
        .all(|word| ELEMENT.contains(&one(word).as_str()))
}

/// Names that something else has in every Rust program, or in every generated crate.
#[rustfmt::skip]
const TAKEN: &[&str] = &[
    "All", "Any", "Arc", "AsMut", "AsRef", "Bool", "Borrow", "Box", "Char", "Clone", "Copy", "Cow", "Debug", "Default",
    "Display", "DoubleEndedIterator", "Drop", "Eq", "Err", "Error", "ExactSizeIterator", "Extend", "Fn", "FnMut",
    "FnOnce", "From", "FromIterator", "Future", "Hash", "HashMap", "Into", "IntoFuture", "IntoIterator", "Iterator",
    "None", "Ok", "Option", "Ord", "PartialEq", "PartialOrd", "Rc", "Request", "Response", "Result", "Route", "Self",
    "Send", "Sized", "Some", "String", "Sync", "ToOwned", "ToString", "TryFrom", "TryInto", "Type", "Unpin", "Value",
    "Vec",
];

/// The longest name of a schema.
const LONGEST: usize = 60;

/// Whether the name of a struct may be this.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.len() > 1
        && name.len() <= LONGEST
        && !TAKEN.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(vocabulary: &Vocabulary, text: &str) -> String {
        vocabulary.words(text).concat()
    }

    #[test]
    fn a_name_of_the_wire_becomes_a_name_of_a_type() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.learn("load_balancer");
        for (wire, expected) in [
            ("image_member", "ImageMember"),
            ("OS-EXT:x", "OsExtX"),
            ("VPC", "Vpc"),
            ("VPCs", "Vpc"),
            ("MicroServiceInfoCCEBase", "MicroServiceInfoCceBase"),
            ("IPv6Address", "Ipv6Address"),
            ("os.modelarts/name", "OsModelartsName"),
            ("loadbalancer", "LoadBalancer"),
            ("publicips", "PublicIps"),
            ("protectable", "Protectable"),
            ("weekdata", "WeekData"),
            ("metadata", "Metadata"),
        ] {
            assert_eq!(name(&vocabulary, wire), expected);
        }
    }

    #[test]
    fn a_plural_becomes_the_word_for_one() {
        for (many, expected) in [
            ("Members", "Member"),
            ("Policies", "Policy"),
            ("Addresses", "Address"),
            ("Status", "Status"),
            ("Statuses", "Status"),
            ("Children", "Child"),
            ("Dns", "Dns"),
            ("Antiddos", "Antiddos"),
            ("Qos", "Qos"),
        ] {
            assert_eq!(one(many), expected);
        }
    }

    #[test]
    fn words_for_one_and_several_are_alike() {
        for (one, many) in [
            ("Policy", "Policies"),
            ("Person", "People"),
            ("Index", "Indices"),
            ("Status", "Statuses"),
            ("Disk", "Disk"),
        ] {
            assert!(alike(one, many) && alike(many, one), "{one}");
        }
        for (one, other) in [("Disk", "disk"), ("Disk", "Dish"), ("Disk", "")] {
            assert!(!alike(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_data_structure_loses_what_only_a_programmer_needs() {
        let plain = |text: &str| {
            let words = Vocabulary::default().words(text);
            of_structure(words, |word| word == "Create").concat()
        };
        for (structure, expected) in [
            ("EIPSwitchStatusVO", "EipSwitchStatus"),
            ("UserResponseInfo", "User"),
            ("ImageReqBody", "Image"),
            ("CreateJobReq", "CreateJobRequest"),
            ("ListFunctionResult", "FunctionResult"),
            ("RuleAddressDtoForRequest", "RuleAddress"),
            ("LtsInfoResponse200", "LtsInfo"),
            ("V2Job", "JobV2"),
            ("Response", "Response"),
        ] {
            assert_eq!(plain(structure), expected);
        }
    }
}
