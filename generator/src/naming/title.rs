//! What a title says: its verbs, and the object that they act upon. `Adding an Image Member (Native OpenStack
//! API)` is `Add` and `ImageMember`. A pure function of the title. Other operations do not matter.

mod tokens;
mod verbs;

use self::tokens::{Token, first_sentence, split_tail, take_batch, tokens, without_parentheses};
use self::verbs::{later_verbs, take_verbs};
use crate::words::{is_gerund, is_plural, singular};

/// A title, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TitleParts {
    /// Its verbs in the imperative, as they are written in a name: `["Add", "Or", "Delete"]`. It is empty if
    /// the title begins with another word.
    pub(super) verbs: Vec<String>,
    /// The verbs that follow an object: `Delete` of `adding tags to or deleting tags from a server`.
    pub(super) later: Vec<String>,
    /// Whether it says that several things are acted upon in one call: `in batches`.
    pub(super) batch: bool,
    /// The words after the verbs, without fillers.
    pub(super) object: Vec<String>,
    /// The words of the parentheses at its end.
    pub(super) tail: Vec<String>,
}

/// Words that add nothing to the rest of a title.
const FILLERS: [&str; 8] = [
    "a",
    "an",
    "the",
    "specified",
    "specific",
    "certain",
    "given",
    "particular",
];

/// Words that begin a phrase that describes the object: `tags of a gateway`, `APIs bound to an app`.
const PREPOSITIONS: [&str; 31] = [
    "about",
    "across",
    "after",
    "among",
    "as",
    "at",
    "based",
    "before",
    "between",
    "bound",
    "by",
    "corresponding",
    "during",
    "for",
    "from",
    "in",
    "into",
    "of",
    "on",
    "over",
    "that",
    "through",
    "to",
    "under",
    "using",
    "via",
    "which",
    "who",
    "whose",
    "with",
    "within",
];

/// What wraps an object in a title that asks for it: `details of an API` is the API.
const WRAPPERS: [&str; 4] = ["detail", "details", "information", "list"];

impl TitleParts {
    /// Takes a title apart. Of several sentences, the first one counts.
    pub(super) fn read(title: &str) -> TitleParts {
        let (sentence, tail) = split_tail(first_sentence(title));
        let mut tokens = tokens(&without_parentheses(sentence));
        let batch = take_batch(&mut tokens);
        let verbs = take_verbs(&mut tokens);
        let later = later_verbs(&mut tokens, !verbs.is_empty());
        single(&mut tokens);
        let said = |token: &&Token| !token.is_break() && !is_filler(&token.text);
        let object = tokens.iter().filter(said).map(|token| token.text.clone());
        TitleParts {
            batch: batch || verbs.first().is_some_and(|verb| verb == "Batch"),
            verbs: verbs.into_iter().filter(|verb| verb != "Batch").collect(),
            object: without_numbers_of_things(object.collect()),
            later,
            tail: words(tail),
        }
    }

    /// The object without the words that only wrap it, and whether the title says that it is a list: `the
    /// threshold rule list` is `threshold rule`, `details about all ECSs` is `ECSs`.
    pub(super) fn unwrapped(&self) -> (Vec<String>, bool) {
        let mut object = self.object.as_slice();
        let mut list = false;
        while let [first, of, rest @ ..] = object
            && !rest.is_empty()
            && is(&WRAPPERS, first)
            && is(&["of", "about", "on", "for"], of)
        {
            list |= first.eq_ignore_ascii_case("list");
            object = rest;
        }
        // `detailed information about disks`
        if let [kind, first, of, rest @ ..] = object
            && !rest.is_empty()
            && is(&["brief", "detailed"], kind)
            && first.eq_ignore_ascii_case("information")
            && is(&["about", "on", "of"], of)
        {
            object = rest;
        }
        if let [all, rest @ ..] = object
            && !rest.is_empty()
            && all.eq_ignore_ascii_case("all")
        {
            object = rest;
        }
        let mut object = without_key(object).to_vec();
        let mut head = head(&object);
        while head > 1 && is(&["detail", "details", "list", "lists"], &object[head - 1]) {
            list |= object[head - 1].to_ascii_lowercase().starts_with("list");
            object.remove(head - 1);
            head -= 1;
        }
        (object, list)
    }

