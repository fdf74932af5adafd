//! A text inside another one that is written there in another form, such as a quoted value. This module
//! maps the positions of the inner text to those of the outer text. It does not change either text.

use super::{Line, Source};

/// A stretch of an inner text that is written in the same way in the outer text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    /// The first byte in the inner text.
    pub inner: u32,
    /// The first byte in [`Source::text`] of the outer text.
    pub outer: u32,
    /// The physical line in the outer text.
    pub row: u32,
}

/// The place of an inner text.
pub(super) struct Origin<'t> {
    pub outer: &'t Source<'t>,
    /// The stretches in order. The first one is at the start of the inner text.
    pub pieces: Vec<Stretch>,
}

impl Origin<'_> {
    /// The bytes of the outer text for `start..end` of the inner text, and the line of the first byte.
    pub fn range(&self, start: u32, end: u32) -> (u32, u32, u32) {
        let first = self.piece(start);
        let start = first.outer + (start - first.inner);
        // The end is after the last byte, which may be in an earlier stretch than the next byte.
        let last = self.piece(end.saturating_sub(1).max(first.inner));
        let end = last.outer + (end - last.inner);
        (start, end.max(start), first.row)
    }

    fn piece(&self, at: u32) -> Stretch {
        let next = self.pieces.partition_point(|piece| piece.inner <= at);
        let piece = next.checked_sub(1).and_then(|index| self.pieces.get(index));
        piece.copied().unwrap_or(Stretch {
            inner: at,
            outer: 0,
            row: 0,
        })
    }
}

impl<'t> Source<'t> {
    /// Makes a source of a text that is written in `outer` in another form, and whose stretches are
    /// `pieces`. A byte order mark is an ordinary character there.
    pub fn embedded(
        text: &'t str,
        outer: &'t Source<'t>,
        pieces: Vec<Stretch>,
    ) -> (Source<'t>, Vec<Line>) {
        let mut source = Source::unread(text);
        source.origin = Some(Origin { outer, pieces });
        let lines = source.read(u32::MAX as usize);
        (source, lines)
    }
}
