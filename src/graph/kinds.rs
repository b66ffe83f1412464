//! The kinds of nodes and edges, closed and ordered.

use super::ids::*;
use super::schema::{each_edge, each_node};
use crate::model::terms::print_and_parse;
use petgraph::Direction;
use serde::{Deserialize, Serialize};

macro_rules! nodes {
    ($(
        $(#[$doc:meta])* $kind:ident $name:literal $term:literal:
            $id:ident, $ref:ident, $resolved:ident, $document:expr;
        $(#[$all:meta])* $table:ident: $type:ty;
    )*) => {
        /// The kind of a node. The order is that of [`Census`](super::Census) and
        /// of [`NodeId`](super::NodeId)s.
        ///
        /// ```
        /// use policygraph::graph::NodeKind;
        ///
        /// assert_eq!(NodeKind::Agency.to_string(), "agency");
        /// assert_eq!(format!("{:#}", NodeKind::Agency), "agency (机关)");
        /// assert_eq!("agency".parse::<NodeKind>().unwrap(), NodeKind::Agency);
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum NodeKind {
            $($(#[$doc])* $kind,)*
        }

        impl NodeKind {
            /// Every kind, in order.
            pub const ALL: &[NodeKind] = &[$(NodeKind::$kind,)*];

            /// Returns the English name: `agency`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(NodeKind::$kind => $name,)*
                }
            }

            /// Returns the Chinese term: 机关.
            pub const fn chinese(self) -> &'static str {
                match self {
                    $(NodeKind::$kind => $term,)*
                }
            }
        }

        /// A node of any kind.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Node {
            $($(#[$doc])* $kind($id),)*
        }

        impl Node {
            /// Returns the kind.
            #[inline]
            pub fn kind(self) -> NodeKind {
                match self {
                    $(Node::$kind(_) => NodeKind::$kind,)*
                }
            }

            /// Returns the position among the nodes of its kind.
            #[inline]
            pub(crate) fn index(self) -> usize {
                match self {
                    $(Node::$kind(id) => id.index(),)*
                }
            }

            /// Returns the node of `kind` at position `index`.
            #[inline]
            pub(crate) fn from_index(kind: NodeKind, index: usize) -> Node {
                match kind {
                    $(NodeKind::$kind => Node::$kind($id::from_index(index)),)*
                }
            }
        }

        $(impl From<$id> for Node {
            fn from(id: $id) -> Node {
                Node::$kind(id)
            }
        })*
    };
}

each_node!(nodes);

macro_rules! edges {
    ($($(#[$doc:meta])* $kind:ident $name:literal $term:literal: $forward:literal $backward:literal,)*) => {
        /// The kind of an edge. An edge leads from its source to its target.
        ///
        /// ```
        /// use policygraph::graph::EdgeKind;
        ///
        /// assert_eq!(EdgeKind::IssuedBy.to_string(), "issued by");
        /// assert_eq!(format!("{:#}", EdgeKind::IssuedBy), "issued by (发文机关)");
        /// assert_eq!("issued by".parse::<EdgeKind>().unwrap(), EdgeKind::IssuedBy);
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum EdgeKind {
            $($(#[$doc])* $kind,)*
        }

        impl EdgeKind {
            /// Every kind, in order.
            pub const ALL: &[EdgeKind] = &[$(EdgeKind::$kind,)*];

            /// Returns the English name: `issued_by`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(EdgeKind::$kind => $name,)*
                }
            }

            /// Returns the Chinese term: 发文机关.
            pub const fn chinese(self) -> &'static str {
                match self {
                    $(EdgeKind::$kind => $term,)*
                }
            }

            /// Returns the words for the edge in the given direction: `cites`, `cited
            /// by`.
            ///
            /// ```
            /// use policygraph::graph::{Direction, EdgeKind};
            ///
            /// assert_eq!(EdgeKind::Cites.phrase(Direction::Outgoing), "cites");
            /// assert_eq!(EdgeKind::Cites.phrase(Direction::Incoming), "cited by");
            /// ```
            pub fn phrase(self, direction: Direction) -> &'static str {
                match (self, direction) {
                    $((EdgeKind::$kind, Direction::Outgoing) => $forward,
                    (EdgeKind::$kind, Direction::Incoming) => $backward,)*
                }
            }
        }
    };
}

each_edge!(edges);

print_and_parse!(NodeKind);
print_and_parse!(EdgeKind);
