//! Chooses the ordinals that number items. The others are references or parts of a sentence.

use super::heading::MAX_HEADING;
use super::marker::{Marker, OrdinalLevel};
use crate::lexicon::Lexicon;
use crate::text::{View, find, first_chars, is_han, is_numeral, is_within};

/// A marker that opens an item, and the end of the item's text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub marker: Marker,
    /// Start of the next item, or end of the view.
    pub next: usize,
}

/// An ordinal that does not follow the one before it.
#[derive(Clone, Debug)]
pub(crate) struct Diagnostic {
    pub start: usize,
    pub end: usize,
    pub message: String,
}

/// Chooses the markers that open items: those where an item can begin and with the next ordinal
/// of their level. A complete 第一章, 一、, (一) or 第一条 at the start of a line is accepted with any
/// ordinal, with a diagnostic if that is not the next one.
pub(crate) fn items(
    view: &View,
    lexicon: &Lexicon,
    markers: &[Marker],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Item> {
    let text = view.text.as_str();
    // By level.
    let mut last = [None::<u32>; OrdinalLevel::Article as usize + 1];
    let mut items: Vec<Item> = Vec::new();
    // End of the last item's ordinal, or of a list of attachments. In (一、 two ordinals overlap.
    let mut end = 0;
    for &marker in markers {
        if marker.start < end {
            continue;
        }
        if marker.ordinal == 1 && opens_attachments(lexicon, &text[..marker.start]) {
            end = text[marker.start..].find('\n').map_or(text.len(), |line| marker.start + line);
            continue;
        }
        let last = &mut last[marker.level as usize];
        if !is_accepted(text, &marker, *last, items.last())
            || is_reference(view, lexicon, &marker, *last)
        {
            continue;
        }
        diagnostics.extend(diagnostic(text, &marker, *last));
        *last = Some(marker.ordinal);
        end = marker.end;
        if let Some(previous) = items.last_mut() {
            previous.next = marker.start;
        }
        items.push(Item { marker, next: text.len() });
    }
    items
}

/// Returns true if an item can begin at `marker`, after the ordinal `last` of its level.
fn is_accepted(text: &str, marker: &Marker, last: Option<u32>, previous: Option<&Item>) -> bool {
    let next = is_next(marker, last);
    if !marker.complete {
        let follows = last.is_some_and(|last| last + 1 == marker.ordinal);
        (marker.own_line && next) || (marker.bounded && follows)
    } else if marker.own_line {
        use OrdinalLevel::{Article, Chapter, First, Second};
        next || matches!(marker.level, Chapter | First | Second | Article)
    } else if marker.bounded {
        // One or two items may be missing in between.
        next || last.is_some_and(|last| (last + 1..=last + 3).contains(&marker.ordinal))
    } else {
        let opens = marker.ordinal == 1 && last.is_none() && opens_articles(text, marker);
        opens || next && follows_bare_heading(text, previous, marker)
    }
}

/// Returns true for the ordinal after `last`, and for 1, which begins a new list.
fn is_next(marker: &Marker, last: Option<u32>) -> bool {
    marker.ordinal == 1 || marker.ordinal == last.map_or(1, |last| last + 1)
}

/// Returns a note on ordinals before sentences, of a text without measures: (1) and (2), or 3. and
/// 4. of a list without its beginning.
pub(crate) fn unread_ordinals(view: &View, markers: &[Marker]) -> Option<Diagnostic> {
    // The first ordinal of each line alone, so that a line is read once.
    let before_sentence = |marker: &&Marker| {
        let line = || view.text[marker.end..].split('\n').next().unwrap_or_default();
        marker.own_line && marker.complete && line().contains('。')
    };
    let mut paragraphs = markers.iter().filter(before_sentence);
    let first = paragraphs.next()?;
    let count = 1 + paragraphs.count();
    (count > 1).then(|| Diagnostic {
        start: first.start,
        end: first.end,
        message: format!(
            "{count} numbered paragraphs are not read as measures: \
             no numbering of measures begins before them"
        ),
    })
}

fn diagnostic(text: &str, marker: &Marker, last: Option<u32>) -> Option<Diagnostic> {
    if is_next(marker, last) {
        return None;
    }
    let printed = &text[marker.start..marker.end];
    let message = match last {
        None => format!("{printed} is the first of its kind: is the beginning missing?"),
        Some(last) if last >= marker.ordinal => {
            format!("{printed} follows number {last}: is it misnumbered?")
        }
        Some(last) => format!("{printed} follows number {last}: is an item missing?"),
    };
    Some(Diagnostic { start: marker.start, end: marker.end, message })
}

/// Returns true if a list of attachments follows `before`: the 1. of 附件:1.… opens no measure.
fn opens_attachments(lexicon: &Lexicon, before: &str) -> bool {
    let before = before.trim_end_matches([':', '\n']);
    lexicon.cues.outline.attachment_labels.end(before).is_some()
}

/// Returns true if `marker` follows a chapter heading without a stop, as in flattened text: 二、重点支持事项(一)提供….
fn follows_bare_heading(text: &str, previous: Option<&Item>, marker: &Marker) -> bool {
    let Some(previous) = previous else { return false };
    if previous.marker.level >= marker.level || previous.marker.end > marker.start {
        return false;
    }
    let heading = &text[previous.marker.end..marker.start];
    // Before anything else is looked for in it: all later markers may have the same item before them.
    if !is_within(heading, MAX_HEADING) {
        return false;
    }
    let phrase = !heading.contains(',') || {
        // 一、加强解读,以公开稳预期(一)主动发布信息。: a heading with a comma, and one without.
        let after = first_chars(&text[marker.end..], MAX_HEADING);
        let words = &after[..after.find(['。', ',', ';', ':', '\n']).unwrap_or(0)];
        marker.level == OrdinalLevel::Second && after[words.len()..].starts_with('。')
    };
    heading.ends_with(is_han) && !heading.contains(['。', ';', ':', '\n']) && phrase
}

/// Returns true for the first chapter or article of a text without line ends: …条例第一章总则第一条 and
/// …办法第一条为了….
fn opens_articles(text: &str, marker: &Marker) -> bool {
    /// Maximum length of the heading of the first chapter in characters.
    const MAX_FIRST: usize = 12;
    let after = &text[marker.end..];
    match marker.level {
        OrdinalLevel::Chapter => {
            let near = first_chars(after, MAX_FIRST + "第一条".chars().count());
            find(near, "第一条").is_some_and(|at| !near[..at].contains(['。', ',', ';', '\n']))
        }
        OrdinalLevel::Article => after.starts_with(['为', '根']),
        _ => false,
    }
}

/// Returns true for a reference to an item: 按照第(一)项, 符合第三条规定, and on a line of its own
/// 第三条规定的单位 and 第五条第二款所称. An article (第二条 规划建设) has a blank after its ordinal, or
/// words that continue no reference.
fn is_reference(view: &View, lexicon: &Lexicon, marker: &Marker, last: Option<u32>) -> bool {
    let after = &view.text[marker.end..];
    match marker.level {
        OrdinalLevel::Article | OrdinalLevel::Division | OrdinalLevel::Chapter => {
            if marker.own_line && view.gap(marker.end) {
                return false;
            }
            // 违反第二条、\n第三条: the sentence continues.
            let before = view.text[..marker.start].trim_end_matches('\n');
            let continues = before.ends_with([',', '、', ';']);
            let inside = marker.own_line && continues && !is_next(marker, last);
            // 《…实施办法》第四条确定的事项
            let quoted = !marker.own_line && before.ends_with('》') && !view.gap(marker.start);
            let cited = quoted && !is_next(marker, last);
            inside
                || cited
                || lexicon.cues.outline.references.start(after).is_some()
                || is_part(after)
        }
        _ => !marker.own_line && after.starts_with(['项', '款']),
    }
}

/// Returns true if `text` begins with a part of an article: 第二款, 第(三)项, 第(一)、(三)项.
/// 第一类医疗器械 is none.
fn is_part(text: &str) -> bool {
    let Some(number) = text.strip_prefix('第') else { return false };
    let number = number.strip_prefix('(').unwrap_or(number);
    let rest = number.trim_start_matches(|c: char| c.is_ascii_digit() || is_numeral(c));
    let rest_after = rest.strip_prefix(')').unwrap_or(rest);
    let listed = || rest_after.len() < rest.len() && rest_after.starts_with('、');
    rest.len() < number.len()
        && (rest_after.starts_with(['款', '项', '条', '章', '节']) || listed())
}

#[cfg(test)]
mod tests {
    use super::super::marker::markers;
    use super::*;

    /// Compares the accepted ordinals, as printed.
    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let view = View::new(source);
        let items = items(&view, Lexicon::builtin(), &markers(&view), &mut Vec::new());
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
        check(
            "某市条例第一章总则第一条为了甲。第二条乙。第二章附则第三条丙。",
            &["第一章", "第一条", "第二条", "第二章", "第三条"],
        );
        check("某市办法第一条根据甲。第二条乙。", &["第一条", "第二条"]);
        check("一、加强解读,稳预期(一)主动发布。甲。(二)乙。", &["一、", "(一)", "(二)"]);
        check("一、申请人符合条件,提交(一)、(二)项材料", &["一、"]);
        check("第一、二、三产业融合,按照第(一)项执行。", &[]);
        check("检验用量3.5倍,见附件:1.目录2.规范", &[]);
    }

    #[test]
    fn a_line_that_opens_with_a_reference_opens_no_article() {
        check(
            "第一条 甲。\n第二条 有下列情形的:\n第三条规定的单位;\n第五条第二款所称的单位;\n第四条、\n第九条;\n第三条 乙。",
            &["第一条", "第二条", "第三条"],
        );
        check(
            "第一条规划建设驿站。\n第二条所有权人配合。\n第三条中小学校组织。\n第四条第一类医疗器械备案。",
            &["第一条", "第二条", "第三条", "第四条"],
        );
    }

    #[test]
    fn an_incomplete_ordinal_must_be_the_next_one() {
        check("(—)甲。\n(二乙。(丙)\n三)丁。(四戊。", &["(—)", "(二", "三)", "(四"]);
        check("一、甲\n(一)乙。\n二加快丙\n(二)丁。", &["一、", "(一)", "二", "(二)"]);
        check("(一)甲。\n(二类产品)乙。\n(四丙。\n三类产品\n丁", &["(一)"]);
    }

    #[test]
    fn ordinals_out_of_order_on_their_own_lines_are_accepted() {
        check("（一）甲。\n（三）乙。\n（三）丙。", &["(一)", "(三)", "(三)"]);
    }
}
