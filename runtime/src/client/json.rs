//! The body of a response as JSON.
//! This module must never show the body, because it may contain a token.

use super::{Error, ErrorKind, Response};

impl Response {
    /// Reads the body as JSON.
    ///
    /// # Errors
    /// Returns [`ErrorKind::Json`] if the body is not JSON, or does not have the shape of `T`.
    pub fn json<T: serde_core::de::DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(self.body())
            .map_err(|error| Error::new(self.call().clone(), ErrorKind::Json(error)))
    }
}
