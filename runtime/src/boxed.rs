//! Types that methods of `dyn` traits take and return, and for which the standard library does not have
//! names.

use alloc::boxed::Box;
use core::future::Future;
use core::pin::Pin;

/// Any error.
pub type BoxError = Box<dyn core::error::Error + Send + Sync>;

/// A future on the heap, as methods of a `dyn` trait return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
