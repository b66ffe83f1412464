//! Faults as scans, copies and hasty typing leave them, injected by chance.
//!
//! At a rate of 2 %, each character that is no white space has one fault with a
//! probability of 0.02. Which one is drawn evenly from those that it can have:
//!
//! - a blank is inserted behind it;
//! - a line break is inserted behind it;
//! - full-width ASCII becomes half-width, and half-width full-width;
//! - a punctuation mark is dropped;
//! - it is confused with a character of like shape.
//!
//! Half of the faults of running text are thus line breaks: at 2 % there is one
//! in every hundred characters, wherever it falls.

use fastrand::Rng;
use policygraph::{Lexicon, Record, read};
use serde_json::{Value, json};

use crate::extraction::{Scores, is};

/// What can be dropped.
const PUNCTUATION: &str = "、，。；：！？（）《》〈〉〔〕【】“”‘’,.;:!?()[]";

/// Characters of like shape, by twos.
const CONFUSABLE: [(char, char); 12] = [
    ('己', '已'),
    ('日', '曰'),
    ('末', '未'),
    ('土', '士'),
    ('千', '干'),
    ('人', '入'),
    ('大', '太'),
    ('天', '夫'),
    ('自', '白'),
    ('一', '—'),
    ('O', '0'),
    ('l', '1'),
];

/// A text with faults.
pub struct Noisy {
    pub text: String,
    /// Where each byte of the clean text, and its end, went.
    places: Vec<usize>,
}

impl Noisy {
    /// Injects faults at a rate from 0 to 1. O(n).
    pub fn new(clean: &str, rate: f64, rng: &mut Rng) -> Self {
        let mut noisy = Noisy { text: String::with_capacity(clean.len() * 2), places: Vec::new() };
        for (at, c) in clean.char_indices() {
            noisy.places.resize(at + c.len_utf8(), noisy.text.len());
            match !c.is_whitespace() && rng.f64() < rate {
                true => noisy.text.push_str(&fault(c, rng)),
                false => noisy.text.push(c),
            }
        }
        noisy.places.push(noisy.text.len());
        noisy
    }

    /// What gold says of the clean text, for this one: a measure is where the
    /// injection put the bytes in which `clean`, the clean text's record, has
    /// it. A measure that the clean text does not yield is nowhere.
    pub fn gold(&self, clean: &Record, gold: &Value) -> Value {
        let mut gold = gold.clone();
        for measure in gold["measures"].as_array_mut().into_iter().flatten() {
            let found = clean.measures.iter().find(|m| is(m, &clean.text, measure));
            let place = |at: u32| self.places[at as usize];
            measure["span"] = found.map_or(Value::Null, |found| {
                json!([place(found.span.start), place(found.span.end)])
            });
        }
        gold
    }
}

/// The character with one of the faults that it can have.
fn fault(c: char, rng: &mut Rng) -> String {
    let mut faults = vec![format!("{c} "), format!("{c}\n")];
    faults.extend(other_width(c).map(String::from));
    faults.extend(PUNCTUATION.contains(c).then(String::new));
    faults.extend(confused(c).map(String::from));
    faults.swap_remove(rng.usize(..faults.len()))
}

fn other_width(c: char) -> Option<char> {
    match c {
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0),
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0),
        _ => None,
    }
}

fn confused(c: char) -> Option<char> {
    CONFUSABLE.iter().find_map(|&(a, b)| match c {
        c if c == a => Some(b),
        c if c == b => Some(a),
        _ => None,
    })
}

/// Scores of documents, each the record of a clean text and its gold, with
/// faults at a rate; the same on every run with the same seed.
pub fn scores(documents: &[(Record, Value)], rate: f64, seed: u64) -> Scores {
    let mut rng = Rng::with_seed(seed);
    let mut scores = Scores::default();
    for (clean, gold) in documents {
        let noisy = Noisy::new(&clean.text, rate, &mut rng);
        let record = read(Lexicon::builtin(), &clean.key, noisy.text.as_str());
        scores.add(&record, &noisy.gold(clean, gold));
    }
    scores
}
