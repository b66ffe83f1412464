//! Product categories.

use super::*;

impl<'g> ProductRef<'g> {
    /// Its label.
    pub fn label(self) -> &'g str {
        self.graph.tables.products.name(self.id)
    }

    /// The products directly above.
    pub fn broader(self) -> impl ExactSizeIterator<Item = ProductRef<'g>> + Clone {
        self.graph.broader(self.id).iter().map(move |&id| self.graph.at(id))
    }

    /// The products directly below.
    pub fn narrower(self) -> impl ExactSizeIterator<Item = ProductRef<'g>> + Clone {
        self.graph.narrower(self.id).iter().map(move |&id| self.graph.at(id))
    }

    /// The measures that name this label itself, by document and position; see
    /// [`sorted_covered_by_with_narrower`](Self::sorted_covered_by_with_narrower).
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let covering = graph.product("血液制品").unwrap().covered_by();
    /// assert!(covering.map(|measure| measure.key().to_string()).any(|key| key == "sx-2025/20"));
    /// ```
    pub fn covered_by(self) -> impl ExactSizeIterator<Item = Hop<'g, MeasureRef<'g>>> + Clone {
        reached!(self.graph, measure.covers, edges_to, self.id)
    }

    /// The documents whose body names this label itself, by key.
    pub fn covered_by_bodies(
        self,
    ) -> impl ExactSizeIterator<Item = Hop<'g, DocumentRef<'g>>> + Clone {
        reached!(self.graph, body.covers, edges_to, self.id)
    }

    /// The articles about this label itself, by policy and position.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let mut articles = graph.product("中药").unwrap().covered_by_articles();
    /// assert_eq!(articles.next().unwrap().heading(), "加大中药研发创新支持力度");
    /// ```
    pub fn covered_by_articles(self) -> impl ExactSizeIterator<Item = ArticleRef<'g>> + Clone {
        self.graph.covered_by_articles(self.id).iter().map(move |&id| self.graph.at(id))
    }

    /// This product and all below it, breadth first, each once.
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

    /// The measures that name this product or any below it, sorted and each
    /// once. Gathers and sorts: O(n log n) in what it returns.
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
