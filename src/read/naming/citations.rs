//! Instruments that are named: in 《》, by number, by an unmistakable name.

use super::numbers::{Counted, counted_ending, numbers, numbers_at, standard, whole_number};
use crate::lexicon::{Instrument, Meaning, TitleKey, Token};
use crate::model::{Citation, InstrumentKind, Rule};
use crate::read::context::Context;
use crate::read::interval_set::Cover;
use crate::text::{after_last, find, is_han, occurrences, prefix_end, suffix_start};
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
        self.implementing(range, &mut named);
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

    pub(crate) fn titled(&self, range: &Range<usize>, open: usize, close: usize) -> Named {
        let mut words = open + '《'.len_utf8()..close;
        let mut end = close + '》'.len_utf8();
        let mut number = None;
        // 《…采购文件(采购文件编号:GS-HCDLCG2024-3)》
        if let Some((len, found)) = bracketed_number(self.text(words.clone())) {
            words.end -= len;
            number = Some(found);
        }
        let mut title = self.printed(words.clone());
        if let Some(meant) = self.short_names.meant(&title, open) {
            return Named { words, whole: open..end, ..meant.clone() };
        }
        // 《卫生部药品标准》蒙药分册(1998年版)
        if let Some(len) = volume(&self.view.text[end..range.end]) {
            title.push_str(&self.printed(end..end + len));
            end += len;
        }
        if let Some((len, found)) = number_behind(&self.view.text[end..range.end]) {
            number = Some(found);
            end += len;
        }
        let mut start = self.issuer_before(range.start, open);
        let issuer = &self.view.text[start..open];
        if title.starts_with("关于") {
            title.insert_str(0, issuer);
        }
        if let Some((words, found)) = self.number_ahead(range.start, start) {
            start = words.start;
            number = number.or(Some(found));
        }
        let number = number.and_then(|number| anchored(number, issuer, &title));
        self.instrument(title, number, words, start..end, Rule::BookTitle)
    }

    /// 国办发〔2024〕53号《…》, 国家药监局公告2023年第124号《…》: the number that
    /// ends at `end`.
    fn number_ahead(&self, from: usize, end: usize) -> Option<(Range<usize>, String)> {
        let before = self.text(from..end);
        if !["号", "令", "公告", "通告"].iter().any(|word| before.ends_with(word)) {
            return None;
        }
        let near = from + suffix_start(before, NUMBER);
        let found = self.all_numbers(&(near..end));
        found.into_iter().next_back().filter(|(words, _)| words.end == end)
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
                let kind = match rule {
                    Rule::Number => numbered_kind(&title),
                    _ => instruments.kind(&title),
                };
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

    /// “春雨行动”——医疗器械临床研究成果转化工作方案: a slogan and the title that it
    /// stands before; `mark` is what parts them.
    fn subtitled(&self, range: &Range<usize>, mark: Token) -> Option<Named> {
        /// Neither a slogan nor the title behind it takes more characters.
        const LONGEST: usize = 40;
        let before = self.text(range.start..mark.start as usize);
        let near = suffix_start(before, LONGEST);
        let open = near + before[near..].rfind('“')?;
        let behind = self.text(mark.end as usize..range.end);
        let behind = &behind[..prefix_end(behind, LONGEST)];
        let len = closing_noun(behind).filter(|&len| plain(&behind[..len]))?;
        let words = range.start + open..mark.end as usize + len;
        let title = self.printed(words.clone());
        // What is quoted is a programme's name too.
        let whole = mark.start as usize..words.end;
        Some(self.instrument(title, None, words, whole, Rule::PlainName))
    }

    /// 政府采购法及其实施条例: the regulation named by its law.
    fn implementing(&self, range: &Range<usize>, named: &mut Vec<Named>) {
        let regulation = |law: &Named| {
            let at = law.whole.end;
            let behind = self.text(at..range.end).strip_prefix("及其")?;
            let words = at + "及其".len()..at + "及其实施条例".len();
            let title = format!("{}实施条例", law.title);
            behind
                .starts_with("实施条例")
                .then(|| self.instrument(title, None, words.clone(), words, Rule::PlainName))
        };
        let regulations: Vec<Named> = named.iter().filter_map(regulation).collect();
        named.extend(regulations);
    }

    /// GMP, 药物警戒质量管理规范, GB/T 9704—2012: names that need no 《》.
    fn plain_names(&self, range: &Range<usize>, named: &mut Vec<Named>) {
        let titled: Cover = named.iter().map(|n| n.whole.clone()).collect();
        for &token in self.tokens(range) {
            let meaning = self.meanings(token).iter().find(|meaning| {
                matches!(meaning, Meaning::Instrument(_) | Meaning::Standard | Meaning::Subtitle)
            });
            let Some(meaning) = meaning.filter(|_| !titled.meets(&token.range())) else { continue };
            match meaning {
                Meaning::Standard => {
                    let words = self.standard(token, range.end);
                    named.extend(words.map(|words| self.numbered(words, None)));
                }
                Meaning::Subtitle => named.extend(self.subtitled(range, token)),
                _ if self.is_part_of_a_word(token) => {}
                _ => named.extend(self.instruments_named(range, token).into_iter().map(|known| {
                    let (words, whole) = (token.range(), token.range());
                    let title = known.title.clone();
                    self.instrument(title, None, words, whole, Rule::PlainName)
                })),
            }
        }
    }

    /// The instruments that a word is a name of. One that several share, like
    /// 生产质量管理规范, names those whose domain stands in its clause, else the
    /// first.
    fn instruments_named(&self, range: &Range<usize>, token: Token) -> Vec<&Instrument> {
        /// Characters of a clause that are looked at, each way.
        const NEAR: usize = 40;
        let mut known: Vec<&Instrument> = Vec::new();
        for meaning in self.meanings(token) {
            if let Meaning::Instrument(index) = meaning {
                known.push(&self.lexicon.instruments.table[*index as usize]);
            }
        }
        if known.len() > 1 {
            let marks = ['。', ',', ';', '\n'];
            let left = self.text(range.start..token.start as usize);
            let left = &left[suffix_start(left, NEAR)..];
            let right = self.text(token.end as usize..range.end);
            let right = &right[..prefix_end(right, NEAR)];
            let left = &left[after_last(left, &marks)..];
            let right = right.split(marks).next().unwrap_or(right);
            let word = self.text(token.range());
            let near = |known: &&Instrument| {
                let domain = known.title.strip_suffix(word).unwrap_or(&known.title);
                left.contains(domain) || right.contains(domain)
            };
            let meant: Vec<&Instrument> = known.iter().copied().filter(near).collect();
            known = if meant.is_empty() { known[..1].to_vec() } else { meant };
        }
        known
    }

    /// True if the characters around a name make another word of it, or give it
    /// a second time.
    fn is_part_of_a_word(&self, token: Token) -> bool {
        let word = self.text(token.range());
        let before = self.view.text[..token.start as usize].chars().next_back();
        let after = self.view.text[token.end as usize..].chars().next();
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let part = word.is_ascii() && (latin(before) || latin(after));
        // 价格法规, 公司法人
        let other = word.ends_with('法') && after.is_some_and(|c| "规律院定治人制庭务".contains(c));
        // 《中药材生产质量管理规范》(GAP): the name again.
        let again = before == Some('(') && after == Some(')');
        part || other || again
    }

    /// The whole code of a standard that begins with `token`.
    fn standard(&self, token: Token, end: usize) -> Option<Range<usize>> {
        let before = self.view.text[..token.start as usize].chars().next_back();
        let after = self.text(token.end as usize..end);
        let len = standard(after);
        let apart = !before.is_some_and(|c| c.is_ascii_alphanumeric());
        (apart && len > 0).then(|| token.start as usize..token.end as usize + len)
    }

    /// 国办发〔2024〕53号, 国务院令第739号, 国家药监局2023年第124号公告 without a
    /// title in 《》 beside it.
    fn bare_numbers(&self, range: &Range<usize>, named: &mut Vec<Named>) {
        let titled: Cover = named.iter().map(|n| n.whole.clone()).collect();
        for (words, number) in self.all_numbers(range) {
            if titled.meets(&words) {
                continue;
            }
            named.push(match self.unbracketed(range.start, &words) {
                Some(title) => {
                    let printed = self.printed(title.clone());
                    let whole = title.start..words.end;
                    self.instrument(printed, Some(number), title, whole, Rule::PlainName)
                }
                None => self.numbered(words, Some(number)),
            });
        }
    }

    /// What is cited by its number alone, which is then its title.
    fn numbered(&self, words: Range<usize>, number: Option<String>) -> Named {
        let number = number.unwrap_or_else(|| self.printed(words.clone()));
        let (title, whole) = (number.clone(), words.clone());
        self.instrument(title, Some(number), words, whole, Rule::Number)
    }

    /// The document numbers, orders and announcements in a range.
    fn all_numbers(&self, range: &Range<usize>) -> Vec<(Range<usize>, String)> {
        let text = self.text(range.clone());
        let at = |words: Range<usize>| range.start + words.start..range.start + words.end;
        let ends: Vec<usize> = occurrences(text, "号").collect();
        let codes = numbers_at(text, &ends).into_iter().map(|(words, number)| (at(words), number));
        let counted = ends.iter().filter_map(|&end| {
            let counted = counted_ending(text, end)?;
            let Counted { range: words, words: number } = counted;
            let words = at(words);
            let start = self.counting(range.start, words.start)?;
            let agency = self.text(start..words.start).trim_start_matches(NATION);
            Some((start..words.end, format!("{agency}{number}")))
        });
        codes.chain(counted).collect()
    }

    /// Where the name of the agency begins that counts by itself, up to `end`.
    fn counting(&self, from: usize, end: usize) -> Option<usize> {
        let start = self.issuer_before(from, end);
        let before = self.text(from..end);
        let other = ["主席", "总局"].iter().find(|name| before.ends_with(**name));
        let start = if start < end { start } else { end - other?.len() };
        let nation = self.text(from..start).ends_with(NATION);
        Some(if nation { start - NATION.len() } else { start })
    }

    /// 国务院办公厅关于…的意见(国办发〔2024〕53号): the title, without 《》, before
    /// a number in brackets.
    fn unbracketed(&self, from: usize, number: &Range<usize>) -> Option<Range<usize>> {
        /// No title is longer, in characters.
        const LONGEST: usize = 80;
        let before = self.text(from..number.start).strip_suffix('(')?;
        let near = suffix_start(before, LONGEST);
        let clause = near + after_last(&before[near..], &['。', ';', ',', '\n', '《', '》', '(']);
        let about = from + clause + before[clause..].find("关于")?;
        let end = from + before.len();
        let words = self.text(about..end);
        let title = plain(words) && NOUNS.iter().any(|noun| words.ends_with(noun));
        title.then(|| self.issuer_before(from, about)..end)
    }
}

