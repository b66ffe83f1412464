//! 标题 and 发文字号: lines that are titles, and the number beside them.

use super::dates::dates;
use super::signature::names_filling;
use crate::model::{Found, InstrumentKind, Rule};
use crate::read::context::Context;
use crate::read::naming::citations::Named;
use crate::read::naming::numbers::numbers;
use crate::text::{find, is_numeral, is_within, prefix_end};
use std::ops::Range;

/// Longest title in characters.
const TITLE: usize = 100;

/// Most lines that the head of a title takes.
const TITLE_LINES: usize = 12;

/// Lines that are titles, joined where a title takes several, in order.
pub(crate) fn title_lines(context: &Context, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let text = |range: &Range<usize>| context.text(range.clone());
    let mut titles: Vec<Range<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let words = text(line);
        let above = || at > 0 && opens_title(context, text(&lines[at - 1]), words);
        if !(is_title(context, words) || is_noun(context, words) && above()) {
            continue;
        }
        let mut start = line.start;
        for before in lines[..at].iter().rev().take(TITLE_LINES) {
            let (part, rest) = (text(before), text(&(start..line.end)));
            if !opens_title(context, part, rest) {
                break;
            }
            start = before.start;
        }
        let end = lines[at + 1..].iter().take_while(|next| is_edition(context, text(next))).last();
        titles.push(start..end.unwrap_or(line).end);
    }
    titles
}

/// 意见, 措施: the last word of a title, on a line of its own.
fn is_noun(context: &Context, line: &str) -> bool {
    is_within(line, 3) && context.lexicon.instruments.kind(line) == InstrumentKind::Policy
}

/// (征求意见稿), (试行), (2026-2028年) on a line of its own behind a title.
fn is_edition(context: &Context, line: &str) -> bool {
    /// Longest such line in characters.
    const EDITION: usize = 16;
    line.starts_with('(')
        && line.ends_with(')')
        && is_within(line, EDITION)
        && context.lexicon.layout.closings.start(line).is_none()
        && dates(line).is_empty()
        && numbers(line).is_empty()
}

/// True if a title that goes on with `rest` may begin with the line `part`:
/// 内蒙古自治区人民政府办公厅关于 / 全面加强药品监管能力建设 / 工作措施的通知.
fn opens_title(context: &Context, part: &str, rest: &str) -> bool {
    let words = part.chars().count();
    let other = !numbers(part).is_empty() || !dates(part).is_empty() || is_title(context, part);
    if words > 40 || other || part.starts_with('(') || part.contains(['。', ':', ';', '》', '/'])
    {
        return false;
    }
    if part.ends_with("关于") || part.ends_with("关于印发") {
        return true;
    }
    // The issuers stand before 关于, one a line or several.
    let issuers = names_all(context, part);
    if rest.starts_with("关于")
        || (issuers && names_all(context, rest.split("关于").next().unwrap_or_default()))
    {
        return issuers;
    }
    let middle = !issuers && (6..=30).contains(&words) && !part.contains(',');
    !rest.contains("关于") && (part.contains("关于") || middle)
}

/// True if `line` is names of bodies and nothing else.
fn names_all(context: &Context, line: &str) -> bool {
    let mut rest = line;
    while !rest.is_empty() {
        let near = &rest[..prefix_end(rest, 40)];
        let mut ends = near.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        let name = ends.find(|&end| context.resolve(&rest[..end], None).is_some());
        let Some(end) = name else { return false };
        rest = rest[end..].trim_start_matches(['、', '\n']);
    }
    !line.is_empty()
}

/// …若干措施, …的通知, a closing (试行) or (征求意见稿) included.
fn is_title(context: &Context, line: &str) -> bool {
    let chars = line.chars().count();
    let bare = line.split('(').next().unwrap_or(line);
    let opening = line.starts_with("附件") || line.starts_with('《') || line.starts_with('(');
    let sentence = line.contains(['。', ';', ':']) || bare.is_empty();
    let kind = context.lexicon.instruments.kind(line);
    let closed = !line.contains('(') || line.ends_with(')');
    (4..=TITLE).contains(&chars)
        && !opening
        && !sentence
        && closed
        && kind == InstrumentKind::Policy
}

/// 《…》已经局务会议审议通过; 现就《…》公开征求意见; 制定发布《…》.
pub(crate) fn announced<'n>(context: &Context, instruments: &'n [Named]) -> Option<&'n Named> {
    let text = context.view.text.as_str();
    instruments.iter().find(|named| {
        let before = &text[..named.whole.start];
        let after = &text[named.whole.end..];
        let made = [
            "制定了",
            "制定发布",
            "制定印发",
            "印发了",
            "印发",
            "发布",
            "发布了",
            "出台",
            "出台了",
            "起草了",
            "现就",
            "现对",
            "现将",
            "形成了",
        ];
        let passed = ["已经", "已通过", "已由", "现印发", "现予", "(以下简称", "(征求意见稿)"];
        let made = made.iter().any(|verb| before.ends_with(verb));
        let passed = passed.iter().any(|verb| after.starts_with(verb));
        (made || passed) && named.rule == Rule::BookTitle
    })
}

/// The document's own number: on a short line, not in brackets behind a title.
pub(crate) fn number_line(context: &Context, line: &Range<usize>) -> Option<Found<String>> {
    let words = context.text(line.clone());
    if words.chars().count() > TITLE {
        return None;
    }
    let (range, number) = numbers(words).into_iter().next()?;
    let (before, after) = (&words[..range.start], &words[range.end..]);
    let cited = before.contains('《')
        || (before.ends_with('(') && after.starts_with(')') && before.chars().count() > 1);
    let sentence = after.chars().count() > 30 || after.contains('。') || before.contains('。');
    (!cited && !sentence).then(|| {
        context.found(number, line.start + range.start..line.start + range.end, Rule::Head)
    })
}

/// 中共中央办公厅 国务院办公厅关于…, …等3部门印发…: the issuers that a title
/// opens with.
pub(crate) fn named_in_title(context: &Context, title: &Range<usize>) -> Vec<Found<String>> {
    let words = context.text(title.clone());
    let Some(about) = find(words, "关于").or_else(|| find(words, "印发")) else {
        return Vec::new();
    };
    let others = words[..about].trim_end_matches(['部', '门', '单', '位']);
    let others = others.trim_end_matches(|c: char| c.is_ascii_digit() || is_numeral(c));
    let end = title.start + others.strip_suffix('等').unwrap_or(&words[..about]).len();
    names_filling(context, title.start..end, Rule::Head)
}
