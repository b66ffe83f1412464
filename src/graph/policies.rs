//! Which citations mean the same instrument.
//!
//! What a document prints of an instrument is a [`Form`]: a title, perhaps a
//! number, perhaps an issuer. Forms are joined in three passes, the surest
//! first, and a form that fits two instruments joins neither:
//!
//! 1. the same number;
//! 2. no number, but a title and an issuer: the one instrument of that title
//!    that shares an issuer, else the one whose issuer is unknown;
//! 3. a title alone: the one instrument of that title.
//!
//! Nothing here depends on the order of the documents but the order of ids.

use super::{DocId, Id, PolicyId};
use crate::lexicon::{Lexicon, Outline};
use crate::model::{Citation, Found, Genre, InstrumentKind, PartialDate, Record};
use indexmap::IndexMap;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// One instrument, cited or outlined.
#[derive(Debug, PartialEq)]
pub(crate) struct PolicyRow {
    pub(crate) title: Box<str>,
    pub(crate) number: Option<Box<str>>,
    pub(crate) issuers: Box<[Box<str>]>,
    pub(crate) kind: InstrumentKind,
    /// Titles by which it is called otherwise, in the order met.
    pub(crate) wordings: Box<[Box<str>]>,
    pub(crate) signed: Option<PartialDate>,
    pub(crate) published: Option<PartialDate>,
}

impl PolicyRow {
    /// Its number, then every title.
    fn names(&self) -> impl Iterator<Item = Option<&str>> {
        let titles = std::iter::once(&self.title).chain(&self.wordings);
        std::iter::once(self.number.as_deref()).chain(titles.map(|title| Some(&**title)))
    }
}

/// What every policy is called, sorted: the policy, and which of its names.
#[derive(Debug, PartialEq)]
pub(crate) struct PolicyNames(Box<[(PolicyId, u32)]>);

impl PolicyNames {
    pub(crate) fn new(rows: &[PolicyRow]) -> Self {
        let mut names: Vec<(PolicyId, u32)> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let named = (0..).zip(row.names()).filter(|(_, name)| name.is_some());
            names.extend(named.map(|(nth, _)| (PolicyId::from_index(index), nth)));
        }
        names.sort_by_key(|&name| (spell(name, rows), name.1));
        PolicyNames(names.into())
    }

    /// The policy of this number, else the only one of this title.
    pub(crate) fn find(&self, name: &str, rows: &[PolicyRow]) -> Option<PolicyId> {
        let first = self.0.partition_point(|&other| spell(other, rows) < Some(name));
        let mut called =
            self.0[first..].iter().take_while(|&&other| spell(other, rows) == Some(name));
        let &(policy, nth) = called.next()?;
        (nth == 0 || called.all(|other| other.0 == policy)).then_some(policy)
    }
}

fn spell((policy, nth): (PolicyId, u32), rows: &[PolicyRow]) -> Option<&str> {
    rows[policy.index()].names().nth(nth as usize).flatten()
}

/// The instruments, and how to find the one that is meant.
pub(crate) struct Resolved<'r> {
    pub(crate) rows: Box<[PolicyRow]>,
    /// What each outline is of, in the order of the lexicon.
    pub(crate) outlined: Vec<PolicyId>,
    /// Documents that are the text of an instrument, by policy.
    pub(crate) texts: Vec<(PolicyId, DocId)>,
    cited: HashMap<Printed<'r>, PolicyId>,
}

impl Resolved<'_> {
    pub(crate) fn policy(&self, citation: &Citation) -> PolicyId {
        self.cited[&(citation.title.as_str(), citation.number.as_deref())]
    }
}

/// A title and a number, as printed together.
type Printed<'r> = (&'r str, Option<&'r str>);

/// Everything printed alike of an instrument.
struct Form<'r> {
    printed: Printed<'r>,
    /// What all wordings of the title share.
    key: String,
    issuers: BTreeSet<&'r str>,
    role: Role<'r>,
}

/// Who prints it.
enum Role<'r> {
    Outline(&'r Outline),
    Cited(InstrumentKind),
    /// The document itself. It makes no policy node: someone must cite it.
    Head(DocId),
}

/// Forms that mean one instrument, by their place in the list of forms.
type Cluster = Vec<usize>;

