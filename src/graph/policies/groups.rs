//! Entity resolution in groups of forms, for corpora on several machines. Each step is a function of
//! one group; `resolve` makes the same steps on all forms in memory.

use super::citations;
use super::resolve;
use super::row::PolicyRow;
use super::surface_form::{CitationCounts, DocumentHead, FormSource, SurfaceForm, alias};
use crate::error::{Error, ErrorKind};
use crate::lexicon::Lexicon;
use crate::model::{Citation, InstrumentKind, PartialDate, Record};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// An instrument as one document prints it: in a citation, or in its own head. In serde formats an
/// opaque value.
///
/// ```
/// use policygraph::partition::{self, InstrumentForm};
///
/// let record = policygraph::builtin().document("sx-2025").unwrap().record().clone();
/// let forms = partition::forms(&record, policygraph::Lexicon::builtin());
/// assert!(forms.iter().any(|form| form.number_or_title() == "国办发〔2024〕53号"));
///
/// let json = serde_json::to_string(&forms).unwrap();
/// assert_eq!(serde_json::from_str::<Vec<InstrumentForm>>(&json).unwrap(), forms);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InstrumentForm {
    title: Box<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<Box<str>>,
    words: Box<str>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    issuers: BTreeSet<Box<str>>,
    #[serde(flatten)]
    source: Source,
}

/// The source of a form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Source {
    /// An outline, by its position in the lexicon.
    Outline(usize),
    /// A citation.
    Cited {
        kind: InstrumentKind,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        alias: Option<Box<str>>,
    },
    /// The document itself.
    Head(DocumentHead),
}

/// Name of a form: equal for all citations with the same title and number, and for all heads with the
/// same title, number and issuers. In serde formats an opaque value; equal names are equal JSON.
///
/// ```
/// use policygraph::{Lexicon, partition, read};
///
/// let lexicon = Lexicon::builtin();
/// let [a, b] = ["一、落实《药品管理法》。", "一、依照《药品管理法》处罚。"]
///     .map(|text| partition::forms(&read(lexicon, "note", text), lexicon));
/// assert_eq!(a[0].name(), b[0].name());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FormName(Name);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Name {
    /// The position of the outline in the lexicon.
    Outline(usize),
    /// Title and number.
    Cited(Box<str>, Option<Box<str>>),
    /// Title, number and issuers.
    Head(Box<str>, Option<Box<str>>, BTreeSet<Box<str>>),
}

impl FormName {
    pub(crate) fn cited(citation: &Citation) -> FormName {
        let number = citation.number.as_deref().map(Into::into);
        FormName(Name::Cited(citation.title.as_str().into(), number))
    }

    pub(crate) fn outline(place: usize) -> FormName {
        FormName(Name::Outline(place))
    }
}

impl SurfaceForm {
    pub(super) fn name(&self) -> FormName {
        let title = (&*self.title).into();
        let number = self.number.as_deref().map(Into::into);
        FormName(match &self.source {
            FormSource::Outline(place) => Name::Outline(*place),
            FormSource::Cited(_) => Name::Cited(title, number),
            FormSource::Document(_) => Name::Head(title, number, self.issuers.clone()),
        })
    }
}

impl InstrumentForm {
    fn new(form: &SurfaceForm, source: Source) -> InstrumentForm {
        InstrumentForm {
            title: (&*form.title).into(),
            number: form.number.as_deref().map(Into::into),
            words: (&*form.words).into(),
            issuers: form.issuers.clone(),
            source,
        }
    }

    fn surface(&self) -> SurfaceForm {
        SurfaceForm {
            title: (&*self.title).into(),
            number: self.number.as_deref().map(Into::into),
            words: (&*self.words).into(),
            issuers: self.issuers.clone(),
            source: match &self.source {
                Source::Outline(place) => FormSource::Outline(*place),
                Source::Cited { kind, alias } => {
                    FormSource::Cited(CitationCounts::one(*kind, alias.as_deref()))
                }
                Source::Head(head) => FormSource::Document(head.clone()),
            },
        }
    }

    /// Returns the name, by which [`GraphPart::new`](crate::partition::GraphPart::new) finds the policy.
    pub fn name(&self) -> FormName {
        let (title, number) = (self.title.clone(), self.number.clone());
        FormName(match &self.source {
            Source::Outline(place) => Name::Outline(*place),
            Source::Cited { .. } => Name::Cited(title, number),
            Source::Head(_) => Name::Head(title, number, self.issuers.clone()),
        })
    }

