//! The tree as bytes, in the form that `permspec_runtime` describes in `lookup/trie.rs`.
//! This module must never write what depends on anything but the tree: the bytes are checked in.

use super::ANY;
use super::segment::Segment;
use super::slots::{Slots, key};
use super::tree::{Node, Tree};

const MAGIC: &[u8; 4] = b"pst\x01";

/// What a node's block holds, and how far into it each part begins.
struct Block<'a> {
    node: &'a Node,
    kind: u8,
    /// The segment's template, where it is a mixed one.
    template: &'a str,
    /// The texts by slot, each with the node that it leads to.
    runs: Vec<Vec<(String, usize)>>,
    slots: Slots,
    start: usize,
}

const HEAD: usize = 30;
const CALL: usize = 9;
const SLOT: usize = 4;
const TEXT: usize = 17;

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
    let mut bytes = MAGIC.to_vec();
    for (number, block) in blocks.iter().enumerate() {
        block.write(number, &blocks, &mut bytes);
    }
    bytes
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
        let keys: Vec<u64> = texts.iter().map(|(text, _)| key(text)).collect();
        let slots = Slots::of(&keys);
        let mut runs = vec![Vec::new(); if texts.is_empty() { 0 } else { 1 << slots.bits }];
        for (text, child) in texts {
            runs[slots.slot(key(&text))].push((text, child));
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
        let texts = self.runs.iter().flatten().map(|(text, _)| text_size(text));
        self.template_end() + SLOT * self.runs.len() + texts.sum::<usize>() - self.start
    }

    fn write(&self, number: usize, blocks: &[Block<'_>], bytes: &mut Vec<u8>) {
        let place = |node: usize| offset(blocks[node].start);
        let others = |node: &Node| -> Vec<usize> {
            let others = node
                .children
                .iter()
                .filter(|(segment, _)| !matches!(segment, Segment::Text(_)));
            others.map(|(_, child)| *child).collect()
        };
        // The root is its own parent and has no siblings.
        let siblings = if number == 0 {
            Vec::new()
        } else {
            others(blocks[self.node.parent].node)
        };
        let sibling = match siblings.iter().position(|sibling| *sibling == number) {
            Some(at) => siblings.get(at + 1),
            None => siblings.first(),
        };
        let none = [0; 4];
        bytes.extend(place(self.node.parent));
        bytes.extend(sibling.map_or(none, |node| place(*node)));
        bytes.extend(others(self.node).first().map_or(none, |node| place(*node)));
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

    fn write_texts(&self, place: impl Fn(usize) -> [u8; 4], bytes: &mut Vec<u8>) {
        let mut start = self.template_end() + SLOT * self.runs.len();
        for run in &self.runs {
            bytes.extend(if run.is_empty() {
                [0; 4]
            } else {
                offset(start)
            });
            start += run.iter().map(|(text, _)| text_size(text)).sum::<usize>();
        }
        for run in &self.runs {
            for (position, (text, child)) in run.iter().enumerate() {
                bytes.extend(key(text).to_le_bytes());
                bytes.extend(place(*child));
                bytes.extend(offset(text.len()));
                bytes.push(u8::from(position + 1 < run.len()));
                bytes.extend(text.bytes().skip(8));
            }
        }
    }
}

fn text_size(text: &str) -> usize {
    TEXT + text.len().saturating_sub(8)
}

/// Offsets and lengths; a table of more than 4 GB leads nowhere instead of elsewhere.
fn offset(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(0).to_le_bytes()
}
