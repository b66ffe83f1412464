use crate::lexicon::Lexicon;
use crate::text::{View, is_han, is_numeral, ordinal, prefix_end};

/// 结构层次序数 — the rungs of the ladder of GB/T 9704—2012, 7.3.3, and those of
/// article-style texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Rung {
    /// 第一章
    Chapter,
    /// 一、
    First,
    /// （一）
    Second,
    /// 1. or 1、
    Third,
    /// （1）
    Fourth,
    /// ①
    Fifth,
    /// 第一条
    Article,
}

/// An ordinal as printed: what may open an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marker {
    pub rung: Rung,
    pub n: u32,
    pub start: usize,
    /// Where the item's words begin.
    pub end: usize,
    /// At the start of a line.
    pub own_line: bool,
    /// After a stop, a bracket, or white space that was taken out.
    pub bounded: bool,
    /// Printed as it should be: (一), 一、. Else a mark is missing, (一 or 一), or
    /// is another of like shape, (—), and it must count on.
    pub whole: bool,
}

/// All ordinals of a view, ascending. O(n).
pub(crate) fn markers(view: &View) -> Vec<Marker> {
    let text = view.text.as_str();
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut push = |rung, n, start: usize, end, whole| {
        let before = text[..start].chars().next_back();
        let own_line = matches!(before, None | Some('\n'));
        let stop = before.is_some_and(|c| "。;!?:)》”】」…".contains(c));
        found.push(Marker {
            rung,
            n,
            start,
            end,
            own_line,
            bounded: own_line || stop || view.gap(start),
            whole: whole && !text[start..end].contains('—'),
        });
    };
    let mut at = 0;
    while at < bytes.len() {
        if (at == 0 || bytes[at - 1] == b'\n')
            && let Some((n, len)) = unmarked(&text[at..])
        {
            push(Rung::First, n, at, at + len, false);
        }
        match bytes[at] {
            b'(' => {
                if let Some((n, han, len)) = number(&text[at + 1..]) {
                    let end = at + 1 + len;
                    if bytes.get(end) == Some(&b')') {
                        let rung = if han { Rung::Second } else { Rung::Fourth };
                        push(rung, n, at, end + 1, true);
                        at = end;
                    } else if han && never_closes(&text[end..]) {
                        push(Rung::Second, n, at, end, false);
                    }
                }
            }
            b')' => {
                if let Some((n, true, start)) = number_before(text, at) {
                    push(Rung::Second, n, start, at + 1, false);
                }
            }
            // 、 after a numeral
            0xE3 if text[at..].starts_with('、') => {
                if let Some((n, han, start)) = number_before(text, at) {
                    push(
                        if han { Rung::First } else { Rung::Third },
                        n,
                        start,
                        at + '、'.len_utf8(),
                        true,
                    );
                }
            }
            b'.' if !bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                if let Some((n, false, start)) = number_before(text, at) {
                    push(Rung::Third, n, start, at + 1, true);
                }
            }
            0xE7 if text[at..].starts_with('第') => {
                let inner = at + '第'.len_utf8();
                if let Some((n, _, len)) = number(&text[inner..]) {
                    let rung = match text[inner + len..].chars().next() {
                        Some('条') => Some(Rung::Article),
                        Some('章') => Some(Rung::Chapter),
                        _ => None,
                    };
                    if let Some(rung) = rung {
                        push(rung, n, at, inner + len + '条'.len_utf8(), true);
                        at = inner + len;
                    }
                }
            }
            0xE2 => {
                let c = text[at..].chars().next().expect("inside the text");
                if ('①'..='⑳').contains(&c) {
                    push(Rung::Fifth, c as u32 - '①' as u32 + 1, at, at + c.len_utf8(), true);
                }
            }
            _ => {}
        }
        at += utf8_len(bytes[at]);
    }
    found
}

/// True if a bracket before `text` is not closed before the next one, or far
/// off.
fn never_closes(text: &str) -> bool {
    /// In characters.
    const FAR: usize = 100;
    let near = &text[..prefix_end(text, FAR)];
    near.find(['(', ')', '\n']).is_none_or(|at| !near[at..].starts_with(')'))
}

/// The ordinal of a chapter's heading that has lost its 、: 三加快应用推广, on a line
/// of its own, and (七)… on the next. Its value and length.
fn unmarked(text: &str) -> Option<(u32, usize)> {
    let (n, true, len) = number(text)? else { return None };
    let line = &text[len..len + text[len..prefix_end(text, HEADING)].find('\n')?];
    let next = text[len + line.len() + 1..].strip_prefix('(')?;
    let (_, han, digits) = number(next)?;
    let heads = han && next[digits..].starts_with(')');
    (heads && line.starts_with(is_han) && line.chars().all(is_han)).then_some((n, len))
}

/// Bytes of the character that begins with `lead`.
fn utf8_len(lead: u8) -> usize {
    match lead {
        0x00..=0x7F => 1,
        0x80..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}

/// Reads a number at the start of `text`: its value, whether it is written in
/// Chinese numerals, and its length in bytes.
fn number(text: &str) -> Option<(u32, bool, usize)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        return Some((text[..digits].parse().ok().filter(|_| digits <= 3)?, false, digits));
    }
    let len = text.len() - text.trim_start_matches(is_numeral).len();
    Some((ordinal(&text[..len])?, true, len))
}

