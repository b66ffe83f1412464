//! All forms of a corpus and their policies, updated as documents are added and
//! removed.
//!
//! Forms are linked by equal numbers and equal title words. A change is resolved
//! within its connected components; all other policies stay as they are.

use super::citations;
use super::groups::GivenPolicies;
use super::resolve::cluster;
use super::row::PolicyRow;
use super::surface_form::{FormSource, SurfaceForm};
use crate::graph::assemble::kept_ranges::{KeptRanges, Renumbering};
use crate::graph::{Id, PolicyId};
use crate::lexicon::Lexicon;
use crate::model::{Citation, Record};
use indexmap::{Equivalent, IndexMap};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// The forms of a corpus and their policies.
#[derive(Clone, Debug)]
pub(crate) struct PolicyRegistry {
    forms: Vec<SurfaceForm>,
    /// The policy of each form. `None` for the head of a document that is not
    /// cited, and for an unused form.
    policy: Vec<Option<PolicyId>>,
    cited: IndexMap<PrintedName, usize>,
    heads: HashMap<Box<str>, usize>,
    /// By number; without a number by title, which can be the number of another form.
    by_number: HashMap<Arc<str>, Vec<usize>>,
    by_words: HashMap<Arc<str>, Vec<usize>>,
    /// By id: policies with an outline in the order of the lexicon, then the
    /// others by title, number and forms.
    policies: Vec<Policy>,
    /// Forms that are new, unused, or cited otherwise since the last resolution.
    dirty: BTreeSet<usize>,
    /// Number of unused forms: no document prints them any more.
    unused: usize,
    /// The policies of the forms, if they were resolved elsewhere.
    given: Option<Arc<GivenPolicies>>,
}

/// Title and number, as printed together.
type PrintedName = (Arc<str>, Option<Arc<str>>);

#[derive(Hash)]
struct PrintedNameRef<'r>(&'r str, Option<&'r str>);

impl Equivalent<PrintedName> for PrintedNameRef<'_> {
    fn equivalent(&self, other: &PrintedName) -> bool {
        self.0 == &*other.0 && self.1 == other.1.as_deref()
    }
}

/// Sort key of policies; unique.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank<'f> {
    outline: usize,
    named: (&'f str, Option<&'f str>),
    /// The first form that makes the policy. Unique, as a form belongs to one
    /// policy.
    first: (&'f str, Option<&'f str>),
}

#[derive(Clone, Debug)]
struct Policy {
    row: Arc<PolicyRow>,
    /// Ascending.
    forms: Vec<usize>,
    /// Position of its outline; `usize::MAX` without one.
    outline: usize,
    /// The first of its forms that are not heads, else of all, by title and number. `None` for a policy
    /// that was resolved elsewhere and has no forms here.
    first: Option<usize>,
}

/// Changes of the policies in one resolution.
pub(crate) struct PolicyChanges {
    /// The new id of each old policy to which all its citations still resolve.
    pub(crate) ids: Renumbering<PolicyId>,
    /// Unchanged policies.
    pub(crate) kept: KeptRanges<PolicyId>,
    /// Old policies, ascending. Their citations must be resolved again, one by one.
    pub(crate) unresolved: Vec<PolicyId>,
    /// New policies, ascending.
    pub(crate) added: Vec<PolicyId>,
}

