//! Finds operations by words of their titles, names, services, paths and actions.
//! A word also finds its other forms and its synonyms, which count less. This module must never find an operation
//! that has none of the words.

mod synonyms;
mod word;

use std::collections::BTreeSet;

use permspec::model::{Operation, Page};

use crate::catalogue::OpenedCatalogue;
use synonyms::{Phrase, Synonyms};
use word::{stems, words};

/// Words of a question that do not describe an operation: `which permission do I need to ..`.
const SMALL: [&str; 48] = [
    "a",
    "about",
    "action",
    "actions",
    "all",
    "allow",
    "allowed",
    "am",
    "an",
    "and",
    "any",
    "api",
    "are",
    "be",
    "by",
    "call",
    "calls",
    "can",
    "do",
    "does",
    "find",
    "for",
    "from",
    "how",
    "i",
    "in",
    "is",
    "it",
    "may",
    "must",
    "my",
    "need",
    "needed",
    "needs",
    "of",
    "on",
    "operation",
    "operations",
    "or",
    "permission",
    "permissions",
    "required",
    "the",
    "to",
    "what",
    "which",
    "who",
    "with",
];

/// The weight of the word itself. It exceeds the weight of every synonym, in whatever field the word is.
const VERY_WORD: u32 = 10;

/// Added to the number of words of every title, so that the length of a title has a small effect.
const LENGTH: u32 = 10;

/// The position of the field with the service's short name.
const SERVICE: usize = 2;

/// Every operation of a catalogue, with the words that find it.
pub struct Index<'k> {
    documents: Vec<Document<'k>>,
}

/// An operation, and the stems of its words. Each field has a weight.
struct Document<'k> {
    page: &'k Page,
    operation: &'k Operation,
    fields: [(u32, Vec<String>); 5],
    /// The stems of the service's title. Synonyms do not count here, because a service has many operations.
    service: Vec<String>,
    /// The number of words in the title, without small words and without text in parentheses.
    length: u32,
}

/// The result of a search.
pub struct Found<'k> {
    /// The operations, the best first.
    pub operations: Vec<(&'k Page, &'k Operation)>,
    /// Whether each operation has all of the words.
    pub has_all: bool,
    /// The words that no operation has. Each has a suggestion, if there is one.
    pub unknown: Vec<(String, Option<String>)>,
}

/// A word or an expression to search for: as the user wrote it, as stems, and its synonyms.
struct Term {
    written: String,
    phrase: Phrase,
    synonyms: Vec<Phrase>,
}

impl Term {
    fn of_action(action: &str) -> Self {
        Term {
            written: action.to_owned(),
            phrase: stems(action),
            synonyms: Vec::new(),
        }
    }
}

impl<'k> Index<'k> {
    /// The operations of a catalogue. With `service`, only the operations of this service.
    pub fn of(known: &'k OpenedCatalogue, service: Option<&str>) -> Self {
        let pages = known.models.iter().map(|model| &model.page);
        let pages = pages.filter(|page| service.is_none_or(|wanted| wanted == page.service));
        let document = |page: &'k Page, operation: &'k Operation| {
            let settings = known.project.services.get(&page.service);
            let title = settings.and_then(|service| service.title.as_deref());
            Document::of(page, title.unwrap_or_default(), operation)
        };
        let documents = pages.flat_map(|page| {
            let operations = page.operations.iter();
            operations.map(move |operation| document(page, operation))
        });
        Index {
            documents: documents.collect(),
        }
    }

    /// The operations that have all of the words. If there is none, the operations that have the most words.
    pub fn find(&self, text: &str) -> Found<'k> {
        let terms = terms(text);
        let rated = self
            .documents
            .iter()
            .map(|document| (document, document.rate(&terms)));
        let most = rated
            .clone()
            .map(|(_, (count, _))| count)
            .max()
            .unwrap_or(0);
        let mut best: Vec<_> = rated
            .filter(|(_, (count, _))| *count == most && most > 0)
            .map(|(document, (_, points))| (document, points))
            .collect();
        // The sort is stable, so operations with equal weights keep the order of pages and rows.
        best.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        let unknown = terms.iter().filter(|term| {
            let mut documents = self.documents.iter();
            !documents.any(|document| document.points(term) > 0)
        });
        Found {
            operations: best
                .into_iter()
                .map(|(document, _)| (document.page, document.operation))
                .collect(),
            has_all: most == terms.len() && most > 0,
            unknown: unknown
                .map(|term| (term.written.clone(), self.nearest(&term.written)))
                .collect(),
        }
    }

    /// The word of a title that is most similar to a word that no operation has.
    fn nearest(&self, written: &str) -> Option<String> {
        let titles = self
            .documents
            .iter()
            .map(|document| &document.operation.title);
        let known: BTreeSet<String> = titles.flat_map(|title| words(title)).collect();
        let alike = |a: &str, b: &str| similar::TextDiff::from_chars(a, b).ratio();
        let stem = word::stem(written);
        let like = |word: &String| alike(word, written).max(alike(&word::stem(word), &stem));
        let near = known.into_iter().map(|word| (like(&word), word));
        near.filter(|(likeness, _)| *likeness > 0.75)
            .max_by(|(a, _), (b, _)| a.total_cmp(b))
            .map(|(_, word)| word)
    }
}

