//! One `u32` id type a node kind. Callers receive ids; only tables make them.

use std::fmt;
use std::hash::Hash;

/// A dense id: an index into the table of its kind.
pub trait Id: Copy + Ord + Hash + fmt::Debug {
    /// What the kind is called: `measure`.
    const NAME: &'static str;
    /// Its place in the table.
    fn index(self) -> usize;
    #[doc(hidden)]
    fn from_index(index: usize) -> Self;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $text:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl Id for $name {
            const NAME: &'static str = $text;

            #[inline]
            fn index(self) -> usize {
                self.0 as usize
            }

            #[inline]
            fn from_index(index: usize) -> Self {
                $name(u32::try_from(index).expect("fewer than 2^32 nodes of a kind"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", $text, self.0)
            }
        }
    )*};
}

ids! {
    /// One 文件.
    DocId "doc";
    /// One chapter of a document (章).
    SectionId "section";
    /// One 措施.
    MeasureId "measure";
    /// One public body (机关).
    AgencyId "agency";
    /// One instrument that is cited or implemented, in the corpus or not.
    PolicyId "policy";
    /// One article of a policy whose outline is known.
    ArticleId "article";
    /// One product category.
    ProductId "product";
    /// One administrative region (行政区划).
    RegionId "region";
    /// One quantified commitment.
    TargetId "target";
    /// One named platform, programme, list or mechanism.
    PlatformId "platform";
    /// One node of any kind, in the numbering that all kinds share.
    NodeId "node";
    /// One edge of any kind.
    EdgeId "edge";
}
