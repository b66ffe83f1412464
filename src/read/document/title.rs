//! Recognises the title of a document and other lines that are titles.

mod page;

use super::dates::dates;
use super::issuer_names::names_filling;
use super::line_forms::{
    MAX_TITLE, is_balanced, is_label, is_running, opens_entry, opens_with_name, opens_with_place,
};
use super::number::{is_order, is_order_head, joined_number};
use crate::lexicon::{STATE, TitleForm, TitleWords};
use crate::model::{Found, Rule};
use crate::read::naming::canonical::{ends_as_body, resolve};
use crate::read::naming::names::{NamedInstrument, Names};
use crate::read::naming::numbers::numbers;
use crate::read::scanned_text::ScannedText;
use crate::text::{find, is_han, is_numeral, is_within, prefix_end, until_mark};
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

/// Returns the first line that is neither label, date nor number, if it is a heading in no form of
/// a title, above running text or measures: 我市启用水质监测平台. Below the navigation of a page it
/// is the line above that of the day and the source.
///
/// * `measures`: true if measures follow the lines.
pub(crate) fn headline(
    names: &Names,
    lines: &[Range<usize>],
    measures: bool,
) -> Option<Range<usize>> {
    const LENGTH: RangeInclusive<usize> = 8..=60;
    /// Lines that are read.
    const LINES: usize = 24;
    let text = names.text;
    let lexicon = text.lexicon;
    let running = |line: &Range<usize>| is_running(text, text.slice(line.clone()));
    let aside = |line: &&Range<usize>| {
        let words = text.slice((*line).clone());
        !running(line) && (words.contains([':', '号']) || !dates(lexicon, words).is_empty())
    };
    let is_heading = |line: &Range<usize>| {
        let words = text.slice(line.clone());
        LENGTH.contains(&words.chars().count())
            && words.starts_with(|c: char| {
                is_han(c) || matches!(c, '《' | '“' | '【') || c.is_ascii_digit()
            })
            && !words.contains(['。', ';', '>', '|', '/', '_'])
            && !words.ends_with(':')
            && !words.ends_with("文件")
            && !opens_entry(words)
            && lexicon.titles.sentences.start(words).is_none()
            && lexicon.layout.furniture.start(words).is_none()
            && lexicon.layout.closings.start(words).is_none()
            && !is_all_names(names, words)
    };
    // The line with day and source of a page is directly below its heading.
    let is_stamped = |at: usize| {
        let below = lines.get(at + 1);
        let until = below.map_or(lines[at].end, |below| below.end);
        let line = text.slice(lines[at].end..until).trim_start_matches('\n');
        let line = line.split('\n').next().unwrap_or_default();
        lexicon.layout.provided_by.occur_in(line) && !dates(lexicon, line).is_empty()
    };
    let above_text =
        |at: usize| lines[at + 1..].iter().find(|line| !aside(line)).map_or(measures, running);
    let first = lines.iter().position(|line| !aside(&line))?;
    let is_first = is_heading(&lines[first]) && above_text(first);
    let stamped = || {
        let mut near = first..lines.len().min(first + LINES);
        near.find(|&at| is_stamped(at) && is_heading(&lines[at]))
    };
    let at = if is_first { Some(first) } else { stamped() };
    at.map(|at| lines[at].clone())
}

/// Returns the form of a line without its number; `None` if it is not a whole title.
fn form(names: &Names, line: &Range<usize>) -> Option<TitleForm> {
    let words = names.text.slice(line.clone());
    let whole = is_balanced(words) && !names.text.lexicon.titles.is_sentence(words);
    ending(names, line).filter(|_| whole)
}

