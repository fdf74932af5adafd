//! Images of Glance: their data goes there and comes back.

use otc_api::ims;
use permspec_runtime::{Body, Endpoint, Method, Request, RouteSpec};
use permspec_tests::Caller;
use serde_json::{Value, json};

use super::{Cloud, does, gets, name};

/// The type of a change of an image, without which Glance refuses it.
pub const PATCH: &str = "application/openstack-images-v2.1-json-patch";

/// Reading the data of an image. The documentation of the cloud does not have this operation.
pub static DOWNLOAD: RouteSpec = RouteSpec {
    id: "DownloadImage",
    endpoints: &[Endpoint::new(Method::Get, "/v2/images/{image_id}/file")],
    ..RouteSpec::of("ims")
};

/// Creates an image without data, and returns its id.
pub fn created(client: &Caller, name: &str) -> String {
    let body = json!({"name": name, "disk_format": "raw", "container_format": "bare"});
    let response = does(client, ims::create_image_metadata().json(&body).unwrap());
    assert_eq!(response.status(), 201);
    let image: Value = response.json().unwrap();
    assert_eq!(image["status"], "queued");
    image["id"].as_str().unwrap().to_owned()
}

/// The length of an image's data in bytes.
const LENGTH: usize = 1_000_000;

fn ids(page: &Value) -> Vec<String> {
    let images = page["images"].as_array().unwrap();
    let ids = images.iter().map(|image| image["id"].as_str().unwrap());
    ids.map(str::to_owned).collect()
}

#[test]
fn the_data_of_an_image_comes_back_as_it_was_sent() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("glance") {
        // A body of unknown length is sent in chunks.
        for length in [Some(LENGTH as u64), None] {
            let id = created(&client, &name("image"));
            let upload = ims::upload_image(&id).header("Content-Type", "application/octet-stream");
            let body = Body::reader(
                std::io::Read::take(std::io::repeat(b'x'), LENGTH as u64),
                length,
            );
            assert_eq!(client.upload(upload, body).unwrap().status(), 204);

            let shown = cloud.openstack(&["image", "show", &id]);
            assert_eq!(shown["status"], "active");
            assert_eq!(shown["size"], LENGTH);
            let got = gets(&client, ims::get_image(&id));
            assert_eq!(got["size"], LENGTH);
            // Glance computes it from the data: `head -c 1000000 /dev/zero | tr '\0' x | md5sum`.
            assert_eq!(got["checksum"], "ec78dbd963d2fc01e51176ed4dec299e");
            let read = client.download(Request::new(&DOWNLOAD, &[&id]), b'x');
            assert_eq!(read, Ok(LENGTH), "{}", client.name());
            assert_eq!(does(&client, ims::delete_image_v2(&id)).status(), 204);
        }
    }
}

#[test]
fn an_upload_that_is_refused_says_why() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("glance") {
        let upload = ims::upload_image("none").header("Content-Type", "application/octet-stream");
        let error = client.upload(upload, Body::from("x")).unwrap_err();
        assert_eq!(error.status().unwrap(), 404, "{}: {error}", client.name());
        assert!(error.message().is_some(), "{error}");
    }
}

#[test]
fn an_image_is_changed_by_operations_on_its_fields() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("glance") {
        let (before, after) = (name("image"), name("image"));
        let id = created(&client, &before);
        let change = json!([
            {"op": "replace", "path": "/name", "value": after},
            {"op": "add", "path": "/__os_type", "value": "Linux"},
        ]);
        let change = ims::update_image(&id).json(&change).unwrap();
        // JSON alone is not the type of a change.
        let error = client.send(change.clone()).unwrap_err();
        assert_eq!(error.status().unwrap(), 415);
        let changed = gets(&client, change.header("Content-Type", PATCH));
        assert_eq!(changed["name"], after);
        let shown = cloud.openstack(&["image", "show", &id]);
        assert_eq!(shown["name"], after);
        assert_eq!(shown["properties"]["__os_type"], "Linux");
        does(&client, ims::delete_image_v2(&id));
        assert_eq!(
            client
                .send(ims::get_image(&id))
                .unwrap_err()
                .status()
                .unwrap(),
            404
        );
    }
}

#[test]
fn images_with_a_tag_are_listed_in_pages() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("glance") {
        let tag = name("a tag & more?");
        let mut tagged: Vec<String> = (0..5).map(|_| created(&client, &name("image"))).collect();
        for id in &tagged {
            assert_eq!(does(&client, ims::add_tag(id, &tag)).status(), 204);
        }
        let other = created(&client, &name("image"));

        let mut pages = Vec::new();
        let mut read = Vec::new();
        loop {
            let mut list = ims::list_images().query("tag", &tag).query("limit", 2);
            if let Some(last) = read.last() {
                list = list.query("marker", last);
            }
            let page = gets(&client, list);
            let on_page = ids(&page);
            pages.push(on_page.len());
            read.extend(on_page);
            if page["next"].is_null() {
                break;
            }
        }
        assert_eq!(pages, [2, 2, 1], "{}", client.name());
        read.sort();
        tagged.sort();
        assert_eq!(read, tagged);

        assert_eq!(
            does(&client, ims::delete_tag(&tagged[0], &tag)).status(),
            204
        );
        let left = gets(&client, ims::list_images().query("tag", &tag));
        assert_eq!(left["images"].as_array().unwrap().len(), 4);
        for id in tagged.iter().chain([&other]) {
            does(&client, ims::delete_image_v2(id));
        }
    }
}

#[test]
fn schemas_name_the_fields_of_images_and_members() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("glance") {
        for (request, name, field) in [
            (ims::get_image_schema(), "image", "/properties/disk_format"),
            (ims::get_image_list_schema(), "images", "/properties/images"),
            (
                ims::get_image_sharing_member_schema(),
                "member",
                "/properties/member_id",
            ),
            (
                ims::get_image_sharing_member_list_schema(),
                "members",
                "/properties/members",
            ),
        ] {
            let schema = gets(&client, request);
            assert_eq!(schema["name"], name);
            assert!(schema.pointer(field).is_some(), "{name} {field}");
        }
    }
}
