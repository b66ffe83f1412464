//! 发文机关署名, 成文日期 and 主送机关: who signed, when, and to whom; who acted, in
//! a news item.

use super::agencies::is_relative;
use super::context::Context;
use super::dates::Dated;
use crate::model::{Found, PartialDate, Rule};
use crate::outline::Layout;
use crate::text::{find, suffix_start};
use std::ops::Range;

/// Who signed, and when.
pub(super) struct Signed {
    pub names: Vec<Found<String>>,
    pub date: Option<Found<PartialDate>>,
}

/// 发文机关署名 and 成文日期: names that stand right before a date, in the head or
/// in the tail; a date on a line of its own.
pub(super) fn signatures(context: &Context, layout: &Layout, all: &[Dated]) -> Signed {
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
        let own_line = range.start == 0 || text[..range.start].ends_with('\n');
        if after.starts_with('\n') && own_line && alone.is_none() && date.date().is_some() {
            alone = Some(context.found(*date, range.clone(), Rule::Signature));
        }
        let names = names_before(context, range.start);
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
fn names_before(context: &Context, end: usize) -> Vec<Found<String>> {
    let text = context.view.text.as_str();
    let mut names: Vec<Found<String>> = Vec::new();
    let mut end = end;
    loop {
        let trimmed = text[..end].trim_end_matches(['\n', '、']).len();
        let near = suffix_start(&text[..trimmed], NAME);
        let line_start = near + text[near..trimmed].rfind('\n').map_or(0, |at| at + 1);
        let line = line_start..trimmed;
        let office = OFFICES
            .iter()
            .find(|office| text[line.clone()].ends_with(**office))
            .map_or("", |office| *office);
        let whole =
            context.agencies(&line).into_iter().next_back().filter(|m| m.range.end == trimmed);
        let parent = || {
            let parent =
                context.agencies(&(line.start..trimmed - office.len())).into_iter().next_back()?;
            (parent.range.end + office.len() == trimmed).then_some(parent)
        };
        let name = match whole.map(|m| (m.name, m.range)).or_else(|| {
            let parent = parent()?;
            Some((format!("{}{office}", parent.name), parent.range.start..trimmed))
        }) {
            Some(found) => Some(found),
            None => {
                context.resolve(context.text(line.clone()), None).map(|name| (name, line.clone()))
            }
        };
        let Some((name, range)) = name else { break };
        // Signatures are full names: 省药监局 before a date is running text.
        if is_relative(context.text(range.clone())) {
            break;
        }
        end = range.start;
        names.push(context.found(name, range, Rule::Signature));
        let glued = !text[..end].ends_with(['\n', '、']);
        if end == 0
            || (glued
                && context.agencies(&(line_start..end)).last().is_none_or(|m| m.range.end != end))
        {
            break;
        }
    }
    names.reverse();
    names
}

/// 2022年4月20日印发; 发布日期:2026-05-25.
pub(super) fn published(context: &Context, all: &[Dated]) -> Option<Found<PartialDate>> {
    let text = context.view.text.as_str();
    let labels = ["发布日期:", "发布时间:", "公开日期:", "公布日期:"];
    let (range, date) = all.iter().find(|(range, _)| {
        let printed =
            text[range.end..].starts_with("印发") && !text[range.end..].starts_with("印发的");
        printed || labels.iter().any(|label| text[..range.start].ends_with(label))
    })?;
    Some(context.found(*date, range.clone(), Rule::DatePhrase))
}

/// The agencies whose act a news item reports: those that its first sentence
/// names first, one after another.
pub(super) fn lead(context: &Context, head: &Range<usize>) -> Vec<Found<String>> {
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
pub(super) fn addressees(context: &Context, lines: &[Range<usize>]) -> Vec<Found<String>> {
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

/// Parts a list at its marks; 各省、自治区、直辖市卫生健康委 is one name, as a name
/// ends like one.
fn names_in_list(context: &Context, range: Range<usize>) -> Vec<Found<String>> {
    let text = context.text(range.clone());
    let mut names = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['、', ',']).chain([(text.len(), "")]) {
        let whole = mark != "、" || text[..at].ends_with(|c| NAME_ENDS.contains(c));
        if whole && start < at {
            let name = range.start + start..range.start + at;
            names.push(context.found(context.printed(name.clone()), name, Rule::Head));
        }
        if whole {
            start = at + mark.len();
        }
    }
    names
}

/// What the name of an addressee ends in.
const NAME_ENDS: &str = "局厅委府部会院处室位司心校行署团企业机构";
