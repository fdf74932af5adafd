//! A JSON body through serde.
//! A body that cannot be written as a whole is an error.

use alloc::string::ToString;
use alloc::vec::Vec;

use serde_core::Serialize;

use super::{InvalidRequest, Problem, Request};
use crate::json_keys::keys;

impl Request {
    /// Sets the body to `value` as JSON, with `Content-Type: application/json`. If a call needs another
    /// type, such as `application/openstack-images-v2.1-json-patch`, set the header afterwards.
    ///
    /// If the documentation selects the operation by a key of the body
    /// ([`Endpoint::body_action`](crate::Endpoint)), `value` is the whole body and must have that key. To
    /// pass only the value under the key, use [`action`](Request::action). Choose the
    /// [`endpoint`](Request::endpoint) first.
    ///
    /// # Errors
    /// - [`Problem::Json`] if serde cannot write the value as JSON, such as a map whose keys are not
    ///   strings.
    /// - [`Problem::NoKey`] if the value is not an object with the key that selects the operation.
    ///
    /// ```
    /// # use permspec_runtime::{Endpoint, Method, Request, RouteSpec, Scope};
    /// # static ADD_IMAGE_MEMBER: RouteSpec = RouteSpec {
    /// #     service: "ims", id: "AddImageMember", title: "Adding an Image Member",
    /// #     endpoints: &[Endpoint {
    /// #         method: Some(Method::Post), path: "/v2/images/{image_id}/members", query: &[], body_action: None,
    /// #     }],
    /// #     permissions: &[], dependencies: &[], doc: None, service_spec: None,
    /// #     scope: Scope { iam_project: Some(true), enterprise_project: Some(false) },
    /// # };
    /// let request = Request::new(&ADD_IMAGE_MEMBER, &["70a599e0"])
    ///     .json(&serde_json::json!({"member": "edc89b490d7d4392898e19b2deb34797"}))?;
    /// assert_eq!(request.body_bytes(), br#"{"member":"edc89b490d7d4392898e19b2deb34797"}"#);
    /// # Ok::<(), permspec_runtime::InvalidRequest>(())
    /// ```
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Result<Request, InvalidRequest> {
        let body = self.written(value)?;
        if let Some(key) = self.key() {
            let keys = keys(&body).unwrap_or_default();
            if keys.iter().all(|known| known != key) {
                return Err(self.invalid(Problem::NoKey { key }));
            }
        }
        Ok(self.body(body, "application/json"))
    }

    /// Sets the body to a JSON object with `value` under the key that selects the operation
    /// ([`Endpoint::body_action`](crate::Endpoint)), with `Content-Type: application/json`. Choose the
    /// [`endpoint`](Request::endpoint) first.
    ///
    /// # Errors
    /// - [`Problem::KeyNotDocumented`] if the documentation does not name a key. Then pass the whole body
    ///   to [`json`](Request::json).
    /// - [`Problem::Json`] if serde cannot write the value as JSON.
    ///
    /// ```
    /// use permspec_runtime::{Endpoint, Method, Request, RouteSpec};
    /// use serde_json::json;
    ///
    /// static EXTEND: RouteSpec = RouteSpec {
    ///     id: "ExtendVolume",
    ///     endpoints: &[Endpoint::new(Method::Post, "/v2/volumes/{volume_id}/action")
    ///         .with_body_action("os-extend")],
    ///     ..RouteSpec::of("evs")
    /// };
    ///
    /// let extend = Request::new(&EXTEND, &["7a"]).action(&json!({"new_size": 40}))?;
    /// assert_eq!(extend.body_bytes(), br#"{"os-extend":{"new_size":40}}"#);
    /// // The same with the whole body, which must have the key:
    /// let whole = Request::new(&EXTEND, &["7a"]).json(&json!({"os-extend": {"new_size": 40}}))?;
    /// assert_eq!(whole, extend);
    /// assert!(Request::new(&EXTEND, &["7a"]).json(&json!({"new_size": 40})).is_err());
    /// # Ok::<(), permspec_runtime::InvalidRequest>(())
    /// ```
    pub fn action<T: Serialize + ?Sized>(self, value: &T) -> Result<Request, InvalidRequest> {
        let Some(key) = self.key() else {
            return Err(self.invalid(Problem::KeyNotDocumented));
        };
        let (key, value) = (self.written(key)?, self.written(value)?);
        let body = [&b"{"[..], &key, b":", &value, b"}"].concat();
        Ok(self.body(body, "application/json"))
    }

    fn written<T: Serialize + ?Sized>(&self, value: &T) -> Result<Vec<u8>, InvalidRequest> {
        serde_json::to_vec(value).map_err(|error| {
            self.invalid(Problem::Json {
                message: error.to_string(),
            })
        })
    }
}