/// Returns the form in which a line ends, without its number; `None` if it cannot be the last line
/// of a title.
fn ending(names: &Names, line: &Range<usize>) -> Option<TitleForm> {
    /// Maximum length in characters of the issuers before a colon.
    const ISSUERS: usize = 30;
    let text = names.text;
    let words = text.slice(line.clone());
    if !is_within(words, MAX_TITLE) {
        return None;
    }
    let layout = &text.lexicon.layout;
    let other = (words.starts_with('(') && words.ends_with(')'))
        || layout.chapters.contains(words)
        || layout.furniture.contains(words)
        || opens_entry(words);
    let path = words.contains('>') && !words.contains('<');
    if other || path || words.contains(['。', ';', '?', '!', '|']) {
        return None;
    }
    if let Some((issuer, title)) = words.split_once(':') {
        // 省科技厅等三部门:关于下达…的通知
        let name = issuer.split_once('等').map_or(issuer, |(name, _)| name);
        let body = is_within(issuer, ISSUERS) && ends_as_body(names, name);
        if !body || title.contains(':') {
            return None;
        }
    }
    text.lexicon.titles.ending(words)
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

/// Returns true for a line that closes a bracket of the line before.
fn closes_more(line: &str) -> bool {
    let count = |mark: char| line.matches(mark).count();
    count('(') < count(')') || count('《') < count('》')
}

/// Returns true for a line that can only end a title: 意见, 的通知, 《…规则》的通知.
fn is_rest(text: &ScannedText, line: &str) -> bool {
    /// Maximum length in characters of the last word of a title.
    const WORD: usize = 3;
    let continues = text.lexicon.titles.continues.start(line).is_some() || line.starts_with('(');
    is_within(line, WORD) || continues || closes_more(line)
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

/// Returns true if the line `part` can be the start of a title that continues with
/// `rest`: 内蒙古自治区人民政府办公厅关于 / 全面加强药品监管能力建设 / 工作措施的通知.
///
/// * `above`: the line before `part`.
fn opens_title(
    names: &Names,
    part: &Range<usize>,
    rest: &Range<usize>,
    above: Option<&Range<usize>>,
) -> bool {
    /// Maximum length of such a line in characters.
    const MAX_LINE: usize = 60;
    let text = names.text;
    let titles = &text.lexicon.titles;
    let (line, rest) = (part.clone(), rest.clone());
    let (part, words) = (text.slice(line.clone()), text.slice(rest.clone()));
    let closes = closes_more(words);
    let continued =
        closes || titles.continues.start(words).is_some() || words.starts_with(['《', '(']);
    if !is_within(part, MAX_LINE) {
        return false;
    }
    let other = part.starts_with('(')
        || opens_entry(part)
        || part.contains(['。', ':', ';', '/', '?', '!'])
        || (part.contains('》') && !continued && !part.contains("关于"))
        || titles.sentences.start(part).is_some()
        || !numbers(text.lexicon, part).is_empty()
        || !dates(text.lexicon, part).is_empty();
    if other {
        return false;
    }
    let split = part.ends_with('等') || (part.ends_with('关') && words.starts_with('于'));
    if closes || split || part.ends_with("关于") || titles.carries.end(part).is_some() {
        return true;
    }
    if !continued && form(names, &line) == Some(TitleForm::Usual) {
        // 关于下达…计划 / 经费的通知: the paper is about the plan.
        let paper = titles.papers.strip_end(words).is_some_and(|words| words.ends_with('的'));
        let whole = find(words, "关于").is_some() || opens_with_place(text, &rest);
        return paper && !whole && find(part, "关于").is_some() && !is_paper(titles, part);
    }
    // The issuers come before 关于, on one line or several; a name can take two lines.
    let about = find(words, "关于");
    let issuers = is_all_names(names, without_others(part));
    let label = || above.is_some_and(|above| is_label(text, text.slice(above.clone())));
    if about == Some(0) {
        let ends_name = || {
            let joined = above.map(|above| format!("{}{part}", text.slice(above.clone())));
            joined
                .is_some_and(|joined| is_within(&joined, MAX_LINE) && is_all_names(names, &joined))
        };
        let body = || issuers || (opens_with_place(text, &line) && ends_as_body(names, part));
        return (body() && !label()) || is_passing_on(names, part) || (!issuers && ends_name());
    }
    if let Some(about) = about {
        let others = &words[..about];
        if !is_within(others, MAX_LINE) {
            return false;
        }
        if is_all_names(names, others) {
            return issuers && !label();
        }
        return is_all_names(names, &format!("{part}{}", others.replace('\n', "")));
    }
    if titles.carries.start(words).is_some() && issuers {
        return !label();
    }
    let shortest = if opens_with_place(text, &line) { 5 } else { 6 };
    let is_list_of_bodies = issuers && ends_as_body(names, part);
    let middle = !is_list_of_bodies
        && (shortest..=30).contains(&part.chars().count())
        && !part.contains(',')
        && titles.sentences.start(words).is_none()
        && !words.starts_with(STATE)
        && !opens_with_name(text, &rest);
    part.contains("关于") || (continued && !issuers) || middle
}

/// Returns true for a title that ends in a kind of official paper: …的通知.
fn is_paper(titles: &TitleWords, title: &str) -> bool {
    titles.papers.end(title).is_some()
}

/// Removes the words for further bodies after a name: 科技部等六部门.
fn without_others(names: &str) -> &str {
    let Some((first, others)) = names.rsplit_once('等') else { return names };
    let others = others.trim_end_matches(':');
    let others =
        others.trim_start_matches(|c: char| c.is_ascii_digit() || is_numeral(c) || c == '个');
    if matches!(others, "" | "部门" | "单位" | "部委") { first } else { names }
}

/// Returns true for a line of names that pass on the paper of others: 国务院办公厅转发商务部.
fn is_passing_on(names: &Names, line: &str) -> bool {
    let lexicon = names.text.lexicon;
    let Some((at, len)) = lexicon.titles.carries.last(line) else { return false };
    let others = &line[at + len..];
    let others = lexicon.cues.agencies.others.strip_end(others).unwrap_or(others);
    ends_as_body(names, &line[..at]) && ends_as_body(names, others)
}

/// Returns true if `line` consists of names of agencies only.
fn is_all_names(names: &Names, line: &str) -> bool {
    /// Maximum length of a name in characters.
    const MAX_NAME: usize = 40;
    let mut rest = line;
    while !rest.is_empty() {
        let near = until_mark(rest, MAX_NAME, &['\n']);
        let mut ends = near.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        let name = ends.find(|&end| resolve(names, &rest[..end], None).is_some());
        let Some(end) = name else { return false };
        rest = rest[end..].trim_start_matches(['、', '\n']);
    }
    !line.is_empty()
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
