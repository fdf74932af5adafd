//! A text that nobody may read by accident.
//! This module must never give it out but on request.

use alloc::string::String;
use core::fmt;

use bytes::Bytes;
use http::HeaderValue;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use super::AuthError;

/// A token, a secret key or a password. `Debug` does not show it, and its memory is overwritten when it
/// is dropped.
///
/// So are headers that are made of it. What an HTTP library copies out of a header to send it is out of
/// reach.
///
/// ```
/// use permspec_runtime::auth::Secret;
///
/// let secret = Secret::from("s3cret");
/// assert_eq!(format!("{secret:?}"), "[secret]");
/// assert_eq!(secret.expose(), "s3cret");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The text as the value of the header `name`, which `Debug` does not show.
    pub(super) fn header(&self, name: &'static str) -> Result<HeaderValue, AuthError> {
        // The value and its clones share these bytes, which are overwritten when the last is dropped.
        let bytes = Zeroizing::new(self.expose().as_bytes().to_vec());
        let value = HeaderValue::from_maybe_shared(Bytes::from_owner(bytes));
        let mut value = value.map_err(|_| AuthError::Header { name })?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl ZeroizeOnDrop for Secret {}

impl From<String> for Secret {
    fn from(text: String) -> Secret {
        Secret(text.into())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Secret {
        String::from(text).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_and_memory_is_overwritten() {
        fn overwritten<T: ZeroizeOnDrop>() {}
        // The field, not only this crate's word for it.
        overwritten::<Zeroizing<String>>();
        overwritten::<Secret>();
        let secret = Secret::from("s3cret");
        assert_eq!(
            alloc::format!("{secret:?} {secret:#?}"),
            "[secret] [secret]"
        );
    }

    #[test]
    fn a_header_of_it_is_sensitive() {
        let header = Secret::from("s3cret").header("x").unwrap();
        assert!(!alloc::format!("{header:?}").contains("s3cret"));
        let error = Secret::from("s3cret\r\n").header("x").unwrap_err();
        assert!(!alloc::format!("{error} {error:?}").contains("s3cret"));
    }
}
