//! Responsibility: (省药监局负责), (A牵头,B、C配合), （责任单位：A、B）.

use super::context::Context;
use super::cover::Cover;
use crate::model::{Duty, Role};
use crate::text::{Span, after_last, contains_any, occurrences, suffix_start};
use std::collections::HashSet;
use std::ops::Range;

/// What the responsibility clauses of a range say.
#[derive(Debug, Default)]
pub(crate) struct Duties {
    pub duties: Vec<Duty>,
    /// The clauses, as ranges of the view.
    pub clauses: Vec<Range<usize>>,
    /// What stands in running text: 由A牵头,B协同.
    pub inline: Vec<Range<usize>>,
    known: HashSet<(String, Role)>,
}

impl Duties {
    /// Adds a duty that is not known yet.
    fn push(&mut self, agency: String, role: Role, span: Span) {
        if self.known.insert((agency.clone(), role)) {
            self.duties.push(Duty { agency, role, span });
        }
    }
}

/// Labels before names: 责任单位:….
const LABELS: [(&str, Said); 14] = [
    ("牵头单位", Said::Lead),
    ("牵头部门", Said::Lead),
    ("牵头责任单位", Said::Lead),
    ("主办单位", Said::Lead),
    ("配合单位", Said::Support),
    ("配合部门", Said::Support),
    ("协办单位", Said::Support),
    ("参与单位", Said::Support),
    ("责任单位", Said::Responsible),
    ("责任部门", Said::Responsible),
    ("负责单位", Said::Responsible),
    ("负责部门", Said::Responsible),
    ("落实单位", Said::Responsible),
    ("实施单位", Said::Responsible),
];

/// Verbs behind names, longest first: …按职责分工负责.
const VERBS: [(&str, Said); 19] = [
    ("等按职责分工负责", Said::Responsible),
    ("按照职责分工负责", Said::Responsible),
    ("按职责分工负责", Said::Responsible),
    ("按职责分工分别负责", Said::Responsible),
    ("按职责负责", Said::Responsible),
    ("分工负责", Said::Responsible),
    ("共同负责", Said::Responsible),
    ("分别负责", Said::Responsible),
    ("牵头负责", Said::Lead),
    ("牵头落实", Said::Lead),
    ("负责落实", Said::Responsible),
    ("负责", Said::Responsible),
    ("牵头", Said::Lead),
    ("按职责分工配合", Said::Support),
    ("协同配合", Said::Support),
    ("配合", Said::Support),
    ("参与", Said::Support),
    ("协助", Said::Support),
    ("协同", Said::Support),
];

/// What a label or a verb says of the names beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Lead,
    Support,
    Responsible,
}

/// A name in a clause; `agency` is `None` for a class of bodies.
struct Party {
    agency: Option<String>,
    range: Range<usize>,
    said: Option<Said>,
}

/// True if the text says that the first agency of each clause leads.
pub(crate) fn first_leads(text: &str) -> bool {
    occurrences(text, "列第一位")
        .any(|at| text[at..].chars().take(20).collect::<String>().contains("牵头"))
}

