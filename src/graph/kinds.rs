//! The kinds of nodes and edges, closed and ordered.

use super::*;
use petgraph::Direction;

macro_rules! nodes {
    ($($(#[$doc:meta])* $kind:ident($id:ident),)*) => {
        /// What a node is. The order is that of [`Census`](super::Census) and
        /// of [`NodeId`]s.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum NodeKind {
            $($(#[$doc])* $kind,)*
        }

        impl NodeKind {
            /// Every kind, in order.
            pub const ALL: &[NodeKind] = &[$(NodeKind::$kind,)*];
        }

        /// A node of any kind.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Node {
            $($(#[$doc])* $kind($id),)*
        }

        impl Node {
            /// What it is.
            #[inline]
            pub fn kind(self) -> NodeKind {
                match self {
                    $(Node::$kind(_) => NodeKind::$kind,)*
                }
            }

            /// Its place among the nodes of its kind.
            #[inline]
            pub(crate) fn index(self) -> usize {
                match self {
                    $(Node::$kind(id) => id.index(),)*
                }
            }

            /// The node of `kind` at place `index`.
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

nodes! {
    /// 文件.
    Document(DocId),
    /// 章.
    Section(SectionId),
    /// 措施.
    Measure(MeasureId),
    /// 机关.
    Agency(AgencyId),
    /// 政策 — an instrument that is cited or implemented, in the corpus or not.
    Policy(PolicyId),
    /// 条 — one article of a policy whose outline is known.
    Article(ArticleId),
    /// 产品类别.
    Product(ProductId),
    /// 行政区划.
    Region(RegionId),
    /// 量化目标.
    Target(TargetId),
    /// 平台 — a named platform, programme, list or mechanism.
    Platform(PlatformId),
}

macro_rules! edges {
    ($($(#[$doc:meta])* $kind:ident $forward:literal $backward:literal,)*) => {
        /// What an edge says, from its source to its target.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EdgeKind {
            $($(#[$doc])* $kind,)*
        }

        impl EdgeKind {
            /// Every kind, in order.
            pub const ALL: &[EdgeKind] = &[$(EdgeKind::$kind,)*];

            /// How it reads along the edge or against it: `cites`, `cited by`.
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

edges! {
    /// Document → section, document → measure, section → measure.
    Contains "contains" "part of",
    /// Document → agency that signed it.
    IssuedBy "issued by" "issued",
    /// 主送 — document → agency.
    AddressedTo "addressed to" "receives",
    /// Document → region of those who signed it.
    SpeaksFor "speaks for" "documents",
    /// 贯彻落实 — document → policy.
    Implements "implements" "implemented by",
    /// 废止 — document → policy that it puts out of force.
    Repeals "repeals" "repealed by",
    /// 责任单位 — measure or document → agency, with a role.
    Responsible "responsible" "duties",
    /// Measure or document → agency it names otherwise.
    Mentions "mentions" "mentioned by",
    /// Measure or document → policy.
    Cites "cites" "cited by",
    /// Measure, document or article → product.
    Covers "covers" "covered by",
    /// Measure or document → target.
    CommitsTo "commits to" "committed to in",
    /// Measure or document → platform.
    Uses "uses" "used by",
    /// Product → product directly above it.
    Broader "broader" "narrower",
    /// Agency → region it belongs to.
    BelongsTo "belongs to" "agencies",
    /// Region → region directly above it.
    Within "within" "divided into",
    /// Agency → agency of the same function one level up.
    Superior "superior" "subordinates",
    /// Agency → national agency of the same function.
    National "national counterpart" "local counterparts",
    /// Policy → article.
    Consists "consists of" "article of",
    /// Measure → article. Derived.
    CorrespondsTo "corresponds to" "carried out by",
    /// Policy → document of the corpus that is its text. Derived.
    TextIn "text in" "text of",
}
