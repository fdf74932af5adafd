//! A stub's request arrives as the page documents it. A request that would go elsewhere is never sent.

use axum::Router;
use axum::http::StatusCode;
use otc_api::ims;
use permspec_runtime::blocking::Client;
use permspec_runtime::{ErrorKind, Problem, Request};
use permspec_tests::Server;
use serde_json::{Value, json};

use crate::{IMAGE, MEMBER, TOKEN, always, client, image_sharing, refused};

#[test]
fn each_stub_reaches_the_handler_of_its_row() {
    let server = Server::start(image_sharing());
    let client = client(&server);
    let members = "/v2/images/70a599e0-31e7-49b7-b260-868f441e862b/members";
    let member =
        "/v2/images/70a599e0-31e7-49b7-b260-868f441e862b/members/edc89b490d7d4392898e19b2deb34797";
    let batch = "/v1/cloudimages/members";
    let one = json!({"member": MEMBER});
    let accepted = json!({"status": "accepted"});
    let many = json!({"images": [IMAGE], "projects": [MEMBER]});

    let rows: [(Request, Option<&Value>, &str, &str, &str); 8] = [
        (
            ims::add_image_member(IMAGE),
            Some(&one),
            "POST",
            members,
            "add member",
        ),
        (
            ims::update_image_sharing_status(IMAGE, MEMBER),
            Some(&accepted),
            "PUT",
            member,
            "update member",
        ),
        (
            ims::get_image_member(IMAGE, MEMBER),
            None,
            "GET",
            member,
            "show member",
        ),
        (
            ims::list_image_members(IMAGE),
            None,
            "GET",
            members,
            "list members",
        ),
        (
            ims::delete_image_member(IMAGE, MEMBER),
            None,
            "DELETE",
            member,
            "delete member",
        ),
        (
            ims::add_image_members_in_batches(),
            Some(&many),
            "POST",
            batch,
            "add batch",
        ),
        (
            ims::update_status_of_image_members_in_batches(),
            Some(&many),
            "PUT",
            batch,
            "update batch",
        ),
        (
            ims::delete_image_members_in_batches(),
            Some(&many),
            "DELETE",
            batch,
            "delete batch",
        ),
    ];
    for (request, body, method, path, did) in rows {
        let request = match body {
            Some(body) => request.json(body).unwrap(),
            None => request,
        };
        let answer = client.send(request).unwrap();
        assert_eq!(answer.status(), 200);
        let answer: Value = answer.json().unwrap();
        assert_eq!(answer["did"], did);
        assert_eq!(answer.get("body"), body);

        let received = server.received_one();
        assert_eq!((&*received.method, &*received.target), (method, path));
        assert_eq!(received.header("X-Auth-Token"), Some(TOKEN));
        assert_eq!(
            received.header("Content-Type"),
            body.map(|_| "application/json")
        );
        let sent = body
            .map(|body| serde_json::to_vec(body).unwrap())
            .unwrap_or_default();
        assert_eq!(received.body, sent);
    }
}

#[test]
fn awkward_ids_arrive_as_they_were_given() {
    let server = Server::start(image_sharing());
    let client = client(&server);
    for (id, encoded) in [
        ("a/b c?é", "a%2Fb%20c%3F%C3%A9"),
        ("%2F", "%252F"),
        ("%2e%2e", "%252e%252e"),
        ("../../secret", "..%2F..%2Fsecret"),
        ("a#b&c=d+e", "a%23b%26c%3Dd%2Be"),
        ("x\r\nX-Admin: 1", "x%0D%0AX-Admin%3A%201"),
        ("\u{0}\u{7f}\\", "%00%7F%5C"),
        ("日本🚀", "%E6%97%A5%E6%9C%AC%F0%9F%9A%80"),
        ("{member_id}", "%7Bmember_id%7D"),
        ("-._~", "-._~"),
    ] {
        let answer: Value = client
            .send(ims::get_image_member(id, id))
            .unwrap()
            .json()
            .unwrap();
        assert_eq!(
            answer,
            json!({"did": "show member", "image": id, "member": id})
        );
        let received = server.received_one();
        assert_eq!(
            received.target,
            format!("/v2/images/{encoded}/members/{encoded}")
        );
        assert_eq!(received.header("X-Admin"), None);
    }
}

