//! The measures of a document before they are numbered: drawn from the seeds or
//! from another made document, then changed sentence by sentence.

use std::borrow::Cow;

use super::edit;
use super::header::{Face, Shape, cited};
use super::places::Function;
use super::rng::Dice;
use super::seeds::{Instrument, MATERIAL, Source};

/// One sentence on its way into a document.
#[derive(Clone)]
pub struct Line {
    /// Where it comes from; none where it is of our making.
    pub origin: Option<Origin>,
    pub text: Cow<'static, str>,
    pub moved: bool,
    pub dropped: bool,
}

/// A sentence of a seed.
#[derive(Clone, Copy)]
pub struct Origin {
    /// The key of its measure.
    pub seed: &'static str,
    /// Its place there.
    pub n: usize,
    pub text: &'static str,
}

/// One measure on its way into a document.
#[derive(Clone)]
pub struct Sketch {
    pub seed: &'static str,
    /// Its place among the measures of the document that it was written from.
    pub parent: Option<usize>,
    pub chapter: &'static str,
    pub lines: Vec<Line>,
    pub duties: Vec<&'static Function>,
}

/// Documents of five to thirty measures, of eighteen on average.
fn length(dice: &mut Dice) -> usize {
    5 + dice.below(14) + dice.below(13)
}

/// The measures of a made document; none of news.
pub fn sketches(seed: u64, document: usize, face: &Face) -> Vec<Sketch> {
    let dice = &mut Dice::new(seed, document, 3);
    if face.shape == Shape::News {
        return Vec::new();
    }
    let mut sketches = match face.parent {
        Some(parent) => inherited(seed, parent, dice),
        None => drawn(face.theme, dice),
    };
    for sketch in &mut sketches {
        change(seed, document, face, sketch, dice);
    }
    sketches
}

/// Most of what the parent has, in its order.
fn inherited(seed: u64, parent: usize, dice: &mut Dice) -> Vec<Sketch> {
    let mut sketches = sketches(seed, parent, &Face::new(seed, parent));
    for (index, sketch) in sketches.iter_mut().enumerate() {
        sketch.parent = Some(index);
        // What the parent wrote of its own stays with it.
        sketch.lines.retain(|line| line.origin.is_some());
    }
    while sketches.len() > 5 && dice.percent(75) {
        sketches.remove(dice.below(sketches.len()));
    }
    sketches
}

/// Measures of the theme in their order, some of other themes among them.
fn drawn(theme: usize, dice: &mut Dice) -> Vec<Sketch> {
    let own = &MATERIAL.themes[theme].measures;
    let length = length(dice);
    let count = (length * (70 + dice.below(31)) / 100).min(own.len());
    let mut picked: Vec<usize> = (0..own.len()).collect();
    while picked.len() > count {
        picked.remove(dice.below(picked.len()));
    }
    let mut sketches: Vec<_> = picked.into_iter().map(|index| sketch(&own[index])).collect();
    while sketches.len() < length {
        let source = any(dice);
        let at = dice.below(sketches.len());
        let chapter = sketches[at].chapter;
        if sketches.iter().all(|sketch| sketch.seed != source.key) {
            sketches.insert(at, Sketch { chapter, ..sketch(source) });
        }
    }
    // Neighbours of one chapter change places.
    for at in 1..sketches.len() {
        if dice.percent(8) && sketches[at].chapter == sketches[at - 1].chapter {
            sketches.swap(at, at - 1);
        }
    }
    sketches
}

/// Any measure of any seed.
fn any(dice: &mut Dice) -> &'static Source {
    let theme = dice.pick(&MATERIAL.themes);
    dice.pick(&theme.measures)
}

fn sketch(source: &'static Source) -> Sketch {
    Sketch {
        seed: source.key,
        parent: None,
        chapter: source.chapter,
        lines: lines(source).collect(),
        duties: source.duties.clone(),
    }
}

fn lines(source: &'static Source) -> impl Iterator<Item = Line> {
    let sentences = source.sentences.iter().enumerate();
    sentences.map(|(n, &text)| Line {
        origin: Some(Origin { seed: source.key, n, text }),
        text: Cow::Borrowed(text),
        moved: false,
        dropped: false,
    })
}

fn change(seed: u64, document: usize, face: &Face, sketch: &mut Sketch, dice: &mut Dice) {
    let lines = &mut sketch.lines;
    // Two measures become one.
    if dice.percent(20) {
        let other = any(dice);
        if lines.iter().all(|line| line.origin.is_none_or(|origin| origin.seed != other.key)) {
            lines.extend(self::lines(other).skip(1));
        }
    }
    for (at, line) in lines.iter_mut().enumerate() {
        edit::change(line, at == 0, dice);
    }
    if lines.len() > 2 && dice.percent(15) {
        let at = 1 + dice.below(lines.len() - 2);
        lines.swap(at, at + 1);
        lines[at].moved = true;
        lines[at + 1].moved = true;
    }
    if dice.percent(25) {
        lines.push(citing(seed, document, dice));
    }
    share(sketch, face, dice);
}

/// A sentence that names a law, a national policy or another made document.
fn citing(seed: u64, document: usize, dice: &mut Dice) -> Line {
    let text = if document > 0 && dice.percent(30) {
        let other = Face::new(seed, dice.skewed(document));
        format!("参照{}有关做法,结合实际细化举措。", other.citation())
    } else {
        let instruments = Instrument::of(["law", "regulation", "policy"][dice.skewed(3)]);
        let instrument = instruments[dice.skewed(instruments.len())];
        format!("严格执行{}有关规定。", cited(&instrument.title, instrument.number.as_deref()))
    };
    Line { origin: None, text: Cow::Owned(text), moved: false, dropped: false }
}

/// Who is responsible: as in the seed, with someone more or less.
fn share(sketch: &mut Sketch, face: &Face, dice: &mut Dice) {
    let duties = &mut sketch.duties;
    if duties.is_empty() && dice.percent(60) {
        duties.push(face.function);
    }
    if duties.len() > 1 && dice.percent(30) {
        duties.remove(dice.below(duties.len()));
    }
    while !duties.is_empty() && dice.percent(30) {
        // Mostly someone who is responsible for something in the seeds.
        let known = &any(dice).duties;
        duties.push(match known.is_empty() {
            true => Function::any(face.place.level, dice),
            false => *dice.pick(known),
        });
    }
    let level = face.place.level;
    let local: Vec<_> = duties.drain(..).filter_map(|function| function.at(level)).collect();
    for function in local {
        if duties.iter().all(|other| other.name != function.name) {
            duties.push(function);
        }
    }
}
