//! `permspec policy check --can`: tells whether a policy allows an operation or a call, and why.
//! If the documentation does not decide the question, the result is neither yes nor no. This module must never turn
//! it into one of them.

use permspec_runtime::policy::{Answer, Decision, Explanation, Policies};
use permspec_runtime::{Catalogue, Requirement};
use serde_json::{Value, json};

use super::super::call::{Meaning, meaning};
use super::super::suggest::suggestions;
use crate::Verdict;
use crate::output::{counted, print_line, quoted, say};

/// A question, and the decision for each operation that it may be about.
pub struct PolicyQuestion<'p> {
    text: String,
    explanations: Vec<Explanation<'p>>,
    /// Names or calls that the user may have meant, if the question is about no operation.
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

    /// The decision for all operations together. It is `Depends` if they differ, and `None` if there is no operation.
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
        say(&format!("error: {text} is not an operation"));
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
