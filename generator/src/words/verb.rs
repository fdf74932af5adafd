//! English verb forms: `Adding`, `Adds` and `Add` are one verb to a reader of an API.
//! A verb comes from the table below. A word that the table lacks keeps its form, so no base form is guessed.

/// Verbs that titles of APIs use, in the imperative.
///
/// A form is recognised by deriving it from this list, because spelling alone does not tell
/// `creating` (create) from `resetting` (reset) from `listing` (list).
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "abandon", "abort", "accept", "acknowledge", "acquire", "activate", "add", "adjust", "allocate",
    "allow", "alter", "analyze", "announce", "append", "apply", "approve", "archive", "assess",
    "assign", "associate", "attach", "authenticate", "authorize", "back", "batch", "begin", "bind",
    "block", "browse", "build", "buy", "calculate", "call", "cancel", "capture", "change", "check",
    "choose", "clean", "clear", "clone", "close", "collect", "combine", "commit", "compare", "compile",
    "complete", "compress", "compute", "configure", "confirm", "connect", "construct", "consume",
    "continue", "convert", "copy", "correct", "count", "create", "customize", "deactivate", "debug",
    "decline", "decode", "decommission", "decompress", "decrease", "decrypt", "define", "delegate",
    "delete", "demote", "deny", "deploy", "deprecate", "deregister", "describe", "detach", "detect",
    "determine", "diagnose", "disable", "disallow", "disassociate", "discard", "disconnect", "discover",
    "dismiss", "dispatch", "dissociate", "distribute", "downgrade", "download", "drain", "drop",
    "duplicate", "edit", "eject", "embed", "enable", "encrypt", "enforce", "enlarge", "enqueue",
    "enroll", "erase", "establish", "estimate", "evaluate", "evict", "examine", "exclude", "execute",
    "expand", "expire", "explain", "export", "expose", "extend", "extract", "fetch", "filter",
    "finalize", "find", "fix", "flush", "force", "forward", "freeze", "generate", "get", "grant",
    "hide", "identify", "ignore", "implement", "import", "increase", "infer", "inherit", "initialize",
    "initiate", "inject", "insert", "inspect", "install", "invalidate", "invite", "invoke", "isolate",
    "issue", "join", "keep", "kill", "launch", "list", "load", "lock", "log", "look", "maintain",
    "make", "manage", "mark", "measure", "merge", "migrate", "modify", "monitor", "mount", "move",
    "mute", "name", "negotiate", "notify", "observe", "obtain", "open", "operate", "optimize", "order",
    "organize", "overwrite", "parse", "pause", "perform", "permit", "populate", "predict", "prepare",
    "preview", "prioritize", "process", "prolong", "promote", "propagate", "protect", "provide",
    "provision", "prune", "publish", "pull", "purchase", "purge", "push", "put", "query", "read",
    "reassign", "reattach", "rebalance", "reboot", "rebuild", "receive", "reclaim", "reconcile",
    "reconfigure", "reconnect", "record", "recover", "recreate", "recycle", "redeploy", "redirect",
    "reduce", "refresh", "refuse", "regenerate", "register", "reinstall", "reject", "release", "reload",
    "relocate", "remove", "rename", "render", "renew", "reopen", "reorder", "repair", "replace",
    "replicate", "report", "request", "rerun", "resend", "reserve", "reset", "resize", "resolve",
    "respond", "restart", "restore", "restrict", "resubmit", "resume", "retain", "retire", "retrieve",
    "retry", "return", "reuse", "revert", "revoke", "rewrite", "roll", "rotate", "run", "save", "scale",
    "scan", "schedule", "search", "select", "send", "separate", "set", "share", "shrink", "shut",
    "sign", "simulate", "skip", "sort", "specify", "split", "start", "stop", "store", "submit",
    "subscribe", "suppress", "suspend", "swap", "switch", "sync", "synchronize", "tag", "take",
    "terminate", "test", "throttle", "train", "transfer", "transform", "translate", "trigger", "trim",
    "truncate", "tune", "unassign", "unbind", "unblock", "undelete", "undeploy", "undo", "unfreeze",
    "uninstall", "unlink", "unlock", "unmark", "unmount", "unmute", "unpause", "unprotect", "unpublish",
    "unregister", "unrescue", "unreserve", "unset", "unshare", "unshelve", "unsubscribe", "untag",
    "update", "upgrade", "upload", "use", "validate", "verify", "view", "visualize", "wait", "warm",
    "watch", "withdraw", "write",
];