#[test]
fn ids_that_would_lead_to_another_path_are_never_sent() {
    let server = Server::start(image_sharing());
    for id in ["", ".", ".."] {
        let error = refused(&server, ims::delete_image_member(IMAGE, id));
        let ErrorKind::Request(invalid) = error.kind() else {
            panic!("{error}")
        };
        let expected = match id {
            "" => Problem::EmptyParameter {
                name: "member_id".into(),
            },
            _ => Problem::DotSegment,
        };
        assert_eq!(invalid.problem(), &expected);
        assert!(
            error
                .to_string()
                .starts_with("`ims.DeleteImageMember` was not sent: "),
            "{error}"
        );
    }
    assert!(server.received().is_empty());
}

#[test]
fn query_and_headers_of_a_request_arrive() {
    let server = Server::start(image_sharing());
    let request = ims::list_image_members(IMAGE)
        .query("limit", 10)
        .query("marker", "a b&c")
        .header("X-Language", "en-us");
    client(&server).send(request).unwrap();
    let received = server.received_one();
    assert_eq!(
        received.target,
        format!("/v2/images/{IMAGE}/members?limit=10&marker=a%20b%26c")
    );
    assert_eq!(received.header("X-Language"), Some("en-us"));
    assert!(
        received
            .header("User-Agent")
            .unwrap()
            .starts_with("permspec-runtime/")
    );
}

#[test]
fn a_token_of_the_request_goes_before_the_clients() {
    let server = Server::start(image_sharing());
    let own = ims::list_image_members(IMAGE).header("x-auth-token", "another");
    client(&server).send(own).unwrap();
    assert_eq!(
        server.received_one().header("X-Auth-Token"),
        Some("another")
    );
}

#[test]
fn without_a_token_there_is_no_header_for_it() {
    let server = Server::start(image_sharing());
    Client::new(server.url())
        .unwrap()
        .send(ims::list_image_members(IMAGE))
        .unwrap();
    assert_eq!(server.received_one().header("X-Auth-Token"), None);
}

#[test]
fn a_body_of_another_type_arrives_byte_for_byte() {
    let server = always(StatusCode::NO_CONTENT);
    let bytes = b"\x00\xff[{}]\r\n";
    let request = ims::update_status_of_image_members_in_batches()
        .body(*bytes, "application/openstack-images-v2.1-json-patch");
    let answer = client(&server).send(request).unwrap();
    assert_eq!((answer.status().as_u16(), answer.body().len()), (204, 0));
    let received = server.received_one();
    assert_eq!(&received.body[..], bytes);
    let content_type = "application/openstack-images-v2.1-json-patch";
    assert_eq!(received.header("Content-Type"), Some(content_type));
}

#[test]
fn only_methods_that_expect_a_body_announce_an_empty_one() {
    let server = always(StatusCode::NO_CONTENT);
    let client = client(&server);
    for (request, length) in [
        (ims::list_image_members(IMAGE), None),
        (ims::delete_image_member(IMAGE, MEMBER), None),
        (ims::add_image_members_in_batches(), Some("0")),
        (ims::update_status_of_image_members_in_batches(), Some("0")),
    ] {
        let operation = request.spec();
        client.send(request).unwrap();
        let received = server.received_one();
        assert_eq!(received.header("Content-Length"), length, "{operation}");
        assert_eq!(received.header("Transfer-Encoding"), None, "{operation}");
    }
}

#[test]
fn a_path_of_the_service_address_stands_before_each_path() {
    let server = Server::start(Router::new().nest("/gate/ims", image_sharing()));
    let client = Client::new(format!("{}/gate/ims/", server.url())).unwrap();
    client.send(ims::list_image_members("a")).unwrap();
    assert_eq!(
        server.received_one().target,
        "/gate/ims/v2/images/a/members"
    );
}
