//! Instruments named without 《》: by a known name, by a number, by a slogan with
//! a subtitle.

use super::enumerations::JOINERS;
use super::instruments::{instrument, issuer_start, known_identity, numbers_in};
use super::names::{Identity, NamedInstrument, Names, ranges};
use super::numbers::standard_len;
use super::title_forms::{closing_noun, is_plain};
use crate::lexicon::{Instrument, Meaning, MeaningKinds, TitleKey, Token};
use crate::model::Rule;
use crate::read::scanned_text::ScannedText;
use crate::read::word_places::Sought;
use crate::text::{first_chars, is_han, occurrences, since_mark, suffix_start, until_mark};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::rc::Rc;

/// Adds the known names in a range: GMP, 药物警戒质量管理规范, GB/T 9704—2012.
pub(crate) fn add_known_names(
    text: &ScannedText,
    range: &Range<usize>,
    named: &mut Vec<NamedInstrument>,
) {
    let titled = ranges(named);
    let mut identities: FxHashMap<&str, Rc<Identity>> = FxHashMap::default();
    for token in text.tokens_of(range, MeaningKinds::INSTRUMENT) {
        let meaning = text.meanings(token).iter().find(|meaning| {
            matches!(meaning, Meaning::Instrument(_) | Meaning::Standard | Meaning::Subtitle)
        });
        let Some(meaning) = meaning.filter(|_| !titled.intersects(&token.range())) else {
            continue;
        };
        match meaning {
            Meaning::Standard => {
                let code = standard_code(text, token, range.end);
                named.extend(code.map(|words| by_number(text, words, None)));
            }
            Meaning::Subtitle => named.extend(subtitled(text, range, token)),
            _ if is_part_of_a_word(text, token) => {}
            _ => {
                let siblings = siblings(text, range, token);
                let known = known_instruments(text, range, token).into_iter();
                let known = known.map(|known| (known, token.range()));
                named.extend(siblings.into_iter().chain(known).map(|(known, words)| {
                    let identity = identities
                        .entry(&known.title)
                        .or_insert_with(|| Rc::new(known_identity(known, None)));
                    NamedInstrument {
                        identity: Rc::clone(identity),
                        title_range: words.clone(),
                        range: words,
                        rule: Rule::PlainName,
                    }
                }));
            }
        }
    }
}

/// Returns the instruments of a list before a title that ends each of them: 药物 in
/// 药物、医疗器械临床试验质量管理规范.
fn siblings<'a>(
    text: &ScannedText<'a>,
    range: &Range<usize>,
    token: Token,
) -> Vec<(&'a Instrument, Range<usize>)> {
    /// Maximum length in characters of the words that tell one title from another.
    const DOMAIN: usize = 8;
    /// Maximum number of instruments before the last one.
    const MOST: usize = 8;
    let title = text.slice(token.range());
    let mut found = Vec::new();
    let mut end = token.start as usize;
    while found.len() < MOST {
        let before = text.slice(range.start..end);
        let Some(list) = before.strip_suffix(JOINERS) else { break };
        let near = suffix_start(list, DOMAIN);
        let starts = list[near..].char_indices().map(|(at, _)| near + at);
        let shared = || title.char_indices().skip(1).map(|(at, _)| &title[at..]);
        let mut candidates = starts.flat_map(|at| shared().map(move |shared| (at, shared)));
        let sibling = candidates.find_map(|(at, shared)| {
            let known = &text.lexicon.instruments;
            Some((known.titled(&TitleKey::new(&[&list[at..], shared].concat()))?, at))
        });
        let Some((known, at)) = sibling else { break };
        found.push((known, range.start + at..range.start + list.len()));
        end = range.start + at;
    }
    found.reverse();
    found
}

