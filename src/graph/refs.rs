//! Refs: an id together with its graph.

mod agency;
mod deadline;
mod document;
mod measure;
mod policy;
mod product;
mod provision;
mod relations;
mod target;

use super::Graph;
use super::ids::*;
use super::kinds::{Node, NodeKind};
use super::proof::{Evidence, Proof, Resolution};
use super::schema::each_node;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

/// An id of one kind of node.
///
/// Only the crate implements it.
pub trait TypedId: Id + Into<Node> + 'static {
    /// The kind.
    const KIND: NodeKind;
    /// The id with its graph.
    type Ref<'g>: Copy + Eq + Ord + Hash + fmt::Debug + fmt::Display;
    #[doc(hidden)]
    fn at(self, graph: &Graph) -> Self::Ref<'_>;
}

impl Graph {
    /// Returns the ref of an id of this graph. O(1).
    pub fn at<I: TypedId>(&self, id: I) -> I::Ref<'_> {
        id.at(self)
    }
}

/// A node together with the edge that led to it. Derefs to the node.
///
/// ```
/// let graph = policygraph::builtin();
/// let document = graph.document("sx-2025").unwrap();
/// let parent = document.implements().next().unwrap();
/// assert_eq!(parent.number(), Some("国办发〔2024〕53号"));
/// assert!(parent.quote().unwrap().contains("全面深化药品医疗器械监管改革"));
/// ```
#[derive(Clone, Copy)]
pub struct Hop<'g, R> {
    graph: &'g Graph,
    edge: EdgeId,
    to: R,
}

impl<'g, R: Copy> Hop<'g, R> {
    /// Returns the node.
    pub fn to(&self) -> R {
        self.to
    }

    /// Returns the edge that led to it.
    pub fn edge(&self) -> EdgeId {
        self.edge
    }

    /// Returns the proof of the edge.
    pub fn proof(&self) -> Proof {
        self.graph.proof(self.edge)
    }

    /// Resolution of the citation to its policy, if the edge is a citation.
    pub fn resolution(&self) -> Option<Resolution> {
        self.graph.resolution(self.edge)
    }

    /// Returns the words that state the edge, if a text does.
    pub fn quote(&self) -> Option<&'g str> {
        self.proof().evidence().map(|evidence| self.graph.quote(evidence))
    }
}

impl<R> Deref for Hop<'_, R> {
    type Target = R;

    fn deref(&self) -> &R {
        &self.to
    }
}

impl<R: fmt::Debug + Copy> fmt::Debug for Hop<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hop").field("to", &self.to).field("proof", &self.proof()).finish()
    }
}

macro_rules! refs {
    ($(
        $(#[$doc:meta])* $kind:ident $name:literal $term:literal:
            $id:ident, $ref:ident, $resolved:ident, $document:expr;
        $(#[$all:meta])* $table:ident: $type:ty;
    )*) => {$(
        $(#[$doc])*
        ///
        /// Two refs are equal if they are of the same node of the same graph. They are ordered by
        /// id. `Display` prints the words by which a person knows the node.
        #[derive(Clone, Copy)]
        pub struct $ref<'g> {
            graph: &'g Graph,
            id: $id,
        }

        impl TypedId for $id {
            const KIND: NodeKind = NodeKind::$kind;
            type Ref<'g> = $ref<'g>;

            fn at(self, graph: &Graph) -> $ref<'_> {
                $ref { graph, id: self }
            }
        }

        impl<'g> $ref<'g> {
            /// Id in the graph.
            pub fn id(self) -> $id {
                self.id
            }

            /// Returns the node among those of all kinds.
            pub fn node(self) -> Node {
                self.id.into()
            }

            /// Returns the graph that it belongs to.
            pub fn graph(self) -> &'g Graph {
                self.graph
            }
        }

        impl PartialEq for $ref<'_> {
            fn eq(&self, other: &Self) -> bool {
                self.id == other.id && std::ptr::eq(self.graph, other.graph)
            }
        }

        impl Eq for $ref<'_> {}

        impl PartialOrd for $ref<'_> {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $ref<'_> {
            fn cmp(&self, other: &Self) -> Ordering {
                let key = |it: &Self| (it.id, std::ptr::from_ref(it.graph));
                key(self).cmp(&key(other))
            }
        }

        impl Hash for $ref<'_> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.id.hash(state);
            }
        }

        impl fmt::Debug for $ref<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($ref), self.graph.label(self.id))
            }
        }

        impl fmt::Display for $ref<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.graph.label(self.id))?;
                match self.graph.heading(self.id.into()) {
                    Some(heading) => write!(f, " {heading}"),
                    None => Ok(()),
                }
            }
        }
    )*};
}

each_node!(refs);

impl Graph {
    /// Returns the words that state an edge of a kind that only texts state.
    fn stated(&self, edge: EdgeId) -> Evidence {
        self.proof(edge).evidence().expect("responsibility is read, never derived")
    }
}
