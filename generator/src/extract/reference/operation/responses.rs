//! The responses of an operation: body tables by status, and the statuses without a body.

use std::collections::BTreeSet;

use super::super::library::TableId;
use super::shown::is_failure;
use super::{Assembly, Body, Fate, Shown, TableRole};

/// The tables of one status.
struct Group {
    status: Option<u16>,
    abnormal: bool,
    tables: Vec<TableId>,
}

impl Assembly<'_, '_> {
    pub(super) fn responses(&mut self, roles: &[TableRole], examples: &[Shown]) -> Vec<Body> {
        for index in (0..roles.len()).filter(|index| roles[*index] == TableRole::ResponseHeader) {
            self.fates[index] = Fate::ResponseHeaders;
        }
        let groups = self.groups(roles);
        let success = self.success();
        let replies = examples.iter().filter(|shown| !shown.request);
        let statuses = replies.filter_map(|shown| shown.status);
        let shown = statuses.filter(|status| (200..300).contains(status)).min();
        let usual = success.first().copied().or(shown);
        let mut responses: Vec<Body> = Vec::new();
        for Group {
            status,
            abnormal,
            tables,
        } in groups
        {
            let failed = abnormal || status.is_some_and(|status| status >= 400);
            let of_status = |shown: &&Shown| {
                shown.status == status || status.is_none() || shown.status.is_none() || failed
            };
            let shown: Vec<&Shown> = examples
                .iter()
                .filter(|shown| !shown.request && is_failure(shown) == failed)
                .filter(of_status)
                .collect();
            let (roots, wrapper) = self.bodies(&tables, &shown, Some(failed));
            let failure = failed || status.is_none() && self.is_error(&roots);
            let status = if failure { status } else { status.or(usual) };
            if failure {
                for id in &tables {
                    self.fates[id.1] = Fate::Error;
                }
            }
            let known = responses
                .iter()
                .any(|known| known.status == status && known.failure == failure);
            if !roots.is_empty() && !known {
                responses.push(Body {
                    status,
                    failure,
                    roots,
                    wrapper,
                    form: false,
                });
            }
        }
        self.without_body(&success, &mut responses);
        responses.sort_by_key(|body| {
            (
                body.failure,
                body.status.is_none() == body.failure,
                body.status,
            )
        });
        responses
    }

    /// The body tables of responses, by the status that is named before them.
    fn groups(&self, roles: &[TableRole]) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for index in (0..roles.len()).filter(|index| roles[*index] == TableRole::Response) {
            let place = self.draft.tables[index].place;
            let abnormal = place.abnormal && place.status.is_none_or(|status| status >= 400);
            let id = (self.page, index);
            match groups
                .iter_mut()
                .find(|group| group.status == place.status && group.abnormal == abnormal)
            {
                Some(group) => group.tables.push(id),
                None => groups.push(Group {
                    status: place.status,
                    abnormal,
                    tables: vec![id],
                }),
            }
        }
        groups
    }

    /// The statuses of success, each once, in the order of the page.
    fn success(&self) -> Vec<u16> {
        let mut seen = BTreeSet::new();
        let codes = self.draft.statuses.iter().copied();
        codes
            .filter(|code| (200..300).contains(code) && seen.insert(*code))
            .collect()
    }

    /// Adds the statuses that the page names without a table of fields.
    fn without_body(&self, success: &[u16], responses: &mut Vec<Body>) {
        let named: BTreeSet<u16> = self.draft.statuses.iter().copied().collect();
        let body = responses.iter().any(|known| !known.failure);
        for code in named {
            let failure = code >= 400;
            let known = responses.iter().any(|known| known.status == Some(code));
            if known || !failure && body && !success.contains(&code) {
                continue;
            }
            responses.push(Body {
                status: Some(code),
                failure,
                roots: Vec::new(),
                wrapper: None,
                form: false,
            });
        }
    }

    /// Whether a response only describes an error.
    fn is_error(&self, roots: &[TableId]) -> bool {
        roots.iter().all(|root| {
            let rows = &self.tables.table(*root).rows;
            let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
            matches!(
                names[..],
                ["error"]
                    | ["error_code", "error_msg"]
                    | ["error_msg", "error_code"]
                    | ["errCode", "externalMessage"]
            )
        })
    }
}
