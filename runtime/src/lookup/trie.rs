//! The table that the generator makes of all paths: a tree of segments, as bytes.
//! Every read is checked. This module must never trust an offset.
//!
//! The table is one byte string because that does not cost the compiler anything, however large it
//! becomes. 1,500 paths as nested structs are 25,000 expressions that every build has to check. All
//! numbers are little-endian. All offsets count from the first byte, and offset 0 means "none".
//!
//! ```text
//! table   "pst" and the version of the form, then the root node
//! node    u32 parent        its own offset for the root
//!         u32 sibling       the node to try on the same segment where this one leads nowhere
//!         u32 alternatives  the first node that takes a segment which is none of the texts below
//!         u32 slots         1 << bits texts
//!         u32 template      of a mixed segment: u32 length, text
//!         u32 candidates    how many follow
//!         u16 seed          of the hash that chooses a slot
//!         u16 methods       a bit for each method that a candidate here has
//!         u8  bits
//!         u8  kind          0 text, 1 parameter, 2 mixed, 3 everything that is left
//!       * u32 operation, u16 service, u16 endpoint, u8 method (255: any)
//! text    u64 key           its first eight bytes, zeros after a shorter one
//!         u64 second        the eight bytes after them
//!         u32 node          what it leads to; 0 in an empty slot
//!         u32 length        of the whole text
//!         u32 tail          the bytes from the 17th on, if it has so many
//!         u32 next          another text of the same slot
//! ```

/// The first bytes of a table.
pub(super) const MAGIC: [u8; 4] = *b"pst\x02";
const NODE: usize = 30;
const CANDIDATE: usize = 9;
const TEXT: usize = 32;

/// A table.
#[derive(Clone, Copy)]
pub(super) struct Trie(pub(super) &'static [u8]);

impl Trie {
    fn chunk<const N: usize>(self, at: usize) -> Option<&'static [u8; N]> {
        self.0.get(at..)?.first_chunk()
    }

    /// The node where every path starts.
    pub(super) fn root(self) -> Option<Node> {
        self.node(u32::try_from(MAGIC.len()).ok()?)
    }

    /// The node at an offset. `None` for offset 0.
    pub(super) fn node(self, at: u32) -> Option<Node> {
        if at == 0 {
            return None;
        }
        let head = self.chunk(at as usize)?;
        Some(Node { at, head })
    }

    /// The texts below `node` that share the slot of `key`.
    pub(super) fn texts(self, node: Node, key: u64) -> Texts {
        let hash = key.wrapping_mul((u64::from(node.u16(24)) * 2 + 1).wrapping_mul(MULTIPLIER));
        let slot = (hash >> 1) >> (63 - u32::from(node.head[28] & 63));
        let slots = node.u32(12);
        let at = u64::from(slots) + slot * TEXT as u64;
        Texts {
            trie: self,
            at: if slots == 0 {
                0
            } else {
                u32::try_from(at).unwrap_or(0)
            },
        }
    }

    /// The text at an offset. `None` for an empty slot.
    fn text(self, at: u32) -> Option<TextEdge> {
        let bytes = self.chunk::<TEXT>(at as usize)?;
        let (key, rest) = bytes.split_first_chunk()?;
        let (second, rest) = rest.split_first_chunk()?;
        let (numbers, _) = rest.as_chunks();
        let &[node, length, tail, next] = numbers.first_chunk()?;
        let node = u32::from_le_bytes(node);
        (node != 0).then(|| TextEdge {
            key: u64::from_le_bytes(*key),
            second: u64::from_le_bytes(*second),
            node,
            length: u32::from_le_bytes(length) as usize,
            tail: u32::from_le_bytes(tail),
            next: u32::from_le_bytes(next),
        })
    }

    /// The bytes of a text from the 17th on. `None` if the table does not contain them.
    pub(super) fn tail(self, text: &TextEdge) -> Option<&'static [u8]> {
        self.0
            .get(text.tail as usize..)?
            .get(..text.length.saturating_sub(16))
    }

    /// The operations that a path which ends at `node` may call.
    pub(super) fn candidates(self, node: Node) -> impl Iterator<Item = Record> + Clone + use<> {
        let start = node.at as usize + NODE;
        let length = (node.u32(20) as usize).saturating_mul(CANDIDATE);
        let bytes = self.0.get(start..start.saturating_add(length));
        let (records, _) = bytes.unwrap_or_default().as_chunks::<CANDIDATE>();
        records
            .iter()
            .map(|&[o0, o1, o2, o3, s0, s1, e0, e1, method]| Record {
                operation: u32::from_le_bytes([o0, o1, o2, o3]),
                service: u16::from_le_bytes([s0, s1]),
                endpoint: u16::from_le_bytes([e0, e1]),
                method,
            })
    }

    /// The template of a mixed segment.
    pub(super) fn template(self, node: Node) -> &'static str {
        let text = || {
            let at = node.u32(16) as usize;
            let length = u32::from_le_bytes(*self.chunk(at)?) as usize;
            core::str::from_utf8(self.0.get(at + 4..)?.get(..length)?).ok()
        };
        text().unwrap_or("")
    }
}

