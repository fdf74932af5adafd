//! The engine of paged lists: it reads one page and says which request returns the next one. It sends nothing.
//! It must never ask for pages without an end, and never follow a link to another place.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::Value;

use super::paging::{Next, Place};
use super::wire::scalar_text;
use super::{Fit, Node, Paging, Wire};
use crate::{Decoded, Request};

/// The largest page that is asked for if the caller does not set a limit.
const USUAL_LIMIT: u64 = 100;

/// The state between two pages.
#[derive(Debug)]
pub(crate) struct Pager {
    paging: Paging,
    /// The request of the next page, or why it cannot be made. `None` at the end.
    request: Option<Result<Request, &'static str>>,
    /// The limit that the request states.
    limit: Option<u64>,
    /// The number of the first item or of the page that the request states.
    at: u64,
    /// Whether the caller left it to the service where the list begins.
    is_whole: bool,
    /// The number of pages, and the number of their items.
    pages: u64,
    seen: u64,
    before: Option<Fingerprint>,
}

/// Why a page cannot be used.
#[derive(Debug)]
pub(crate) enum PageError {
    /// It does not have the documented form.
    Json(serde_json::Error),
    /// It does not follow the page before.
    Order(&'static str),
}

/// What tells a page from the one before.
#[derive(Debug, PartialEq)]
struct Fingerprint {
    count: usize,
    first: Value,
    second: Option<Value>,
    last: Value,
}

impl Pager {
    /// The pages of the list that `request` asks for. The caller may have set a limit, and where to begin.
    pub(crate) fn new(paging: Paging, request: Request) -> Pager {
        let stated = |name: &str| {
            let mut pairs = request.query_pairs();
            let found = pairs.find(|(known, _)| *known == name);
            found.map(|(_, value)| value.to_string())
        };
        let parsed = |text: String| text.parse::<u64>().ok();
        let limit = paging.limit.and_then(stated).and_then(parsed);
        let (begin, first) = match paging.next {
            Next::Offset { query, first } | Next::Number { query, first } => (stated(query), first),
            Next::LastItem { query, .. } | Next::Marker { query, .. } => (stated(query), 0),
            Next::Link { .. } => (None, 0),
        };
        let is_whole = begin.is_none();
        let at = begin.and_then(parsed).unwrap_or_else(|| u64::from(first));
        let mut request = request;
        if let (Next::Number { query, .. }, Some(_), true) = (paging.next, limit, is_whole) {
            // Some services have no pages at all unless they are asked for one.
            request.set_query(query, at);
        }
        Pager {
            paging,
            request: Some(Ok(request)),
            limit,
            at,
            is_whole,
            pages: 0,
            seen: 0,
            before: None,
        }
    }

    /// The request of the next page, or why there is none although the list has not ended. `None` at the end.
    /// Until the page is [read](Pager::page), there is no other.
    pub(crate) fn request(&mut self) -> Option<Result<Request, &'static str>> {
        if let Some(Err(_)) = self.request {
            return self.request.take();
        }
        self.request.clone()
    }

    /// Ends the list.
    pub(crate) fn end(&mut self) {
        self.request = None;
    }

    /// The items of the page with this body. If it is an error, the list has ended.
    pub(crate) fn page<T: Wire + Default>(&mut self, body: &[u8]) -> Result<Vec<T>, PageError> {
        let mut items = Vec::new();
        self.read(body, &mut |node| {
            let mut item = T::default();
            let fit = item.read(node);
            items.push(item);
            fit
        })?;
        Ok(items)
    }

