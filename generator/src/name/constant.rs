//! The constants of a service: one for each action that its tables name, and one for each query parameter.
//! No two share a name, in whatever case a language writes it; this module must never give a constant that
//! the model has another name, or its name another value.
//!
//! A constant's plain name is made from its text alone. Where another constant has that name already, it
//! gets the next one of [`candidates`], which are made from its text alone too. The model keeps each name
//! that is not the plain one, so a row that is new never changes a constant that is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::screaming_case;
use crate::model::{Operation, Page, Service};

/// What a constant stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An action.
    Action,
    /// The name of a query parameter.
    Query,
}

impl Kind {
    pub(crate) const ALL: [Kind; 2] = [Kind::Action, Kind::Query];

    /// The key of a text in a page's `constants`. No action begins with `?`.
    pub(crate) fn key(self, text: &str) -> String {
        match self {
            Kind::Action => text.to_owned(),
            Kind::Query => format!("?{text}"),
        }
    }

    /// The text of a key, where it is of this kind.
    fn text(self, key: &str) -> Option<&str> {
        match (self, key.strip_prefix('?')) {
            (Kind::Action, None) => Some(key),
            (Kind::Query, text) => text,
            (Kind::Action, Some(_)) => None,
        }
    }

    /// Every text of this kind that an operation names.
    pub(crate) fn texts(self, operation: &Operation) -> Vec<&str> {
        match self {
            Kind::Action => {
                let needed = operation.actions.iter().chain(&operation.dependencies);
                needed.map(|needed| needed.action.as_str()).collect()
            }
            Kind::Query => {
                let routes = operation.routes.iter();
                routes
                    .flat_map(|route| route.query.iter().map(String::as_str))
                    .collect()
            }
        }
    }

    fn texts_of(self, page: &Page) -> BTreeSet<&str> {
        let operations = page.operations.iter();
        operations
            .flat_map(|operation| self.texts(operation))
            .collect()
    }
}

/// The name of each action's constant, in upper case with underscores.
///
/// The service's own prefix is left out (`ims:images:share` -> `IMAGES_SHARE`), another service's is
/// kept (`VPC_PORTS_GET`).
pub fn constants(service: &Service) -> BTreeMap<String, String> {
    named(Kind::Action, &service.name, service.pages.iter())
}

/// The name of each query parameter's constant.
pub(crate) fn query_constants(service: &Service) -> BTreeMap<String, String> {
    named(Kind::Query, &service.name, service.pages.iter())
}

/// The names of all constants of a kind, by text: those that the pages pin first.
pub(crate) fn named<'p>(
    kind: Kind,
    service: &str,
    pages: impl Iterator<Item = &'p Page> + Clone,
) -> BTreeMap<String, String> {
    let texts = pages.clone().flat_map(|page| kind.texts_of(page)).collect();
    let pins = pages.flat_map(|page| &page.constants);
    let pins = pins.filter_map(|(key, name)| Some((kind.text(key)?, name.as_str())));
    given(kind, service, texts, &pins.collect())
}

/// A name for each text: the known one, or else the first of its candidates that is free.
fn given(
    kind: Kind,
    service: &str,
    texts: BTreeSet<&str>,
    known: &BTreeMap<&str, &str>,
) -> BTreeMap<String, String> {
    let mut taken = BTreeSet::new();
    let mut names = BTreeMap::new();
    for text in &texts {
        if let Some(name) = known.get(text)
            && taken.insert(key(name))
        {
            names.insert((*text).to_owned(), (*name).to_owned());
        }
    }
    for text in texts {
        if !names.contains_key(text) {
            let mut candidates = candidates(kind, service, text);
            if let Some(name) = candidates.find(|name| taken.insert(key(name))) {
                names.insert(text.to_owned(), name);
            }
        }
    }
    names
}

/// What tells constants apart: other languages write them without underscores.
fn key(name: &str) -> String {
    name.replace('_', "")
}

/// The plain name of a constant.
pub(crate) fn plain(kind: Kind, service: &str, text: &str) -> String {
    screaming_case(without_service(kind, service, text))
}

fn without_service<'t>(kind: Kind, service: &str, text: &'t str) -> &'t str {
    let own = || text.strip_prefix(service)?.strip_prefix(':');
    match kind {
        Kind::Action => own().unwrap_or(text),
        Kind::Query => text,
    }
}