pub(crate) fn resolve<'r>(documents: &'r [Arc<Record>], lexicon: &'r Lexicon) -> Resolved<'r> {
    let forms = forms(documents, lexicon);
    let mut clusters = cluster(&forms);
    // Ids in the order met; a document that nobody cites is no policy node.
    let cited = |form: &usize| !matches!(forms[*form].role, Role::Head(_));
    clusters.iter_mut().for_each(|cluster| cluster.sort_unstable());
    clusters.retain(|cluster| cluster.iter().any(cited));
    clusters.sort_unstable_by_key(|cluster| cluster.iter().copied().find(|form| cited(form)));

    let mut resolved = Resolved {
        rows: clusters.iter().map(|cluster| row(cluster, &forms, documents)).collect(),
        outlined: vec![PolicyId::from_index(0); lexicon.outlines().len()],
        texts: Vec::new(),
        cited: HashMap::new(),
    };
    for (policy, cluster) in clusters.iter().enumerate() {
        let policy = PolicyId::from_index(policy);
        for &at in cluster {
            match forms[at].role {
                // Outlines are the first forms.
                Role::Outline(_) => resolved.outlined[at] = policy,
                Role::Cited(_) => _ = resolved.cited.insert(forms[at].printed, policy),
                Role::Head(document) => resolved.texts.push((policy, document)),
            }
        }
    }
    resolved
}

/// Outlines, then what documents cite, each once, then the documents' own heads.
fn forms<'r>(documents: &'r [Arc<Record>], lexicon: &'r Lexicon) -> Vec<Form<'r>> {
    let form = |title: &'r str, number, role| {
        let (issuer, key) = lexicon.title_key(title);
        let issuers = Some(issuer).filter(|issuer| !issuer.is_empty()).into_iter().collect();
        Form { printed: (title, number), key, issuers, role }
    };
    let mut forms = Vec::new();
    for outline in lexicon.outlines() {
        let mut form = form(&outline.title, Some(&*outline.number), Role::Outline(outline));
        form.issuers.extend(outline.issuers.iter().map(String::as_str));
        forms.push(form);
    }
    let mut cited = IndexMap::new();
    for citation in documents.iter().flat_map(|record| citations(record)) {
        let printed = (citation.title.as_str(), citation.number.as_deref());
        cited.entry(printed).or_insert(citation.kind);
    }
    forms.extend(
        cited.into_iter().map(|((title, number), kind)| form(title, number, Role::Cited(kind))),
    );
    for (index, record) in documents.iter().enumerate() {
        // News, drafts and interviews speak of an instrument; they are not its text.
        let Some(title) = &record.title else { continue };
        if matches!(record.genre, Genre::Measures | Genre::Notice) {
            let number = record.number.as_ref().map(|number| &*number.value);
            let mut form = form(&title.value, number, Role::Head(DocId::from_index(index)));
            form.issuers.extend(record.issuers.iter().map(|issuer| &*issuer.value));
            forms.push(form);
        }
    }
    forms
}

/// Every citation of a document, in the order of its record.
pub(crate) fn citations(record: &Record) -> impl Iterator<Item = &Citation> {
    let measures = record.measures.iter().map(|measure| &measure.provision);
    let provisions = record.body.iter().chain(measures);
    record.implements.iter().chain(provisions.flat_map(|provision| &provision.cites))
}

/// Joins the forms that mean one instrument, in three passes.
fn cluster(forms: &[Form<'_>]) -> Vec<Cluster> {
    let mut clusters = Clusters::default();
    clusters.join_numbers(forms);
    clusters.join_issued(forms);
    clusters.join_titles(forms);
    clusters.clusters
}

/// Clusters as they grow, and which of them bear a title.
#[derive(Default)]
struct Clusters<'f> {
    clusters: Vec<Cluster>,
    by_title: HashMap<&'f str, BTreeSet<usize>>,
    by_issuer: HashMap<(&'f str, &'f str), BTreeSet<usize>>,
}

