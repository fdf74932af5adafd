//! The walk of a path through the tree of segments. It tries texts first, and goes back if they lead
//! nowhere.
//! It does not need memory or recursion, because nodes know their parents. It must never visit a node
//! twice, so that it visits at most as many nodes as the tree has.

use super::percent::Decoded;
use super::segment::{LONGEST_STEP, cut, is_step};
use super::target::Path;
use super::trie::{Node, NodeKind, Record, TextEdge, Trie};
use super::word::{before_slash, end_of_segment, first, word};

/// The nodes where a path ends, the most specific first.
#[derive(Clone)]
pub(super) struct Walk<'t> {
    trie: Trie,
    path: Path<'t>,
    /// The bit that a node must have so that the walk may end there.
    method: u16,
    /// The place that the walk reached. `None` at its end.
    place: Option<Reached>,
    started: bool,
}

/// A node and the segment that led to it. `start` is the slash before the segment, and `end` the slash
/// after it.
#[derive(Clone, Copy)]
struct Reached {
    node: Node,
    start: usize,
    end: usize,
}

impl<'t> Walk<'t> {
    /// The walk of `path`. Without a path, the walk is empty.
    #[inline]
    pub(super) fn new(trie: Trie, path: Option<Path<'t>>, method: u16) -> Walk<'t> {
        Walk {
            trie,
            method,
            place: path.and(trie.root()).map(|node| Reached {
                node,
                start: 0,
                end: 0,
            }),
            path: path.unwrap_or_default(),
            started: false,
        }
    }

    /// Starts the walk from the beginning.
    pub(super) fn again(&self) -> Walk<'t> {
        Walk::new(self.trie, Some(self.path), self.method)
    }

