//! A JSON body through serde.
//! This module must never send half a document: what cannot be written whole is an error.

use alloc::string::ToString;

use serde_core::Serialize;

use super::{InvalidRequest, Problem, Request};

impl Request {
    /// Sets the body to `value` as JSON, with `Content-Type: application/json`. Where a call wants
    /// another type, such as `application/openstack-images-v2.1-json-patch`, set the header after it.
    ///
    /// # Errors
    /// Where serde cannot write the value as JSON: a map with keys that are no strings, for example.
    ///
    /// ```
    /// # use permspec_runtime::{Endpoint, Method, Request, RouteSpec, Scope};
    /// # static ADD_IMAGE_MEMBER: RouteSpec = RouteSpec {
    /// #     service: "ims", id: "AddImageMember", title: "Adding an Image Member",
    /// #     endpoints: &[Endpoint {
    /// #         method: Some(Method::Post), path: "/v2/images/{image_id}/members", query: &[], body_action: None,
    /// #     }],
    /// #     permissions: &[], dependencies: &[], doc: None,
    /// #     scope: Scope { iam_project: Some(true), enterprise_project: Some(false) },
    /// # };
    /// let request = Request::new(&ADD_IMAGE_MEMBER, &["70a599e0"])
    ///     .json(&serde_json::json!({"member": "edc89b490d7d4392898e19b2deb34797"}))?;
    /// assert_eq!(request.body_bytes(), br#"{"member":"edc89b490d7d4392898e19b2deb34797"}"#);
    /// # Ok::<(), permspec_runtime::InvalidRequest>(())
    /// ```
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Result<Request, InvalidRequest> {
        match serde_json::to_vec(value) {
            Ok(body) => Ok(self.body(body, "application/json")),
            Err(error) => Err(self.invalid(Problem::Json {
                message: error.to_string(),
            })),
        }
    }
}