    /// Returns the key of the document whose head the form is. Of heads with equal names the one of the
    /// first document is enough for all steps.
    ///
    /// ```
    /// use policygraph::{Lexicon, partition};
    ///
    /// let record = policygraph::seeds().into_iter().find(|record| record.key == "sx-2025").unwrap();
    /// let forms = partition::forms(&record, Lexicon::builtin());
    /// assert!(forms.iter().filter_map(|form| form.document()).eq(["sx-2025"]));
    /// ```
    pub fn document(&self) -> Option<&str> {
        match &self.source {
            Source::Head(head) => Some(&head.document),
            Source::Outline(_) | Source::Cited { .. } => None,
        }
    }

    /// Returns the number (文号), else the title: the group of the first step.
    pub fn number_or_title(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.title)
    }
}

/// Returns the forms of a record, each once: those of its citations, and its head if it is the text of
/// an instrument.
///
/// ```
/// use policygraph::{Lexicon, partition};
///
/// let lexicon = Lexicon::builtin();
/// let record = policygraph::seeds().into_iter().find(|record| record.key == "sx-2025").unwrap();
/// assert!(partition::forms(&record, lexicon).is_sorted());
/// ```
pub fn forms(record: &Record, lexicon: &Lexicon) -> Vec<InstrumentForm> {
    let cited = citations(record).map(|citation| {
        let alias = alias(record, citation).map(Into::into);
        let source = Source::Cited { kind: citation.kind, alias };
        InstrumentForm::new(&SurfaceForm::cited(citation, lexicon), source)
    });
    let head = SurfaceForm::head(record, lexicon);
    let head = head.iter().filter_map(|form| match &form.source {
        FormSource::Document(head) => Some(InstrumentForm::new(form, Source::Head(head.clone()))),
        _ => None,
    });
    cited.chain(head).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Returns the forms of the outlines of the lexicon. They take part in the steps once, beside those of
/// the records.
///
/// ```
/// use policygraph::{Lexicon, partition};
///
/// let forms = partition::outline_forms(Lexicon::builtin());
/// assert_eq!(forms[0].number_or_title(), "国办发〔2024〕53号");
/// ```
pub fn outline_forms(lexicon: &Lexicon) -> Vec<InstrumentForm> {
    let outlines = lexicon.outlines().iter().enumerate();
    let form = |(place, outline)| {
        InstrumentForm::new(&SurfaceForm::outline(place, outline, lexicon), Source::Outline(place))
    };
    outlines.map(form).collect()
}

/// A form and its cluster: all forms with an equal cluster name one instrument.
///
/// ```
/// use policygraph::{Lexicon, partition};
///
/// let forms = partition::outline_forms(Lexicon::builtin());
/// let (clustered, _) = partition::join_numbers(forms);
/// assert_eq!(clustered[0].cluster, "number:国办发〔2024〕53号");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Clustered {
    /// Name of the cluster.
    pub cluster: String,
    /// The form.
    pub form: InstrumentForm,
}

/// An entry of the group of forms with equal title words. In serde formats an opaque value.
///
/// ```
/// use policygraph::{Lexicon, partition};
///
/// let (_, titled) = partition::join_numbers(partition::outline_forms(Lexicon::builtin()));
/// let (words, entry) = &titled[0];
/// assert!(words.contains("药品医疗器械监管改革"), "{words}");
/// assert!(serde_json::to_string(entry).unwrap().contains("国务院办公厅"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TitleEntry(Entry);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Entry {
    /// A cluster with a number, which has a form with these words.
    Numbered { number: Box<str>, issuers: BTreeSet<Box<str>> },
    /// A form without a number.
    Open(InstrumentForm),
}

impl TitleEntry {
    /// Returns true for a form without a number. A group without one has nothing to resolve:
    /// [`join_titles`] returns nothing for it.
    ///
    /// ```
    /// use policygraph::{Lexicon, partition};
    ///
    /// let (_, titled) = partition::join_numbers(partition::outline_forms(Lexicon::builtin()));
    /// assert!(!titled[0].1.is_open());
    /// assert!(partition::join_titles(vec![titled[0].1.clone()]).is_empty());
    /// ```
    pub fn is_open(&self) -> bool {
        matches!(self.0, Entry::Open(_))
    }
}

fn numbered(number: &str) -> String {
    format!("number:{number}")
}

