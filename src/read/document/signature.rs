//! 发文机关署名, 成文日期 and 主送机关: who signed, when, and to whom; who acted, in
//! a news item.

use super::dates::Dated;
use crate::lexicon::Words;
use crate::model::{Found, PartialDate, Rule};
use crate::outline::Layout;
use crate::read::context::Context;
use crate::read::naming::agencies::is_relative;
use crate::read::naming::canonical::Seat;
use crate::read::naming::citations::Named;
use crate::text::{find, occurrences, prefix_end, suffix_start};
use std::ops::Range;

/// Who signed, and when.
pub(crate) struct Signed {
    pub names: Vec<Found<String>>,
    pub date: Option<Found<PartialDate>>,
}

/// 发文机关署名 and 成文日期: names that stand right before a date, in the head or
/// in the tail; a date on a line of its own.
pub(crate) fn signatures(context: &Context, layout: &Layout, all: &[Dated]) -> Signed {
    let text = context.view.text.as_str();
    let mut signed = Signed { names: Vec::new(), date: None };
    let mut alone = None;
    for (range, date) in all {
        let outside = range.end <= layout.head.end || range.start >= layout.tail.start;
        let after = &text[range.end..];
        let ends = after.is_empty()
            || after.starts_with('\n')
            || after.starts_with("关于")
            || context.view.gap(range.end)
            || after.starts_with(')');
        if !outside || !ends {
            continue;
        }
        // A date in brackets stands below the title.
        let before = text[..range.start].strip_suffix('(').unwrap_or(&text[..range.start]);
        let own_line = before.is_empty() || before.ends_with('\n');
        let after = after.strip_prefix(')').unwrap_or(after);
        let whole_line = after.is_empty() || after.starts_with('\n');
        let signs =
            whole_line && own_line && date.date().is_some() && !is_stamp(&text[range.clone()]);
        if signs && alone.is_none() {
            alone = Some(context.found(*date, range.clone(), Rule::Signature));
        }
        let names = names_before(context, range.start, Rule::Signature);
        if names.is_empty() || date.date().is_none() {
            continue;
        }
        for name in names {
            if !signed.names.iter().any(|known| known.value == name.value) {
                signed.names.push(name);
            }
        }
        signed.date = signed
            .date
            .take()
            .or_else(|| Some(context.found(*date, range.clone(), Rule::Signature)));
    }
    signed.date = signed.date.or(alone);
    signed
}

/// Longest name of a body in characters.
const NAME: usize = 60;

/// Offices that sign for their body: 辽宁省医疗保障局办公室.
const OFFICES: [&str; 4] = ["办公室", "办公厅", "综合司", "综合处"];

/// The bodies whose names stand right before `end`, one after another or one a
/// line, in printed order.
fn names_before(context: &Context, end: usize, rule: Rule) -> Vec<Found<String>> {
    let text = context.view.text.as_str();
    let mut names: Vec<Found<String>> = Vec::new();
    let mut end = end;
    loop {
        let bounded = names.is_empty() || context.view.gap(end);
        let trimmed = without_marks(&text[..end]).len();
        let Some((name, range)) = name_before(context, trimmed, bounded || trimmed < end) else {
            break;
        };
        // Signatures are full names: 省药监局 before a date is running text.
        if is_relative(context.text(range.clone())) {
            break;
        }
        end = range.start;
        names.push(context.found(name, range, rule));
    }
    names.reverse();
    names
}

/// The same where they leave nothing of `range` over; else none.
pub(crate) fn names_filling(
    context: &Context,
    range: Range<usize>,
    rule: Rule,
) -> Vec<Found<String>> {
    let names = names_before(context, range.end, rule);
    let start = context.span(range).start;
    let whole = names.first().is_some_and(|name| name.span.start <= start);
    if whole { names } else { Vec::new() }
}

/// Without the list marks, line ends and page numbers at the end.
fn without_marks(text: &str) -> &str {
    let text = text.trim_end_matches(['\n', '、']);
    let digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if text.len() - digits.len() <= 3 && digits.ends_with('\n') {
        return digits.trim_end_matches('\n');
    }
    text
}

