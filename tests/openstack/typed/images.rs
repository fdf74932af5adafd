//! Images of Glance with typed calls: their data, their fields, their tags and with whom they are shared.

use std::collections::BTreeSet;

use otc_api::ims as untyped;
use otc_types::ims::{self, CreateImageMetadata, CreateImageMetadataResponse};
use permspec_runtime::{Body, Request};
use permspec_tests::Caller;

use super::super::images::{DOWNLOAD, PATCH};
use super::super::sharing::Tenant;
use super::super::{Cloud, name};
use super::{deletes, json, reads, replies, sends};

/// Creates an image without data, and returns its id.
fn created(client: &Caller, name: &str, tags: &[&str]) -> String {
    let tags: Vec<String> = tags.iter().copied().map(String::from).collect();
    let body = CreateImageMetadata::default()
        .name(name)
        .disk_format("raw")
        .container_format("bare")
        .tags(tags);
    let reply = replies(client, ims::create_image_metadata(&body));
    assert_eq!(reply.status(), 201);
    let image: CreateImageMetadataResponse = reply.body;
    assert_eq!(image.status.as_deref(), Some("queued"));
    assert_eq!(image.disk_format.unwrap(), "raw");
    image.id.unwrap()
}

/// Deletes an image. Glance refuses a body, and an empty one is not sent.
fn deleted(client: &Caller, image: &str) {
    let body = ims::DeleteImageV2::default();
    deletes(client, ims::delete_image_v2(image, &body));
}

#[test]
fn an_image_has_typed_fields_before_and_after_its_data_came() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("glance") {
        let id = created(&client, &name("image"), &[]);
        let before = reads(&client, ims::get_image(&id));
        // Glance says `null`, which is not the documented integer.
        assert_eq!(before.size, None);
        assert!(before.extra.get("size").unwrap().is_null());

        // A typed call has a small body. The data of an image is sent and received as a stream.
        let upload = untyped::upload_image(&id).header("Content-Type", "application/octet-stream");
        let sent = client.upload(upload, Body::from("xxxxx")).unwrap();
        assert_eq!(sent.status(), 204);
        let read = client.download(Request::new(&DOWNLOAD, &[&id]), b'x');
        assert_eq!(read, Ok(5), "{}", client.name());

        let after = reads(&client, ims::get_image(&id));
        assert_eq!(after.size, Some(5));
        assert_eq!(after.status.as_deref(), Some("active"));
        assert_eq!(after.protected, Some(false));
        // The documentation does not have this field.
        assert_eq!(after.extra.get("os_hash_algo").unwrap(), "sha512");
        deleted(&client, &id);
    }
}

#[test]
fn an_image_is_changed_by_a_typed_list_of_operations() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("glance") {
        let id = created(&client, &name("image"), &[]);
        let after = name("image");
        let mut rename = ims::ModifyImage::new("replace", "/name");
        rename.value = Some(after.clone());
        let mut system = ims::ModifyImage::new("add", "/__os_type");
        system.value = Some("Linux".into());
        let operations = [rename, system];
        // JSON alone is not the type of a change, and the type of a typed body can be set after the body.
        let change = ims::update_image(&id, &operations);
        let error = client.call(change.clone()).unwrap_err();
        assert_eq!(error.status().unwrap(), 415);
        let changed = reads(&client, change.header("Content-Type", PATCH));
        assert_eq!(changed.name.as_deref(), Some(after.as_str()));
        assert_eq!(changed.os_type.as_deref(), Some("Linux"));

        let shown = cloud.openstack(&["image", "show", &id]);
        assert_eq!(shown["name"], after);
        assert_eq!(shown["properties"]["__os_type"], "Linux");
        deleted(&client, &id);
    }
}

