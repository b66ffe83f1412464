//! The issuers of a document that is not signed.

use super::dates::Dated;
use super::issuer_names::{is_name_like, names_before, names_filling};
use crate::lexicon::RegionIndex;
use crate::model::{Found, Rule};
use crate::outline::Layout;
use crate::read::interval_set::IntervalSet;
use crate::read::naming::canonical::{region_of, resolve};
use crate::read::naming::names::{AgencyMention, NamedInstrument, Names};
use crate::read::naming::{agencies, citations};
use crate::read::scanned_text::ScannedText;
use crate::text::until_mark;
use std::ops::Range;

/// Returns the longest run of lines that are names of bodies only, in the head,
/// else in the tail: a letterhead (发文机关标志), without 文件, or a signature
/// without a date.
pub(super) fn name_lines(names: &Names, layout: &Layout) -> Vec<Found<String>> {
    /// Lines of the head and of the tail that are read.
    const LINES: usize = 60;
    let text = names.text;
    let ends_in_names = |line: &Range<usize>| {
        let words = text.slice(line.clone()).trim_end_matches("文件");
        names_filling(names, line.start..line.start + words.len(), Rule::Signature)
    };
    // The bodies that an annex lists do not issue.
    let is_annex = |line: &Range<usize>| text.slice(line.clone()).starts_with('附');
    let longest = |part: &Range<usize>| {
        let lines = text.lines(part);
        let lines = lines.iter().take(LINES).take_while(|line| !is_annex(line));
        lines.map(ends_in_names).fold(Vec::new(), |a, b| if b.len() > a.len() { b } else { a })
    };
    let mut parts = [&layout.head, &layout.tail].into_iter().map(longest);
    parts.find(|issuers| !issuers.is_empty()).unwrap_or_default()
}

/// Returns the bodies that a report names as issuers:
/// 中共中央办公厅、国务院办公厅印发了《…》.
pub(super) fn reported_by(names: &Names, named: &NamedInstrument) -> Vec<Found<String>> {
    let before = names.text.before(named.range.start);
    let before_verb = names.text.lexicon.cues.signature.reports.strip_end(before);
    before_verb.map_or(Vec::new(), |before| names_before(names, before.len(), Rule::Lead))
}

/// Returns the bodies that put out the document on a day after its provisions:
/// 杭州市科学技术局2026年5月25日发布.
pub(super) fn released_by(names: &Names, layout: &Layout, all: &[Dated]) -> Vec<Found<String>> {
    let text = names.text;
    let released = &text.lexicon.cues.signature.released;
    let first = all.partition_point(|(range, _)| range.start < layout.tail.start);
    let days = all[first..].iter().filter(|(range, date)| {
        date.date().is_some() && released.start(text.after(range.end)).is_some()
    });
    let signers = days.map(|(range, _)| {
        let found = names_before(names, range.start, Rule::Signature);
        let start = found.first().map_or(0, |name| name.span.start as usize);
        let line = text.before(range.start).rfind('\n').map_or(0, |at| at + 1);
        let fills = start <= text.span(line..range.start).start as usize;
        if fills { found } else { Vec::new() }
    });
    signers.take(MAX_DAYS).find(|found| !found.is_empty()).unwrap_or_default()
}

/// Returns the body that adopted or put out the document on a day in its head:
/// (2012年9月26日山西省第十一届人民代表大会常务委员会第三十一次会议通过), 1957年10月11日交通部发布.
pub(super) fn adopted_by(names: &Names, layout: &Layout, all: &[Dated]) -> Vec<Found<String>> {
    /// Characters after the day that are read.
    const LONGEST: usize = 60;
    let text = names.text;
    let days = all.iter().take_while(|(range, _)| range.end <= layout.head.end).take(MAX_DAYS);
    let mut adopters = days.filter(|(_, date)| date.date().is_some()).filter_map(|(range, _)| {
        let clause = until_mark(text.after(range.end), LONGEST, &['。', ',', ';', ':', '《', ')']);
        let (body, name) = adopter(text, clause)?;
        let name = resolve(names, &name, None)?;
        Some(text.found(name, range.end..range.end + body.len(), Rule::Head))
    });
    adopters.next().into_iter().collect()
}

/// Returns the printed words for the body that adopts or puts out a document, at the start of a
/// clause, and its name: without the term of a congress (第十一届) and the meeting.
fn adopter<'t>(text: &ScannedText, clause: &'t str) -> Option<(&'t str, String)> {
    let cues = &text.lexicon.cues;
    let adopted = cues.validity.adopted.first(clause).and_then(|(at, _)| {
        let meeting = &clause[..at];
        // 交通部部务会议, 国务院第128次常务会议.
        let own = meeting.strip_suffix('务').and_then(|body| body.char_indices().next_back());
        own.map(|(at, _)| at).or_else(|| meeting.rfind('第'))
    });
    let released = || cues.signature.released.first(clause).map(|(at, _)| at);
    let body = &clause[..adopted.or_else(released)?];
    let term = body.find('第').zip(body.find('届'));
    let name = match term {
        Some((start, end)) if start < end => {
            [&body[..start], &body[end + '届'.len_utf8()..]].concat()
        }
        _ => body.to_owned(),
    };
    Some((body, name))
}

