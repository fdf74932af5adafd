//! A text that must not be shown by accident.
//! Only [`Secret::expose`] gives out the text.

use alloc::string::String;
use core::fmt;

use bytes::Bytes;
use http::HeaderValue;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use super::AuthError;

/// A token, a secret key or a password. `Debug` does not show it. Its memory is overwritten when it is
/// dropped.
///
/// The same holds for headers that are made from it. It does not hold for copies that an HTTP library
/// makes while it sends a header.
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
    /// The secret text.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The secret as the value of the header `name`. `Debug` does not show the value.
    pub(super) fn header(&self, name: &'static str) -> Result<HeaderValue, AuthError> {
        // The value and its clones share these bytes. They are overwritten when the last clone is
        // dropped.
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
        // This checks the field itself, and not only the name of its type.
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
