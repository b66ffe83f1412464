//! What a new graph takes over from an old one, kind by kind.

use super::assemble::kept_ranges::{KeptRanges, Renumbering};
use super::*;

/// How the nodes of one kind have moved.
pub(crate) struct IdMap<I> {
    /// Those whose edges are taken over as they are.
    pub(crate) kept: KeptRanges<I>,
    /// The new id of each that is still there. Of names also that of each new
    /// one: they are numbered behind the old ones until all are known.
    pub(crate) ids: Renumbering<I>,
}

impl<I> Default for IdMap<I> {
    fn default() -> Self {
        IdMap { kept: KeptRanges::default(), ids: Renumbering(Vec::new()) }
    }
}

/// What is taken over, and the new id of everything old.
#[derive(Default)]
pub(crate) struct CarryOver {
    pub(crate) documents: IdMap<DocId>,
    pub(crate) sections: IdMap<SectionId>,
    pub(crate) measures: IdMap<MeasureId>,
    pub(crate) agencies: IdMap<AgencyId>,
    pub(crate) policies: IdMap<PolicyId>,
    pub(crate) articles: IdMap<ArticleId>,
    pub(crate) products: IdMap<ProductId>,
    pub(crate) regions: IdMap<RegionId>,
    pub(crate) targets: IdMap<TargetId>,
    pub(crate) platforms: IdMap<PlatformId>,
}

/// A kind of node that a graph takes over from an older one.
pub(crate) trait CarriedOver: TypedId {
    /// How its nodes have moved.
    fn moved(carry_over: &CarryOver) -> &IdMap<Self>;
    /// The id of a node that was read, out of the one that it had while names
    /// were still to come.
    fn settled(self, carry_over: &CarryOver) -> Self;
}

macro_rules! carried_over {
    ($($field:ident: $id:ident, $settled:expr;)*) => {$(
        impl CarriedOver for $id {
            fn moved(carry_over: &CarryOver) -> &IdMap<Self> {
                &carry_over.$field
            }

            fn settled(self, carry_over: &CarryOver) -> Self {
                let settled: fn($id, &IdMap<$id>) -> $id = $settled;
                settled(self, &carry_over.$field)
            }
        }
    )*};
}

carried_over! {
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
