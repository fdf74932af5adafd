use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::future::{Future, poll_fn};
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use futures_core::Stream;
use pollster::block_on;
use serde_json::{Value, json};

use crate::testing::{Recording, Reply, Scripted};
use crate::typed::{Call, Extra, Json, Operation, Paged, Paging};
use crate::{Endpoint, ErrorKind, Method, Request, RouteSpec, blocking};

static LIST: RouteSpec = RouteSpec {
    id: "ListImages",
    endpoints: &[Endpoint::new(Method::Get, "/v2/images")],
    ..RouteSpec::of("ims")
};

#[derive(Clone, Default)]
struct Image {
    id: Option<String>,
    extra: Extra,
}
crate::object!(Image { id: "id" });

/// One operation for each kind of pages.
macro_rules! paged {
    ($($name:ident: $paging:expr;)+) => {$(
        struct $name(Call<Json>);

        impl Operation for $name {
            type Response = Json;

            fn into_call(self) -> Call<Json> {
                self.0
            }
        }

        impl Paged for $name {
            type Item = Image;
            const PAGING: Paging = $paging;
        }
    )+};
}

paged! {
    LastItem: Paging::by_last_item(&["images"], "marker", &["id"]).with_limit("limit", 0);
    Capped: Paging::by_last_item(&["images"], "marker", &["id"]).with_limit("limit", 2);
    Marker: Paging::by_marker(&["images"], "marker", &["page_info", "next_marker"]);
    Offset: Paging::by_offset(&["data", "images"], "offset", 0)
        .with_limit("limit", 0)
        .with_total(&["total"]);
    FromOne: Paging::by_offset(&[], "start", 1);
    Number: Paging::by_number(&["images"], "page", 1).with_limit("page_size", 10).with_total(&["total"]);
    Link: Paging::by_link(&["images"], &["links", "next"]);
    Links: Paging::by_link(&["images"], &["images_links"]);
}

mod served;

fn call() -> Call<Json> {
    Call::new(Request::new(&LIST, &[]))
}

/// A list with these ids.
fn ids(ids: &str) -> Value {
    ids.chars()
        .map(|id| json!({"id": id.to_string()}))
        .collect()
}

fn images(of: &str) -> Value {
    json!({"images": ids(of)})
}

/// The ids that arrived, then the error if there was one, and the queries that were sent.
fn run<O: Paged<Item = Image>>(operation: impl Fn() -> O, bodies: &[Value]) -> (String, String) {
    let script = || {
        let replies = bodies.iter().map(|body| Reply::json(200, body));
        Recording::new(replies.fold(Scripted::new(), |script, reply| script.reply(&LIST, reply)))
    };
    let sent = |cloud: &Recording<Scripted>| {
        let lines = cloud.to_string();
        let queries = lines.lines().map(|line| line.replace("ims.ListImages", ""));
        queries.collect::<Vec<_>>().join(";")
    };
    let mut arrived = Vec::new();
    let cloud = script();
    let client = blocking::Client::over(cloud.clone(), "http://ims.test").unwrap();
    let mut pages = client.pages(operation());
    arrived.extend(pages.by_ref());
    assert!(pages.next().is_none());

    let other = script();
    let client = crate::Client::over(other.clone(), "http://ims.test").unwrap();
    let mut pages = client.pages(operation());
    let mut again = Vec::new();
    while let Some(item) = block_on(pages.next()) {
        again.push(item);
    }
    let shown = |items: Vec<Result<Image, crate::Error>>| -> String {
        let shown = items.into_iter().map(|item| match item {
            Ok(image) => image.id.unwrap_or_else(|| "-".into()),
            Err(error) => format!("! {error:#}"),
        });
        shown.collect()
    };
    let (arrived, again) = (shown(arrived), shown(again));
    assert_eq!(arrived, again);
    assert_eq!(sent(&cloud), sent(&other));
    (arrived, sent(&cloud))
}

fn outcome(ids: &str, queries: &str) -> (String, String) {
    (ids.into(), queries.into())
}

