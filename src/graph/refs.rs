//! Refs: an id with its graph, to read like a sentence.

use super::*;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

/// Hops along the edges of a relation, or against them.
macro_rules! reached {
    ($graph:expr, $($relation:ident).+, $ends:ident, $id:expr) => {{
        let graph = $graph;
        let ends = graph.edges.$($relation).+.$ends($id);
        ends.map(move |(to, edge)| Hop { graph, edge, to: graph.at(to) })
    }};
}

mod agency;
mod document;
mod measure;
mod policy;
mod product;

pub use measure::MeasureKey;

/// An id of one kind of node.
pub trait TypedId: Id + Into<Node> + 'static {
    /// The kind.
    const KIND: NodeKind;
    /// The id with its graph.
    type Ref<'g>: Copy;
    #[doc(hidden)]
    fn at(self, graph: &Graph) -> Self::Ref<'_>;
}

impl Graph {
    /// The node of an id of this graph. O(1).
    pub fn at<I: TypedId>(&self, id: I) -> I::Ref<'_> {
        id.at(self)
    }
}

/// A node that was reached over an edge: the node (it derefs to it), and why
/// the edge is there.
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
    /// The node that was reached.
    pub fn to(&self) -> R {
        self.to
    }

    /// The edge that led to it.
    pub fn edge(&self) -> EdgeId {
        self.edge
    }

    /// Why the edge is there.
    pub fn proof(&self) -> Proof {
        self.graph.proof(self.edge)
    }

    /// How the words that say so were found to mean the policy, if one was
    /// reached over a citation.
    pub fn resolution(&self) -> Option<Resolution> {
        self.graph.resolution(self.edge)
    }

    /// The words that say so, if a text does.
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
    ($($(#[$doc:meta])* $name:ident($id:ident, $kind:ident);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $name<'g> {
            graph: &'g Graph,
            id: $id,
        }

        impl TypedId for $id {
            const KIND: NodeKind = NodeKind::$kind;
            type Ref<'g> = $name<'g>;

            fn at(self, graph: &Graph) -> $name<'_> {
                $name { graph, id: self }
            }
        }

        impl<'g> $name<'g> {
            /// Its place in the graph.
            pub fn id(self) -> $id {
                self.id
            }

            /// It as a node among all kinds.
            pub fn node(self) -> Node {
                self.id.into()
            }

            /// The graph it belongs to.
            pub fn graph(self) -> &'g Graph {
                self.graph
            }
        }

        /// Equal: the same node of the same graph.
        impl PartialEq for $name<'_> {
            fn eq(&self, other: &Self) -> bool {
                self.id == other.id && std::ptr::eq(self.graph, other.graph)
            }
        }

        impl Eq for $name<'_> {}

        impl Hash for $name<'_> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.id.hash(state);
            }
        }

        impl fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.graph.label(self.id))
            }
        }
    )*};
}

refs! {
    /// 文件 — one document of the corpus.
    DocumentRef(DocId, Document);
    /// 章 — one chapter of a document.
    SectionRef(SectionId, Section);
    /// 措施 — one numbered provision.
    MeasureRef(MeasureId, Measure);
    /// 机关 — one public body.
    AgencyRef(AgencyId, Agency);
    /// 政策 — one instrument, in the corpus or not.
    PolicyRef(PolicyId, Policy);
    /// 条 — one article of a policy whose outline is known.
    ArticleRef(ArticleId, Article);
    /// 产品类别 — one product category.
    ProductRef(ProductId, Product);
    /// 行政区划 — one region.
    RegionRef(RegionId, Region);
    /// 量化目标 — one quantified commitment.
    TargetRef(TargetId, Target);
    /// 平台 — one named platform, programme, list or mechanism.
    PlatformRef(PlatformId, Platform);
}

impl Graph {
    /// The words that state an edge of a kind that only texts state.
    fn stated(&self, edge: EdgeId) -> Evidence {
        self.proof(edge).evidence().expect("responsibility is read, never derived")
    }
}