/// Verbs that are recognised as gerunds only, because titles begin with nouns that look like them: `Project
/// quotas`, `Services`.
#[rustfmt::skip]
const GERUNDS: &[&str] = &[
    "accelerate", "access", "achieve", "adapt", "advertise", "aggregate", "alert", "align", "annotate",
    "answer", "arrange", "ask", "assemble", "assume", "audit", "backup", "bake", "balance", "ban",
    "bill", "blacklist", "boot", "break", "broadcast", "cache", "calibrate", "carry", "cascade", "cast",
    "catch", "cause", "cease", "celebrate", "center", "certify", "chain", "challenge", "charge",
    "chart", "chat", "circulate", "claim", "clarify", "classify", "clip", "coach", "code", "coin",
    "comment", "communicate", "compensate", "compete", "comply", "compose", "concatenate", "conclude",
    "conduct", "conform", "consider", "consist", "consolidate", "consult", "contact", "contain",
    "contribute", "control", "convey", "cook", "cool", "coordinate", "cope", "cordon", "cover", "crawl",
    "credit", "crop", "cross", "cut", "debit", "decide", "decouple", "deduct", "deduplicate", "defer",
    "degrade", "delay", "deliver", "demand", "demonstrate", "depart", "depend", "deposit", "derive",
    "design", "detail", "develop", "devote", "differ", "digest", "diminish", "direct", "disclose",
    "discuss", "disengage", "display", "dispose", "divide", "document", "dominate", "donate", "double",
    "drag", "draw", "drive", "dump", "earn", "educate", "elect", "eliminate", "emit", "employ", "empty",
    "emulate", "encapsulate", "enclose", "encode", "encounter", "encourage", "end", "endorse", "engage",
    "enhance", "enjoy", "enrich", "ensure", "enter", "enumerate", "equip", "escalate", "evacuate",
    "evolve", "exceed", "exchange", "exempt", "exhibit", "exist", "exit", "expect", "experiment",
    "explore", "express", "face", "facilitate", "fail", "favor", "feed", "fence", "figure", "file",
    "fill", "finance", "finish", "fit", "flag", "flatten", "flip", "float", "fold", "follow",
    "forecast", "forget", "format", "formulate", "foster", "found", "frame", "fulfill", "function",
    "fund", "gain", "gather", "give", "go", "greet", "grind", "group", "grow", "guarantee", "guard",
    "guide", "halt", "hand", "handle", "happen", "harden", "hash", "heat", "help", "hibernate", "hire",
    "hit", "hold", "host", "hunt", "illustrate", "imagine", "impersonate", "impose", "improve",
    "inactivate", "include", "incorporate", "incur", "index", "inform", "ingest", "inhibit", "inquire",
    "inspire", "instantiate", "instruct", "insulate", "integrate", "intercept", "interpret",
    "interrupt", "introduce", "inventory", "invest", "investigate", "involve", "itemize", "iterate",
    "judge", "jump", "justify", "kick", "knead", "know", "label", "land", "last", "lay", "lead",
    "learn", "lease", "leave", "lend", "let", "level", "leverage", "lift", "light", "limit", "link",
    "lose", "lower", "manipulate", "map", "march", "market", "marshal", "mask", "master", "match",
    "matter", "mature", "mean", "meet", "mention", "mind", "minimize", "mirror", "miss", "mitigate",
    "mix", "model", "moderate", "multiply", "narrow", "navigate", "need", "nominate", "normalize",
    "note", "number", "obey", "object", "obscure", "occupy", "offer", "offload", "onboard", "oppose",
    "orchestrate", "outline", "output", "override", "own", "pack", "package", "page", "paint",
    "participate", "partition", "pass", "patch", "pay", "peer", "perceive", "percolate", "persist",
    "pick", "pin", "ping", "pivot", "placate", "place", "plan", "play", "plug", "point", "poll", "port",
    "possess", "post", "power", "practice", "preempt", "prefer", "preserve", "press", "prevent",
    "prime", "print", "privatize", "produce", "program", "prohibit", "project", "prompt", "prove",
    "pump", "punch", "qualify", "quantify", "quarantine", "queue", "quit", "quote", "raise",
    "randomize", "rank", "rate", "reach", "react", "realize", "rearrange", "rebase", "rebind",
    "recalculate", "recall", "recap", "reclassify", "recognize", "recommend", "recompute", "rectify",
    "redeem", "redistribute", "redo", "refactor", "refer", "refill", "refine", "reflect", "reformat",
    "refund", "regard", "regulate", "reimport", "reindex", "reinitialize", "reinstate", "reinvite",
    "relate", "relax", "relay", "rely", "remap", "remediate", "remind", "remount", "rent", "repeat",
    "rephrase", "replay", "replenish", "reply", "represent", "reprocess", "reprotect", "reprovision",
    "republish", "rescan", "reschedule", "rescue", "reside", "resign", "resist", "resync", "retag",
    "retrain", "reveal", "reverse", "review", "revise", "reward", "ride", "ring", "rise", "rollback",
    "root", "route", "rule", "rush", "safeguard", "sample", "sanitize", "satisfy", "say", "scatter",
    "score", "scrape", "scrub", "seal", "secure", "see", "seed", "seek", "segment", "sell", "sense",
    "sequence", "serialize", "serve", "service", "settle", "shape", "shard", "sharpen", "shelter",
    "shelve", "shift", "ship", "shorten", "show", "shuffle", "shunt", "shutdown", "sift", "signal",
    "sink", "sit", "size", "slice", "slow", "smooth", "snapshot", "solve", "source", "spawn", "speak",
    "spend", "spin", "sponsor", "spread", "stabilize", "stack", "stage", "stand", "standardize",
    "state", "stay", "steer", "stick", "stitch", "stream", "stretch", "strip", "structure", "study",
    "subset", "substitute", "subtract", "succeed", "suggest", "suit", "sum", "summarize", "supersede",
    "supervise", "supply", "support", "surface", "surround", "survey", "survive", "sustain", "symlink",
    "tail", "talk", "tally", "target", "taste", "tear", "tell", "tend", "thank", "think", "throw",
    "tie", "time", "toggle", "tolerate", "top", "touch", "tour", "trace", "track", "trade", "transcode",
    "transcribe", "transmit", "transport", "trap", "travel", "treat", "tree", "try", "turn", "type",
    "unarchive", "uncordon", "undergo", "understand", "unfollow", "unify", "unite", "unpack", "unpin",
    "unplug", "unquarantine", "unseal", "unstage", "unsuspend", "untar", "unveil", "unwrap", "unzip",
    "upsert", "utilize", "vacate", "vary", "vote", "vouch", "wake", "walk", "want", "warn", "warrant",
    "wash", "waste", "weaken", "wear", "weigh", "whitelist", "win", "wipe", "wire", "wish", "withhold",
    "witness", "work", "worry", "wrap", "yield", "zip", "zone", "zoom",
];

