//! The body of a response as the type that its operation documents.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Wire, from_json};

/// What the body of a response becomes. Every type that is received as JSON implements it, and so do [`Content`]
/// for other bodies and `()` for none.
pub trait FromBody: Sized {
    /// Reads the body of a response.
    ///
    /// # Errors
    /// If the body should be JSON and is not, or does not have the documented kind.
    fn from_body(body: &[u8], content_type: Option<&str>) -> Result<Self, serde_json::Error>;
}

/// An empty body is a value without fields: some services answer with less than they document.
impl<T: Wire + Default> FromBody for T {
    fn from_body(body: &[u8], _: Option<&str>) -> Result<T, serde_json::Error> {
        if body.trim_ascii().is_empty() {
            Ok(T::default())
        } else {
            from_json(body)
        }
    }
}

/// An operation whose response has no body, whatever the server adds.
impl FromBody for () {
    fn from_body(_: &[u8], _: Option<&str>) -> Result<(), serde_json::Error> {
        Ok(())
    }
}

/// A body whose fields the documentation does not describe: a file, XML, a plain text, or JSON of any kind.
///
/// `Debug` shows its length only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// The media type that the server states.
    pub content_type: Option<String>,
    /// The body as it arrived.
    pub bytes: Vec<u8>,
}

impl Content {
    /// The body as text. Bytes that are not UTF-8 are replaced by U+FFFD.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// If it is not JSON.
    pub fn json(&self) -> Result<serde_json::Value, serde_json::Error> {
        serde_json::from_slice(&self.bytes)
    }
}

impl FromBody for Content {
    fn from_body(body: &[u8], content_type: Option<&str>) -> Result<Content, serde_json::Error> {
        Ok(Content {
            content_type: content_type.map(String::from),
            bytes: body.to_vec(),
        })
    }
}

impl core::fmt::Debug for Content {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Content")
            .field("content_type", &self.content_type)
            .field("bytes", &format_args!("{} bytes", self.bytes.len()))
            .finish()
    }
}
