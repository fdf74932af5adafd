//! Lists that a service returns in pages, as one sequence of items. Each page is requested when it is needed.
//! After an error, a list has ended.

use alloc::boxed::Box;
use alloc::vec;
use core::fmt;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use pollster::block_on;

use super::{BlockingClient, Client, Engine, Error, ErrorKind, Response, SentCall};
use crate::boxed::BoxFuture;
use crate::typed::{PageError, Paged, Pager, Wire};

/// The items of a list that a service returns in pages, for async code. [`Client::pages`] returns it.
///
/// It is also a [`Stream`].
pub struct Pages<T>(Source<T>);

/// The items of a list that a service returns in pages. `pages` of the blocking client returns it.
pub struct BlockingPages<T>(Source<T>);

/// The part that both clients share.
struct Source<T> {
    engine: Engine,
    pager: Pager,
    /// The call of the present page.
    call: Option<SentCall>,
    /// The items of the present page that were not returned yet.
    items: vec::IntoIter<T>,
    /// The response to the request of the next page, if it was sent.
    sent: Option<BoxFuture<'static, Result<Response, Error>>>,
}

impl<T: Wire + Default> Source<T> {
    fn of<O: Paged<Item = T>>(engine: &Engine, operation: O) -> Source<T> {
        let request = operation.into_call().into_request();
        Source {
            engine: engine.clone(),
            pager: Pager::new(O::PAGING, request),
            call: None,
            items: vec::Vec::new().into_iter(),
            sent: None,
        }
    }

    /// The next item. A request continues in the next call if nobody waits for this one any longer.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            if self.sent.is_none() {
                let request = match self.pager.request() {
                    Some(Ok(request)) => request,
                    Some(Err(reason)) => {
                        let kind = ErrorKind::Pages { reason };
                        let error = self.call.clone().map(|call| Error::new(call, kind));
                        return Poll::Ready(error.map(Err));
                    }
                    None => return Poll::Ready(None),
                };
                let engine = self.engine.clone();
                self.sent = Some(Box::pin(async move { engine.send(request).await }));
            }
            let Some(sent) = &mut self.sent else {
                return Poll::Ready(None);
            };
            let answer = core::task::ready!(sent.as_mut().poll(context));
            self.sent = None;
            if let Err(error) = answer.and_then(|response| self.read(&response)) {
                self.pager.end();
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    fn read(&mut self, response: &Response) -> Result<(), Error> {
        self.call = Some(response.call().clone());
        let items = self.pager.page(response.body()).map_err(|error| {
            let kind = match error {
                PageError::Json(error) => ErrorKind::Json(error),
                PageError::Order(reason) => ErrorKind::Pages { reason },
            };
            Error::new(response.call().clone(), kind)
        })?;
        self.items = items.into_iter();
        Ok(())
    }
}

/// No field is pinned.
impl<T> Unpin for Source<T> {}

impl<T: Wire + Default> Pages<T> {
    /// The next item. `None` at the end of the list, and after an error.
    ///
    /// The last page is the one after which the service names no other, the one that completes the documented
    /// total, one with fewer items than the limit of the request, or an empty one.
    ///
    /// ```
    /// use permspec_runtime::typed::Paged;
    /// use permspec_runtime::{Client, Error};
    ///
    /// async fn count(client: &Client, list: impl Paged) -> Result<usize, Error> {
    ///     let mut pages = client.pages(list);
    ///     let mut count = 0;
    ///     while let Some(item) = pages.next().await {
    ///         item?;
    ///         count += 1;
    ///     }
    ///     Ok(count)
    /// }
    /// ```
    ///
    /// # Errors
    /// Returns the same errors as [`send`](Client::send), [`ErrorKind::Json`] if a page or an item is not as
    /// documented, and [`ErrorKind::Pages`] if a page does not follow the one before.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.0.poll(context)).await
    }
}

impl<T: Wire + Default> Iterator for BlockingPages<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Result<T, Error>> {
        block_on(poll_fn(|context| self.0.poll(context)))
    }
}

impl<T: Wire + Default> Stream for Pages<T> {
    type Item = Result<T, Error>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<T, Error>>> {
        self.0.poll(context)
    }
}

impl Client {
    /// The items of a list that the service returns in pages. Set a limit of `operation` to choose the size of the
    /// pages. Nothing is sent before the first item is asked for.
    ///
    /// If you set no limit, the first page has the size that the service chooses, and the next ones ask for the same.
    pub fn pages<O: Paged>(&self, operation: O) -> Pages<O::Item> {
        Pages(Source::of(&self.engine, operation))
    }
}

impl BlockingClient {
    /// The items of a list that the service returns in pages. Set a limit of `operation` to choose the size of the
    /// pages. Nothing is sent before the first item is asked for.
    ///
    /// If you set no limit, the first page has the size that the service chooses, and the next ones ask for the same.
    ///
    /// An item may be an error: the same errors as of [`send`](BlockingClient::send), [`ErrorKind::Json`] if a page
    /// or an item is not as documented, and [`ErrorKind::Pages`] if a page does not follow the one before. After
    /// an error, the list has ended.
    pub fn pages<O: Paged>(&self, operation: O) -> BlockingPages<O::Item> {
        BlockingPages(Source::of(&self.engine, operation))
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for BlockingPages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
