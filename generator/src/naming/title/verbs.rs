//! The verbs of a title, in the imperative: those that it begins with, and those that follow an object.

use super::is;
use super::tokens::Token;
use crate::words::{capitalised, imperative, is_gerund, is_verb};

/// Words before a verb that belong to it. All words that end with `ly` belong to it too.
const ADVERBS: [&str; 8] = ["batch", "cold", "early", "hot", "live", "pre", "re", "self"];

/// Removes the verbs at the beginning of the title, the verbs joined to them by commas, `and`, `or` and a
/// slash, and the words that belong to them.
pub(super) fn take_verbs(tokens: &mut Vec<Token>) -> Vec<String> {
    let mut verbs: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(found) = verb_at(tokens, at) {
        for token in &tokens[at..found] {
            verbs.push(token.text.clone());
        }
        let written = &tokens[found].text;
        let verb = imperative(written);
        verbs.push(verb.unwrap_or(written).to_owned());
        at = found + 1;
        // `rolling back`, `scaling out/in`
        let belongs = |at: usize| {
            let word = tokens.get(at).map_or("", |token| token.text.as_str());
            let particle = word.to_ascii_lowercase();
            PHRASAL.contains(&(verb.unwrap_or_default(), particle.as_str()))
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
            // The object may begin with a noun that looks like a verb, so only a gerund follows a gerund.
            !is_gerund(&tokens[found].text) || is_gerund(&tokens[next].text)
        });
        if !another {
            break;
        }
        // `executing, enabling, or disabling`: each comma is an alternative.
        let said = tokens[at..joined].iter().find(|token| !token.is_break());
        verbs.push(said.map_or("or", |token| token.text.as_str()).to_owned());
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

/// The place of a verb at or after `at`, if only adverbs are before it.
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

/// Where the words after commas, `and`, `or` and a slash at `at` begin.
fn joint_at(tokens: &[Token], at: usize) -> Option<usize> {
    let joins = |token: &&Token| token.is_break() || is(&["and", "or"], &token.text);
    let count = tokens.get(at..)?.iter().take_while(joins).count();
    (count > 0).then_some(at + count)
}

/// Puts verbs that follow the object of another verb into the imperative: `adding tags to or deleting tags
/// from`.
pub(super) fn later_verbs(tokens: &mut [Token], begins_with_verb: bool) -> Vec<String> {
    let mut verbs = Vec::new();
    for at in 1..tokens.len() {
        let joins = is(&["or", "and"], &tokens[at - 1].text) || tokens[at - 1].text == "/";
        // `a paused or running task`
        let adjective = at > 1 && tokens[at - 2].text.ends_with("ed");
        if begins_with_verb && joins && !adjective && is_gerund(&tokens[at].text) {
            if let Some(verb) = imperative(&tokens[at].text) {
                verb.clone_into(&mut tokens[at].text);
                verbs.push(capitalised(verb));
            }
            if tokens[at - 1].text == "/" {
                "or".clone_into(&mut tokens[at - 1].text);
            }
        }
    }
    verbs
}
