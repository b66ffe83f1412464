use super::marker::{Marker, OrdinalLevel};
use crate::lexicon::{Lexicon, Words};
use crate::text::{Table, View, first_chars, is_han, is_numeral, is_within, prefix_end};

/// Returns the end of the body: the start of the first closing paragraph in `from..until`. All
/// after it is closing matter: 本措施自…起施行, signatures, attachments, 抄送, lines of the web page.
/// The cells of tables are no paragraphs.
pub(crate) fn body_end(view: &View, lexicon: &Lexicon, from: usize, until: usize) -> Option<usize> {
    paragraphs(view, lexicon, from, until)
        .filter(|&(start, _)| !view.table_at(start).is_some_and(Table::is_grid))
        .find(|&(start, end)| {
            let paragraph = &view.text[start..end];
            let line = || view.text[..start].ends_with('\n') && is_furniture(lexicon, paragraph);
            start > from
                && (is_closing(lexicon, paragraph)
                    || is_signature(view, lexicon, start, end)
                    || line())
        })
        .map(|(start, _)| start)
}

/// Paragraphs of `from..until`: lines; parts of a line between a stop and white space
/// (flattened text); and 附件 or 本…施行 after a stop.
fn paragraphs(
    view: &View,
    lexicon: &Lexicon,
    from: usize,
    until: usize,
) -> impl Iterator<Item = (usize, usize)> {
    let text = &view.text[..until];
    let mut start = from;
    std::iter::from_fn(move || {
        if start >= text.len() {
            return None;
        }
        let mut at = start;
        let end = loop {
            let Some(stop) = next_stop(&text[at..]) else { break text.len() };
            at += stop;
            if text.as_bytes()[at] == b'\n' {
                break at;
            }
            let day = text[at..].starts_with(DAY);
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            let rest = &text[at..];
            // In a flattened text a date is a paragraph of its own, or with the names before it:
            // 二〇〇五年六月二十日, 某某市教育局 2025年6月20日.
            if day && !(view.gap(at) && ends_in_date(&text[start..at])) {
                continue;
            }
            if view.gap(at)
                || signs_line(rest)
                || (lexicon.cues.outline.attachments.start(rest).is_some()
                    && !refers_to_annex(lexicon, rest))
                || (rest.starts_with('本') && is_force_clause(lexicon, rest))
            {
                break at;
            }
        };
        let paragraph = (start, end);
        start = if text[end..].starts_with('\n') { end + 1 } else { end };
        Some(paragraph)
    })
}

/// Last character of a date.
const DAY: char = '日';

/// Returns the offset of the first line end, 。, !, ) or 日.
fn next_stop(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find(|&at| match bytes[at] {
        b'\n' | b'!' | b')' => true,
        0xE3 => bytes[at..].starts_with("。".as_bytes()),
        0xE6 => bytes[at..].starts_with("日".as_bytes()),
        _ => false,
    })
}

fn is_closing(lexicon: &Lexicon, paragraph: &str) -> bool {
    (lexicon.layout.closings.start(paragraph).is_some() && !refers_to_annex(lexicon, paragraph))
        || is_force_clause(lexicon, paragraph)
        || is_explained(lexicon, paragraph)
        || invites(lexicon, paragraph)
        || names_file(lexicon, paragraph)
        || states(lexicon, paragraph)
}

/// Returns true for a line that states a fact about the document: 成文日期:2025年4月20日.
fn states(lexicon: &Lexicon, line: &str) -> bool {
    /// Maximum length in characters.
    const MAX_LINE: usize = 60;
    let words = &lexicon.layout;
    let labels = [
        &words.issued_by,
        &words.numbered,
        &words.signed_on,
        &words.published_on,
        &words.effective_on,
        &words.expires_on,
    ];
    let mut values = labels.into_iter().filter_map(|list| list.strip_start(line));
    values.any(|value| value.starts_with(':')) && is_within(line, MAX_LINE) && !line.contains('。')
}

/// Returns true for a line with the name of an attached file: 申报表.docx.
fn names_file(lexicon: &Lexicon, line: &str) -> bool {
    /// Maximum length in characters.
    const MAX_LINE: usize = 60;
    lexicon.layout.file_endings.end(line).is_some()
        && is_within(line, MAX_LINE)
        && !line.contains(['。', ';'])
}

