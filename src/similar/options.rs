use crate::graph::{MeasureId, MeasureSet};

/// Options of a search: which measures, how many, explained or not.
///
/// The default is the 10 best of all measures, explained. Each setter has the name of
/// its field; the struct may grow.
///
/// ```
/// use policygraph::similar::{Index, SearchOptions};
/// use policygraph::{Genre, Lexicon, builtin};
///
/// let index = Index::new(builtin(), Lexicon::builtin());
/// let issued = builtin().walk(builtin().documents()).of_genre(Genre::Measures);
/// let among = issued.measures().ids().collect();
/// let options = SearchOptions::default().limit(3).among(&among);
/// assert_eq!(index.search("检验用量由3倍减为2倍", &options).len(), 3);
/// ```
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct SearchOptions<'a> {
    /// Maximum number of matches; 10.
    pub limit: usize,
    /// Measures to search; all.
    pub among: Option<&'a MeasureSet>,
    /// Leaves out measures of the query's own document; false.
    pub exclude_own_document: bool,
    /// Predicate that a match must meet; always true. It is called only for measures
    /// that pass the other options and score high enough, so that a predicate that
    /// few measures meet is called for many: [`among`](Self::among) is faster then.
    pub filter: &'a (dyn Fn(MeasureId) -> bool + Sync),
    /// Explains each match; true. Searches without explanations are faster.
    pub explain: bool,
}

impl Default for SearchOptions<'_> {
    fn default() -> Self {
        SearchOptions {
            limit: 10,
            among: None,
            exclude_own_document: false,
            filter: &|_| true,
            explain: true,
        }
    }
}

impl<'a> SearchOptions<'a> {
    /// Sets the maximum number of matches.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Searches only these measures.
    pub fn among(mut self, among: &'a MeasureSet) -> Self {
        self.among = Some(among);
        self
    }

    /// Leaves out the measures of the query's own document, if true.
    pub fn exclude_own_document(mut self, exclude: bool) -> Self {
        self.exclude_own_document = exclude;
        self
    }

    /// Keeps only measures that meet the predicate.
    pub fn filter(mut self, filter: &'a (dyn Fn(MeasureId) -> bool + Sync)) -> Self {
        self.filter = filter;
        self
    }

    /// Explains each match, if true.
    pub fn explain(mut self, explain: bool) -> Self {
        self.explain = explain;
        self
    }
}
