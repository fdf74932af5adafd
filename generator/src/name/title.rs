//! What a title says: its verbs, and the object that they act upon. `Adding an Image Member (Native
//! OpenStack API)` is `Add` and `ImageMember`. A pure function of the title; no other operation has a say.

use crate::words::{capitalised, imperative, is_gerund, is_plural, is_verb, singular};

/// A title, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Title {
    /// Its verbs in the imperative, as they are written in a name: `["Add", "Or", "Delete"]`. Empty where the
    /// title begins with another word.
    pub(super) verbs: Vec<String>,
    /// The verbs that follow an object: `Delete` of `adding tags to or deleting tags from a server`.
    pub(super) later: Vec<String>,
    /// Whether it says that several things are acted upon in one call: `in batches`.
    pub(super) batch: bool,
    /// The words after the verbs, without those that say nothing.
    pub(super) object: Vec<String>,
    /// The words of the parentheses at its end.
    pub(super) tail: Vec<String>,
}

/// Words that say nothing that the rest of a title does not.
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

/// Words that stand before a verb and belong to it; so do all that end with `ly`.
const ADVERBS: [&str; 8] = ["batch", "cold", "early", "hot", "live", "pre", "re", "self"];

/// Words that belong to the verb before them: `scaling out`.
const PARTICLES: [&str; 9] = [
    "back", "down", "in", "off", "on", "out", "over", "through", "up",
];

/// Where a phrase begins that describes the object: `tags of a gateway`, `APIs bound to an app`.
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

impl Title {
    /// Takes a title apart. Of several sentences, the first one counts.
    pub(super) fn read(title: &str) -> Title {
        let (sentence, tail) = split_tail(first_sentence(title));
        let mut tokens = tokens(&without_parentheses(sentence));
        let batch = take_batch(&mut tokens);
        let verbs = take_verbs(&mut tokens);
        let later = later_verbs(&mut tokens, !verbs.is_empty());
        single(&mut tokens);
        let said = |token: &&Token| !token.is_break() && !is_filler(&token.text);
        let object = tokens.iter().filter(said).map(|token| token.text.clone());
        Title {
            batch: batch || verbs.first().is_some_and(|verb| verb == "Batch"),
            verbs: verbs.into_iter().filter(|verb| verb != "Batch").collect(),
            object: without_numbers_of_things(object.collect()),
            later,
            tail: words(tail),
        }
    }

    /// The object without what only wraps it in a title that asks for it, and whether the title says that
    /// it is a list: `the threshold rule list` is `threshold rule`, `details about all ECSs` is `ECSs`.
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
        let mut object = object.to_vec();
        let mut head = head(&object);
        while head > 1 && is(&["detail", "details", "list", "lists"], &object[head - 1]) {
            list |= object[head - 1].to_ascii_lowercase().starts_with("list");
            object.remove(head - 1);
            head -= 1;
        }
        (object, list)
    }

    /// The object as the title writes it, its wrapper after it: `ECS details` of `details about ECSs`. A list
    /// is not a thing of its own.
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

/// How many words an object has before the first phrase that describes it; the last of them is its noun.
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

/// A title has one sentence; where it has more, the first one says what is done.
fn first_sentence(title: &str) -> &str {
    let title = title.trim();
    let end = title.find(". ").unwrap_or(title.len());
    title[..end].trim_end_matches('.')
}

/// The title without its parentheses, and the text of the last ones at its end.
fn split_tail(title: &str) -> (&str, &str) {
    let mut rest = title;
    let mut tail = "";
    while let Some((before, inner)) = rest
        .strip_suffix(')')
        .and_then(|inner| Some((&inner[..inner.rfind('(')?], &inner[inner.rfind('(')? + 1..])))
    {
        if tail.is_empty() {
            tail = inner;
        }
        rest = before.trim_end().trim_end_matches('.');
    }
    (rest, tail)
}

/// `a whitelist (formerly a filter) rule` is a whitelist rule.
fn without_parentheses(sentence: &str) -> String {
    let mut depth = 0_usize;
    let outside = |letter: &char| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    sentence.chars().filter(outside).collect()
}

/// A word of a title, or a mark between its words.
#[derive(Clone, Debug)]
struct Token {
    text: String,
}

impl Token {
    /// Whether it is the comma or the slash between two alternatives.
    fn is_break(&self) -> bool {
        matches!(self.text.as_str(), "," | "/")
    }
}