#[test]
fn typed_pages_have_every_image_with_a_tag_once() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("glance") {
        let tag = name("a tag & more?");
        let mut ids: Vec<String> = (0..4)
            .map(|_| created(&client, &name("image"), &[&tag]))
            .collect();
        let other = created(&client, &name("image"), &["other"]);
        let late = created(&client, &name("image"), &[]);
        deletes(&client, ims::add_tag(&late, &tag));
        ids.push(late);

        let list = || ims::list_images().tag(&tag);
        let page = reads(&client, list().limit(2));
        assert_eq!(page.images.unwrap().len(), 2);
        assert!(page.next.is_some());
        let read = client.pages(list().limit(2)).unwrap();
        assert_eq!(read.len(), 5, "{}", client.name());
        // The items of pages are as complete as a page of all.
        let all = reads(&client, list());
        let items: Vec<_> = read.iter().map(|image| json(image)).collect();
        assert_eq!(json(&all)["images"], serde_json::Value::from(items));
        let read: BTreeSet<&str> = read
            .iter()
            .filter_map(|image| image.id.as_deref())
            .collect();
        assert_eq!(read, ids.iter().map(String::as_str).collect());

        deletes(&client, ims::delete_tag(&ids[0], &tag));
        assert_eq!(client.pages(list().limit(2)).unwrap().len(), 4);
        for id in ids.iter().chain([&other]) {
            deleted(&client, id);
        }
        assert_eq!(reads(&client, list()).images.unwrap().len(), 0);
    }
}

#[test]
fn the_five_operations_of_sharing_are_typed() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for at in 0..2 {
        let (owner, other) = (Tenant::new(&cloud, at), Tenant::new(&cloud, at));
        let project = other.project.as_str();
        let image = created(&owner.client, &name("shared"), &[]);
        let add = ims::add_image_member(&image, &ims::AddImageMember::new(project));
        let added = reads(&owner.client, add);
        assert_eq!(added.member_id.as_deref(), Some(project));
        assert_eq!(added.status.as_deref(), Some("pending"));

        // Only the other project can accept it.
        let body = ims::UpdateImageSharingStatus::new("accepted");
        let accept = ims::update_image_sharing_status(&image, project, &body);
        let error = owner.client.call(accept.clone()).unwrap_err();
        assert_eq!(error.status().unwrap(), 403, "{error}");
        let needs: Vec<String> = error.needs().iter().map(ToString::to_string).collect();
        assert_eq!(needs, ["ims:images:get", "ims:images:share"]);
        let accepted = reads(&other.client, accept);
        assert_eq!(accepted.status.as_deref(), Some("accepted"));

        let member = reads(&owner.client, ims::get_image_member(&image, project));
        assert_eq!(member.status.as_deref(), Some("accepted"));
        let members = reads(&owner.client, ims::list_image_members(&image));
        assert_eq!(json(&members.members.unwrap()[0]), json(&member));
        let shown = cloud.openstack(&["image", "member", "list", &image]);
        assert_eq!(shown[0]["Status"], "accepted");

        deletes(&owner.client, ims::delete_image_member(&image, project));
        let members = reads(&owner.client, ims::list_image_members(&image));
        assert_eq!(members.members.unwrap().len(), 0);
        let error = other.client.call(ims::get_image(&image)).unwrap_err();
        assert_eq!(error.status().unwrap(), 404);
        deleted(&owner.client, &image);
    }
}

#[test]
fn typed_schemas_are_complete() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("glance") {
        let image = reads(&client, ims::get_image_schema());
        assert_eq!(image.name.as_deref(), Some("image"));
        let list = reads(&client, ims::get_image_list_schema());
        assert_eq!(list.name.as_deref(), Some("images"));
        let member = reads(&client, ims::get_image_sharing_member_schema());
        assert_eq!(member.name.as_deref(), Some("member"));
        let members = reads(&client, ims::get_image_sharing_member_list_schema());
        assert_eq!(members.name.as_deref(), Some("members"));
    }
}

#[test]
fn a_refused_typed_call_has_status_message_and_request() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("glance") {
        let error = client.call(ims::get_image("none")).unwrap_err();
        assert_eq!(error.status().unwrap(), 404);
        let message = error.message().unwrap();
        assert!(message.contains("No image found with ID none"), "{message}");
        assert!(error.request_id().unwrap().starts_with("req-"), "{error}");

        // What the server refuses to understand has a reason.
        let body = CreateImageMetadata::default().visibility("nowhere");
        let error = client.reply(ims::create_image_metadata(&body)).unwrap_err();
        assert_eq!(error.status().unwrap(), 400);
        let message = error.message().unwrap();
        assert!(message.contains("'nowhere' is not one of"), "{message}");
    }
}

#[test]
fn a_change_without_a_required_field_is_not_sent() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("glance") {
        let id = created(&client, &name("image"), &[]);
        let member = ims::AddImageMember::default();
        let error = client
            .call(ims::add_image_member(&id, &member))
            .unwrap_err();
        assert_eq!(error.status(), None);
        assert!(error.to_string().contains("member"), "{error}");
        let id = sends(&client, ims::get_image(&id)).body.id.unwrap();
        deleted(&client, &id);
    }
}