/// Returns true for a sentence about an annex: 附件1所列岗位每人补贴3万元。 A list (附件:1.目录) and
/// the title of an annex are none.
fn refers_to_annex(lexicon: &Lexicon, paragraph: &str) -> bool {
    /// Maximum length of the sentence in characters.
    const MAX_SENTENCE: usize = 120;
    let cues = &lexicon.cues.outline;
    let near = first_chars(paragraph, MAX_SENTENCE);
    let Some(mut rest) = cues.annexes.strip_start(near) else { return false };
    // 附件1、附件2和附表中的项目.
    loop {
        rest = rest.trim_start_matches(|c: char| {
            c.is_ascii_alphanumeric()
                || is_numeral(c)
                || matches!(c, '-' | '、' | '和' | '及' | '至')
        });
        match cues.annexes.strip_start(rest) {
            Some(next) => rest = next,
            None => break,
        }
    }
    let stop = rest.find(['。', '\n']);
    cues.annex_references.start(rest).is_some()
        && stop.is_some_and(|at| rest[at..].starts_with('。'))
}

/// Returns the start of the paragraphs to all addressees at the end of the last item, whose text
/// ends at `tail`: 请各单位于6月30日前将总结报送省局。 Returns `tail` if there is none.
pub(crate) fn addresses(view: &View, lexicon: &Lexicon, last: &Marker, tail: usize) -> usize {
    let Some(own) = own_end(view, lexicon, last, tail) else { return tail };
    let mut end = tail;
    while let Some(start) = last_paragraph(view, own, end) {
        let paragraph = view.text[start..end].trim_start_matches('\n');
        // The paragraphs (款) of an article are its own.
        let granted = || last.level != OrdinalLevel::Article && is_on_grants(lexicon, paragraph);
        if !is_address(lexicon, paragraph) && !granted() {
            break;
        }
        end = start;
    }
    let line_end = end < tail && view.text[end..].starts_with('\n');
    end + usize::from(line_end)
}

/// Returns the end of the paragraph with which the text of an item begins, or of the next one if
/// the first is a heading. Returns `None` if there is no other paragraph, or if the item is itself
/// on what all addressees do: 三、工作要求.
fn own_end(view: &View, lexicon: &Lexicon, item: &Marker, tail: usize) -> Option<usize> {
    /// Maximum length in characters of a heading that is a paragraph.
    const MAX_HEADING: usize = 24;
    let first = paragraph_end(view, item.end, tail).filter(|&end| end < tail)?;
    let paragraph = &view.text[item.end..first];
    let line = view.first_gap(item.end, first).map_or(paragraph, |gap| &view.text[item.end..gap]);
    let words = line.trim_end_matches(['。', ':']);
    let is_heading = is_within(words, MAX_HEADING) && !words.contains(['。', ',', ';', ':']);
    let sentence =
        words.contains(|c: char| c.is_ascii_digit()) || item.level > OrdinalLevel::Second;
    if !is_heading || (words.len() < line.len() && sentence) {
        return Some(first);
    }
    if lexicon.cues.outline.address_headings.occur_in(words) {
        return None;
    }
    if line.len() < paragraph.len() {
        return Some(first);
    }
    let second = first + usize::from(view.text[first..].starts_with('\n'));
    paragraph_end(view, second, tail).filter(|&end| end < tail)
}

/// Returns the end of the paragraph that begins at `start`: a line end, or a blank after 。 in
/// flattened text.
fn paragraph_end(view: &View, start: usize, until: usize) -> Option<usize> {
    let line = view.text[start..until].find('\n').map_or(until, |line| start + line);
    let mut at = start;
    while let Some(gap) = view.first_gap(at, line) {
        if view.text[..gap].ends_with('。') {
            return Some(gap);
        }
        at = gap;
    }
    Some(line)
}

