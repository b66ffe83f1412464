//! Text as sparse features, and the weights that TF-IDF gives them.
//!
//! Chinese prints no spaces between words. A text is therefore the bag of its
//! characters and of its pairs of neighbouring characters, which needs no word
//! list and misses no new term; a run of ASCII letters and digits (GMP, 2021)
//! is one feature as a whole. Full-width ASCII letters and digits are folded to
//! half-width, ASCII capitals to small letters. Everything else (punctuation,
//! white space, symbols) is no feature and parts its neighbours: 产业。推动 has
//! no 业推.
//!
//! A feature is packed into a `u64`, not hashed: two features never collide,
//! their order never changes, and each prints as the text that it stands for.

mod extractor;
mod field;

use std::fmt;

pub(crate) use extractor::words;
pub use extractor::{Bag, Extractor};
pub use field::Field;
pub(crate) use field::Kind;

use crate::model::Measure;
use crate::text::{Span, half_width};

/// A character, a pair of neighbouring characters, or an ASCII run.
///
/// ```
/// use policygraph::features::features;
///
/// let text = "推动ＧＭＰ检查。";
/// let printed: Vec<String> = features(text).map(|feature| feature.to_string()).collect();
/// assert_eq!(printed, ["推", "动", "推动", "gmp", "检", "查", "检查"]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Feature(u64);

/// Marks a run; a pair of characters stays below it.
const RUN: u64 = 1 << 63;

/// Characters of a run in one feature, packed as digits to the base 37, 0 being
/// none, then 0–9 and a–z. 37^12 is below 2^63.
const RUN_LEN: usize = 12;

impl Feature {
    fn character(c: char) -> Self {
        Feature(u64::from(c))
    }

    /// Of two characters, the second right after the first.
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
                run[start] = match (rest % 37) as u8 {
                    digit @ 1..=10 => b'0' + digit - 1,
                    letter => b'a' + letter - 11,
                };
                rest /= 37;
            }
            return run[start..].iter().try_for_each(|&c| write!(f, "{}", char::from(c)));
        }
        [self.0 >> 32, self.0 & u64::from(u32::MAX)]
            .into_iter()
            .filter(|&c| c > 0)
            .filter_map(|c| char::from_u32(c as u32))
            .try_for_each(|c| write!(f, "{c}"))
    }
}

impl fmt::Debug for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Feature({self})")
    }
}

/// A smallest piece of text that counts: a character or an ASCII run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    /// What it is.
    pub feature: Feature,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Whether it makes a pair with the unit before.
    pub joined: bool,
}

/// The units of a text, in order.
#[derive(Clone)]
pub(crate) struct Units<'t> {
    text: &'t str,
    at: usize,
    joined: bool,
}

pub(crate) fn units(text: &str) -> Units<'_> {
    Units { text, at: 0, joined: false }
}

impl Iterator for Units<'_> {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        loop {
            let start = self.at;
            let c = self.text[start..].chars().next()?;
            self.at += c.len_utf8();
            let joined = std::mem::replace(&mut self.joined, false);
            if run_character(c).is_some() {
                // A longer run is several features of RUN_LEN characters.
                let rest = self.text[start..]
                    .chars()
                    .map_while(|c| Some((run_character(c)?, c.len_utf8())));
                let length: usize = rest.clone().take(RUN_LEN).map(|(_, len)| len).sum();
                self.at = start + length;
                let feature = Feature::run(rest.take(RUN_LEN).map(|(c, _)| c));
                return Some(Unit { feature, start, end: self.at, joined: false });
            }
            if c.is_alphanumeric() {
                self.joined = true;
                return Some(Unit { feature: Feature::character(c), start, end: self.at, joined });
            }
        }
    }
}

/// A letter or a digit as it is compared.
pub(crate) fn folded(c: char) -> Option<char> {
    run_character(c).map(char::from).or_else(|| c.is_alphanumeric().then_some(c))
}

/// The folded ASCII letter or digit that `c` stands for.
fn run_character(c: char) -> Option<u8> {
    let narrow = u8::try_from(half_width(c)).ok()?;
    narrow.is_ascii_alphanumeric().then(|| narrow.to_ascii_lowercase())
}

/// The features of `text`, in the order of the text; may repeat.
///
/// ```
/// use policygraph::features::features;
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

/// What a measure says: its text, heading included, in the pieces that its
/// responsibility clauses leave. Who answers for a measure is not what it says.
///
/// * `text`: that of the measure's document.
///
/// ```
/// use policygraph::features::said;
///
/// let measure = policygraph::builtin().measure("sx-2025/18").unwrap();
/// let mut pieces = said(measure.record(), &measure.document().record().text);
/// assert!(pieces.next().unwrap().starts_with("推进生物制品(疫苗)批签发授权。"));
/// ```
pub fn said<'t>(measure: &'t Measure, text: &'t str) -> impl Iterator<Item = &'t str> + Clone {
    said_spans(measure).map(|span| span.slice(text))
}

