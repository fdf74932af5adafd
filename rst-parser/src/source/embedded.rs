//! A text inside another one that is written there in another form, such as a quoted value: which place of
//! it is which place of the text around it. It never changes either text.

use super::{Line, Source};

/// A stretch of an inner text that is written alike in the text around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    /// First byte in the inner text.
    pub inner: u32,
    /// First byte in [`Source::text`] of the text around it.
    pub outer: u32,
    /// The physical line in the text around it.
    pub row: u32,
}

/// Where an inner text is.
pub(super) struct Origin<'t> {
    pub outer: &'t Source<'t>,
    /// In order, the first at the start of the inner text.
    pub pieces: Vec<Piece>,
}

impl Origin<'_> {
    /// The places in the text around of `start..end` of the inner text, and the line of the first.
    pub fn range(&self, start: u32, end: u32) -> (u32, u32, u32) {
        let first = self.piece(start);
        let start = first.outer + (start - first.inner);
        // The end is behind the last byte, which may be in an earlier piece than the next byte.
        let last = self.piece(end.saturating_sub(1).max(first.inner));
        let end = last.outer + (end - last.inner);
        (start, end.max(start), first.row)
    }

    fn piece(&self, at: u32) -> Piece {
        let next = self.pieces.partition_point(|piece| piece.inner <= at);
        let piece = next.checked_sub(1).and_then(|index| self.pieces.get(index));
        piece.copied().unwrap_or(Piece {
            inner: at,
            outer: 0,
            row: 0,
        })
    }
}

impl<'t> Source<'t> {
    /// A text that is written in `outer` in another form, whose stretches are `pieces`. A byte order mark is
    /// a character like others there.
    pub fn embedded(
        text: &'t str,
        outer: &'t Source<'t>,
        pieces: Vec<Piece>,
    ) -> (Source<'t>, Vec<Line>) {
        let mut source = Source::unread(text);
        source.origin = Some(Origin { outer, pieces });
        let lines = source.read(u32::MAX as usize);
        (source, lines)
    }
}
