//! Instruments named without 《》: by a known name, by a number, by a slogan with
//! a subtitle.

use super::instruments::{instrument, issuer_start, known_identity, numbers_in};
use super::names::{Identity, NamedInstrument, Names};
use super::numbers::standard_len;
use super::title_forms::{closing_noun, is_plain};
use crate::lexicon::{Instrument, Meaning, Token};
use crate::model::Rule;
use crate::read::interval_set::IntervalSet;
use crate::read::scanned_text::ScannedText;
use crate::text::{first_chars, since_mark, suffix_start, until_mark};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// Adds the known names in a range: GMP, 药物警戒质量管理规范, GB/T 9704—2012.
pub(crate) fn add_known_names(
    text: &ScannedText,
    range: &Range<usize>,
    named: &mut Vec<NamedInstrument>,
) {
    let titled: IntervalSet = named.iter().map(|n| n.range.clone()).collect();
    let mut identities: HashMap<&str, Rc<Identity>> = HashMap::new();
    for &token in text.tokens(range) {
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
            _ => named.extend(known_instruments(text, range, token).into_iter().map(|known| {
                let identity = identities
                    .entry(&known.title)
                    .or_insert_with(|| Rc::new(known_identity(known, None)));
                NamedInstrument {
                    identity: Rc::clone(identity),
                    title_range: token.range(),
                    range: token.range(),
                    rule: Rule::PlainName,
                }
            })),
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
        let title = format!("{}实施条例", law.identity.title);
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
    let titled: IntervalSet = named.iter().map(|n| n.range.clone()).collect();
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
            None => by_number(text, words, Some(number)),
        });
    }
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
    let separate = !before.is_some_and(|c| c.is_ascii_alphanumeric());
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
