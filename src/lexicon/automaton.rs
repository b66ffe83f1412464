use super::table::invalid;
use crate::error::Error;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

/// A leftmost-longest automaton over a set of words. A match has the word's number.
pub(super) type Automaton = CharwiseDoubleArrayAhoCorasick<u32>;

/// Builds the automaton of `words`, which are distinct, numbered in order; `None` if there are no
/// words.
pub(super) fn automaton<W: AsRef<str>>(
    words: impl ExactSizeIterator<Item = W>,
) -> Result<Option<Automaton>, Error> {
    if words.len() == 0 {
        return Ok(None);
    }
    let builder = CharwiseDoubleArrayAhoCorasickBuilder::new();
    let built = builder.match_kind(MatchKind::LeftmostLongest).build(words);
    built.map(Some).map_err(|error| invalid("vocabularies", error.to_string()))
}