impl PolicyRegistry {
    /// Returns the forms of a corpus without documents: the outlines of the lexicon.
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        let mut forms = PolicyRegistry {
            forms: Vec::new(),
            policy: Vec::new(),
            cited: IndexMap::new(),
            heads: HashMap::new(),
            by_number: HashMap::new(),
            by_words: HashMap::new(),
            policies: Vec::new(),
            dirty: BTreeSet::new(),
            unused: 0,
            given: None,
        };
        for (place, outline) in lexicon.outlines().iter().enumerate() {
            forms.push(SurfaceForm::outline(place, outline, lexicon));
        }
        forms
    }

    /// Returns the same forms with policies that were resolved elsewhere. Each citation that is added
    /// has one of them.
    pub(crate) fn with_given(self, given: GivenPolicies) -> Self {
        PolicyRegistry { given: Some(Arc::new(given)), ..self }
    }

    /// Returns true if more than half of the forms are unused: then a rebuild is
    /// cheaper than an update.
    pub(crate) fn is_mostly_unused(&self) -> bool {
        2 * self.unused > self.forms.len()
    }

    fn push(&mut self, form: SurfaceForm) -> usize {
        let at = self.forms.len();
        self.by_number.entry(form.number_or_title().clone()).or_default().push(at);
        self.by_words.entry(form.words.clone()).or_default().push(at);
        self.forms.push(form);
        self.policy.push(None);
        self.dirty.insert(at);
        at
    }

    /// Adds the forms that a document prints.
    pub(crate) fn add(&mut self, record: &Record, lexicon: &Lexicon) {
        for citation in citations(record) {
            let at = self.place(citation).unwrap_or_else(|| {
                let form = SurfaceForm::cited(citation, lexicon);
                let printed = (form.title.clone(), form.number.clone());
                let at = self.push(form);
                self.cited.insert(printed, at);
                self.unused += 1; // counted as used below
                at
            });
            let FormSource::Cited(counts) = &mut self.forms[at].source else { unreachable!() };
            self.unused -= usize::from(counts.is_empty());
            if counts.add(record, citation) {
                self.dirty.insert(at);
            }
        }
        if let Some(form) = SurfaceForm::head(record, lexicon) {
            let at = self.push(form);
            self.heads.insert(record.key.as_str().into(), at);
        }
    }

    /// Removes the forms that a document printed.
    pub(crate) fn remove(&mut self, record: &Record) {
        for citation in citations(record) {
            let at = self.place(citation).expect("a removed citation was added");
            let FormSource::Cited(counts) = &mut self.forms[at].source else { unreachable!() };
            if counts.remove(record, citation) {
                self.unused += usize::from(counts.is_empty());
                self.dirty.insert(at);
            }
        }
        if let Some(at) = self.heads.remove(record.key.as_str()) {
            self.unused += 1;
            self.dirty.insert(at);
        }
    }

    fn place(&self, citation: &Citation) -> Option<usize> {
        self.cited.get(&PrintedNameRef(&citation.title, citation.number.as_deref())).copied()
    }

    /// Returns the policy of a citation of the corpus.
    pub(crate) fn policy(&self, citation: &Citation) -> PolicyId {
        let place = self.place(citation).expect("the forms of the corpus are known");
        self.policy[place].expect("a form that is cited has a policy")
    }

    /// Returns the policy of each outline, in the order of the lexicon.
    pub(crate) fn outlined(&self, lexicon: &Lexicon) -> impl Iterator<Item = PolicyId> {
        // Outlines are the first forms.
        let policies = self.policy[..lexicon.outlines().len()].iter();
        policies.map(|policy| policy.expect("an outline has a policy"))
    }

    /// Returns the row of each policy, by id.
    pub(crate) fn rows(&self) -> Box<[Arc<PolicyRow>]> {
        self.policies.iter().map(|policy| policy.row.clone()).collect()
    }

    /// Keys of the documents that contain the text of a policy, ascending.
    pub(crate) fn texts(&self, policy: PolicyId) -> BTreeSet<&str> {
        let forms = self.policies[policy.index()].forms.iter();
        let document = |&at: &usize| match &self.forms[at].source {
            FormSource::Document(head) => Some(&*head.document),
            _ => None,
        };
        forms.filter_map(document).collect()
    }

    /// Resolves the forms again that a change can affect.
    pub(crate) fn resolve(&mut self, lexicon: &Lexicon) -> PolicyChanges {
        let near = self.affected_forms();
        let replaced: BTreeSet<PolicyId> = near.iter().filter_map(|&at| self.policy[at]).collect();
        let added = self.clustered(&near, lexicon);

        let before = std::mem::take(&mut self.policies);
        let count = before.len();
        let (replaced, unchanged): (Vec<_>, Vec<_>) =
            (0..).map(PolicyId::from_index).zip(before).partition(|(id, _)| replaced.contains(id));
        let (kept, added) = self.merge(unchanged, added);
        let mut ids = kept.renumbering(count);
        for policy in &mut self.policy {
            *policy = policy.and_then(|old| ids.get(old));
        }
        for &id in &added {
            for &form in &self.policies[id.index()].forms {
                self.policy[form] = Some(id);
            }
        }
        let unresolved = self.find_successors(&replaced, &mut ids);
        PolicyChanges { ids, kept, unresolved, added }
    }

    /// Finds the successor of each replaced policy. Returns the policies without
    /// a single successor: their citations must be resolved one by one.
    fn find_successors(
        &self,
        replaced: &[(PolicyId, Policy)],
        ids: &mut Renumbering<PolicyId>,
    ) -> Vec<PolicyId> {
        let mut predecessors: BTreeMap<PolicyId, u32> = BTreeMap::new();
        let now: Vec<_> = replaced.iter().map(|(_, policy)| self.policies_now(policy)).collect();
        now.iter().flatten().for_each(|&new| *predecessors.entry(new).or_default() += 1);
        let mut unresolved = Vec::new();
        for ((old, policy), now) in replaced.iter().zip(&now) {
            let successor = now.first().copied().filter(|new| {
                let row = &self.policies[new.index()].row;
                now.len() == 1 && predecessors[new] == 1 && row.resolves_like(&policy.row)
            });
            ids.0[old.index()] = successor;
            if successor.is_none() {
                unresolved.push(*old);
            }
        }
        unresolved
    }

    /// Returns the connected components of the dirty forms, by equal numbers and words.
    fn affected_forms(&mut self) -> Vec<usize> {
        let mut near = std::mem::take(&mut self.dirty);
        let mut open: Vec<usize> = near.iter().copied().collect();
        let (mut numbers, mut words) = (HashSet::new(), HashSet::new());
        while let Some(at) = open.pop() {
            let form = &self.forms[at];
            let number = form.number_or_title();
            let numbered = numbers.insert(number).then(|| &self.by_number[number]);
            let titled = words.insert(&form.words).then(|| &self.by_words[&form.words]);
            let linked = numbered.into_iter().chain(titled).flatten();
            open.extend(linked.filter(|&&other| near.insert(other)));
        }
        near.into_iter().collect()
    }

    /// Clusters these forms into policies.
    fn clustered(&self, near: &[usize], lexicon: &Lexicon) -> Vec<Policy> {
        let printed: Vec<usize> = near.iter().copied().filter(|&at| self.is_printed(at)).collect();
        let mut policies: Vec<Policy> = match &self.given {
            Some(given) => self.given(given, &printed, lexicon),
            None => self.resolved(&printed, lexicon),
        };
        policies.sort_by(|a, b| self.rank(a).cmp(&self.rank(b)));
        policies
    }

    /// Clusters printed forms.
    fn resolved(&self, printed: &[usize], lexicon: &Lexicon) -> Vec<Policy> {
        let forms: Vec<&SurfaceForm> = printed.iter().map(|&at| &self.forms[at]).collect();
        let clusters = cluster(&forms).into_iter();
        let policies =
            clusters.filter(|cluster| cluster.iter().any(|&at| forms[at].makes_policy()));
        let policy = |cluster: Vec<usize>| {
            let members: Vec<&SurfaceForm> = cluster.iter().map(|&at| forms[at]).collect();
            let row = Arc::new(PolicyRow::new(&members, lexicon.outlines()));
            let mut forms: Vec<usize> = cluster.into_iter().map(|at| printed[at]).collect();
            forms.sort_unstable();
            self.policy_of(row, forms)
        };
        policies.map(policy).collect()
    }

    /// Returns the given policies, with those of these printed forms that are theirs. An outline without a
    /// given policy is a policy of its own.
    fn given(&self, given: &GivenPolicies, printed: &[usize], lexicon: &Lexicon) -> Vec<Policy> {
        let mut policies = Vec::new();
        let mut forms = vec![Vec::new(); given.rows().len()];
        for &at in printed {
            let form = &self.forms[at];
            match (given.place(&form.name()), &form.source) {
                (Some(policy), _) => forms[policy].push(at),
                (None, FormSource::Outline(_)) => {
                    let row = PolicyRow::new(&[form], lexicon.outlines());
                    policies.push(self.policy_of(Arc::new(row), vec![at]));
                }
                // The head of a document that no document cites.
                (None, _) => {}
            }
        }
        let given = given.rows().iter().zip(forms);
        policies.extend(given.map(|(row, forms)| self.policy_of(row.clone(), forms)));
        policies
    }

    fn is_printed(&self, at: usize) -> bool {
        match &self.forms[at].source {
            FormSource::Outline(_) => true,
            FormSource::Cited(counts) => !counts.is_empty(),
            FormSource::Document(head) => self.heads.get(&head.document) == Some(&at),
        }
    }

    fn policy_of(&self, row: Arc<PolicyRow>, forms: Vec<usize>) -> Policy {
        let outline = forms.iter().filter_map(|&at| match self.forms[at].source {
            FormSource::Outline(place) => Some(place),
            _ => None,
        });
        let outline = outline.min().unwrap_or(usize::MAX);
        // A given policy can have heads alone here, or no form.
        let making = |&at: &usize| (!self.forms[at].makes_policy(), self.printed(at));
        let first = forms.iter().copied().min_by_key(making);
        Policy { row, forms, outline, first }
    }

    /// Title and number of the form at a position.
    fn printed(&self, at: usize) -> (&str, Option<&str>) {
        (&self.forms[at].title, self.forms[at].number.as_deref())
    }

    /// O(1).
    fn rank<'f>(&'f self, policy: &'f Policy) -> Rank<'f> {
        let named = (&*policy.row.title, policy.row.number.as_deref());
        let first = policy.first.map_or(named, |at| self.printed(at));
        Rank { outline: policy.outline, named, first }
    }

    /// Merges the unchanged policies, each with its old id, with the added ones,
    /// by rank.
    fn merge(
        &mut self,
        unchanged: Vec<(PolicyId, Policy)>,
        added: Vec<Policy>,
    ) -> (KeptRanges<PolicyId>, Vec<PolicyId>) {
        let position = |policy: &Policy| {
            let rank = self.rank(policy);
            unchanged.partition_point(|(_, other)| self.rank(other) < rank)
        };
        let places: Vec<usize> = added.iter().map(position).collect();
        let (mut kept, mut ids) = (KeptRanges::default(), Vec::with_capacity(added.len()));
        let mut policies = Vec::with_capacity(unchanged.len() + added.len());
        let mut added = places.into_iter().zip(added).peekable();
        for (at, (old, policy)) in unchanged.into_iter().enumerate() {
            while let Some((_, policy)) = added.next_if(|(place, _)| *place == at) {
                ids.push(PolicyId::from_index(policies.len()));
                policies.push(policy);
            }
            kept.push(old.index()..old.index() + 1, policies.len());
            policies.push(policy);
        }
        for (_, policy) in added {
            ids.push(PolicyId::from_index(policies.len()));
            policies.push(policy);
        }
        self.policies = policies;
        (kept, ids)
    }

    /// Policies of the forms of a former policy, heads of documents excepted.
    fn policies_now(&self, policy: &Policy) -> BTreeSet<PolicyId> {
        let forms = policy.forms.iter().filter(|&&at| self.forms[at].makes_policy());
        forms.filter_map(|&at| self.policy[at]).collect()
    }
}
