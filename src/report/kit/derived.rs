//! Similar measures and coverage, computed once for all views.

use crate::graph::{DocId, Graph, Id, MeasureId, PolicyId};
use crate::parallel;
use crate::similar::{Coverage, Index, SearchOptions};

/// Maximum number of similar measures of a measure.
const SIMILAR: usize = 4;

/// Similar measures and coverage, found once for all views.
pub(in crate::report) struct Derived {
    /// The most similar measures of other documents, by measure; best first, with their scores.
    similar: Vec<Vec<(MeasureId, f32)>>,
    /// The policies whose articles are known and that documents implement, with their coverage.
    pub(in crate::report) coverage: Vec<(PolicyId, Coverage<DocId>)>,
}

impl Derived {
    /// Searches for each measure, on several threads. Costs a search for each measure: the time for one
    /// grows slowly with the number of measures.
    pub(in crate::report) fn new(index: &Index<&Graph>) -> Self {
        let graph = index.graph();
        let options =
            SearchOptions::default().limit(SIMILAR).exclude_own_document(true).explain(false);
        let measures: Vec<MeasureId> = graph.measures().collect();
        let similar = parallel::map(&measures, |&measure| {
            let found = index.similar_to(measure, &options);
            found.iter().map(|found| (found.measure, found.score)).collect()
        });
        let covered = |policy| {
            let coverage = index.coverage(policy)?;
            (!coverage.columns.is_empty()).then_some((policy, coverage))
        };
        Derived { similar, coverage: graph.policies().filter_map(covered).collect() }
    }

    /// Returns the most similar measures of other documents whose score is at least `least`, best first.
    pub(in crate::report) fn similar(&self, measure: MeasureId, least: f32) -> &[(MeasureId, f32)] {
        let found = &self.similar[measure.index()];
        &found[..found.partition_point(|&(_, score)| score >= least)]
    }
}
