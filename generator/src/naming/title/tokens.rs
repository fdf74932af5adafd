//! The words of a title, and the marks between them that join alternatives.

use super::is;

/// A title has one sentence. If it has more, the first one says what is done.
pub(super) fn first_sentence(title: &str) -> &str {
    let title = title.trim();
    let end = title.find(". ").unwrap_or(title.len());
    title[..end].trim_end_matches('.')
}

/// The title without its parentheses, and the text of the last ones at its end.
pub(super) fn split_tail(title: &str) -> (&str, &str) {
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
pub(super) fn without_parentheses(sentence: &str) -> String {
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
pub(super) struct Token {
    pub(super) text: String,
}

impl Token {
    /// Whether it is the comma or the slash between two alternatives.
    pub(super) fn is_break(&self) -> bool {
        matches!(self.text.as_str(), "," | "/")
    }
}

/// The ASCII words with the commas and slashes between them. `image's` is `image`, `O&M` one word, and so is
/// `plug-in`.
pub(super) fn tokens(sentence: &str) -> Vec<Token> {
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

/// Removes `in batches`, `in a batch` and `in batch`.
pub(super) fn take_batch(tokens: &mut Vec<Token>) -> bool {
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
