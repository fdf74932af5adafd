//! Texts with a documented list of values. The list may be incomplete, so every other text is a value too.

use super::wire::scalar_text;
use super::{Fit, Node};

/// An enum of documented values and `Other`. [`open!`](crate::open) implements it for generated types.
pub trait Open: Sized {
    /// The value as it is written.
    fn as_str(&self) -> &str;

    /// The value that is written as `text`: the documented one, or `Other`.
    fn of(text: &str) -> Self;
}

/// Reads an open enum.
#[doc(hidden)]
pub fn read_open(node: &Node<'_>, take: &mut dyn FnMut(&str)) -> Fit {
    match scalar_text(node) {
        Some((text, fit)) => {
            take(&text);
            fit
        }
        None => Fit::Not,
    }
}

/// Implements [`Open`], [`Wire`](super::Wire), `From<&str>`, `Display`, `Debug`, `Default` and comparison
/// with texts for an enum whose last variant is `Other(String)`. Values are compared as they are written.
/// With the feature `serde`, it also implements serde's traits.
///
/// ```
/// use permspec_runtime::typed;
///
/// #[derive(Clone)]
/// pub enum MemberStatus {
///     Pending,
///     Accepted,
///     Other(String),
/// }
/// permspec_runtime::open!(MemberStatus { Pending: "pending", Accepted: "accepted" });
///
/// let status: MemberStatus = typed::from_json(b"\"accepted\"")?;
/// assert!(matches!(status, MemberStatus::Accepted));
/// assert_eq!(status, "accepted");
/// assert_eq!(MemberStatus::from("new").to_string(), "new");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! open {
    ($type:ident { $($variant:ident: $text:literal),+ $(,)? }) => {
        impl $crate::typed::Open for $type {
            #[inline]
            fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }

            #[inline]
            fn of(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    _ => Self::Other(text.into()),
                }
            }
        }

        impl $crate::typed::Wire for $type {
            #[inline]
            fn read(&mut self, node: &$crate::typed::Node<'_>) -> $crate::typed::Fit {
                $crate::typed::read_open(node, &mut |text| *self = <Self as $crate::typed::Open>::of(text))
            }

            #[inline]
            fn write(&self, writer: &mut $crate::typed::Writer) {
                writer.text($crate::typed::Open::as_str(self));
            }
        }

        impl ::core::convert::From<&str> for $type {
            #[inline]
            fn from(text: &str) -> Self {
                <Self as $crate::typed::Open>::of(text)
            }
        }

        impl ::core::default::Default for $type {
            #[inline]
            fn default() -> Self {
                <Self as $crate::typed::Open>::of("")
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad($crate::typed::Open::as_str(self))
            }
        }

        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt($crate::typed::Open::as_str(self), f)
            }
        }

        impl ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::typed::Open::as_str(self) == $crate::typed::Open::as_str(other)
            }
        }

        impl ::core::cmp::PartialEq<str> for $type {
            #[inline]
            fn eq(&self, other: &str) -> bool {
                $crate::typed::Open::as_str(self) == other
            }
        }

        impl ::core::cmp::PartialEq<&str> for $type {
            #[inline]
            fn eq(&self, other: &&str) -> bool {
                $crate::typed::Open::as_str(self) == *other
            }
        }

        $crate::__serde!($type);
    };
}