    pub(super) fn path(&self) -> &'t str {
        self.path.text
    }

    pub(super) fn is_as_written(&self) -> bool {
        self.path.as_written
    }

    /// The calls that end at a node.
    pub(super) fn records(&self, node: Node) -> impl Iterator<Item = Record> + Clone + use<> {
        self.trie.candidates(node)
    }

    fn bytes(&self) -> &'t [u8] {
        self.path.text.as_bytes()
    }

    /// Goes one segment further, from the slash at `at`: by the text of the segment, or by a node that
    /// accepts any text. Returns the node and the end of the segment.
    #[inline]
    fn forth(&self, node: Node, at: usize) -> Option<(Node, usize)> {
        let start = at + 1;
        let word = word(self.bytes(), start);
        let length = before_slash(word);
        if node.has_texts() {
            let found = if self.path.encoded {
                self.encoded_text(node, start)
            } else {
                self.text(node, start, first(word, length))
            };
            if found.is_some() {
                return found;
            }
        }
        let other = self.trie.node(node.alternatives())?;
        let end = if length < 8 {
            start + length as usize
        } else {
            end_of_segment(self.bytes(), start + 8)
        };
        // Usually a parameter is the only other way, and the segment is longer than any step.
        if other.kind() == NodeKind::Parameter && end > start + LONGEST_STEP {
            return Some((other, end));
        }
        self.alternative(other, at, end)
    }

    /// The next way through the tree after the one that reached `node` by the segment after the slash at
    /// `at`.
    #[inline(never)]
    fn back(&self, mut node: Node, mut at: usize) -> Option<Reached> {
        loop {
            let parent = node.parent(self.trie)?;
            if let Some(sibling) = self.trie.node(node.sibling()) {
                let end = end_of_segment(self.bytes(), at + 1);
                if let Some((node, end)) = self.alternative(sibling, at, end) {
                    return Some(Reached {
                        node,
                        start: at,
                        end,
                    });
                }
            }
            let start = self.bytes()[..at].iter().rposition(|byte| *byte == b'/');
            (node, at) = (parent, start.unwrap_or(0));
        }
    }

    /// The node for the text of the segment at `start`, and the end of the segment. `key` is the first
    /// eight bytes of the text.
    #[inline]
    fn text(&self, node: Node, start: usize, key: u64) -> Option<(Node, usize)> {
        let bytes = self.bytes();
        let fits = |text: &TextEdge| {
            text.key == key
                && (text.length <= 8 || text.second == first(word(bytes, start + 8), behind(text)))
                && ends(bytes, start + text.length)
                && (text.length <= 16 || self.has_tail(text, start + 16))
        };
        let child = self.trie.texts(node, key).find(fits)?;
        Some((self.trie.node(child.node)?, start + child.length))
    }

    fn has_tail(&self, text: &TextEdge, at: usize) -> bool {
        let rest = self.bytes().get(at..);
        rest.zip(self.trie.tail(text))
            .is_some_and(|(rest, tail)| rest.starts_with(tail))
    }

    /// The same, if bytes of the path may be encoded.
    fn encoded_text(&self, node: Node, start: usize) -> Option<(Node, usize)> {
        let end = end_of_segment(self.bytes(), start);
        let mut segment = Decoded::new(self.path.text.get(start..end)?);
        let length = segment.clone().count();
        let key = decoded_word(&mut segment);
        let second = decoded_word(&mut segment);
        let fits = |text: &TextEdge| {
            let tail = self.trie.tail(text).unwrap_or_default();
            text.key == key
                && text.second == second
                && text.length == length
                && segment.clone().eq(tail.iter().copied())
        };
        let child = self.trie.texts(node, key).find(fits)?;
        Some((self.trie.node(child.node)?, end))
    }

    /// The first of the siblings from `node` on that accepts the segment between the slash at `at` and
    /// `end`.
    #[inline(never)]
    fn alternative(&self, mut node: Node, at: usize, end: usize) -> Option<(Node, usize)> {
        let segment = self.path.text.get(at + 1..end)?;
        if !self.path.as_written && (segment.is_empty() || is_step(segment)) {
            return None;
        }
        let is_value = !segment.is_empty() || self.path.may_be_empty;
        // A router whose segments are a text or one parameter uses a parameter for a mixed segment.
        let mut as_parameter = None;
        loop {
            let end = match node.kind() {
                NodeKind::Parameter => is_value.then_some(end),
                NodeKind::Mixed => {
                    let fits = cut(self.trie.template(node), segment).is_some();
                    if self.path.as_written && !fits && is_value {
                        as_parameter = as_parameter.or(Some((node, end)));
                    }
                    fits.then_some(end)
                }
                NodeKind::Rest => self.rest(at),
                NodeKind::Text => None,
            };
            if let Some(end) = end {
                return Some((node, end));
            }
            match self.trie.node(node.sibling()) {
                Some(sibling) => node = sibling,
                None => return as_parameter,
            }
        }
    }

    /// The end of the path, if every segment after the slash at `at` can be a value.
    fn rest(&self, at: usize) -> Option<usize> {
        let mut segments = self.path.text[at + 1..].split('/');
        let all = if self.path.as_written {
            at + 1 < self.path.text.len()
        } else {
            segments.all(|segment| !segment.is_empty() && !is_step(segment))
        };
        all.then_some(self.path.text.len())
    }
}

/// Whether a segment ends at `at`.
fn ends(bytes: &[u8], at: usize) -> bool {
    at == bytes.len() || bytes.get(at) == Some(&b'/')
}

/// The number of bytes that the second word of a text contains.
#[allow(clippy::cast_possible_truncation, reason = "no more than eight")]
fn behind(text: &TextEdge) -> u32 {
    text.length.saturating_sub(8).min(8) as u32
}

/// The next eight bytes. Missing bytes are zero.
fn decoded_word(bytes: &mut Decoded<'_>) -> u64 {
    let mut word = [0; 8];
    for (to, byte) in word.iter_mut().zip(bytes) {
        *to = byte;
    }
    u64::from_le_bytes(word)
}

impl Iterator for Walk<'_> {
    type Item = Node;

    fn next(&mut self) -> Option<Node> {
        // Three locals instead of a `Reached`, because copying one for each segment takes a third of the
        // time.
        let Reached {
            mut node,
            mut start,
            mut end,
        } = self.place.take()?;
        let mut forward = !self.started;
        self.started = true;
        loop {
            if forward {
                if end < self.path.text.len() {
                    if let Some((child, child_end)) = self.forth(node, end) {
                        (node, start, end) = (child, end, child_end);
                        continue;
                    }
                } else if node.methods() & self.method != 0 {
                    self.place = Some(Reached { node, start, end });
                    return Some(node);
                }
            }
            Reached { node, start, end } = self.back(node, start)?;
            forward = true;
        }
    }
}
