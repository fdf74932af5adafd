//! English verb forms: `Adding`, `Adds` and `Add` are one verb to a reader of an API.
//! It knows the verbs that API titles begin with; this module must never touch a noun.

/// Verbs that API titles start with, in the imperative.
///
/// A form is recognised by deriving it from this list, because spelling alone does not tell
/// `creating` (create) from `resetting` (reset) from `listing` (list).
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "abort", "accept", "acknowledge", "activate", "add", "allocate", "allow", "apply", "approve",
    "assign", "associate", "attach", "authorize", "back", "batch", "bind", "block", "call",
    "cancel", "change", "check", "clear", "clone", "close", "collect", "commit", "complete",
    "configure", "confirm", "connect", "convert", "copy", "count", "create", "deactivate",
    "decrypt", "define", "delete", "deny", "deploy", "describe", "detach", "detect", "disable",
    "disassociate", "disconnect", "dissociate", "download", "edit", "enable", "encrypt", "evaluate",
    "execute", "expand", "export", "extend", "filter", "force", "freeze", "generate", "get",
    "grant", "ignore", "import", "initialize", "insert", "inspect", "install", "invoke", "issue",
    "keep", "launch", "list", "load", "lock", "log", "make", "manage", "mark", "merge", "migrate",
    "modify", "monitor", "mount", "move", "name", "obtain", "open", "operate", "order", "parse",
    "pause", "perform", "preview", "process", "promote", "provide", "publish", "purchase", "push",
    "put", "query", "read", "rebuild", "receive", "record", "recover", "refresh", "refuse",
    "register", "reinstall", "reject", "release", "reload", "remove", "rename", "renew", "replace",
    "replicate", "report", "request", "reserve", "reset", "resize", "restart", "restore", "resume",
    "retire", "retrieve", "retry", "return", "revoke", "roll", "rotate", "run", "save", "scale",
    "schedule", "search", "select", "send", "set", "share", "shrink", "shut", "sign", "simulate",
    "specify", "split", "start", "stop", "submit", "subscribe", "suspend", "switch", "synchronize",
    "tag", "take", "terminate", "test", "transfer", "trigger", "unbind", "unblock", "unfreeze",
    "uninstall", "unlock", "unmount", "unpublish", "unreserve", "unset", "unsubscribe", "untag",
    "update", "upgrade", "upload", "use", "validate", "verify", "view", "withdraw", "write",
];

/// Verbs whose last consonant is doubled in the gerund.
#[rustfmt::skip]
const DOUBLING: &[&str] = &[
    "cancel", "commit", "get", "log", "put", "reset", "run", "set", "shut", "split", "stop",
    "submit", "tag", "transfer", "unset", "untag",
];

/// The imperative of a verb in any form that titles use, in lower case; `None` for other words.
///
/// ```text
/// Adding -> add    Deletes -> delete    Querying -> query    Get -> get    Details -> None
/// ```
pub(crate) fn imperative(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    let is = |(stem, end): (&str, &str)| word.strip_prefix(stem) == Some(end);
    let has_form = |verb: &&str| {
        word == **verb || is(gerund(verb)) || is(third_person(verb)) || doubled(verb, &word)
    };
    stems(&word).filter_map(known).find(has_form)
}

/// What a word may be a form of, each in two parts; most of them are no words.
fn stems(word: &str) -> impl Iterator<Item = (&str, &str)> {
    let gerund = word.strip_suffix("ing");
    let undoubled = gerund.and_then(|stem| stem.char_indices().next_back());
    let stems = [
        Some((word, "")),
        gerund.map(|stem| (stem, "")),
        gerund.map(|stem| (stem, "e")),
        undoubled.map(|(at, _)| (&word[..at], "")),
        word.strip_suffix("ies").map(|stem| (stem, "y")),
        word.strip_suffix("es").map(|stem| (stem, "")),
        word.strip_suffix('s').map(|stem| (stem, "")),
    ];
    stems.into_iter().flatten()
}

fn known((stem, end): (&str, &str)) -> Option<&'static str> {
    let order = |verb: &&str| verb.bytes().cmp(stem.bytes().chain(end.bytes()));
    VERBS.binary_search_by(order).ok().map(|at| VERBS[at])
}

