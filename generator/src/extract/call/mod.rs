//! What every reader of calls needs: the methods and the path at the start of a text.

pub(crate) mod method;
pub(crate) mod path;
