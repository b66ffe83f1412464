//! An instrument as documents print it.

use crate::lexicon::{Lexicon, Outline, TitleKey};
use crate::model::{Citation, Found, InstrumentKind, PartialDate, Record, Rule};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A title, number and issuers, as one or more documents print them.
#[derive(Clone, Debug)]
pub(super) struct SurfaceForm {
    pub(super) title: Arc<str>,
    pub(super) number: Option<Arc<str>>,
    /// The title's words without those that differ from print to print
    /// ([`TitleKey`]).
    pub(super) words: Arc<str>,
    pub(super) issuers: BTreeSet<Box<str>>,
    pub(super) source: FormSource,
}

/// The source of a surface form.
#[derive(Clone, Debug)]
pub(super) enum FormSource {
    /// An outline, by its position in the lexicon.
    Outline(usize),
    /// Documents that cite it.
    Cited(CitationCounts),
    /// The document itself. A head alone makes no policy node: a citation must.
    Document(DocumentHead),
}

/// Number of citations of a surface form, by kind and by alias.
#[derive(Clone, Debug, Default)]
pub(super) struct CitationCounts {
    kinds: BTreeMap<InstrumentKind, u32>,
    /// Names that the texts print in place of the title: GMP.
    aliases: BTreeMap<Box<str>, u32>,
}

/// The head of a document, for citations of the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct DocumentHead {
    /// The document's key.
    pub(super) document: Box<str>,
    pub(super) signed: Option<PartialDate>,
    pub(super) published: Option<PartialDate>,
}

impl SurfaceForm {
    fn new(
        title: &str,
        number: Option<&str>,
        source: FormSource,
        lexicon: &Lexicon,
    ) -> SurfaceForm {
        let key = TitleKey::new(title);
        // 国家药监局 and 国家药品监督管理局 issue the same instruments.
        let issuer = &title[..key.issuer.len()];
        let names = issuer.split('、').filter(|name| !name.is_empty());
        SurfaceForm {
            title: title.into(),
            number: number.map(Into::into),
            words: key.words.into(),
            issuers: names.map(|name| lexicon.agencies.body(name).unwrap_or(name).into()).collect(),
            source,
        }
    }

    pub(super) fn outline(place: usize, outline: &Outline, lexicon: &Lexicon) -> SurfaceForm {
        let mut form = SurfaceForm::new(
            &outline.title,
            Some(&outline.number),
            FormSource::Outline(place),
            lexicon,
        );
        form.issuers.extend(outline.issuers.iter().map(|issuer| issuer.as_str().into()));
        form
    }

    /// Returns the form that a citation prints, with no citation counted yet.
    pub(super) fn cited(citation: &Citation, lexicon: &Lexicon) -> SurfaceForm {
        let source = FormSource::Cited(CitationCounts::default());
        SurfaceForm::new(&citation.title, citation.number.as_deref(), source, lexicon)
    }

    /// Returns the head of a document that is the text of an instrument. `None` for
    /// news, drafts and interviews, which are about one.
    pub(super) fn head(record: &Record, lexicon: &Lexicon) -> Option<SurfaceForm> {
        let title = record.title.as_ref()?;
        if !record.genre.is_instrument() {
            return None;
        }
        let date = |found: &Option<Found<PartialDate>>| found.as_ref().map(|found| found.value);
        let head = DocumentHead {
            document: record.key.as_str().into(),
            signed: date(&record.dates.signed),
            published: date(&record.dates.published),
        };
        let number = record.number.as_ref().map(|number| number.value.as_str());
        let mut form = SurfaceForm::new(&title.value, number, FormSource::Document(head), lexicon);
        form.issuers.extend(record.issuers.iter().map(|issuer| issuer.value.as_str().into()));
        Some(form)
    }

    /// Returns the number, else the title.
    pub(super) fn number_or_title(&self) -> &Arc<str> {
        self.number.as_ref().unwrap_or(&self.title)
    }

    /// Returns true if the form alone makes a policy node.
    pub(super) fn makes_policy(&self) -> bool {
        !matches!(self.source, FormSource::Document(_))
    }

    /// Returns the strongest kind of instrument that it is cited as.
    pub(super) fn kind(&self) -> Option<InstrumentKind> {
        match &self.source {
            FormSource::Cited(counts) => counts.kinds.keys().next().copied(),
            _ => None,
        }
    }

    pub(super) fn aliases(&self) -> impl Iterator<Item = &str> {
        let counts = match &self.source {
            FormSource::Cited(counts) => Some(counts),
            _ => None,
        };
        counts.into_iter().flat_map(|counts| counts.aliases.keys()).map(|words| &**words)
    }
}

impl CitationCounts {
    /// Returns the counts of one citation.
    pub(super) fn one(kind: InstrumentKind, alias: Option<&str>) -> Self {
        let aliases = alias.map(|words| (words.into(), 1)).into_iter().collect();
        CitationCounts { kinds: [(kind, 1)].into(), aliases }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Counts a citation. Returns true if its kind or alias is new.
    pub(super) fn add(&mut self, record: &Record, citation: &Citation) -> bool {
        let kinds = self.kinds.entry(citation.kind).or_default();
        *kinds += 1;
        let mut is_new = *kinds == 1;
        if let Some(words) = alias(record, citation) {
            match self.aliases.get_mut(words) {
                Some(count) => *count += 1,
                None => {
                    self.aliases.insert(words.into(), 1);
                    is_new = true;
                }
            }
        }
        is_new
    }

    /// Discounts a citation. Returns true if no citation of its kind or with its
    /// alias is left.
    pub(super) fn remove(&mut self, record: &Record, citation: &Citation) -> bool {
        let kind = lower(&mut self.kinds, &citation.kind);
        let words = alias(record, citation).map(Into::into);
        let alias = words.is_some_and(|words: Box<str>| lower(&mut self.aliases, &words));
        kind | alias
    }
}

/// Decrements a count. Returns true if it reaches 0.
fn lower<K: Ord>(counts: &mut BTreeMap<K, u32>, key: &K) -> bool {
    let count = counts.get_mut(key).expect("a removed citation was counted");
    *count -= 1;
    *count == 0 && counts.remove(key).is_some()
}

/// Returns the printed name of the instrument, if it is not the title.
pub(super) fn alias<'r>(record: &'r Record, citation: &Citation) -> Option<&'r str> {
    let words = citation.span.get(&record.text)?.trim_matches(['《', '》']);
    (words != citation.title && citation.rule != Rule::Number).then_some(words)
}
