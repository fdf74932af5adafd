//! Text in single back-quotes: interpreted text with its role, or a phrase that refers to something
//! ("Interpreted Text" and "Hyperlink References" in the reStructuredText specification). Another module
//! decides what a role makes of its text.

use std::borrow::Cow;

use super::Inline;
use super::close::{Close, End};
use super::reference::{Reference, phrase};
use super::role::{Role, interpret};
use super::scanner::Scanner;
use crate::Code;

impl Scanner<'_, '_, '_, '_> {
    /// Reads text in back-quotes: interpreted text, or a reference.
    pub fn interpreted(&mut self, at: usize) -> usize {
        let content = at + 1;
        if self.space_at(content) {
            return at + 1;
        }
        let role_start = self.role_before(at);
        if role_start.is_none() {
            if !self.may_start(at) {
                return at + 1;
            }
            if self.is_quoted(at, content) {
                self.base = content;
                return content;
            }
        }
        let start = role_start.unwrap_or(at);
        let Some(close) = self.close(End::Interpreted, content) else {
            return self.unclosed(at, content, End::Interpreted);
        };
        let prefix = role_start.map(|start| &self.text[start + 1..at - 1]);
        if let Some(reason) = contradiction(prefix, &close) {
            return self.problematic(start, close.end, Code::MalformedRole, reason.to_owned());
        }
        if close.underscores > 0 {
            self.phrase_reference(start, content, &close)
        } else {
            self.text_with_role(start, content, prefix, &close)
        }
    }

    /// Adds the reference that the text from `content` on makes.
    fn phrase_reference(&mut self, start: usize, content: usize, close: &Close<'_>) -> usize {
        let inner = self.piece(content, close.start);
        let phrase = phrase(&inner, close.underscores == 2);
        let inline = Inline::Reference(Box::new(Reference {
            span: self.span(start, close.end),
            text: phrase.text,
            target: phrase.target,
            defines: phrase.defines,
        }));
        self.push(start, close.end, inline)
    }

    /// Adds the result of a role and the text from `content` on.
    fn text_with_role(
        &mut self,
        start: usize,
        content: usize,
        prefix: Option<&str>,
        close: &Close<'_>,
    ) -> usize {
        let inner = self.piece(content, close.start);
        let name = prefix.or(close.role).unwrap_or_default();
        let kind = self.parser.roles.kind(name);
        let Some((text, target)) = kind.and_then(|kind| interpret(kind, &inner)) else {
            let message = format!("the role `{name}` is not known, or does not fit its text");
            return self.problematic(start, close.end, Code::UnknownRole, message);
        };
        let name = match (prefix, close.role) {
            (Some(name), _) => self.piece(start + 1, start + 1 + name.len()),
            (_, Some(name)) => self.piece(close.end - 1 - name.len(), close.end - 1),
            (None, None) => Cow::Owned(self.parser.roles.default_name().to_owned()),
        };
        let role = Role {
            span: self.span(start, close.end),
            name,
            text,
            target,
        };
        self.push(start, close.end, Inline::Role(Box::new(role)))
    }

    /// The start of the role before the back-quote at `at`, including its colon.
    fn role_before(&self, at: usize) -> Option<usize> {
        if at <= self.base + 1 || self.bytes[at - 1] != b':' {
            return None;
        }
        let name = self.name_before(at - 1)?;
        let start = name
            .checked_sub(1)
            .filter(|&start| start >= self.base && self.bytes[start] == b':')?;
        self.may_start(start).then_some(start)
    }
}

/// Why text cannot have the role and the reference mark that are written at it.
fn contradiction(prefix: Option<&str>, close: &Close<'_>) -> Option<&'static str> {
    match (prefix, close.role, close.underscores) {
        (Some(_), Some(_), _) => {
            Some("interpreted text has a role before it and another one after it")
        }
        (Some(_), None, 1..) | (None, Some(_), 1..) => {
            Some("interpreted text has a role and is a reference as well")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::inline::testing::{kinds, texts};

    #[test]
    fn a_role_may_come_before_its_text_or_after_it() {
        assert_eq!(
            kinds("See :ref:`Deleting ECSs <en-us_topic_0020212679>`.\n"),
            "trt"
        );
        assert_eq!(texts("See `Deleting ECSs`:title:.\n")[1], "Deleting ECSs");
    }

    #[test]
    fn underscores_make_a_reference_of_a_phrase() {
        let text =
            "ensure that the `OpenSSL <https://www.openssl.org/>`__ tool has been installed\n";
        assert_eq!(kinds(text), "tRt");
        assert_eq!(texts(text)[1], "OpenSSL");
    }

    #[test]
    fn two_roles_for_one_text_are_one_too_many() {
        assert_eq!(kinds(":ref:`Deleting ECSs`:title:\n"), "P");
    }
}
