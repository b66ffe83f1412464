//! The signature (发文机关署名), the date of signature (成文日期) and the date of
//! publication.

use super::dates::Dated;
use super::issuer_names::{Evidence, Signers, names_filling, signers_before};
use super::stated::{Label, Stated};
use crate::lexicon::RegionIndex;
use crate::model::{Found, PartialDate, Rule};
use crate::outline::{Diagnostic, Layout};
use crate::read::naming::names::Names;
use crate::read::scanned_text::ScannedText;
use crate::text::{Table, first_chars, is_han, is_within, last_chars, occurrences, until_mark};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// The bodies that signed, and the date.
#[derive(Default)]
pub(super) struct Signature {
    pub(super) names: Vec<Found<String>>,
    pub(super) date: Option<Found<PartialDate>>,
    /// For each signed text, the number of names up to its own.
    texts: Vec<usize>,
    /// The first date on a line of its own.
    unsigned: Option<Found<PartialDate>>,
    /// Notes on signatories that no vocabulary lists.
    pub(super) notes: Vec<Diagnostic>,
}

impl Signature {
    /// Removes the names that sign no text together with an issuer that the title names: those are of
    /// a text that the issuers pass on (转发), or of an annex. If no issuer of the title signs, all
    /// names are such, and so is the date if the notice has one of its own.
    pub(super) fn unless_titled(mut self, titled: Vec<Found<String>>) -> Signature {
        if titled.is_empty() {
            return self;
        }
        let signs = |name: &Found<String>| {
            titled.iter().any(|issuer| name.value.starts_with(&issuer.value))
        };
        if self.names.iter().any(signs) {
            let mut start = 0;
            let texts = self.texts.iter().map(|&end| std::mem::replace(&mut start, end)..end);
            let own = texts.filter(|text| self.names[text.clone()].iter().any(signs));
            self.names = own.flat_map(|text| self.names[text].to_vec()).collect();
            return self;
        }
        let before = |own: &Found<PartialDate>| {
            self.names.first().is_some_and(|name| own.span.end <= name.span.start)
        };
        let date = self.unsigned.filter(before).or(self.date);
        Signature { date, ..Signature::default() }
    }
}

/// Returns the signature: names directly before a date, in the head or in the
/// tail. Without such names the date is the first one on its own line. `all` are
/// the dates of the text; those that a label names are no signatures. `home` is the region of the
/// document by its title or number.
///
/// Every date after known names is read, as each text of a document can be signed. A name that no
/// vocabulary lists signs at the first such date only.
pub(super) fn signature(
    names: &Names,
    layout: &Layout,
    stated: &Stated,
    all: &[Dated],
    home: Option<RegionIndex>,
) -> Signature {
    let text = names.text;
    let mut signature = Signature::default();
    let mut doubtful = None;
    let mut unsigned = None;
    let mut known = FxHashSet::default();
    let mut last_signed = None;
    for (range, date) in all {
        if date.date().is_none() || !is_of_signature(text, layout, stated, range) {
            continue;
        }
        let found = || text.found(*date, range.clone(), Rule::Signature);
        let stamp = is_stamp(text.slice(range.clone()));
        let closes = || range.start >= layout.tail.start && is_own_part(text, range);
        if !stamp && unsigned.is_none() && (is_own_line(text, range) || closes()) {
            unsigned = Some(found());
        }
        let Signers { names: signers, notes, evidence } = signers_before(names, range.start, home);
        let signs = match evidence {
            Evidence::Known => true,
            Evidence::Form => !stamp && signature.names.is_empty(),
            Evidence::Ending | Evidence::Nothing => false,
        };
        if !signs {
            if doubtful.is_none() && !stamp && !(signers.is_empty() && notes.is_empty()) {
                let date = (!signers.is_empty()).then(found);
                let texts = vec![signers.len()];
                doubtful = Some(Signature { names: signers, date, texts, unsigned: None, notes });
            }
            continue;
        }
        let joins = joined(text, last_signed.as_ref(), range, signers.len());
        if joins {
            signature.texts.pop();
        }
        last_signed = Some(range.clone());
        for name in signers {
            if known.insert(name.value.clone()) {
                signature.names.push(name);
            }
        }
        signature.texts.push(signature.names.len());
        signature.notes.extend(notes);
        signature.date = signature.date.take().or_else(|| Some(found()));
    }
    if signature.names.is_empty() {
        signature = doubtful.unwrap_or_default();
    }
    signature.date = signature.date.or_else(|| unsigned.clone());
    signature.unsigned = unsigned;
    signature
}

/// Returns true for a date outside the measures, tables and labels, after which a signature can end.
fn is_of_signature(
    text: &ScannedText,
    layout: &Layout,
    stated: &Stated,
    date: &Range<usize>,
) -> bool {
    // A day in a table belongs to its row, and the name before it is another cell.
    let in_table = text.view.table_at(date.start).is_some_and(Table::is_grid);
    // 2011.6.23 is the date of a row in a flattened table.
    let other = stated.contains(date) || text.slice(date.clone()).contains('.');
    let outside = is_outside(layout, date) && !in_table && !other;
    outside && (can_sign(text, date.end) || precedes_issued(text, date))
}

/// Returns true if only the lines of the signers are between two dates of signature: they sign one text.
fn joined(
    text: &ScannedText,
    last: Option<&Range<usize>>,
    date: &Range<usize>,
    signers: usize,
) -> bool {
    /// Maximum length of these lines in characters.
    const LINES: usize = 100;
    last.is_some_and(|last| {
        let between = text.slice(last.end..date.start);
        let lines = || between.split('\n').filter(|line| !line.is_empty()).count();
        is_within(between, LINES) && !between.contains(['(', '。']) && lines() <= signers
    })
}