/// First step, for all forms with an equal [number or title](InstrumentForm::number_or_title). Returns
/// the forms of a cluster, and the entries of the second step, each with its title words.
///
/// The second list has an entry of the cluster for each title of its forms, with all issuers of the
/// cluster: titles × issuers names in all.
///
/// ```
/// use policygraph::{Lexicon, partition, read};
///
/// let lexicon = Lexicon::builtin();
/// let forms = partition::forms(&read(lexicon, "note", "一、落实《药品管理法》。"), lexicon);
/// let (clustered, titled) = partition::join_numbers(forms);
/// assert_eq!((clustered.len(), titled[0].0.as_str()), (0, "药品管理法"));
/// ```
pub fn join_numbers(group: Vec<InstrumentForm>) -> (Vec<Clustered>, Vec<(String, TitleEntry)>) {
    let surfaces: Vec<SurfaceForm> = group.iter().map(InstrumentForm::surface).collect();
    let Some(summary) = resolve::join_numbers(surfaces.iter()) else {
        let open =
            |form: InstrumentForm| (String::from(&*form.words), TitleEntry(Entry::Open(form)));
        return (Vec::new(), group.into_iter().map(open).collect());
    };
    let number: Box<str> = surfaces[0].number_or_title().as_ref().into();
    let issuers: BTreeSet<Box<str>> = summary.issuers.iter().map(|&of| of.into()).collect();
    let entry = |words: &str| {
        let (number, issuers) = (number.clone(), issuers.clone());
        (words.to_owned(), TitleEntry(Entry::Numbered { number, issuers }))
    };
    let titled = summary.words.iter().map(|words| entry(words)).collect();
    let clustered = |form| Clustered { cluster: numbered(&number), form };
    (group.into_iter().map(clustered).collect(), titled)
}

/// Second step, for all entries with equal title words. Returns the cluster of each form among them,
/// whatever their order; an entry that comes twice counts once.
///
/// ```
/// use policygraph::{Lexicon, partition, read};
///
/// let lexicon = Lexicon::builtin();
/// let forms = partition::forms(&read(lexicon, "note", "一、落实《药品管理法》。"), lexicon);
/// let (_, titled) = partition::join_numbers(forms);
/// let clustered = partition::join_titles(titled.into_iter().map(|(_, entry)| entry).collect());
/// assert_eq!(clustered[0].cluster, "title:药品管理法#1");
/// ```
pub fn join_titles(mut group: Vec<TitleEntry>) -> Vec<Clustered> {
    group.sort_unstable();
    group.dedup();
    let (mut numbers, mut known, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for TitleEntry(entry) in &group {
        match entry {
            Entry::Numbered { number, issuers } => {
                numbers.push(number);
                known.push(issuers.iter().map(|issuer| &**issuer).collect::<BTreeSet<&str>>());
            }
            Entry::Open(form) => open.push(form),
        }
    }
    let issuers: Vec<_> = open.iter().map(|form| &form.issuers).collect();
    let mut joined = resolve::join_titles(&issuers, &known.iter().collect::<Vec<_>>());
    // New clusters are numbered by their first forms.
    joined[numbers.len()..].sort();
    let new = (1..).map(|n| open.first().map(|form| format!("title:{}#{n}", form.words)));
    let names = numbers.iter().map(|number| Some(numbered(number))).chain(new);
    let clusters = names.zip(joined).filter_map(|(name, forms)| Some((name?, forms)));
    let clustered = |(cluster, mut forms): (String, Vec<usize>)| {
        forms.sort_unstable();
        let form = |at: usize| open[at].clone();
        let clustered = move |form| Clustered { cluster: cluster.clone(), form };
        forms.into_iter().map(form).map(clustered).collect::<Vec<_>>()
    };
    clusters.flat_map(clustered).collect()
}

/// A policy that was resolved from all its forms. In serde formats an opaque value.
///
/// ```
/// use policygraph::{Lexicon, partition};
///
/// let lexicon = Lexicon::builtin();
/// let outline = partition::outline_forms(lexicon);
/// let policy = partition::policy("number:国办发〔2024〕53号", &outline, lexicon)?.unwrap();
/// assert_eq!(policy.key(), "policy:国办发〔2024〕53号");
/// # Ok::<(), policygraph::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResolvedPolicy {
    cluster: Box<str>,
    /// Positions of its outlines in the lexicon.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    outlines: Vec<usize>,
    row: PolicyRow,
}

impl ResolvedPolicy {
    /// Returns the key of the policy in every graph, as text.
    pub fn key(&self) -> String {
        format!("policy:{}", self.row.number.as_ref().unwrap_or(&self.row.title))
    }
}

