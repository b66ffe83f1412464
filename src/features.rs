//! Sparse features of a text, and their weights.
//!
//! Chinese has no spaces between words. A text is therefore a bag of characters and of
//! character bigrams, which needs no word list and finds new terms. A run of ASCII
//! letters and digits (GMP, 2021) is one feature. Full-width ASCII is folded to
//! half-width, upper case to lower case. Punctuation, white space and symbols are no
//! features, and no bigram spans them: 产业。推动 has no 业推.
//!
//! A feature is packed into a `u64`, not hashed: features do not collide, their order is
//! stable, and each displays as its text.

mod extractor;
mod field;
mod weight;

use std::fmt;

pub(crate) use extractor::words;
pub(crate) use extractor::{Bag, Extractor};
pub use field::Field;
pub(crate) use field::Kind;
pub(crate) use weight::{MAX_IMPACT, Vector, document_impacts, parts, scale, text_impacts, vector};

use crate::model::Measure;
use crate::text::{Span, half_width};

/// A character, a pair of neighbouring characters, or an ASCII run.
///
/// ```
/// use policygraph::similar::features;
///
/// let text = "推动ＧＭＰ检查。";
/// let printed: Vec<String> = features(text).map(|feature| feature.to_string()).collect();
/// assert_eq!(printed, ["推", "动", "推动", "gmp", "检", "查", "检查"]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Feature(u64);

/// Marks a run of letters and digits; pairs of characters are below it.
const RUN: u64 = 1 << 63;

/// Maximum number of characters of a run in one feature, packed in base 37: 0 for none,
/// then 0–9 and a–z. 37^12 is below 2^63.
const RUN_LEN: usize = 12;

impl Feature {
    fn character(c: char) -> Self {
        Feature(u64::from(c))
    }

    /// Returns the bigram of two adjacent characters.
    pub(crate) fn pair(first: Feature, second: Feature) -> Self {
        Feature(first.0 << 32 | second.0)
    }

    fn run(characters: impl Iterator<Item = u8>) -> Self {
        let digit = |c: u8| match c {
            b'0'..=b'9' => u64::from(c - b'0') + 1,
            _ => u64::from(c - b'a') + 11,
        };
        Feature(RUN | characters.fold(0, |packed, c| packed * 37 + digit(c)))
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 & RUN != 0 {
            let mut rest = self.0 & !RUN;
            let mut run = [0; RUN_LEN];
            let mut start = RUN_LEN;
            while rest > 0 {
                start -= 1;
                let place = usize::try_from(rest % 37).expect("below 37");
                run[start] = b"?0123456789abcdefghijklmnopqrstuvwxyz"[place];
                rest /= 37;
            }
            return run[start..].iter().try_for_each(|&c| write!(f, "{}", char::from(c)));
        }
        [self.0 >> 32, self.0 & u64::from(u32::MAX)]
            .into_iter()
            .filter(|&c| c > 0)
            .filter_map(|c| char::from_u32(u32::try_from(c).ok()?))
            .try_for_each(|c| write!(f, "{c}"))
    }
}

impl fmt::Debug for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Feature({self})")
    }
}

/// The smallest unit of text: a character or an ASCII run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextUnit {
    /// Its feature.
    pub feature: Feature,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// True if it forms a bigram with the previous unit.
    pub joined: bool,
}

/// Iterator over the units of a text, in order.
#[derive(Clone)]
pub(crate) struct TextUnits<'t> {
    text: &'t str,
    at: usize,
    joined: bool,
}

pub(crate) fn units(text: &str) -> TextUnits<'_> {
    TextUnits { text, at: 0, joined: false }
}

impl Iterator for TextUnits<'_> {
    type Item = TextUnit;

    fn next(&mut self) -> Option<TextUnit> {
        loop {
            let start = self.at;
            let c = self.text[start..].chars().next()?;
            self.at += c.len_utf8();
            let joined = std::mem::replace(&mut self.joined, false);
            if run_character(c).is_some() {
                // A longer run is split into features of RUN_LEN characters.
                let rest = self.text[start..]
                    .chars()
                    .map_while(|c| Some((run_character(c)?, c.len_utf8())));
                let length: usize = rest.clone().take(RUN_LEN).map(|(_, len)| len).sum();
                self.at = start + length;
                let feature = Feature::run(rest.take(RUN_LEN).map(|(c, _)| c));
                return Some(TextUnit { feature, start, end: self.at, joined: false });
            }
            if c.is_alphanumeric() {
                self.joined = true;
                return Some(TextUnit {
                    feature: Feature::character(c),
                    start,
                    end: self.at,
                    joined,
                });
            }
        }
    }
}

