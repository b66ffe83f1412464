//! The row of a policy, merged from its forms.

use super::surface_form::{FormSource, SurfaceForm};
use crate::graph::{Id, PolicyId};
use crate::lexicon::Outline;
use crate::model::{InstrumentKind, PartialDate};
use crate::number::to_u32;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One instrument, cited or outlined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PolicyRow {
    pub(crate) title: Box<str>,
    pub(crate) number: Option<Box<str>>,
    pub(crate) issuers: Box<[Box<str>]>,
    pub(crate) kind: InstrumentKind,
    /// Other names, sorted.
    pub(crate) aliases: Box<[Box<str>]>,
    pub(crate) signed: Option<PartialDate>,
    pub(crate) published: Option<PartialDate>,
}

impl PolicyRow {
    pub(super) fn new(forms: &[&SurfaceForm], outlines: &[Outline]) -> Self {
        let outline = forms.iter().find_map(|form| match form.source {
            FormSource::Outline(place) => Some(&outlines[place]),
            _ => None,
        });
        // With several texts in the corpus, dates come from the one with the first key.
        let texts = forms.iter().filter_map(|form| match &form.source {
            FormSource::Document(head) => Some(head),
            _ => None,
        });
        let text = texts.min_by_key(|head| &head.document);
        let number = forms.iter().find_map(|form| form.number.as_deref());
        let titles: BTreeSet<&str> = forms.iter().map(|form| &*form.title).collect();
        // Documents of two issuers may share a title. A form that is cited without
        // a number identifies one instrument.
        let identifying = forms.iter().filter(|form| number.is_some() || form.makes_policy());
        // The official title, else the longest one; a number only if there is no title.
        let fullest = |title| (Some(title) != number, title.chars().count(), Reverse(title));
        let title = match outline {
            Some(outline) => &outline.title,
            None => {
                let titles = identifying.map(|form| &*form.title);
                titles.max_by_key(|&title| fullest(title)).expect("a form makes the policy")
            }
        };
        // A line may wrap inside a title.
        let unwrapped = |words: &str| words.split_whitespace().collect::<Box<str>>();
        let printed = forms.iter().flat_map(|form| form.aliases());
        let aliases: BTreeSet<Box<str>> =
            titles.iter().copied().chain(printed).map(unwrapped).collect();
        let issuers: BTreeSet<&str> =
            forms.iter().flat_map(|form| &form.issuers).map(|issuer| &**issuer).collect();
        PolicyRow {
            title: title.into(),
            number: number.map(Into::into),
            issuers: issuers.into_iter().map(Into::into).collect(),
            kind: forms
                .iter()
                .filter_map(|form| form.kind())
                .min()
                .unwrap_or(InstrumentKind::Policy),
            aliases: aliases.into_iter().filter(|other| **other != *title).collect(),
            signed: outline.map_or_else(|| text.and_then(|head| head.signed), |o| o.dates.signed),
            published: outline
                .map_or_else(|| text.and_then(|head| head.published), |o| o.dates.published),
        }
    }

    /// Issue date: 成文日期, else 发布日期.
    pub(crate) fn issued(&self) -> Option<PartialDate> {
        self.signed.or(self.published)
    }

    /// Returns true if citations resolved to `other` resolve to this row in the
    /// same way.
    pub(super) fn resolves_like(&self, other: &PolicyRow) -> bool {
        let dates = |row: &PolicyRow| (row.signed, row.published);
        self.title == other.title && self.number == other.number && dates(self) == dates(other)
    }

    /// Returns the number at 0, the title at 1, then the aliases. O(1).
    fn name(&self, nth: u32) -> Option<&str> {
        match nth {
            0 => self.number.as_deref(),
            1 => Some(&self.title),
            nth => Some(&self.aliases[nth as usize - 2]),
        }
    }
}

/// All names of policies, sorted: the policy, and the position among its names.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct PolicyNames(Box<[(PolicyId, u32)]>);

impl PolicyNames {
    /// Merges the names of the `new` rows with those of `old` that `kept` maps to
    /// a new id.
    pub(crate) fn new(
        old: &PolicyNames,
        kept: impl Fn(PolicyId) -> Option<PolicyId>,
        new: impl IntoIterator<Item = PolicyId>,
        rows: &[Arc<PolicyRow>],
    ) -> Self {
        let old = old.0.iter().filter_map(|&(id, nth)| Some((kept(id)?, nth)));
        let old: Vec<(PolicyId, u32)> = old.collect();
        let named = |id: PolicyId| {
            let row = &rows[id.index()];
            let names = 0..2 + to_u32(row.aliases.len());
            names.filter(|&nth| row.name(nth).is_some()).map(move |nth| (id, nth))
        };
        let mut new: Vec<(PolicyId, u32)> = new.into_iter().flat_map(named).collect();
        let key = |name: (PolicyId, u32)| (spell(name, rows), name.1, name.0);
        new.sort_by_key(|&name| key(name));

        let mut names = Vec::with_capacity(old.len() + new.len());
        let mut rest = &old[..];
        for name in new {
            let (before, after) =
                rest.split_at(rest.partition_point(|&other| key(other) < key(name)));
            names.extend_from_slice(before);
            names.push(name);
            rest = after;
        }
        names.extend_from_slice(rest);
        PolicyNames(names.into())
    }

    /// Returns the names of all policies.
    pub(crate) fn all(rows: &[Arc<PolicyRow>]) -> Self {
        let ids = (0..rows.len()).map(PolicyId::from_index);
        PolicyNames::new(&PolicyNames::default(), |_| None, ids, rows)
    }

    /// Returns the policy with this number, else the only one with this title.
    pub(crate) fn find(&self, name: &str, rows: &[Arc<PolicyRow>]) -> Option<PolicyId> {
        let first = self.0.partition_point(|&other| spell(other, rows) < Some(name));
        let mut called =
            self.0[first..].iter().take_while(|&&other| spell(other, rows) == Some(name));
        let &(policy, nth) = called.next()?;
        (nth == 0 || called.all(|other| other.0 == policy)).then_some(policy)
    }

    /// Returns the policy with this number, else the one without a number that has this
    /// title.
    pub(crate) fn with_key(&self, name: &str, rows: &[Arc<PolicyRow>]) -> Option<PolicyId> {
        let first = self.0.partition_point(|&other| spell(other, rows) < Some(name));
        let mut named =
            self.0[first..].iter().take_while(|&&other| spell(other, rows) == Some(name));
        let is_key = |&&(policy, nth): &&(PolicyId, u32)| {
            nth == 0 || nth == 1 && rows[policy.index()].number.is_none()
        };
        named.find(is_key).map(|&(policy, _)| policy)
    }
}

fn spell((policy, nth): (PolicyId, u32), rows: &[Arc<PolicyRow>]) -> Option<&str> {
    rows[policy.index()].name(nth)
}
