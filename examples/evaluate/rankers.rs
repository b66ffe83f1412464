//! Baseline rankers: BM25 and TF-IDF over character pairs, and over single fields of
//! our features.

use policygraph::graph::{Graph, MeasureId};
use policygraph::similar::{Feature, Field, Index, Scorer, features, provision_text};
use std::collections::{BTreeMap, HashMap};

/// Features with their counts, ascending.
type Bag = Vec<(Feature, u32)>;

/// Minimum number of bytes of a feature of more than one character.
const PAIR: usize = 4;

/// Returns the words of a measure: pairs of adjacent characters and runs of letters
/// and digits; with `characters` single characters as well.
pub fn plain(graph: &Graph, measure: MeasureId, characters: bool) -> Bag {
    let measure = graph.at(measure);
    let mut counts: BTreeMap<Feature, u32> = BTreeMap::new();
    for piece in provision_text(measure.record(), &measure.document().record().text) {
        for feature in features(piece) {
            let text = feature.to_string();
            if characters || text.len() >= PAIR || text.is_ascii() {
                *counts.entry(feature).or_default() += 1;
            }
        }
    }
    counts.into_iter().collect()
}

/// Returns the features of a measure in one field.
pub fn field(index: &Index<&Graph>, measure: MeasureId, field: Field) -> Bag {
    let mut bag = index.features(measure);
    bag.retain(|(feature, _)| feature.field() == field);
    bag
}

/// Bags of words of all measures, by id.
struct Bags {
    place: HashMap<MeasureId, usize>,
    bags: Vec<Bag>,
    document_frequency: HashMap<Feature, usize>,
}

impl Bags {
    fn new(graph: &Graph, of: impl Fn(MeasureId) -> Bag) -> Self {
        let place = graph.measures().enumerate().map(|(place, id)| (id, place)).collect();
        let bags: Vec<Bag> = graph.measures().map(of).collect();
        let mut document_frequency: HashMap<Feature, usize> = HashMap::new();
        for (feature, _) in bags.iter().flatten() {
            *document_frequency.entry(*feature).or_default() += 1;
        }
        Bags { place, bags, document_frequency }
    }

    fn bag(&self, measure: MeasureId) -> &Bag {
        &self.bags[self.place[&measure]]
    }

    fn shared<'b>(&self, a: &'b Bag, b: &'b Bag) -> impl Iterator<Item = (Feature, u32, u32)> + 'b {
        a.iter().filter_map(|&(feature, n)| {
            let at = b.binary_search_by_key(&feature, |of| of.0).ok()?;
            Some((feature, n, b[at].1))
        })
    }
}

/// BM25 with k1 = 1.2 and b = 0.75, weighted by term frequency in the query.
///
/// Source: Robertson, Zaragoza, “The probabilistic relevance framework: BM25 and
/// beyond” (2009); idf as in Lucene, never below 0.
pub struct Bm25 {
    bags: Bags,
    mean: f64,
}

impl Bm25 {
    pub fn new(graph: &Graph, of: impl Fn(MeasureId) -> Bag) -> Self {
        let bags = Bags::new(graph, of);
        let all: f64 = bags.bags.iter().map(length).sum();
        Bm25 { mean: all / bags.bags.len() as f64, bags }
    }
}

fn length(bag: &Bag) -> f64 {
    bag.iter().map(|of| f64::from(of.1)).sum()
}

impl Scorer for Bm25 {
    fn scores(&self, measure: MeasureId, others: &[MeasureId]) -> Vec<f32> {
        let texts = self.bags.bags.len() as f64;
        let query = self.bags.bag(measure);
        let score = |&other: &MeasureId| {
            let bag = self.bags.bag(other);
            let norm = 1.2 * (0.25 + 0.75 * length(bag) / self.mean);
            let weigh = |(feature, in_query, found): (Feature, u32, u32)| {
                let frequency = self.bags.document_frequency[&feature] as f64;
                let idf = (1.0 + (texts - frequency + 0.5) / (frequency + 0.5)).ln();
                let found = f64::from(found);
                f64::from(in_query) * idf * found * 2.2 / (found + norm)
            };
            self.bags.shared(query, bag).map(weigh).sum::<f64>() as f32
        };
        others.iter().map(score).collect()
    }
}

/// The cosine of TF-IDF vectors: 1 + ln tf, ln(1 + N / n).
pub struct TfIdf {
    bags: Bags,
    lengths: Vec<f64>,
}

impl TfIdf {
    pub fn new(graph: &Graph, of: impl Fn(MeasureId) -> Bag) -> Self {
        let bags = Bags::new(graph, of);
        let square = |&(feature, count): &(Feature, u32)| weight(&bags, feature, count).powi(2);
        let length = |bag: &Bag| bag.iter().map(square).sum::<f64>().sqrt();
        let lengths = bags.bags.iter().map(length).collect();
        TfIdf { bags, lengths }
    }
}

fn weight(bags: &Bags, feature: Feature, count: u32) -> f64 {
    let idf = (1.0 + bags.bags.len() as f64 / bags.document_frequency[&feature] as f64).ln();
    (1.0 + f64::from(count).ln()) * idf
}

impl Scorer for TfIdf {
    fn scores(&self, measure: MeasureId, others: &[MeasureId]) -> Vec<f32> {
        let bags = &self.bags;
        let length = |id| self.lengths[bags.place[&id]].max(f64::MIN_POSITIVE);
        let product = |(feature, in_query, found)| {
            weight(bags, feature, in_query) * weight(bags, feature, found)
        };
        let score = |&other: &MeasureId| {
            let sum: f64 = bags.shared(bags.bag(measure), bags.bag(other)).map(product).sum();
            (sum / length(measure) / length(other)) as f32
        };
        others.iter().map(score).collect()
    }
}
