//! The inverted index: for each feature, the texts that hold it.

use std::collections::HashMap;

use crate::features::{Feature, Vector, counts, idf, vector};

/// Texts are numbered from 0 in the order in which they were given.
pub(super) struct Postings {
    texts: usize,
    /// The row of each feature.
    rows: HashMap<Feature, usize>,
    /// Where the postings of each row begin; one more than there are rows.
    start: Box<[usize]>,
    postings: Box<[Posting]>,
}

#[derive(Clone, Copy, Default)]
struct Posting {
    text: u32,
    /// The feature's weight in the text's unit vector.
    weight: f32,
}

impl Postings {
    /// Indexes `texts`, each given as pieces. They are read twice, so that
    /// nothing but the index itself is ever held.
    pub fn new<'t, T>(texts: impl Iterator<Item = T> + Clone) -> Self
    where
        T: IntoIterator<Item = &'t str>,
    {
        let mut rows: HashMap<Feature, usize> = HashMap::new();
        let mut holding: Vec<usize> = Vec::new();
        let mut number = 0;
        for text in texts.clone() {
            number += 1;
            for (feature, _) in counts(text) {
                let row = *rows.entry(feature).or_insert_with(|| {
                    holding.push(0);
                    holding.len() - 1
                });
                holding[row] += 1;
            }
        }

        let mut start = Vec::with_capacity(holding.len() + 1);
        start.push(0);
        start.extend(holding.iter().scan(0, |end, holding| {
            *end += holding;
            Some(*end)
        }));
        let mut next = start.clone();
        let mut postings = vec![Posting::default(); next[holding.len()]].into_boxed_slice();
        for (text, pieces) in texts.enumerate() {
            let text = u32::try_from(text).expect("fewer than 2^32 texts");
            let mut at = Vec::new();
            let vector = vector(pieces, |feature| {
                let row = rows[&feature];
                at.push(row);
                Some(idf(number, holding[row]))
            });
            for (row, (_, weight)) in at.into_iter().zip(vector) {
                postings[next[row]] = Posting { text, weight };
                next[row] += 1;
            }
        }
        Postings { texts: number, rows, start: start.into(), postings }
    }

    /// The unit vector of a text, indexed or not. A feature that no indexed
    /// text holds is weighed as if one did: it shortens the others.
    pub fn vector<'t>(&self, pieces: impl IntoIterator<Item = &'t str>) -> Vector {
        vector(pieces, |feature| Some(idf(self.texts.max(1), self.row(feature).len().max(1))))
    }

    /// The cosine of `query` with every text. Sums run in the order of the
    /// features, so they are the same on every run and from either side.
    pub fn cosines(&self, query: &[(Feature, f32)]) -> Vec<f32> {
        let mut cosines = vec![0.0; self.texts];
        for &(feature, weight) in query {
            for posting in self.row(feature) {
                cosines[posting.text as usize] += weight * posting.weight;
            }
        }
        cosines
    }

    /// The postings of a feature, by text.
    fn row(&self, feature: Feature) -> &[Posting] {
        self.rows
            .get(&feature)
            .map_or(&[], |&row| &self.postings[self.start[row]..self.start[row + 1]])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::parts;
    use proptest::prelude::*;

    fn index(texts: &[String]) -> Postings {
        Postings::new(texts.iter().map(|text| [text.as_str()]))
    }

    /// Texts that share words, and now and then anything.
    fn texts() -> impl Strategy<Value = Vec<String>> {
        let text = prop_oneof![4 => "[药品监管检验a1，]{0,24}", 1 => "\\PC{0,24}"];
        prop::collection::vec(text, 1..8)
    }

    proptest! {
        #[test]
        fn cosines_are_those_of_the_vectors(texts in texts(), query in "[药品审评，]{0,12}") {
            let index = index(&texts);
            let query = index.vector([&*query]);
            for (text, cosine) in texts.iter().zip(index.cosines(&query)) {
                let parts = parts(&query, &index.vector([&**text]));
                prop_assert_eq!(cosine, parts.iter().map(|part| part.1).sum::<f32>());
                prop_assert!((0.0..1.00001).contains(&cosine));
            }
        }

        #[test]
        fn cosines_are_symmetric_to_the_bit(texts in texts()) {
            let index = index(&texts);
            let rows: Vec<Vec<f32>> = texts.iter().map(|text| index.cosines(&index.vector([&**text]))).collect();
            for (a, row) in rows.iter().enumerate() {
                for (b, cosine) in row.iter().enumerate() {
                    prop_assert_eq!(*cosine, rows[b][a]);
                }
            }
        }

        #[test]
        fn nothing_is_more_like_a_text_than_itself(texts in texts()) {
            let index = index(&texts);
            for (n, text) in texts.iter().enumerate() {
                let vector = index.vector([&**text]);
                let cosines = index.cosines(&vector);
                let own = if vector.is_empty() { 0.0 } else { 1.0 };
                prop_assert!((cosines[n] - own).abs() < 1e-5);
                prop_assert!(cosines.iter().all(|cosine| *cosine < own + 1e-5));
            }
        }
    }
}