    fn read(
        &mut self,
        body: &[u8],
        take: &mut dyn FnMut(&Node<'_>) -> Fit,
    ) -> Result<(), PageError> {
        let Some(Ok(request)) = self.request.take() else {
            return Ok(());
        };
        let node = if body.trim_ascii().is_empty() {
            Node::Null
        } else {
            Node::parse(body).map_err(PageError::Json)?
        };
        let items = items(&node, self.paging.items)?;
        for (index, item) in items.iter().enumerate() {
            if take(item) == Fit::Not {
                let list = self.paging.items.join(".");
                return Err(wrong(&format!(
                    "`{list}[{index}]` is not of the documented kind"
                )));
            }
        }
        let total = self
            .paging
            .total
            .and_then(|place| number(at(&node, place)?));
        let (Some(first), Some(last)) = (items.first(), items.last()) else {
            return self.check_end(total).map_err(PageError::Order);
        };
        let fingerprint = Fingerprint {
            count: items.len(),
            first: first.to_json(),
            second: items.get(1).map(Node::to_json),
            last: last.to_json(),
        };
        self.check_order(&fingerprint).map_err(PageError::Order)?;
        self.before = Some(fingerprint);
        let count = items.len() as u64;
        self.pages += 1;
        self.seen += count;
        if !self.is_last(count, total) {
            self.request = self.following(request, &node, last, count).transpose();
        }
        Ok(())
    }

    /// The request of the page after the one in `node`, which has `count` items.
    fn following(
        &mut self,
        mut next: Request,
        node: &Node<'_>,
        last: &Node<'_>,
        count: u64,
    ) -> Result<Option<Request>, &'static str> {
        match self.paging.next {
            Next::LastItem { query, field } => {
                let marker = at(last, field).and_then(scalar_text);
                let lacks = "the last item lacks the field that the next page begins after";
                let (marker, _) = marker.ok_or(lacks)?;
                set_marker(&mut next, query, &marker)?;
            }
            Next::Marker { query, field } => {
                let marker = at(node, field).and_then(scalar_text);
                // A number that does not count anything means the beginning.
                let marker = marker.filter(|(text, _)| !text.is_empty() && text != "0");
                let Some((marker, _)) = marker else {
                    return Ok(None);
                };
                set_marker(&mut next, query, &marker)?;
            }
            Next::Offset { query, .. } => {
                self.at += count;
                next.set_query(query, self.at);
            }
            Next::Number { query, .. } => {
                self.at += 1;
                next.set_query(query, self.at);
            }
            Next::Link { field } => {
                let Some(link) = at(node, field).and_then(link) else {
                    return Ok(None);
                };
                follow(&mut next, link)?;
                return Ok(Some(next));
            }
        }
        self.state_limit(&mut next, count);
        Ok(Some(next))
    }

    /// Whether the page with `count` items is the last one.
    fn is_last(&self, count: u64, total: Option<u64>) -> bool {
        match self.paging.next {
            // A service that returns more than its largest page returned everything.
            Next::Number { .. } if self.limit.is_none() && self.is_larger(count) => true,
            // The response says whether there is another page.
            Next::Marker { .. } | Next::Link { .. } => false,
            Next::LastItem { .. } | Next::Offset { .. } | Next::Number { .. } => {
                let is_full = self.limit.is_some_and(|limit| count >= limit);
                // A total that is the size of a full page may be the number of items of that page. A total that
                // is smaller than what was seen counts something else.
                let total = total.filter(|total| self.is_whole && *total >= self.seen);
                match total.filter(|_| self.pages > 1 || !is_full) {
                    Some(total) => self.seen == total,
                    None => self.limit.is_some_and(|limit| {
                        // A server that accepts a larger limit than documented may return fewer items.
                        !is_full && !self.is_larger(limit)
                    }),
                }
            }
        }
    }

    fn is_larger(&self, count: u64) -> bool {
        let largest = u64::from(self.paging.largest);
        largest > 0 && count > largest
    }

    /// States the size of the following pages if the caller did not. Some services return everything, or refuse
    /// the call, if one of both is missing.
    fn state_limit(&mut self, next: &mut Request, count: u64) {
        let (Some(query), None) = (self.paging.limit, self.limit) else {
            return;
        };
        // Pages of another size would have other numbers.
        let is_number = matches!(self.paging.next, Next::Number { .. });
        let largest = match u64::from(self.paging.largest) {
            _ if is_number => count,
            0 => USUAL_LIMIT,
            largest => largest.min(USUAL_LIMIT),
        };
        let limit = count.min(largest);
        next.set_query(query, limit);
        self.limit = Some(limit);
    }

