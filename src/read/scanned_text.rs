use super::word_places::{Sought, WordPlaces};
use crate::lexicon::{Lexicon, Meaning, MeaningKinds, Token};
use crate::model::{Found, Rule};
use crate::text::{NameMark, Span, View, is_page_number, lines, since_mark, until_mark};
use std::cell::OnceCell;
use std::ops::Range;

/// A document's text and the words of the vocabularies in it. Ranges are byte
/// ranges of the view.
pub(crate) struct ScannedText<'a> {
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) source: &'a str,
    pub(crate) view: &'a View,
    /// Ascending and disjoint.
    tokens: Vec<Token>,
    names_provinces: OnceCell<bool>,
    places: WordPlaces,
}

impl<'a> ScannedText<'a> {
    /// Scans `view` for the words of `lexicon`. O(n).
    pub(crate) fn new(lexicon: &'a Lexicon, source: &'a str, view: &'a View) -> Self {
        let tokens = lexicon.scanner.scan(&view.text);
        let (names_provinces, places) = (OnceCell::new(), WordPlaces::default());
        ScannedText { lexicon, source, view, tokens, names_provinces, places }
    }

    /// Returns the whole text of the view.
    pub(crate) fn all(&self) -> &'a str {
        &self.view.text
    }

    pub(crate) fn slice(&self, range: Range<usize>) -> &'a str {
        &self.view.text[range]
    }

    /// Returns the text before `at`.
    pub(crate) fn before(&self, at: usize) -> &'a str {
        &self.view.text[..at]
    }

    /// Returns the text from `at` on.
    pub(crate) fn after(&self, at: usize) -> &'a str {
        &self.view.text[at..]
    }

    /// Returns the offsets of `mark` in a range, ascending.
    pub(crate) fn marks(&self, mark: NameMark, range: Range<usize>) -> impl Iterator<Item = usize> {
        let mut rest = range;
        std::iter::from_fn(move || {
            let at = self.view.index().next_name(self.all(), rest.clone(), mark)?;
            rest.start = at + 1;
            Some(at)
        })
    }

    /// Returns the places of the words sought inside a range, ascending, the longest first of those with
    /// one start.
    pub(crate) fn places(
        &self,
        sought: Sought,
        range: &Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> {
        self.places.inside(self.lexicon, self.all(), sought, range)
    }

    /// Returns the lines of a range that are not empty, outside tables.
    pub(crate) fn lines(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let is_cell = |line: &Range<usize>| {
            self.view.table_at(line.start).is_some_and(|table| table.is_grid())
        };
        lines(self.slice(range.clone()))
            .map(|line| range.start + line.start..range.start + line.end)
            .filter(|line| !line.is_empty() && !is_cell(line))
            .collect()
    }

    /// Returns the words of the vocabularies that lie inside a range, ascending. O(log
    /// n).
    pub(crate) fn tokens(&self, range: &Range<usize>) -> &[Token] {
        let start = self.tokens.partition_point(|t| (t.start as usize) < range.start);
        let end = start + self.tokens[start..].partition_point(|t| (t.end as usize) <= range.end);
        &self.tokens[start..end]
    }

    /// Returns the words inside a range that have a meaning of one of `kinds`, ascending.
    pub(crate) fn tokens_of(
        &self,
        range: &Range<usize>,
        kinds: MeaningKinds,
    ) -> impl Iterator<Item = Token> {
        let tokens = self.tokens(range).iter().copied();
        tokens.filter(move |&token| self.lexicon.scanner.has_kind(token, kinds))
    }

    pub(crate) fn meanings(&self, token: Token) -> &'a [Meaning] {
        self.lexicon.scanner.meanings(token)
    }

    /// Returns true if the text names the provinces, as national documents do: 各省、自治区、直辖市. O(n)
    /// on first use.
    pub(crate) fn names_provinces(&self) -> bool {
        let provinces = &self.lexicon.cues.signature.provinces;
        *self.names_provinces.get_or_init(|| provinces.occur_in(self.all()))
    }

    /// Returns a range as printed, without the white space between Chinese characters and without
    /// the page numbers on lines of their own.
    pub(crate) fn printed(&self, range: Range<usize>) -> String {
        let words = self.slice(range.clone());
        let printed = self.span(range).slice(self.source);
        if printed == words && !words.contains('\n') {
            return words.to_owned();
        }
        if printed.contains('\n') {
            let lines = printed.lines().filter(|line| !is_page_number(line));
            return without_spaces(&lines.collect::<Vec<_>>().join("\n"));
        }
        without_spaces(printed)
    }

    /// Returns the sentence around `inner` in `outer`, at most `chars` characters on each side.
    pub(crate) fn sentence(
        &self,
        outer: &Range<usize>,
        inner: &Range<usize>,
        chars: usize,
    ) -> Range<usize> {
        const STOPS: [char; 3] = ['。', ';', '\n'];
        let left = since_mark(self.slice(outer.start..inner.start), chars, &STOPS);
        let right = until_mark(self.slice(inner.end..outer.end), chars, &STOPS);
        inner.start - left.len()..inner.end + right.len()
    }

    /// Returns the span of a range in the source.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        self.view.source_span(self.source, range.start, range.end)
    }

    /// `value`, proved by a range and read by `rule`.
    pub(crate) fn found<T>(&self, value: T, range: Range<usize>, rule: Rule) -> Found<T> {
        Found { value, span: self.span(range), rule }
    }
}

/// Removes the white space between Chinese characters.
fn without_spaces(printed: &str) -> String {
    if !printed.contains(char::is_whitespace) {
        return printed.to_owned();
    }
    let mut words = String::with_capacity(printed.len());
    let mut chars = printed.chars().peekable();
    while let Some(c) = chars.next() {
        let between = |a: Option<char>, b: Option<&char>| {
            a.is_some_and(|a| a.is_ascii_alphanumeric())
                && b.is_some_and(char::is_ascii_alphanumeric)
        };
        if !c.is_whitespace() {
            words.push(c);
        } else if between(words.chars().next_back(), chars.peek()) {
            words.push(' ');
        }
    }
    words
}