/// Returns true for a range in the head or in the tail, outside the measures of an annex.
fn is_outside(layout: &Layout, range: &Range<usize>) -> bool {
    if range.end <= layout.head.end {
        return true;
    }
    let next = layout.measures.partition_point(|measure| measure.text.start <= range.start);
    let inside = next.checked_sub(1).is_some_and(|at| range.end <= layout.measures[at].text.end);
    range.start >= layout.tail.start && !inside
}

/// Returns true if a date of signature can end at `end`: before a line end, a gap,
/// a bracket or a title.
fn can_sign(text: &ScannedText, end: usize) -> bool {
    let after = text.after(end);
    after.is_empty()
        || after.starts_with('\n')
        || after.starts_with("关于")
        || text.view.gap(end)
        || after.starts_with(')')
}

/// Returns true if the title of the text that a notice issues follows its date directly, in a
/// flattened text: 现将《…实施方案》印发给你们。 某某省水利厅 2024年4月29日…实施方案.
fn precedes_issued(text: &ScannedText, date: &Range<usize>) -> bool {
    /// Characters of the title that are compared.
    const TITLE: usize = 8;
    /// Characters before the date in which the notice names it.
    const NEAR: usize = 400;
    let title = first_chars(text.after(date.end), TITLE);
    let named = || {
        let before = last_chars(text.before(date.start), NEAR);
        occurrences(before, title).any(|at| before[..at].ends_with('《'))
    };
    text.view.gap(date.start) && title.chars().filter(|&c| is_han(c)).count() == TITLE && named()
}

/// Returns true if a date, or a date in brackets as below a title, fills its line, or a paragraph of
/// a flattened text.
fn is_own_line(text: &ScannedText, date: &Range<usize>) -> bool {
    let (before, after) = (text.before(date.start), text.after(date.end));
    let before = before.strip_suffix('(').unwrap_or(before);
    let after = after.strip_prefix(')').unwrap_or(after);
    let paragraph =
        || before.ends_with('。') && text.view.gap(date.start) && text.view.gap(date.end);
    let line = || {
        (before.is_empty() || before.ends_with('\n'))
            && (after.is_empty() || after.starts_with('\n'))
    };
    line() || paragraph()
}

/// Returns true if a date fills a part of a flattened line: 附件:统计表 2021年11月18日 (联系人:周某).
fn is_own_part(text: &ScannedText, date: &Range<usize>) -> bool {
    let after = text.after(date.end);
    let before = text.before(date.start);
    let labelled =
        before.ends_with(':') || text.lexicon.cues.outline.deadlines.end(before).is_some();
    let closed = after.is_empty() || after.starts_with('\n') || text.view.gap(date.end);
    // A day of an annex has its day of the week.
    let weekday = after.starts_with("(星期");
    !labelled && !weekday && text.view.gap(date.start) && closed
}

/// Returns true for a date as web sites print the day of publication: 2026-05-25.
/// Signatures do not use this form.
fn is_stamp(date: &str) -> bool {
    date.contains(['-', '/'])
}

/// Returns the day in a line of the head that says who put out the document: 1985年7月27日 国务院发布.
fn released<'a>(names: &Names, layout: &Layout, all: &'a [Dated]) -> Option<&'a Dated> {
    /// Maximum length in characters of the words after the day.
    const WORDS: usize = 30;
    let text = names.text;
    let verbs = &text.lexicon.cues.signature.released;
    let mut head = all.iter().take_while(|(range, _)| range.end <= layout.head.end);
    head.find(|(range, date)| {
        let before = text.before(range.start);
        let opens = before.is_empty() || before.ends_with(['\n', '(']);
        let rest =
            until_mark(text.after(range.end), WORDS, &['\n', ')', ',', '。', ';', ':', '《']);
        let closes = text.after(range.end + rest.len());
        date.date().is_some()
            && opens
            && verbs.strip_end(rest).is_some_and(|body| {
                let body = range.end..range.end + body.len();
                body.is_empty() || !names_filling(names, body, Rule::Head).is_empty()
            })
            && (closes.is_empty()
                || closes.starts_with(['\n', ')'])
                || (closes.starts_with(',') && before.ends_with('(')))
    })
}

/// Returns the date of publication: 2022年4月20日印发; 发布日期:2026-05-25; 2026-05-25
/// at the start of a line of the head, if it is not the day of signature. `all` are the dates of the
/// text.
pub(super) fn published(
    names: &Names,
    layout: &Layout,
    stated: &Stated,
    all: &[Dated],
    signed: Option<PartialDate>,
) -> Option<Found<PartialDate>> {
    let text = names.text;
    let found = |(range, date): &Dated| text.found(*date, range.clone(), Rule::DatePhrase);
    let printed = all.iter().find(|(range, _)| {
        let after = text.after(range.end);
        after.starts_with("印发") && !after.starts_with("印发的")
    });
    let stamped = || {
        let head = all.iter().take_while(|(range, _)| range.end <= layout.head.end);
        let mut stamps = head.filter(|(range, _)| {
            let before = text.before(range.start);
            // Below 会议时间: it is the date of an event.
            let opens_line = before.strip_suffix('\n').is_some_and(|above| !above.ends_with(':'));
            (before.is_empty() || opens_line) && !stated.contains(range)
        });
        let stamp = stamps.find(|(range, _)| is_stamp(text.slice(range.clone())));
        // Sites stamp a page with the day of signature as well.
        stamp.filter(|(_, date)| signed != Some(*date))
    };
    printed
        .map(found)
        .or_else(|| released(names, layout, all).map(found))
        .or_else(|| stated.date(text, all, Label::Published))
        .or_else(|| stated.date(text, all, Label::Posted))
        .or_else(|| stamped().map(found))
}
