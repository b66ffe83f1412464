//! Product categories.

use super::{MeasureRef, ProductRef};
use crate::graph::ids::MeasureId;

impl<'g> ProductRef<'g> {
    /// Label.
    pub fn label(self) -> &'g str {
        self.graph.tables.products.name(self.id)
    }

    /// This product and all its descendants, breadth first, each once.
    pub fn with_narrower(self) -> Vec<ProductRef<'g>> {
        let mut found = vec![self];
        let mut next = 0;
        while let Some(product) = found.get(next) {
            let below: Vec<_> = product.narrower().filter(|below| !found.contains(below)).collect();
            found.extend(below);
            next += 1;
        }
        found
    }

    /// Measures that name this product or any descendant, by document and position, each once.
    /// Collects and sorts: O(n log n) in the number of measures returned.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let product = graph.product("医疗器械").unwrap();
    /// let measures = product.sorted_covered_by_with_narrower();
    /// assert!(measures.len() >= product.covered_by().len());
    /// ```
    pub fn sorted_covered_by_with_narrower(self) -> Vec<MeasureRef<'g>> {
        let labels = self.with_narrower();
        let mut measures: Vec<MeasureId> =
            labels.iter().flat_map(|label| self.graph.covered_by(label.id)).copied().collect();
        measures.sort_unstable();
        measures.dedup();
        measures.into_iter().map(|id| self.graph.at(id)).collect()
    }
}
