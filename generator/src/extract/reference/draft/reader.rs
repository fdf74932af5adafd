//! The items of a page, one after the other: titles and leads say which part of the page comes next, and
//! each text, listing and table becomes a fact of that part.

use rst_parser::Span;

use super::super::super::table::collapse;
use super::super::call::{StatedEndpoint, UriSection};
use super::super::outline::Item;
use super::super::part::{self, Part};
use super::{Draft, Place, Pointer, Verbatim};

pub(super) struct Reader<'a> {
    pub(super) draft: &'a mut Draft,
    pub(super) place: Place,
    /// The place as the section's title set it.
    pub(super) section: Place,
    level: usize,
    /// The text right before what comes.
    pub(super) lead: String,
    /// The words in bold type of that.
    pub(super) lead_bold: Vec<String>,
    /// Texts since the last table, title or listing.
    pub(super) leads: Vec<String>,
    calls: UriSection,
    /// The item before is a listing.
    adjacent: bool,
    /// Whether descriptions are kept.
    pub(super) keeps_prose: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(draft: &'a mut Draft, keeps_prose: bool) -> Self {
        Reader {
            draft,
            place: Place::default(),
            section: Place::default(),
            level: 0,
            lead: String::new(),
            lead_bold: Vec::new(),
            leads: Vec::new(),
            calls: UriSection::default(),
            adjacent: false,
            keeps_prose,
        }
    }

    /// The calls of the page, after its last item; `span` is the place of one without a path.
    pub(super) fn calls(&mut self, span: Span) -> Vec<StatedEndpoint> {
        self.calls.finish(span);
        std::mem::take(&mut self.calls.found)
    }

    pub(super) fn item(&mut self, item: &Item<'_>) {
        match item {
            Item::Title { text, level, .. } => self.title(text, *level),
            Item::Text {
                text,
                span,
                bullet,
                bold,
                refs,
            } => {
                self.point(text, bold, refs);
                self.text(text, *span, *bullet);
                self.lead_bold.clone_from(bold);
            }
            Item::Listing {
                text,
                span,
                first_line,
            } => self.listing(text, *span, *first_line),
            Item::Table { table, labels } => self.table(table, labels),
        }
        self.adjacent = matches!(item, Item::Listing { .. });
    }

    fn title(&mut self, text: &str, level: usize) {
        let announced = part::title(text);
        self.leads.clear();
        text.clone_into(&mut self.lead);
        let status = part::status(text);
        match announced.part {
            Some(part) => {
                self.place = Place {
                    part,
                    example: announced.example,
                    abnormal: announced.abnormal,
                    status,
                };
            }
            None if level > self.level && self.level > 0 => {
                self.place.status = status.or(self.place.status);
            }
            None => self.place = Place::default(),
        }
        if announced.part.is_some() || level <= self.level {
            self.level = level;
        }
        self.section = self.place;
    }

    fn text(&mut self, text: &str, span: Span, bullet: bool) {
        if self.place.part == Part::Uri && !self.place.example && text.len() < 2000 {
            let had = !self.calls.found.is_empty();
            let sample = had
                && self
                    .leads
                    .iter()
                    .any(|lead| part::words(lead).contains("example"));
            if !sample && self.calls.read(text, span) {
                self.leads.clear();
                return;
            }
        }
        if self.place.part == Part::Status {
            self.statuses(text);
        }
        if let Some(status) = part::status(text) {
            self.place.status = Some(status);
            self.draft.statuses.push(status);
            if !self.section.example {
                self.place.abnormal = status >= 400;
            }
        } else if let Some(announced) = part::lead(text) {
            self.announce(announced, bullet);
        }
        text.clone_into(&mut self.lead);
        self.leads.push(text.to_owned());
        if self.leads.len() > 6 {
            self.leads.remove(0);
        }
    }

    /// Keeps `For details about the **x** field, see Table 1`.
    fn point(&mut self, text: &str, bold: &[String], refs: &[String]) {
        if let ([field], [label]) = (bold, refs)
            && text.len() < 200
            && matches!(self.place.part, Part::Request | Part::Response)
        {
            self.draft.pointers.push(Pointer {
                part: self.place.part,
                field: field.clone(),
                label: label.clone(),
            });
        }
    }

    fn announce(&mut self, announced: part::Announced, bullet: bool) {
        let body = matches!(
            self.section.part,
            Part::Request | Part::Response | Part::Example
        );
        if self.section.part == Part::Uri {
            self.place.example = announced.example;
            // An example of the request may be in the section of the URI.
            let request = announced.example && announced.part == Some(Part::Request);
            self.place.part = if request { Part::Request } else { Part::Uri };
            return;
        }
        if !body {
            return;
        }
        self.place.example = announced.example || self.section.example;
        if announced.abnormal {
            self.place.abnormal = true;
        } else if announced.part == Some(Part::Response) || !announced.example {
            self.place.abnormal = self.section.abnormal;
        }
        match announced.part {
            // `Bad Request` in a section of responses is not a request. `Example response` is a response anywhere.
            Some(Part::Request | Part::Response)
                if self.section.example
                    && self.section.part != Part::Example
                    && !announced.example => {}
            Some(part @ (Part::Request | Part::Response)) => {
                let forward = self.section.part == Part::Request && part == Part::Response;
                if announced.example || self.section.part == Part::Example || (forward && bullet) {
                    self.place.part = part;
                } else {
                    self.place.part = self.section.part;
                }
            }
            _ if !self.place.example && self.section.part != Part::Example => {
                self.place.part = self.section.part;
            }
            _ => {}
        }
    }

    fn statuses(&mut self, text: &str) {
        if text.len() > 200 {
            return;
        }
        let words = part::words(text);
        let mut found = words.split(' ').filter_map(part::number);
        let starts = words.split(' ').next().and_then(part::number).is_some();
        let short = words.split(' ').count() <= 4;
        if starts || short {
            self.draft.statuses.extend(found.by_ref());
        }
    }

    fn listing(&mut self, text: &str, span: Span, first_line: u32) {
        if self.place.part == Part::Uri && !self.place.example {
            let mut any = false;
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                any |= self.calls.read(&collapse(line), span);
            }
            if any {
                return;
            }
        }
        if matches!(
            self.place.part,
            Part::Request | Part::Response | Part::Example | Part::Uri
        ) {
            // One JSON text may be cut into listings that follow each other.
            if self.adjacent
                && let Some(last) = self.draft.listings.last_mut()
                && is_open(&last.text)
            {
                last.text.push('\n');
                last.text.push_str(text);
                return;
            }
            self.draft.listings.push(Verbatim {
                place: self.place,
                text: text.to_owned(),
                first_line,
            });
        }
        self.leads.clear();
    }
}

/// Whether a listing has more opening braces than closing ones.
fn is_open(text: &str) -> bool {
    let count = |open: char, close: char| text.matches(open).count() > text.matches(close).count();
    text.trim_start().starts_with(['{', '[']) && (count('{', '}') || count('[', ']'))
}
