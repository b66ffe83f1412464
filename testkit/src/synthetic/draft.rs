//! The measures of a document before they are numbered: taken from seed documents
//! or from an earlier synthetic document, then edited sentence by sentence.

use std::borrow::Cow;

use super::edit;
use super::header::{Header, Kind, cited};
use super::places::Function;
use super::rng::Rng;
use super::seeds::{Instrument, MATERIAL, Source};

/// A sentence of a draft.
#[derive(Clone)]
pub(super) struct DraftSentence {
    /// Its seed sentence; `None` for a sentence that the generator adds.
    pub origin: Option<SeedSentence>,
    pub text: Cow<'static, str>,
    pub moved: bool,
    pub dropped: bool,
}

/// A sentence of a seed measure.
#[derive(Clone, Copy)]
pub(super) struct SeedSentence {
    /// Key of the measure.
    pub seed: &'static str,
    /// Index in the measure.
    pub index: usize,
    pub text: &'static str,
}

/// A measure of a draft.
#[derive(Clone)]
pub(super) struct DraftMeasure {
    pub seed: &'static str,
    /// Index among the parent's measures.
    pub parent: Option<usize>,
    pub chapter: &'static str,
    pub lines: Vec<DraftSentence>,
    pub duties: Vec<&'static Function>,
}

/// Returns a random number of measures: 5 to 30, 17.5 on average.
fn length(rng: &mut Rng) -> usize {
    5 + rng.below(14) + rng.below(13)
}

/// Returns the measures of a document; none for news.
pub(super) fn measures(seed: u64, document: usize, header: &Header) -> Vec<DraftMeasure> {
    let rng = &mut Rng::new(seed, document, 3);
    if header.kind == Kind::News {
        return Vec::new();
    }
    let mut measures = match header.parent {
        Some(parent) => inherited(seed, parent, rng),
        None => drawn(header.theme, rng),
    };
    for measure in &mut measures {
        edit_measure(seed, document, header, measure, rng);
    }
    measures
}

/// Takes most of the parent's measures, in order.
fn inherited(seed: u64, parent: usize, rng: &mut Rng) -> Vec<DraftMeasure> {
    let mut measures = self::measures(seed, parent, &Header::new(seed, parent));
    for (index, measure) in measures.iter_mut().enumerate() {
        measure.parent = Some(index);
        // Sentences that the generator added to the parent are not inherited.
        measure.lines.retain(|line| line.origin.is_some());
    }
    while measures.len() > 5 && rng.percent(75) {
        measures.remove(rng.below(measures.len()));
    }
    measures
}

/// Takes measures of the theme in order and inserts some of other themes.
fn drawn(theme: usize, rng: &mut Rng) -> Vec<DraftMeasure> {
    let own = &MATERIAL.themes[theme].measures;
    let length = length(rng);
    let count = (length * (70 + rng.below(31)) / 100).min(own.len());
    let mut picked: Vec<usize> = (0..own.len()).collect();
    while picked.len() > count {
        picked.remove(rng.below(picked.len()));
    }
    let mut measures: Vec<_> = picked.into_iter().map(|index| draft(&own[index])).collect();
    while measures.len() < length {
        let source = random_source(rng);
        let at = rng.below(measures.len());
        let chapter = measures[at].chapter;
        if measures.iter().all(|measure| measure.seed != source.key) {
            measures.insert(at, DraftMeasure { chapter, ..draft(source) });
        }
    }
    // Swaps some neighbours of one chapter.
    for at in 1..measures.len() {
        if rng.percent(8) && measures[at].chapter == measures[at - 1].chapter {
            measures.swap(at, at - 1);
        }
    }
    measures
}

/// Returns a random measure of a random seed document.
fn random_source(rng: &mut Rng) -> &'static Source {
    let theme = rng.pick(&MATERIAL.themes);
    rng.pick(&theme.measures)
}

fn draft(source: &'static Source) -> DraftMeasure {
    DraftMeasure {
        seed: source.key,
        parent: None,
        chapter: source.chapter,
        lines: lines(source).collect(),
        duties: source.duties.clone(),
    }
}

fn lines(source: &'static Source) -> impl Iterator<Item = DraftSentence> {
    let sentences = source.sentences.iter().enumerate();
    sentences.map(|(index, &text)| DraftSentence {
        origin: Some(SeedSentence { seed: source.key, index, text }),
        text: Cow::Borrowed(text),
        moved: false,
        dropped: false,
    })
}

fn edit_measure(
    seed: u64,
    document: usize,
    header: &Header,
    measure: &mut DraftMeasure,
    rng: &mut Rng,
) {
    let lines = &mut measure.lines;
    // Merges a second measure into this one.
    if rng.percent(20) {
        let other = random_source(rng);
        if lines.iter().all(|line| line.origin.is_none_or(|origin| origin.seed != other.key)) {
            lines.extend(self::lines(other).skip(1));
        }
    }
    for (at, line) in lines.iter_mut().enumerate() {
        edit::change(line, at == 0, rng);
    }
    if lines.len() > 2 && rng.percent(15) {
        let at = 1 + rng.below(lines.len() - 2);
        lines.swap(at, at + 1);
        lines[at].moved = true;
        lines[at + 1].moved = true;
    }
    if rng.percent(25) {
        lines.push(citing(seed, document, rng));
    }
    change_duties(measure, header, rng);
}

/// Returns a sentence that cites a law, a national policy or another document.
fn citing(seed: u64, document: usize, rng: &mut Rng) -> DraftSentence {
    let text = if document > 0 && rng.percent(30) {
        let other = Header::new(seed, rng.skewed(document));
        format!("参照{}有关做法,结合实际细化举措。", other.citation())
    } else {
        let instruments = Instrument::of_kind(["law", "regulation", "policy"][rng.skewed(3)]);
        let instrument = instruments[rng.skewed(instruments.len())];
        format!("严格执行{}有关规定。", cited(&instrument.title, instrument.number.as_deref()))
    };
    DraftSentence { origin: None, text: Cow::Owned(text), moved: false, dropped: false }
}

/// Adds agencies to the responsible ones of the seed measure, or removes some.
fn change_duties(measure: &mut DraftMeasure, header: &Header, rng: &mut Rng) {
    let duties = &mut measure.duties;
    if duties.is_empty() && rng.percent(60) {
        duties.push(header.function);
    }
    if duties.len() > 1 && rng.percent(30) {
        duties.remove(rng.below(duties.len()));
    }
    while !duties.is_empty() && rng.percent(30) {
        // Mostly an agency that is responsible for some seed measure.
        let known = &random_source(rng).duties;
        duties.push(match known.is_empty() {
            true => Function::any(header.place.level, rng),
            false => *rng.pick(known),
        });
    }
    let level = header.place.level;
    let local: Vec<_> = duties.drain(..).filter_map(|function| function.at(level)).collect();
    for function in local {
        if duties.iter().all(|other| other.name != function.name) {
            duties.push(function);
        }
    }
}
