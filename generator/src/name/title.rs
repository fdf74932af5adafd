//! From an operation's title to its identifier: `Adding an Image Member (Native OpenStack API)`
//! becomes `AddImageMember`. A pure function of the title; this module must never look at another
//! operation, so that no neighbour can change a name.

use std::borrow::Cow;

use super::ident::is_identifier;
use super::verb;

/// The identifier that a title gives, in upper camel case; `None` where it has no usable word.
///
/// Suffixes in parentheses and the final full stop are dropped, the verb is put into the
/// imperative, articles and filler words such as `specified` go.
///
/// ```
/// use permspec::name::identifier;
///
/// assert_eq!(identifier("Deletes image members in batches.").as_deref(), Some("DeleteImageMembersInBatches"));
/// assert_eq!(identifier("(reserved)"), None);
/// ```
pub fn identifier(title: &str) -> Option<String> {
    let plain = plain(title);
    let mut words = words(&plain);
    imperatives(&mut words);
    let name: String = words
        .iter()
        .filter(|word| !is_filler(word))
        .map(|word| capitalised(word))
        .collect();
    is_identifier(&name).then_some(name)
}

/// The verbs that a title begins with, in the imperative: `BatchAdd` of `Batch add tags for a
/// specified EVS disk.`
pub(super) fn verbs(title: &str) -> Option<String> {
    let plain = plain(title);
    let mut words = words(&plain);
    imperatives(&mut words);
    // Many nouns look like verbs (`tags`): only behind `Batch` is a second word one.
    let mut at_verb = true;
    let verbs: String = words
        .iter()
        .take_while(|word| {
            let is_verb = at_verb && verb::imperative(word).is_some();
            at_verb = *word == "batch";
            is_verb
        })
        .map(|word| capitalised(word))
        .collect();
    (!verbs.is_empty()).then_some(verbs)
}

/// The title without its parenthesised tails and its final full stop.
fn without_tails(title: &str) -> &str {
    let mut rest = title.trim().trim_end_matches('.');
    while let Some(open) = rest.strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        rest = rest[..open].trim_end().trim_end_matches('.');
    }
    rest
}

/// The title as words are read from it: `image's` is `image`.
fn plain(title: &str) -> String {
    without_tails(title).replace("'s ", " ")
}

/// The ASCII words; everything that is no letter or digit separates them.
fn words(plain: &str) -> Vec<Cow<'_, str>> {
    plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(Cow::Borrowed)
        .collect()
}

/// Puts the verb, and verbs joined to it by `and` or `or`, into the imperative.
fn imperatives(words: &mut [Cow<'_, str>]) {
    let mut at_verb = true;
    for (index, word) in words.iter_mut().enumerate() {
        if at_verb {
            if let Some(verb) = verb::imperative(word) {
                *word = Cow::Borrowed(verb);
            } else if index == 0
                && let Some(verb) = verb::from_unlisted_gerund(word)
            {
                *word = Cow::Owned(verb);
            }
        }
        // `Batch adding or deleting resource tags`: the next word is a verb again.
        at_verb = matches!(word.as_ref(), "and" | "or" | "batch");
    }
}

/// Words that say nothing that the rest of a title does not.
fn is_filler(word: &str) -> bool {
    let fillers = ["a", "an", "the", "specified", "specific", "certain"];
    fillers
        .iter()
        .any(|filler| filler.eq_ignore_ascii_case(word))
}

/// `image` -> `Image`, `VPC` -> `Vpc`, `APIs` -> `Apis`, `OpenStack` stays.
fn capitalised(word: &str) -> String {
    let acronym = word
        .strip_suffix('s')
        .filter(|stem| stem.len() > 1)
        .unwrap_or(word);
    let all_upper = acronym.chars().all(|c| !c.is_ascii_lowercase());
    let (first, rest) = word.split_at(1);
    let rest = if all_upper {
        rest.to_ascii_lowercase()
    } else {
        rest.to_owned()
    };
    first.to_ascii_uppercase() + &rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_the_image_sharing_page_become_imperatives() {
        for (title, id) in [
            (
                "Adding an Image Member (Native OpenStack API)",
                "AddImageMember",
            ),
            (
                "Updating the Image Sharing Status in Batches (Native OpenStack API)",
                "UpdateImageSharingStatusInBatches",
            ),
            (
                "Querying Image Member Details (Native OpenStack API)",
                "QueryImageMemberDetails",
            ),
            ("Adds image members.", "AddImageMembers"),
            (
                "Updates the status of image members in batches.",
                "UpdateStatusOfImageMembersInBatches",
            ),
        ] {
            assert_eq!(identifier(title).as_deref(), Some(id));
        }
    }

    #[test]
    fn an_acronym_reads_as_a_word_and_a_mixed_name_stays() {
        assert_eq!(identifier("Creating a VPC").as_deref(), Some("CreateVpc"));
        assert_eq!(
            identifier("Querying OpenStack versions").as_deref(),
            Some("QueryOpenStackVersions")
        );
    }

    #[test]
    fn verbs_joined_by_or_are_all_imperatives() {
        let id = identifier("Batch adding or deleting resource tags");
        assert_eq!(id.as_deref(), Some("BatchAddOrDeleteResourceTags"));
    }

    #[test]
    fn verbs_are_the_words_before_what_is_acted_upon() {
        let title = "Batch add tags for a specified EVS disk.";
        assert_eq!(verbs(title).as_deref(), Some("BatchAdd"));
        assert_eq!(verbs("Querying images (v2)").as_deref(), Some("Query"));
        assert_eq!(verbs("Image members"), None);
    }

    #[test]
    fn a_title_without_a_leading_word_gives_no_name() {
        assert_eq!(identifier("(reserved)"), None);
        assert_eq!(identifier("2FA"), None);
        assert_eq!(identifier("Self"), None);
        assert_eq!(identifier("镜像"), None);
    }
}
