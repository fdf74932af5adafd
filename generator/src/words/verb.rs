//! English verb forms: `Adding`, `Adds` and `Add` are one verb to a reader of an API.
//! A verb comes from the table below. A word that the table lacks keeps its form, so no base form is guessed.

/// Verbs that titles of APIs use, in the imperative.
///
/// A form is recognised by deriving it from this list, because spelling alone does not tell
/// `creating` (create) from `resetting` (reset) from `listing` (list).
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "abandon", "abort", "accelerate", "accept", "access", "achieve", "acknowledge", "acquire",
    "activate", "adapt", "add", "adjust", "advertise", "aggregate", "alert", "align", "allocate",
    "allow", "alter", "analyze", "annotate", "announce", "answer", "append", "apply", "approve",
    "archive", "arrange", "ask", "assemble", "assess", "assign", "associate", "assume", "attach",
    "audit", "authenticate", "authorize", "back", "backup", "bake", "balance", "ban", "batch", "begin",
    "bill", "bind", "block", "boot", "break", "broadcast", "browse", "build", "buy", "cache",
    "calculate", "calibrate", "call", "cancel", "capture", "cascade", "certify", "change", "charge",
    "check", "choose", "claim", "classify", "clean", "clear", "clone", "close", "collect", "combine",
    "commit", "compare", "compile", "complete", "compress", "compute", "conclude", "configure",
    "confirm", "connect", "construct", "consume", "contact", "continue", "control", "convert", "copy",
    "correct", "count", "cover", "create", "customize", "cut", "deactivate", "debug", "decline",
    "decode", "decommission", "decompress", "decouple", "decrease", "decrypt", "define", "degrade",
    "delay", "delegate", "delete", "deliver", "demote", "deny", "deploy", "deprecate", "deregister",
    "derive", "describe", "detach", "detect", "determine", "diagnose", "disable", "disallow",
    "disassociate", "discard", "disconnect", "discover", "dismiss", "dispatch", "display", "dissociate",
    "distribute", "downgrade", "download", "drain", "draw", "drop", "dump", "duplicate", "edit",
    "eject", "elect", "eliminate", "embed", "empty", "emulate", "enable", "encode", "encrypt", "end",
    "enforce", "enlarge", "enqueue", "enroll", "enter", "erase", "escalate", "establish", "estimate",
    "evacuate", "evaluate", "evict", "examine", "exchange", "exclude", "execute", "exempt", "exit",
    "expand", "expire", "explain", "explore", "export", "expose", "extend", "extract", "fail", "fence",
    "fetch", "fill", "filter", "finalize", "find", "finish", "fix", "flush", "follow", "force",
    "forecast", "format", "forward", "freeze", "generate", "get", "grant", "group", "grow", "handle",
    "hibernate", "hide", "hold", "identify", "ignore", "implement", "import", "improve", "include",
    "increase", "index", "infer", "inherit", "initialize", "initiate", "inject", "inquire", "insert",
    "inspect", "install", "instantiate", "integrate", "interrupt", "invalidate", "invite", "invoke",
    "isolate", "issue", "iterate", "join", "keep", "kill", "label", "launch", "leave", "limit", "link",
    "list", "load", "lock", "log", "look", "maintain", "make", "manage", "map", "mark", "mask", "match",
    "measure", "merge", "migrate", "mirror", "modify", "monitor", "mount", "move", "mute", "name",
    "negotiate", "notify", "observe", "obtain", "offer", "open", "operate", "optimize", "orchestrate",
    "order", "organize", "override", "overwrite", "package", "parse", "patch", "pause", "peer",
    "perform", "permit", "persist", "pin", "ping", "place", "plan", "play", "poll", "populate", "post",
    "power", "predict", "prepare", "preview", "print", "prioritize", "process", "prolong", "promote",
    "prompt", "propagate", "protect", "provide", "provision", "prune", "publish", "pull", "purchase",
    "purge", "push", "put", "quarantine", "query", "queue", "quit", "raise", "randomize", "read",
    "reassign", "reattach", "rebalance", "reboot", "rebuild", "recalculate", "receive", "reclaim",
    "recognize", "recommend", "reconcile", "reconfigure", "reconnect", "record", "recover", "recreate",
    "recycle", "redeem", "redeploy", "redirect", "redistribute", "redo", "reduce", "refer", "refresh",
    "refuse", "regenerate", "register", "reinstall", "reject", "release", "reload", "relocate",
    "remind", "remove", "rename", "render", "renew", "reopen", "reorder", "repair", "replace", "replay",
    "replicate", "reply", "report", "reprotect", "request", "rerun", "rescue", "resend", "reserve",
    "reset", "resize", "resolve", "respond", "restart", "restore", "restrict", "resubmit", "resume",
    "retain", "retire", "retrieve", "retry", "return", "reuse", "reverse", "revert", "review", "revoke",
    "rewrite", "roll", "rotate", "route", "run", "sample", "save", "scale", "scan", "schedule", "score",
    "scrape", "search", "secure", "select", "send", "separate", "sequence", "serve", "set", "shape",
    "share", "shelve", "shift", "show", "shrink", "shuffle", "shut", "shutdown", "sign", "signal",
    "simulate", "skip", "sort", "specify", "split", "stage", "start", "stop", "store", "stream",
    "submit", "subscribe", "summarize", "supply", "support", "suppress", "suspend", "swap", "switch",
    "sync", "synchronize", "tag", "take", "terminate", "test", "throttle", "track", "train", "transfer",
    "transform", "translate", "trigger", "trim", "truncate", "try", "tune", "turn", "unassign",
    "unbind", "unblock", "undelete", "undeploy", "undo", "unfreeze", "uninstall", "unlink", "unlock",
    "unmark", "unmount", "unmute", "unpause", "unprotect", "unpublish", "unregister", "unrescue",
    "unreserve", "unset", "unshare", "unshelve", "unsubscribe", "untag", "update", "upgrade", "upload",
    "use", "validate", "verify", "view", "visualize", "wait", "wake", "warm", "watch", "withdraw",
    "write",
];

