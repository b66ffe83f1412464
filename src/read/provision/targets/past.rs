//! Figures that report what was reached and commit to nothing.

use super::bound::Surroundings;
use super::phrase::deadline;
use crate::lexicon::{Lexicon, Meaning, MeaningKinds, Token};
use crate::model::Modality;
use crate::read::scanned_text::ScannedText;
use crate::text::{digit, is_han, rfind, since_mark};
use std::ops::Range;

/// The provision that figures are read in.
pub(super) struct Reporting<'t> {
    pub(super) text: &'t ScannedText<'t>,
    pub(super) range: &'t Range<usize>,
    /// The document reports: what its sentences do not announce is past.
    pub(super) report: bool,
    /// Year of the document.
    pub(super) year: Option<u16>,
    /// Year of its signature.
    pub(super) signed: Option<u16>,
    /// Title of the document.
    pub(super) title: &'t str,
}

impl Reporting<'_> {
    /// Returns true if the sentence of a figure reports a result: 2023年产值达到300亿元,同比增长15%;
    /// 已建成基地9家.
    pub(super) fn reports(&self, words: &Surroundings) -> bool {
        /// Characters of the sentence that are read on each side.
        const NEAR: usize = 60;
        let (text, range, figure) = (self.text, self.range, &words.figure.range);
        if done(text.lexicon, words.left) {
            return true;
        }
        let sentence = text.sentence(range, figure, NEAR);
        // 较去年同期增长15%以上 compares what is to come.
        let bound =
            words.suffix.is_above() || text.lexicon.quantities.at_least.occur_in(words.left);
        let bases = &text.lexicon.cues.targets.base_starts;
        let base = |token: Token| bases.end(text.before(token.start as usize)).is_some();
        let is_past = |token: Token| {
            let later = self.is_later(text.after(token.end as usize));
            // 截至2024年底认定的基地,…
            let meant = || describes(text.lexicon, text.slice(token.end as usize..sentence.end));
            !(later || bound && base(token) || meant())
        };
        let past = text.tokens_of(&sentence, MeaningKinds::PAST).any(is_past);
        let past = past || (self.report && !words.is_rule());
        past && !text.lexicon.quantities.ahead.occur_in(text.slice(sentence))
    }

    /// Returns true if words of a past time open the sentence of a figure, or a part of it, and
    /// nothing after them is ahead: “十三五”期间,建成基地9家; 截至2024年底达到9家,力争2027年达到20家.
    pub(super) fn is_of_past_time(&self, words: &Surroundings) -> bool {
        /// Characters of the sentence that are read.
        const NEAR: usize = 150;
        if words.is_limit() {
            return false;
        }
        let (text, start) = (self.text, words.figure.range.start);
        let cues = &text.lexicon.cues.targets;
        let left = since_mark(text.slice(self.range.start..start), NEAR, &['。', ';', '\n']);
        let opened = self.after_past_time(left, words);
        let opened = opened.or_else(|| self.after_result(left));
        let opened = opened.or_else(|| self.after_past_year(left));
        opened.is_some_and(|after| {
            // 截至今年6月
            let after = after.strip_prefix("今年").unwrap_or(after);
            !text.lexicon.quantities.ahead.occur_in(after)
                && !cues.turns.occur_in(after)
                && deadline(text.lexicon, after.trim_start_matches(is_of_date)).is_none()
                && !describes(text.lexicon, after)
        })
    }

    /// Returns the words after the last words of a past time in `left`.
    fn after_past_time<'l>(&self, left: &'l str, words: &Surroundings) -> Option<&'l str> {
        let cues = &self.text.lexicon.cues.targets;
        let (at, len) = cues.past_times.last(left)?;
        let (before, word, after) = (&left[..at], &left[at..at + len], &left[at + len..]);
        if cues.plans.contains(word) {
            return self.after_past_plan(before, word, after);
        }
        if cues.present_times.contains(word) {
            let opens = before.is_empty() || before.ends_with([',', ':', ')', '、']);
            let other = cues.not_present.start(after).is_some()
                || words.is_rule()
                || self.commands(after, words.figure.range.start);
            return (opens && !other).then_some(after);
        }
        let base = cues.base_starts.end(before).is_some() || cues.base_ends.start(after).is_some();
        (!self.is_later(after) && !base).then_some(after)
    }

    /// Returns the words after 已 in a clause that reports a result, if the figure is in a later
    /// clause: 全市已形成集群,集聚企业300家; 面积已达30万亩,产量达到20万吨. 支持已有企业扩产,新增…
    /// reports none.
    fn after_result<'l>(&self, left: &'l str) -> Option<&'l str> {
        let (q, cues) = (&self.text.lexicon.quantities, &self.text.lexicon.cues.targets);
        let at = rfind(left, "已")?;
        let (before, after) = (&left[..at], &left[at + "已".len()..]);
        let (clause, _) = after.split_once(',')?;
        let opens = before.is_empty() || before.ends_with([',', ':', ')']);
        let is_digit = |c: char| c.is_ascii_digit();
        let verbs = [&q.set, &q.equal, &q.at_least, &q.over];
        let made = verbs.into_iter().find_map(|verbs| verbs.strip_start(clause));
        let made = made.or_else(|| clause.strip_prefix('有'));
        let counted = made
            .is_some_and(|made| made.starts_with(is_digit) || (opens && made.contains(is_digit)));
        let reports = counted || cues.places.end(before).is_some();
        (reports && !clause.contains('的')).then_some(after)
    }

    /// Returns true if words of a sentence on the present ask for something: 目前,各县要抓紧推进,….
    ///
    /// * `words`: they end at `end`.
    fn commands(&self, words: &str, end: usize) -> bool {
        let (text, commands) = (self.text, &self.text.lexicon.cues.targets.commands);
        let must = |token: Token| text.meanings(token).contains(&Meaning::Modal(Modality::Must));
        words.split(',').any(|clause| commands.start(clause).is_some())
            || text.tokens_of(&(end - words.len()..end), MeaningKinds::MODAL).any(must)
    }

    /// Returns the words after a five-year plan that is over: “十三五”期间. Its end as a base or as a
    /// deadline is none: 比“十三五”末增长20%, 到“十三五”末达到20%.
    fn after_past_plan<'l>(&self, before: &str, plan: &str, after: &'l str) -> Option<&'l str> {
        let cues = &self.text.lexicon.cues.targets;
        let after = cues.plan_periods.strip_start(after.trim_start_matches('”'))?;
        let number = u16::try_from(digit(plan.chars().nth(1)?)?).ok()?;
        // 十四五 ends in 2025.
        let over = match self.year {
            Some(year) => 1955 + 5 * (10 + number) < year,
            None => cues.past_plans.contains(plan),
        };
        let before = before.trim_end_matches('“');
        let base = cues.base_starts.end(before).is_some() || before.ends_with(['到', '至']);
        (over && !base && !self.title.contains(plan)).then_some(after)
    }

    /// Returns the words after a year at the start of a clause in `left`, if it is before the year of
    /// signature: 2021年,建成基地9家. A year that ends a range or is a base is none.
    fn after_past_year<'l>(&self, left: &'l str) -> Option<&'l str> {
        let own = self.signed?;
        let (number, at, year) = left.match_indices('年').rev().find_map(|(at, _)| {
            let number = at.checked_sub(4)?;
            Some((number, at, left.get(number..at)?.parse::<u16>().ok()?))
        })?;
        let before = &left[..number];
        let opens = before.is_empty() || before.ends_with([',', ':', ')', '截', '至']);
        let after = left[at + '年'.len_utf8()..].trim_start_matches(['底', '末']);
        let other = self.text.lexicon.cues.targets.year_ends.start(after).is_some();
        (opens && year < own && !other).then_some(after)
    }

    /// Returns true if a date at the start of `text` is later than the document: 2027年底 after 截至.
    fn is_later(&self, text: &str) -> bool {
        let Some((year, rest)) = text.split_at_checked(4) else { return false };
        let (Ok(year), Some(rest), Some(own)) =
            (year.parse::<u16>(), rest.strip_prefix('年'), self.year)
        else {
            return false;
        };
        year > own || (year == own && rest.starts_with(['底', '末']))
    }
}