/// Where the pieces of [`said`] stand.
pub(crate) fn said_spans(measure: &Measure) -> impl Iterator<Item = Span> + Clone {
    let clauses = measure.clauses.iter();
    let starts = [measure.span.start].into_iter().chain(clauses.clone().map(|clause| clause.end));
    let ends = clauses.map(|clause| clause.start).chain([measure.span.end]);
    starts.zip(ends).map(|(start, end)| Span { start, end })
}

/// A text as a unit vector: features ascending, none twice, weights above 0;
/// empty for a text without features.
pub(crate) type Vector = Vec<(Feature, f64)>;

/// The vector of a bag: each field scaled to a length whose square is its share
/// of the weight of the fields that the bag has, so that the product of two
/// vectors is the weighted mean of their fields' cosines.
///
/// * `texts`: how many there are; `holding`: how many of them hold a feature,
///   `None` to leave the feature out.
pub(crate) fn vector(
    bag: &[(Feature, u32)],
    texts: usize,
    holding: impl Fn(Feature) -> Option<usize>,
) -> Vector {
    let weigh = |&(feature, count): &(Feature, u32)| {
        Some((feature, weight(feature, count, texts, holding(feature)?)))
    };
    let mut vector: Vector = bag.iter().filter_map(weigh).collect();
    let mut squares = [0.0; Field::COUNT];
    for (feature, weight) in &vector {
        squares[feature.field() as usize] += weight * weight;
    }
    let present = Field::ALL.iter().zip(squares).filter(|(_, square)| *square > 0.0);
    let whole: f64 = present.map(|(field, _)| field.weight()).sum();
    for (feature, weight) in &mut vector {
        let field = feature.field();
        *weight *= (field.weight() / whole / squares[field as usize]).sqrt();
    }
    vector
}

/// What each shared feature adds to the product of two vectors: ascending.
pub(crate) fn parts(a: &[(Feature, f64)], b: &[(Feature, f64)]) -> Vec<(Feature, f64)> {
    let mut b = b.iter().peekable();
    a.iter()
        .filter_map(|&(feature, weight)| {
            while b.next_if(|other| other.0 < feature).is_some() {}
            b.next_if(|other| other.0 == feature).map(|other| (feature, weight * other.1))
        })
        .collect()
}

/// What a feature weighs in a text, before its field is scaled to length 1:
/// [`tf`] times [`scale`].
fn weight(feature: Feature, count: u32, texts: usize, holding: usize) -> f64 {
    tf(feature.field(), count) * scale(feature, texts, holding)
}

/// Of a feature that occurs `count` times (from 1) in a text: ln(1 + `count`),
/// as a word said ten times is not ten times as telling. How like an article a
/// text is counts as it is.
///
/// Source: Manning, Raghavan, Schütze, *Introduction to Information
/// Retrieval* (2008), 6.4.1, sublinear tf scaling.
pub(crate) fn tf(field: Field, count: u32) -> f64 {
    match field {
        Field::Words | Field::Subject => f64::from(count).ln_1p(),
        Field::Articles => f64::from(count),
    }
}

/// Of a feature among `texts` texts, `holding` (from 1) of which have it: its
/// [`idf`]; a topic twice that, as topics are few and each says much; an article
/// weighs 1.
pub(crate) fn scale(feature: Feature, texts: usize, holding: usize) -> f64 {
    match feature.kind() {
        Kind::Text | Kind::Concept(_) => idf(texts, holding),
        Kind::Topic(_) => 2.0 * idf(texts, holding),
        Kind::Article(..) => 1.0,
    }
}

/// Of a feature that occurs in `holding` (from 1) of `texts` texts: ln(1 + `texts` / `holding`). The 1 keeps it above zero for what every
/// text says, so that any two texts with common words are a little similar
/// and no text is without weight.
///
/// Source: Salton, Buckley, “Term-weighting approaches in automatic text
/// retrieval” (1988), with the usual smoothing by 1.
fn idf(texts: usize, holding: usize) -> f64 {
    (1.0 + texts as f64 / holding as f64).ln()
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
    fn punctuation_and_space_part_neighbours() {
        check("提质，增效", "提 质 提质 增 效 增效");
        check("监 管", "监 管");
    }

    #[test]
    fn width_and_case_fold() {
        check("ＡＩ＋医药", "ai 医 药 医药");
        check("AI+医药", "ai 医 药 医药");
    }

    #[test]
    fn a_number_stands_alone_beside_characters() {
        check("3倍减为2倍", "3 倍 减 倍减 为 减为 2 倍");
    }

    #[test]
    fn a_long_run_is_cut_but_prints_whole() {
        check("0123456789ABCDEFz", "0123456789ab cdefz");
        check("zzzzzzzzzzzz", "zzzzzzzzzzzz");
    }

    #[test]
    fn who_is_responsible_is_not_said() {
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
        let pieces: Vec<&str> = said(&measure, text).collect();
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
        fn a_feature_prints_as_what_it_was_read_from(text in "[一-龥a-zA-Z0-9，]{0,40}") {
            for unit in units(&text) {
                prop_assert_eq!(unit.feature.to_string(), text[unit.start..unit.end].to_ascii_lowercase());
            }
        }
    }
}