fn error(ids: &str, reason: &str) -> String {
    format!("{ids}! `ims.ListImages` (GET /v2/images): {reason}")
}

#[test]
fn the_next_page_begins_after_the_last_item_and_an_empty_page_is_the_end() {
    let full = [images("ab"), images("cd"), images("")];
    let queries = "; marker=b limit=2; limit=2 marker=d";
    assert_eq!(run(|| LastItem(call()), &full), outcome("abcd", queries));
}

#[test]
fn fewer_items_than_the_limit_that_was_set_are_the_last_page() {
    let pages = [images("abc"), images("de")];
    let queries = " limit=3; limit=3 marker=c";
    assert_eq!(
        run(|| LastItem(call().query("limit", 3)), &pages),
        outcome("abcde", queries)
    );
}

#[test]
fn a_server_that_caps_a_limit_does_not_end_the_list() {
    let pages = [images("ab"), images("c"), images("")];
    let queries = " limit=9; limit=9 marker=b; limit=9 marker=c";
    assert_eq!(
        run(|| Capped(call().query("limit", 9)), &pages),
        outcome("abc", queries)
    );
}

#[test]
fn a_marker_of_the_response_leads_to_the_next_page() {
    let page =
        |of: &str, next: Value| json!({"images": ids(of), "page_info": {"next_marker": next}});
    for end in [json!(null), json!(""), json!(0)] {
        let pages = [page("ab", json!("x")), page("c", json!(7)), page("d", end)];
        assert_eq!(
            run(|| Marker(call()), &pages),
            outcome("abcd", "; marker=x; marker=7")
        );
    }
    let pages = [images("ab")];
    assert_eq!(run(|| Marker(call()), &pages), outcome("ab", ""));
}

#[test]
fn a_marker_that_does_not_change_is_an_error_after_the_items() {
    let page = |of: &str| json!({"images": ids(of), "page_info": {"next_marker": "x"}});
    let (arrived, queries) = run(|| Marker(call()), &[page("a"), page("b")]);
    let reason = "the marker of the next page is the marker of this page";
    assert_eq!((arrived, &*queries), (error("ab", reason), "; marker=x"));
}

#[test]
fn an_offset_counts_items_until_the_total_is_reached() {
    let page = |of: &str, total: Value| json!({"data": {"images": ids(of)}, "total": total});
    let pages = [page("abc", json!(5)), page("de", json!("5"))];
    assert_eq!(
        run(|| Offset(call()), &pages),
        outcome("abcde", "; offset=3 limit=3")
    );
    assert_eq!(
        run(|| Offset(call()), &[page("abc", json!(3))]),
        outcome("abc", "")
    );
    // A total that is not one, or that counts something else, ends nothing.
    for total in [json!(-1), json!(0), json!(1), json!(null)] {
        let pages = [page("ab", total.clone()), page("", total)];
        let queries = "; offset=2 limit=2";
        assert_eq!(run(|| Offset(call()), &pages), outcome("ab", queries));
    }
}

#[test]
fn a_total_that_is_the_size_of_a_full_page_may_count_that_page() {
    let page = |of: &str| json!({"data": {"images": ids(of)}, "total": of.len()});
    let pages = [page("ab"), page("c")];
    let queries = " limit=2; limit=2 offset=2";
    assert_eq!(
        run(|| Offset(call().query("limit", 2)), &pages),
        outcome("abc", queries)
    );
}

#[test]
fn an_offset_that_was_set_is_where_the_list_begins() {
    let page = |of: &str| json!({"data": {"images": ids(of)}, "total": 5});
    let begin = || Offset(call().query("offset", 2).query("limit", 2));
    let pages = [page("cd"), page("e")];
    let queries = " offset=2 limit=2; limit=2 offset=4";
    assert_eq!(run(begin, &pages), outcome("cde", queries));
}

#[test]
fn an_offset_may_count_from_one_and_the_body_may_be_the_list() {
    let pages = [ids("ab"), ids("")];
    assert_eq!(run(|| FromOne(call()), &pages), outcome("ab", "; start=3"));
}

