//! Facts that a document states once and that hold for all its provisions. Each
//! step uses only the steps before it.

use super::context::Context;
use super::document::head::{self, Head};
use super::naming::definitions::{self, Definition};
use super::naming::names::{DefinedAgencies, Names, ShortTitles};
use super::naming::short_titles::short_titles;
use super::naming::title_forms::Subject;
use super::provision::duties;
use super::scanned_text::ScannedText;
use crate::lexicon::RegionIndex;
use crate::model::Genre;
use crate::outline::Layout;

/// The facts of one document. [`context`](Learned::context) lends them to the
/// readers of its provisions.
pub(crate) struct Learned {
    pub(crate) head: Head,
    short_titles: ShortTitles,
    region: Option<RegionIndex>,
    year: Option<u16>,
    defined: DefinedAgencies,
    first_leads: bool,
}

/// Learns from the whole text. O(n).
///
/// 1. Short names of instruments: with the vocabularies only.
/// 2. The head: with the short names.
/// 3. The document's region: from the head.
/// 4. Short names of agencies: with the region and the issuers, as in 省药品监督管理局(以下简称省局).
pub(crate) fn learn(text: &ScannedText, layout: &Layout) -> Learned {
    let definitions: Vec<Definition> = definitions::definitions(text);
    let (no_titles, no_agencies) = (ShortTitles::default(), DefinedAgencies::default());
    let vocabulary =
        Names { text, short_titles: &no_titles, region: None, year: None, defined: &no_agencies };

    let short_titles = short_titles(&vocabulary, &definitions);
    let with_titles = Names { short_titles: &short_titles, ..vocabulary };

    let head = head::read(&with_titles, layout);
    let region = head.region(&with_titles);
    let year = head.year();
    let with_region = Names { region, year, ..with_titles };

    let defined = definitions::agencies(&with_region, &definitions, &head.issuers);
    Learned { head, short_titles, region, year, defined, first_leads: duties::first_leads(text) }
}

impl Learned {
    /// Returns true if the figures of the document are what was reached.
    fn has_results(&self, text: &ScannedText) -> bool {
        let titles = &text.lexicon.cues.targets.report_titles;
        let titled = |subject: &Subject| titles.occur_in(&subject.title);
        self.head.genre == Genre::News || self.head.subject.as_ref().is_some_and(titled)
    }

    /// Everything that a provision is read against.
    pub(crate) fn context<'a>(&'a self, text: &'a ScannedText<'a>) -> Context<'a> {
        Context {
            names: Names {
                text,
                short_titles: &self.short_titles,
                region: self.region,
                year: self.year,
                defined: &self.defined,
            },
            subject: self.head.subject.as_ref(),
            number: self.head.number.as_ref().map(|number| number.value.as_str()),
            dates: &self.head.dates,
            is_report: self.head.genre.is_report(),
            has_results: self.has_results(text),
            first_leads: self.first_leads,
        }
    }
}
