use crate::lexicon::Lexicon;
use crate::text::{View, is_within, prefix_end};

/// Returns the end of the body: the start of the first closing paragraph in `from..until`. All
/// after it is closing matter: 本措施自…起施行, signatures, attachments, 抄送, lines of the web page.
pub(crate) fn body_end(view: &View, lexicon: &Lexicon, from: usize, until: usize) -> Option<usize> {
    paragraphs(view, lexicon, from, until)
        .find(|&(start, end)| {
            let paragraph = &view.text[start..end];
            let line = || view.text[..start].ends_with('\n') && is_furniture(lexicon, paragraph);
            start > from
                && (is_closing(lexicon, paragraph)
                    || is_signature(paragraph, &view.text[end..])
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
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            let rest = &text[at..];
            if view.gap(at)
                || lexicon.cues.outline.attachments.start(rest).is_some()
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

/// Returns the offset of the first line end, 。, ! or ).
fn next_stop(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find(|&at| match bytes[at] {
        b'\n' | b'!' | b')' => true,
        0xE3 => bytes[at..].starts_with("。".as_bytes()),
        _ => false,
    })
}

fn is_closing(lexicon: &Lexicon, paragraph: &str) -> bool {
    lexicon.layout.closings.start(paragraph).is_some()
        || is_force_clause(lexicon, paragraph)
        || invites(lexicon, paragraph)
}

/// Returns true for a line of the web page around the document: 上一篇:….
fn is_furniture(lexicon: &Lexicon, line: &str) -> bool {
    /// Maximum length in characters: a link to another document is as long as its title.
    const MAX_LINE: usize = 60;
    lexicon.layout.furniture.start(line).is_some()
        && !line.contains('。')
        && is_within(line, MAX_LINE)
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

/// Returns true for a date line, and for a short line before one.
fn is_signature(paragraph: &str, rest: &str) -> bool {
    if is_date(paragraph) {
        return true;
    }
    let short = is_short(paragraph) && !paragraph.contains(['。', ',', ';', ':', '、']);
    if !short {
        return false;
    }
    if let Some(year) = paragraph.find("20").or_else(|| paragraph.find("二〇")) {
        return year > 0 && is_date(&paragraph[year..]);
    }
    // Several signatures may come before the date. Only the first characters of each line are
    // read, to stay linear: a text may be one line with a paragraph every few words.
    let mut lines = rest.trim_start_matches('\n');
    for _ in 0..30 {
        let near = &lines[..prefix_end(lines, MAX_NAME + 1)];
        let line = near.split('\n').next().unwrap_or(near);
        if !is_name_line(line) {
            return is_date(line);
        }
        lines = lines[line.len()..].strip_prefix('\n').unwrap_or_default();
    }
    false
}

fn is_name_line(line: &str) -> bool {
    !is_date(line) && is_short(line) && !line.contains(['。', ',', ';', ':', '、'])
}

/// Maximum length in characters of a line that is a name.
const MAX_NAME: usize = 31;

fn is_short(line: &str) -> bool {
    is_within(line, MAX_NAME)
}

/// Returns true for 2025年5月14日 alone, or followed by a bracket or 印发.
fn is_date(line: &str) -> bool {
    let line = line.trim_end_matches([')', '印', '发']);
    line.ends_with('日')
        && line.contains('年')
        && line.contains('月')
        && line.chars().count() <= 14
        && line.starts_with(['1', '2', '二'])
}
