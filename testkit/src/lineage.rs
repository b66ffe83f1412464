//! Reused passages and near-duplicates against the true lineage of a made corpus.

use std::collections::{HashMap, HashSet};
use std::ops::Deref;

use policygraph::features::features;
use policygraph::graph::MeasureId;
use policygraph::reuse::{Fingerprints, NearDuplicate, Options, Passage};
use policygraph::{Graph, Span};

use crate::synthetic::{Descent, Made, Sentence};

/// What of the sentences that two measures have from one seed sentence is found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Recall {
    /// Kept word for word in both.
    pub kept: Share,
    /// Reworded or renumbered in one of them at least.
    pub changed: Share,
    /// Of the changed ones those of which anything is found, not half of them.
    pub touched: Share,
    /// Sentences of 14 to 29 characters, kept or changed: names in them may leave
    /// fewer than a passage must have.
    pub short: Share,
    /// Passages whose two sides come from one seed sentence at least, of all.
    pub right: Share,
}

/// A sentence of fewer characters may be no passage.
const SHORT: usize = 14;

/// One of so many is a passage, whatever names in it do not count.
const LONG: usize = 30;

#[derive(Clone, Copy, Debug, Default)]
pub struct Share {
    pub found: usize,
    pub all: usize,
}

impl Share {
    fn count(&mut self, found: bool) {
        self.all += 1;
        self.found += usize::from(found);
    }

    pub fn part(self) -> f64 {
        self.found as f64 / self.all.max(1) as f64
    }
}

/// Characters of a sentence as passages count them, so that it is one.
fn characters(text: &str) -> usize {
    features(text).filter(|feature| feature.to_string().chars().count() == 1).count()
}

/// Made measures by their keys.
pub fn descents(made: &[Made]) -> HashMap<String, &Descent> {
    let of = |document: &'_ Made| document.key.clone();
    made.iter()
        .flat_map(|document| {
            let descents = document.lineage.measures.iter().zip(1..);
            descents.map(move |(descent, n)| (format!("{}/{n}", of(document)), descent))
        })
        .collect()
}

/// Scores the passages of these measures with all others.
pub fn recall<G: Deref<Target = Graph>>(
    prints: &Fingerprints<G>,
    descents: &HashMap<String, &Descent>,
    measures: &[MeasureId],
) -> Recall {
    let graph = prints.graph();
    let descent = |id: MeasureId| descents.get(&graph.at(id).key().to_string()).copied();
    let text = |id: MeasureId| &*graph.at(graph.document_of(id)).record().text;
    let mut recall = Recall::default();
    for &measure in measures {
        let Some(own) = descent(measure) else { continue };
        let passages = prints.of_measure(measure, &Options::default());
        let mut by_other: HashMap<MeasureId, Vec<&Passage>> = HashMap::new();
        for passage in &passages {
            by_other.entry(passage.measure).or_default().push(passage);
        }
        for other in
            graph.measures().filter(|&other| graph.document_of(other) != graph.document_of(measure))
        {
            let Some(its) = descent(other) else { continue };
            let found = by_other.get(&other).map_or(&[][..], Vec::as_slice);
            for passage in found {
                let from_one = |(here, there)| touches(passage, here, there);
                recall.right.count(pairs(own, its).any(from_one));
            }
            for (here, there) in pairs(own, its) {
                let (Some(at), Some(to)) = (here.span, there.span) else { continue };
                let least = characters(at.slice(text(measure)));
                let least = least.min(characters(to.slice(text(other))));
                if least < SHORT {
                    continue;
                }
                // At least half of it, here and there.
                let half = found.iter().any(|passage| {
                    let is_half = |met: u32, of: Span| 2 * met >= of.end - of.start;
                    is_half(met(passage.here, here), at) && is_half(met(passage.there, there), to)
                });
                let kept = here.is_kept() && there.is_kept();
                if !kept && least >= LONG {
                    let touched = found.iter().any(|passage| touches(passage, here, there));
                    recall.touched.count(touched);
                }
                match kept {
                    _ if least < LONG => &mut recall.short,
                    true => &mut recall.kept,
                    false => &mut recall.changed,
                }
                .count(half);
            }
        }
    }
    recall
}

/// What of the near-duplicates of these measures by their lineage was found, and
/// how many of theirs that were found have a seed sentence in common.
///
/// Lineage makes two measures near-duplicates if at least `part` of the longer
/// are sentences that both have kept from a seed.
pub fn near_duplicates(
    found: impl Iterator<Item = NearDuplicate>,
    graph: &Graph,
    descents: &HashMap<String, &Descent>,
    measures: &[MeasureId],
    part: f64,
) -> (Share, Share) {
    let found: HashSet<(MeasureId, MeasureId)> = found.map(|pair| (pair.a, pair.b)).collect();
    let descent = |id: MeasureId| descents.get(&graph.at(id).key().to_string()).copied();
    let length = |id: MeasureId| graph.at(id).text().len();
    let all: Vec<(MeasureId, &Descent)> =
        graph.measures().filter_map(|id| Some((id, descent(id)?))).collect();
    let (mut recall, mut right) = (Share::default(), Share::default());
    for &measure in measures {
        let Some(own) = descent(measure) else { continue };
        for &(other, its) in all.iter().filter(|of| of.0 != measure) {
            let found = found.contains(&(measure.min(other), measure.max(other)));
            if found {
                right.count(pairs(own, its).next().is_some());
            }
            let kept = pairs(own, its).filter(|(here, there)| here.is_kept() && there.is_kept());
            let kept: u32 =
                kept.filter_map(|(here, _)| here.span).map(|span| span.end - span.start).sum();
            if kept > 0 && f64::from(kept) >= part * length(measure).max(length(other)) as f64 {
                recall.count(found);
            }
        }
    }
    (recall, right)
}

/// Sentences of both that come from one of a seed.
fn pairs<'d>(a: &'d Descent, b: &'d Descent) -> impl Iterator<Item = (&'d Sentence, &'d Sentence)> {
    a.sentences.iter().flat_map(|here| {
        let same = move |there: &&Sentence| (here.seed, here.n) == (there.seed, there.n);
        b.sentences.iter().filter(same).map(move |there| (here, there))
    })
}

/// Whether a passage has something of both sentences.
fn touches(passage: &Passage, here: &Sentence, there: &Sentence) -> bool {
    met(passage.here, here) > 0 && met(passage.there, there) > 0
}

/// How many bytes of a sentence a passage has.
fn met(passage: Span, sentence: &Sentence) -> u32 {
    sentence
        .span
        .map_or(0, |span| passage.end.min(span.end).saturating_sub(passage.start.max(span.start)))
}
