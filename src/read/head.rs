//! The head and the tail of a document: title, number, issuers, dates, genre.

use super::citations::{Named, names_itself, numbers, same_title};
use super::context::{Context, Place, tail};
use super::dates::{Dated, dates};
use crate::lexicon::NATION;
use crate::model::{Citation, Dates, Found, Genre, InstrumentKind, Rule};
use crate::outline::Layout;
use crate::text::contains_any;
use std::ops::Range;

/// What the head and the tail say of the document.
pub(crate) struct Head {
    pub title: Option<Found<String>>,
    pub number: Option<Found<String>>,
    pub genre: Genre,
    pub issuers: Vec<Found<String>>,
    pub addressees: Vec<Found<String>>,
    pub dates: Dates,
    pub implements: Vec<Citation>,
}

/// Reads the head and the tail.
pub(crate) fn read(context: &Context, layout: &Layout) -> Head {
    let text = context.view.text.as_str();
    let all = dates(text);
    let lines = lines(context, &layout.head);
    let instruments = context.instruments(&layout.head);

    let printed = title_lines(context, &lines);
    let title = printed
        .last()
        .cloned()
        .map(|range| context.found(context.printed(range.clone()), range, Rule::Head));
    let title = title.or_else(|| announced(context, &instruments));
    let number = lines.iter().find_map(|line| number_line(context, line));

    let mut signed = signatures(context, layout, &all);
    let text_of_its_own = !printed.is_empty() && !layout.measures.is_empty();
    let formal = !signed.names.is_empty() || number.is_some() || text_of_its_own;
    let genre = genre(context, layout, title.as_ref(), formal);
    if signed.names.is_empty() {
        signed.names = match genre {
            Genre::News | Genre::Interview => lead(context, &layout.head),
            _ => {
                printed.iter().find_map(|line| named_in_title(context, line)).into_iter().collect()
            }
        };
    }
    let mut found =
        Dates { signed: signed.date, published: published(context, &all), ..Dates::default() };
    let solicits = genre == Genre::Draft || contains_any(text, &["征集"]);
    context.validity(&mut found, &all, solicits);
    Head {
        addressees: addressees(context, &lines),
        implements: implements(context, layout, genre, title.as_ref(), instruments),
        title,
        number,
        genre,
        issuers: signed.names,
        dates: found,
    }
}

impl Head {
    /// Whose 省药监局 is meant: the region of the first issuer, else of the
    /// number, else the one that the title opens with.
    pub fn place(&self, context: &Context) -> Place {
        let regions = &context.lexicon.regions;
        let issuer = self
            .issuers
            .iter()
            .find_map(|issuer| context.region_of(&issuer.value))
            .map(|(region, _)| region);
        let number = || regions.abbreviated(&self.number.as_ref()?.value);
        let title = || regions.prefix(&self.title.as_ref()?.value, None).map(|(region, _)| region);
        let national = issuer.is_none() && !self.issuers.is_empty();
        Place { region: if national { None } else { issuer.or_else(number).or_else(title) } }
    }

