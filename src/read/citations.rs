//! Instruments that are named: in 《》, by number, by an unmistakable name.

use super::context::Context;
use super::cover::Cover;
use crate::lexicon::{Meaning, TitleKey};
use crate::model::{Citation, InstrumentKind, Rule};
use crate::text::{find, is_han, occurrences, prefix_end, suffix_start};
use std::collections::HashMap;
use std::ops::Range;

/// An instrument named in the text.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub title: String,
    /// What all wordings of the title share.
    pub key: TitleKey,
    pub number: Option<String>,
    pub kind: InstrumentKind,
    /// The words inside 《》, or the name.
    pub words: Range<usize>,
    /// All that belongs to the name: issuer before it, 》 and number behind it.
    pub whole: Range<usize>,
    pub rule: Rule,
}

impl Context<'_> {
    /// The instruments named in a range, in order, repeats included.
    pub fn instruments(&self, range: &Range<usize>) -> Vec<Named> {
        let mut named = Vec::new();
        let mut at = range.start;
        while let Some(open) = find(&self.view.text[at..range.end], "《").map(|open| at + open) {
            let Some(close) = self.closing(open, range.end) else { break };
            let name = self.titled(range, open, close);
            at = name.whole.end;
            // 《》 names nothing.
            if !name.words.is_empty() {
                named.push(name);
            }
        }
        self.plain_names(range, &mut named);
        self.bare_numbers(range, &mut named);
        named.sort_by_key(|name| name.words.start);
        named
    }

    /// Each instrument once, with the first number that is printed for it.
    pub fn cites<'n>(&self, named: impl Iterator<Item = &'n Named>) -> Vec<Citation> {
        let mut cites: Vec<(&TitleKey, Citation)> = Vec::new();
        let mut by_words: HashMap<&str, Vec<usize>> = HashMap::new();
        for name in named {
            let same = by_words.entry(&name.key.words).or_default();
            match same.iter().find(|&&at| cites[at].0.agrees(&name.key)) {
                Some(&at) => {
                    let known = &mut cites[at].1;
                    known.number = known.number.take().or(name.number.clone());
                }
                None => {
                    same.push(cites.len());
                    cites.push((&name.key, self.citation(name)));
                }
            }
        }
        cites.into_iter().map(|(_, citation)| citation).collect()
    }

    fn citation(&self, name: &Named) -> Citation {
        Citation {
            kind: name.kind,
            title: name.title.clone(),
            number: name.number.clone(),
            span: self.span(name.words.clone()),
            rule: name.rule,
        }
    }

    /// Where the 》 of the 《 at `open` stands.
    fn closing(&self, open: usize, end: usize) -> Option<usize> {
        /// No title is longer; an unclosed 《 stays linear.
        const LONGEST: usize = 600;
        let mut depth = 0;
        for (at, c) in self.view.text[open..end].char_indices().take_while(|&(at, _)| at < LONGEST)
        {
            match c {
                '《' => depth += 1,
                '》' => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(open + at);
                    }
                }
                _ => {}
            }
        }
        // 《甲《乙》: a bracket too many; the first 》 closes.
        let near = self.view.text[open..end].char_indices().take_while(|&(at, _)| at < LONGEST);
        near.into_iter().find(|&(_, c)| c == '》').map(|(at, _)| open + at)
    }

    fn titled(&self, range: &Range<usize>, open: usize, close: usize) -> Named {
        let mut words = open + '《'.len_utf8()..close;
        let mut end = close + '》'.len_utf8();
        let mut number = None;
        // 《…采购文件(采购文件编号:GS-HCDLCG2024-3)》
        if let Some((len, found)) = bracketed_number(self.text(words.clone())) {
            words.end -= len;
            number = Some(found);
        }
        let mut title = self.printed(words.clone());
        // 《卫生部药品标准》蒙药分册(1998年版)
        if let Some(len) = volume(&self.view.text[end..range.end]) {
            title.push_str(&self.printed(end..end + len));
            end += len;
        }
        if let Some((len, found)) = number_behind(&self.view.text[end..range.end]) {
            number = Some(found);
            end += len;
        }
        let start = self.issuer_before(range.start, open);
        let issuer = &self.view.text[start..open];
        if title.starts_with("关于") {
            title.insert_str(0, issuer);
        }
        // 国家药监局《…公告》(2023年第124号): the number is the issuer's.
        if let Some(n) = number.as_mut().filter(|n| n.starts_with(|c: char| c.is_ascii_digit())) {
            let kind = ["公告", "通告"].iter().find(|kind| title.ends_with(**kind));
            if let Some(kind) = kind.filter(|_| start < open) {
                *n = format!("{issuer}{kind}{n}");
            }
        }
        self.instrument(title, number, words, start..end, Rule::BookTitle)
    }

    /// An instrument by its title and number as printed; the official ones where
    /// the vocabulary knows it.
    fn instrument(
        &self,
        title: String,
        number: Option<String>,
        words: Range<usize>,
        whole: Range<usize>,
        rule: Rule,
    ) -> Named {
        let instruments = &self.lexicon.instruments;
        let key = TitleKey::new(&title);
        let known = number.as_deref().and_then(|number| instruments.numbered(number));
        match known.or_else(|| instruments.titled(&key)) {
            Some(known) => Named {
                title: known.title.clone(),
                key: TitleKey::new(&known.title),
                number: number.or_else(|| known.number.clone()),
                kind: known.kind,
                words,
                whole,
                rule,
            },
            None => {
                let kind = instruments.kind(&title);
                Named { title, key, number, kind, words, whole, rule }
            }
        }
    }

    /// Where the names of the issuers that end at `open` begin: 国家药监局《,
    /// 中共中央、国务院《.
    fn issuer_before(&self, from: usize, open: usize) -> usize {
        /// Names of issuers before a title take no more characters.
        const ISSUERS: usize = 60;
        let from = from + suffix_start(self.text(from..open), ISSUERS);
        let mut start = open;
        for mention in self.agencies(&(from..open)).into_iter().rev() {
            let between = &self.view.text[mention.range.end..start];
            if !(between.is_empty() || between == "、") || (between == "、" && start == open) {
                break;
            }
            start = mention.range.start;
        }
        start
    }

    /// GMP, 药物警戒质量管理规范: names that need no 《》.
    fn plain_names(&self, range: &Range<usize>, named: &mut Vec<Named>) {
        let titled: Cover = named.iter().map(|n| n.whole.clone()).collect();
        for &token in self.tokens(range) {
            let known = self.meanings(token).iter().find_map(|meaning| match meaning {
                Meaning::Instrument(index) => {
                    Some(&self.lexicon.instruments.table[*index as usize])
                }
                _ => None,
            });
            let Some(known) = known.filter(|_| !titled.meets(&token.range())) else {
                continue;
            };
            let word = self.text(token.range());
            let glued = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let before = self.view.text[..token.start as usize].chars().next_back();
            let after = self.view.text[token.end as usize..].chars().next();
            let part = word.is_ascii() && (glued(before) || glued(after));
            // 《中药材生产质量管理规范》(GAP): the name again.
            let again = before == Some('(') && after == Some(')');
            if !part && !again {
                let (words, whole) = (token.range(), token.range());
                named.push(self.instrument(
                    known.title.clone(),
                    None,
                    words,
                    whole,
                    Rule::PlainName,
                ));
            }
        }
    }

    /// 国办发〔2024〕53号 without a title beside it.
    fn bare_numbers(&self, range: &Range<usize>, named: &mut Vec<Named>) {
        let titled: Cover = named.iter().map(|n| n.whole.clone()).collect();
        for (words, number) in numbers(self.text(range.clone())) {
            let words = range.start + words.start..range.start + words.end;
            if titled.meets(&words) {
                continue;
            }
            let title = number.clone();
            named.push(self.instrument(title, Some(number), words.clone(), words, Rule::Number));
        }
    }
}