    /// The object as the title writes it, with the wrapper after it: `ECS details` of `details about ECSs`. A
    /// list is not a separate thing.
    pub(super) fn wrapped(&self) -> Vec<String> {
        let object = match self.object.as_slice() {
            [list, of, object @ ..]
                if list.eq_ignore_ascii_case("list") && is(&["of"], of) && !object.is_empty() =>
            {
                object
            }
            object => object,
        };
        match object {
            [wrapper, of, object @ ..]
                if is(&["details", "information"], wrapper)
                    && is(&["of", "about", "on"], of)
                    && !object.is_empty()
                    && head(object) == object.len() =>
            {
                let mut object = object.to_vec();
                if let Some(last) = object.last_mut() {
                    *last = singular(last);
                }
                object.push(wrapper.clone());
                object
            }
            object => object.to_vec(),
        }
    }
}

/// The object without `by ID` or `based on the alarm rule ID`, which the path says.
fn without_key(object: &[String]) -> &[String] {
    let by = object.iter().position(|word| is(&["by", "based"], word));
    match (by, object.last()) {
        (Some(at), Some(last)) if at > 0 && last.eq_ignore_ascii_case("id") => &object[..at],
        _ => object,
    }
}

/// How many words an object has before the first phrase that describes it. The last of them is its noun.
pub(super) fn head(object: &[String]) -> usize {
    let begins_phrase = |at: &usize| {
        let word = &object[*at];
        // `versions supported by ..`, `projects accessible to ..`, `APIs not bound to ..`
        let ends = ["ed", "able", "ible"].iter().any(|end| word.ends_with(end));
        let participle = ends || is_gerund(word) || is(&["not"], word);
        is(&PREPOSITIONS, word) || (participle && is_plural(&object[at - 1]))
    };
    (1..object.len())
        .find(begins_phrase)
        .unwrap_or(object.len())
}

fn is(words: &[&str], word: &str) -> bool {
    words.iter().any(|other| other.eq_ignore_ascii_case(word))
}

fn is_filler(word: &str) -> bool {
    is(&FILLERS, word)
}

/// The object without `one or more`, which its plural says too.
fn without_numbers_of_things(mut object: Vec<String>) -> Vec<String> {
    let one_or_more = |words: &[String]| {
        matches!(words, [one, or, many] if one.eq_ignore_ascii_case("one")
            && or.eq_ignore_ascii_case("or")
            && is(&["more", "multiple", "several"], many))
    };
    if let Some(at) = object.windows(3).position(one_or_more) {
        object.drain(at..at + 3);
    }
    object
}

/// What a title says that an operation does.
#[cfg(feature = "reference")]
pub(crate) struct Deed {
    /// Its first verb, in the imperative.
    pub(crate) verb: Option<String>,
    /// The thing that it acts upon: `security group rule` of `Creating a Security Group Rule for a Port`.
    pub(crate) object: Vec<String>,
    /// Whether it acts upon several at once: `in batches`.
    pub(crate) batch: bool,
}

/// What a title says that an operation does.
#[cfg(feature = "reference")]
pub(crate) fn deed(title: &str) -> Deed {
    let parts = TitleParts::read(title);
    let (mut object, _) = parts.unwrapped();
    object.truncate(if object.is_empty() { 0 } else { head(&object) });
    Deed {
        verb: parts.verbs.into_iter().next(),
        object,
        batch: parts.batch,
    }
}

/// Whether the noun of an object means several.
pub(super) fn means_several(object: &[String]) -> bool {
    object[..head(object)]
        .last()
        .is_some_and(|noun| is_plural(noun))
}

/// The words of a text that is not a sentence.
pub(super) fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Removes `single` from `a single disk`, because the singular says it, and keeps it in `from single to
/// cluster`.
fn single(tokens: &mut Vec<Token>) {
    let pair = |pair: &[Token]| is(&["a", "the"], &pair[0].text) && is(&["single"], &pair[1].text);
    if let Some(at) = tokens.windows(2).position(pair) {
        tokens.remove(at + 1);
    }
}

#[cfg(test)]
mod tests;
