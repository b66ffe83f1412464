//! Comparison of names that are spelled differently.

use super::candidates::{NameKind, NameMatch};
use crate::lexicon::{Lexicon, TitleKey};
use crate::text::View;

/// Maximum number of characters that are compared for similarity.
const COMPARED: usize = 64;

/// A typed name, normalised once for all comparisons.
pub(super) struct Spelling<'t> {
    /// The name in half width, without blanks and enclosing quotation marks.
    pub(super) name: String,
    title: TitleParts,
    number: Option<String>,
    /// Full names of the government functions that it abbreviates.
    functions: Vec<&'t str>,
}

/// A title split for comparison.
struct TitleParts {
    issuer: String,
    /// Its words without 关于, 的 and quotation marks.
    words: String,
}

impl TitleParts {
    fn new(name: &str, lexicon: &Lexicon) -> TitleParts {
        let TitleKey { issuer, words } = TitleKey::new(name);
        let issuer = lexicon.canonical_agency(&issuer).unwrap_or(issuer);
        let words = words.strip_prefix("关于").map(str::to_owned).unwrap_or(words);
        TitleParts { issuer, words }
    }

    /// Returns true if either issuer is missing, or both are the same.
    fn has_same_issuer(&self, other: &TitleParts) -> bool {
        self.issuer.is_empty() || other.issuer.is_empty() || self.issuer == other.issuer
    }
}

impl<'t> Spelling<'t> {
    pub(super) fn new(typed: &str, lexicon: &'t Lexicon) -> Spelling<'t> {
        let name = View::new(typed).text;
        let name = name.trim().trim_matches(['《', '》', '“', '”', '"']).to_owned();
        let functions = lexicon.functions_of(&name).collect();
        Spelling { title: TitleParts::new(&name, lexicon), number: number(&name), functions, name }
    }

    /// Canonical name of the issuer that a typed title names; empty if none.
    pub(super) fn issuer(&self) -> &str {
        &self.title.issuer
    }

    /// Compares the typed name with one name of a node. Returns the kind of match and its
    /// score in 0..=1; `None` if they do not match.
    pub(super) fn matches(
        &self,
        name: &str,
        kind: NameKind,
        lexicon: &Lexicon,
    ) -> Option<(NameMatch, f32)> {
        if name == self.name {
            let matched = if kind == NameKind::Alias { NameMatch::Alias } else { NameMatch::Exact };
            return Some((matched, 1.0));
        }
        if kind == NameKind::Number {
            let same = self.number.is_some() && number(name) == self.number;
            return same.then_some((NameMatch::Variant, 1.0));
        }
        if self.is_title_of(name, lexicon) {
            return Some((NameMatch::Variant, 1.0));
        }
        let parts = self.functions.iter().copied().chain([self.name.as_str()]);
        let part = parts.filter(|part| part.chars().nth(1).is_some() && name.contains(part));
        let longest = part.map(|part| part.chars().count()).max()?;
        Some((NameMatch::Part, longest as f32 / name.chars().count() as f32))
    }

    /// Returns true if `name` and the typed title differ only in 关于, in 的 or in a missing
    /// issuer.
    fn is_title_of(&self, name: &str, lexicon: &Lexicon) -> bool {
        let other = TitleKey::new(name);
        let words = other.words.strip_prefix("关于").unwrap_or(&other.words);
        if words.is_empty() || self.title.words.is_empty() {
            return false;
        }
        if words == self.title.words {
            return self.title.has_same_issuer(&TitleParts::new(name, lexicon));
        }
        let issued = self.title.words.strip_suffix(words);
        issued.is_some_and(|issued| !other.issuer.is_empty() && issued == other.issuer)
    }

    /// Returns a comparer of the typed name with many names.
    pub(super) fn comparer(&self) -> Comparer {
        let typed: Vec<char> = self.name.chars().take(COMPARED).collect();
        Comparer { typed, name: Vec::new(), row: Vec::new() }
    }
}

/// Returns the letters and digits of a document number, without 第 and 号: the brackets
/// around the year differ from print to print. `None` for text without a digit.
fn number(name: &str) -> Option<String> {
    let numbered = name.contains(|c: char| c.is_ascii_digit());
    let letters = |c: &char| c.is_alphanumeric() && !matches!(c, '第' | '号');
    numbered.then(|| name.chars().filter(letters).flat_map(char::to_uppercase).collect())
}

/// Compares names with the typed one. Buffers are reused from name to name.
pub(super) struct Comparer {
    typed: Vec<char>,
    name: Vec<char>,
    row: Vec<usize>,
}

impl Comparer {
    /// Returns the similarity in 0..=1, as [`Graph::nearest`](crate::Graph::nearest)
    /// defines it.
    pub(super) fn similarity(&mut self, name: &str) -> f32 {
        self.name.clear();
        self.name.extend(name.chars().take(COMPARED));
        let longest = self.typed.len().max(self.name.len());
        if longest == 0 {
            return 0.0;
        }
        let edits = 1.0 - self.edits() as f32 / longest as f32;
        edits.max(0.8 * self.shared_pairs())
    }

    /// Levenshtein distance in characters.
    fn edits(&mut self) -> usize {
        self.row.clear();
        self.row.extend(0..=self.name.len());
        for (at, typed) in self.typed.iter().enumerate() {
            let mut diagonal = std::mem::replace(&mut self.row[0], at + 1);
            for (place, c) in self.name.iter().enumerate() {
                let replaced = diagonal + usize::from(typed != c);
                diagonal = self.row[place + 1];
                self.row[place + 1] = replaced.min(diagonal + 1).min(self.row[place] + 1);
            }
        }
        self.row[self.name.len()]
    }

    /// Returns the share of the typed name's character pairs that the name contains; 0
    /// for a name of fewer than three characters.
    fn shared_pairs(&self) -> f32 {
        if self.typed.len() < 3 {
            return 0.0;
        }
        let contained = |pair: &&[char]| self.name.windows(2).any(|other| other == *pair);
        let shared = self.typed.windows(2).filter(contained).count();
        shared as f32 / (self.typed.len() - 1) as f32
    }
}