/// Spreads the low bits of a key over the high bits of the product. The constant is the golden ratio, as
/// in Knuth, "The Art of Computer Programming", section 6.4. The generator uses the same one.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// A node of the tree: all paths with the same beginning.
#[derive(Clone, Copy)]
pub(super) struct Node {
    at: u32,
    head: &'static [u8; NODE],
}

/// How a node matches the segment that leads to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NodeKind {
    Text,
    Parameter,
    Mixed,
    Rest,
}

impl Node {
    fn u16(self, at: usize) -> u16 {
        self.head[at..]
            .first_chunk()
            .map_or(0, |bytes| u16::from_le_bytes(*bytes))
    }

    fn u32(self, at: usize) -> u32 {
        self.head[at..]
            .first_chunk()
            .map_or(0, |bytes| u32::from_le_bytes(*bytes))
    }

    pub(super) fn is(self, other: Node) -> bool {
        self.at == other.at
    }

    /// `None` for the root.
    pub(super) fn parent(self, trie: Trie) -> Option<Node> {
        let parent = self.u32(0);
        // A parent comes before its children, so every walk upwards ends.
        (parent < self.at).then(|| trie.node(parent))?
    }

    pub(super) fn sibling(self) -> u32 {
        self.u32(4)
    }

    pub(super) fn alternatives(self) -> u32 {
        self.u32(8)
    }

    pub(super) fn has_texts(self) -> bool {
        self.u32(12) != 0
    }

    pub(super) fn kind(self) -> NodeKind {
        match self.head[29] {
            0 => NodeKind::Text,
            1 => NodeKind::Parameter,
            2 => NodeKind::Mixed,
            _ => NodeKind::Rest,
        }
    }

    pub(super) fn methods(self) -> u16 {
        self.u16(26)
    }
}

/// One way to call a path that ends at a node.
#[derive(Clone, Copy)]
pub(super) struct Record {
    pub(super) operation: u32,
    pub(super) service: u16,
    pub(super) endpoint: u16,
    method: u8,
}

impl Record {
    /// Whether the method with this number calls it.
    pub(super) fn takes(self, method: u8) -> bool {
        self.method == method || self.method == u8::MAX
    }
}

/// A text that leads from one node to another.
pub(super) struct TextEdge {
    pub(super) key: u64,
    /// The eight bytes after the key.
    pub(super) second: u64,
    pub(super) length: usize,
    pub(super) node: u32,
    tail: u32,
    next: u32,
}

/// The texts of a slot.
pub(super) struct Texts {
    trie: Trie,
    at: u32,
}

impl Iterator for Texts {
    type Item = TextEdge;

    fn next(&mut self) -> Option<TextEdge> {
        let text = (self.at != 0).then(|| self.trie.text(self.at))??;
        // The texts of a slot follow one another, so every run ends.
        self.at = if text.next > self.at { text.next } else { 0 };
        Some(text)
    }
}
