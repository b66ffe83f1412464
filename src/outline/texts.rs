//! The texts of a document: the first ends with its closing lines, and an annex after them can be
//! another text of measures.

use super::closing::{addresses, body_end};
use super::items::{Diagnostic, Item};
use super::marker::OrdinalLevel;
use super::titles::{TitleKind, title_kind};
use crate::lexicon::Lexicon;
use crate::text::{View, first_chars, is_within};
use rustc_hash::FxHashSet;

/// The items of a text, and the start of its closing lines.
pub(super) struct Text {
    pub items: Vec<Item>,
    pub tail: usize,
}

/// Divides items into texts. After the closing lines, a text begins with an item of ordinal 1 below
/// a title of measures. The other items there are not read: several with sentences leave a note.
/// O(n).
pub(super) fn texts(
    view: &View,
    lexicon: &Lexicon,
    all: &[Item],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Text> {
    let mut texts: Vec<Text> = Vec::new();
    let mut openings = FxHashSet::default();
    let mut unread = Vec::new();
    let mut rest = all;
    while let Some(first) = rest.first() {
        openings.insert(first_words(view, first));
        let once = if texts.is_empty() { printed_once(view, rest) } else { None };
        let text = until_tail(view, lexicon, once.as_deref().unwrap_or(rest));
        rest = &rest[text.items.len()..];
        let skipped = first_of_text(view, lexicon, rest, text.tail, &openings);
        unread.extend(&rest[..skipped]);
        rest = &rest[skipped..];
        texts.push(text);
    }
    diagnostics.retain(|odd| {
        let begun = texts.partition_point(|text| text.items[0].marker.start <= odd.start);
        odd.start < texts[begun.saturating_sub(1)].tail
    });
    diagnostics.extend(unread_items(view, &unread, &texts));
    texts
}

/// Returns the text that begins with `items`, up to its closing lines. Annexes after these may have
/// items from 1; if the next item continues the numbering, the body continues.
fn until_tail(view: &View, lexicon: &Lexicon, items: &[Item]) -> Text {
    let ends = items.iter().enumerate().filter(|(at, _)| {
        let next = items.get(at + 1);
        next.is_none_or(|next| next.marker.ordinal == 1)
    });
    let mut levels: Vec<OrdinalLevel> = Vec::new();
    let mut counted = 0;
    let tail = |(at, item): (usize, &Item)| {
        for item in &items[counted..=at] {
            if !levels.contains(&item.marker.level) {
                levels.push(item.marker.level);
            }
        }
        counted = at + 1;
        let closed = body_end(view, lexicon, item.marker.end, item.next);
        let closed = closed.filter(|_| !continues(items, at));
        // Below the title of the next text a body and a date are no signature.
        let title = title_of_next(view, lexicon, items, at, &levels);
        Some((at, closed.into_iter().chain(title).min()?))
    };
    let last = items.len() - 1;
    let (last, end) = ends.into_iter().find_map(tail).unwrap_or((last, items[last].next));
    let mut items = items[..=last].to_vec();
    let tail = addresses(view, lexicon, &items[last].marker, end);
    items[last].next = tail;
    Text { items, tail }
}

/// Returns true if the body goes on below the list that follows the item at `at`: 第九条, (一), (二),
/// 第十条.
fn continues(items: &[Item], at: usize) -> bool {
    use OrdinalLevel::{Article, Chapter, First};
    /// Maximum number of items that are read on each side.
    const NEAR: usize = 64;
    [Article, First, Chapter].iter().any(|level| {
        let near = |item: &&Item| item.marker.level == *level;
        let last = items[..=at].iter().rev().take(NEAR).find(near);
        let next = items[at + 1..].iter().take(NEAR).find(near);
        let ordinal = |item: &Item| item.marker.ordinal;
        last.zip(next).is_some_and(|(last, next)| ordinal(next) == ordinal(last) + 1)
    })
}

/// Returns the start of the title of another text of measures, if the one of `items` ends with the
/// item at `at` and no closing lines: …办法 and 第一条 below the last (二) of a plan.
///
/// * `levels`: the levels of the items up to that one.
fn title_of_next(
    view: &View,
    lexicon: &Lexicon,
    items: &[Item],
    at: usize,
    levels: &[OrdinalLevel],
) -> Option<usize> {
    use OrdinalLevel::{Article, Chapter, First};
    let level = items.get(at + 1)?.marker.level;
    let numbered = matches!(level, Chapter | First | Article);
    let restarts = level == items[0].marker.level || !levels.contains(&level);
    if !numbered || !restarts {
        return None;
    }
    let Item { marker, next } = items[at];
    let text = &view.text[marker.end..next];
    let mut lines = text.match_indices('\n').map(|(line, _)| marker.end + line + 1);
    let title = lines.rfind(|&line| {
        let words = view.text[line..next].split('\n').next().unwrap_or_default();
        let above = view.text[..line].trim_end_matches('\n');
        above.ends_with(['。', ';', ')']) && title_kind(lexicon, words) == Some(TitleKind::Measures)
    })?;
    let titled = title_above(view, lexicon, title, next) == Some(TitleKind::Measures);
    (titled && has_provisions(view, &items[at + 1..])).then_some(title)
}

/// Returns the items of the first print of a text that a page prints twice, one after the other, each
/// item with the same words. `None` for a text that is printed once. O(n).
fn printed_once(view: &View, items: &[Item]) -> Option<Vec<Item>> {
    /// Minimum number of bytes that the last items share, if what follows them differs.
    const WORDS: usize = 30;
    let text = |item: &Item| &view.text[item.marker.end..item.next];
    let is_first = |item: &Item| {
        let (first, marker) = (&items[0].marker, &item.marker);
        (first.level, first.ordinal) == (marker.level, marker.ordinal)
            && text(item) == text(&items[0])
    };
    let second = 1 + items.get(1..)?.iter().position(is_first)?;
    let last = second - 1;
    let again = items[second..].get(..second)?;
    // The title of the second print follows the last item of the first.
    let (own, other) = (text(&items[last]), text(&again[last]));
    let pairs = own.chars().zip(other.chars());
    let same: usize = pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let begins = same == other.len() || same >= WORDS;
    let repeated = last > 0 && begins && (0..last).all(|at| text(&items[at]) == text(&again[at]));
    if !repeated {
        return None;
    }
    let rest = &own[same..];
    let whole = rest.is_empty() || rest.starts_with('\n') || same == other.len();
    let lines = own[..same].rfind('\n').filter(|_| !whole);
    let mut first = items[..second].to_vec();
    first[last].next = items[last].marker.end + lines.unwrap_or(same);
    Some(first)
}

/// Returns the number of items before the next text. A page that prints a text again has no
/// further one.
///
/// * `items`: the items after the closing lines, which begin at `tail`.
/// * `openings`: the first words of the texts before them.
fn first_of_text(
    view: &View,
    lexicon: &Lexicon,
    items: &[Item],
    tail: usize,
    openings: &FxHashSet<&str>,
) -> usize {
    let mut before = tail;
    let begins = |(at, item): (usize, &Item)| {
        let titled = item.marker.ordinal == 1
            && item.marker.bounded
            && title_above(view, lexicon, before, item.marker.start) == Some(TitleKind::Measures);
        before = item.marker.end;
        titled && has_provisions(view, &items[at..]) && !openings.contains(first_words(view, item))
    };
    items.iter().enumerate().position(begins).unwrap_or(items.len())
}

/// Returns the kind of the last title in `from..until`, on a line or between blanks
/// (2021年3月11日河北省…若干措施　　为贯彻…).
fn title_above(view: &View, lexicon: &Lexicon, from: usize, until: usize) -> Option<TitleKind> {
    let mut kind = None;
    // The words at `from` may be the end of a line.
    let mut start = from;
    let mut opens = from == 0 || view.text[..from].ends_with('\n');
    while start < until {
        let line = view.text[start..until].find('\n').map_or(until, |line| start + line);
        let end = view.first_gap(start, line).unwrap_or(line);
        let piece = &view.text[start..end];
        // Shorter pieces are cells of a table.
        if opens && (end == line || !is_within(piece, 7)) {
            kind = title_kind(lexicon, piece).or(kind);
        }
        // A line that breaks inside a sentence also leaves a blank.
        opens = end == line || piece.ends_with(['。', '日', ')', ':', '件']) || is_name(piece);
        start = if end == line { end + 1 } else { end };
    }
    kind
}

/// Returns true for a short piece without marks, as the name above the date of a signature.
fn is_name(piece: &str) -> bool {
    is_within(piece, 31) && !piece.contains(['。', ',', ';', ':', '、'])
}

/// Returns true if at least two items and a third of them are sentences. The blanks of a form
/// (一、申请人姓名:) are none.
fn has_provisions(view: &View, items: &[Item]) -> bool {
    let (mut all, mut provisions) = (0, 0);
    for item in items {
        if all > 0 && item.marker.ordinal == 1 && item.marker.level == items[0].marker.level {
            break;
        }
        all += 1;
        provisions += usize::from(is_provision(view, item));
    }
    provisions >= 2 && 3 * provisions >= all
}

/// Returns true for an item with a sentence.
fn is_provision(view: &View, item: &Item) -> bool {
    /// Maximum length of a blank and its label in characters.
    const MAX_BLANK: usize = 6;
    let text = &view.text[item.marker.end..item.next];
    text.rfind('。').is_some_and(|stop| !is_within(&text[..stop], MAX_BLANK))
        && !text.contains("__")
}

/// Returns the words that tell one item from another.
fn first_words<'v>(view: &'v View, item: &Item) -> &'v str {
    /// Number of characters.
    const WORDS: usize = 20;
    let text = view.text[item.marker.end..item.next].trim_start_matches('\n');
    first_chars(text, WORDS).trim_end_matches('\n')
}

/// Returns a note on numbered paragraphs after the closing lines that are not read, and are not
/// printed in a text either.
fn unread_items(view: &View, items: &[&Item], texts: &[Text]) -> Option<Diagnostic> {
    let provisions: Vec<&&Item> = items.iter().filter(|item| is_provision(view, item)).collect();
    if provisions.is_empty() {
        return None;
    }
    let read = texts.iter().flat_map(|text| &text.items).map(|item| first_words(view, item));
    let read: FxHashSet<&str> = read.collect();
    let mut unread = provisions.iter().filter(|item| !read.contains(first_words(view, item)));
    let first = unread.next()?.marker;
    let count = 1 + unread.count();
    (count > 1).then(|| Diagnostic {
        start: first.start,
        end: first.end,
        message: format!(
            "{count} numbered paragraphs after the closing lines are not read as measures: \
             no title of a text of measures comes before them"
        ),
    })
}
