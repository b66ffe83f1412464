//! All forms of a corpus and the instruments that they mean, kept while
//! documents come and go.
//!
//! PolicyRegistry meet by their numbers and by the words of their titles. What a change
//! touches is therefore settled among the forms that hang together with it by
//! either; all other instruments stay what they were.

use super::citations;
use super::resolve::cluster;
use super::row::PolicyRow;
use super::surface_form::{Role, SurfaceForm};
use crate::graph::assemble::kept_ranges::{KeptRanges, Renumbering};
use crate::graph::{Id, PolicyId};
use crate::lexicon::Lexicon;
use crate::model::{Citation, Record};
use indexmap::{Equivalent, IndexMap};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// The forms of a corpus, and the policies that they mean.
#[derive(Clone, Debug)]
pub(crate) struct PolicyRegistry {
    forms: Vec<SurfaceForm>,
    /// The policy of each form; none for the head of a document that nobody
    /// cites, and for a form that nobody prints any more.
    policy: Vec<Option<PolicyId>>,
    cited: IndexMap<Printed, usize>,
    heads: HashMap<Box<str>, usize>,
    by_number: HashMap<Arc<str>, Vec<usize>>,
    by_words: HashMap<Arc<str>, Vec<usize>>,
    /// By id: those with an outline in the order of the lexicon, the others by
    /// title, number and forms.
    policies: Vec<Policy>,
    /// PolicyRegistry that are new, gone, or say something else.
    touched: BTreeSet<usize>,
    /// How many forms nobody prints any more.
    gone: usize,
}

/// A title and a number, as printed together.
type Printed = (Arc<str>, Option<Arc<str>>);

#[derive(Hash)]
struct PrintedHere<'r>(&'r str, Option<&'r str>);

impl Equivalent<Printed> for PrintedHere<'_> {
    fn equivalent(&self, other: &Printed) -> bool {
        self.0 == &*other.0 && self.1 == other.1.as_deref()
    }
}

/// What orders policies; no two have the same.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank<'f> {
    outline: usize,
    named: (&'f str, Option<&'f str>),
    /// The first of the forms that are cited: a form is of one policy.
    first: (&'f str, Option<&'f str>),
}

#[derive(Clone, Debug)]
struct Policy {
    row: Arc<PolicyRow>,
    /// Ascending.
    forms: Vec<usize>,
    /// The place of its outline; of a policy without one, the last.
    outline: usize,
    /// Of its forms that are not heads the first by title and number.
    first: usize,
}

/// How the policies have changed.
pub(crate) struct Settled {
    /// The new id of each old policy that means to its citations what it meant.
    pub(crate) ids: Renumbering<PolicyId>,
    /// Policies of which nothing has changed.
    pub(crate) kept: KeptRanges<PolicyId>,
    /// Old policies whose citations must be read again, ascending.
    pub(crate) unsettled: Vec<PolicyId>,
    /// The new policies that are not kept, ascending.
    pub(crate) made: Vec<PolicyId>,
}

