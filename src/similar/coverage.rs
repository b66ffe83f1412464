use std::ops::Deref;

use indexmap::IndexMap;

use super::Index;
use super::index::featurize::{Featurizer, Outlined};
use crate::correspond::above_threshold;
use crate::graph::{ArticleId, DocId, Graph, MeasureId, PolicyId, RegionId};
use crate::lexicon::Lexicon;
use crate::parallel;

/// Minimum score of a partial match: 2 % of the pairs reach it by chance.
const MIN_PARTIAL_SCORE: f32 = 0.32;

/// Coverage (落实情况) of the articles of a policy by the documents that implement it.
///
/// It is derived from the similarity of wording and subject: each score is a lead to
/// check. An article that was not found in this corpus may still have been adopted.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage<C> {
    /// The articles of the policy, in its order.
    pub articles: Vec<ArticleId>,
    /// The documents with measures that implement it, or their regions; ascending.
    pub columns: Vec<C>,
    /// A row for each article, with a cell for each column.
    pub cells: Vec<Vec<Cell>>,
}

/// The coverage of an article by a document or region.
///
/// With [`Graph::keyed`] it serialises as `{standing, stated, partial}`: the level, then
/// `corresponding` and `partial`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Measures that correspond to the article: those of the graph
    /// ([`Graph::corresponds_to`]), best first, ties by id.
    pub corresponding: Vec<(MeasureId, f32)>,
    /// Measures similar to the article that correspond to others or to none; best first,
    /// ties by id.
    pub partial: Vec<(MeasureId, f32)>,
}

/// The level at which an article is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CoverageLevel {
    /// No measure of this corpus is similar.
    NotFound,
    /// A measure is similar.
    Partial,
    /// A measure corresponds to it.
    Corresponding,
}

impl Cell {
    /// Returns the highest level.
    pub fn level(&self) -> CoverageLevel {
        match (self.corresponding.is_empty(), self.partial.is_empty()) {
            (false, _) => CoverageLevel::Corresponding,
            (true, false) => CoverageLevel::Partial,
            (true, true) => CoverageLevel::NotFound,
        }
    }

    fn sort(&mut self) {
        for measures in [&mut self.corresponding, &mut self.partial] {
            measures.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        }
    }
}

impl<G: Deref<Target = Graph>> Index<G> {
    /// Returns the coverage of the articles of a policy by the documents that implement
    /// it; `None` if the index has no outline of the policy. A measure may cover several
    /// articles, and several measures one article.
    ///
    /// ```
    /// use policygraph::similar::{Index, CoverageLevel};
    /// use policygraph::{Lexicon, builtin};
    ///
    /// let index = Index::new(builtin(), Lexicon::builtin());
    /// let policy = builtin().policy("国办发〔2024〕53号").unwrap().id();
    /// let coverage = index.coverage(policy).unwrap();
    /// let columns: Vec<_> = coverage.columns.iter().map(|&id| builtin().at(id).key()).collect();
    /// assert_eq!(columns, ["cq-smart-equipment", "nm-2025-18", "sx-2025"]);
    ///
    /// // 8 优化临床试验审评审批机制: the best measure.
    /// let (measure, score) = coverage.cells[7][2].corresponding[0];
    /// assert_eq!(builtin().at(measure).key().to_string(), "sx-2025/9");
    /// assert!(score > 0.8);
    /// // 3 发挥标准对药品医疗器械创新的引领作用 was not found in nm-2025-18.
    /// assert_eq!(coverage.cells[2][1].level(), CoverageLevel::NotFound);
    /// ```
    pub fn coverage(&self, policy: PolicyId) -> Option<Coverage<DocId>> {
        covered(&self.graph, &self.featurizer, policy)
    }

    /// Returns the articles of a policy that share a feature with a measure, by descending
    /// score, ties in policy order; `None` if the index has no outline of the policy. The
    /// measure's document need not implement the policy: without that, a score is no
    /// evidence of correspondence ([`Graph::corresponds_to`]).
    ///
    /// ```
    /// use policygraph::similar::Index;
    /// use policygraph::{Lexicon, builtin};
    ///
    /// let index = Index::new(builtin(), Lexicon::builtin());
    /// let policy = builtin().policy("国办发〔2024〕53号").unwrap().id();
    /// let measure = builtin().measure("sx-2025/19").unwrap().id();
    /// let (article, score) = index.similar_articles(measure, policy).unwrap()[0];
    /// assert_eq!(builtin().at(article).heading(), "促进仿制药质量提升");
    /// assert!(score > 0.37);
    /// ```
    pub fn similar_articles(
        &self,
        measure: MeasureId,
        policy: PolicyId,
    ) -> Option<Vec<(ArticleId, f32)>> {
        let articles = self.graph.articles_of(policy);
        let outlined = outlined(&self.graph, &self.featurizer, policy)?;
        let found = outlined.articles.corresponding(&self.features(measure));
        let scored = found.into_iter().map(|found| (articles[found.article], found.score));
        Some(scored.collect())
    }
}