#[test]
fn a_service_that_counts_something_else_than_documented_is_noticed() {
    let page = |of: &str| json!({"data": {"images": ids(of)}, "total": 5});
    let (arrived, _) = run(|| Offset(call().query("limit", 2)), &[page("ab"), page("")]);
    let reason = "the second page is empty, although the service says that there are more items";
    assert_eq!(arrived, error("ab", reason));
    let page = |of: &str| json!({"images": ids(of), "total": 5});
    let (arrived, _) = run(
        || Number(call().query("page_size", 2)),
        &[page("ab"), page("")],
    );
    assert_eq!(arrived, error("ab", reason));
}

#[test]
fn pages_are_counted_and_asked_for_by_number_if_a_limit_was_set() {
    let page = |of: &str| json!({"images": ids(of), "total": 5});
    let pages = [page("ab"), page("cd"), page("e")];
    let queries = " page_size=2 page=1; page_size=2 page=2; page_size=2 page=3";
    assert_eq!(
        run(|| Number(call().query("page_size", 2)), &pages),
        outcome("abcde", queries)
    );
    let queries = "; page=2 page_size=2; page_size=2 page=3";
    assert_eq!(run(|| Number(call()), &pages), outcome("abcde", queries));
}

#[test]
fn a_service_that_returns_more_than_its_largest_page_returned_everything() {
    let pages = [images("abcdefghijk"), images("x")];
    assert_eq!(run(|| Number(call()), &pages), outcome("abcdefghijk", ""));
    let pages = [images("abcdefghij"), images("x")];
    let queries = "; page=2 page_size=10";
    assert_eq!(
        run(|| Number(call()), &pages),
        outcome("abcdefghijx", queries)
    );
}

#[test]
fn a_service_that_counts_items_where_pages_are_documented_is_noticed() {
    let pages = [images("abc"), images("bcd")];
    let (arrived, _) = run(|| Number(call().query("page_size", 3)), &pages);
    assert!(
        arrived.contains("abc! ") && arrived.ends_with("the service does not count pages"),
        "{arrived}"
    );
}

#[test]
fn links_are_followed_until_there_is_none() {
    let page = |of: &str, next: &str| json!({"images": ids(of), "links": {"next": next}});
    let pages = [
        page("ab", "http://inside:9292/v2/images?limit=2&marker=x%2Fy+z"),
        page("c", "/v2/images/?marker=c#top"),
        images("d"),
    ];
    let queries = " type=a; type=a limit=2 marker=x/y z; type=a limit=2 marker=c";
    assert_eq!(
        run(|| Link(call().query("type", "a")), &pages),
        outcome("abcd", queries)
    );
    let pages = [
        json!({"images": ids("a"), "images_links": [
            {"rel": "previous", "href": "?marker=0"}, {"rel": "next", "href": "http://x/images?marker=a"},
        ]}),
        json!({"images": ids("b"), "images_links": []}),
    ];
    assert_eq!(run(|| Links(call()), &pages), outcome("ab", "; marker=a"));
}

#[test]
fn a_link_to_another_path_or_to_the_same_page_is_not_followed() {
    let page = |next: &str| json!({"images": ids("ab"), "links": {"next": next}});
    for (link, reason) in [
        ("/v2/secrets?marker=a", "another path"),
        (
            "http://evil.test/?x=http://ims.test/v2/images",
            "another path",
        ),
        ("http://ims.test/v2/images", "this page"),
    ] {
        let (arrived, queries) = run(|| Link(call()), &[page(link)]);
        let reason = format!("the link to the next page leads to {reason}");
        assert_eq!((arrived, &*queries), (error("ab", &reason), ""));
    }
}

#[test]
fn a_page_that_is_the_same_as_the_one_before_is_an_error() {
    let list = json!({"data": {"images": ids("ab")}});
    let (arrived, _) = run(|| Offset(call()), &[list.clone(), list]);
    assert_eq!(
        arrived,
        error("ab", "the page is the same as the one before")
    );
}

