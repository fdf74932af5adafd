//! Paths as a tree of segments. Templates that differ only in the names of parameters share a node. This
//! module must never drop a call.

use std::collections::BTreeMap;

use super::Target;
use super::segment::Segment;

/// The tree. Its first node is the root, and every node comes after its parent.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

/// All paths that begin in one way.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) parent: usize,
    /// The nodes of the next segment, in the order of a lookup.
    pub(super) children: BTreeMap<Segment, usize>,
    /// The calls whose path ends here, in the order of services and operations.
    pub(super) calls: Vec<Target>,
}

impl Tree {
    pub(super) fn new() -> Self {
        Tree {
            nodes: vec![Node::default()],
        }
    }

    /// Adds a call. One slash at the end of its path does not change anything.
    pub(super) fn insert(&mut self, path: &str, call: Target) {
        let path = path.strip_suffix('/').unwrap_or(path);
        let mut at = 0;
        let mut segments = path.split('/').skip(1).peekable();
        while let Some(segment) = segments.next() {
            let segment = Segment::of(segment, segments.peek().is_none());
            let new = self.nodes.len();
            let child = *self.nodes[at].children.entry(segment).or_insert(new);
            if child == new {
                self.nodes.push(Node {
                    parent: at,
                    ..Node::default()
                });
            }
            at = child;
        }
        self.nodes[at].calls.push(call);
    }
}
