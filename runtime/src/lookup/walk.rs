//! The walk of a path through the tree of segments: texts first, and back where they lead nowhere.
//! It needs no memory and no recursion, because nodes know their parents; this module must never
//! visit a node twice, so that its time has a bound: no more nodes than the tree has.

use super::percent::Decoded;
use super::segment::{cut, is_step};
use super::target::Path;
use super::trie::{Kind, Node, Text, Trie};
use super::word::{before_slash, end_of_segment, first, word};

/// The nodes at which a path ends, the most specific first.
#[derive(Clone)]
pub(super) struct Walk<'t> {
    trie: Trie,
    path: Path<'t>,
    /// The bit that a node must have for the walk to end there.
    method: u16,
    /// Where the walk came to; `None` at its end.
    place: Option<Place>,
    started: bool,
}

/// A node, and the segment that led to it: `start` is its slash, `end` the slash behind it.
#[derive(Clone, Copy)]
struct Place {
    node: Node,
    start: usize,
    end: usize,
}

impl<'t> Walk<'t> {
    pub(super) fn new(trie: Trie, path: Path<'t>, method: u16) -> Walk<'t> {
        Walk {
            trie,
            path,
            method,
            place: trie.root().map(|node| Place {
                node,
                start: 0,
                end: 0,
            }),
            started: false,
        }
    }

    /// The walk from its beginning.
    pub(super) fn again(&self) -> Walk<'t> {
        Walk::new(self.trie, self.path, self.method)
    }

    pub(super) fn path(&self) -> &'t str {
        self.path.text
    }

    fn bytes(&self) -> &'t [u8] {
        self.path.text.as_bytes()
    }

    /// One segment further: by its text, or by what takes any.
    fn forth(&self, from: Place) -> Option<Place> {
        let word = word(self.bytes(), from.end + 1);
        let length = before_slash(word);
        if from.node.has_texts() {
            let place = if self.path.encoded {
                self.encoded_text(from)
            } else {
                self.text(from, first(word, length))
            };
            if place.is_some() {
                return place;
            }
        }
        let other = self.trie.node(from.node.alternatives())?;
        let start = from.end + 1;
        let end = if length < 8 {
            start + length as usize
        } else {
            end_of_segment(self.bytes(), start + 8)
        };
        self.alternative(other, from.end, end)
    }

    /// The next way through the tree after the one that ended at `place`.
    fn back(&self, mut place: Place) -> Option<Place> {
        loop {
            let parent = place.node.parent(self.trie)?;
            if let Some(sibling) = self.trie.node(place.node.sibling()) {
                let end = end_of_segment(self.bytes(), place.start + 1);
                let other = self.alternative(sibling, place.start, end);
                if other.is_some() {
                    return other;
                }
            }
            let end = place.start;
            let start = self.bytes()[..end].iter().rposition(|byte| *byte == b'/');
            place = Place {
                node: parent,
                start: start.unwrap_or(0),
                end,
            };
        }
    }

    /// The node that the text of the segment behind `from` leads to; `key` is its first eight bytes.
    fn text(&self, from: Place, key: u64) -> Option<Place> {
        let rest = self.bytes().get(from.end + 1..)?;
        let fits = |text: &Text| {
            text.key == key
                && matches!(rest.get(text.length), None | Some(b'/'))
                && text.length <= rest.len()
                && (text.tail.is_empty() || rest[8..].starts_with(text.tail))
        };
        let child = self.trie.texts(from.node, key).find(fits)?;
        Some(Place {
            node: self.trie.node(child.node)?,
            start: from.end,
            end: from.end + 1 + child.length,
        })
    }

    /// The same where bytes of the path may be encoded.
    fn encoded_text(&self, from: Place) -> Option<Place> {
        let start = from.end + 1;
        let end = end_of_segment(self.bytes(), start);
        let mut segment = Decoded::new(&self.path.text[start..end]);
        let mut key = [0; 8];
        let mut length = 0;
        for (byte, decoded) in key.iter_mut().zip(&mut segment) {
            *byte = decoded;
            length += 1;
        }
        let key = u64::from_le_bytes(key);
        let fits = |text: &Text| {
            text.key == key
                && text.length.min(8) == length
                && segment.clone().eq(text.tail.iter().copied())
        };
        let child = self.trie.texts(from.node, key).find(fits)?;
        Some(Place {
            node: self.trie.node(child.node)?,
            start: from.end,
            end,
        })
    }

    /// The first of the siblings from `node` on that takes the segment between the slash at `start`
    /// and `end`.
    fn alternative(&self, mut node: Node, start: usize, end: usize) -> Option<Place> {
        let segment = self.path.text.get(start + 1..end)?;
        if segment.is_empty() || is_step(segment) {
            return None;
        }
        loop {
            let end = match node.kind() {
                Kind::Parameter => Some(end),
                Kind::Mixed => cut(self.trie.template(node), segment).map(|_| end),
                Kind::Rest => self.rest(start),
                Kind::Text => None,
            };
            if let Some(end) = end {
                return Some(Place { node, start, end });
            }
            node = self.trie.node(node.sibling())?;
        }
    }

    /// The end of the path, where every segment from `start` on can be a value.
    fn rest(&self, start: usize) -> Option<usize> {
        let mut segments = self.path.text[start + 1..].split('/');
        let all = segments.all(|segment| !segment.is_empty() && !is_step(segment));
        all.then_some(self.path.text.len())
    }
}

impl Iterator for Walk<'_> {
    type Item = Node;

    fn next(&mut self) -> Option<Node> {
        let mut place = match self.place {
            Some(place) if self.started => self.back(place),
            place => place,
        };
        self.started = true;
        while let Some(here) = place {
            place = if here.end < self.path.text.len() {
                self.forth(here)
            } else if here.node.methods() & self.method != 0 {
                break;
            } else {
                None
            };
            if place.is_none() {
                place = self.back(here);
            }
        }
        self.place = place;
        place.map(|place| place.node)
    }
}
