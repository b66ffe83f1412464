//! Instruments named in text: in 《》, by number, by a known name.

use super::instruments::{instrument, issuer_start, numbers_in};
use super::names::{NamedInstrument, Names};
use super::title_forms::{NUMBER, bracketed_number, number_after, volume_len, with_agency};
use super::unmarked;
use crate::lexicon::TitleKey;
use crate::model::{Citation, Rule};
use crate::read::scanned_text::ScannedText;
use crate::text::{NameMark, since_mark, suffix_start};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Marks that end a clause.
const CLAUSE_MARKS: [char; 4] = ['。', ';', ',', '\n'];

/// Returns the instruments named in a range, in text order, with repeats.
pub(crate) fn named(names: &Names, range: &Range<usize>) -> Vec<NamedInstrument> {
    let text = names.text;
    let mut named = Vec::new();
    let mut at = range.start;
    while let Some(open) = text.marks(NameMark::Title, at..range.end).next() {
        let Some(close) = closing(text, open, range.end) else { break };
        let instrument = titled(names, range, open, close);
        at = instrument.range.end;
        // 《》 names nothing.
        if !instrument.title_range.is_empty() && !is_work(text, range, open, close) {
            named.push(instrument);
        }
    }
    unmarked::add_known_names(text, range, &mut named);
    unmarked::add_implementing_regulations(text, range, &mut named);
    unmarked::add_lists(names, range, &mut named);
    unmarked::add_numbered(names, range, &mut named);
    named.sort_by_key(|instrument| instrument.title_range.start);
    named
}

/// Returns each instrument once, with the first number printed for it.
pub(crate) fn citations<'n>(
    text: &ScannedText,
    named: impl Iterator<Item = &'n NamedInstrument>,
) -> Vec<Citation> {
    let mut cites: Vec<Citation> = Vec::new();
    let mut known = KnownTitles::default();
    // Words of a title without the edition in brackets at its end → place.
    let mut editions: FxHashMap<&str, usize> = FxHashMap::default();
    for instrument in named {
        let key = &instrument.identity.key;
        // GMP after 《药品生产质量管理规范(2010年修订)》 is that edition.
        let plain = instrument.rule == Rule::PlainName;
        let edition = editions.get(key.words.as_str()).copied().filter(|_| plain);
        match known.find_or_add(key, edition.unwrap_or(cites.len())) {
            Some(at) => {
                let number = &mut cites[at].number;
                *number = number.take().or_else(|| instrument.identity.number.clone());
            }
            None if edition.is_some() => {}
            None => {
                if let Some((words, _)) = key.words.split_once('(') {
                    editions.entry(words).or_insert(cites.len());
                }
                cites.push(citation(text, instrument));
            }
        }
    }
    cites
}

/// The titles of a list, none of which [agrees](TitleKey::agrees) with another.
#[derive(Default)]
struct KnownTitles<'n> {
    /// Words → place of the first title with them.
    first: FxHashMap<&'n str, usize>,
    /// Words → place of the title with them and without an issuer.
    without_issuer: FxHashMap<&'n str, usize>,
    /// Words and issuer → place of the title.
    with_issuer: FxHashMap<(&'n str, &'n str), usize>,
}

impl<'n> KnownTitles<'n> {
    /// Returns the place of the first title that agrees with `key`. If there is none, adds
    /// `key` at `place`. O(1).
    fn find_or_add(&mut self, key: &'n TitleKey, place: usize) -> Option<usize> {
        let TitleKey { words, issuer } = key;
        let found = if issuer.is_empty() {
            self.first.get(words.as_str()).copied()
        } else {
            let with_issuer = self.with_issuer.get(&(words.as_str(), issuer.as_str()));
            with_issuer.into_iter().chain(self.without_issuer.get(words.as_str())).min().copied()
        };
        if found.is_none() {
            self.first.entry(words).or_insert(place);
            if issuer.is_empty() {
                self.without_issuer.insert(words, place);
            } else {
                self.with_issuer.insert((words, issuer), place);
            }
        }
        found
    }
}

fn citation(text: &ScannedText, named: &NamedInstrument) -> Citation {
    Citation {
        kind: named.identity.kind,
        title: named.identity.title.clone(),
        number: named.identity.number.clone(),
        span: text.span(named.title_range.clone()),
        rule: named.rule,
    }
}