/// The document's own title.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub title: String,
    key: TitleKey,
}

impl Subject {
    pub fn new(title: &str) -> Self {
        Subject { title: title.to_owned(), key: TitleKey::new(title) }
    }

    /// A document that quotes its own title, whole or as 《公告》, does not cite.
    pub fn is(&self, named: &Named) -> bool {
        let short = named.title.chars().count() <= 4 && self.title.ends_with(&named.title);
        short || self.key.agrees(&named.key)
    }
}

/// A number in brackets at the end of a title: its bytes, and the number.
fn bracketed_number(title: &str) -> Option<(usize, String)> {
    let inner = title.strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let words = inner[open + 1..].rsplit(':').next()?;
    let number = whole_number(words)?;
    Some((title.len() - open, number))
}

/// Longest number with its label, in characters.
const NUMBER: usize = 60;

/// (国办发〔2024〕53号) right behind a title.
fn number_behind(text: &str) -> Option<(usize, String)> {
    let inner = text.strip_prefix('(')?;
    let inner = &inner[..prefix_end(inner, NUMBER)];
    let close = inner.find(')')?;
    let words = inner[..close].split([',', '、', ';']).next().unwrap_or_default();
    let number = whole_number(&inner[..close]).or_else(|| whole_number(words))?;
    Some((close + 2, number))
}