/// Maximum number of days that are tried.
const MAX_DAYS: usize = 8;

/// Returns the agencies that a news item reports on: those that issue a document in its first two
/// sentences, else the first ones that it names, one after another.
pub(super) fn lead(names: &Names, head: &Range<usize>) -> Vec<Found<String>> {
    let text = names.text;
    let sentences = first_sentences(text, head);
    let names = &Names { region: names.region.or_else(|| region_in(names, &sentences)), ..*names };
    let lists: Vec<_> = sentences.iter().map(|sentence| lists(names, sentence)).collect();
    let issuing = lists
        .iter()
        .flatten()
        .find(|list| list.last().is_some_and(|last| issues(text, last.range.end)));
    let first = lists.iter().find_map(|lists| lists.first());
    let issuers = issuing.or(first).into_iter().flatten();
    let found = issuers.map(|AgencyMention { name, range }| {
        text.found(name.to_string(), range.clone(), Rule::Lead)
    });
    found.collect()
}

/// Returns the first two sentences, and the lines before and between them, which are titles.
fn first_sentences(text: &ScannedText, head: &Range<usize>) -> Vec<Range<usize>> {
    /// Maximum number of sentences and lines.
    const PARTS: usize = 6;
    let mut parts = Vec::new();
    let mut sentences = 0;
    let mut start = head.start;
    for part in text.slice(head.clone()).split_inclusive(['。', '\n']) {
        let end = start + part.len();
        let words = part.trim_end_matches(['。', '\n']);
        if !words.is_empty() && !words.starts_with("附件") {
            parts.push(start..start + words.len());
            sentences += usize::from(part.ends_with('。'));
        }
        if sentences == 2 || parts.len() == PARTS {
            break;
        }
        start = end;
    }
    parts
}

/// Returns the region that relative names of a news item refer to: that of the first full name,
/// else of the first title.
fn region_in(names: &Names, sentences: &[Range<usize>]) -> Option<RegionIndex> {
    let regions = &names.text.lexicon.regions;
    let mentions = || sentences.iter().flat_map(|sentence| agencies::mentions(names, sentence));
    let titles = || sentences.iter().flat_map(|sentence| citations::named(names, sentence));
    mentions().find_map(|mention| region_of(names, &mention.name)).or_else(|| {
        titles().find_map(|named| {
            let title = names.text.slice(named.title_range);
            regions.prefix(title, None).map(|(region, _)| region)
        })
    })
}

/// Returns the lists of bodies in a sentence, outside the titles of instruments.
fn lists(names: &Names, sentence: &Range<usize>) -> Vec<Vec<AgencyMention>> {
    let text = names.text;
    let joiners = &text.lexicon.cues.signature.joiners;
    let titles = citations::named(names, sentence);
    let titles: IntervalSet = titles.into_iter().map(|title| title.range).collect();
    let mentions = agencies::mentions(names, sentence).into_iter();
    let mut lists: Vec<Vec<AgencyMention>> = Vec::new();
    for mention in mentions.filter(|mention| !titles.contains(&mention.range)) {
        let last = lists.last().and_then(|list| list.last()).map(|last| last.range.end);
        let joined = last.is_some_and(|end| {
            let between = text.slice(end..mention.range.start);
            joiners.contains(between) || is_unlisted(names, between)
        });
        match lists.last_mut().filter(|_| joined) {
            Some(list) => list.push(mention),
            None => lists.push(vec![mention]),
        }
    }
    lists
}

/// Returns true for a name in no vocabulary between two others: 、市旅游经济局、.
fn is_unlisted(names: &Names, between: &str) -> bool {
    let name = between.strip_prefix('、').and_then(|name| name.strip_suffix('、'));
    name.is_some_and(|name| is_name_like(names, name))
}

/// Returns true if the bodies named before `end` issue a document: 等17个部门近日共同印发.
fn issues(text: &ScannedText, end: usize) -> bool {
    /// Maximum length of the words up to the verb in characters.
    const LONGEST: usize = 20;
    let cues = &text.lexicon.cues.signature;
    let clause = until_mark(text.after(end), LONGEST, &['。', ',', '《', '\n', ';', ':']);
    let verb = cues.issuing.first(clause);
    verb.is_some_and(|(verb, _)| !cues.helping.occur_in(&clause[..verb]))
}
