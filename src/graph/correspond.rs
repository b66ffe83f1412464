//! Which article of a policy a measure carries out, by their headings.
//!
//! A province that carries out a national policy often keeps its headings:
//! 加快临床急需药品医疗器械审批上市 is an article of 国办发〔2024〕53号 and a
//! measure of Shanxi's. Headings are compared by their character bigrams; one
//! that stands in many headings of the policy (药品, 医疗) counts less.

use std::collections::{BTreeSet, HashMap};

/// Below this two headings only share their trade's words. On the annotated
/// pairs of `data/gold/parent-alignment.json`: 15 of 16 right.
const FLOOR: f32 = 0.45;

/// The headings of one policy's articles, ready to be compared.
pub(crate) struct Headings {
    bigrams: Vec<BTreeSet<[char; 2]>>,
    weight: HashMap<[char; 2], f32>,
    /// The weight of what stands in one heading, or in none.
    rare: f32,
}

impl Headings {
    pub(crate) fn new<'t>(headings: impl Iterator<Item = &'t str>) -> Self {
        let bigrams: Vec<_> = headings.map(bigrams).collect();
        let mut count: HashMap<[char; 2], usize> = HashMap::new();
        bigrams.iter().flatten().for_each(|bigram| *count.entry(*bigram).or_default() += 1);
        let weigh = |count: usize| (1.0 + bigrams.len() as f32 / count as f32).ln();
        let weight = count.into_iter().map(|(bigram, count)| (bigram, weigh(count))).collect();
        Headings { rare: weigh(1), bigrams, weight }
    }

    /// The place of the heading most like `title` and how like it is, in
    /// [`FLOOR`]..=1: the weighted Dice coefficient. The first of equals.
    pub(crate) fn best(&self, title: &str) -> Option<(usize, f32)> {
        let title = bigrams(title);
        let alike = |heading: &BTreeSet<[char; 2]>| {
            let both = self.sum(title.intersection(heading));
            2.0 * both / (self.sum(title.iter()) + self.sum(heading.iter()))
        };
        let scores = self.bigrams.iter().map(alike).enumerate();
        let better =
            |best: (usize, f32), next: (usize, f32)| if next.1 > best.1 { next } else { best };
        scores.filter(|(_, score)| *score >= FLOOR).reduce(better)
    }

    fn sum<'b>(&self, bigrams: impl Iterator<Item = &'b [char; 2]>) -> f32 {
        bigrams.map(|bigram| self.weight.get(bigram).copied().unwrap_or(self.rare)).sum()
    }
}

/// Its pairs of neighbouring characters, punctuation left out.
fn bigrams(text: &str) -> BTreeSet<[char; 2]> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.windows(2).map(|pair| [pair[0], pair[1]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_heading_or_none() {
        let headings = Headings::new(
            ["加快临床急需药品医疗器械审批上市", "优化药品医疗器械注册检验", "促进仿制药质量提升"]
                .into_iter(),
        );
        assert_eq!(headings.best("优化药品医疗器械注册检验"), Some((1, 1.0)));
        assert_eq!(headings.best("优化药械注册检验程序").map(|(place, _)| place), Some(1));
        assert_eq!(headings.best("强化药品流通政策支持"), None);
        assert_eq!(headings.best(""), None);
    }
}
