//! What a new graph takes over from an old one, kind by kind.

use super::assemble::kept_ranges::{KeptRanges, Renumbering};
use super::*;

/// How the nodes of one kind have moved.
pub(crate) struct Moved<I> {
    /// Those whose edges are taken over as they are.
    pub(crate) kept: KeptRanges<I>,
    /// The new id of each that is still there. Of names also that of each new
    /// one: they are numbered behind the old ones until all are known.
    pub(crate) ids: Renumbering<I>,
}

impl<I> Default for Moved<I> {
    fn default() -> Self {
        Moved { kept: KeptRanges::default(), ids: Renumbering(Vec::new()) }
    }
}

/// What is taken over, and the new id of everything old.
#[derive(Default)]
pub(crate) struct Takeover {
    pub(crate) documents: Moved<DocId>,
    pub(crate) sections: Moved<SectionId>,
    pub(crate) measures: Moved<MeasureId>,
    pub(crate) agencies: Moved<AgencyId>,
    pub(crate) policies: Moved<PolicyId>,
    pub(crate) articles: Moved<ArticleId>,
    pub(crate) products: Moved<ProductId>,
    pub(crate) regions: Moved<RegionId>,
    pub(crate) targets: Moved<TargetId>,
    pub(crate) platforms: Moved<PlatformId>,
}

/// A kind of node that a graph takes over from an older one.
pub(crate) trait Taken: TypedId {
    /// How its nodes have moved.
    fn moved(takeover: &Takeover) -> &Moved<Self>;
    /// The id of a node that was read, out of the one that it had while names
    /// were still to come.
    fn settled(self, takeover: &Takeover) -> Self;
}

macro_rules! taken {
    ($($field:ident: $id:ident, $settled:expr;)*) => {$(
        impl Taken for $id {
            fn moved(takeover: &Takeover) -> &Moved<Self> {
                &takeover.$field
            }

            fn settled(self, takeover: &Takeover) -> Self {
                let settled: fn($id, &Moved<$id>) -> $id = $settled;
                settled(self, &takeover.$field)
            }
        }
    )*};
}

taken! {
    documents: DocId, |id, _| id;
    sections: SectionId, |id, _| id;
    measures: MeasureId, |id, _| id;
    agencies: AgencyId, |id, names| names.ids.at(id);
    policies: PolicyId, |id, _| id;
    articles: ArticleId, |id, _| id;
    products: ProductId, |id, names| names.ids.at(id);
    regions: RegionId, |id, names| names.ids.at(id);
    targets: TargetId, |id, _| id;
    platforms: PlatformId, |id, names| names.ids.at(id);
}