/// Verbs whose last consonant is doubled in the gerund. British spelling doubles an `l` as well.
#[rustfmt::skip]
const DOUBLING: &[&str] = &[
    "ban", "begin", "cancel", "commit", "control", "cut", "debug", "drop", "embed", "enroll", "format",
    "get", "infer", "label", "log", "map", "permit", "pin", "plan", "put", "quit", "refer", "rerun", "reset",
    "resubmit", "run", "scan", "set", "shut", "signal", "skip", "split", "stop", "submit", "swap", "tag",
    "transfer", "trim", "unset", "untag",
];

/// British spelling beside the table's.
const SPELLINGS: &[(&str, &str)] = &[
    ("analyse", "analyze"),
    ("authorise", "authorize"),
    ("customise", "customize"),
    ("enrol", "enroll"),
    ("finalise", "finalize"),
    ("initialise", "initialize"),
    ("optimise", "optimize"),
    ("organise", "organize"),
    ("prioritise", "prioritize"),
    ("recognise", "recognize"),
    ("summarise", "summarize"),
    ("synchronise", "synchronize"),
    ("visualise", "visualize"),
];

/// The imperative of a verb in any form that titles use, in lower case; `None` for other words.
///
/// ```text
/// Adding -> add    Deletes -> delete    Querying -> query    Get -> get    Details -> None
/// ```
pub(crate) fn imperative(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    let has_form = |verb: &str| {
        let is = |(stem, end): (&str, &str)| word.strip_prefix(stem) == Some(end);
        word == verb || is(gerund(verb)) || is(third_person(verb)) || doubled(verb, &word)
    };
    stems(&word)
        .filter_map(known)
        .find(|(form, _)| has_form(form))
        .map(|(_, verb)| verb)
}

/// Whether a word is the gerund of a verb of the table: `Deleting`, and neither `String` nor `Delete`.
pub(crate) fn is_gerund(word: &str) -> bool {
    let ends = word
        .len()
        .checked_sub(3)
        .and_then(|at| word.get(at..))
        .is_some_and(|end| end.eq_ignore_ascii_case("ing"));
    ends && imperative(word).is_some_and(|verb| !verb.eq_ignore_ascii_case(word))
}

/// What a word may be a form of, each in two parts; most of them are not words.
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

/// A base form of the tables as it is spelt, and as the first table spells it.
fn known((stem, end): (&str, &str)) -> Option<(&'static str, &'static str)> {
    let order = |verb: &str| verb.bytes().cmp(stem.bytes().chain(end.bytes()));
    let listed = VERBS.binary_search_by(|verb| order(verb));
    let spelt = || SPELLINGS.binary_search_by(|(form, _)| order(form));
    match listed {
        Ok(at) => Some((VERBS[at], VERBS[at])),
        Err(_) => spelt().ok().map(|at| SPELLINGS[at]),
    }
}

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
            ("Debugging", "debug"),
            ("Diagnosing", "diagnose"),
            ("Rewriting", "rewrite"),
            ("Analyzing", "analyze"),
            ("Analysing", "analyze"),
            ("Cancelling", "cancel"),
            ("Canceling", "cancel"),
            ("Enrolling", "enroll"),
            ("Freeing", "None"),
        ] {
            assert_eq!(imperative(form).unwrap_or("None"), verb, "{form}");
        }
    }

    #[test]
    fn every_verb_of_the_table_is_found_again_from_each_of_its_forms() {
        for verb in VERBS {
            let joined = |(stem, end): (&str, &str)| format!("{stem}{end}");
            assert_eq!(imperative(&joined(gerund(verb))), Some(*verb), "{verb}");
            assert_eq!(
                imperative(&joined(third_person(verb))),
                Some(*verb),
                "{verb}"
            );
        }
    }

    #[test]
    fn a_verb_that_no_table_has_is_not_guessed() {
        assert_eq!(imperative("Frobnicating"), None);
        assert!(!is_gerund("Frobnicating") && !is_gerund("String") && !is_gerund("ing"));
        assert!(is_gerund("Deleting") && !is_gerund("Delete") && !is_gerund("Ping"));
    }

    #[test]
    fn nouns_are_left_alone() {
        for noun in ["Details", "Images", "Thing", "Status", "VPC"] {
            assert_eq!(imperative(noun), None, "{noun}");
        }
    }

    #[test]
    fn the_tables_are_sorted_and_agree() {
        assert!(VERBS.is_sorted() && DOUBLING.is_sorted() && SPELLINGS.is_sorted());
        let listed = |verb: &&str| VERBS.binary_search(verb).is_ok();
        assert!(DOUBLING.iter().all(|verb| listed(verb)));
        assert!(SPELLINGS.iter().all(|(_, verb)| listed(verb)));
    }
}