/// Adds the lists of goods or works named after a verb without 《》, with their region or 国家
/// first: 纳入杭州创新产品推广应用目录.
pub(crate) fn add_lists(names: &Names, range: &Range<usize>, named: &mut Vec<NamedInstrument>) {
    /// Maximum and minimum length of a name in characters, without the noun at its end.
    const LENGTHS: std::ops::RangeInclusive<usize> = 6..=25;
    let text = names.text;
    let cues = &text.lexicon.cues.citations;
    let titled = ranges(named);
    for Range { start: at, end } in text.places(Sought::ListNouns, range) {
        let clause = since_mark(
            text.slice(range.start..at),
            *LENGTHS.end(),
            &['。', ';', ',', '\n', '、', '(', '《', '》'],
        );
        let Some((verb, len)) = cues.list_verbs.last(clause) else { continue };
        let modifiers = &clause[verb + len..];
        let placed = modifiers.starts_with("国家")
            || text.lexicon.regions.prefix(modifiers, names.setting()).is_some();
        let plain = LENGTHS.contains(&modifiers.chars().count())
            && modifiers.chars().all(is_han)
            && !cues.not_in_lists.occur_in(modifiers);
        let words = at - modifiers.len()..end;
        if placed && plain && !titled.intersects(&words) {
            let title = text.printed(words.clone());
            named.push(instrument(text, title, None, words.clone(), words, Rule::PlainName));
        }
    }
}

/// Adds the regulations named by their law: 政府采购法及其实施条例.
pub(crate) fn add_implementing_regulations(
    text: &ScannedText,
    range: &Range<usize>,
    named: &mut Vec<NamedInstrument>,
) {
    let regulation = |law: &NamedInstrument| {
        let at = law.range.end;
        let after = text.slice(at..range.end).strip_prefix("及其")?;
        let words = at + "及其".len()..at + "及其实施条例".len();
        let title = [&*law.identity.title, "实施条例"].concat();
        after
            .starts_with("实施条例")
            .then(|| instrument(text, title, None, words.clone(), words, Rule::PlainName))
    };
    let regulations: Vec<NamedInstrument> = named.iter().filter_map(regulation).collect();
    named.extend(regulations);
}

/// Adds the instruments cited by number without a title in 《》: 国办发〔2024〕53号,
/// 国务院令第739号, 国家药监局2023年第124号公告.
pub(crate) fn add_numbered(names: &Names, range: &Range<usize>, named: &mut Vec<NamedInstrument>) {
    let text = names.text;
    let titled = ranges(named);
    for (words, number) in numbers_in(names, range) {
        if titled.intersects(&words) {
            continue;
        }
        named.push(match title_before(names, range.start, &words) {
            Some(title) => {
                let printed = text.printed(title.clone());
                let whole = title.start..words.end;
                instrument(text, printed, Some(number), title, whole, Rule::PlainName)
            }
            None => {
                named.extend(
                    each_number(text, words, &number)
                        .into_iter()
                        .map(|(words, number)| by_number(text, words, Some(number))),
                );
                continue;
            }
        });
    }
}

/// Parts a run of numbers of one year into its numbers: 水建〔2021〕5号、6号和8号.
fn each_number(text: &ScannedText, words: Range<usize>, run: &str) -> Vec<(Range<usize>, String)> {
    let printed = text.slice(words.clone());
    let ends: Vec<usize> = occurrences(printed, "号").map(|end| end + '号'.len_utf8()).collect();
    let code = run.find('〕').map(|year| &run[..year + '〕'.len_utf8()]);
    let Some(code) = code.filter(|_| ends.len() > 1) else { return vec![(words, run.to_owned())] };
    let mut start = 0;
    let each = ends.into_iter().map(|end| {
        let n = printed[..end - '号'.len_utf8()].trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = &printed[n.len()..end];
        let first = if start == 0 { 0 } else { n.len() };
        start = end;
        (words.start + first..words.start + end, [code, digits].concat())
    });
    each.collect()
}

/// Returns an instrument cited by its number alone, which is also its title.
fn by_number(text: &ScannedText, words: Range<usize>, number: Option<String>) -> NamedInstrument {
    let number = number.unwrap_or_else(|| text.printed(words.clone()));
    let (title, range) = (number.clone(), words.clone());
    instrument(text, title, Some(number), words, range, Rule::Number)
}