/// Returns the year in a document number: 2025 of 国办发〔2025〕3号.
pub(super) fn year_of(number: &str) -> Option<u16> {
    let (_, year) = number.split_once(['〔', '[', '(', '﹝', '（'])?;
    year.get(..4)?.parse().ok()
}

/// Returns true for a character of a date.
fn is_of_date(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '底' | '末')
}

/// Returns true if the words after a time describe who or what is meant, up to a comma: 2024年
/// 新认定的示范企业,…. 全市的企业 describes nobody.
fn describes(lexicon: &Lexicon, after: &str) -> bool {
    /// Maximum length of the noun in characters.
    const NOUN: usize = 10;
    let named = after.split_once(',').and_then(|(clause, _)| clause.rsplit_once('的'));
    named.is_some_and(|(before, noun)| {
        (1..=NOUN).contains(&noun.chars().count())
            && noun.chars().all(is_han)
            && !lexicon.quantities.equal.occur_in(noun)
            && lexicon.cues.targets.places.end(before).is_none()
    })
}

/// Returns true for a clause with 已 or a verb with 了: 已达到36%, 建成了9家. 对已建成的… is no report,
/// and 利用已有场地建设… neither.
fn done(lexicon: &Lexicon, clause: &str) -> bool {
    let perfect = clause.rsplit_once('已').is_some_and(|(before, after)| {
        !(after.contains('的') || opens_attribute(lexicon, before, after))
    });
    perfect || clause.ends_with('了')
}

/// Returns true if 已 between two parts of a clause opens an attribute, after which a noun and the verb
/// of the clause follow: 利用已有场地建设充电桩, 对已建成小区新增停车位.
fn opens_attribute(lexicon: &Lexicon, before: &str, after: &str) -> bool {
    let (cues, q) = (&lexicon.cues.targets, &lexicon.quantities);
    let place = cues.places.strip_end(before);
    let taken = cues.takers.end(place.unwrap_or(before)).is_some();
    if !taken && (place.is_some() || !after.starts_with('有')) {
        return false;
    }
    let object = after.strip_prefix('有').or_else(|| q.set.strip_start(after)).unwrap_or(after);
    let verb = [&q.set, &q.increase].into_iter().filter_map(|verbs| Some(verbs.first(object)?.0));
    verb.min().is_some_and(|verb| verb > 0 && object[..verb].chars().all(is_han))
}

impl Surroundings<'_> {
    /// Returns true for a limit, which no words of a past time make a result: 不超过30%, 10万元以内.
    fn is_limit(&self) -> bool {
        let q = &self.lexicon.quantities;
        q.at_most.occur_in(self.left)
            || self.suffix.is_below()
            || (self.left.ends_with(['的', '按']) && self.figure.is_share())
    }

    /// Returns true for a figure that a report can hold as a rule in force: 不超过30%, 周期为3年.
    pub(super) fn is_rule(&self) -> bool {
        let q = &self.lexicon.quantities;
        self.is_limit()
            || q.at_least.occur_in(self.left)
            || q.grant.occur_in(self.left)
            || self.figure.base().time
            || self.left.ends_with('为')
    }
}