/// Returns the start of the last paragraph of `from..end`, line ends before it included; `None` if
/// it is the only one.
fn last_paragraph(view: &View, from: usize, end: usize) -> Option<usize> {
    let text = view.text[from..end].trim_end_matches('\n');
    let line = text.rfind('\n').map(|line| from + line);
    let mut until = from + text.len();
    while let Some(gap) = view.last_gap(line.unwrap_or(from), until) {
        if view.text[..gap].ends_with('。') {
            return Some(gap);
        }
        until = gap;
    }
    line.or_else(|| (from < end && view.gap(from)).then_some(from))
}

/// Returns true for a paragraph on all that the document grants: 以上政策与其他政策重复的,从高执行.
fn is_on_grants(lexicon: &Lexicon, paragraph: &str) -> bool {
    let cues = &lexicon.cues.outline;
    let clause = paragraph.split([',', '。']).next().unwrap_or_default();
    // 本方案实施中避免重复建设, 本措施中的奖励按就高原则兑付 are no such sentences.
    let whole = lexicon.cues.validity.own.start(paragraph).is_none() || clause.contains('与');
    whole && cues.granted.start(paragraph).is_some() && cues.overlaps.occur_in(paragraph)
}

/// Returns true for a paragraph to all addressees: 各市局要高度重视此项工作.
fn is_address(lexicon: &Lexicon, paragraph: &str) -> bool {
    let cues = &lexicon.cues.outline;
    let says = |openings: &Words, asks: &Words| {
        openings.start(paragraph).is_some() && asks.occur_in(paragraph)
    };
    says(&cues.requests, &cues.requested)
        || says(&cues.addressed, &cues.contacts)
        || says(&cues.addressed, &cues.expected)
        || says(&cues.occasions, &cues.reported)
}

/// Returns true for a line of the web page around the document: 上一篇:….
fn is_furniture(lexicon: &Lexicon, line: &str) -> bool {
    /// Maximum length in characters: a link to another document is as long as its title.
    const MAX_LINE: usize = 60;
    // 承办单位应当履行下列职责: is a sentence.
    lexicon.layout.furniture.start(line).is_some()
        && !line.contains('。')
        && is_within(line, MAX_LINE)
        && !lexicon.cues.outline.clauses.occur_in(line)
}

/// Returns true for a sentence on the document's validity: 本措施自2025年6月16日起施行,有效期两年。
fn is_force_clause(lexicon: &Lexicon, paragraph: &str) -> bool {
    /// Maximum length in characters.
    const MAX_SENTENCE: usize = 80;
    let paragraph = &paragraph[..prefix_end(paragraph, MAX_SENTENCE)];
    let first = paragraph.split('。').next().unwrap_or(paragraph);
    let first = without_label(first);
    let cues = &lexicon.cues.outline;
    let dated = || first.chars().take(20).any(|c| c == '自') || cues.force_terms.occur_in(first);
    cues.force_openings.start(first).is_some() && dated() && cues.force_verbs.occur_in(first)
}

/// Returns true for a paragraph on who explains the document: 本通知由省体育局负责解释。
fn is_explained(lexicon: &Lexicon, paragraph: &str) -> bool {
    /// Maximum length in characters.
    const MAX_SENTENCE: usize = 80;
    lexicon.cues.validity.own.start(paragraph).is_some()
        && is_within(paragraph, MAX_SENTENCE)
        && lexicon.cues.outline.explained.occur_in(paragraph)
}

/// Returns the text after a label of up to 6 characters: 施行说明:本意见自….
fn without_label(sentence: &str) -> &str {
    match sentence.split_once(':') {
        Some((label, rest)) if is_within(label, 6) => rest,
        _ => sentence,
    }
}

/// Returns true for an invitation after the provisions: 欢迎我市医疗器械企业…积极参与.
fn invites(lexicon: &Lexicon, paragraph: &str) -> bool {
    let invitations = &lexicon.cues.outline.invitations;
    paragraph.split('。').any(|sentence| invitations.start(sentence).is_some())
}

