//! Edits of a single sentence.

use std::borrow::Cow;

use super::draft::DraftSentence;
use super::rng::Rng;

/// Pairs of interchangeable words in policy documents.
const SYNONYMS: [(&str, &str); 20] = [
    ("加快", "加速"),
    ("推动", "促进"),
    ("推进", "推动"),
    ("强化", "加强"),
    ("完善", "健全"),
    ("支持", "鼓励"),
    ("开展", "组织开展"),
    ("建立", "建立健全"),
    ("优化", "进一步优化"),
    ("提升", "提高"),
    ("积极", "主动"),
    ("落实", "全面落实"),
    ("构建", "建设"),
    ("实施", "组织实施"),
    ("探索", "积极探索"),
    ("及时", "第一时间"),
    ("确保", "切实保障"),
    ("拓展", "扩大"),
    ("压缩", "缩短"),
    ("统筹", "统一"),
];

/// Units whose numbers may be changed.
const UNITS: [&str; 10] = ["个工作日", "%", "天", "倍", "批", "名", "项", "万元", "家", "人"];

/// Keeps, drops, rewords or renumbers the sentence. A heading is never dropped.
pub(super) fn change(line: &mut DraftSentence, heading: bool, rng: &mut Rng) {
    if line.origin.is_none() || line.dropped {
        return;
    }
    if !heading && rng.percent(8) {
        line.dropped = true;
        return;
    }
    if rng.percent(20) {
        let reworded = match !heading && rng.percent(40) {
            true => without_a_clause(&line.text, rng),
            false => with_a_synonym(&line.text, rng),
        };
        line.text = reworded.map_or(line.text.clone(), Cow::Owned);
    }
    if rng.percent(35) {
        line.text = Cow::Owned(with_other_numbers(&line.text, rng));
    }
}

fn with_a_synonym(text: &str, rng: &mut Rng) -> Option<String> {
    let first = rng.below(SYNONYMS.len());
    let pairs = SYNONYMS[first..].iter().chain(&SYNONYMS[..first]);
    // Longer words first: 建立健全 contains 建立.
    let mut swaps = pairs.flat_map(|&(one, other)| [(other, one), (one, other)]);
    let (from, to) = swaps.find(|(from, _)| text.contains(from))?;
    Some(text.replacen(from, to, 1))
}

/// Removes one clause between two commas. Clauses with brackets or quotes stay.
fn without_a_clause(text: &str, rng: &mut Rng) -> Option<String> {
    let clauses: Vec<&str> = text.split_inclusive([',', '\u{ff0c}']).collect();
    let at = 1 + rng.below(clauses.len().checked_sub(2).filter(|&inner| inner > 0)?);
    let marks = |c: char| "()（）《》〔〕“”\"；;：:".contains(c);
    let kept = clauses.iter().enumerate().filter(|&(index, _)| index != at);
    (!clauses[at].contains(marks)).then(|| kept.map(|(_, &clause)| clause).collect())
}

/// Multiplies all counted numbers of the sentence by one factor, so that
/// 由58个工作日压缩为30个工作日 stays a reduction.
fn with_other_numbers(text: &str, rng: &mut Rng) -> String {
    let percent = [60, 70, 80, 90, 110, 120, 150, 200][rng.below(8)];
    let mut changed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (digits, after) = from.split_at(end);
        changed.push_str(before);
        let number = digits.parse::<u64>().ok().filter(|_| !before.ends_with('.'));
        match number.filter(|_| UNITS.iter().any(|unit| after.starts_with(unit))) {
            Some(number) => {
                let most = if after.starts_with('%') { 100.max(number) } else { u64::MAX };
                changed += &(number * percent).div_ceil(100).min(most).to_string();
            }
            None => changed.push_str(digits),
        }
        rest = after;
    }
    changed + rest
}
