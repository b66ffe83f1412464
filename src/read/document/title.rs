//! Recognises the title of a document and other lines that are titles.

mod form;
mod lines;
mod headline;
mod page;

use super::dates::dates;
use super::issuer_names::names_filling;
use super::line_forms::{MAX_TITLE, is_balanced, is_running, opens_with_place};
use super::number::{is_order, is_order_head, joined_number};
use crate::lexicon::TitleForm;
use crate::model::{Found, Rule};
use crate::read::naming::names::{NamedInstrument, Names};
use crate::read::scanned_text::ScannedText;
use crate::text::{find, is_numeral, is_within, prefix_end};
use form::{ending, form};
pub(crate) use headline::headline;
use lines::{is_all_names, is_rest, opens_title, without_others};
use page::{without_marks, without_page};
use std::ops::{Range, RangeInclusive};

/// Maximum number of lines of a title before its last one.
const MAX_TITLE_LINES: usize = 12;

/// Returns the titles among `lines`, in text order; a title over several lines is
/// one range. A number on the line of a title is not part of it.
pub(crate) fn title_lines(names: &Names, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut titles = Titles { names, lines, found: Vec::new(), place: Place::Start };
    for at in 0..lines.len() {
        titles.read(at);
    }
    if titles.found.is_empty() {
        // An announcement without another title: 国家药监局公告 above its number.
        let heads = (0..lines.len()).filter(|&at| is_order_head(names.text, lines, at));
        let mut heads = heads.map(|at| lines[at].clone());
        titles.found.extend(heads.find(|head| form(names, head) == Some(TitleForm::Usual)));
    }
    titles.found
}

/// The place of a line, by the lines before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A text begins: only numbers, names and labels come before the line, or the mark of an
    /// attached text.
    Start,
    /// Below a title.
    Titled,
    /// Below addressees or sentences.
    Text,
    /// In a list of attachments.
    List,
}

/// The titles found so far, and the place of the next line.
struct Titles<'n> {
    names: &'n Names<'n>,
    lines: &'n [Range<usize>],
    found: Vec<Range<usize>>,
    place: Place,
}