/// Returns a slogan in quotation marks and the title after it, separated by `mark`:
/// “春雨行动”——医疗器械临床研究成果转化工作方案.
fn subtitled(text: &ScannedText, range: &Range<usize>, mark: Token) -> Option<NamedInstrument> {
    /// Maximum length of the slogan, and of the title after it, in characters.
    const LONGEST: usize = 40;
    let before = text.slice(range.start..mark.start as usize);
    let near = suffix_start(before, LONGEST);
    let open = near + before[near..].rfind('“')?;
    let after = first_chars(text.slice(mark.end as usize..range.end), LONGEST);
    let len = closing_noun(text.lexicon, after).filter(|&len| is_plain(&after[..len]))?;
    let words = range.start + open..mark.end as usize + len;
    let title = text.printed(words.clone());
    // The slogan stays outside the range: it is also a programme's name.
    let whole = mark.start as usize..words.end;
    Some(instrument(text, title, None, words, whole, Rule::PlainName))
}

/// Returns the instruments with the name `token`. A name that several share, like
/// 生产质量管理规范, means those with their domain in the clause, else the first.
fn known_instruments<'a>(
    text: &ScannedText<'a>,
    range: &Range<usize>,
    token: Token,
) -> Vec<&'a Instrument> {
    /// Characters of the clause that are read on each side.
    const NEAR: usize = 40;
    const MARKS: [char; 4] = ['。', ',', ';', '\n'];
    let mut known: Vec<&Instrument> = Vec::new();
    for meaning in text.meanings(token) {
        if let Meaning::Instrument(index) = meaning {
            known.push(&text.lexicon.instruments.table[*index as usize]);
        }
    }
    if known.len() > 1 {
        let before = text.slice(range.start..token.start as usize);
        if text.lexicon.cues.citations.other_domains.end(before).is_some() {
            return Vec::new();
        }
        let left = since_mark(text.slice(range.start..token.start as usize), NEAR, &MARKS);
        let right = until_mark(text.slice(token.end as usize..range.end), NEAR, &MARKS);
        let word = text.slice(token.range());
        let near = |known: &&Instrument| {
            let domain = known.title.strip_suffix(word).unwrap_or(&known.title);
            left.contains(domain) || right.contains(domain)
        };
        let meant: Vec<&Instrument> = known.iter().copied().filter(near).collect();
        known = if meant.is_empty() { known[..1].to_vec() } else { meant };
    }
    known
}

/// Returns true if the characters around a name make another word of it, or
/// repeat it in brackets.
fn is_part_of_a_word(text: &ScannedText, token: Token) -> bool {
    let word = text.slice(token.range());
    let before = text.before(token.start as usize).chars().next_back();
    let rest = text.after(token.end as usize);
    let after = rest.chars().next();
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let part = word.is_ascii() && (latin(before) || latin(after));
    // 价格法规, 公司法人
    let other = word.ends_with('法') && text.lexicon.cues.citations.not_laws.start(rest).is_some();
    // 《中药材生产质量管理规范》(GAP): the same instrument again.
    let again = before == Some('(') && after == Some(')');
    part || other || again
}

/// Returns the whole code of a standard that begins with `token`.
fn standard_code(text: &ScannedText, token: Token, end: usize) -> Option<Range<usize>> {
    let before = text.before(token.start as usize).chars().next_back();
    let len = standard_len(text.slice(token.end as usize..end));
    let separate = !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    (separate && len > 0).then(|| token.start as usize..token.end as usize + len)
}

/// Returns the title, without 《》, before a number in brackets:
/// 国务院办公厅关于…的意见(国办发〔2024〕53号).
fn title_before(names: &Names, from: usize, number: &Range<usize>) -> Option<Range<usize>> {
    /// Maximum length of a title in characters.
    const LONGEST: usize = 80;
    let before = names.text.slice(from..number.start).strip_suffix('(')?;
    let clause = since_mark(before, LONGEST, &['。', ';', ',', '\n', '《', '》', '(']);
    let end = from + before.len();
    let about = end - clause.len() + clause.find("关于")?;
    let words = names.text.slice(about..end);
    let nouns = &names.text.lexicon.cues.citations.title_nouns;
    let title = is_plain(words) && nouns.end(words).is_some();
    title.then(|| issuer_start(names, from, about)..end)
}
