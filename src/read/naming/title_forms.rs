//! Forms of titles, and of the numbers inside and after them.

use super::names::NamedInstrument;
use super::numbers::{numbers, whole_number};
use crate::lexicon::{Lexicon, TitleKey};
use crate::model::InstrumentKind;
use crate::text::{find, first_chars, is_han, is_within};

/// The document's own title.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub(crate) title: String,
    key: TitleKey,
}

impl Subject {
    pub(crate) fn new(title: &str) -> Self {
        Subject { title: title.to_owned(), key: TitleKey::new(title) }
    }

    /// Returns true if `named` is the document itself: its own title, in full or
    /// as 《公告》. That is not a citation.
    pub(crate) fn is(&self, named: &NamedInstrument) -> bool {
        let title = self.title.split(['(', '（']).next().unwrap_or_default();
        let named = &named.identity;
        let short = is_within(&named.title, 6) && title.ends_with(&named.title);
        short || self.key.agrees(&named.key)
    }
}

/// Returns the end of the first noun for policies in `text`.
pub(crate) fn closing_noun(lexicon: &Lexicon, text: &str) -> Option<usize> {
    let nouns = lexicon.cues.citations.title_nouns.iter();
    nouns.filter_map(|noun| find(text, noun).map(|at| at + noun.len())).min()
}

/// Returns true if a title contains no mark except 、.
pub(crate) fn is_plain(title: &str) -> bool {
    title.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric() || c == '、')
}

/// Returns the kind of instrument that is cited by `number` alone.
pub(crate) fn numbered_kind(lexicon: &Lexicon, number: &str) -> InstrumentKind {
    let cues = &lexicon.cues.numbers;
    match number {
        _ if cues.laws.occur_in(number) => InstrumentKind::Law,
        _ if cues.regulations.occur_in(number) => InstrumentKind::Regulation,
        _ if number.starts_with(|c: char| c.is_ascii_uppercase()) => InstrumentKind::Standard,
        _ => InstrumentKind::Policy,
    }
}

/// Adds the agency to a number in its own series: 2020年第58号 → 国家药监局公告2020年第58号.
/// The agency is the issuer before the title, or in the title. `None` if there is
/// no agency: the number alone identifies nothing.
pub(crate) fn with_agency(
    lexicon: &Lexicon,
    number: String,
    issuer: &str,
    title: &str,
) -> Option<String> {
    let series = &lexicon.cues.numbers.series;
    let annual = number.starts_with(|c: char| c.is_ascii_digit());
    if !annual && series.start(&number).is_none() {
        return Some(number);
    }
    let kind = if annual { series.end(title)? } else { "" };
    let agency = match issuer {
        "" => &title[..title.find("关于")?],
        issuer => issuer,
    };
    (!agency.is_empty()).then(|| [agency, kind, &number].concat())
}

/// Returns a number in brackets at the end of a title, with the length of the brackets:
/// …采购文件(采购文件编号:GS-HCDLCG2024-3).
pub(crate) fn bracketed_number(lexicon: &Lexicon, title: &str) -> Option<(usize, String)> {
    let inner = title.strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let words = inner[open + 1..].rsplit(':').next()?;
    let number = whole_number(lexicon, words)?;
    Some((title.len() - open, number))
}

/// Maximum length of a number with its label, in characters.
pub(crate) const NUMBER: usize = 60;

/// Maximum length of an agency code (机关代字) with the bracket after it, in
/// characters.
const CODE: usize = 11;

/// Returns a number directly after a title, or in a bracket that opens the next line,
/// with the length of its text: (国办发〔2024〕53号), [国办发(2024)53号], 国办发〔2024〕53号.
pub(crate) fn number_after(lexicon: &Lexicon, text: &str) -> Option<(usize, String)> {
    if let Some(line) = text.strip_prefix('\n').filter(|line| line.starts_with('(')) {
        return number_after(lexicon, line).map(|(len, number)| ('\n'.len_utf8() + len, number));
    }
    let near = first_chars(text, NUMBER);
    let Some(inner) = near.strip_prefix(['(', '[', '〔', '【']) else {
        let code = first_chars(near, CODE);
        let bare = code.contains(['〔', '[', '【', '﹝']).then(|| numbers(lexicon, near))?;
        let first = bare.into_iter().next().filter(|(words, _)| words.start == 0);
        return first.map(|(words, number)| (words.end, number));
    };
    let open = near.len() - inner.len();
    let mut depth = 1;
    let close = inner.char_indices().find(|&(_, c)| {
        depth += match c {
            '(' | '[' | '〔' | '【' => 1,
            ')' | ']' | '〕' | '】' => -1,
            _ => 0,
        };
        depth == 0
    });
    let (close, bracket) = close?;
    let words = inner[..close].split([',', '、', ';']).next().unwrap_or_default();
    let number = whole_number(lexicon, &inner[..close]).or_else(|| whole_number(lexicon, words))?;
    Some((open + close + bracket.len_utf8(), number))
}

/// Returns the length of the words after 》 that still belong to the title:
/// 蒙药分册(1998年版).
pub(crate) fn volume_len(lexicon: &Lexicon, text: &str) -> Option<usize> {
    /// Maximum length of the words in characters.
    const VOLUME: usize = 8;
    let near = first_chars(text, VOLUME + 1);
    let end = near.find(|c| !is_han(c)).unwrap_or(near.len());
    let words = &near[..end];
    let part = is_within(words, VOLUME) && lexicon.cues.citations.volumes.end(words).is_some();
    part.then(|| {
        let edition = text[end..].strip_prefix('(').and_then(|inner| {
            let close = first_chars(inner, NUMBER).find(')')?;
            inner[..close].ends_with('版').then_some(close + 2)
        });
        end + edition.unwrap_or(0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_can_end_in_a_number() {
        let number = |title| bracketed_number(Lexicon::builtin(), title).map(|(_, number)| number);
        let code = Some("GS-HCDLCG2024-3".to_owned());
        assert_eq!(number("采购文件(采购文件编号:GS-HCDLCG2024-3)"), code);
        assert_eq!(number("操作规范(2025版)"), None);
    }
}