impl Context<'_> {
    /// Reads the responsibility clauses of a range. O(n).
    pub fn duties(&self, range: &Range<usize>) -> Duties {
        let mut found = Duties::default();
        for clause in self.clauses(range) {
            let inner = self.inside(&clause);
            self.group(&inner, &mut found);
            found.clauses.push(clause);
        }
        self.inline_duties(range, &mut found);
        found
    }

    /// Bracketed clauses, and lines that open with a label.
    fn clauses(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let text = self.text(range.clone());
        let mut clauses = Vec::new();
        let mut from = 0;
        for (open, end) in brackets(text) {
            if open >= from && speaks_of_duty(&text[open..end]) {
                clauses.push(range.start + open..range.start + end);
                from = end;
            }
        }
        for at in memchr::memchr_iter(b'\n', text.as_bytes()) {
            let line = text[at + 1..].split('\n').next().unwrap_or_default();
            let labelled = LABELS
                .iter()
                .any(|(label, _)| line.strip_prefix(label).is_some_and(|r| r.starts_with(':')));
            if labelled {
                clauses.push(range.start + at + 1..range.start + at + 1 + line.len());
            }
        }
        clauses.sort_by_key(|clause| clause.start);
        // 责任单位:…(省药监局负责): a clause inside another is part of it.
        clauses.dedup_by(|next, clause| next.start < clause.end);
        clauses
    }

    /// A clause without its brackets, of which one may be gone.
    fn inside(&self, clause: &Range<usize>) -> Range<usize> {
        let text = self.text(clause.clone());
        let inner = text.strip_prefix(OPEN).unwrap_or(text);
        let start = clause.end - inner.len();
        let bracketed = start > clause.start || !inner.contains(OPEN);
        let last = inner.chars().next_back().filter(|c| bracketed && CLOSE.contains(c));
        start..clause.end - last.map_or(0, char::len_utf8)
    }

    /// Reads one clause: parts between commas, each with a label before its
    /// names or a verb behind them.
    fn group(&self, range: &Range<usize>, found: &mut Duties) {
        let mut names: Vec<Party> = Vec::new();
        let mut label = None;
        let mut level = None;
        for part in split(self.text(range.clone()), &[',', ';', '。', '\n']) {
            let mut part = range.start + part.start..range.start + part.end;
            if let Some((said, len)) = leading_label(self.text(part.clone())) {
                label = Some(said);
                part.start += len;
            }
            let (verb, len) = closing_verb(self.text(part.clone()));
            part.end -= len;
            let said = verb.or(label);
            for item in self.names(&part) {
                let agency = self.resolve(self.text(item.clone()), level.or(self.own_level()));
                level = agency.as_deref().and_then(|name| self.level_of(name)).or(level);
                names.push(Party { agency, range: item, said });
            }
            // A verb speaks for the names since the last verb.
            for name in names.iter_mut().rev().take_while(|n| n.said.is_none()) {
                name.said = said;
            }
        }
        self.assign(names, found);
    }

    /// Names between list marks. 和 and 及 part names only where the whole is
    /// none: 发展和改革委员会 is one.
    fn names(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let text = self.text(range.clone());
        let mut items = Vec::new();
        for item in split(text, &['、', '/']) {
            let place = range.start + item.start..range.start + item.end;
            if let Some(glued) = self.glued(&place) {
                items.extend(glued);
                continue;
            }
            let words = &text[item.clone()];
            let parts = split(words, &['和', '及', '与']);
            let whole = parts.len() < 2 || self.resolve(words, self.own_level()).is_some();
            let known = |part: &Range<usize>| {
                self.resolve(&words[part.clone()], self.own_level()).is_some()
            };
            if whole || !parts.iter().any(known) {
                items.push(place);
            } else {
                let at = place.start;
                items.extend(parts.into_iter().map(|part| at + part.start..at + part.end));
            }
        }
        let skip = |item: &Range<usize>| {
            let words = self.text(item.clone());
            item.start + (words.len() - words.trim_start_matches(['由', '等']).len())
        };
        items
            .into_iter()
            .map(|item| skip(&item)..item.end)
            .filter(|item| !item.is_empty())
            .collect()
    }

    /// The names that an item is made of if the marks between them are gone:
    /// 省药监局省卫生健康委.
    fn glued(&self, item: &Range<usize>) -> Option<Vec<Range<usize>>> {
        /// Bytes of two names.
        const TWO: usize = 24;
        if item.len() < TWO {
            return None;
        }
        let names: Vec<_> = self.agencies(item).into_iter().map(|m| m.range).collect();
        let (first, last) = (names.first()?, names.last()?);
        let whole = first.start == item.start && last.end == item.end;
        let joined = names.is_sorted_by(|a, b| a.end == b.start);
        (names.len() > 1 && whole && joined).then_some(names)
    }

    fn assign(&self, names: Vec<Party>, found: &mut Duties) {
        let leads = names.iter().any(|n| n.said == Some(Said::Lead));
        let responsible =
            names.iter().filter(|n| matches!(n.said, Some(Said::Responsible) | None)).count();
        let mut first = true;
        for name in names {
            let role = match name.said {
                Some(Said::Lead) => Role::Lead,
                Some(Said::Support) => Role::Support,
                _ if leads => Role::Support,
                _ if self.first_leads && responsible > 1 => {
                    if first {
                        Role::Lead
                    } else {
                        Role::Support
                    }
                }
                _ if responsible > 1 => Role::Joint,
                _ => Role::Sole,
            };
            first = false;
            let Some(agency) = name.agency else { continue };
            found.push(agency, role, self.span(name.range));
        }
    }

    /// 该社区由四川省药监局牵头,重庆市药监局协同建设.
    fn inline_duties(&self, range: &Range<usize>, found: &mut Duties) {
        /// How far from the verb its names stand, in characters.
        const LONGEST: usize = 200;
        let text = self.text(range.clone());
        let clauses: Cover = found.clauses.iter().cloned().collect();
        let mut verbs = occurrences(text, "牵头").map(|at| range.start + at).peekable();
        let mut from = range.start;
        while let Some(at) = verbs.next() {
            let near = from + suffix_start(&self.view.text[from..at], LONGEST);
            from = at + "牵头".len();
            if clauses.holds(&(at..from)) {
                continue;
            }
            let start = near + after_last(&self.view.text[near..at], &['。', ',', ';', ':', '(']);
            let leads: Vec<_> =
                self.agencies(&(start..at)).into_iter().filter(|m| m.range.end == at).collect();
            let Some(lead) = leads.into_iter().next_back() else { continue };
            let after = &self.view.text[at..*verbs.peek().unwrap_or(&range.end)];
            let far = after.char_indices().nth(LONGEST).map_or(after.len(), |(far, _)| far);
            let end = at + after[..far].find(['。', ';', '\n']).unwrap_or(far);
            self.push_inline(found, lead.name, Role::Lead, lead.range);
            for mention in self.agencies(&(at..end)) {
                let verb = &self.view.text[mention.range.end..end];
                if ["配合", "协同", "参与", "协助", "支持", "共同"]
                    .iter()
                    .any(|v| verb.starts_with(v))
                {
                    self.push_inline(found, mention.name, Role::Support, mention.range);
                }
            }
        }
    }

    fn push_inline(&self, found: &mut Duties, agency: String, role: Role, range: Range<usize>) {
        found.push(agency, role, self.span(range.clone()));
        found.inline.push(range);
    }
}