impl<'k> Document<'k> {
    fn of(page: &'k Page, service: &str, operation: &'k Operation) -> Self {
        let all = |texts: Vec<&str>| texts.into_iter().flat_map(stems).collect();
        let literals = operation.endpoints.iter().flat_map(|route| {
            let segments = route
                .path
                .split('/')
                .filter(|segment| !segment.contains('{'));
            segments.chain(route.body_action.as_deref())
        });
        // The dependencies of an operation describe other operations.
        let actions = operation.actions.iter();
        Document {
            page,
            operation,
            fields: [
                (8, all(vec![&operation.title])),
                (6, all(vec![&operation.id])),
                (5, all(vec![&page.service])),
                (4, all(literals.collect())),
                (
                    4,
                    all(actions.map(|needed| needed.action.as_str()).collect()),
                ),
            ],
            service: stems(service),
            length: length(&operation.title),
        }
    }

    /// The number of terms that the operation has, and their weight together.
    fn rate(&self, terms: &[Term]) -> (usize, f64) {
        let points: Vec<u32> = terms.iter().map(|term| self.points(term)).collect();
        let had = points.iter().filter(|points| **points > 0);
        // The weights are multiplied, so that one term cannot make up for another that hardly matches. The
        // length of the title counts, because a longer title is about more than the question.
        let product: f64 = had.clone().map(|points| f64::from(*points)).product();
        (had.count(), product / f64::from(LENGTH + self.length))
    }

    /// The weight of one term in the operation. The word itself weighs more than its synonyms.
    fn points(&self, term: &Term) -> u32 {
        let own = match self.weight(&term.phrase) {
            0 if has(&self.service, &term.phrase) => VERY_WORD,
            0 => 0,
            weight => 4 * weight + VERY_WORD,
        };
        let synonyms = term.synonyms.iter().map(|phrase| 3 * self.weight(phrase));
        let all = [own, self.part(&term.phrase)];
        let best = all.into_iter().chain(synonyms).max().unwrap_or(0);
        // A virtual machine is an instance of some service, but most often it is an ECS.
        let mut phrases = term.synonyms.iter().chain([&term.phrase]);
        let is_service = best > 0 && phrases.any(|phrase| *phrase == self.fields[SERVICE].1);
        best + u32::from(is_service)
    }

    /// The weight of the best field that contains the whole phrase.
    fn weight(&self, phrase: &Phrase) -> u32 {
        let having = self.fields.iter().filter(|(_, words)| has(words, phrase));
        having.map(|(weight, _)| *weight).max().unwrap_or(0)
    }

    /// The weight of the best field with a word that contains this word, as `cloudservers` contains `servers`.
    fn part(&self, phrase: &Phrase) -> u32 {
        let [word] = &**phrase else {
            return 0;
        };
        let has = |words: &Vec<String>| {
            word.len() > 2
                && words.iter().any(|known| {
                    known.starts_with(&**word) || (word.len() > 3 && known.contains(&**word))
                })
        };
        let having = self.fields.iter().filter(|(_, words)| has(words));
        having.map(|(weight, _)| *weight).max().unwrap_or(0)
    }
}

fn length(title: &str) -> u32 {
    let plain = title.split('(').next().unwrap_or(title);
    let words = words(plain).into_iter().filter(|word| !is_small(word));
    u32::try_from(words.count()).unwrap_or(u32::MAX - LENGTH)
}

fn is_small(word: &str) -> bool {
    SMALL.contains(&word)
}

/// Whether a text contains the whole phrase.
fn has(words: &[String], phrase: &Phrase) -> bool {
    // A phrase without words, such as `::`, is in no text.
    words.windows(phrase.len().max(1)).any(|run| run == phrase)
}