/// Returns the offset of the 》 that closes the 《 at `open`.
fn closing(text: &ScannedText, open: usize, end: usize) -> Option<usize> {
    /// Maximum length of a title in bytes; an unclosed 《 stays linear.
    const LONGEST: usize = 600;
    let near = || text.slice(open..end).char_indices().take_while(|&(at, _)| at < LONGEST);
    let mut depth = 0;
    for (at, c) in near() {
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
    // 《甲《乙》 has a bracket too many: the first 》 closes.
    near().find(|&(_, c)| c == '》').map(|(at, _)| open + at)
}

/// Returns true if the 《》 at `open` and `close` name a newspaper, a film or another work:
/// 《…日报》, 纪录片《…》, 《…》栏目.
fn is_work(text: &ScannedText, range: &Range<usize>, open: usize, close: usize) -> bool {
    let cues = &text.lexicon.cues.citations;
    let (title, after) = (open + '《'.len_utf8(), close + '》'.len_utf8());
    let following = text.slice(after..range.end);
    // 《…》等12个项目
    let counted = || {
        let digits = following.strip_prefix('等')?.trim_start_matches(|c: char| c.is_ascii_digit());
        cues.works_counted.start(digits.strip_prefix(['个', '项', '部', '篇', '件', '首', '门'])?)
    };
    cues.media.end(text.slice(title..close)).is_some()
        || cues.works_after.start(following).is_some()
        || counted().is_some()
        || cues.works_before.end(text.slice(range.start..open)).is_some()
}

/// Returns the instrument in the 《》 at `open` and `close`, with its issuer and
/// number inside `range`.
pub(crate) fn titled(
    names: &Names,
    range: &Range<usize>,
    open: usize,
    close: usize,
) -> NamedInstrument {
    let text = names.text;
    let mut title_range = open + '《'.len_utf8()..close;
    let mut end = close + '》'.len_utf8();
    let mut number = None;
    // 《…采购文件(采购文件编号:GS-HCDLCG2024-3)》
    if let Some((len, found)) = bracketed_number(text.lexicon, text.slice(title_range.clone())) {
        title_range.end -= len;
        number = Some(found);
    }
    let mut title = text.printed(title_range.clone());
    if let Some(meant) = names.short_titles.resolve(&title, open) {
        return NamedInstrument { title_range, range: open..end, ..meant.clone() };
    }
    // 《卫生部药品标准》蒙药分册(1998年版)
    if let Some(len) = volume_len(text.lexicon, text.slice(end..range.end)) {
        title.push_str(&text.printed(end..end + len));
        end += len;
    }
    if let Some((len, found)) = number_after(text.lexicon, text.slice(end..range.end)) {
        number = Some(found);
        end += len;
    }
    let mut start = issuer_start(names, range.start, open);
    let mut issuer = text.slice(start..open);
    if title.starts_with("关于") {
        title.insert_str(0, issuer);
    }
    if number.is_none() {
        let cover = number_of_cover(names, range.start, open, text.slice(end..range.end));
        if let Some(cover) = cover {
            end += cover.len;
            number = Some(cover.number);
            (start, issuer) = (cover.start, text.slice(cover.start..cover.issuer_end));
        }
    }
    if let Some((words, found)) = number_before(names, range.start, start) {
        start = words.start;
        number = number.or(Some(found));
    }
    let number = number.and_then(|number| with_agency(text.lexicon, number, issuer, &title));
    instrument(text, title, number, title_range, start..end, Rule::BookTitle)
}

/// The words around a title in 《》 of the paper that issues it, with the number of that paper.
struct Cover {
    /// Start of the issuer.
    start: usize,
    issuer_end: usize,
    number: String,
    /// Length of the words after 》.
    len: usize,
}

/// Returns the number after 的公告 in 国家药监局关于发布《…》的公告(2022年第55号). `after` is the
/// text after 》.
fn number_of_cover(names: &Names, from: usize, open: usize, after: &str) -> Option<Cover> {
    let text = names.text;
    let kinds = &text.lexicon.cues.citations.covers;
    let paper = after.strip_prefix('的')?;
    let kind = kinds.start(paper)?;
    let (len, number) = number_after(text.lexicon, &paper[kind.len()..])?;
    let clause = since_mark(text.slice(from..open), NUMBER, &CLAUSE_MARKS);
    let about = open - clause.len() + clause.rfind("关于")?;
    let start = issuer_start(names, from, about);
    let annual = number.starts_with(|c: char| c.is_ascii_digit());
    let number = if annual { [kind, &number].concat() } else { number };
    Some(Cover {
        start,
        issuer_end: about,
        number,
        len: after.len() - paper.len() + kind.len() + len,
    })
}

/// Returns the number that ends at `end`, before a title: 国办发〔2024〕53号《…》,
/// 国家药监局公告2023年第124号《…》.
fn number_before(names: &Names, from: usize, end: usize) -> Option<(Range<usize>, String)> {
    let before = names.text.slice(from..end);
    names.text.lexicon.cues.citations.number_ends.end(before)?;
    let near = from + suffix_start(before, NUMBER);
    let found = numbers_in(names, &(near..end));
    found.into_iter().next_back().filter(|(words, _)| words.end == end)
}

#[cfg(test)]
mod tests {
    /// Compares the citations of a measure, as title and number.
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
            "落实教育部关于发布《校服标准》的公告(2022年第5号)。",
            &[("校服标准", "教育部公告2022年第5号")],
        );
        check(
            "按财政厅关于印发《水费办法》的通知(晋财综〔2024〕5号)办理。",
            &[("水费办法", "晋财综〔2024〕5号")],
        );
        check(
            "执行水建〔2021〕5号、6号和第8号,财教〔2015〕7号、〔2019〕4号。",
            &[
                ("水建〔2021〕5号", "水建〔2021〕5号"),
                ("水建〔2021〕6号", "水建〔2021〕6号"),
                ("水建〔2021〕8号", "水建〔2021〕8号"),
                ("财教〔2015〕7号", "财教〔2015〕7号"),
                ("财教〔2019〕4号", "财教〔2019〕4号"),
            ],
        );
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
    fn works_are_no_instruments() {
        check("收看《汾河晚报》、纪录片《远山》和《问政》栏目。", &[]);
        check(
            "对照《农房技术导则》和《村务公开手册》。",
            &[("农房技术导则", ""), ("村务公开手册", "")],
        );
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
}
