//! Lines that are titles of texts, told by their nouns.

use crate::lexicon::Lexicon;
use crate::text::is_within;

/// The kind of text that a title names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TitleKind {
    /// A text of measures: …实施方案, …管理办法(试行).
    Measures,
    /// An interpretation (政策解读) of another document.
    Interpretation,
    /// A notice, form, list or template.
    Other,
}

/// Returns the kind of the title on a line; `None` for a line that is not a title.
pub(super) fn title_kind(lexicon: &Lexicon, line: &str) -> Option<TitleKind> {
    /// Lengths of a title in characters.
    const MIN_TITLE: usize = 6;
    const MAX_TITLE: usize = 70;
    let cues = &lexicon.cues.outline;
    if !is_within(line, MAX_TITLE) || line.contains(['。', ';', '>']) {
        return None;
    }
    let line = line.trim_matches([' ', '《', '》', '*']);
    let (words, bracket) = without_bracket(line);
    if cues.templates.occur_in(bracket) {
        return Some(TitleKind::Other);
    }
    if interprets(lexicon, words) {
        return Some(TitleKind::Interpretation);
    }
    let titles = &lexicon.titles;
    let measures = [&titles.regulations, &titles.plans, &titles.guidance, &cues.measure_titles];
    if measures.iter().any(|list| list.end(words).is_some()) {
        // 政策措施 and 改革举措 are the heads of columns.
        let titled = !is_within(words, MIN_TITLE - 1) && !words.contains(['|', '?', '!']);
        return titled.then_some(TitleKind::Measures);
    }
    let others = [&titles.papers, &titles.captions, &cues.other_titles];
    others.iter().any(|list| list.end(words).is_some()).then_some(TitleKind::Other)
}

/// Returns true for the title of an interpretation: 《…若干措施》政策解读, 一图读懂《…办法》.
fn interprets(lexicon: &Lexicon, title: &str) -> bool {
    /// Minimum length in bytes of the title of the document that is interpreted.
    const MIN_TITLE: usize = 12;
    let cues = &lexicon.cues.outline;
    let title = title.trim_end_matches('》');
    let of_one = |document: Option<&str>| {
        document.is_some_and(|document| document.len() >= MIN_TITLE && !document.contains(':'))
    };
    !title.contains(',')
        && (of_one(cues.interpretations.strip_end(title))
            || of_one(cues.interpretation_openings.strip_start(title)))
}

/// Parts a title from the bracket at its end: 办法(试行).
fn without_bracket(title: &str) -> (&str, &str) {
    match title.strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        Some(open) => title.split_at(open),
        None => (title, ""),
    }
}