/// The names that a constant may have, the plain one first. Each is made from its own text alone: the
/// plain name, the marks between words spelt out (`NODE_HYPHEN_POOL_DELETE`), the case said too
/// (`LIMIT_IN_UPPER_CASE`), and the plain name with digits of the text's SHA-256, of which one is free.
fn candidates(kind: Kind, service: &str, text: &str) -> impl Iterator<Item = String> {
    let own = without_service(kind, service, text);
    let spelt = screaming_case(&spelt(own));
    let plain = screaming_case(own);
    let has = |is: fn(char) -> bool| own.contains(is);
    let case = match (has(char::is_uppercase), has(char::is_lowercase)) {
        (true, true) => "MIXED",
        (true, false) => "UPPER",
        _ => "LOWER",
    };
    let cased = format!("{spelt}_IN_{case}_CASE");
    let digest = hmac_sha256::Hash::hash(text.as_bytes());
    let digits = digest.iter().fold(String::new(), |mut digits, byte| {
        write!(digits, "{byte:02X}").expect("a String takes every write");
        digits
    });
    let numbered = (8..=digits.len()).map({
        let plain = plain.clone();
        move |length| format!("{plain}_{}", &digits[..length])
    });
    [plain, spelt, cased].into_iter().chain(numbered)
}

/// A text with words for the marks that a constant's name leaves out.
fn spelt(text: &str) -> String {
    let mut spelt = String::new();
    for c in text.chars() {
        match c {
            '-' => spelt += "-hyphen-",
            '_' => spelt += "-underscore-",
            '.' => spelt += "-dot-",
            '/' => spelt += "-slash-",
            '[' | ']' => spelt += "-bracket-",
            c => spelt.push(c),
        }
    }
    spelt
}

/// Keeps in `pages`, new versions of pages of one service, what each of their constants is called where it
/// does not have its plain name. The constants of `present`, the pages of the model, keep their names;
/// `unread` are those of them that stay as they are.
pub(crate) fn pin(service: &str, present: &[&Page], unread: &[&Page], pages: &mut [Page]) {
    for page in pages.iter_mut() {
        page.constants.clear();
    }
    for kind in Kind::ALL {
        let known = named(kind, service, present.iter().copied());
        let known = known.iter().map(|(text, name)| (&**text, &**name));
        let all = unread.iter().copied().chain(&*pages);
        let texts = all.flat_map(|page| kind.texts_of(page)).collect();
        let names = given(kind, service, texts, &known.collect());
        for page in pages.iter_mut() {
            let own = kind.texts_of(page).into_iter();
            let own = own.filter_map(|text| Some((text, names.get(text)?)));
            let other = own.filter(|(text, name)| **name != plain(kind, service, text));
            let pins = other.map(|(text, name)| (kind.key(text), name.clone()));
            let pins: BTreeMap<String, String> = pins.collect();
            page.constants.extend(pins);
        }
    }
}

/// What is wrong with the names that pages of one service pin: the number of the page, the key, a message.
pub(crate) fn faults<'p>(service: &str, pages: &[&'p Page]) -> Vec<(usize, &'p str, String)> {
    let mut faults = Vec::new();
    let pinned = || {
        let pages = pages.iter().enumerate();
        pages.flat_map(|(at, page)| {
            page.constants
                .iter()
                .map(move |(key, name)| (at, &**key, name))
        })
    };
    for kind in Kind::ALL {
        let mut pins: BTreeMap<&str, &String> = BTreeMap::new();
        for (text, name) in pinned().filter_map(|(_, pin, name)| Some((kind.text(pin)?, name))) {
            pins.entry(text).or_insert(name);
        }
        // The names that others keep because they are made of their texts.
        let texts = pages.iter().flat_map(|page| kind.texts_of(page));
        let mut taken: BTreeMap<String, &str> = texts
            .filter(|text| !pins.contains_key(text))
            .map(|text| (key(&plain(kind, service, text)), text))
            .collect();
        for (at, pin, name) in pinned() {
            let Some(text) = kind.text(pin) else {
                continue;
            };
            if !is_constant(name) {
                faults.push((
                    at,
                    pin,
                    format!("`{name}` cannot be the name of a constant"),
                ));
            } else if pins[text] != name {
                let message = format!(
                    "`{text}` has the constant `{}` too, not only `{name}`",
                    pins[text]
                );
                faults.push((at, pin, message));
            } else if let Some(other) = taken.get(&key(name)).filter(|other| **other != text) {
                let message =
                    format!("`{name}` is the constant of `{other}` too, not only of `{text}`");
                faults.push((at, pin, message));
            } else {
                taken.insert(key(name), text);
            }
        }
    }
    faults
}