/// The same for the number that ends at `end`: value, Chinese, start.
fn number_before(text: &str, end: usize) -> Option<(u32, bool, usize)> {
    let bytes = text.as_bytes();
    let mut start = end;
    while start > 0 && bytes[start - 1].is_ascii_digit() && end - start < 4 {
        start -= 1;
    }
    if start == end {
        while let Some(c) =
            text[..start].chars().next_back().filter(|&c| is_numeral(c) && end - start < 15)
        {
            start -= c.len_utf8();
        }
    }
    let (n, han, len) = number(&text[start..end])?;
    (start + len == end).then_some((n, han, start))
}

/// An item: a marker that belongs to the outline, and where its text ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub marker: Marker,
    /// Start of the next item, or the end of the body.
    pub next: usize,
}

/// Something odd about an ordinal.
#[derive(Clone, Debug)]
pub(crate) struct Oddity {
    pub start: usize,
    pub end: usize,
    pub message: String,
}

/// Longest heading in characters.
pub(crate) const HEADING: usize = 50;

/// Chooses the markers that number items: those that stand where an item can
/// begin and count on from the one before. What is printed on a line of its own
/// is believed, and noted if it does not count on.
pub(crate) fn items(
    view: &View,
    lexicon: &Lexicon,
    markers: Vec<Marker>,
    oddities: &mut Vec<Oddity>,
) -> Vec<Item> {
    let text = view.text.as_str();
    let mut last = [None::<u32>; 7];
    let mut items: Vec<Item> = Vec::new();
    let mut attachments_until = 0;
    for marker in markers {
        if marker.start < attachments_until {
            continue;
        }
        if marker.n == 1 && opens_attachments(lexicon, &text[..marker.start]) {
            attachments_until =
                text[marker.start..].find('\n').map_or(text.len(), |line| marker.start + line);
            continue;
        }
        let before = &mut last[marker.rung as usize];
        let expected = before.map_or(1, |n| n + 1);
        let counts_on = marker.n == expected || marker.n == 1;
        let accepted = if !marker.whole {
            (marker.own_line && counts_on)
                || (marker.bounded && before.is_some_and(|n| n + 1 == marker.n))
        } else if marker.own_line {
            counts_on || marker.rung <= Rung::Second || marker.rung == Rung::Article
        } else if marker.bounded {
            counts_on || (before.is_some() && marker.n > expected && marker.n <= expected + 2)
        } else {
            counts_on && follows_bare_heading(text, items.last(), &marker)
        };
        if !accepted || is_reference(text, &marker) {
            continue;
        }
        if !counts_on {
            let printed = &text[marker.start..marker.end];
            oddities.push(Oddity {
                start: marker.start,
                end: marker.end,
                message: match *before {
                    None => {
                        format!("{printed} is the first of its kind: is the beginning missing?")
                    }
                    Some(n) if n >= marker.n => {
                        format!("{printed} follows number {n}: is it misnumbered?")
                    }
                    Some(n) => format!("{printed} follows number {n}: is an item missing?"),
                },
            });
        }
        *before = Some(marker.n);
        if let Some(previous) = items.last_mut() {
            previous.next = marker.start;
        }
        items.push(Item { marker, next: text.len() });
    }
    items
}

/// 附件:1.… opens a list of attachments, not of measures.
fn opens_attachments(lexicon: &Lexicon, before: &str) -> bool {
    let before = before.trim_end_matches([':', '\n']);
    lexicon.cues.outline.attachment_labels.end(before).is_some()
}

/// In flattened text (一) may follow a chapter's heading without a stop:
/// 二、重点支持事项(一)提供…
fn follows_bare_heading(text: &str, previous: Option<&Item>, marker: &Marker) -> bool {
    let Some(previous) = previous else { return false };
    if previous.marker.rung >= marker.rung || previous.marker.end > marker.start {
        return false;
    }
    let heading = &text[previous.marker.end..marker.start];
    heading.chars().count() <= HEADING
        && heading.ends_with(is_han)
        && !heading.contains(['。', ',', ';', ':', '\n'])
}

/// 按照第(一)项, 符合第三条规定: a reference to an item, not an item.
fn is_reference(text: &str, marker: &Marker) -> bool {
    let after = text[marker.end..].chars().next();
    let article = marker.rung == Rung::Article || marker.rung == Rung::Chapter;
    if article && !marker.own_line {
        return matches!(
            after,
            Some('规' | '的' | '、' | '第' | '和' | ')' | '所' | '中' | '至' | '款' | '或')
        );
    }
    matches!(after, Some('项' | '款')) && !marker.own_line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Accepted items, as printed.
    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let view = View::new(source);
        let items = items(&view, Lexicon::builtin(), markers(&view), &mut Vec::new());
        let printed: Vec<_> =
            items.iter().map(|i| &view.text[i.marker.start..i.marker.end]).collect();
        assert_eq!(printed, expected);
    }

    #[test]
    fn items_in_flattened_text() {
        check(
            "通知如下:一、执行范围(一)产品范围。乳房旋切针。(二)医疗机构范围。",
            &["一、", "(一)", "(二)"],
        );
        check("第一、二、三产业融合,按照第(一)项执行。", &[]);
        check("检验用量3.5倍,见附件:1.目录2.规范", &[]);
    }

    #[test]
    fn ordinals_that_lost_a_mark_count_on() {
        check("(—)甲。\n(二乙。(丙)\n三)丁。(四戊。", &["(—)", "(二", "三)", "(四"]);
        check("一、甲\n(一)乙。\n二加快丙\n(二)丁。", &["一、", "(一)", "二", "(二)"]);
        check("(一)甲。\n(二类产品)乙。\n(四丙。\n三类产品\n丁", &["(一)"]);
    }

    #[test]
    fn odd_ordinals_on_their_own_lines_stay() {
        check("（一）甲。\n（三）乙。\n（三）丙。", &["(一)", "(三)", "(三)"]);
    }
}