impl Titles<'_> {
    /// Reads the line at `at`.
    fn read(&mut self, at: usize) {
        let text = self.names.text;
        let line = &self.lines[at];
        if let Some(place) = self.place_after(text.slice(line.clone())) {
            self.place = place;
            return;
        }
        let last = joined_number(text, line).map_or(line.clone(), |joined| joined.title);
        let last = without_page(self.names, without_marks(text, last), self.found.is_empty());
        let Some(form) = ending(self.names, &last) else { return };
        let start = self.first_line(at, &last);
        let title = start..last.end;
        let order = is_order_head(text, self.lines, at) || is_order(text, line);
        if order
            || opens_with_day(text, text.slice(title.clone()))
            || !self.accepts(form, &title, &last)
        {
            return;
        }
        let after = self.lines[at + 1..].iter();
        let edition = after.take_while(|next| is_edition(text, text.slice((*next).clone()))).last();
        self.found.push(start..edition.map_or(last.end, |edition| edition.end));
        self.place = Place::Titled;
    }

    /// Returns the place after a line that is not part of a title; `None` if it does not tell.
    fn place_after(&self, words: &str) -> Option<Place> {
        let text = self.names.text;
        if let Some(label) = text.lexicon.cues.outline.attachments.start(words) {
            let mark = |c: char| c.is_ascii_digit() || is_numeral(c) || c == ':';
            let listed = words[label.len()..].trim_start_matches(mark);
            return Some(if listed.is_empty() { Place::Start } else { Place::List });
        }
        if is_running(text, words) {
            return Some(Place::Text);
        }
        let dated = || {
            let last = dates(text.lexicon, words).pop();
            last.is_some_and(|(date, _)| date.end == words.len())
        };
        match self.place {
            Place::Text if dated() => Some(Place::Start),
            Place::List if dated() || is_all_names(self.names, words) => Some(Place::Start),
            _ => None,
        }
    }

    /// Returns true if a line of `form` is a title at its place.
    ///
    /// * `title`: the title over all its lines.
    /// * `last`: its last line.
    fn accepts(&self, form: TitleForm, title: &Range<usize>, last: &Range<usize>) -> bool {
        /// Maximum length in characters of a caption, which is no title.
        const CAPTION: usize = 8;
        let text = self.names.text;
        let words = text.slice(title.clone());
        let joined = title.start < last.start;
        let sentence = text.lexicon.titles.is_sentence(words);
        if sentence || !is_balanced(words) || (!joined && is_rest(text, words)) {
            return false;
        }
        let complete = || words.contains("关于") || opens_with_place(text, title);
        let named =
            || self.found.first().is_some_and(|first| carries(text.slice(first.clone()), words));
        match (self.place, form) {
            (Place::Start, TitleForm::Usual) => true,
            (Place::Start, TitleForm::Caption) => {
                let first = self.found.is_empty();
                let law = || title.start == 0 && text.lexicon.titles.laws.end(words).is_some();
                first && (!is_within(words, CAPTION) || complete() || law()) || named()
            }
            (Place::Titled, TitleForm::Usual) => {
                joined || !is_within(words, CAPTION) || complete() || named()
            }
            (Place::Text, TitleForm::Usual) => complete() || named(),
            _ => named(),
        }
    }

    /// Returns the start of the title that ends with the line at `at`.
    fn first_line(&self, at: usize, last: &Range<usize>) -> usize {
        /// Maximum length in characters of a title over several lines.
        const LONGEST: usize = 2 * MAX_TITLE;
        let mut start = last.start;
        for before in (0..at).rev().take(MAX_TITLE_LINES) {
            let above = before.checked_sub(1).map(|above| &self.lines[above]);
            let rest = start..last.end;
            let line = &self.lines[before];
            let whole = self.names.text.slice(line.start..last.end);
            // A line of labels is left out of the lines: nothing above it is of the title.
            let apart = self.names.text.slice(line.end..start).contains(|c| c != '\n');
            if apart || !is_within(whole, LONGEST) || !opens_title(self.names, line, &rest, above) {
                break;
            }
            start = line.start;
        }
        start
    }
}

/// Returns the title after a label in a block of metadata: 标题:….
pub(crate) fn labelled_title(text: &ScannedText, lines: &[Range<usize>]) -> Option<Range<usize>> {
    /// Lines that are read.
    const LINES: usize = 40;
    const LENGTH: RangeInclusive<usize> = 4..=MAX_TITLE;
    lines.iter().take(LINES).enumerate().find_map(|(at, line)| {
        let label = text.lexicon.titles.labels.start(text.slice(line.clone()))?;
        let value = line.start + label.len()..line.end;
        let value = if value.is_empty() { lines.get(at + 1)?.clone() } else { value };
        let end = text
            .slice(value.clone())
            .find(':')
            .and_then(|_| text.view.first_gap(value.start, value.end));
        let words = text.slice(value.start..end.unwrap_or(value.end));
        const QUOTES: [char; 2] = ['"', '\''];
        let start = value.start + words.len() - words.trim_start_matches(QUOTES).len();
        let words = words.trim_matches(QUOTES);
        // Pages put the name of their site after the title: …通知-某市人民政府门户网站.
        let words = match words.rsplit_once(['-', '_', '|']) {
            Some((title, site)) if text.lexicon.titles.sites.end(site).is_some() => title,
            _ => words,
        };
        LENGTH.contains(&words.chars().count()).then(|| start..start + words.len())
    })
}