/// Whether a text is upper case with underscores: ASCII letters and digits, no digit first.
fn is_constant(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    name.chars().all(is_part)
        && name.contains(|c: char| c.is_ascii_alphanumeric())
        && !name.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(actions: &[&str], query: &[&str]) -> Page {
        let route = r#"{"method": "GET", "path": "/v1", "query": QUERY, "body_action": null}"#;
        let route = route.replace("QUERY", &format!("{query:?}"));
        let page = format!(
            r#"{{"permspec": 1, "service": "ims",
            "page": {{"title": "", "path": "", "original_name": null, "doc_url": null, "sha256": ""}},
            "operations": [{{"id": "X", "title": "", "section": null, "line": 1, "routes": [{route}],
                "actions": {actions:?}, "dependencies": [], "iam_project": null, "enterprise_project": null}}]}}"#
        );
        Page::from_json(&page).unwrap()
    }

    fn names(pages: &[Page]) -> BTreeMap<String, String> {
        let service = Service {
            name: "ims".into(),
            title: None,
            pages: pages.to_vec(),
        };
        let queries = query_constants(&service);
        let queries = queries
            .into_iter()
            .map(|(text, name)| (Kind::Query.key(&text), name));
        constants(&service).into_iter().chain(queries).collect()
    }

    #[test]
    fn two_actions_never_share_a_constant() {
        let actions = [
            "ims:images:get",
            "IMS:images:get",
            "ims:im_ages:get",
            "vpc:ports:get",
        ];
        let names = names(&[page(&actions, &[])]);
        assert_eq!(names["ims:im_ages:get"], "IM_AGES_GET");
        assert_eq!(names["ims:images:get"], "IMAGES_GET_IN_LOWER_CASE");
        assert_eq!(names["IMS:images:get"], "IMS_IMAGES_GET");
        assert_eq!(names["vpc:ports:get"], "VPC_PORTS_GET");
    }

    #[test]
    fn a_name_that_is_taken_becomes_one_that_says_how_the_text_is_written() {
        for (first, second, name) in [
            (
                "ims:node_pool:get",
                "ims:node-pool:get",
                "NODE_HYPHEN_POOL_GET",
            ),
            (
                "ims:node-pool:get",
                "ims:node_pool:get",
                "NODE_UNDERSCORE_POOL_GET",
            ),
            (
                "ims:nodepool:get",
                "ims:nodePool:get",
                "NODE_POOL_GET_IN_MIXED_CASE",
            ),
            (
                "ims:nodePool:get",
                "ims:nodepool:get",
                "NODEPOOL_GET_IN_LOWER_CASE",
            ),
            ("ims:a-b:get", "ims:A-B:get", "A_HYPHEN_B_GET"),
        ] {
            let old = page(&[first], &[]);
            let mut new = [page(&[second, first], &[])];
            pin("ims", &[&old], &[], &mut new);
            let names = names(&new);
            assert_eq!(
                (names[first].clone(), &*names[second]),
                (names_of(&old), name)
            );
            assert_eq!(
                new[0].constants,
                BTreeMap::from([(second.to_owned(), name.to_owned())])
            );
        }
    }

    fn names_of(page: &Page) -> String {
        names(std::slice::from_ref(page))
            .into_values()
            .next()
            .unwrap()
    }

    /// All texts that differ in marks and case only, so that all of them want one name.
    fn alike() -> Vec<String> {
        let marks = ["", "-", "_", ":", ".", "--", "-_"];
        let words = ["ims:node", "ims:Node", "ims:NODE"];
        let texts = words.iter().flat_map(|word| {
            let ends = ["pool:get", "Pool:get"];
            marks
                .iter()
                .flat_map(move |mark| ends.map(|end| format!("{word}{mark}{end}")))
        });
        texts.collect()
    }

    #[test]
    fn whatever_comes_and_goes_no_constant_that_stays_changes() {
        let alike = alike();
        let mut random = 7_u64;
        let mut next = |below: usize| {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            usize::try_from(random >> 33).unwrap() % below
        };
        let mut model: Vec<Page> = vec![page(&[], &[]), page(&[], &[])];
        for _ in 0..300 {
            let mut read: Vec<Page> = Vec::new();
            // Two pages, of which one may stay unread.
            let unread = next(3);
            for at in 0..2 {
                let some: Vec<&str> = (0..next(6)).map(|_| &*alike[next(alike.len())]).collect();
                let queries: Vec<&str> = some.iter().map(|text| &text[4..]).collect();
                if at != unread {
                    read.push(page(&some, &queries));
                }
            }
            let before = names(&model);
            let (kept, present): (Vec<&Page>, Vec<&Page>) = (
                model.get(unread).into_iter().collect(),
                model.iter().collect(),
            );
            pin("ims", &present, &kept, &mut read);
            let kept: Vec<Page> = kept.into_iter().cloned().collect();
            if unread < 2 {
                read.insert(unread, kept.into_iter().next().unwrap());
            }
            model = read;
            let after = names(&model);
            for (text, name) in &after {
                assert!(
                    before.get(text).is_none_or(|before| before == name),
                    "{text}"
                );
                assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{name}");
            }
            for kind in ["?", ""] {
                let own = after
                    .iter()
                    .filter(|(text, _)| text.starts_with('?') == (kind == "?"));
                let own: Vec<String> = own.map(|(_, name)| key(name)).collect();
                assert_eq!(own.iter().collect::<BTreeSet<_>>().len(), own.len());
            }
        }
    }

    #[test]
    fn a_name_in_a_model_that_is_no_name_or_that_of_another_is_a_fault() {
        let with = |pins: &[(&str, &str)]| {
            let mut page = page(&["ims:a:get", "ims:b:get", "ims:c:get"], &["limit"]);
            let pins = pins
                .iter()
                .map(|(key, name)| ((*key).to_owned(), (*name).to_owned()));
            page.constants = pins.collect();
            page
        };
        let faults = |pages: &[Page]| {
            let pages: Vec<&Page> = pages.iter().collect();
            let found = faults("ims", &pages);
            found
                .iter()
                .map(|(at, key, _)| (*at, (*key).to_owned()))
                .collect::<Vec<_>>()
        };
        let good = with(&[
            ("ims:a:get", "A_OLD"),
            ("?limit", "B_GET"),
            ("ims:gone:get", "C_OLD"),
        ]);
        assert_eq!(faults(&[good.clone()]), []);
        assert_eq!(faults(&[good.clone(), good.clone()]), []);
        for name in ["", "_", "a_get", "1A", "A B", "A\u{c4}", "A;"] {
            assert_eq!(
                faults(&[with(&[("ims:a:get", name)])]),
                [(0, "ims:a:get".into())],
                "{name}"
            );
        }
        // The plain name of another, that of another in the file, and two names for one.
        assert_eq!(
            faults(&[with(&[("ims:a:get", "BGET")])]),
            [(0, "ims:a:get".into())]
        );
        let twins = with(&[("ims:a:get", "X"), ("ims:b:get", "X_")]);
        assert_eq!(faults(&[twins]), [(0, "ims:b:get".into())]);
        let other = with(&[("ims:a:get", "A_NEW")]);
        assert_eq!(faults(&[good, other]), [(1, "ims:a:get".into())]);
    }

    #[test]
    fn nothing_is_kept_of_a_constant_that_has_its_plain_name() {
        let mut pages = [page(&["ims:images:get"], &["limit"])];
        pin("ims", &[], &[], &mut pages);
        assert!(pages[0].constants.is_empty());
        assert!(!pages[0].to_json().contains("constants"));
    }

    #[test]
    fn a_new_parameter_leaves_the_constant_of_an_old_one_alone() {
        let old = page(&[], &["limit"]);
        let mut new = [page(&[], &["Limit", "limit"])];
        pin("ims", &[&old], &[], &mut new);
        let names = names(&new);
        assert_eq!(
            (&*names["?limit"], &*names["?Limit"]),
            ("LIMIT", "LIMIT_IN_MIXED_CASE")
        );
        assert!(
            new[0]
                .to_json()
                .contains("\"?Limit\": \"LIMIT_IN_MIXED_CASE\"")
        );
        assert_eq!(Page::from_json(&new[0].to_json()).unwrap(), new[0]);
    }
}
