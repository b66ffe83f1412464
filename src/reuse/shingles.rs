//! Sets of shingles that can leave the process: near-duplicates of corpora on several machines.

use std::collections::HashMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::threshold::{Threshold, resemblance};
use crate::features::folded;
use crate::sha256::{hex, sha256};

/// Number of hexadecimal digits of a checksum: 128 bits.
const CHECKSUM: usize = 32;

/// Two adjacent letters or digits, with ASCII folded to half-width lower case. Ordered by the
/// first character, then by the second.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shingle(u64);

impl Shingle {
    /// Returns the shingle of two characters; `None` if one is no letter and no digit.
    fn new(first: char, second: char) -> Option<Self> {
        Some(Shingle(u64::from(folded(first)?) << 32 | u64::from(folded(second)?)))
    }

    fn characters(self) -> [char; 2] {
        let character = |code: u64| {
            let code = u32::try_from(code).ok();
            code.and_then(char::from_u32).expect("a shingle is made of two characters")
        };
        [character(self.0 >> 32), character(self.0 & u64::from(u32::MAX))]
    }
}

impl fmt::Display for Shingle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.characters().iter().try_for_each(|character| write!(f, "{character}"))
    }
}

impl fmt::Debug for Shingle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shingle({self})")
    }
}

/// Returns the shingles of the pieces of a text, in order; may repeat. No shingle contains
/// characters of two pieces.
pub(super) fn shingles<'t>(
    pieces: impl IntoIterator<Item = &'t str>,
) -> impl Iterator<Item = Shingle> {
    pieces.into_iter().flat_map(|piece| {
        let pairs = piece.chars().zip(piece.chars().skip(1));
        pairs.filter_map(|(first, second)| Shingle::new(first, second))
    })
}

/// The set of shingles of one measure, by which
/// [`near_duplicates`](super::near_duplicates) compares measures.
///
/// Programs that hold the measures of a corpus on several machines find the same pairs with it:
/// two measures whose resemblance is at least a threshold have a shingle of their
/// [prefixes](Self::prefix) in common, so that a join on these shingles gives all candidates, and
/// [`resemblance`](Self::resemblance) gives the exact figure.
///
/// In serde formats and as text it is one string, two characters for each shingle, ascending.
///
/// ```
/// use policygraph::builtin;
/// use policygraph::reuse::{ShingleOrder, Shingles};
/// use policygraph::similar::provision_text;
///
/// let set = |key| {
///     let measure = builtin().measure(key).unwrap();
///     Shingles::of(provision_text(measure.record(), &measure.document().record().text))
/// };
/// let (a, b) = (set("nm-2025-18/4"), set("sx-2025/9"));
/// assert!((0.35..0.4).contains(&a.resemblance(&b)));
///
/// let order = ShingleOrder::default();
/// let prefix = b.prefix(0.35, &order);
/// assert!(prefix.len() < b.len());
/// assert!(a.prefix(0.35, &order).iter().any(|shingle| prefix.contains(shingle)));
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Shingles(Box<[Shingle]>);

impl Shingles {
    /// Returns the shingles of a text that is given in pieces, as
    /// [`provision_text`](crate::similar::provision_text) returns that of a measure. No shingle
    /// contains characters of two pieces.
    ///
    /// ```
    /// use policygraph::reuse::Shingles;
    ///
    /// assert_eq!(Shingles::of(["加强药品监管。", "ＧＭＰ"]).to_string(), "gmmp加强品监强药监管药品");
    /// ```
    pub fn of<'t>(pieces: impl IntoIterator<Item = &'t str>) -> Self {
        shingles(pieces).collect()
    }

    /// Number of shingles.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns true for a text without two adjacent letters or digits. It resembles nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the shingles, ascending.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Shingle> + Clone + '_ {
        self.0.iter().copied()
    }

    /// Returns the resemblance of two measures with these shingles, to the last digit as
    /// [`near_duplicates`](super::near_duplicates) computes it: 1 for equal sets, 0 for sets
    /// without a common shingle. O(n).
    ///
    /// ```
    /// use policygraph::reuse::Shingles;
    ///
    /// let [a, b] = ["免检药品", "免检医药品"].map(|text| Shingles::of([text]));
    /// assert_eq!(a.resemblance(&b), 2.0 / 5.0); // 免检 and 药品, of five
    /// ```
    pub fn resemblance(&self, other: &Shingles) -> f32 {
        let mut both = 0;
        let mut others = other.iter().peekable();
        for shingle in self.iter() {
            while others.next_if(|&other| other < shingle).is_some() {}
            both += usize::from(others.next_if_eq(&shingle).is_some());
        }
        if both == 0 { 0.0 } else { resemblance(both, self.len() + other.len()) }
    }

    /// Returns the first shingles of the set in an order, as many as another set with at least
    /// this resemblance cannot lack: its own prefix, in the same order, contains one of them.
    /// Prefixes are short for high thresholds, and empty for those that no pair reaches.
    ///
    /// ```
    /// use policygraph::reuse::{ShingleOrder, Shingles};
    ///
    /// let order = ShingleOrder::rarest_first("药品 监管 加强");
    /// let prefix = Shingles::of(["加强疫苗药品监管"]).prefix(0.7, &order);
    /// let prefix: Vec<String> = prefix.iter().map(ToString::to_string).collect();
    /// assert_eq!(prefix, ["品监", "强疫", "疫苗"]); // not in the order: rarer than those in it
    /// ```
    pub fn prefix(&self, threshold: f32, order: &ShingleOrder) -> Vec<Shingle> {
        let mut shingles = self.0.to_vec();
        shingles.sort_unstable_by_key(|&shingle| (order.rank(shingle), shingle));
        shingles.truncate(Threshold::new(threshold).prefix(self.len()));
        shingles
    }

    /// Returns a checksum of 32 hexadecimal digits, the same for equal sets only: the first half
    /// of the SHA-256 of the set as text.
    ///
    /// ```
    /// use policygraph::reuse::Shingles;
    ///
    /// let [a, b] = ["加强、强化", "强化，加强。"].map(|text| Shingles::of([text]).checksum());
    /// assert_eq!((a.len(), &a), (32, &b));
    /// ```
    pub fn checksum(&self) -> String {
        let mut checksum = hex(&sha256(self.to_string().as_bytes()));
        checksum.truncate(CHECKSUM);
        checksum
    }
}