/// Returns true for a date line, for names before a date on one line, and for a line of names above
/// one.
fn is_signature(view: &View, lexicon: &Lexicon, start: usize, end: usize) -> bool {
    let paragraph = &view.text[start..end];
    if is_date(paragraph) {
        return true;
    }
    if !is_name_line(view, start, paragraph) && !is_name_list(lexicon, paragraph) {
        return false;
    }
    if let Some(year) = YEARS.iter().filter_map(|year| paragraph.find(year)).min() {
        let signed = || {
            let before = &paragraph[..year];
            let apart = view.gap(start + year);
            lexicon.names.organs.of(before).is_some()
                || (apart && lexicon.cues.outline.deadlines.end(before).is_none())
        };
        return year > 0 && is_date(&paragraph[year..]) && signed();
    }
    // Several signatures may come before the date. Only the first characters of each line are
    // read, to stay linear: a text may be one line with a paragraph every few words.
    let mut start = end + view.text[end..].len() - view.text[end..].trim_start_matches('\n').len();
    for _ in 0..30 {
        let line = near_line(&view.text[start..]);
        if view.table_at(start).is_some_and(Table::is_grid) {
            return false;
        }
        if is_date(line) || !is_name_line(view, start, line) {
            return is_date(line);
        }
        start += line.len();
        start += usize::from(view.text[start..].starts_with('\n'));
    }
    false
}

/// First characters of the years of dates.
const YEARS: [&str; 6] = ["20", "19", "二〇", "二○", "二零", "一九"];

/// Returns the first line of `text`, or the first characters of one that is too long to be names.
fn near_line(text: &str) -> &str {
    let bytes = &text.as_bytes()[..text.len().min((MAX_NAMES + 1) * char::MAX.len_utf8())];
    let end = memchr::memchr(b'\n', bytes);
    end.map_or_else(|| first_chars(text, MAX_NAMES + 1), |end| &text[..end])
}

/// Maximum length in characters of a line that is a name.
const MAX_NAME: usize = 31;

/// Maximum length in characters of a line of names with white space between them.
const MAX_NAMES: usize = 120;

/// Returns true if the line at `start` can be a name, or names with white space between them.
fn is_name_line(view: &View, start: usize, line: &str) -> bool {
    if line.contains(['。', ',', ';', ':', '、']) || !line.contains(is_han) {
        return false;
    }
    let (mut part, end) = (start, start + line.len());
    while let Some(gap) = view.first_gap(part, end) {
        if !is_within(&view.text[part..gap], MAX_NAME) {
            return false;
        }
        part = gap;
    }
    is_within(&view.text[part..end], MAX_NAME) && is_within(line, MAX_NAMES)
}

/// Returns true for the names of bodies with 、 between them: 某市教育局、某市财政局.
fn is_name_list(lexicon: &Lexicon, line: &str) -> bool {
    let words = &lexicon.names;
    let is_body = |name: &str| {
        is_within(name, MAX_NAME)
            && words.organs.of(name).is_some()
            && words.classes.starts.start(name).is_none()
            && !words.not_in_names.occur_in(name)
    };
    is_within(line, MAX_NAMES)
        && line.contains('、')
        && !line.contains(['。', ',', ';', ':', '('])
        && line.split('、').all(is_body)
}

/// Returns true for names and a date that end a line, without white space before them in a flattened
/// text: 抓好落实。某某省人民政府办公厅2024年2月9日.
fn signs_line(text: &str) -> bool {
    /// Maximum length of the line in bytes.
    const LONGEST: usize = 3 * MAX_NAMES;
    let end = match memchr::memchr(b'\n', &text.as_bytes()[..text.len().min(LONGEST)]) {
        Some(end) => end,
        None if text.len() <= LONGEST => text.len(),
        None => return false,
    };
    text[..end].ends_with(DAY) && text.starts_with(is_han) && ends_in_date(&text[..end])
}

/// Returns true for a date, or for names without marks before one.
fn ends_in_date(words: &str) -> bool {
    if words.contains(['。', ',', ';', ':', '、']) || !is_within(words, MAX_NAMES) {
        return false;
    }
    let year = YEARS.iter().filter_map(|year| words.find(year)).min();
    year.is_some_and(|year| is_date(&words[year..]))
}

/// Returns true for 2025年5月14日 alone, or followed by a bracket or 印发.
fn is_date(line: &str) -> bool {
    let line = line.trim_end_matches([')', '印', '发']);
    line.ends_with('日')
        && is_within(line, 14)
        && line.contains('年')
        && line.contains('月')
        && line.starts_with(['1', '2', '一', '二'])
}
