//! Splits texts into stems that can be compared: `cloudServers`, `Creating`, `images` become `server`, `creat`, `imag`.
//! A stem is only for comparing. This module must never give one to a message.

/// The stems of a text's words, in their order. A capital letter within a word begins another word.
pub fn stems(text: &str) -> Vec<String> {
    words(text).iter().map(|word| stem(word)).collect()
}

/// The words of a text in lower case, in their order.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for run in text.split(|c: char| !c.is_alphanumeric()) {
        let mut word = String::new();
        let mut before: Option<char> = None;
        let mut rest = run.chars().peekable();
        while let Some(c) = rest.next() {
            let begins = c.is_uppercase()
                && before.is_some_and(|before| {
                    !before.is_uppercase()
                        // In `ECSName`, the capital letter before a small one begins a word. The plural of an acronym
                        // (`ECSs`) is one word.
                        || (rest.peek().is_some_and(|next| next.is_lowercase())
                            && rest.clone().nth(1).is_some())
                });
            if begins && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            word.extend(c.to_lowercase());
            before = Some(c);
        }
        if !word.is_empty() {
            words.push(word);
        }
    }
    words
}

/// The part that a word shares with its forms: `creat` of `create`, `creates`, `created` and `creating`.
///
/// The function may remove too much, but it removes the same from every text.
pub fn stem(word: &str) -> String {
    let word = plural(word);
    let has_vowel = |text: &str| text.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    for ending in ["ing", "ed"] {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() > 1
            && has_vowel(rest)
        {
            return base(rest);
        }
    }
    base(&word)
}

fn plural(word: &str) -> String {
    for ending in ["ies", "ied"] {
        if let Some(rest) = word.strip_suffix(ending).filter(|rest| rest.len() > 1) {
            return format!("{rest}y");
        }
    }
    let is_plural = word.len() > 2 && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    match word.strip_suffix('s') {
        Some(rest) if is_plural => rest.to_owned(),
        _ => word.to_owned(),
    }
}

fn base(word: &str) -> String {
    // `cce` is a name.
    let word = word
        .strip_suffix('e')
        .filter(|rest| rest.len() > 2)
        .unwrap_or(word);
    let mut ending = word.chars().rev();
    match (ending.next(), ending.next()) {
        // `stopp` of `stopping`, and then `stop` of `stop`.
        (Some(last), Some(before)) if last == before && word.len() > 3 => {
            word[..word.len() - last.len_utf8()].to_owned()
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_marks_and_capitals() {
        assert_eq!(
            words("ecs:cloudServers:resize"),
            ["ecs", "cloud", "servers", "resize"]
        );
        assert_eq!(words("CreateECSName"), ["create", "ecs", "name"]);
        assert_eq!(
            words("Creating ECSs (v2.1)"),
            ["creating", "ecss", "v2", "1"]
        );
        assert_eq!(
            words("/v1/{project_id}/os-keypairs"),
            ["v1", "project", "id", "os", "keypairs"]
        );
        assert_eq!(words("Größe ÄNDERN"), ["größe", "ändern"]);
    }

    #[test]
    fn the_forms_of_a_word_have_one_stem() {
        for forms in [
            &["create", "creates", "created", "creating"][..],
            &["stop", "stops", "stopping", "stopped"],
            &["query", "queries", "querying", "queried"],
            &["modify", "modifies", "modifying"],
            &["delete", "deleting"],
            &["image", "images"],
            &["resize", "resizing"],
            &["policy", "policies"],
            &["attach", "attaching", "attached"],
            &["release", "releasing"],
        ] {
            let stems: Vec<String> = forms.iter().map(|form| stem(form)).collect();
            assert!(
                stems.iter().all(|stem| *stem == stems[0]),
                "{forms:?}: {stems:?}"
            );
        }
        for (one, other) in [
            ("address", "add"),
            ("status", "stat"),
            ("as", "a"),
            ("ring", "r"),
            ("cce", "cc"),
        ] {
            assert_ne!(stem(one), stem(other));
        }
    }
}