/// Third step, for all forms of a cluster. `None` for the heads of documents that no document cites.
///
/// * `forms`: in any order, and more than once or not.
///
/// # Errors
///
/// [`InvalidInput`](ErrorKind::InvalidInput): a form is that of an outline that the lexicon does not have.
///
/// ```
/// use policygraph::{Lexicon, partition, read};
///
/// let lexicon = Lexicon::builtin();
/// let forms = partition::forms(&read(lexicon, "note", "一、落实《药品管理法》。"), lexicon);
/// let policy = partition::policy("title:药品管理法#1", &forms, lexicon)?.unwrap();
/// assert_eq!(policy.key(), "policy:中华人民共和国药品管理法");
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn policy(
    cluster: &str,
    forms: &[InstrumentForm],
    lexicon: &Lexicon,
) -> Result<Option<ResolvedPolicy>, Error> {
    let surfaces: Vec<SurfaceForm> = forms.iter().map(InstrumentForm::surface).collect();
    if !surfaces.iter().any(SurfaceForm::makes_policy) {
        return Ok(None);
    }
    let outlines: BTreeSet<usize> = surfaces
        .iter()
        .filter_map(|form| match form.source {
            FormSource::Outline(place) => Some(place),
            _ => None,
        })
        .collect();
    let known = lexicon.outlines().len();
    if let Some(unknown) = outlines.last().filter(|&&place| place >= known) {
        let message = format!(
            "outline {unknown} is not one of the {known} of the lexicon; use the lexicon that made the forms"
        );
        return Err(Error::new(ErrorKind::InvalidInput, cluster, message));
    }
    let row = PolicyRow::new(&surfaces.iter().collect::<Vec<_>>(), lexicon.outlines());
    let outlines = outlines.into_iter().collect();
    Ok(Some(ResolvedPolicy { cluster: cluster.into(), outlines, row }))
}

/// All that the citations of a policy need to know about it. In serde formats an opaque value, which does
/// not grow with the number of documents that cite it.
///
/// ```
/// use policygraph::partition::{self, PolicyReference};
/// use policygraph::Lexicon;
///
/// let lexicon = Lexicon::builtin();
/// let outline = partition::outline_forms(lexicon);
/// let policy = partition::policy("number:国办发〔2024〕53号", &outline, lexicon)?.unwrap();
/// let json = serde_json::to_string(&policy.reference()).unwrap();
/// assert_eq!(serde_json::from_str::<PolicyReference>(&json).unwrap(), policy.reference());
/// # Ok::<(), policygraph::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PolicyReference {
    cluster: Box<str>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    outlines: Vec<usize>,
    title: Box<str>,
    number: Option<Box<str>>,
    signed: Option<PartialDate>,
    published: Option<PartialDate>,
}

impl ResolvedPolicy {
    /// Returns the policy for the documents that cite it: without its issuers and aliases.
    pub fn reference(&self) -> PolicyReference {
        PolicyReference {
            cluster: self.cluster.clone(),
            outlines: self.outlines.clone(),
            title: self.row.title.clone(),
            number: self.row.number.clone(),
            signed: self.row.signed,
            published: self.row.published,
        }
    }
}

/// Policies that were resolved elsewhere, by the names of their forms.
#[derive(Debug, Default)]
pub(crate) struct GivenPolicies {
    rows: Vec<Arc<PolicyRow>>,
    by_name: HashMap<FormName, usize>,
}

impl GivenPolicies {
    /// Returns the policies of names. Their rows have no issuers and aliases.
    pub(crate) fn of_names(
        policies: impl IntoIterator<Item = (FormName, PolicyReference)>,
    ) -> GivenPolicies {
        let mut given = GivenPolicies::default();
        let mut places: HashMap<Box<str>, usize> = HashMap::new();
        for (name, policy) in policies {
            let PolicyReference { cluster, outlines, title, number, signed, published } = policy;
            let place = *places.entry(cluster).or_insert(given.rows.len());
            if place == given.rows.len() {
                let (issuers, aliases) = Default::default();
                let kind = InstrumentKind::Policy;
                let row = PolicyRow { title, number, issuers, kind, aliases, signed, published };
                given.push(row, outlines);
            }
            given.by_name.insert(name, place);
        }
        given
    }

    /// Returns whole policies.
    pub(crate) fn whole(policies: impl IntoIterator<Item = ResolvedPolicy>) -> GivenPolicies {
        let mut given = GivenPolicies::default();
        for policy in policies {
            given.push(policy.row, policy.outlines);
        }
        given
    }

    fn push(&mut self, row: PolicyRow, outlines: Vec<usize>) {
        let names = outlines.into_iter().map(|at| (FormName::outline(at), self.rows.len()));
        self.by_name.extend(names);
        self.rows.push(Arc::new(row));
    }

    /// Returns the position of the policy of a form.
    pub(crate) fn place(&self, name: &FormName) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    pub(super) fn rows(&self) -> &[Arc<PolicyRow>] {
        &self.rows
    }
}
