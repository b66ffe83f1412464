use crate::lexicon::{RegionIndex, Setting, TitleKey};
use crate::model::{InstrumentKind, Rule};
use crate::read::interval_set::IntervalSet;
use crate::read::scanned_text::ScannedText;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::rc::Rc;

/// The definitions by which a name is resolved. A value is complete when it is made;
/// each step of [`learn`](crate::read::learn) makes one that knows more.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a> {
    pub(crate) text: &'a ScannedText<'a>,
    /// Short names that the document defines for instruments.
    pub(crate) short_titles: &'a ShortTitles,
    /// The document's own region, which 省, 市 and 县 refer to; `None` for a
    /// national document.
    pub(crate) region: Option<RegionIndex>,
    /// The document's year, which decides between regions that had one name at different times.
    pub(crate) year: Option<u16>,
    /// Short names that the document defines for agencies.
    pub(crate) defined: &'a DefinedAgencies,
}

impl Names<'_> {
    /// The place and the year of the document.
    pub(crate) fn setting(&self) -> Setting {
        Setting { region: self.region, year: self.year }
    }
}

/// An agency named in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AgencyMention {
    /// Canonical name, shared by the places with one short name.
    pub(crate) name: Rc<str>,
    pub(crate) range: Range<usize>,
}

/// An instrument that the text names.
#[derive(Debug)]
pub(crate) struct Identity {
    pub(crate) title: String,
    /// Key of the title, equal for all its wordings.
    pub(crate) key: TitleKey,
    pub(crate) number: Option<String>,
    pub(crate) kind: InstrumentKind,
}

/// A place where the text names an instrument.
#[derive(Clone, Debug)]
pub(crate) struct NamedInstrument {
    /// Shared by the places with one short name: a text may repeat a name of 3 bytes, like GMP,
    /// without end.
    pub(crate) identity: Rc<Identity>,
    /// The words inside 《》, or the name without 《》.
    pub(crate) title_range: Range<usize>,
    /// The title with its issuer before it, and with 》 and number after it.
    pub(crate) range: Range<usize>,
    pub(crate) rule: Rule,
}

/// Returns the ranges of instruments, with their issuers and numbers.
pub(crate) fn ranges(named: &[NamedInstrument]) -> IntervalSet {
    named.iter().map(|named| named.range.clone()).collect()
}

impl NamedInstrument {
    /// Returns the range of the title and of the numbers beside it, without an issuer that is
    /// named for itself: 国务院《…》.
    pub(crate) fn title_and_numbers(&self, text: &ScannedText) -> Range<usize> {
        // A slogan before a title is outside the range.
        let outer = self.range.start.min(self.title_range.start);
        let before = text.slice(outer..self.title_range.start);
        let before = before.strip_suffix('《').unwrap_or(before);
        let numbered = text.lexicon.cues.citations.number_ends.end(before).is_some();
        let start = if numbered { outer } else { self.title_range.start };
        start..self.range.end.max(self.title_range.end)
    }
}

/// Short names of instruments, each with its definitions in text order: the
/// offset from which it holds, and the instrument.
#[derive(Default)]
pub(crate) struct ShortTitles(FxHashMap<String, Vec<(usize, NamedInstrument)>>);

impl ShortTitles {
    /// Adds a definition; definitions come in text order.
    pub(crate) fn define(&mut self, name: &str, from: usize, instrument: NamedInstrument) {
        self.0.entry(name.to_owned()).or_default().push((from, instrument));
    }

    /// Returns the instrument that `name` means at the offset `at`, in the definition itself too.
    pub(crate) fn resolve(&self, name: &str, at: usize) -> Option<&NamedInstrument> {
        let definitions = self.0.get(name)?;
        let last = definitions.partition_point(|&(from, _)| from <= at).checked_sub(1)?;
        Some(&definitions[last].1)
    }
}

/// Short names of agencies, and where they occur.
#[derive(Default)]
pub(crate) struct DefinedAgencies {
    /// Short name → canonical name.
    names: FxHashMap<String, Rc<str>>,
    /// Ascending.
    mentions: Vec<AgencyMention>,
}

impl DefinedAgencies {
    /// `names` maps short names to canonical names; `mentions` are ascending.
    pub(crate) fn new(names: FxHashMap<String, Rc<str>>, mentions: Vec<AgencyMention>) -> Self {
        DefinedAgencies { names, mentions }
    }

    /// Returns the canonical name of the agency with this short name.
    pub(crate) fn name(&self, short: &str) -> Option<&str> {
        self.names.get(short).map(|name| &**name)
    }

    /// Returns the short names in a range, in text order. O(log n).
    pub(crate) fn mentions(&self, range: &Range<usize>) -> &[AgencyMention] {
        let start = self.mentions.partition_point(|m| m.range.start < range.start);
        let inside = self.mentions[start..].partition_point(|m| m.range.end <= range.end);
        &self.mentions[start..start + inside]
    }
}
