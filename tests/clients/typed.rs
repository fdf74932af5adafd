//! Both clients read a response as the type that its operation documents.

use otc_api::ims;
use permspec_runtime::typed::{Call, Content, Extra, Json, Operation, Paged, Paging};
use permspec_runtime::{ErrorKind, Problem};

use super::wire::{Wire, answer};
use super::{IMAGE, MEMBER, both};

#[derive(Clone, Default)]
struct Member {
    id: Option<String>,
    status: Option<String>,
    extra: Extra,
}
permspec_runtime::object!(
    Member {
        id: "member_id",
        status: "status"
    }["member_id"]
);

fn get() -> Call<Member> {
    Call::new(ims::get_image_member(IMAGE, MEMBER))
}

fn wire(body: &'static str) -> Wire {
    let headers =
        "Content-Type: application/json\r\nX-Subject-Token: s3cret\r\nX-Request-Id: r1\r\n";
    Wire::start(move |_| answer("200 OK", headers, body))
}

#[test]
fn a_call_returns_the_documented_type() {
    let wire = wire(r#"{"member_id": "edc8", "status": "accepted", "new": 5}"#);
    for client in both(&wire.url) {
        let member = client.call(get()).unwrap();
        assert_eq!(member.id.as_deref(), Some("edc8"));
        assert_eq!(member.extra.get("new").unwrap(), 5);
        let untyped = client.send(ims::get_image_member(IMAGE, MEMBER)).unwrap();
        assert_eq!(untyped.read::<Member>().unwrap(), member);
        assert_eq!(untyped.read::<Json>().unwrap()["new"], 5);
        let content: Content = untyped.read().unwrap();
        assert_eq!(content.content_type.as_deref(), Some("application/json"));
    }
}

#[test]
fn a_reply_also_has_status_and_headers() {
    let wire = wire(r#"{"member_id": "edc8"}"#);
    for client in both(&wire.url) {
        let reply = client.reply(get()).unwrap();
        assert_eq!(reply.body.id.as_deref(), Some("edc8"));
        assert_eq!(reply.status(), 200);
        assert_eq!(reply.header("x-subject-token"), Some("s3cret"));
        assert_eq!(reply.header("X-Absent"), None);
        assert_eq!(reply.request_id(), Some("r1"));
        assert_eq!(reply.headers().len(), 4);
        assert_eq!(reply.response().text(), r#"{"member_id": "edc8"}"#);
        assert!(!format!("{reply:?}").contains("s3cret"));
    }
}

#[test]
fn a_body_that_is_not_as_documented_is_an_error_of_the_call() {
    for body in ["[1]", "5", "{", "<html>"] {
        let wire = wire(body);
        for client in both(&wire.url) {
            for error in [
                client.call(get()).map(drop).unwrap_err(),
                client.reply(get()).map(drop).unwrap_err(),
            ] {
                assert!(matches!(error.kind(), ErrorKind::Json(_)), "{error:?}");
                assert!(error.to_string().starts_with("`ims.GetImageMember` (GET "));
            }
        }
    }
}

#[test]
fn a_call_without_a_required_field_is_not_sent() {
    let wire = wire("{}");
    for client in both(&wire.url) {
        let add: Call<Member> = Call::new(ims::add_image_member(IMAGE)).json(&Member::default());
        let error = client.call(add).unwrap_err();
        let ErrorKind::Request(invalid) = error.kind() else {
            panic!("{error}")
        };
        let field = "member_id".into();
        assert_eq!(invalid.problem(), &Problem::MissingField { field });
    }
    assert_eq!(wire.connections(), 0);
}

#[test]
fn a_response_of_a_call_without_content_is_nothing() {
    let wire = Wire::start(|_| answer("204 No Content", "", ""));
    for client in both(&wire.url) {
        let delete: Call<()> = Call::new(ims::delete_image_member(IMAGE, MEMBER));
        client.call(delete).unwrap();
    }
}

/// The value that a generated function of a list returns.
struct ListMembers(Call<Json>);

impl Operation for ListMembers {
    type Response = Json;

    fn into_call(self) -> Call<Json> {
        self.0
    }
}

impl Paged for ListMembers {
    type Item = Member;
    const PAGING: Paging = Paging::by_last_item(&["members"], "marker", &["member_id"]);
}

#[test]
fn a_list_of_several_pages_arrives_as_one() {
    for at in 0..2 {
        let wire = Wire::start(|number| {
            let pages = [
                r#"{"members": [{"member_id": "a"}, {"member_id": "b c"}]}"#,
                r#"{"members": [{"member_id": "d"}]}"#,
                r#"{"members": []}"#,
            ];
            answer("200 OK", "", pages[number])
        });
        let client = &both(&wire.url)[at];
        let list = ListMembers(Call::new(ims::list_image_members(IMAGE)));
        let members = client.pages(list).unwrap();
        let ids = members.iter().filter_map(|member| member.id.as_deref());
        assert_eq!(ids.collect::<Vec<_>>(), ["a", "b c", "d"]);
        let heads = wire.heads();
        let targets = heads.iter().filter_map(|head| head.lines().next());
        let path = format!("GET /v2/images/{IMAGE}/members");
        let expected = ["", "?marker=b%20c", "?marker=d"];
        let expected = expected.map(|query| format!("{path}{query} HTTP/1.1"));
        assert_eq!(targets.collect::<Vec<_>>(), expected);
    }
}
