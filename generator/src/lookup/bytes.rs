//! The tree as bytes, in the form that `permspec_runtime` describes in `lookup/trie.rs`. The bytes are
//! checked in, so this module must never write anything that does not depend on the tree.

use super::ANY;
use super::segment::Segment;
use super::slots::{Slots, key};
use super::tree::{Node, Tree};

const MAGIC: &[u8; 4] = b"pst\x02";

/// What the block of a node contains, and the offset of each part.
struct Block<'a> {
    node: &'a Node,
    kind: u8,
    /// The segment's template, if it is a mixed segment.
    template: &'a str,
    /// The texts by slot, each with the node that it leads to.
    runs: Vec<Vec<(String, usize)>>,
    slots: Slots,
    start: usize,
}

const HEAD: usize = 30;
const CALL: usize = 9;
const TEXT: usize = 32;

/// The table of a tree.
pub(super) fn of(tree: &Tree) -> Vec<u8> {
    let mut segments = vec![None; tree.nodes.len()];
    for node in &tree.nodes {
        for (segment, child) in &node.children {
            segments[*child] = Some(segment);
        }
    }
    let mut start = MAGIC.len();
    let mut blocks: Vec<Block<'_>> = Vec::with_capacity(tree.nodes.len());
    for (node, segment) in tree.nodes.iter().zip(&segments) {
        let block = Block::new(node, *segment, start);
        start += block.size();
        blocks.push(block);
    }
    let others = Others::of(tree);
    let mut bytes = MAGIC.to_vec();
    for (number, block) in blocks.iter().enumerate() {
        block.write(number, &blocks, &others, &mut bytes);
    }
    bytes
}

/// The children that are not texts. A lookup tries them one after the other.
struct Others {
    /// For each node, the first of them.
    first: Vec<Option<usize>>,
    /// For each of them, the next one.
    next: Vec<Option<usize>>,
    is_text: Vec<bool>,
}

impl Others {
    fn of(tree: &Tree) -> Self {
        let none = vec![None; tree.nodes.len()];
        let mut others = Others {
            first: none.clone(),
            next: none,
            is_text: vec![true; tree.nodes.len()],
        };
        for (number, node) in tree.nodes.iter().enumerate() {
            let mut last = None;
            for (segment, child) in &node.children {
                if matches!(segment, Segment::Text(_)) {
                    continue;
                }
                others.is_text[*child] = false;
                match last {
                    Some(last) => others.next[last] = Some(*child),
                    None => others.first[number] = Some(*child),
                }
                last = Some(*child);
            }
        }
        others
    }

    /// What is tried after the node `number`, a child of `parent`.
    fn after(&self, number: usize, parent: usize) -> Option<usize> {
        match self.is_text[number] {
            // The root is its own parent and has no siblings.
            true if number == 0 => None,
            true => self.first[parent],
            false => self.next[number],
        }
    }
}

impl<'a> Block<'a> {
    fn new(node: &'a Node, segment: Option<&'a Segment>, start: usize) -> Self {
        let texts: Vec<(String, usize)> = node
            .children
            .iter()
            .filter_map(|(segment, child)| match segment {
                Segment::Text(text) => Some((text, *child)),
                _ => None,
            })
            .flat_map(|(text, child)| {
                Segment::spellings(text)
                    .into_iter()
                    .map(move |text| (text, child))
            })
            .collect();
        let keys: Vec<u64> = texts.iter().map(|(text, _)| key(text.as_bytes())).collect();
        let slots = Slots::of(&keys);
        let mut runs = vec![Vec::new(); if texts.is_empty() { 0 } else { 1 << slots.bits }];
        for (text, child) in texts {
            runs[slots.slot(key(text.as_bytes()))].push((text, child));
        }
        let (kind, template) = match segment {
            None | Some(Segment::Text(_)) => (0, ""),
            Some(Segment::Parameter) => (1, ""),
            Some(Segment::Mixed(_, template)) => (2, template.as_str()),
            Some(Segment::Rest) => (3, ""),
        };
        Block {
            node,
            kind,
            template,
            runs,
            slots,
            start,
        }
    }

    fn calls_end(&self) -> usize {
        self.start + HEAD + CALL * self.node.calls.len()
    }