/// The body whose name ends at `end`: a known one, or, if white space or a mark
/// stands behind it, one that white space sets off.
fn name_before(context: &Context, end: usize, bounded: bool) -> Option<(String, Range<usize>)> {
    let text = context.view.text.as_str();
    let near = suffix_start(&text[..end], NAME);
    let line_start = near + text[near..end].rfind('\n').map_or(0, |at| at + 1);
    let line = &text[line_start..end];
    let office = OFFICES.iter().find(|office| line.ends_with(**office)).map(|office| office.len());
    for office in std::iter::once(0).chain(office) {
        let known = context.agencies(&(line_start..end - office)).into_iter().next_back();
        if let Some(known) = known.filter(|known| known.range.end == end - office) {
            let name = format!("{}{}", known.name, &text[end - office..end]);
            return Some((name, known.range.start..end));
        }
    }
    // A long name may take two lines.
    let above = text[near..line_start].trim_end_matches('\n').rfind('\n');
    let above = above.map_or(near, |at| near + at + 1);
    let set_off = |at: &usize| *at == 0 || text[..*at].ends_with('\n') || context.view.gap(*at);
    let named = |range: Range<usize>| context.resolve(&context.printed(range), None);
    // What stands above is a part of the name only if it is no name itself.
    let part = |at: usize| at < line_start && named(at..line_start).is_none();
    let starts = || {
        let all = text[above..end].char_indices().rev().map(|(at, _)| above + at);
        all.filter(|at| bounded && set_off(at) && (*at >= line_start || part(*at)))
    };
    let full = starts().find_map(|at| Some((named(at..end)?, at..end)));
    // Ministries sign without 国家: 卫生健康委 教育部 医保局.
    let national = |at: usize| context.known(&context.printed(at..end), Some(Seat::Nation));
    full.or_else(|| starts().find_map(|at| Some((national(at)?, at..end))))
}

/// 2026-05-25: how sites print the day of publication, and nobody signs.
fn is_stamp(date: &str) -> bool {
    date.contains(['-', '/'])
}

/// 2022年4月20日印发; 发布日期:2026-05-25; 2026-05-25 on a line above the text.
pub(crate) fn published(
    context: &Context,
    layout: &Layout,
    all: &[Dated],
) -> Option<Found<PartialDate>> {
    let text = context.view.text.as_str();
    let found = |(range, date): &Dated| context.found(*date, range.clone(), Rule::DatePhrase);
    let printed = all.iter().find(|(range, _)| {
        text[range.end..].starts_with("印发") && !text[range.end..].starts_with("印发的")
    });
    let stamped = || {
        let head = all.iter().take_while(|(range, _)| range.end <= layout.head.end);
        let opens_line = |start: usize| start == 0 || text[..start].ends_with('\n');
        let mut stamps = head.filter(|(range, _)| opens_line(range.start));
        stamps.find(|(range, _)| is_stamp(&text[range.clone()]))
    };
    printed
        .map(found)
        .or_else(|| labelled_date(context, all, &context.lexicon.layout.published_on))
        .or_else(|| stamped().map(found))
}

/// The first date behind one of `labels`, on its line or the next.
pub(crate) fn labelled_date(
    context: &Context,
    all: &[Dated],
    labels: &Words,
) -> Option<Found<PartialDate>> {
    let text = context.view.text.as_str();
    let before = |range: &Range<usize>| text[..range.start].trim_end_matches('\n');
    let (range, date) = all.iter().find(|(range, _)| labels.end(before(range)).is_some())?;
    Some(context.found(*date, range.clone(), Rule::DatePhrase))
}

/// 来源:四川省科学技术厅: the bodies that a label outside the provisions names.
pub(crate) fn labelled(context: &Context, layout: &Layout) -> Vec<Found<String>> {
    let text = context.view.text.as_str();
    let labels = &context.lexicon.layout.issued_by;
    let colons = occurrences(text, ":").map(|at| at + 1);
    let outside = colons.filter(|&at| at <= layout.head.end || at > layout.tail.start);
    let values = outside.filter(|&at| labels.end(&text[..at]).is_some());
    let mut named = values.map(|at| {
        let start = at + usize::from(text[at..].starts_with('\n'));
        let near = start + prefix_end(&text[start..], NAME);
        let line = text[start..near].find('\n').map_or(near, |line| start + line);
        let end = context.view.first_gap(start, line).unwrap_or(line);
        names_from(context, &(start..end))
    });
    named.find(|names| !names.is_empty()).unwrap_or_default()
}

