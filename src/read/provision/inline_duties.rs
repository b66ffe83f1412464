//! Responsibility in running text: 由四川省药监局牵头,重庆市药监局协同; 由省药监局负责.

use crate::model::Role;
use crate::read::context::Context;
use crate::read::interval_set::Cover;
use crate::read::naming::agencies::Mention;
use crate::text::{after_last, occurrences, suffix_start};
use std::ops::Range;

/// How far from a verb its names stand, in characters.
const LONGEST: usize = 200;

/// Verbs behind the names of those who support.
const SUPPORTS: [&str; 6] = ["配合", "协同", "参与", "协助", "支持", "共同"];

/// An agency that running text charges with something.
pub(crate) struct Charge {
    pub agency: Mention,
    pub role: Role,
}

impl Context<'_> {
    /// What running text says of responsibility, outside of `clauses`. O(n).
    pub(crate) fn charges(&self, range: &Range<usize>, clauses: &Cover) -> Vec<Charge> {
        let text = self.text(range.clone());
        let outside = |verb: &'static str| {
            let places = occurrences(text, verb).map(|at| range.start + at);
            places.filter(move |at| !clauses.holds(&(*at..*at + verb.len())))
        };
        let mut charges = Vec::new();
        let mut from = range.start;
        let mut verbs = outside("牵头").peekable();
        while let Some(at) = verbs.next() {
            let leads = self.leads(from..at);
            from = at + "牵头".len();
            if !leads.is_empty() {
                charges.extend(leads);
                charges.extend(self.supports(at..*verbs.peek().unwrap_or(&range.end)));
            }
        }
        let mut from = range.start;
        for at in outside("负责") {
            charges.extend(self.charged(from..at));
            from = at + "负责".len();
        }
        charges
    }

    /// Those whose names end a range, in front of 牵头.
    fn leads(&self, range: Range<usize>) -> Vec<Charge> {
        let near = range.start + suffix_start(self.text(range.clone()), LONGEST);
        let clause = near + after_last(self.text(near..range.end), &['。', ',', ';', ':', '(']);
        let leads = self.listed_before(&(clause..range.end)).into_iter();
        leads.map(|agency| Charge { agency, role: Role::Lead }).collect()
    }

    /// Those who, behind 牵头 and in its sentence, support.
    fn supports(&self, range: Range<usize>) -> Vec<Charge> {
        let after = self.text(range.clone());
        let far = after.char_indices().nth(LONGEST).map_or(after.len(), |(far, _)| far);
        let end = range.start + after[..far].find(['。', ';', '\n']).unwrap_or(far);
        let mentions = self.agencies(&(range.start..end));
        let mut charges = Vec::new();
        let mut listed = 0;
        for (at, mention) in mentions.iter().enumerate() {
            let next = mentions.get(at + 1).map_or(end, |next| next.range.start);
            let verb = self.text(mention.range.end..next);
            if SUPPORTS.iter().any(|support| verb.starts_with(support)) {
                let supports = mentions[listed..=at].iter().cloned();
                charges.extend(supports.map(|agency| Charge { agency, role: Role::Support }));
                listed = at + 1;
            } else if !self.lists_on(mention.range.end..next) {
                listed = at + 1;
            }
        }
        charges
    }

    /// Those whose names stand between 由 and 负责; 会同 parts leads from others.
    fn charged(&self, range: Range<usize>) -> Vec<Charge> {
        let near = range.start + suffix_start(self.text(range.clone()), LONGEST);
        let charged = self.listed_before(&(near..range.end));
        if !charged.first().is_some_and(|m| self.text(near..m.range.start).ends_with('由')) {
            return Vec::new();
        }
        let with = |m: &Mention| self.text(m.range.end..range.end).starts_with("会同");
        let last_lead = charged.iter().position(with);
        let alone = if charged.len() > 1 { Role::Joint } else { Role::Sole };
        let role = |place| match last_lead {
            Some(last) if place <= last => Role::Lead,
            Some(_) => Role::Support,
            None => alone,
        };
        let charged = charged.into_iter().enumerate();
        charged.map(|(place, agency)| Charge { agency, role: role(place) }).collect()
    }

    /// The bodies whose names, one after another, end a range.
    fn listed_before(&self, range: &Range<usize>) -> Vec<Mention> {
        let mut mentions = self.agencies(range);
        let mut first = mentions.len();
        let mut next = range.end;
        while let Some(mention) = first.checked_sub(1).map(|at| &mentions[at]) {
            let joined = match next == range.end {
                true => mention.range.end == next,
                false => self.lists_on(mention.range.end..next),
            };
            if !joined {
                break;
            }
            (first, next) = (first - 1, mention.range.start);
        }
        mentions.split_off(first)
    }
}