/// Verbs whose last consonant is doubled in the gerund. British spelling doubles an `l` as well.
#[rustfmt::skip]
const DOUBLING: &[&str] = &[
    "ban", "begin", "cancel", "chat", "clip", "commit", "control", "crop", "cut", "debug", "defer",
    "drag", "drop", "embed", "enroll", "fit", "flip", "forget", "format", "get", "hit", "incur",
    "infer", "label", "let", "log", "map", "marshal", "model", "permit", "pin", "plan", "plug",
    "prefer", "program", "put", "quit", "recap", "refer", "reformat", "remap", "rerun", "reset",
    "resubmit", "retag", "run", "scan", "scrub", "set", "ship", "shut", "signal", "sit", "skip", "spin",
    "split", "stop", "strip", "submit", "subset", "swap", "tag", "top", "transfer", "trap", "trim",
    "unpin", "unplug", "unset", "untag", "untar", "unwrap", "unzip", "win", "wrap", "zip",
];

/// British spellings of verbs of the table.
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

/// The imperative of a verb in any form that titles use, in lower case. `None` for other words.
///
/// ```text
/// Adding -> add    Deletes -> delete    Querying -> query    Get -> get    Details -> None
/// ```
pub(crate) fn imperative(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    let has_form = |verb: &str| {
        let is = |(stem, end): (&str, &str)| word.strip_prefix(stem) == Some(end);
        let gerund = is(gerund(verb)) || doubled(verb, &word);
        gerund || ((word == verb || is(third_person(verb))) && is_in(VERBS, verb))
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

/// Whether a word in the place of the verb is one. A gerund in this place is always a verb, listed or not.
pub(crate) fn is_verb(word: &str) -> bool {
    imperative(word).is_some() || (word.len() > 5 && word.ends_with("ing"))
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
    let listed = |verbs: &[&'static str]| {
        let at = verbs.binary_search_by(|verb| order(verb)).ok()?;
        Some((verbs[at], verbs[at]))
    };
    let spelt = || {
        let at = SPELLINGS.binary_search_by(|(form, _)| order(form)).ok()?;
        Some(SPELLINGS[at])
    };
    listed(VERBS).or_else(|| listed(GERUNDS)).or_else(spelt)
}

fn is_in(verbs: &[&str], verb: &str) -> bool {
    verbs.binary_search(&verb).is_ok()
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
        for verb in GERUNDS {
            let (stem, end) = gerund(verb);
            let found = imperative(&format!("{stem}{end}"));
            // A verb that doubles its consonant does not have the plain gerund.
            assert!(found == Some(*verb) || DOUBLING.contains(verb), "{verb}");
        }
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
        assert!(
            is_verb("Frobnicating") && is_verb("Deletes") && !is_verb("Ring") && !is_verb("Disks")
        );
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
        assert!(VERBS.is_sorted() && GERUNDS.is_sorted());
        assert!(DOUBLING.is_sorted() && SPELLINGS.is_sorted());
        assert!(!GERUNDS.iter().any(|verb| is_in(VERBS, verb)));
        let listed = |verb: &&str| is_in(VERBS, verb) || is_in(GERUNDS, verb);
        assert!(DOUBLING.iter().all(listed));
        assert!(SPELLINGS.iter().all(|(_, verb)| listed(verb)));
    }
}