/// The ASCII words with the commas and slashes between them. `image's` is `image`, `O&M` one word, and so is
/// `plug-in`.
fn tokens(sentence: &str) -> Vec<Token> {
    let plain = sentence
        .replace("'s ", " ")
        .replace("s' ", "s ")
        .replace('’', "'");
    let mut tokens: Vec<Token> = Vec::new();
    let mut word = String::new();
    let mut joined = false;
    let push = |word: &mut String, joined: bool, tokens: &mut Vec<Token>| {
        if word.is_empty() {
            return;
        }
        let text = std::mem::take(word);
        let particle = [
            "in", "ins", "on", "ons", "off", "offs", "up", "ups", "out", "outs",
        ];
        match tokens.last_mut() {
            Some(last) if joined && particle.contains(&text.as_str()) => last.text += &text,
            _ => tokens.push(Token { text }),
        }
    };
    let mut letters = plain.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            letter if letter.is_ascii_alphanumeric() => word.push(letter),
            // `O&M`
            '&' if word.len() == 1 && letters.peek().is_some_and(char::is_ascii_uppercase) => {}
            ',' | '/' => {
                push(&mut word, joined, &mut tokens);
                joined = false;
                tokens.push(Token {
                    text: letter.into(),
                });
            }
            _ => {
                push(&mut word, joined, &mut tokens);
                joined = letter == '-';
            }
        }
    }
    push(&mut word, joined, &mut tokens);
    tokens
}

/// The words of a text that is not a sentence.
pub(super) fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Takes `in batches`, `in a batch` and `in batch` out.
fn take_batch(tokens: &mut Vec<Token>) -> bool {
    let mut found = false;
    let mut at = 0;
    while at < tokens.len() {
        let word = |offset: usize| {
            tokens
                .get(at + offset)
                .map_or("", |token| token.text.as_str())
        };
        let article = usize::from(is(&["a", "an"], word(1)));
        if word(0).eq_ignore_ascii_case("in")
            && is(&["batch", "batches", "bulk"], word(1 + article))
        {
            tokens.drain(at..at + 2 + article);
            found = true;
        } else {
            at += 1;
        }
    }
    found
}

/// Takes the verbs that the title begins with, those joined to them by commas, `and`, `or` and a slash,
/// and the words that belong to them.
fn take_verbs(tokens: &mut Vec<Token>) -> Vec<String> {
    let mut verbs: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(found) = verb_at(tokens, at) {
        for token in &tokens[at..found] {
            verbs.push(token.text.clone());
        }
        let written = &tokens[found].text;
        verbs.push(imperative(written).unwrap_or(written).to_owned());
        at = found + 1;
        // `rolling back`, `scaling out/in`
        let belongs = |at: usize| {
            let word = tokens.get(at).map_or("", |token| token.text.as_str());
            let verb = (imperative(&tokens[found].text).unwrap_or_default(), word);
            is(&PARTICLES, word) && PHRASAL.contains(&(verb.0, word.to_ascii_lowercase().as_str()))
        };
        if belongs(at) {
            verbs.push(tokens[at].text.clone());
            at += 1;
            if tokens.get(at).is_some_and(Token::is_break) && belongs(at + 1) {
                verbs.push("or".to_owned());
                verbs.push(tokens[at + 1].text.clone());
                at += 2;
            }
        }
        let Some(joined) = joint_at(tokens, at) else {
            break;
        };
        let another = verb_at(tokens, joined).is_some_and(|next| {
            // The object may begin with a noun that a verb is like: only a gerund follows a gerund.
            !is_gerund(&tokens[found].text) || is_gerund(&tokens[next].text)
        });
        if !another {
            break;
        }
        verbs.extend(
            tokens[at..joined]
                .iter()
                .filter(|token| !token.is_break())
                .map(|token| token.text.clone()),
        );
        if tokens[at..joined].iter().any(|token| token.text == "/") {
            verbs.push("or".to_owned());
        }
        at = joined;
    }
    tokens.drain(..at);
    let capital = |verb: String| capitalised(&verb.to_ascii_lowercase());
    verbs.into_iter().map(capital).collect()
}

/// Verbs with a particle that changes what they mean.
const PHRASAL: [(&str, &str); 17] = [
    ("back", "up"),
    ("call", "back"),
    ("clean", "up"),
    ("log", "in"),
    ("log", "out"),
    ("power", "off"),
    ("roll", "back"),
    ("scale", "down"),
    ("scale", "in"),
    ("scale", "out"),
    ("scale", "up"),
    ("shut", "down"),
    ("sign", "in"),
    ("sign", "out"),
    ("switch", "over"),
    ("turn", "off"),
    ("turn", "on"),
];

/// The place of a verb at or after `at`, with adverbs before it only.
fn verb_at(tokens: &[Token], at: usize) -> Option<usize> {
    let mut at = at;
    loop {
        let word = &tokens.get(at)?.text;
        let next = tokens.get(at + 1).map_or("", |token| token.text.as_str());
        let adverb = is(&ADVERBS, word) || (word.len() > 4 && word.ends_with("ly"));
        if adverb && is_verb(next) {
            at += 1;
        } else if is_verb(word) {
            return Some(at);
        } else {
            return None;
        }
    }
}

/// Where the words behind commas, `and`, `or` and a slash at `at` begin.
fn joint_at(tokens: &[Token], at: usize) -> Option<usize> {
    let joins = |token: &&Token| token.is_break() || is(&["and", "or"], &token.text);
    let joints = tokens.get(at..)?.iter().take_while(joins).count();
    (joints > 0).then_some(at + joints)
}