    /// An empty page that follows a full first page contradicts a larger total.
    fn check_end(&self, total: Option<u64>) -> Result<(), &'static str> {
        let is_full = self.before.as_ref().map(|before| before.count as u64) == self.limit;
        let is_counted = matches!(self.paging.next, Next::Offset { .. } | Next::Number { .. });
        let lacks = total.is_some_and(|total| total > self.seen);
        if is_counted && self.pages == 1 && is_full && lacks {
            return Err(
                "the second page is empty, although the service says that there are more items",
            );
        }
        Ok(())
    }

    fn check_order(&self, page: &Fingerprint) -> Result<(), &'static str> {
        let Some(before) = &self.before else {
            return Ok(());
        };
        if page == before {
            return Err("the page is the same as the one before");
        }
        let is_number = matches!(self.paging.next, Next::Number { .. });
        if is_number && before.count > 2 && before.second.as_ref() == Some(&page.first) {
            return Err(
                "the page begins with the second item of the one before, so the service does not count pages",
            );
        }
        Ok(())
    }
}

/// The list. A service may leave it out, or write `null`, if it is empty.
fn items<'n, 'de>(node: &'n Node<'de>, place: Place) -> Result<&'n [Node<'de>], PageError> {
    match at(node, place) {
        Some(Node::Array(items)) => Ok(items),
        Some(Node::Text(text)) if text.is_empty() => Ok(&[]),
        Some(Node::Null) => Ok(&[]),
        // One item in the place of a list, as some servers write it.
        Some(item @ Node::Object(_)) => Ok(core::slice::from_ref(item)),
        None if !has_another_list(node) => Ok(&[]),
        _ => Err(wrong(&format!("`{}` is not a list", place.join(".")))),
    }
}

fn has_another_list(node: &Node<'_>) -> bool {
    match node {
        Node::Null => false,
        Node::Object(entries) => entries.iter().any(
            |(name, value)| matches!(value, Node::Array(items) if !items.is_empty() && !name.ends_with("links")),
        ),
        _ => true,
    }
}

fn at<'n, 'de>(node: &'n Node<'de>, place: Place) -> Option<&'n Node<'de>> {
    place.iter().try_fold(node, |node, name| node.get(name))
}

fn number(node: &Node<'_>) -> Option<u64> {
    let (text, _) = scalar_text(node)?;
    text.trim().parse().ok()
}

fn set_marker(next: &mut Request, query: &str, marker: &str) -> Result<(), &'static str> {
    let is_same = next
        .query_pairs()
        .any(|(name, value)| name == query && value == marker);
    if is_same {
        return Err("the marker of the next page is the marker of this page");
    }
    next.set_query(query, marker);
    Ok(())
}

/// The URL of a link to the next page.
fn link<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    let text = |node: &'n Node<'_>| match node {
        Node::Text(text) if !text.is_empty() => Some(&**text),
        _ => None,
    };
    match node {
        Node::Array(links) => {
            let is_next = |link: &&Node<'_>| {
                link.get("rel")
                    .and_then(scalar_text)
                    .is_some_and(|(rel, _)| rel == "next")
            };
            text(links.iter().find(is_next)?.get("href")?)
        }
        Node::Object(_) => text(node.get("href")?),
        _ => text(node),
    }
}

/// Takes the query of a link. Scheme, host and path of the request stay, because a link may lead to an address
/// behind a gateway, or anywhere else.
fn follow(next: &mut Request, link: &str) -> Result<(), &'static str> {
    let link = link.split('#').next().unwrap_or_default();
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    let last = |path: &str| {
        path.trim_end_matches('/')
            .rsplit('/')
            .next()
            .map(String::from)
    };
    let own = next.path().ok().and_then(last);
    if last(path) != own {
        return Err("the link to the next page leads to another path");
    }
    let before: Vec<(String, String)> = owned(next.query_pairs());
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let pairs: Vec<(String, String)> = pairs
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect();
    for (name, _) in &pairs {
        next.remove_query(name);
    }
    for (name, value) in &pairs {
        next.add_query(name, value);
    }
    if owned(next.query_pairs()) == before {
        return Err("the link to the next page leads to this page");
    }
    Ok(())
}

fn owned<'p>(pairs: impl Iterator<Item = (&'p str, &'p str)>) -> Vec<(String, String)> {
    pairs
        .map(|(name, value)| (name.to_string(), value.to_string()))
        .collect()
}

/// A name or a value of a query as it is meant.
fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    let bytes: Vec<u8> = Decoded::new(&text).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn wrong(message: &str) -> PageError {
    PageError::Json(serde_core::de::Error::custom(message))
}
