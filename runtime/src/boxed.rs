//! What methods of `dyn` traits give and take.
//! This module must never grow: names for what std has none for.

use alloc::boxed::Box;
use core::future::Future;
use core::pin::Pin;

/// Any error.
pub type BoxError = Box<dyn core::error::Error + Send + Sync>;

/// A future on the heap, as methods of a `dyn` trait return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
