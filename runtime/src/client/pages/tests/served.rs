//! A service that has the items, instead of a script: every item must arrive once, for every size of list and page.

use alloc::boxed::Box;
use core::time::Duration;

use super::*;
use crate::{Body, BoxError, BoxFuture, Transport};

/// How a service decides where a page begins.
#[derive(Clone, Copy, Debug)]
enum By {
    LastItem,
    Marker,
    Offset,
    Number,
    Link,
}

#[derive(Clone, Copy, Debug)]
struct Service {
    by: By,
    items: usize,
    /// The size of a page if the call does not state one. 0: everything.
    usual: usize,
    /// The size that no page exceeds, whatever the call states.
    largest: usize,
    states_total: bool,
}

impl Service {
    fn page(self, uri: &http::Uri) -> Value {
        let query = uri.query().unwrap_or_default();
        let stated = |name: &str| -> Option<usize> {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find_map(|(known, value)| (known == name).then(|| value.parse().unwrap()))
        };
        let usual = if self.usual == 0 {
            self.items
        } else {
            self.usual
        };
        let size = stated("limit").unwrap_or(usual).min(self.largest);
        let begin = match self.by {
            By::LastItem | By::Marker | By::Link => stated("marker").unwrap_or(0),
            By::Offset => stated("offset").unwrap_or(0),
            By::Number => (stated("page").unwrap_or(1) - 1) * size,
        };
        let end = (begin + size).min(self.items);
        let list = (begin..end).map(|id| json!({"id": id + 1}));
        let mut page = json!({"images": list.collect::<Value>()});
        if self.states_total {
            page["total"] = json!(self.items);
        }
        if end < self.items && end > 0 {
            page["page_info"] = json!({"next_marker": end});
            page["links"] =
                json!({"next": format!("http://x/v2/images?marker={end}&limit={size}")});
        }
        page
    }
}

impl Transport for Service {
    fn send(
        &self,
        request: http::Request<Body>,
        _: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        let page = self.page(request.uri()).to_string();
        Box::pin(async { Ok(http::Response::new(Body::from(page))) })
    }

    fn wait(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

paged! {
    ByLastItem: Paging::by_last_item(&["images"], "marker", &["id"]).with_limit("limit", 6).with_total(&["total"]);
    ByMarker: Paging::by_marker(&["images"], "marker", &["page_info", "next_marker"]).with_limit("limit", 6);
    ByOffset: Paging::by_offset(&["images"], "offset", 0).with_limit("limit", 6).with_total(&["total"]);
    ByNumber: Paging::by_number(&["images"], "page", 1).with_limit("limit", 6).with_total(&["total"]);
    ByLink: Paging::by_link(&["images"], &["links", "next"]).with_limit("limit", 6);
}

fn arrived<O: Paged<Item = Image>>(client: &blocking::Client, operation: O) -> Vec<usize> {
    let items = client
        .pages(operation)
        .map(|item| item.unwrap().id.unwrap());
    items.map(|id| id.parse().unwrap()).collect()
}

#[test]
fn every_item_arrives_once_from_every_service() {
    let mut checked = 0;
    for by in [By::LastItem, By::Marker, By::Offset, By::Number, By::Link] {
        for items in 0..14 {
            for usual in [0, 1, 3, 6] {
                // A service without pages of its own ignores the largest size, too.
                let largest = if usual == 0 { usize::MAX } else { 6 };
                for states_total in [false, true] {
                    let service = Service {
                        by,
                        items,
                        usual,
                        largest,
                        states_total,
                    };
                    for limit in [None, Some(1), Some(2), Some(5), Some(6), Some(9)] {
                        let client = blocking::Client::over(service, "http://ims.test").unwrap();
                        let call = limit
                            .into_iter()
                            .fold(call(), |call, limit| call.query("limit", limit));
                        let ids = match by {
                            By::LastItem => arrived(&client, ByLastItem(call)),
                            By::Marker => arrived(&client, ByMarker(call)),
                            By::Offset => arrived(&client, ByOffset(call)),
                            By::Number => arrived(&client, ByNumber(call)),
                            By::Link => arrived(&client, ByLink(call)),
                        };
                        let all: Vec<usize> = (1..=items).collect();
                        assert_eq!(ids, all, "{service:?} {limit:?}");
                        checked += 1;
                    }
                }
            }
        }
    }
    assert_eq!(checked, 5 * 14 * 4 * 2 * 6);
}