impl PolicyRegistry {
    /// The forms of a corpus without documents: the outlines of the lexicon.
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        let mut forms = PolicyRegistry {
            forms: Vec::new(),
            policy: Vec::new(),
            cited: IndexMap::new(),
            heads: HashMap::new(),
            by_number: HashMap::new(),
            by_words: HashMap::new(),
            policies: Vec::new(),
            touched: BTreeSet::new(),
            gone: 0,
        };
        for (place, outline) in lexicon.outlines().iter().enumerate() {
            forms.push(SurfaceForm::outline(place, outline, lexicon));
        }
        forms
    }

    /// Whether most of what it holds is of no use any more.
    pub(crate) fn is_worn(&self) -> bool {
        2 * self.gone > self.forms.len()
    }

    fn push(&mut self, form: SurfaceForm) -> usize {
        let at = self.forms.len();
        if let Some(number) = &form.number {
            self.by_number.entry(number.clone()).or_default().push(at);
        }
        self.by_words.entry(form.words.clone()).or_default().push(at);
        self.forms.push(form);
        self.policy.push(None);
        self.touched.insert(at);
        at
    }

    /// What a document prints, beside what others do.
    pub(crate) fn add(&mut self, record: &Record, lexicon: &Lexicon) {
        for citation in citations(record) {
            let at = self.place(citation).unwrap_or_else(|| {
                let form = SurfaceForm::cited(citation, lexicon);
                let printed = (form.title.clone(), form.number.clone());
                let at = self.push(form);
                self.cited.insert(printed, at);
                self.gone += 1; // until it is cited, now
                at
            });
            let Role::Cited(counts) = &mut self.forms[at].role else { unreachable!() };
            self.gone -= usize::from(counts.is_empty());
            if counts.add(record, citation) {
                self.touched.insert(at);
            }
        }
        if let Some(form) = SurfaceForm::head(record, lexicon) {
            let at = self.push(form);
            self.heads.insert(record.key.as_str().into(), at);
        }
    }

    /// Takes out what a document printed.
    pub(crate) fn remove(&mut self, record: &Record) {
        for citation in citations(record) {
            let at = self.place(citation).expect("what is taken out was put in");
            let Role::Cited(counts) = &mut self.forms[at].role else { unreachable!() };
            if counts.remove(record, citation) {
                self.gone += usize::from(counts.is_empty());
                self.touched.insert(at);
            }
        }
        if let Some(at) = self.heads.remove(record.key.as_str()) {
            self.gone += 1;
            self.touched.insert(at);
        }
    }

    fn place(&self, citation: &Citation) -> Option<usize> {
        self.cited.get(&PrintedHere(&citation.title, citation.number.as_deref())).copied()
    }

    /// The policy that a citation of the corpus means.
    pub(crate) fn policy(&self, citation: &Citation) -> PolicyId {
        let place = self.place(citation).expect("the forms of the corpus are known");
        self.policy[place].expect("a form that is cited has a policy")
    }

    /// The policy that each outline is of.
    pub(crate) fn outlined(&self, lexicon: &Lexicon) -> impl Iterator<Item = PolicyId> {
        // Outlines are the first forms.
        let policies = self.policy[..lexicon.outlines().len()].iter();
        policies.map(|policy| policy.expect("an outline has a policy"))
    }

    /// What is known of each policy.
    pub(crate) fn rows(&self) -> Box<[Arc<PolicyRow>]> {
        self.policies.iter().map(|policy| policy.row.clone()).collect()
    }

    /// The keys of the documents that are the text of a policy, ascending.
    pub(crate) fn texts(&self, policy: PolicyId) -> BTreeSet<&str> {
        let forms = self.policies[policy.index()].forms.iter();
        let document = |&at: &usize| match &self.forms[at].role {
            Role::Head(head) => Some(&*head.document),
            _ => None,
        };
        forms.filter_map(document).collect()
    }

    /// Joins forms anew wherever something was touched.
    pub(crate) fn settle(&mut self, lexicon: &Lexicon) -> Settled {
        let near = self.near_what_is_touched();
        let replaced: BTreeSet<PolicyId> = near.iter().filter_map(|&at| self.policy[at]).collect();
        let made = self.join(&near, lexicon);

        let before = std::mem::take(&mut self.policies);
        let count = before.len();
        let (replaced, staying): (Vec<_>, Vec<_>) =
            (0..).map(PolicyId::from_index).zip(before).partition(|(id, _)| replaced.contains(id));
        let (kept, made) = self.merge(staying, made);
        let mut ids = kept.renumbering(count);
        for policy in &mut self.policy {
            *policy = policy.and_then(|old| ids.get(old));
        }
        for &id in &made {
            for &form in &self.policies[id.index()].forms {
                self.policy[form] = Some(id);
            }
        }
        let unsettled = self.follow(&replaced, &mut ids);
        Settled { ids, kept, unsettled, made }
    }

    /// Finds what each replaced policy has become; those of which that cannot
    /// be said for all their citations at once come back.
    fn follow(
        &self,
        replaced: &[(PolicyId, Policy)],
        ids: &mut Renumbering<PolicyId>,
    ) -> Vec<PolicyId> {
        let mut heirs: BTreeMap<PolicyId, u32> = BTreeMap::new();
        let now: Vec<_> = replaced.iter().map(|(_, policy)| self.meant_now(policy)).collect();
        now.iter().flatten().for_each(|&new| *heirs.entry(new).or_default() += 1);
        let mut unsettled = Vec::new();
        for ((old, policy), now) in replaced.iter().zip(&now) {
            let heir = now.first().copied().filter(|new| {
                let row = &self.policies[new.index()].row;
                now.len() == 1 && heirs[new] == 1 && row.resolves_like(&policy.row)
            });
            ids.0[old.index()] = heir;
            if heir.is_none() {
                unsettled.push(*old);
            }
        }
        unsettled
    }

    /// The forms that hang together with a touched one by numbers and words.
    fn near_what_is_touched(&mut self) -> Vec<usize> {
        let mut near = std::mem::take(&mut self.touched);
        let mut open: Vec<usize> = near.iter().copied().collect();
        let (mut numbers, mut words) = (HashSet::new(), HashSet::new());
        while let Some(at) = open.pop() {
            let form = &self.forms[at];
            let number = form.number.as_ref().filter(|number| numbers.insert(*number));
            let numbered = number.into_iter().flat_map(|number| &self.by_number[number]);
            let titled = words.insert(&form.words).then(|| &self.by_words[&form.words]);
            let bearers = numbered.chain(titled.into_iter().flatten());
            open.extend(bearers.filter(|&&other| near.insert(other)));
        }
        near.into_iter().collect()
    }

    /// The policies that these forms make.
    fn join(&self, near: &[usize], lexicon: &Lexicon) -> Vec<Policy> {
        let printed: Vec<usize> = near.iter().copied().filter(|&at| self.is_printed(at)).collect();
        let forms: Vec<&SurfaceForm> = printed.iter().map(|&at| &self.forms[at]).collect();
        let mut policies: Vec<Policy> = cluster(&forms)
            .into_iter()
            .filter(|cluster| cluster.iter().any(|&at| forms[at].makes_policy()))
            .map(|cluster| {
                let said: Vec<&SurfaceForm> = cluster.iter().map(|&at| forms[at]).collect();
                let row = Arc::new(PolicyRow::new(&said, lexicon.outlines()));
                let mut forms: Vec<usize> = cluster.into_iter().map(|at| printed[at]).collect();
                forms.sort_unstable();
                self.policy_of(row, forms)
            })
            .collect();
        policies.sort_by(|a, b| self.rank(a).cmp(&self.rank(b)));
        policies
    }

    fn is_printed(&self, at: usize) -> bool {
        match &self.forms[at].role {
            Role::Outline(_) => true,
            Role::Cited(counts) => !counts.is_empty(),
            Role::Head(head) => self.heads.get(&head.document) == Some(&at),
        }
    }

    fn policy_of(&self, row: Arc<PolicyRow>, forms: Vec<usize>) -> Policy {
        let outline = forms.iter().filter_map(|&at| match self.forms[at].role {
            Role::Outline(place) => Some(place),
            _ => None,
        });
        let outline = outline.min().unwrap_or(usize::MAX);
        let telling = forms.iter().copied().filter(|&at| self.forms[at].makes_policy());
        let first = telling.min_by_key(|&at| self.printed(at)).expect("a form makes the policy");
        Policy { row, forms, outline, first }
    }

    /// What is printed of an instrument there.
    fn printed(&self, at: usize) -> (&str, Option<&str>) {
        (&self.forms[at].title, self.forms[at].number.as_deref())
    }

    /// O(1).
    fn rank<'f>(&'f self, policy: &'f Policy) -> Rank<'f> {
        let named = (&*policy.row.title, policy.row.number.as_deref());
        Rank { outline: policy.outline, named, first: self.printed(policy.first) }
    }

    /// The policies that stay, each with its old id, and those that are made,
    /// in order.
    fn merge(
        &mut self,
        staying: Vec<(PolicyId, Policy)>,
        made: Vec<Policy>,
    ) -> (KeptRanges<PolicyId>, Vec<PolicyId>) {
        let behind = |policy: &Policy| {
            let rank = self.rank(policy);
            staying.partition_point(|(_, other)| self.rank(other) < rank)
        };
        let places: Vec<usize> = made.iter().map(behind).collect();
        let (mut kept, mut ids) = (KeptRanges::default(), Vec::with_capacity(made.len()));
        let mut policies = Vec::with_capacity(staying.len() + made.len());
        let mut made = places.into_iter().zip(made).peekable();
        for (at, (old, policy)) in staying.into_iter().enumerate() {
            while let Some((_, policy)) = made.next_if(|(place, _)| *place == at) {
                ids.push(PolicyId::from_index(policies.len()));
                policies.push(policy);
            }
            kept.push(old.index()..old.index() + 1, policies.len());
            policies.push(policy);
        }
        for (_, policy) in made {
            ids.push(PolicyId::from_index(policies.len()));
            policies.push(policy);
        }
        self.policies = policies;
        (kept, ids)
    }

    /// What the forms of a former policy mean now, those apart that only a
    /// document prints of itself.
    fn meant_now(&self, policy: &Policy) -> BTreeSet<PolicyId> {
        let forms = policy.forms.iter().filter(|&&at| self.forms[at].makes_policy());
        forms.filter_map(|&at| self.policy[at]).collect()
    }
}
