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

mod cluster;

use super::{DocId, Id, Naming, PolicyId, Resolution};
use crate::lexicon::{Lexicon, Outline, TitleKey};
use crate::model::{Citation, Found, Genre, InstrumentKind, PartialDate, Record, Rule};
use crate::text::Span;
use cluster::cluster;
use indexmap::{IndexMap, IndexSet};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
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

/// How the words of a citation mean the policy of this row.
pub(crate) fn resolution(record: &Record, citation: &Citation, row: &PolicyRow) -> Resolution {
    let sure = |naming| Resolution { naming, score: 1.0 };
    if citation.rule == Rule::Number {
        return sure(Naming::Number);
    }
    let printed: String = citation.span.slice(&record.text).split_whitespace().collect();
    if printed == *row.title || about(&printed) == about(&row.title) {
        return sure(Naming::Title);
    }
    if TitleKey::new(&printed).words == TitleKey::new(&row.title).words {
        let [one, other] = [about(&printed), about(&row.title)].map(|title| title.chars().count());
        let score = one.min(other) as f32 / one.max(other) as f32;
        return Resolution { naming: Naming::SimilarTitle, score };
    }
    match &row.number {
        Some(number) if citation.number.as_deref() == Some(&**number) => sure(Naming::Number),
        _ => Resolution { naming: Naming::ShortName, score: 0.9 },
    }
}

/// A title without the issuer before 关于.
fn about(title: &str) -> &str {
    &title[title.find("关于").unwrap_or(0)..]
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
    /// What the texts print where the record gives the title: GMP.
    wordings: IndexSet<&'r str>,
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
        let key = TitleKey::new(title);
        // 国家药监局 and 国家药品监督管理局 issue the same instruments.
        let issuer = &title[..key.issuer.len()];
        let names = issuer.split('、').filter(|name| !name.is_empty());
        let issuers = names.map(|name| lexicon.agencies.body(name).unwrap_or(name)).collect();
        Form { printed: (title, number), key: key.words, issuers, role, wordings: IndexSet::new() }
    };
    let mut forms = Vec::new();
    for outline in lexicon.outlines() {
        let mut form = form(&outline.title, Some(&*outline.number), Role::Outline(outline));
        form.issuers.extend(outline.issuers.iter().map(String::as_str));
        forms.push(form);
    }
    let mut cited: IndexMap<Printed<'_>, (InstrumentKind, IndexSet<&str>)> = IndexMap::new();
    for record in documents {
        for citation in citations(record) {
            let printed = (citation.title.as_str(), citation.number.as_deref());
            let (_, wordings) = cited.entry(printed).or_insert((citation.kind, IndexSet::new()));
            wordings.extend(wording(record, citation));
        }
    }
    for ((title, number), (kind, wordings)) in cited {
        forms.push(Form { wordings, ..form(title, number, Role::Cited(kind)) });
    }
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

/// The words that name the instrument, where they are not its title.
fn wording<'r>(record: &'r Record, citation: &Citation) -> Option<&'r str> {
    let Span { start, end } = citation.span;
    let words = record.text.get(start as usize..end as usize)?.trim_matches(['《', '》']);
    (words != citation.title && citation.rule != Rule::Number).then_some(words)
}

/// Every citation of a document, in the order of its record.
pub(crate) fn citations(record: &Record) -> impl Iterator<Item = &Citation> {
    let measures = record.measures.iter().map(|measure| &measure.provision);
    let provisions = record.body.iter().chain(measures);
    let framed = record.implements.iter().chain(&record.repeals);
    framed.chain(provisions.flat_map(|provision| &provision.cites))
}

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
    let titles: IndexSet<&str> = forms().map(|form| form.printed.0).collect();
    // The official title, else the fullest one; a number is a title of last resort.
    let fullest = |title| (Some(title) != number, title.chars().count(), Reverse(title));
    let title = match outline {
        Some(outline) => &outline.title,
        None => titles.iter().copied().max_by_key(|&title| fullest(title)).expect("a form has one"),
    };
    // A line may wrap inside a title.
    let unwrapped = |words: &str| words.split_whitespace().collect::<Box<str>>();
    let printed = forms().flat_map(|form| &form.wordings);
    let wordings: IndexSet<Box<str>> = titles.iter().chain(printed).map(|w| unwrapped(w)).collect();
    let issuers: BTreeSet<&str> = forms().flat_map(|form| &form.issuers).copied().collect();
    let date = |found: &Option<Found<PartialDate>>| found.as_ref().map(|found| found.value);
    PolicyRow {
        title: title.into(),
        number: number.map(Into::into),
        issuers: issuers.into_iter().map(Into::into).collect(),
        kind: kind.unwrap_or(InstrumentKind::Policy),
        wordings: wordings.into_iter().filter(|other| **other != *title).collect(),
        signed: outline
            .map_or_else(|| text.and_then(|dates| date(&dates.signed)), |o| o.dates.signed),
        published: outline
            .map_or_else(|| text.and_then(|dates| date(&dates.published)), |o| o.dates.published),
    }
}