/// What full names of national bodies begin with.
const NATION: &str = "中华人民共和国";

/// Nouns that close the titles of policies.
const NOUNS: [&str; 12] = [
    "方案", "计划", "规划", "纲要", "意见", "措施", "通知", "公告", "通告", "办法", "规定", "决定",
];

/// Where the first of the nouns ends.
fn closing_noun(text: &str) -> Option<usize> {
    NOUNS.iter().filter_map(|noun| find(text, noun).map(|at| at + noun.len())).min()
}

/// True if no mark but those of a list stands in a title.
fn plain(title: &str) -> bool {
    title.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric() || c == '、')
}

/// What kind of instrument bears a number that stands alone.
fn numbered_kind(number: &str) -> InstrumentKind {
    match number {
        _ if number.contains("主席令") => InstrumentKind::Law,
        _ if number.contains("国务院令") => InstrumentKind::Regulation,
        _ if number.starts_with(|c: char| c.is_ascii_uppercase()) => InstrumentKind::Standard,
        _ => InstrumentKind::Policy,
    }
}

/// A number that an agency counts by itself, with the agency: the issuer before
/// the title, or in it. 2023年第124号 of nobody numbers nothing.
fn anchored(number: String, issuer: &str, title: &str) -> Option<String> {
    let kinds = ["令", "公告", "通告"];
    let annual = number.starts_with(|c: char| c.is_ascii_digit());
    if !annual && !kinds.iter().any(|kind| number.starts_with(kind)) {
        return Some(number);
    }
    let kind = if annual { *kinds.iter().find(|kind| title.ends_with(**kind))? } else { "" };
    let agency = match issuer {
        "" => &title[..title.find("关于")?],
        issuer => issuer,
    };
    (!agency.is_empty()).then(|| format!("{agency}{kind}{number}"))
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
        let bare = self.title.split(['(', '（']).next().unwrap_or_default();
        let short = named.title.chars().count() <= 6 && bare.ends_with(&named.title);
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

/// Longest 机关代字 with the bracket behind it, in characters.
const CODE: usize = 11;

/// (国办发〔2024〕53号), [国办发(2024)53号], 国办发〔2024〕53号 right behind a title,
/// or in a bracket that opens the next line.
fn number_behind(text: &str) -> Option<(usize, String)> {
    if let Some(line) = text.strip_prefix('\n').filter(|line| line.starts_with('(')) {
        return number_behind(line).map(|(len, number)| ('\n'.len_utf8() + len, number));
    }
    let near = &text[..prefix_end(text, NUMBER)];
    let Some(inner) = near.strip_prefix(['(', '[', '〔', '【']) else {
        let code = &near[..prefix_end(near, CODE)];
        let bare = code.contains(['〔', '[', '【', '﹝']).then(|| numbers(near))?;
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
    let number = whole_number(&inner[..close]).or_else(|| whole_number(words))?;
    Some((open + close + bracket.len_utf8(), number))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What the measures of `text` cite: title and number.
    #[track_caller]
    fn check(text: &str, cited: &[(&str, &str)]) {
        let text = format!("(一)依法监管。{text}\n(二)加强监管。加强。");
        let record = crate::read(crate::Lexicon::builtin(), "text", text);
        let cites = &record.measures[0].provision.cites;
        let read: Vec<_> =
            cites.iter().map(|c| (c.title.as_str(), c.number.as_deref().unwrap_or(""))).collect();
        assert_eq!(read, cited);
    }

    #[test]
    fn names_and_numbers() {
        check("执行国务院令第739号。", &[("医疗器械监督管理条例", "国务院令第739号")]);
        check(
            "执行国家药监局2022年第22号公告。",
            &[("国家药监局公告2022年第22号", "国家药监局公告2022年第22号")],
        );
        check(
            "执行《国家药监局关于实施〈规范〉的公告》(2020年第58号)。",
            &[("国家药监局关于实施〈规范〉的公告", "国家药监局公告2020年第58号")],
        );
        check("执行药监规〔2025〕3号《抽检办法》。", &[("抽检办法", "药监规〔2025〕3号")]);
        check(
            "按国务院办公厅关于优化审批的意见(国办发〔2025〕9号)办理。",
            &[("国务院办公厅关于优化审批的意见", "国办发〔2025〕9号")],
        );
        check("执行GB/T 9704—2012。", &[("GB/T 9704—2012", "GB/T 9704—2012")]);
        check("2024年第3号楼,电话0871-12345678号,滇ICP备12005478号。", &[]);
    }

    #[test]
    fn names_without_brackets() {
        check(
            "按照生产质量管理规范生产药品、医疗器械。",
            &[("药品生产质量管理规范", ""), ("医疗器械生产质量管理规范", "")],
        );
        check(
            "落实政府采购法及其实施条例,清理价格法规。",
            &[("中华人民共和国政府采购法", ""), ("中华人民共和国政府采购法实施条例", "")],
        );
        check("解读“春雨行动”——成果转化工作方案。", &[("“春雨行动”——成果转化工作方案", "")]);
    }

    #[test]
    fn short_names_mean_what_they_were_given_to() {
        check(
            "落实《深化改革的意见》(国办发〔2024〕53号,以下简称《意见》),《意见》要求从严。",
            &[(
                "国务院办公厅关于全面深化药品医疗器械监管改革促进医药产业高质量发展的意见",
                "国办发〔2024〕53号",
            )],
        );
        check("落实《疫苗流通规定》(以下简称“规定”)和《规定》。", &[("疫苗流通规定", "")]);
    }

    #[test]
    fn numbers_inside_titles() {
        assert_eq!(
            bracketed_number("采购文件(采购文件编号:GS-HCDLCG2024-3)").unwrap().1,
            "GS-HCDLCG2024-3"
        );
        assert_eq!(bracketed_number("操作规范(2025版)"), None);
    }
}