/// The terms of a query. Small words count only if there are no other words. An action is one expression.
fn terms(text: &str) -> Vec<Term> {
    let (actions, others): (Vec<&str>, Vec<&str>) =
        text.split_whitespace().partition(|word| word.contains(':'));
    let mut terms: Vec<Term> = actions.into_iter().map(Term::of_action).collect();
    let all = words(&others.join(" "));
    let mut said: Vec<String> = all.iter().filter(|word| !is_small(word)).cloned().collect();
    if said.is_empty() && terms.is_empty() {
        said = all;
    }
    let stems: Vec<String> = said.iter().map(|word| word::stem(word)).collect();
    let synonyms = Synonyms::read();
    let mut at = 0;
    while at < stems.len() {
        let (length, others) = synonyms.of(&stems[at..]);
        terms.push(Term {
            written: said[at..at + length].join(" "),
            phrase: stems[at..at + length].to_vec(),
            synonyms: others,
        });
        at += length;
    }
    // A term of the query is not a synonym of another term: in `create kubernetes cluster`, an operation
    // that only mentions a cluster does not have the word `kubernetes`.
    let asked: Vec<Phrase> = terms.iter().map(|term| term.phrase.clone()).collect();
    for term in &mut terms {
        term.synonyms.retain(|phrase| !asked.contains(phrase));
    }
    terms
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use permspec::load::ModelFile;
    use permspec::{Project, load::Source, pipeline};

    use super::*;

    const PAGE: &str = "\
Servers
=======

================================  ==========================================  =======================
Permission                        API                                         Action
================================  ==========================================  =======================
Creating an ECS                   POST /v1/{project_id}/cloudservers          ecs:cloudServers:create
Modifying the Specifications      POST /v1/{project_id}/cloudservers/resize   ecs:cloudServers:resize
Attaching a Disk to an ECS        POST /v1/{project_id}/attachdisk            ecs:cloudServers:attach
Querying Key Pairs                GET /v2/{project_id}/os-keypairs            ecs:serverKeypairs:list
================================  ==========================================  =======================
";

    /// The titles, whether each has all of the words, and the words that no operation has.
    type Told = (Vec<String>, bool, Vec<(String, Option<String>)>);

    fn found(text: &str) -> Told {
        let source = Source {
            service: "ecs".to_owned(),
            path: "ecs/servers.rst".to_owned(),
            file: "servers.rst".to_owned(),
            text: PAGE.to_owned(),
        };
        let models: Vec<ModelFile> = pipeline::in_memory(vec![source]).unwrap().value.models;
        let mut project = Project::new(PathBuf::new());
        let settings = project.services.entry("ecs".to_owned()).or_default();
        settings.title = Some("Elastic Cloud Server".to_owned());
        let known = OpenedCatalogue::of(project, models);
        let found = Index::of(&known, None).find(text);
        let titles = found
            .operations
            .iter()
            .map(|(_, operation)| operation.title.clone());
        (titles.collect(), found.has_all, found.unknown)
    }

    fn first(text: &str) -> String {
        found(text).0.into_iter().next().unwrap_or_default()
    }

    #[test]
    fn a_question_is_answered_by_what_is_in_titles_paths_and_actions() {
        for (question, title) in [
            ("resize", "Modifying the Specifications"),
            (
                "Which permission do I need to resize a server?",
                "Modifying the Specifications",
            ),
            ("create server", "Creating an ECS"),
            ("launch a virtual machine", "Creating an ECS"),
            ("mount a volume", "Attaching a Disk to an ECS"),
            ("list keypairs", "Querying Key Pairs"),
            ("ecs:cloudServers:attach", "Attaching a Disk to an ECS"),
            ("GET os-keypairs", "Querying Key Pairs"),
            ("attachdi", "Attaching a Disk to an ECS"),
        ] {
            assert_eq!(first(question), title, "{question}");
        }
    }

    #[test]
    fn the_word_itself_goes_before_its_synonyms_and_a_title_before_a_path() {
        let (titles, has_all, _) = found("create");
        assert_eq!((titles[0].as_str(), has_all), ("Creating an ECS", true));
        assert_eq!(found("server").0.len(), 4);
        assert_eq!(first("disk"), "Attaching a Disk to an ECS");
    }

    #[test]
    fn where_nothing_has_all_words_what_has_most_is_found_and_unknown_words_are_named() {
        let (titles, has_all, unknown) = found("frobnicate keypairs");
        assert_eq!((titles.len(), has_all), (1, false));
        assert_eq!(unknown, [("frobnicate".to_owned(), None)]);
        assert!(found("::").0.is_empty());
        let (titles, has_all, unknown) = found("atach");
        assert_eq!((titles.len(), has_all), (0, false));
        assert_eq!(
            unknown,
            [("atach".to_owned(), Some("attaching".to_owned()))]
        );
        assert!(found("").0.is_empty());
    }
}
