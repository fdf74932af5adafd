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
    state: State,
}

#[derive(Clone, Copy)]
enum State {
    Start,
    At(Place),
    End,
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
            state: State::Start,
        }
    }

    pub(super) fn path(&self) -> &'t str {
        self.path.text
    }

    fn bytes(&self) -> &'t [u8] {
        self.path.text.as_bytes()
    }

    /// One segment further: by its text, or by what takes any.
    fn forth(&self, from: Place) -> Option<Place> {
        if from.node.has_texts()
            && let Some(place) = self.text(from)
        {
            return Some(place);
        }
        self.alternative(from.node.alternatives(), from.end)
    }

    /// The next way through the tree after the one that ended at `place`.
    fn back(&self, mut place: Place) -> Option<Place> {
        loop {
            let parent = place.node.parent(self.trie)?;
            if let Some(other) = self.alternative(place.node.sibling(), place.start) {
                return Some(other);
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

    /// The node that the text of the segment behind `from` leads to.
    fn text(&self, from: Place) -> Option<Place> {
        let start = from.end + 1;
        let bytes = self.bytes();
        let (child, end) = if self.path.encoded {
            let end = end_of_segment(bytes, start);
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
            (self.trie.texts(from.node, key).find(fits)?, end)
        } else {
            let word = word(bytes, start);
            let key = first(word, before_slash(word));
            let ends = |end: usize| end == bytes.len() || bytes.get(end) == Some(&b'/');
            let fits = |text: &Text| {
                text.key == key
                    && ends(start + text.length)
                    && (text.tail.is_empty() || bytes[start + 8..].starts_with(text.tail))
            };
            let child = self.trie.texts(from.node, key).find(fits)?;
            let end = start + child.length;
            (child, end)
        };
        Some(Place {
            node: self.trie.node(child.node)?,
            start: from.end,
            end,
        })
    }

    /// The first of the siblings from `node` on that takes the segment behind the slash at `start`.
    fn alternative(&self, node: u32, start: usize) -> Option<Place> {
        let mut node = self.trie.node(node)?;
        let end = end_of_segment(self.bytes(), start + 1);
        let segment = &self.path.text[start + 1..end];
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
        let mut place = match self.state {
            State::Start => self.trie.root().map(|node| Place {
                node,
                start: 0,
                end: 0,
            }),
            State::At(place) => self.back(place),
            State::End => None,
        };
        while let Some(here) = place {
            if here.end == self.path.text.len() {
                if here.node.methods() & self.method != 0 {
                    self.state = State::At(here);
                    return Some(here.node);
                }
                place = self.back(here);
            } else {
                place = self.forth(here).or_else(|| self.back(here));
            }
        }
        self.state = State::End;
        None
    }
}
