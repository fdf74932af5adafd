//! The examples of a page: which listing shows a request, which a response, and of which status.

use super::super::super::example;
use super::super::draft::Verbatim;
use super::super::part::{self, Part};
use super::{Assembly, Shown};
use crate::model::METHODS;
use crate::model::example::Json;

impl Assembly<'_, '_> {
    /// The examples, and the listings that begin as JSON and are not, with the byte.
    pub(super) fn examples(&self) -> (Vec<Shown>, Vec<(usize, usize)>) {
        let mut examples: Vec<Shown> = Vec::new();
        let mut broken = Vec::new();
        let mut status = None;
        let mut last = None;
        for (index, listing) in self.draft.listings.iter().enumerate() {
            if listing.place.part == Part::Uri {
                continue;
            }
            if last.is_some_and(|last| last != listing.place.part) {
                status = None;
            }
            last = Some(listing.place.part);
            if let Some(found) = listing
                .text
                .lines()
                .take(2)
                .find_map(|line| part::status(line.trim()))
            {
                status = Some(found);
            }
            let request = is_request(listing, &examples);
            match example::find(&listing.text) {
                example::Listing::Json(found) => {
                    let line = line_at(listing, found.start);
                    examples.push(Shown {
                        request,
                        status: if request {
                            None
                        } else {
                            listing.place.status.or(status.take())
                        },
                        abnormal: listing.place.abnormal
                            || !request
                                && listing.place.status.is_none()
                                && shows_error(&found.read.json),
                        line,
                        listing: index,
                        found,
                    });
                }
                example::Listing::Broken(at) if listing.place.example => broken.push((index, at)),
                _ => {}
            }
        }
        // If leads announce examples, other listings of the part are not examples.
        let announced = |request: bool| {
            examples.iter().any(|shown| {
                shown.request == request && self.draft.listings[shown.listing].place.example
            })
        };
        let (request, response) = (announced(true), announced(false));
        examples.retain(|shown| {
            self.draft.listings[shown.listing].place.example
                || !(if shown.request { request } else { response })
        });
        (examples, broken)
    }
}

/// Whether a listing shows a request.
fn is_request(listing: &Verbatim, before: &[Shown]) -> bool {
    match listing.place.part {
        Part::Request => true,
        Part::Response => false,
        _ => {
            let first = listing
                .text
                .lines()
                .map(str::trim)
                .find(|line| !line.is_empty())
                .unwrap_or_default();
            let method =
                METHODS.iter().any(|method| first.starts_with(method)) || first.starts_with("curl");
            let status = first.to_ascii_uppercase().starts_with("HTTP/")
                || first.to_ascii_uppercase().starts_with("STATUS");
            method
                || !status
                    && !before.iter().any(|shown| shown.request)
                    && listing.place.status.is_none()
        }
    }
}

/// The line of a byte of a listing: its lines are the last of the block.
pub(crate) fn line_at(listing: &Verbatim, at: usize) -> u32 {
    let before = listing.text[..at.min(listing.text.len())]
        .matches('\n')
        .count();
    listing.first_line + u32::try_from(before).unwrap_or(0)
}

/// An error as services report it: a code and a message, or one object of these.
fn shows_error(json: &Json) -> bool {
    let has = |json: &Json, keys: &[&str]| {
        json.members()
            .iter()
            .any(|member| keys.contains(&member.key.as_str()))
    };
    let names_it = |json: &Json| {
        has(
            json,
            &["error_code", "errCode", "error", "error_msg", "err_code"],
        )
    };
    match json.members() {
        [only] => {
            only.key.to_lowercase().starts_with("err")
                || has(&only.value, &["code"])
                    && has(&only.value, &["message"])
                    && only.value.members().len() <= 4
        }
        members => names_it(json) && members.len() <= 5,
    }
}

/// Whether an example shows the response to a call that fails.
pub(crate) fn is_failure(shown: &Shown) -> bool {
    match shown.status {
        Some(status) => status >= 400,
        None => shown.abnormal,
    }
}
