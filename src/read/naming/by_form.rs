//! Bodies in running text that no table lists, by the form of their names: 市软件行业协会,
//! 岷江水务集团有限公司.

use super::canonical::{
    Located, ends_as_body, is_class, locate, own_region, printed_body, resolve,
};
use super::names::{AgencyMention, Names};
use crate::lexicon::Alone;
use crate::text::{is_han, is_within, since_mark};
use std::ops::Range;

/// Returns the body whose name ends at the end of `range`, if the name begins with its region or is
/// that of a company in full. A kind of bodies is none: 龙头企业, 第三方公司. O(1).
pub(crate) fn named_by_form(names: &Names, range: &Range<usize>) -> Option<AgencyMention> {
    /// Maximum length of a name in characters.
    const LONGEST: usize = 40;
    const MARKS: [char; 12] = ['。', ',', ';', ':', '、', '\n', '“', '”', '"', '《', '》', '.'];
    /// Minimum length of the name of a company before 有限公司, in characters.
    const OWN_NAME: usize = 4;
    let (text, words) = (names.text, &names.text.lexicon.names);
    let before = text.slice(range.clone());
    words.organs.of(before)?;
    let name = own_words(names, since_mark(before, LONGEST, &MARKS));
    let company = || {
        let rest = words.companies.strip_end(name)?;
        let platforms = &text.lexicon.platforms;
        let verbs = [&platforms.openers, &platforms.adverbs, &platforms.verbs];
        // 支持岷江水务集团有限公司
        let acts = verbs.into_iter().any(|verbs| verbs.start(name).is_some());
        let kind = words.company_kinds.start(name).is_some();
        (!acts && !kind && !is_within(rest, OWN_NAME - 1)).then_some(())
    };
    let located = || {
        let Located { rest, .. } = locate(names, name)?;
        (rest.chars().all(is_han) && words.not_bodies.start(name).is_none()).then_some(())
    };
    // 国网南通供电公司, 中国信息通信研究院
    let branded = || {
        let distinct = || words.brands.strip_start(name).is_some_and(|rest| !is_within(rest, 2));
        let named = name.chars().all(is_han) && (distinct() || is_branch(names, name));
        (named && words.organs.of(name)?.alone == Some(Alone::Printed)).then_some(())
    };
    let is_kind = || {
        is_class(names, name)
            || words.not_in_names.occur_in(name)
            || words.kinds.occur_in(name)
            || text.lexicon.cues.duties.supports.occur_in(name)
    };
    located().or_else(branded).or_else(company).filter(|()| !is_kind())?;
    let region = Some(own_region(names));
    let agency = resolve(names, name, region).or_else(|| printed_body(names, name))?;
    Some(AgencyMention { name: agency.into(), range: range.end - name.len()..range.end })
}

/// Returns true for the name of a company that begins with a plain word: 三峡集团, 移动南通分公司;
/// not for a kind of companies: 移动通信运营公司.
fn is_branch(names: &Names, name: &str) -> bool {
    let words = &names.text.lexicon.names;
    words.common_brands.strip_start(name).is_some_and(|rest| {
        let placed = || locate(names, rest).is_some_and(|at| words.branches.contains(at.rest));
        words.branches.contains(rest) || placed()
    })
}

/// Returns the name at the end of a clause: the words after 由 or 会同, or after 和 that joins it to
/// another body.
fn own_words<'t>(names: &Names, clause: &'t str) -> &'t str {
    let cues = &names.text.lexicon.cues;
    let opened = cues.duties.before_names.last_outside(&cues.duties.not_openers, clause);
    let clause = opened.map_or(clause, |word| &clause[word.end..]);
    let joined = cues
        .agencies
        .joiners
        .last(clause)
        .filter(|&(at, len)| at + len < clause.len() && ends_as_body(names, &clause[..at]));
    joined.map_or(clause, |(at, len)| &clause[at + len..])
}
