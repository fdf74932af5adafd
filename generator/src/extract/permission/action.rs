//! Action and dependency cells: the actions that a row names, and the case of each. The cases come from
//! labels, remarks and headings. This module must never take a case from prose.

use rst_parser::{Cell, Span};

use super::findings::CellFindings;
use super::mention::{self, Mention, Mentions};
use super::nothing::{is_dash, is_nothing};
use crate::diagnostic::Code;
use crate::extract::table::{Statement, statements};
use crate::model::Requirement;

/// The actions of an action cell in their order, each once.
pub(super) fn actions(cell: &Cell, findings: &mut CellFindings<'_>) -> Vec<Requirement> {
    let found = requirements(cell, findings);
    if !found.is_empty() {
        return found;
    }
    // No action is needed, or it is unknown, or a role decides. Only the text says which, and the model does
    // not contain it.
    for statement in statements(cell) {
        let Statement { text, span, .. } = statement;
        if is_nothing(&text) && !is_dash(&text) {
            let message = format!("text in the place of an action: `{text}`");
            findings.push(Code::Remark, span, message);
        }
    }
    found
}

/// The actions of a dependency cell in their order, each once.
pub(super) fn requirements(cell: &Cell, findings: &mut CellFindings<'_>) -> Vec<Requirement> {
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
    findings: &'a mut CellFindings<'b>,
    found: Vec<FoundAction>,
    /// The present heading, and the list items that it is in.
    heading: Option<(Vec<usize>, String)>,
    headings: usize,
}

/// An action with every case that it was named for.
struct FoundAction {
    action: String,
    when: Vec<String>,
    /// Whether it was also named without a case.
    always: bool,
}

impl Reader<'_, '_> {
    fn statement(&mut self, statement: &Statement<'_>, following: &[Statement<'_>]) {
        let Statement {
            text, span, remark, ..
        } = statement;
        let mentions = mention::read(text);
        if *remark {
            self.remark(text, *span);
        } else if !mentions.list.is_empty() {
            self.mentions(&mentions, statement);
        } else if is_nothing(text) {
        } else if heads(statement, following) {
            self.headings += 1;
            let heading = text.trim_end_matches([':', '：']).trim_end();
            self.heading = Some((statement.items.clone(), heading.to_owned()));
        } else if (text.contains(' ') || text.starts_with('(')) && mentions.misshapen.is_empty() {
            self.remark(text, *span);
        } else if mentions.misshapen.is_empty() {
            self.no_action(text, *span);
        }
        for word in &mentions.misshapen {
            self.no_action(word, *span);
        }
    }

    fn mentions(&mut self, mentions: &Mentions<'_>, statement: &Statement<'_>) {
        let Statement {
            text, span, items, ..
        } = statement;
        if mentions.prose {
            self.remark(text, *span);
        } else if mentions.odd {
            let message = format!("`{text}` is more than an action");
            self.findings.push(Code::ActionSpelling, *span, message);
        }
        let above = self.heading.as_ref();
        let heading = above
            .filter(|(place, _)| items.starts_with(place))
            .map(|(_, text)| text.clone());
        for mention in &mentions.list {
            self.look(mention.action, *span);
            self.add(mention, case(mention).or(heading.clone()));
        }
    }

    fn add(&mut self, mention: &Mention<'_>, case: Option<String>) {
        let action = mention.action;
        let known = self.found.iter().position(|found| found.action == action);
        let index = known.unwrap_or_else(|| {
            self.found.push(FoundAction {
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
        let message = format!("a remark next to actions: `{text}`");
        self.findings.push(Code::Remark, span, message);
    }

    fn no_action(&mut self, text: &str, span: Span) {
        let message = format!("`{text}` is not an action");
        self.findings.push(Code::NotAnAction, span, message);
    }

    fn finish(self) -> Vec<Requirement> {
        let headings = self.headings;
        let requirement = |found: FoundAction| {
            // An action that every alternative needs is always needed.
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

/// Whether a paragraph without an action says when the actions after it are needed. In a list item, only
/// actions may follow it. Outside of lists, it is a label (`EVS disk:`) before actions. A sentence that says
/// that something is required is prose.
fn heads(statement: &Statement<'_>, following: &[Statement<'_>]) -> bool {
    let Statement { text, items, .. } = statement;
    let mut under = following
        .iter()
        .take_while(|next| next.items.starts_with(items))
        .map(|next| !next.remark && !mention::read(&next.text).list.is_empty())
        .peekable();
    let words: Vec<&str> = text.split(' ').collect();
    if words.iter().any(|word| REQUIRING.contains(word)) || under.peek() != Some(&true) {
        false
    } else if items.is_empty() {
        text.ends_with([':', '：']) && words.len() <= LABEL_WORDS
    } else {
        under.all(|is_action| is_action)
    }
}

/// Words of a sentence about what is required. Such a sentence holds in every case.
const REQUIRING: [&str; 5] = ["following", "must", "needs", "require", "requires"];

/// How many words a label may have.
const LABEL_WORDS: usize = 6;

/// The label before an action (`EVS disk: evs:volumeTags:list`) or the remark after it
/// (`ims:dataImages:create (required only for ..)`).
fn case(mention: &Mention<'_>) -> Option<String> {
    match (mention.label, mention.remark) {
        (Some(label), Some(remark)) => Some(format!("{label}, {remark}")),
        (label, remark) => label.or(remark).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests;