/// 发文机关标志, or a signature without a date: the longest run of lines in the
/// head, else in the tail, that are names of bodies and nothing else, 文件 apart.
pub(crate) fn name_lines(context: &Context, layout: &Layout) -> Vec<Found<String>> {
    /// Lines of the head and of the tail that are looked at.
    const LINES: usize = 60;
    let names = |line: &Range<usize>| {
        let words = context.text(line.clone()).trim_end_matches("文件");
        names_filling(context, line.start..line.start + words.len(), Rule::Signature)
    };
    [&layout.head, &layout.tail]
        .into_iter()
        .map(|part| {
            let lines = lines(context, part);
            lines
                .iter()
                .take(LINES)
                .map(names)
                .fold(Vec::new(), |a, b| if b.len() > a.len() { b } else { a })
        })
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// The lines of a range that are not empty.
pub(crate) fn lines(context: &Context, range: &Range<usize>) -> Vec<Range<usize>> {
    let text = context.text(range.clone());
    let mut lines = Vec::new();
    let mut start = range.start;
    for line in text.split('\n') {
        if !line.is_empty() {
            lines.push(start..start + line.len());
        }
        start += line.len() + 1;
    }
    lines
}

/// 中共中央办公厅、国务院办公厅印发了《…》: who a report says issued it.
pub(crate) fn reported_by(context: &Context, named: &Named) -> Vec<Found<String>> {
    let before = &context.view.text[..named.whole.start];
    let verb = ["联合印发了", "联合印发", "印发了", "印发", "发布了", "发布", "出台了", "出台"]
        .iter()
        .find_map(|verb| before.strip_suffix(verb));
    verb.map_or(Vec::new(), |before| names_before(context, before.len(), Rule::Lead))
}

/// The bodies that a range opens with, one after another.
fn names_from(context: &Context, range: &Range<usize>) -> Vec<Found<String>> {
    let mut end = range.start;
    let mut names = Vec::new();
    for name in context.agencies(range) {
        if !matches!(context.text(end..name.range.start), "" | "、" | "\n") {
            break;
        }
        end = name.range.end;
        names.push(context.found(name.name, name.range, Rule::Head));
    }
    names
}

/// The agencies whose act a news item reports: those that its first sentence
/// names first, one after another.
pub(crate) fn lead(context: &Context, head: &Range<usize>) -> Vec<Found<String>> {
    let text = context.text(head.clone());
    let first = text.split(['。', '\n']).find(|s| !s.starts_with("附件")).unwrap_or(text);
    let start = head.start + text.find(first).unwrap_or(0);
    let titles = context.instruments(&(start..start + first.len()));
    let mentions = context.agencies(&(start..start + first.len())).into_iter();
    let outside = mentions.filter(|m| {
        !titles.iter().any(|t| t.whole.start <= m.range.start && m.range.end <= t.whole.end)
    });
    let mut issuers: Vec<Found<String>> = Vec::new();
    let mut end = None;
    for mention in outside {
        let joined = end.is_none_or(|end| {
            matches!(
                context.text(end..mention.range.start),
                "、" | "联合" | "会同" | "和" | "与" | "及" | "以及"
            )
        });
        if !joined {
            break;
        }
        end = Some(mention.range.end);
        issuers.push(context.found(mention.name, mention.range, Rule::Lead));
    }
    issuers
}

/// 各处、检查分局、直属事业单位: — the names before the colon of the first
/// paragraph that addresses somebody.
pub(crate) fn addressees(context: &Context, lines: &[Range<usize>]) -> Vec<Found<String>> {
    for line in lines {
        let words = context.text(line.clone());
        let Some(start) = ["各", "局机关", "省直", "市直", "区直", "有关", "机关"]
            .iter()
            .filter_map(|open| find(words, open))
            .min()
        else {
            continue;
        };
        let opens = start == 0 || words[..start].ends_with(['知', '日']);
        let Some(colon) = words[start..]
            .find(':')
            .filter(|&colon| opens && !words[start..start + colon].contains('。'))
        else {
            continue;
        };
        return names_in_list(context, line.start + start..line.start + start + colon);
    }
    Vec::new()
}

/// Parts a list at its marks outside brackets; 各省、自治区、直辖市卫生健康委 is
/// one name, as a name ends like one.
fn names_in_list(context: &Context, range: Range<usize>) -> Vec<Found<String>> {
    let text = context.text(range.clone());
    let mut names = Vec::new();
    let (mut start, mut depth) = (0, 0u32);
    for (at, mark) in text.match_indices(['、', ',', ';', '(', ')']).chain([(text.len(), "")]) {
        match mark {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {
                let words = text[start..at].trim_end_matches(')');
                let whole = mark != "、" || words.ends_with(|c| NAME_ENDS.contains(c));
                if !whole || (depth > 0 && !mark.is_empty()) {
                    continue;
                }
                if start < at {
                    let name = range.start + start..range.start + at;
                    names.push(context.found(context.printed(name.clone()), name, Rule::Head));
                }
                start = at + mark.len();
            }
        }
    }
    names
}

/// What the name of an addressee ends in.
const NAME_ENDS: &str = "局厅委府部会院处室位司心校行署团企业机构";
