//! The kinds of nodes and edges, closed and ordered.

use super::ids::*;
use super::proof::{Method, Naming};
use super::schema::{each_edge, each_node};
use super::tables::Basis;
use petgraph::Direction;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

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
        /// assert_eq!("agency".parse(), Ok(NodeKind::Agency));
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

            /// The English name: `agency`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(NodeKind::$kind => $name,)*
                }
            }

            /// The Chinese term: 机关.
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
            /// The kind.
            #[inline]
            pub fn kind(self) -> NodeKind {
                match self {
                    $(Node::$kind(_) => NodeKind::$kind,)*
                }
            }

            /// Position among the nodes of its kind.
            #[inline]
            pub(crate) fn index(self) -> usize {
                match self {
                    $(Node::$kind(id) => id.index(),)*
                }
            }

            /// The node of `kind` at position `index`.
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
        /// assert_eq!(EdgeKind::IssuedBy.to_string(), "issued_by");
        /// assert_eq!(format!("{:#}", EdgeKind::IssuedBy), "issued_by (发文机关)");
        /// assert_eq!("issued_by".parse(), Ok(EdgeKind::IssuedBy));
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

            /// The English name: `issued_by`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(EdgeKind::$kind => $name,)*
                }
            }

            /// The Chinese term: 发文机关.
            pub const fn chinese(self) -> &'static str {
                match self {
                    $(EdgeKind::$kind => $term,)*
                }
            }

            /// The words for the edge in the given direction: `cites`, `cited by`.
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

/// A name that is not one of an enum, such as [`NodeKind`] or [`EdgeKind`]: the error of
/// `FromStr`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKind {
    name: String,
    known: String,
}

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown name {:?}; the names are {}", self.name, self.known)
    }
}

impl std::error::Error for UnknownKind {}

/// `Display` in English, with the Chinese term as `{:#}`, and `FromStr` of the English name.
macro_rules! named {
    ($($kind:ident),*) => {$(
        impl fmt::Display for $kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match f.alternate() {
                    true => write!(f, "{} ({})", self.name(), self.chinese()),
                    false => f.pad(self.name()),
                }
            }
        }

        impl FromStr for $kind {
            type Err = UnknownKind;

            fn from_str(name: &str) -> Result<Self, UnknownKind> {
                let found = $kind::ALL.iter().find(|kind| kind.name() == name);
                found.copied().ok_or_else(|| UnknownKind {
                    name: name.to_owned(),
                    known: $kind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    )*};
}

named!(NodeKind, EdgeKind, Basis, Method, Naming);

/// The names of the variants, as in serde formats, and their Chinese terms.
macro_rules! terms {
    ($($kind:ident { $($variant:ident $name:literal $term:literal,)* })*) => {$(
        impl $kind {
            /// Every variant, in order.
            pub const ALL: &[$kind] = &[$($kind::$variant,)*];

            /// The English name.
            pub const fn name(self) -> &'static str {
                match self {
                    $($kind::$variant => $name,)*
                }
            }

            /// The Chinese term.
            pub const fn chinese(self) -> &'static str {
                match self {
                    $($kind::$variant => $term,)*
                }
            }
        }
    )*};
}

terms! {
    Basis {
        Text "text" "全文",
        Part "part" "部分",
        Heading "heading" "仅标题",
        Unverified "unverified" "未核实",
    }

    Method {
        SameNumber "same_number" "文号相同",
        SameTitle "same_title" "标题相同",
        Wording "wording" "文字相近",
    }

    Naming {
        Title "title" "标题",
        Number "number" "文号",
        SimilarTitle "similar_title" "相近标题",
        ShortName "short_name" "简称",
    }
}
