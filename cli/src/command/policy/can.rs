//! `permspec policy check --can`: whether a policy allows what somebody asks about, and why.
//! What the documentation does not decide is no yes and no no: this module must never round it.

use permspec_runtime::policy::{Answer, Decision, Explanation, Policies};
use permspec_runtime::{Catalogue, Requirement};
use serde_json::{Value, json};

use super::super::call::{Meaning, meaning};
use super::super::suggest::suggestions;
use crate::Verdict;
use crate::output::{counted, print_line, quoted, say};

/// A question, and the answer for each operation that may be meant.
pub struct PolicyQuestion<'p> {
    text: String,
    explanations: Vec<Explanation<'p>>,
    /// What may have been meant, where nothing is of that name.
    suggestions: Vec<String>,
}

impl<'p> PolicyQuestion<'p> {
    pub fn of(policies: Policies<'p>, catalogue: &Catalogue, text: &str) -> Self {
        let (found, suggestions) = match meaning(catalogue, text) {
            Meaning::Operations(found) => (found, Vec::new()),
            Meaning::Unknown => (Vec::new(), suggestions(catalogue, text)),
        };
        PolicyQuestion {
            text: text.to_owned(),
            explanations: found
                .into_iter()
                .map(|spec| policies.explain(spec))
                .collect(),
            suggestions,
        }
    }

    /// The answer on which all operations agree that may be meant; `None` where there is none.
    fn answer(&self) -> Option<Answer> {
        let mut answers = self.explanations.iter().map(Explanation::answer);
        let first = answers.next()?;
        Some(if answers.all(|answer| answer == first) {
            first
        } else {
            Answer::Depends
        })
    }

    pub fn verdict(&self) -> Verdict {
        match self.answer() {
            Some(Answer::Yes) => Verdict::Clean,
            Some(Answer::Depends) => Verdict::Undecided,
            Some(Answer::No) | None => Verdict::Findings,
        }
    }
}

pub fn print(asked: &PolicyQuestion<'_>) {
    let text = quoted(&asked.text);
    if asked.explanations.is_empty() {
        say(&format!("error: {text} is no operation"));
        for meant in &asked.suggestions {
            say(&format!("help: did you mean {meant}?"));
        }
    }
    for explanation in &asked.explanations {
        print_line(explanation);
    }
    if let (2.., Some(answer)) = (asked.explanations.len(), asked.answer()) {
        let operations = counted(asked.explanations.len(), "operation");
        say(&format!(
            "note: {text} may be any of {operations}; together: {answer}"
        ));
    }
}

pub fn as_json(asked: &PolicyQuestion<'_>) -> Value {
    let action = |(needed, decision): (&Requirement, Decision<'_>)| {
        json!({
            "action": needed.permission.as_str(),
            "when": needed.when,
            "decision": match decision {
                Decision::Allowed(_) => "allowed",
                Decision::Denied(_) => "denied",
                Decision::Depends(_) => "depends",
                Decision::NotAllowed(_) => "not allowed",
            },
            "why": decision.to_string(),
        })
    };
    let operation = |explanation: &Explanation<'_>| {
        json!({
            "operation": explanation.spec().to_string(),
            "answer": explanation.answer().to_string(),
            "actions": explanation.decisions().map(action).collect::<Value>(),
        })
    };
    json!({
        "asked": asked.text,
        "answer": asked.answer().map(|answer| answer.to_string()),
        "operations": asked.explanations.iter().map(operation).collect::<Value>(),
    })
}