/// Puts a verb into the imperative that follows the object of another: `adding tags to or deleting tags
/// from`.
fn later_verbs(tokens: &mut [Token], begins_with_verb: bool) -> Vec<String> {
    let mut verbs = Vec::new();
    for at in 1..tokens.len() {
        let joins = is(&["or", "and"], &tokens[at - 1].text) || tokens[at - 1].text == "/";
        // `a paused or running task`
        let adjective = at > 1 && tokens[at - 2].text.ends_with("ed");
        if begins_with_verb && joins && !adjective && is_gerund(&tokens[at].text) {
            if let Some(verb) = imperative(&tokens[at].text) {
                tokens[at].text = verb.to_owned();
                verbs.push(capitalised(verb));
            }
            if tokens[at - 1].text == "/" {
                tokens[at - 1].text = "or".to_owned();
            }
        }
    }
    verbs
}

/// Takes `single` out of `a single disk`, which the singular says, and leaves it in `from single to cluster`.
fn single(tokens: &mut Vec<Token>) {
    let pair = |pair: &[Token]| is(&["a", "the"], &pair[0].text) && is(&["single"], &pair[1].text);
    if let Some(at) = tokens.windows(2).position(pair) {
        tokens.remove(at + 1);
    }
}

/// The object without `one or more`, which its plural says.
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

/// Whether the noun of an object means several.
pub(super) fn means_several(object: &[String]) -> bool {
    object[..head(object)]
        .last()
        .is_some_and(|noun| is_plural(noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(title: &str) -> (String, String) {
        let title = Title::read(title);
        (title.verbs.concat(), title.object.join(" "))
    }

    #[test]
    fn verbs_are_the_words_before_what_is_acted_upon() {
        for (title, verbs, object) in [
            (
                "Adding an Image Member (Native OpenStack API)",
                "Add",
                "Image Member",
            ),
            (
                "Batch adding or deleting resource tags",
                "AddOrDelete",
                "resource tags",
            ),
            (
                "Executing, enabling, or disabling an AS policy",
                "ExecuteEnableOrDisable",
                "AS policy",
            ),
            ("Scaling out/in a queue", "ScaleOutOrIn", "queue"),
            (
                "Rolling back IP address switching",
                "RollBack",
                "IP address switching",
            ),
            ("Cold migrating an ECS", "ColdMigrate", "ECS"),
            ("Forcibly deleting a plug-in", "ForciblyDelete", "plugin"),
            ("Reporting events and alarms", "Report", "events and alarms"),
            (
                "Restarting a paused or running task",
                "Restart",
                "paused or running task",
            ),
            ("Image members", "", "Image members"),
            ("镜像", "", ""),
        ] {
            assert_eq!(
                read(title),
                (verbs.to_owned(), object.to_owned()),
                "{title}"
            );
        }
    }

    #[test]
    fn a_verb_that_follows_an_object_is_told() {
        let title = Title::read("Adding tags to or deleting tags from a load balancer in batches");
        assert_eq!(
            (title.verbs.concat(), title.later.concat()),
            ("Add".into(), "Delete".into())
        );
        assert!(title.batch);
        let title =
            Title::read("Adding tags to an ECS in a batch/Deleting tags from an ECS in a batch");
        assert_eq!(
            title.object.join(" "),
            "tags to ECS or delete tags from ECS"
        );
    }

    #[test]
    fn one_sentence_counts_and_parentheses_do_not() {
        assert_eq!(read("Lists ovens. Broken ones are listed too.").1, "ovens");
        assert_eq!(
            read("Creating a list (formerly a filter) rule (V2).").1,
            "list rule"
        );
        assert_eq!(
            Title::read("Querying a User (Recommended)").tail,
            ["Recommended"]
        );
    }

    #[test]
    fn what_only_wraps_an_object_is_taken_off() {
        for (title, object, list) in [
            ("Querying the threshold rule list", "threshold rule", true),
            (
                "Obtaining the list of instance users",
                "instance users",
                true,
            ),
            ("Querying details about all ECSs", "ECSs", false),
            ("Querying API group details", "API group", false),
            ("Querying brief information about disks", "disks", false),
            ("Querying details of a tag of a disk", "tag of disk", false),
            ("Querying the list", "list", false),
        ] {
            let (unwrapped, listed) = Title::read(title).unwrapped();
            assert_eq!(
                (unwrapped.join(" ").as_str(), listed),
                (object, list),
                "{title}"
            );
        }
        let wrapped = Title::read("Querying details about ECSs").wrapped();
        assert_eq!(wrapped, ["ECS", "details"]);
    }

    #[test]
    fn the_noun_stands_before_the_phrase_that_describes_it() {
        for (object, several) in [
            ("tags of disk", true),
            ("APIs not bound to app", true),
            ("versions supported by service", true),
            ("projects accessible to users", true),
            ("number of instances", false),
            ("shared images", true),
        ] {
            let words: Vec<String> = object.split(' ').map(str::to_owned).collect();
            assert_eq!(means_several(&words), several, "{object}");
        }
    }
}