/// Returns a letter or digit folded for comparison; `None` for other characters.
pub(crate) fn folded(c: char) -> Option<char> {
    run_character(c).map(char::from).or_else(|| c.is_alphanumeric().then_some(c))
}

/// Returns `c` as a folded ASCII letter or digit, if it is one.
fn run_character(c: char) -> Option<u8> {
    let narrow = u8::try_from(half_width(c)).ok()?;
    narrow.is_ascii_alphanumeric().then(|| narrow.to_ascii_lowercase())
}

/// Returns the features of `text`, in text order; may repeat.
///
/// ```
/// use policygraph::similar::features;
///
/// assert_eq!(features("加强药品监管。").count(), 6 + 5);
/// assert!(features("——（）《》").next().is_none());
/// ```
pub fn features(text: &str) -> impl Iterator<Item = Feature> + Clone {
    units(text)
        .scan(None, |previous, unit| {
            let pair =
                previous.filter(|_| unit.joined).map(|first| Feature::pair(first, unit.feature));
            *previous = Some(unit.feature);
            Some([Some(unit.feature), pair])
        })
        .flatten()
        .flatten()
}

/// Returns the text of a measure without its responsibility clauses, as slices in order,
/// heading included.
///
/// * `text`: the text of the measure's document.
///
/// ```
/// use policygraph::similar::provision_text;
///
/// let measure = policygraph::builtin().measure("sx-2025/18").unwrap();
/// let mut pieces = provision_text(measure.record(), &measure.document().record().text);
/// assert!(pieces.next().unwrap().starts_with("推进生物制品(疫苗)批签发授权。"));
/// ```
pub fn provision_text<'t>(
    measure: &'t Measure,
    text: &'t str,
) -> impl Iterator<Item = &'t str> + Clone {
    provision_spans(measure).map(|span| span.slice(text))
}

/// Returns the spans of [`provision_text`].
pub(crate) fn provision_spans(measure: &Measure) -> impl Iterator<Item = Span> + Clone {
    let clauses = measure.clauses.iter();
    let starts = [measure.span.start].into_iter().chain(clauses.clone().map(|clause| clause.end));
    let ends = clauses.map(|clause| clause.start).chain([measure.span.end]);
    starts.zip(ends).map(|(start, end)| Span { start, end })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Provision;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let printed: Vec<String> = features(text).map(|f| f.to_string()).collect();
        assert_eq!(printed.join(" "), expected, "{text}");
    }

    #[test]
    fn no_bigram_spans_punctuation_or_space() {
        check("提质，增效", "提 质 提质 增 效 增效");
        check("监 管", "监 管");
    }

    #[test]
    fn width_and_case_fold() {
        check("ＡＩ＋医药", "ai 医 药 医药");
        check("AI+医药", "ai 医 药 医药");
    }

    #[test]
    fn a_number_forms_no_bigram() {
        check("3倍减为2倍", "3 倍 减 倍减 为 减为 2 倍");
    }

    #[test]
    fn a_long_run_is_split() {
        check("0123456789ABCDEFz", "0123456789ab cdefz");
        check("zzzzzzzzzzzz", "zzzzzzzzzzzz");
    }

    #[test]
    fn provision_text_has_no_responsibility_clauses() {
        let text = "(五)强化标准引领。鼓励企业参加研究。(省药监局负责)推进立项。(省市场监管局负责)";
        let span = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let measure = Measure {
            ordinal: 5,
            section: None,
            title: None,
            span: Span::new("(五)".len(), text.len()),
            clauses: vec![span("(省药监局负责)"), span("(省市场监管局负责)")],
            provision: Provision::default(),
        };
        let pieces: Vec<&str> = provision_text(&measure, text).collect();
        assert_eq!(pieces, ["强化标准引领。鼓励企业参加研究。", "推进立项。", ""]);
    }

    proptest! {
        #[test]
        fn units_are_ordered_slices_of_any_text(text: String) {
            let mut end = 0;
            for unit in units(&text) {
                prop_assert!(end <= unit.start && unit.start < unit.end);
                prop_assert!(!unit.joined || end == unit.start);
                prop_assert!(text.get(unit.start..unit.end).is_some());
                end = unit.end;
            }
        }

        #[test]
        fn a_feature_displays_as_its_text(text in "[一-龥a-zA-Z0-9，]{0,40}") {
            for unit in units(&text) {
                prop_assert_eq!(unit.feature.to_string(), text[unit.start..unit.end].to_ascii_lowercase());
            }
        }
    }
}