/// Returns true for words that open with a day: 2019年1月20日某省人民代表大会第二次会议主席团公告.
fn opens_with_day(text: &ScannedText, words: &str) -> bool {
    /// Maximum length of a day in bytes.
    const DAY: usize = 30;
    let near = &words[..prefix_end(words, DAY)];
    // 2025年3月1日至5月31日南京市禁渔通告
    let goes_on = |end: usize| words[end..].starts_with(['至', '起', '前', '后', '—', '-', '~']);
    let opens = || {
        dates(text.lexicon, near).first().is_some_and(|(range, date)| {
            range.start == 0 && date.date().is_some() && !goes_on(range.end)
        })
    };
    words.starts_with(|c: char| c.is_ascii_digit()) && opens()
}

/// Returns true if a title carries the text with the title `other`: 关于印发…办法的通知 and …办法.
fn carries(title: &str, other: &str) -> bool {
    /// Minimum length of the name of a text in characters.
    const SHORTEST: usize = 4;
    let name = other.split('(').next().unwrap_or(other);
    !is_within(name, SHORTEST - 1) && find(title, name).is_some()
}

/// Returns true for a line with only the bracketed end of a title: (征求意见稿), (试行),
/// (2026-2028年).
fn is_edition(text: &ScannedText, line: &str) -> bool {
    /// Maximum length of such a line in characters.
    const MAX_EDITION: usize = 16;
    line.starts_with('(')
        && line.ends_with(')')
        && is_within(line, MAX_EDITION)
        && text.lexicon.layout.closings.start(line).is_none()
        && dates(text.lexicon, line).is_empty()
        && !line.contains('号')
}

/// Returns the instrument that the document adopts, issues or puts out for comment:
/// 《…》已经局务会议审议通过; 现就《…》公开征求意见; 制定发布《…》.
pub(crate) fn announced<'n>(
    text: &ScannedText,
    instruments: &'n [NamedInstrument],
) -> Option<&'n NamedInstrument> {
    let cues = &text.lexicon.cues.title;
    instruments.iter().find(|named| {
        let before = text.before(named.range.start);
        let after = text.after(named.range.end);
        let made = cues.made.end(before).is_some();
        let passed = cues.passed.start(after).is_some();
        (made || passed) && named.rule == Rule::BookTitle
    })
}

/// Returns the title that a notice prints in its own title and in 《》, if the last of the `printed`
/// titles, above the text that it issues, leaves out a character or two of it.
pub(crate) fn with_left_out_words(
    text: &ScannedText,
    printed: &[Range<usize>],
    instruments: &[NamedInstrument],
) -> Option<Range<usize>> {
    /// Maximum number of characters that are left out.
    const LEFT_OUT: usize = 2;
    let [notice, .., last] = printed else { return None };
    let solid = |range: &Range<usize>| text.slice(range.clone()).replace('\n', "");
    let (notice, title) = (solid(notice), solid(last));
    let carries = |other: &str| carries(&notice, other.trim_start_matches("关于"));
    if carries(&title) {
        return None;
    }
    let above = instruments.iter().take_while(|named| named.range.end <= last.start);
    let mut named = above.filter(|named| named.rule == Rule::BookTitle);
    let found = named.find(|named| {
        let words = solid(&named.title_range);
        let (longer, shorter) = (words.chars().count(), title.chars().count());
        let less = longer.saturating_sub(shorter);
        let pairs = || words.chars().zip(title.chars());
        let ends = || words.chars().rev().zip(title.chars().rev());
        let same = pairs().take_while(|(a, b)| a == b).count();
        (1..=LEFT_OUT).contains(&less)
            && same + ends().take_while(|(a, b)| a == b).count() >= shorter
            && carries(&words)
    });
    found.map(|named| named.title_range.clone())
}

/// Returns the issuers at the start of a title: 中共中央办公厅 国务院办公厅关于…,
/// …等3部门印发…, 太原市人民政府转发关于….
pub(crate) fn issuers_in_title(names: &Names, title: &Range<usize>) -> Vec<Found<String>> {
    let words = names.text.slice(title.clone());
    let passing_on = &names.text.lexicon.cues.signature.passing_on;
    let Some((about, _)) = passing_on.first(words) else { return Vec::new() };
    let end = title.start + without_others(&words[..about]).len();
    names_filling(names, title.start..end, Rule::Head)
}