impl<'f> Clusters<'f> {
    /// First pass: the same number.
    fn join_numbers(&mut self, forms: &'f [Form<'_>]) {
        let mut numbered: IndexMap<&str, Cluster> = IndexMap::new();
        for (at, form) in forms.iter().enumerate() {
            if let (_, Some(number)) = form.printed {
                numbered.entry(number).or_default().push(at);
            }
        }
        for cluster in numbered.into_values() {
            self.add(cluster, forms);
        }
    }

    /// Second pass: no number, but a title and an issuer.
    fn join_issued(&mut self, forms: &'f [Form<'_>]) {
        // Who names more issuers comes first, so that the others find it.
        let mut alike: BTreeMap<_, Cluster> = BTreeMap::new();
        for (at, form) in forms.iter().enumerate() {
            if form.printed.1.is_none() && !form.issuers.is_empty() {
                let key = (Reverse(form.issuers.len()), &form.issuers, form.key.as_str());
                alike.entry(key).or_default().push(at);
            }
        }
        let mut unmatched: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for ((_, issuers, title), cluster) in alike {
            let candidates: BTreeSet<usize> = issuers
                .iter()
                .filter_map(|issuer| self.by_issuer.get(&(title, *issuer)))
                .flatten()
                .copied()
                .collect();
            match (candidates.first(), candidates.len()) {
                (Some(&one), 1) => self.clusters[one].extend(cluster),
                (None, _) => unmatched.entry(title).or_default().push(self.add(cluster, forms)),
                // Two instruments of this title and issuer: it joins neither.
                _ => {
                    let apart = self.push(cluster);
                    self.by_title.entry(title).or_default().insert(apart);
                }
            }
        }
        for (title, unmatched) in unmatched {
            self.join_unissued(title, &unmatched, forms);
        }
    }

    /// A numbered instrument without an issuer and an issued one without a
    /// number are one, if each is the only one of the title.
    fn join_unissued(&mut self, title: &'f str, issued: &[usize], forms: &[Form<'_>]) {
        let bearers = &self.by_title[title];
        let unissued = |cluster: &&usize| {
            self.clusters[**cluster].iter().all(|&form| forms[form].issuers.is_empty())
        };
        let mut unissued = bearers.iter().filter(unissued);
        if let (Some(&numbered), None, &[issued]) = (unissued.next(), unissued.next(), issued) {
            let cluster = std::mem::take(&mut self.clusters[issued]);
            self.clusters[numbered].extend(cluster);
            self.by_title.entry(title).or_default().remove(&issued);
        }
    }

    /// Third pass: a title alone.
    fn join_titles(&mut self, forms: &'f [Form<'_>]) {
        let mut alike: BTreeMap<&str, Cluster> = BTreeMap::new();
        for (at, form) in forms.iter().enumerate() {
            if form.printed.1.is_none() && form.issuers.is_empty() {
                alike.entry(&form.key).or_default().push(at);
            }
        }
        for (title, cluster) in alike {
            let bearers = self.by_title.get(title).map_or(&NONE, |bearers| bearers);
            match (bearers.first(), bearers.len()) {
                (Some(&one), 1) => self.clusters[one].extend(cluster),
                _ => _ = self.push(cluster),
            }
        }
    }

    /// A new cluster, found from now on by its titles and issuers.
    fn add(&mut self, cluster: Cluster, forms: &'f [Form<'_>]) -> usize {
        let id = self.clusters.len();
        let issuers: BTreeSet<&str> =
            cluster.iter().flat_map(|&form| &forms[form].issuers).copied().collect();
        for &form in &cluster {
            let title = forms[form].key.as_str();
            self.by_title.entry(title).or_default().insert(id);
            for &issuer in &issuers {
                self.by_issuer.entry((title, issuer)).or_default().insert(id);
            }
        }
        self.push(cluster)
    }

    fn push(&mut self, cluster: Cluster) -> usize {
        self.clusters.push(cluster);
        self.clusters.len() - 1
    }
}

static NONE: BTreeSet<usize> = BTreeSet::new();

