//! The responsibilities that apply to words of a measure.

use super::fold::{fold, substance};
use super::{Check, Quoted};
use crate::graph::{AgencyId, Evidence, Node};
use crate::lexicon::Lexicon;
use crate::model::{Measure, Role};
use crate::text::Span;

/// A responsibility of a measure, a chapter or a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Duty {
    pub agency: AgencyId,
    pub role: Role,
    pub evidence: Evidence,
}

/// The responsibilities that apply to words.
#[derive(Default)]
pub(super) struct Scope {
    /// Those that apply, by position; none if nobody is named.
    pub duties: Vec<Duty>,
    /// Those of the measure that may apply or not.
    pub unclear: Vec<Duty>,
}

impl Scope {
    /// Returns the scope of responsibilities that all apply.
    pub(super) fn of(duties: Vec<Duty>) -> Self {
        Scope { duties, unclear: Vec::new() }
    }

    /// Returns the scope of responsibilities none of which certainly applies.
    fn unclear(unclear: Vec<Duty>) -> Self {
        Scope { duties: Vec::new(), unclear }
    }
}

impl Check<'_> {
    /// Returns the responsibilities of a part of a document, by position.
    pub(super) fn duties(self, part: Node) -> Vec<Duty> {
        let mut duties = Vec::new();
        macro_rules! collect {
            ($id:expr) => {
                for (agency, role, evidence) in self.graph.at($id).responsible() {
                    duties.push(Duty { agency: agency.id(), role, evidence });
                }
            };
        }
        match part {
            Node::Measure(id) => collect!(id),
            Node::Section(id) => collect!(id),
            Node::Document(id) => collect!(id),
            _ => {}
        }
        duties.sort_by_key(|duty| (duty.evidence.span, duty.agency));
        duties
    }

    /// Returns the responsibilities that apply to words of a part.
    ///
    /// A responsibility clause (…负责) applies to the words before it, back to the clause before.
    /// An agency named in a sentence is responsible for that sentence. All clauses apply to the
    /// heading, and to words after the only clause if that one opens the measure.
    pub(super) fn scope(self, part: Node, words: Quoted) -> Scope {
        let duties = self.duties(part);
        let text = self.text_of(words.document);
        let measure = match part {
            Node::Measure(id) => Some(self.graph.at(id).record()),
            _ => None,
        };
        let clauses = measure.map_or(&[][..], |measure| &measure.clauses);
        let title = measure.and_then(|measure| Some(measure.title.as_ref()?.span));
        let in_clause = |duty: &Duty| clauses.iter().any(|of| of.holds(duty.evidence.span));
        let (of_clauses, inline): (Vec<Duty>, Vec<Duty>) =
            duties.iter().partition(|of| in_clause(of));
        if title.is_some_and(|title| title.holds(words.span)) {
            return Scope { duties: of_clauses, unclear: inline };
        }
        let of_sentence: Vec<Duty> = inline
            .iter()
            .copied()
            .filter(|duty| is_one_sentence(text, duty.evidence.span, words.span))
            .collect();
        let before = of_sentence.iter().any(|duty| duty.evidence.span.end <= words.span.start);
        let after = of_sentence.iter().any(|duty| duty.evidence.span.start >= words.span.end);
        let passed = of_sentence.iter().any(|of| names_another(text, of.evidence.span, words.span));
        if (before && after) || passed {
            return Scope::unclear(duties);
        }
        let blocks = blocks(text, clauses);
        let next = blocks.iter().find(|block| block.end > words.span.start);
        let block = match (next, &blocks[..]) {
            (Some(block), _) => Some(*block),
            (None, [block]) if measure.is_some_and(|of| opens(text, of, *block)) => Some(*block),
            // After the last clause.
            (None, [_, ..]) if of_sentence.is_empty() => return Scope::unclear(duties),
            _ => None,
        };
        let mut applying: Vec<Duty> = of_clauses
            .into_iter()
            .filter(|duty| block.is_some_and(|block| block.holds(duty.evidence.span)))
            .collect();
        if applying.is_empty() && of_sentence.is_empty() && !inline.is_empty() {
            return Scope::unclear(duties);
        }
        applying.extend(of_sentence);
        applying.sort_by_key(|duty| (duty.evidence.span, duty.agency));
        Scope::of(applying)
    }
}

/// Returns true if nothing but the heading is before a clause of a measure.
fn opens(text: &str, measure: &Measure, clause: Span) -> bool {
    let title = measure.title.as_ref().map(|title| title.span.end);
    let start = title.unwrap_or(measure.span.start).min(clause.start);
    substance(&fold(Span { start, end: clause.start }.slice(text))) == 0
}

/// Returns true if two ranges of a text are in one sentence.
fn is_one_sentence(text: &str, a: Span, b: Span) -> bool {
    let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
    if second.start <= first.end {
        return true;
    }
    !Span { start: first.end, end: second.start }.slice(text).contains(['。', ';', '；', '!', '！'])
}

/// Returns true if another body is given a role between an agency and the words: 由甲负责水源检测,乙负责末梢水检测.
fn names_another(text: &str, agency: Span, words: Span) -> bool {
    if words.start <= agency.end {
        return false;
    }
    let between = Span { start: agency.end, end: words.start }.slice(text);
    let verbs = &Lexicon::builtin().duties.verbs;
    let roles = [&verbs.lead, &verbs.responsible];
    let (mut rest, mut count) = (between, 0);
    while let Some((at, word)) =
        roles.iter().filter_map(|words| words.first(rest)).min_by_key(|of| of.0)
    {
        count += 1;
        rest = &rest[at + word.len()..];
    }
    count > 1
}

/// Joins clauses that stand side by side.
fn blocks(text: &str, clauses: &[Span]) -> Vec<Span> {
    let mut blocks: Vec<Span> = Vec::new();
    for &clause in clauses {
        match blocks.last_mut() {
            Some(last) if are_beside(text, *last, clause) => last.end = clause.end,
            _ => blocks.push(clause),
        }
    }
    blocks
}

/// Returns true if no words are printed between two clauses: （牵头单位：…）（配合单位：…）.
fn are_beside(text: &str, first: Span, second: Span) -> bool {
    let between = Span { start: first.end, end: second.start.max(first.end) };
    !between.slice(text).contains(char::is_alphanumeric)
}
