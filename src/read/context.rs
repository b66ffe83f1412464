use crate::lexicon::{Level, Lexicon, Meaning, RegionIndex, Token};
use crate::model::{Found, Rule};
use crate::read::naming::citations::Subject;
use crate::read::naming::definitions::Defined;
use crate::read::naming::short_names::ShortNames;
use crate::text::{Span, View};
use std::ops::Range;

/// What a mention is read against: the document's text, its words, and what is
/// already known of it.
pub(crate) struct Context<'a> {
    pub lexicon: &'a Lexicon,
    pub source: &'a str,
    pub view: &'a View,
    tokens: Vec<Token>,
    /// Whose 省药监局 is meant.
    pub place: Place,
    /// The document's title, which says what 中选产品 are.
    pub subject: Option<Subject>,
    /// The short names of agencies that the text defines.
    pub defined: Defined,
    /// What the document calls instruments for short.
    pub short_names: ShortNames,
    /// 列第一位者为牵头单位 is said in the document.
    pub first_leads: bool,
}

/// The document's own region, which 省, 市, 县 refer to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    pub region: Option<RegionIndex>,
}

impl<'a> Context<'a> {
    pub fn new(lexicon: &'a Lexicon, source: &'a str, view: &'a View) -> Self {
        Context {
            lexicon,
            source,
            view,
            tokens: lexicon.scanner.scan(&view.text),
            place: Place::default(),
            subject: None,
            defined: Defined::default(),
            short_names: ShortNames::default(),
            first_leads: false,
        }
    }

    /// The words of the vocabularies in a range, ascending.
    pub fn tokens(&self, range: &Range<usize>) -> &[Token] {
        let start = self.tokens.partition_point(|t| (t.start as usize) < range.start);
        let end = start + self.tokens[start..].partition_point(|t| (t.end as usize) <= range.end);
        &self.tokens[start..end]
    }

    pub fn meanings(&self, token: Token) -> &[Meaning] {
        self.lexicon.scanner.meanings(token)
    }

    pub fn text(&self, range: Range<usize>) -> &'a str {
        &self.view.text[range]
    }

    /// A range as printed, without the white space that parts Chinese text.
    pub fn printed(&self, range: Range<usize>) -> String {
        let printed = self.span(range).slice(self.source);
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

    pub fn span(&self, range: Range<usize>) -> Span {
        self.view.source_span(self.source, range.start, range.end)
    }

    pub fn found<T>(&self, value: T, range: Range<usize>, rule: Rule) -> Found<T> {
        Found { value, span: self.span(range), rule }
    }

    /// The document's region at the level that a relative word names: 省, 市 ….
    pub fn relative(&self, word: &str) -> Option<RegionIndex> {
        let regions = &self.lexicon.regions;
        let mut region = self.place.region?;
        loop {
            let name = &regions.get(region).name;
            let fits = match word {
                "市" => name.ends_with('市'),
                "区" => name.ends_with('区') && regions.get(region).level() == Level::County,
                "州" => name.ends_with('州'),
                word => name.ends_with(word),
            };
            if fits {
                return Some(region);
            }
            region = regions.above(region)?;
        }
    }
}
