//! Which article of a policy a measure carries out, by their headings.
//!
//! A province that carries out a national policy often keeps its headings:
//! 加快临床急需药品医疗器械审批上市 is an article of 国办发〔2024〕53号 and a
//! measure of Shanxi's. Headings are compared by their character bigrams; one
//! that stands in many headings of the policy (药品, 医疗) counts less.

use std::collections::HashMap;

type Bigram = [char; 2];

/// Below this two headings only share their trade's words. On the annotated
/// pairs of `data/gold/parent-alignment.json`: 15 of 16 right.
const FLOOR: f32 = 0.45;

/// The headings of one policy's articles, ready to be compared.
pub(crate) struct Headings {
    /// Where each bigram stands, and what it weighs.
    postings: HashMap<Bigram, (f32, Vec<usize>)>,
    /// What all bigrams of each heading weigh.
    weight: Vec<f32>,
    /// The weight of what stands in no heading.
    rare: f32,
}

impl Headings {
    pub(crate) fn new<'t>(headings: impl Iterator<Item = &'t str>) -> Self {
        let headings: Vec<Vec<Bigram>> = headings.map(bigrams).collect();
        let weigh = |count: usize| (1.0 + headings.len() as f32 / count as f32).ln();
        let mut postings: HashMap<Bigram, (f32, Vec<usize>)> = HashMap::new();
        for (place, heading) in headings.iter().enumerate() {
            heading.iter().for_each(|bigram| postings.entry(*bigram).or_default().1.push(place));
        }
        postings.values_mut().for_each(|(weight, places)| *weight = weigh(places.len()));
        let sum = |heading: &Vec<Bigram>| heading.iter().map(|bigram| postings[bigram].0).sum();
        Headings { weight: headings.iter().map(sum).collect(), rare: weigh(1), postings }
    }

    /// The place of the heading most like `title` and how like it is, in
    /// [`FLOOR`]..=1: the weighted Dice coefficient. The first of equals.
    pub(crate) fn best(&self, title: &str) -> Option<(usize, f32)> {
        let mut shared = vec![0.0; self.weight.len()];
        let mut whole = 0.0;
        for bigram in bigrams(title) {
            let Some((weight, places)) = self.postings.get(&bigram) else {
                whole += self.rare;
                continue;
            };
            whole += weight;
            places.iter().for_each(|&place| shared[place] += weight);
        }
        let scores =
            shared.iter().zip(&self.weight).map(|(both, weight)| 2.0 * both / (whole + weight));
        let better =
            |best: (usize, f32), next: (usize, f32)| if next.1 > best.1 { next } else { best };
        scores.enumerate().filter(|(_, score)| *score >= FLOOR).reduce(better)
    }
}

/// Its pairs of neighbouring characters, sorted, each once; punctuation left out.
fn bigrams(text: &str) -> Vec<Bigram> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut bigrams: Vec<Bigram> = letters.windows(2).map(|pair| [pair[0], pair[1]]).collect();
    bigrams.sort_unstable();
    bigrams.dedup();
    bigrams
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
