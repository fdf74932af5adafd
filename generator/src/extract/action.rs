//! Action and dependency cells: the actions that a row names, and the case each is for.
//! An action is `service:resource:operation` and nothing else; this module must never guess one.

use rst_parser::{Cell, Span};

use super::Findings;
use super::cell::{Statement, is_nothing, statements};
use crate::diagnostic::Code;
use crate::model::Requirement;

/// The actions of a cell in their order, each once.
pub(super) fn requirements(cell: &Cell, findings: &mut Findings<'_>) -> Vec<Requirement> {
    let statements = statements(cell);
    if statements.is_empty() {
        findings.push(Code::EmptyCell, cell.span, "the cell for actions is empty");
    }
    let mut reader = Reader {
        findings,
        found: Vec::new(),
        heading: None,
        headings: 0,
    };
    for (index, statement) in statements.iter().enumerate() {
        reader.statement(statement, &statements[index + 1..]);
    }
    reader.finish()
}

struct Reader<'a, 'b> {
    findings: &'a mut Findings<'b>,
    found: Vec<Found>,
    /// The heading of the list item that is being read.
    heading: Option<(usize, String)>,
    headings: usize,
}

/// An action with every case that it was named for.
struct Found {
    action: String,
    when: Vec<String>,
    /// Whether it was also named without a case.
    always: bool,
}

impl Reader<'_, '_> {
    fn statement(&mut self, statement: &Statement, following: &[Statement]) {
        let Statement {
            text,
            span,
            item,
            remark,
        } = statement;
        let words: Vec<&str> = text.split(' ').map(unquoted).collect();
        let actions: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| is_action(word))
            .collect();
        if *remark {
            self.remark(text, *span);
        } else if let [.., _] = *actions {
            self.actions(text, &words, &actions, statement);
        } else if is_nothing(text) {
        } else if let Some(item) = item.filter(|_| heads(statement, following)) {
            self.headings += 1;
            self.heading = Some((item, text.clone()));
        } else if text.contains(' ') {
            self.remark(text, *span);
        } else {
            self.findings
                .push(Code::NotAnAction, *span, format!("`{text}` is no action"));
        }
    }

    fn actions(&mut self, text: &str, words: &[&str], actions: &[&str], statement: &Statement) {
        let heading = self
            .heading
            .as_ref()
            .filter(|(item, _)| Some(*item) == statement.item);
        let heading = heading.map(|(_, text)| text.clone());
        let case = case(text, words).or(heading);
        if case.is_none() && words.len() > 1 {
            self.remark(text, statement.span);
        }
        for action in actions {
            self.look(action, statement.span);
            self.add(action, case.clone());
        }
    }

    fn add(&mut self, action: &str, case: Option<String>) {
        let known = self.found.iter().position(|found| found.action == action);
        let index = known.unwrap_or_else(|| {
            self.found.push(Found {
                action: action.to_owned(),
                when: Vec::new(),
                always: false,
            });
            self.found.len() - 1
        });
        let found = &mut self.found[index];
        match case {
            Some(case) if !found.when.contains(&case) => found.when.push(case),
            Some(_) => {}
            None => found.always = true,
        }
    }

    fn look(&mut self, action: &str, span: Span) {
        let service = action.split(':').next().unwrap_or_default();
        if service.chars().any(|c| c.is_ascii_uppercase()) {
            let message = format!("the service of `{action}` is not in lower case");
            self.findings.push(Code::ServiceCase, span, message);
        }
    }

    fn remark(&mut self, text: &str, span: Span) {
        self.findings.push(
            Code::Remark,
            span,
            format!("a remark beside actions: `{text}`"),
        );
    }

    fn finish(self) -> Vec<Requirement> {
        let headings = self.headings;
        let requirement = |found: Found| {
            // What every alternative needs is needed in any case.
            let every = headings > 1 && found.when.len() == headings;
            let when = (!found.always && !every).then(|| found.when.join("; "));
            Requirement {
                action: found.action,
                when,
            }
        };
        self.found.into_iter().map(requirement).collect()
    }
}

/// Whether a paragraph that names no action is the heading of its list item: first in it, and
/// followed in the same item by actions alone.
fn heads(statement: &Statement, following: &[Statement]) -> bool {
    let own = following
        .iter()
        .take_while(|next| next.item == statement.item);
    let mut own = own.peekable();
    own.peek().is_some() && own.all(|next| next.text.split(' ').map(unquoted).any(is_action))
}

/// The label before an action (`EVS disk: evs:volumeTags:list`) or the remark behind it
/// (`ims:dataImages:create (required only for ..)`).
fn case(text: &str, words: &[&str]) -> Option<String> {
    if is_action(words.last()?)
        && let [label @ .., _] = words
        && !label.iter().any(|word| is_action(word))
    {
        let end = text.rfind(' ')?;
        return text[..end]
            .strip_suffix(':')
            .map(|label| label.trim().to_owned());
    }
    if is_action(words.first()?) {
        let rest = text.split_once(' ')?.1.trim();
        let inner = rest.strip_prefix('(')?.strip_suffix(')')?;
        return Some(inner.trim().to_owned());
    }
    None
}

/// A word without the quotes and the comma around it.
fn unquoted(word: &str) -> &str {
    word.trim_matches(['"', '\'', '“', '”', '`', ',', ';'])
}

/// Whether the text is three parts joined by `:`, of letters, digits, `-`, `_` and `*`.
pub fn is_action(text: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_*".contains(c))
    };
    let mut parts = text.split(':');
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && parts.by_ref().take(3).filter(|text| part(text)).count() == 3
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::is_action;

    #[test]
    fn an_action_has_three_parts_of_its_own_alphabet() {
        for action in [
            "ims:images:share",
            "elb:security-policies:get",
            "nat:dnat_rules:list",
            "vpc:*:get*",
        ] {
            assert!(is_action(action), "{action}");
        }
        for other in [
            "ims:images",
            "ims:images:get:all",
            "None",
            "a b:c:d",
            "ims::get",
            "1:2:3",
            "",
        ] {
            assert!(!is_action(other), "{other}");
        }
    }
}
