//! How an operation returns a long list in pages: where the list is, and how the next page is asked for.
//! This is data that generated code states. Only the engine of the pages acts on it.

use super::{Operation, Wire};

/// An operation that returns a list in pages. A client's `pages` asks for one page after the other and returns
/// the items.
pub trait Paged: Operation {
    /// An item of the list.
    type Item: Wire + Default;

    /// How the pages follow each other.
    const PAGING: Paging;
}

/// A place in a JSON object: the names of the fields that lead to it. If it is empty, it is the whole value.
pub type Place = &'static [&'static str];

/// How the pages of a list follow each other.
///
/// ```
/// use permspec_runtime::typed::Paging;
///
/// const IMAGES: Paging = Paging::by_last_item(&["images"], "marker", &["id"]).with_limit("limit", 1000);
/// const RECORDS: Paging = Paging::by_offset(&["records"], "offset", 0)
///     .with_limit("limit", 0)
///     .with_total(&["total_count"]);
/// # let _ = (IMAGES, RECORDS);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    pub(super) items: Place,
    pub(super) next: Next,
    /// The query parameter for the number of items of a page.
    pub(super) limit: Option<&'static str>,
    /// The largest number of items of a page. 0 if it is not documented.
    pub(super) largest: u32,
    /// The field with the number of items of all pages.
    pub(super) total: Option<Place>,
}

/// How the next page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// By a field of the last item.
    LastItem { query: &'static str, field: Place },
    /// By a field of the response.
    Marker { query: &'static str, field: Place },
    /// By the number of items before it. The first item has the number `first`.
    Offset { query: &'static str, first: u32 },
    /// By its number. The first page has the number `first`.
    Number { query: &'static str, first: u32 },
    /// By a link of the response.
    Link { field: Place },
}

impl Paging {
    const fn new(items: Place, next: Next) -> Paging {
        Paging {
            items,
            next,
            limit: None,
            largest: 0,
            total: None,
        }
    }

    /// The next page begins after the item whose `field` is the value of the query parameter `query`.
    pub const fn by_last_item(items: Place, query: &'static str, field: Place) -> Paging {
        Paging::new(items, Next::LastItem { query, field })
    }

    /// The response has the value of the query parameter `query` for the next page in `field`.
    pub const fn by_marker(items: Place, query: &'static str, field: Place) -> Paging {
        Paging::new(items, Next::Marker { query, field })
    }

    /// The query parameter `query` is the number of the first item of a page. The first item of all has the number
    /// `first`.
    pub const fn by_offset(items: Place, query: &'static str, first: u32) -> Paging {
        Paging::new(items, Next::Offset { query, first })
    }

    /// The query parameter `query` is the number of the page. The first page has the number `first`.
    pub const fn by_number(items: Place, query: &'static str, first: u32) -> Paging {
        Paging::new(items, Next::Number { query, first })
    }

    /// The response has a link to the next page in `field`: a URL, an object with `href`, or a list of objects with
    /// `rel` and `href`.
    pub const fn by_link(items: Place, field: Place) -> Paging {
        Paging::new(items, Next::Link { field })
    }

    /// The query parameter for the number of items of a page, and the largest number that is documented. 0 if none
    /// is documented.
    #[must_use]
    pub const fn with_limit(self, query: &'static str, largest: u32) -> Paging {
        Paging {
            limit: Some(query),
            largest,
            ..self
        }
    }

    /// The field of the response with the number of items of all pages.
    #[must_use]
    pub const fn with_total(self, field: Place) -> Paging {
        Paging {
            total: Some(field),
            ..self
        }
    }
}
