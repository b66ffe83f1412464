//! Noise injection: random faults as scans, copies and hasty typing leave them.
//!
//! At a rate of 2 %, each character that is not white space gets a fault with a
//! probability of 0.02. The fault is drawn uniformly from those that apply:
//!
//! - a space is inserted after it;
//! - a line break is inserted after it;
//! - full-width ASCII becomes half-width, and half-width becomes full-width;
//! - a punctuation mark is dropped;
//! - it is replaced by a character of similar shape.
//!
//! About half of the faults of running text are line breaks: at 2 % there is one
//! in every hundred characters.

use fastrand::Rng;
use policygraph::{Lexicon, Record, read};
use serde_json::{Value, json};

use crate::extraction::{Scores, is_same_measure};

/// Marks that can be dropped.
const PUNCTUATION: &str = "、，。；：！？（）《》〈〉〔〕【】“”‘’,.;:!?()[]";

/// Pairs of characters of similar shape.
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
pub struct NoisyText {
    /// The text.
    pub text: String,
    /// New offset of each byte of the clean text, and of its end.
    offsets: Vec<usize>,
}

impl NoisyText {
    /// Injects faults at a rate from 0 to 1. O(n).
    ///
    /// ```
    /// use policygraph_testkit::noise::NoisyText;
    ///
    /// let mut rng = fastrand::Rng::with_seed(53);
    /// let noisy = NoisyText::new("一、加强监管。药品抽检。", 0.5, &mut rng);
    /// assert_ne!(noisy.text, "一、加强监管。药品抽检。");
    /// ```
    pub fn new(clean: &str, rate: f64, rng: &mut Rng) -> Self {
        let mut noisy =
            NoisyText { text: String::with_capacity(clean.len() * 2), offsets: Vec::new() };
        for (at, c) in clean.char_indices() {
            noisy.offsets.resize(at + c.len_utf8(), noisy.text.len());
            match !c.is_whitespace() && rng.f64() < rate {
                true => noisy.text.push_str(&fault(c, rng)),
                false => noisy.text.push(c),
            }
        }
        noisy.offsets.push(noisy.text.len());
        noisy
    }

    /// Returns the gold annotation of the clean text with a `span` for each measure
    /// in this text: the new position of the measure's span in `clean`, the record of
    /// the clean text. The span is null if `clean` lacks the measure.
    pub fn gold(&self, clean: &Record, gold: &Value) -> Value {
        let mut gold = gold.clone();
        for measure in gold["measures"].as_array_mut().into_iter().flatten() {
            let found = clean.measures.iter().find(|m| is_same_measure(m, &clean.text, measure));
            let offset = |at: u32| self.offsets[at as usize];
            measure["span"] = found.map_or(Value::Null, |found| {
                json!([offset(found.span.start), offset(found.span.end)])
            });
        }
        gold
    }
}

/// Returns the character with one of the faults that apply to it.
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

/// Scores documents with faults at a rate. A document is the record of a clean text
/// and its gold annotation. The same seed gives the same scores.
///
/// ```
/// use policygraph::{Lexicon, read};
/// use policygraph_testkit::noise;
///
/// let record = read(Lexicon::builtin(), "a", "一、加强监管。药品抽检。");
/// let gold = serde_json::json!({ "doc": "a", "measures": [{
///     "n": 1, "section": null, "starts": "药品", "ends": "抽检。",
/// }] });
/// let scores = noise::scores(&[(record, gold)], 0.0, 53);
/// assert_eq!(scores.get("measures").f1(), 1.0);
/// ```
pub fn scores(documents: &[(Record, Value)], rate: f64, seed: u64) -> Scores {
    let mut rng = Rng::with_seed(seed);
    let mut scores = Scores::default();
    for (clean, gold) in documents {
        let noisy = NoisyText::new(&clean.text, rate, &mut rng);
        let record = read(Lexicon::builtin(), &clean.key, noisy.text.as_str());
        scores.add(&record, &noisy.gold(clean, gold));
    }
    scores
}