/// Whether the word is the gerund of any verb, listed or not: title words in `-ing` at the place of
/// the verb always are.
pub(super) fn from_unlisted_gerund(word: &str) -> Option<String> {
    let word = word.to_ascii_lowercase();
    let stem = word.strip_suffix("ing").filter(|stem| stem.len() > 2)?;
    Some(with_its_ending(stem))
}

/// A verb from the stem of its gerund: `dropp` (drop), `bak` (bake), `leav` (leave), `bind`.
fn with_its_ending(stem: &str) -> String {
    let is_vowel = |c: &char| "aeiouy".contains(*c);
    let letters: Vec<char> = stem.chars().collect();
    let [.., before, last] = letters[..] else {
        return stem.to_owned();
    };
    if before == last && !is_vowel(&last) && !"lsz".contains(last) {
        return stem[..stem.len() - last.len_utf8()].to_owned();
    }
    // One short syllable would have doubled its consonant, so an `e` was left out.
    let vowels = letters.iter().filter(|c| is_vowel(c)).count();
    let closed = vowels == 1 && is_vowel(&before) && !is_vowel(&last) && !"wx".contains(last);
    let silent = SILENT.iter().any(|end| stem.ends_with(end))
        && !letters.iter().rev().nth(2).is_some_and(is_vowel);
    let always = last == 'v' || last == 'c' || (last == 's' && before != 's') || last == 'u';
    if closed || silent || always {
        format!("{stem}e")
    } else {
        stem.to_owned()
    }
}

/// Ends of stems of several syllables that have lost an `e`: `measur`, `updat`, `provid`.
const SILENT: [&str; 9] = ["ad", "at", "id", "ir", "iz", "ur", "ut", "dg", "rg"];

fn gerund(verb: &str) -> (&str, &str) {
    let stem = verb
        .strip_suffix('e')
        .filter(|stem| !stem.ends_with(['e', 'o', 'y']))
        .unwrap_or(verb);
    (stem, "ing")
}

fn doubled(verb: &str, word: &str) -> bool {
    let end = word.strip_prefix(verb).zip(verb.chars().next_back());
    let doubles = end.is_some_and(|(end, last)| end.strip_prefix(last) == Some("ing"));
    doubles && DOUBLING.contains(&verb)
}

fn third_person(verb: &str) -> (&str, &str) {
    match verb.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => (stem, "ies"),
        _ if verb.ends_with(['s', 'x', 'z']) || verb.ends_with("ch") || verb.ends_with("sh") => {
            (verb, "es")
        }
        _ => (verb, "s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_that_titles_use_becomes_the_imperative() {
        for (form, verb) in [
            ("Adding", "add"),
            ("Adds", "add"),
            ("Deletes", "delete"),
            ("Creating", "create"),
            ("Querying", "query"),
            ("Queries", "query"),
            ("Resetting", "reset"),
            ("Modifying", "modify"),
            ("Attaches", "attach"),
            ("Unbinding", "unbind"),
            ("Get", "get"),
        ] {
            assert_eq!(imperative(form), Some(verb), "{form}");
        }
    }

    #[test]
    fn an_unlisted_gerund_gets_back_what_its_spelling_dropped() {
        for (gerund, verb) in [
            ("Baking", "bake"),
            ("Hiding", "hide"),
            ("Leaving", "leave"),
            ("Dropping", "drop"),
            ("Passing", "pass"),
            ("Measuring", "measure"),
            ("Calculating", "calculate"),
            ("Heating", "heat"),
            ("Bending", "bend"),
            ("Entering", "enter"),
            ("Draining", "drain"),
            ("Showing", "show"),
        ] {
            assert_eq!(from_unlisted_gerund(gerund).as_deref(), Some(verb));
        }
        assert_eq!(from_unlisted_gerund("Ring"), None);
    }

    #[test]
    fn nouns_are_left_alone() {
        for noun in ["Details", "Images", "Thing", "Status", "VPC"] {
            assert_eq!(imperative(noun), None, "{noun}");
        }
    }

    #[test]
    fn the_lists_are_sorted_and_every_doubling_verb_is_listed() {
        assert!(VERBS.is_sorted() && DOUBLING.is_sorted());
        assert!(DOUBLING.iter().all(|verb| imperative(verb) == Some(*verb)));
    }
}