/// 蒙药分册(1998年版): what belongs to the title though it stands behind 》.
fn volume(text: &str) -> Option<usize> {
    let near = &text[..prefix_end(text, NUMBER)];
    let end = near.find(|c| !is_han(c)).unwrap_or(near.len());
    let words = &text[..end];
    let part =
        ["分册", "分卷"].iter().any(|part| words.ends_with(part)) && words.chars().count() <= 8;
    part.then(|| {
        let edition = text[end..].strip_prefix('(').and_then(|inner| {
            let close = inner[..prefix_end(inner, NUMBER)].find(')')?;
            inner[..close].ends_with('版').then_some(close + 2)
        });
        end + edition.unwrap_or(0)
    })
}

/// Reads all of `words` as the number of an instrument: a 文号, 2023年第124号, or
/// the code of a procurement file.
fn whole_number(words: &str) -> Option<String> {
    if let Some((range, number)) = numbers(words).into_iter().next()
        && range.start == 0
        && range.end == words.len()
    {
        return Some(number);
    }
    let annual = words.strip_suffix('号').and_then(|w| {
        let (year, n) = w.split_once("年第")?;
        (year.len() == 4 && digits(year) && digits(n)).then(|| words.to_owned())
    });
    annual.or_else(|| is_code(words).then(|| words.to_owned()))
}

/// ZJHCCG-2024-01, LM-HD2024-01、02、03、04: Latin capitals, digits, hyphens.
fn is_code(words: &str) -> bool {
    let allowed = |c: char| {
        c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '—' | '、' | '/')
    };
    words.starts_with(|c: char| c.is_ascii_uppercase())
        && words.ends_with(|c: char| c.is_ascii_digit())
        && words.contains(['-', '—'])
        && words.chars().all(allowed)
}

/// The document numbers (发文字号) in a text: 机关代字, year in brackets, number.
/// Brackets become 〔〕. ICP备…号 and the like are none. O(n).
pub(crate) fn numbers(text: &str) -> Vec<(Range<usize>, String)> {
    occurrences(text, "号").filter_map(|at| number_ending(text, at)).collect()
}

/// The number whose 号 stands at `end`.
fn number_ending(text: &str, end: usize) -> Option<(Range<usize>, String)> {
    let rest = text[..end].trim_end_matches(|c: char| c.is_ascii_digit());
    let n = &text[rest.len()..end];
    let rest = rest.strip_suffix('第').unwrap_or(rest);
    let rest = rest.strip_suffix(['〕', ']', ')', '】', '﹞'])?;
    let year =
        rest.len().checked_sub(4).and_then(|at| rest.get(at..)).filter(|year| digits(year))?;
    let code = rest[..rest.len() - 4].strip_suffix(['〔', '[', '(', '【', '﹝'])?;
    let start = code_start(code);
    (start < code.len() && !n.is_empty())
        .then(|| (start..end + '号'.len_utf8(), format!("{}〔{year}〕{n}号", &code[start..])))
}

/// Where the 机关代字 that ends `text` begins: up to ten Han characters, not
/// past a mark.
fn code_start(text: &str) -> usize {
    let code = text.char_indices().rev().take(10).take_while(|&(_, c)| is_han(c));
    code.last().map_or(text.len(), |(at, _)| at)
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers() {
        let read =
            |text: &str| numbers(text).into_iter().map(|(_, number)| number).collect::<Vec<_>>();
        assert_eq!(read("(国办发〔2024〕53号)"), ["国办发〔2024〕53号"]);
        assert_eq!(read("内药监发[2025]18号"), ["内药监发〔2025〕18号"]);
        assert_eq!(read("琼ICP备2024032622号-19"), [""; 0]);
        assert_eq!(read("分册(1998年版)、(2025版)、2020—2025年"), [""; 0]);
    }

    #[test]
    fn numbers_beside_titles() {
        assert_eq!(whole_number("2023年第124号").as_deref(), Some("2023年第124号"));
        assert_eq!(
            whole_number("LM-HD2024-01、02、03、04").as_deref(),
            Some("LM-HD2024-01、02、03、04")
        );
        assert_eq!(
            bracketed_number("采购文件(采购文件编号:GS-HCDLCG2024-3)").unwrap().1,
            "GS-HCDLCG2024-3"
        );
        assert_eq!(bracketed_number("操作规范(2025版)"), None);
    }
}