impl FromIterator<Shingle> for Shingles {
    fn from_iter<I: IntoIterator<Item = Shingle>>(shingles: I) -> Self {
        let mut shingles: Vec<Shingle> = shingles.into_iter().collect();
        shingles.sort_unstable();
        shingles.dedup();
        Shingles(shingles.into())
    }
}

impl fmt::Display for Shingles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|shingle| shingle.fmt(f))
    }
}

impl fmt::Debug for Shingles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shingles({self})")
    }
}

impl Serialize for Shingles {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Shingles {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut characters = text.chars();
        let mut shingles = Vec::new();
        while let Some(first) = characters.next() {
            let shingle = characters.next().and_then(|second| Shingle::new(first, second));
            let expected = "shingles are pairs of letters or digits: 加强强药药品";
            shingles.push(shingle.ok_or_else(|| de::Error::custom(expected))?);
        }
        Ok(shingles.into_iter().collect())
    }
}

/// A total order of shingles for prefixes: those that it names by rank, after all others.
///
/// Prefixes of all measures of a corpus must be in the same order. Any order finds all pairs;
/// one by frequency, the rarest first, finds the fewest candidates that are none. It has to name
/// the frequent shingles only.
#[derive(Clone, Debug, Default)]
pub struct ShingleOrder {
    ranks: HashMap<Shingle, usize>,
}

impl ShingleOrder {
    /// Makes an order of frequent shingles, the rarest first.
    ///
    /// * `frequent`: shingles with white space between them, such as one a line. A word that is
    ///   no shingle is passed over; of equal ones the first counts.
    ///
    /// ```
    /// use policygraph::reuse::ShingleOrder;
    ///
    /// assert_eq!(ShingleOrder::rarest_first("药品\n监管\n").len(), 2);
    /// ```
    pub fn rarest_first(frequent: &str) -> Self {
        let mut ranks = HashMap::new();
        for (rank, word) in (1..).zip(frequent.split_whitespace()) {
            let mut characters = word.chars();
            if let (Some(first), Some(second), None) =
                (characters.next(), characters.next(), characters.next())
                && let Some(shingle) = Shingle::new(first, second)
            {
                ranks.entry(shingle).or_insert(rank);
            }
        }
        ShingleOrder { ranks }
    }

    /// Number of shingles that the order names.
    pub fn len(&self) -> usize {
        self.ranks.len()
    }

    /// Returns true if the order names no shingle.
    pub fn is_empty(&self) -> bool {
        self.ranks.is_empty()
    }

    /// Returns the rank of a shingle, from 1; 0 for those that the order does not name.
    fn rank(&self, shingle: Shingle) -> usize {
        self.ranks.get(&shingle).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_as_text_is_read_back() {
        let set = Shingles::of(["落实𠮷林省ＧＭＰ检查", "2025年"]);
        let text = serde_json::to_string(&set).unwrap();
        assert_eq!(serde_json::from_str::<Shingles>(&text).unwrap(), set);
        assert_eq!(text.chars().count(), 2 + 2 * set.len());
    }

    #[test]
    fn a_text_that_is_no_set_is_refused() {
        for text in ["\"加强强\"", "\"加，\"", "7"] {
            assert!(serde_json::from_str::<Shingles>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nothing_resembles_an_empty_set() {
        let [empty, set] = ["，药。", "药品"].map(|text| Shingles::of([text]));
        assert!(empty.is_empty());
        assert_eq!([empty.resemblance(&empty), empty.resemblance(&set)], [0.0, 0.0]);
        assert!(empty.prefix(0.0, &ShingleOrder::default()).is_empty());
    }

    #[test]
    fn words_of_an_order_that_are_no_shingles_are_passed_over() {
        let order = ShingleOrder::rarest_first("药品\n药，\n药\n药品药\n药品 ＧＭ");
        assert_eq!(order.len(), 2);
        assert!(order.rank(Shingle::new('g', 'm').unwrap()) > 1);
    }
}