    /// Province-level names of the issuers' regions.
    pub fn regions(&self, context: &Context) -> Vec<String> {
        let table = &context.lexicon.regions;
        let mut names: Vec<String> = Vec::new();
        let province = |region| table.get(table.province(region)).name.to_owned();
        for issuer in &self.issuers {
            let name = context
                .region_of(&issuer.value)
                .map_or_else(|| NATION.to_owned(), |(region, _)| province(region));
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() {
            names.extend(context.place.region.map(province));
        }
        names
    }
}

/// The lines of a range that are not empty.
fn lines(context: &Context, range: &Range<usize>) -> Vec<Range<usize>> {
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

/// Longest title in characters.
const TITLE: usize = 100;

/// Most lines that the head of a title takes.
const TITLE_LINES: usize = 12;

/// Lines that are titles, joined where a title takes several, in order.
fn title_lines(context: &Context, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let text = |range: &Range<usize>| context.text(range.clone());
    let mut titles: Vec<Range<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let words = text(line);
        if !is_title(context, words) {
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
        titles.push(start..line.end);
    }
    titles
}

/// True if a title that goes on with `rest` may begin with the line `part`:
/// 内蒙古自治区人民政府办公厅关于 / 全面加强药品监管能力建设 / 工作措施的通知.
fn opens_title(context: &Context, part: &str, rest: &str) -> bool {
    let words = part.chars().count();
    let other = !numbers(part).is_empty() || !dates(part).is_empty() || is_title(context, part);
    if words > 40 || other || part.contains(['。', ':', ';', '》', '/']) {
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
        let whole = rest.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        let name = whole.take(40).find(|&end| context.resolve(&rest[..end], None).is_some());
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
    let kind = context.lexicon.instruments.kind_by_suffix(line);
    let closed = !line.contains('(') || line.ends_with(')');
    (4..=TITLE).contains(&chars)
        && !opening
        && !sentence
        && closed
        && kind == InstrumentKind::Policy
}

/// 《…》已经局务会议审议通过; 现就《…》公开征求意见; 制定发布《…》.
fn announced(context: &Context, instruments: &[Named]) -> Option<Found<String>> {
    let text = context.view.text.as_str();
    let own = instruments.iter().find(|named| {
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
    })?;
    Some(context.found(context.printed(own.words.clone()), own.words.clone(), Rule::BookTitle))
}

/// The document's own number: on a short line, not in brackets behind a title.
fn number_line(context: &Context, line: &Range<usize>) -> Option<Found<String>> {
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

/// Who signed, and when.
struct Signed {
    names: Vec<Found<String>>,
    date: Option<Found<crate::model::PartialDate>>,
}

/// 发文机关署名 and 成文日期: names that stand right before a date, in the head or
/// in the tail; a date on a line of its own.
fn signatures(context: &Context, layout: &Layout, all: &[Dated]) -> Signed {
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
        let near = tail(&text[..trimmed], NAME);
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
        if !context.text(range.clone()).starts_with(|c| name.starts_with(c)) {
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
fn published(context: &Context, all: &[Dated]) -> Option<Found<crate::model::PartialDate>> {
    let text = context.view.text.as_str();
    let labels = ["发布日期:", "发布时间:", "公开日期:", "公布日期:"];
    let (range, date) = all.iter().find(|(range, _)| {
        let printed =
            text[range.end..].starts_with("印发") && !text[range.end..].starts_with("印发的");
        printed || labels.iter().any(|label| text[..range.start].ends_with(label))
    })?;
    Some(context.found(*date, range.clone(), Rule::DatePhrase))
}

fn genre(context: &Context, layout: &Layout, title: Option<&Found<String>>, formal: bool) -> Genre {
    let text = context.view.text.as_str();
    let head = context.text(layout.head.clone());
    let title = title.map_or("", |title| title.value.as_str());
    if layout.interview {
        return Genre::Interview;
    }
    let asks = head.contains("公开征求") || (head.contains("征求") && head.contains("意见反馈"));
    if title.contains("征求意见") || title.contains("草案") || asks {
        return Genre::Draft;
    }
    let announces = || {
        contains_any(
            text,
            &["通告如下", "公告如下", "通知如下", "特此通告", "特此公告", "特此通知"],
        )
    };
    if !formal && reports(head) && !announces() {
        return Genre::News;
    }
    let noun = title.split('(').next().unwrap_or(title);
    let bare = ["通知", "公告", "通告", "函"].iter().find_map(|kind| noun.strip_suffix(kind));
    match bare {
        // …工作措施的通知 carries measures; a plain 通知 does not.
        Some(about) => {
            let carried = about.trim_end_matches(['的', '》', '>']);
            let carries =
                ["措施", "意见", "方案", "规划", "计划", "办法", "规定", "细则", "纲要", "行动"];
            if carries.iter().any(|noun| carried.ends_with(noun)) {
                Genre::Measures
            } else {
                Genre::Notice
            }
        }
        None if title.is_empty() => Genre::Notice,
        None => Genre::Measures,
    }
}

/// 近日, 日前, 6月3日: a news item says when in its first sentences.
fn reports(head: &str) -> bool {
    let lead: String = head.chars().take(120).collect();
    let day = dates_without_year(&lead);
    day || ["近日", "日前", "近期", "今天", "昨日", "近年来"].iter().any(|word| lead.contains(word))
}

/// 6月4日四川省药监局…
fn dates_without_year(lead: &str) -> bool {
    lead.match_indices('月').any(|(at, _)| {
        let digit = lead[..at].ends_with(|c: char| c.is_ascii_digit());
        let month = lead[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        digit && !month.ends_with('年') && lead[at..].contains('日')
    })
}

/// The agencies whose act a news item reports: those that its first sentence
/// names first, one after another.
fn lead(context: &Context, head: &Range<usize>) -> Vec<Found<String>> {
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

/// 内蒙古自治区人民政府办公厅关于…: the issuer that a title opens with.
fn named_in_title(context: &Context, title: &Range<usize>) -> Option<Found<String>> {
    let first = context
        .agencies(title)
        .into_iter()
        .next()
        .filter(|mention| mention.range.start == title.start)?;
    let after = &context.view.text[first.range.end..title.end];
    let issues = ["关于", "等", "印发", "\n关于"].iter().any(|word| after.starts_with(word));
    issues.then(|| context.found(first.name, first.range, Rule::Head))
}

/// 各处、检查分局、直属事业单位: — the names before the colon of the first
/// paragraph that addresses somebody.
fn addressees(context: &Context, lines: &[Range<usize>]) -> Vec<Found<String>> {
    for line in lines {
        let words = context.text(line.clone());
        let Some(start) = ["各", "局机关", "省直", "市直", "区直", "有关", "机关"]
            .iter()
            .filter_map(|open| words.find(open))
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

/// True if `before`, the sentence up to a title, ends in words of carrying out,
/// with nothing but other titles and their issuers in between.
fn carries_out(before: &str) -> bool {
    let cues = ["贯彻", "落实", "根据", "依据", "按照", "遵照", "依照"];
    let Some(cue) = cues.iter().filter_map(|cue| before.rfind(cue).map(|at| at + cue.len())).max()
    else {
        return false;
    };
    let mut depth = 0;
    let mut between = String::new();
    for c in before[cue..].chars() {
        match c {
            '《' | '(' => depth += 1,
            '》' | ')' => depth -= 1,
            c if depth == 0 => between.push(c),
            _ => {}
        }
    }
    between.chars().count() <= 30 && !between.contains([',', ';', ':'])
}

/// 为贯彻落实《…》, 根据《…》: what the head says the document carries out.
fn implements(
    context: &Context,
    layout: &Layout,
    genre: Genre,
    title: Option<&Found<String>>,
    instruments: Vec<Named>,
) -> Vec<Citation> {
    if genre == Genre::Interview {
        return Vec::new();
    }
    let text = context.view.text.as_str();
    let mut implements: Vec<Citation> = Vec::new();
    for named in instruments {
        let sentence = text[layout.head.start..named.whole.start]
            .rfind(['。', '\n'])
            .map_or(layout.head.start, |stop| layout.head.start + stop);
        let before = &text[sentence..named.whole.start];
        let own = title.is_some_and(|title| names_itself(&title.value, &named.title));
        if own || !carries_out(before) {
            continue;
        }
        match implements.iter_mut().find(|c| same_title(&c.title, &named.title)) {
            Some(known) => known.number = known.number.take().or(named.number),
            None => implements.push(context.citation(named)),
        }
    }
    implements
}