#[test]
fn an_item_that_does_not_fit_is_named() {
    let list = json!({"data": {"images": [{"id": "a"}, 5]}});
    let (arrived, _) = run(|| Offset(call()), &[list]);
    let reason = "the response is not the JSON that was requested: `data.images[1]` is not of the documented kind";
    assert_eq!(arrived, error("", reason));
}

#[test]
fn a_list_at_another_place_is_an_error_and_an_absent_one_is_empty() {
    for list in [
        json!({"pictures": ids("a")}),
        json!({"images": 5}),
        ids("a"),
    ] {
        let (arrived, _) = run(|| Marker(call()), &[list]);
        assert!(arrived.ends_with(": `images` is not a list"), "{arrived}");
    }
    for list in [
        json!({}),
        json!({"images": null}),
        json!({"images": "", "more": []}),
        json!(null),
    ] {
        assert_eq!(run(|| Marker(call()), &[list]), outcome("", ""));
    }
}

#[test]
fn a_last_item_without_the_field_of_the_marker_is_an_error_after_the_items() {
    let list = json!({"images": [{"id": "a"}, {"name": "b"}]});
    let (arrived, _) = run(|| LastItem(call()), &[list]);
    let reason = "the last item lacks the field that the next page begins after";
    assert_eq!(arrived, error("a-", reason));
}

#[test]
fn pages_are_a_stream() {
    let script = Scripted::new()
        .reply(&LIST, Reply::json(200, &images("ab")))
        .reply(&LIST, Reply::json(200, &images("")));
    let client = crate::Client::over(script, "http://ims.test").unwrap();
    let mut pages = client.pages(LastItem(call()));
    let next = || block_on(poll_fn(|context| Pin::new(&mut pages).poll_next(context)));
    let ids: Vec<_> = core::iter::from_fn(next)
        .map(|item| item.unwrap().id.unwrap())
        .collect();
    assert_eq!(ids, ["a", "b"]);
}

#[test]
fn a_request_continues_if_nobody_waits_for_it_for_a_while() {
    let cloud = Recording::new(Scripted::new().reply(&LIST, Reply::json(200, &images("a"))));
    let client = crate::Client::over(Slow(cloud.clone()), "http://ims.test").unwrap();
    let mut pages = client.pages(LastItem(call()));
    let mut first = Box::pin(pages.next());
    let mut context = Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());
    drop(first);
    assert!(block_on(pages.next()).unwrap().is_ok());
    assert_eq!(cloud.calls().len(), 1);
}

/// A transport whose response is ready when it is asked for again.
struct Slow(Recording<Scripted>);

impl crate::Transport for Slow {
    fn send(
        &self,
        request: http::Request<crate::Body>,
        timeout: core::time::Duration,
    ) -> crate::BoxFuture<'_, Result<http::Response<crate::Body>, crate::BoxError>> {
        let mut is_asked = false;
        Box::pin(async move {
            let answer = self.0.send(request, timeout).await;
            let ready = poll_fn(|context| {
                context.waker().wake_by_ref();
                if core::mem::replace(&mut is_asked, true) {
                    Poll::Ready(())
                } else {
                    Poll::Pending
                }
            });
            ready.await;
            answer
        })
    }

    fn wait(&self, pause: core::time::Duration) -> crate::BoxFuture<'_, ()> {
        self.0.wait(pause)
    }
}

#[test]
fn after_a_failed_call_the_list_has_ended() {
    let script = Scripted::new()
        .reply(&LIST, Reply::json(200, &images("a")))
        .reply(&LIST, Reply::status(500))
        .reply(&LIST, Reply::json(200, &images("b")));
    let client = blocking::Client::over(script, "http://ims.test").unwrap();
    let mut pages = client.pages(LastItem(call()));
    assert!(pages.next().unwrap().is_ok());
    let error = pages.next().unwrap().unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Status(_)));
    assert!(pages.next().is_none() && pages.next().is_none());
}
