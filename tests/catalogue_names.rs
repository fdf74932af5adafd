//! The names of all operations of the catalogue, as somebody with only a dictionary reads them.

use std::collections::BTreeMap;

use permspec::Project;
use permspec::pipeline;
use permspec_tests::root;

/// Every operation of the catalogue: service and id.
fn names() -> Vec<(String, String)> {
    let project = Project::read(&root().join("spec/permspec.toml")).unwrap();
    let models = pipeline::models(&project).unwrap().value;
    let pages = models.iter().map(|model| &model.page);
    pages
        .flat_map(|page| {
            let ids = page.operations.iter().map(|operation| operation.id.clone());
            ids.map(|id| (page.service.clone(), id))
        })
        .collect()
}

/// The words of a name in upper camel case.
fn words(id: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for letter in id.chars() {
        match words.last_mut() {
            Some(word) if !letter.is_ascii_uppercase() => word.push(letter),
            _ => words.push(letter.into()),
        }
    }
    words
}

/// What a title says before its verb: `ForciblyDeleteIpAddressGroup`, `PreCheckShardConfiguration`.
const BEFORE_VERBS: [&str; 1] = ["Pre"];

#[test]
fn every_name_begins_with_a_verb_of_the_dictionary() {
    let dictionary = include_str!("fixtures/first_words.txt");
    let is_listed = |word: &str| {
        dictionary
            .lines()
            .any(|verb| verb.eq_ignore_ascii_case(word))
    };
    let unknown: Vec<_> = names()
        .into_iter()
        .filter(|(_, id)| {
            let words = words(id);
            let before = BEFORE_VERBS.contains(&words[0].as_str());
            !words
                .get(usize::from(before))
                .is_some_and(|word| is_listed(word))
        })
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn no_two_names_of_a_service_differ_in_a_letter_at_the_end_of_a_word_alone() {
    let mut seen: BTreeMap<(String, Vec<String>), String> = BTreeMap::new();
    let mut alike = Vec::new();
    for (service, id) in names() {
        let plain = words(&id).into_iter().map(|word| {
            let word = word.to_lowercase();
            word.trim_end_matches("ies")
                .trim_end_matches(['s', 'y'])
                .to_owned()
        });
        let key = (service, plain.collect());
        if let Some(other) = seen.get(&key) {
            alike.push(format!("{}: `{other}` and `{id}`", key.0));
        }
        seen.insert(key, id);
    }
    assert!(alike.is_empty(), "{alike:#?}");
}

#[test]
fn one_verb_reads_and_one_changes() {
    let synonyms = [
        "Query", "Obtain", "View", "Show", "Retrieve", "Modify", "Edit", "Post", "Put",
    ];
    let found: Vec<_> = names()
        .into_iter()
        .filter(|(_, id)| synonyms.contains(&words(id)[0].as_str()))
        .collect();
    assert!(found.is_empty(), "{found:?}");
}