/// Returns the coverage of the articles of a policy as [`Index::coverage`] does, without an index: features
/// are made for one document after the other. `None` if the lexicon has no outline of the policy.
///
/// ```
/// use policygraph::similar::{self, Index};
/// use policygraph::{Lexicon, builtin};
///
/// let policy = builtin().policy("国办发〔2024〕53号").unwrap().id();
/// let coverage = similar::coverage(builtin(), Lexicon::builtin(), policy);
/// assert_eq!(coverage, Index::new(builtin(), Lexicon::builtin()).coverage(policy));
/// ```
pub fn coverage(graph: &Graph, lexicon: &Lexicon, policy: PolicyId) -> Option<Coverage<DocId>> {
    covered(graph, &Featurizer::new(lexicon), policy)
}

/// Returns the outline of a policy, if the graph has the same articles: it may have been built with
/// another lexicon.
fn outlined<'f>(
    graph: &Graph,
    featurizer: &'f Featurizer,
    policy: PolicyId,
) -> Option<&'f Outlined> {
    let number = graph.at(policy).number()?;
    let outlined = featurizer.outlines().iter().find(|of| of.number == number)?;
    let headings = graph.articles_of(policy).iter().map(|&id| graph.at(id).heading());
    headings.eq(&outlined.headings).then_some(outlined)
}

fn covered(graph: &Graph, featurizer: &Featurizer, policy: PolicyId) -> Option<Coverage<DocId>> {
    let outlined = outlined(graph, featurizer, policy)?;
    let articles = graph.articles_of(policy).to_vec();
    let mut columns: Vec<DocId> = graph.implemented_by(policy).to_vec();
    columns.retain(|&document| graph.measures_of(document).len() > 0);
    let mut by_column = parallel::map(&columns, |&document| {
        let mut cells = vec![Cell::default(); articles.len()];
        let record = graph.at(document).record();
        for measure in graph.measures_of(document) {
            let bag = featurizer.counts(record, graph.at(measure).record());
            let found = outlined.articles.corresponding(&bag);
            let (corresponding, others) = found.split_at(above_threshold(&found).len());
            for candidate in corresponding {
                cells[candidate.article].corresponding.push((measure, candidate.score));
            }
            let similar = others.iter().take_while(|other| other.score >= MIN_PARTIAL_SCORE);
            for candidate in similar {
                cells[candidate.article].partial.push((measure, candidate.score));
            }
        }
        cells.iter_mut().for_each(Cell::sort);
        cells
    });
    let row = |article: usize| {
        by_column.iter_mut().map(|cells| std::mem::take(&mut cells[article])).collect()
    };
    let cells = (0..articles.len()).map(row).collect();
    Some(Coverage { articles, columns, cells })
}

impl Coverage<DocId> {
    /// Returns the coverage by region: the union over the documents of each region. A
    /// document of several regions counts for each, one without a region for none.
    ///
    /// ```
    /// use policygraph::similar::{Index, CoverageLevel};
    /// use policygraph::{Lexicon, builtin};
    ///
    /// let index = Index::new(builtin(), Lexicon::builtin());
    /// let policy = builtin().policy("国办发〔2024〕53号").unwrap().id();
    /// let coverage = index.coverage(policy).unwrap().by_region(builtin());
    /// let shanxi = coverage.columns.iter().position(|&id| builtin().at(id).name() == "山西省").unwrap();
    /// let covered = coverage.cells.iter().filter(|row| row[shanxi].level() == CoverageLevel::Corresponding);
    /// assert!(covered.count() > 15);
    /// ```
    pub fn by_region(&self, graph: &Graph) -> Coverage<RegionId> {
        let mut of_region: IndexMap<RegionId, Vec<usize>> = IndexMap::new();
        for (column, &document) in self.columns.iter().enumerate() {
            for &region in graph.speaks_for(document) {
                of_region.entry(region).or_default().push(column);
            }
        }
        of_region.sort_unstable_keys();
        let merged = |row: &Vec<Cell>| {
            let cell = |columns: &Vec<usize>| {
                let mut cell = Cell::default();
                for part in columns.iter().map(|&column| &row[column]) {
                    cell.corresponding.extend(&part.corresponding);
                    cell.partial.extend(&part.partial);
                }
                cell.sort();
                cell
            };
            of_region.values().map(cell).collect()
        };
        Coverage {
            articles: self.articles.clone(),
            cells: self.cells.iter().map(merged).collect(),
            columns: of_region.into_keys().collect(),
        }
    }
}