    fn template_end(&self) -> usize {
        let length = if self.template.is_empty() {
            0
        } else {
            4 + self.template.len()
        };
        self.calls_end() + length
    }

    fn size(&self) -> usize {
        let texts: usize = self.runs.iter().map(|run| run.len().max(1)).sum();
        let tails = self
            .runs
            .iter()
            .flatten()
            .map(|(text, _)| text.len().saturating_sub(16));
        self.template_end() + TEXT * texts + tails.sum::<usize>() - self.start
    }

    fn write(&self, number: usize, blocks: &[Block<'_>], others: &Others, bytes: &mut Vec<u8>) {
        let place = |node: usize| offset(blocks[node].start);
        let placed = |node: Option<usize>| node.map_or([0; 4], place);
        let none = [0; 4];
        bytes.extend(place(self.node.parent));
        bytes.extend(placed(others.after(number, self.node.parent)));
        bytes.extend(placed(others.first[number]));
        bytes.extend(if self.runs.is_empty() {
            none
        } else {
            offset(self.template_end())
        });
        bytes.extend(if self.template.is_empty() {
            none
        } else {
            offset(self.calls_end())
        });
        bytes.extend(offset(self.node.calls.len()));
        bytes.extend(self.slots.seed.to_le_bytes());
        let methods = self.node.calls.iter().map(|call| {
            if call.method == ANY {
                u16::MAX
            } else {
                1 << call.method
            }
        });
        bytes.extend(methods.fold(0, |all, method| all | method).to_le_bytes());
        bytes.extend([self.slots.bits, self.kind]);
        for call in &self.node.calls {
            bytes.extend(call.operation.to_le_bytes());
            bytes.extend(call.service.to_le_bytes());
            bytes.extend(call.endpoint.to_le_bytes());
            bytes.push(call.method);
        }
        if !self.template.is_empty() {
            bytes.extend(offset(self.template.len()));
            bytes.extend(self.template.bytes());
        }
        self.write_texts(place, bytes);
    }

    /// The first text of each slot, then the other texts. The texts of one slot lead to each other.
    fn texts(&self) -> Vec<Option<Text<'_>>> {
        let mut texts: Vec<Option<Text<'_>>> = self
            .runs
            .iter()
            .map(|run| run.first().map(Text::of))
            .collect();
        for (slot, run) in self.runs.iter().enumerate() {
            let mut last = slot;
            for other in run.iter().skip(1) {
                let next = texts.len();
                if let Some(last) = &mut texts[last] {
                    last.next = Some(next);
                }
                texts.push(Some(Text::of(other)));
                last = next;
            }
        }
        texts
    }

    fn write_texts(&self, place: impl Fn(usize) -> [u8; 4], bytes: &mut Vec<u8>) {
        let texts = self.texts();
        let mut tail = self.template_end() + TEXT * texts.len();
        for text in &texts {
            let Some(Text { whole, child, next }) = text else {
                bytes.extend([0; TEXT]);
                continue;
            };
            let (first, rest) = whole.as_bytes().split_at(whole.len().min(8));
            bytes.extend(key(first).to_le_bytes());
            bytes.extend(key(rest).to_le_bytes());
            bytes.extend(place(*child));
            bytes.extend(offset(whole.len()));
            bytes.extend(offset(if whole.len() > 16 { tail } else { 0 }));
            bytes.extend(offset(
                next.map_or(0, |next| self.template_end() + TEXT * next),
            ));
            tail += whole.len().saturating_sub(16);
        }
        for text in texts.iter().flatten() {
            bytes.extend(text.whole.bytes().skip(16));
        }
    }
}

/// A text, and the node that it leads to.
struct Text<'a> {
    whole: &'a str,
    child: usize,
    /// The next text of its slot, by its place among all.
    next: Option<usize>,
}

impl<'a> Text<'a> {
    fn of((text, child): &'a (String, usize)) -> Self {
        Text {
            whole: text,
            child: *child,
            next: None,
        }
    }
}

/// Offsets and lengths. In a table of more than 4 GB, they lead nowhere instead of to a wrong place.
fn offset(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(0).to_le_bytes()
}
