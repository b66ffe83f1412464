use std::ops::Deref;

use indexmap::IndexMap;

use super::Index;
use crate::correspond::stated;
use crate::graph::{ArticleId, DocId, Graph, MeasureId, PolicyId, RegionId};

/// From this score on a measure that does not correspond to an article says
/// something of it: two pairs in a hundred reach it by chance.
pub const PARTIAL: f32 = 0.33;

/// 落实情况 — which articles of a policy the documents that carry it out take up.
///
/// What stands here is likeness of wording and subject, derived, with its score:
/// leads to check. That nothing was found in this corpus does not mean that
/// nothing was adopted.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage<C> {
    /// The articles of the policy, in its order.
    pub articles: Vec<ArticleId>,
    /// The documents with measures that carry it out, or their regions;
    /// ascending.
    pub columns: Vec<C>,
    /// For each article, for each column.
    pub cells: Vec<Vec<Cell>>,
}

/// What a document or region says of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Measures that correspond to the article: those of the graph
    /// ([`Graph::articles`]), best first, ties by id.
    pub stated: Vec<(MeasureId, f32)>,
    /// Measures that say something of it, but correspond to others or to none;
    /// best first, ties by id.
    pub partial: Vec<(MeasureId, f32)>,
}

/// How much is said of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing was found in this corpus.
    NotFound,
    /// A measure says something of it.
    Partial,
    /// A measure corresponds to it.
    Stated,
}

impl Cell {
    /// The most that is said.
    pub fn standing(&self) -> Standing {
        match (self.stated.is_empty(), self.partial.is_empty()) {
            (false, _) => Standing::Stated,
            (true, false) => Standing::Partial,
            (true, true) => Standing::NotFound,
        }
    }

    fn add(&mut self, other: &Cell) {
        self.stated.extend(&other.stated);
        self.partial.extend(&other.partial);
        self.sort();
    }

    fn sort(&mut self) {
        for measures in [&mut self.stated, &mut self.partial] {
            measures.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        }
    }
}

impl<G: Deref<Target = Graph>> Index<G> {
    /// Which articles of a policy the documents that carry it out take up; none
    /// if its outline is not known to the index. One measure may take up several
    /// articles, one article may be taken up by several measures.
    ///
    /// ```
    /// use policygraph::similar::{Index, Standing};
    /// use policygraph::{Lexicon, builtin};
    ///
    /// let index = Index::new(builtin(), Lexicon::builtin());
    /// let policy = builtin().policy("国办发〔2024〕53号").unwrap().id();
    /// let coverage = index.coverage(policy).unwrap();
    /// let columns: Vec<_> = coverage.columns.iter().map(|&id| builtin().at(id).key()).collect();
    /// assert_eq!(columns, ["cq-smart-equipment", "nm-2025-18", "sx-2025"]);
    ///
    /// // 8 优化临床试验审评审批机制: what says so?
    /// let (measure, score) = coverage.cells[7][2].stated[0];
    /// assert_eq!(builtin().at(measure).key().to_string(), "sx-2025/9");
    /// assert!(score > 0.8);
    /// // 3 发挥标准对药品医疗器械创新的引领作用 was not found in nm-2025-18.
    /// assert_eq!(coverage.cells[2][1].standing(), Standing::NotFound);
    /// ```
    pub fn coverage(&self, policy: PolicyId) -> Option<Coverage<DocId>> {
        let graph = &*self.graph;
        let number = graph.at(policy).number()?;
        let outlined = self.describer.outlines().iter().find(|of| of.number == number)?;
        let articles = graph.articles_of(policy).to_vec();
        // The graph may have been made without the outline that the index has.
        if !articles.iter().map(|&id| graph.at(id).heading()).eq(&outlined.headings) {
            return None;
        }
        let mut columns: Vec<DocId> = graph.implemented_by(policy).to_vec();
        columns.retain(|&document| graph.measures_of(document).len() > 0);
        let mut cells = vec![vec![Cell::default(); columns.len()]; articles.len()];
        for (column, &document) in columns.iter().enumerate() {
            for measure in graph.measures_of(document) {
                let found = outlined.articles.corresponding(&self.bag(measure));
                let (said, rest) = found.split_at(stated(&found).len());
                for candidate in said {
                    cells[candidate.article][column].stated.push((measure, candidate.score));
                }
                for candidate in rest.iter().take_while(|candidate| candidate.score >= PARTIAL) {
                    cells[candidate.article][column].partial.push((measure, candidate.score));
                }
            }
        }
        cells.iter_mut().flatten().for_each(Cell::sort);
        Some(Coverage { articles, columns, cells })
    }
}

impl Coverage<DocId> {
    /// The same by region: what any document that speaks for it says. A document
    /// of several regions counts for each, one without a region for none.
    ///
    /// ```
    /// use policygraph::similar::{Index, Standing};
    /// use policygraph::{Lexicon, builtin};
    ///
    /// let index = Index::new(builtin(), Lexicon::builtin());
    /// let policy = builtin().policy("国办发〔2024〕53号").unwrap().id();
    /// let coverage = index.coverage(policy).unwrap().by_region(builtin());
    /// let shanxi = coverage.columns.iter().position(|&id| builtin().at(id).name() == "山西省").unwrap();
    /// let taken_up = coverage.cells.iter().filter(|row| row[shanxi].standing() == Standing::Stated);
    /// assert!(taken_up.count() > 15);
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
                columns.iter().for_each(|&column| cell.add(&row[column]));
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