/// What all forms of an instrument say together.
fn row(cluster: &[usize], forms: &[Form<'_>], documents: &[Arc<Record>]) -> PolicyRow {
    let forms = || cluster.iter().map(|&form| &forms[form]);
    let outline = forms().find_map(|form| match form.role {
        Role::Outline(outline) => Some(outline),
        _ => None,
    });
    let text = forms().find_map(|form| match form.role {
        Role::Head(document) => Some(&documents[document.index()].dates),
        _ => None,
    });
    let kind = forms().find_map(|form| match form.role {
        Role::Cited(kind) => Some(kind),
        _ => None,
    });
    let number = forms().find_map(|form| form.printed.1);
    let mut titles: Vec<&str> = Vec::new();
    for title in forms().map(|form| form.printed.0) {
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    // The official title, else the fullest one; a number is a title of last resort.
    let fullest = |title| (Some(title) != number, title.chars().count(), Reverse(title));
    let title = match outline {
        Some(outline) => &outline.title,
        None => titles.iter().copied().max_by_key(|&title| fullest(title)).expect("a form has one"),
    };
    let issuers: BTreeSet<&str> = forms().flat_map(|form| &form.issuers).copied().collect();
    let date = |found: &Option<Found<PartialDate>>| found.as_ref().map(|found| found.value);
    PolicyRow {
        title: title.into(),
        number: number.map(Into::into),
        issuers: issuers.into_iter().map(Into::into).collect(),
        kind: kind.unwrap_or(InstrumentKind::Policy),
        wordings: titles.into_iter().filter(|other| *other != title).map(Into::into).collect(),
        signed: outline
            .map_or_else(|| text.and_then(|dates| date(&dates.signed)), |o| o.dates.signed),
        published: outline
            .map_or_else(|| text.and_then(|dates| date(&dates.published)), |o| o.dates.published),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One form a line: number, issuers, title; `-` for what is not printed.
    /// Each cluster comes back as the places of its forms.
    fn clusters(forms: &[(&str, &str, &str)]) -> Vec<Vec<usize>> {
        let forms: Vec<Form> = forms
            .iter()
            .map(|&(number, issuers, title)| Form {
                printed: (title, Some(number).filter(|number| *number != "-")),
                key: title.to_owned(),
                issuers: issuers.split('、').filter(|issuer| *issuer != "-").collect(),
                role: Role::Cited(InstrumentKind::Policy),
            })
            .collect();
        let mut clusters = cluster(&forms);
        clusters.retain(|cluster| !cluster.is_empty());
        clusters.iter_mut().for_each(|cluster| cluster.sort_unstable());
        clusters.sort();
        clusters
    }

    #[test]
    fn the_same_number_is_the_same_policy() {
        let forms = [
            ("国办发〔2024〕53号", "国务院办公厅", "全面深化药品医疗器械监管改革的意见"),
            ("国办发〔2024〕53号", "-", "深化改革意见"),
            ("国办发〔2021〕16号", "-", "深化改革意见"),
        ];
        assert_eq!(clusters(&forms), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn a_title_finds_the_one_policy_that_bears_it() {
        let forms = [
            ("-", "-", "药品监管能力建设的实施意见"),
            ("国办发〔2021〕16号", "国务院办公厅", "药品监管能力建设的实施意见"),
            ("-", "国务院办公厅", "药品监管能力建设的实施意见"),
        ];
        assert_eq!(clusters(&forms), [vec![0, 1, 2]]);
    }

    #[test]
    fn two_issuers_of_one_title_stay_apart() {
        let forms = [
            ("-", "山西省药品监督管理局", "实施方案"),
            ("-", "吉林省药品监督管理局", "实施方案"),
            ("-", "-", "实施方案"),
        ];
        assert_eq!(clusters(&forms), [vec![0], vec![1], vec![2]]);
    }

    #[test]
    fn two_numbers_of_one_title_stay_apart() {
        let forms = [
            ("晋药监〔2024〕1号", "山西省药品监督管理局", "工作要点"),
            ("晋药监〔2025〕1号", "山西省药品监督管理局", "工作要点"),
            ("-", "山西省药品监督管理局", "工作要点"),
            ("-", "-", "工作要点"),
        ];
        assert_eq!(clusters(&forms), [vec![0], vec![1], vec![2], vec![3]]);
    }

    #[test]
    fn a_number_without_issuer_meets_an_issuer_without_number() {
        let one = [("国办发〔2024〕53号", "-", "意见"), ("-", "国务院办公厅", "意见")];
        assert_eq!(clusters(&one), [vec![0, 1]]);
        let two = [one[0], one[1], ("-", "山西省人民政府办公厅", "意见")];
        assert_eq!(clusters(&two), [vec![0], vec![1], vec![2]]);
    }

    #[test]
    fn one_of_several_issuers_is_enough() {
        let forms = [
            ("-", "山西省财政厅", "若干措施"),
            ("-", "山西省药品监督管理局、山西省财政厅", "若干措施"),
            ("-", "山西省药品监督管理局", "若干措施"),
        ];
        assert_eq!(clusters(&forms), [vec![0, 1, 2]]);
    }
}
