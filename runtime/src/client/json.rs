//! The body of a response as JSON.
//! This module must never show the body: a token may be in it.

use super::{Error, ErrorKind, Response};

impl Response {
    /// The body, read as JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Json`] where the body is not JSON, or does not have the shape of `T`.
    pub fn json<T: serde_core::de::DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(self.body())
            .map_err(|error| Error::new(self.call().clone(), ErrorKind::Json(error)))
    }
}