const OPEN: [char; 3] = ['(', '[', '【'];

const CLOSE: [char; 3] = [')', ']', '】'];

/// The brackets of a text, from the opening to after its closing one, ascending
/// by their start. A bracket without its partner reaches to the end of its line,
/// or from the last stop, if no other stands between. O(n).
fn brackets(text: &str) -> Vec<(usize, usize)> {
    /// No responsibility clause is longer.
    const LONGEST: usize = 1500;
    let bytes = text.as_bytes();
    let mut marks: Vec<usize> = memchr::memchr2_iter(b'(', b')', bytes).collect();
    marks.extend(memchr::memchr2_iter(b'[', b']', bytes));
    marks.extend(occurrences(text, "【").chain(occurrences(text, "】")));
    marks.sort_unstable();
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    let after = |at: usize| at + if bytes[at].is_ascii() { 1 } else { '】'.len_utf8() };
    let mut previous = 0;
    for (place, &at) in marks.iter().enumerate() {
        if text[at..].starts_with(OPEN) {
            open.push(place);
        } else if let Some(start) = open.pop() {
            if at - marks[start] < LONGEST {
                pairs.push((marks[start], after(at)));
            }
        } else {
            let near = at.min(previous + suffix_start(&text[previous..at], LONGEST / 3));
            pairs.push((near + after_last(&text[near..at], &['。', ';', '\n']), after(at)));
        }
        previous = after(at);
    }
    for place in open {
        let next = *marks.get(place + 1).unwrap_or(&text.len());
        let rest = &text[marks[place]..next];
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        if end < LONGEST && (end < rest.len() || next == text.len()) {
            pairs.push((marks[place], marks[place] + end));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// (…负责), (…牵头,…配合), (责任单位:…).
fn speaks_of_duty(clause: &str) -> bool {
    let inner = clause.trim_start_matches(OPEN).trim_end_matches(CLOSE);
    let (verb, _) = closing_verb(inner.trim_end_matches('。'));
    let labelled = || inner.contains(':') && LABELS.iter().any(|(label, _)| inner.contains(label));
    verb.is_some() || labelled() || contains_any(inner, &["牵头,"])
}

fn leading_label(part: &str) -> Option<(Said, usize)> {
    let colon = part.find(':')?;
    let label = &part[..colon];
    let said = LABELS.iter().find(|(name, _)| label.ends_with(name)).map(|&(_, said)| said)?;
    Some((said, colon + 1))
}

/// The verb that ends a part, and its length.
fn closing_verb(part: &str) -> (Option<Said>, usize) {
    // Most brackets hold something else and are turned away by their last character.
    if !part.ends_with(['责', '头', '合', '与', '助', '同', '实']) {
        return (None, 0);
    }
    let verb =
        VERBS.iter().filter(|(verb, _)| part.ends_with(verb)).max_by_key(|(verb, _)| verb.len());
    verb.map_or((None, 0), |&(verb, said)| (Some(said), verb.len()))
}

/// The non-empty pieces of `text` between separators.
fn split(text: &str, separators: &[char]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let ends = text.match_indices(separators).map(|(at, mark)| (at, at + mark.len()));
    for (end, next) in ends.chain([(text.len(), text.len())]) {
        if start < end {
            pieces.push(start..end);
        }
        start = next;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_gets_past_the_last_character() {
        for (verb, said) in VERBS {
            assert_eq!(
                closing_verb(&format!("省药监局{verb}")),
                (Some(said), verb.len()),
                "{verb}"
            );
        }
        assert_eq!(closing_verb("省药监局"), (None, 0));
    }

    #[test]
    fn brackets_pair_inside_out() {
        assert_eq!(brackets("(a[b]c)"), [(0, 7), (2, 5)]);
        assert_eq!(brackets("【a】b"), [(0, 7)]);
    }

    #[test]
    fn a_bracket_without_its_partner_is_closed_by_its_line() {
        assert_eq!(brackets("a(b\n(c)"), [(1, 3), (4, 7)]);
        assert_eq!(brackets("a。b)(c)"), [(4, 6), (6, 9)]);
        assert_eq!(brackets("(a(b)"), [(2, 5)]);
    }
}
