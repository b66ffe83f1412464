//! One dense table for each kind of node. Text stays in the records; tables hold positions.

use super::Graph;
use super::ids::*;
use super::kinds::NodeKind;
use super::policies::{PolicyNames, PolicyRow};
use super::provider::ProviderId;
use super::refs::TypedId;
use super::schema::each_node;
use crate::lexicon::Outline;
use crate::model::terms::terms;
use crate::model::{Deadline, Measure, Provision, Record, Section, Target};
use crate::number::to_u32;
use indexmap::IndexSet;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;

/// Interned names by id. Graphs with the same names share them.
#[derive(Clone, Debug)]
pub(crate) struct NameTable<I> {
    names: Arc<IndexSet<Box<str>>>,
    id: PhantomData<fn(I)>,
}

impl<I: Id> NameTable<I> {
    pub(crate) fn id(&self, name: &str) -> Option<I> {
        self.names.get_index_of(name).map(I::from_index)
    }

    #[track_caller]
    pub(crate) fn name(&self, id: I) -> &str {
        match self.names.get_index(id.index()) {
            Some(name) => name,
            None => not_in_graph(I::NAME, id.index(), self.len()),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }
}

impl<I> Default for NameTable<I> {
    fn default() -> Self {
        NameTable { names: Arc::default(), id: PhantomData }
    }
}

impl<I> FromIterator<Box<str>> for NameTable<I> {
    fn from_iter<N: IntoIterator<Item = Box<str>>>(names: N) -> Self {
        NameTable { names: Arc::new(names.into_iter().collect()), id: PhantomData }
    }
}

/// Equal if the names are equal in the same order, so that the ids are equal too.
impl<I> PartialEq for NameTable<I> {
    fn eq(&self, other: &Self) -> bool {
        self.names.as_slice() == other.names.as_slice()
    }
}

/// The place of a target or a deadline: its provider and its position there.
#[derive(Debug, PartialEq)]
pub(crate) struct FactRow {
    pub(crate) provider: ProviderId,
    pub(crate) place: u32,
}

/// An article of an outline (条).
#[derive(Debug, PartialEq)]
pub(crate) struct ArticleRow {
    pub(crate) policy: PolicyId,
    pub(crate) ordinal: u32,
    pub(crate) chapter: u32,
    pub(crate) heading: Box<str>,
    pub(crate) key_terms: Box<[Box<str>]>,
    pub(crate) basis: Basis,
}

terms! {
    /// The basis on which an article of an outline is known.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let policy = graph.policy("国办发〔2024〕53号").unwrap();
    /// let basis = policy.articles().next().unwrap().basis();
    /// assert_eq!(basis.to_string(), "text");
    /// ```
    pub enum Basis {
        /// The text was read whole or nearly whole.
        Text = "text" "全文",
        /// The text was read in part.
        Part = "part" "部分",
        /// Only the heading was read.
        Heading = "heading" "仅标题",
        /// No source was seen: check before relying on it.
        Unverified = "unverified" "未核实",
    }
}

impl Basis {
    /// Basis of an outline; an unknown word is the weakest.
    fn of_outline(word: &str) -> Basis {
        word.parse().unwrap_or(Basis::Unverified)
    }
}

/// The parts of documents of one kind, numbered consecutively: part `i` of document `d` is
/// `first[d] + i`.
#[derive(Debug, PartialEq)]
pub(crate) struct Parts<I> {
    first: Box<[u32]>,
    document: Box<[DocId]>,
    id: PhantomData<fn(I)>,
}

impl<I> Default for Parts<I> {
    fn default() -> Self {
        Parts { first: [0].into(), document: [].into(), id: PhantomData }
    }
}

impl<I: Id> Parts<I> {
    /// Parts of documents that have so many.
    pub(crate) fn number(counts: impl Iterator<Item = usize>) -> Self {
        let mut first = vec![0];
        let mut document = Vec::new();
        for (index, count) in counts.enumerate() {
            document.extend(std::iter::repeat_n(DocId::from_index(index), count));
            first.push(u32::try_from(document.len()).expect("fewer than 2^32 nodes of a kind"));
        }
        Parts { first: first.into(), document: document.into(), id: PhantomData }
    }

    /// Returns the parts of consecutive documents.
    pub(crate) fn of_all(&self, documents: Range<usize>) -> Range<usize> {
        self.first[documents.start] as usize..self.first[documents.end] as usize
    }

    #[track_caller]
    pub(crate) fn of(&self, document: DocId) -> impl ExactSizeIterator<Item = I> + Clone + use<I> {
        self.range(document).map(I::from_index)
    }

    #[track_caller]
    fn range(&self, document: DocId) -> Range<usize> {
        match self.first.get(document.index()..document.index() + 2) {
            Some(ends) => ends[0] as usize..ends[1] as usize,
            None => not_in_graph(DocId::NAME, document.index(), self.first.len() - 1),
        }
    }

    #[track_caller]
    pub(crate) fn document(&self, id: I) -> DocId {
        *row(&self.document, id)
    }

    /// Returns the position among the parts of its document, from 0.
    pub(crate) fn place(&self, id: I) -> usize {
        id.index() - self.first[self.document(id).index()] as usize
    }

    pub(crate) fn at(&self, document: DocId, place: usize) -> Option<I> {
        let range = self.range(document);
        (place < range.len()).then(|| I::from_index(range.start + place))
    }

    pub(crate) fn len(&self) -> usize {
        self.document.len()
    }
}

/// A node that an edge may leave.
pub(crate) trait InDocument: TypedId {
    /// Returns the document that contains the node, or that is the node.
    fn document(self, tables: &Tables) -> Option<DocId>;
}

macro_rules! tables {
    ($(
        $(#[$doc:meta])* $kind:ident $name:literal $term:literal:
            $id:ident, $ref:ident, $resolved:ident, $document:expr;
        $(#[$all:meta])* $table:ident: $type:ty;
    )*) => {
        /// All nodes.
        #[derive(Debug, Default, PartialEq)]
        pub(crate) struct Tables {
            $(pub(crate) $table: $type,)*
            pub(crate) policy_names: PolicyNames,
        }

        impl Tables {
            /// Number of nodes of a kind.
            pub(crate) fn count(&self, kind: NodeKind) -> usize {
                match kind {
                    $(NodeKind::$kind => self.$table.len(),)*
                }
            }
        }

        $(impl InDocument for $id {
            fn document(self, tables: &Tables) -> Option<DocId> {
                let document: fn($id, &Tables) -> Option<DocId> = $document;
                document(self, tables)
            }
        })*

        impl Graph {
            $($(#[$all])*
            pub fn $table(&self) -> impl ExactSizeIterator<Item = $id> + DoubleEndedIterator + Clone + use<> {
                (0..self.tables.count(NodeKind::$kind)).map($id::from_index)
            })*
        }
    };
}

each_node!(tables);

impl Tables {
    /// Adds the articles of a policy from its outline.
    pub(crate) fn add_articles(&mut self, policy: PolicyId, outline: &Outline) {
        self.articles.extend(outline.articles.iter().map(|article| ArticleRow {
            policy,
            ordinal: article.ordinal,
            chapter: article.chapter,
            heading: article.heading.as_str().into(),
            key_terms: article.key_terms.iter().map(|term| term.as_str().into()).collect(),
            basis: Basis::of_outline(&article.basis),
        }));
    }

    /// Numbers the parts, targets and deadlines of the documents.
    pub(crate) fn number_parts(&mut self) {
        let documents = std::mem::take(&mut self.documents);
        self.sections = Parts::number(documents.iter().map(|record| record.sections.len()));
        self.measures = Parts::number(documents.iter().map(|record| record.measures.len()));
        let (mut section, mut measure) = (0, 0);
        for (document, record) in documents.iter().enumerate() {
            let body = ProviderId::Document(DocId::from_index(document));
            record.body.iter().for_each(|provision| self.number_facts(body, provision));
            for read in &record.sections {
                let provider = ProviderId::Section(SectionId::from_index(section));
                self.number_facts(provider, &read.provision);
                section += 1;
            }
            for read in &record.measures {
                let provider = ProviderId::Measure(MeasureId::from_index(measure));
                self.number_facts(provider, &read.provision);
                measure += 1;
            }
        }
        self.documents = documents;
    }

    /// Numbers the targets and deadlines of a provision.
    fn number_facts(&mut self, provider: ProviderId, provision: &Provision) {
        let rows = |count: usize| (0..to_u32(count)).map(move |place| FactRow { provider, place });
        self.targets.extend(rows(provision.targets.len()));
        self.deadlines.extend(rows(provision.deadlines.len()));
    }

    /// Returns the facts of consecutive documents: the places of their rows.
    pub(crate) fn facts_of(&self, rows: &[FactRow], documents: &Range<usize>) -> Range<usize> {
        let first = |document: usize| {
            let before = |row: &FactRow| self.document_of(row.provider).index() < document;
            rows.partition_point(before)
        };
        first(documents.start)..first(documents.end)
    }

    /// Returns the document with this key. O(log documents).
    pub(crate) fn document(&self, key: &str) -> Option<DocId> {
        let by_key = |record: &Arc<Record>| record.key.as_str().cmp(key);
        self.documents.binary_search_by(by_key).ok().map(DocId::from_index)
    }

    #[track_caller]
    pub(crate) fn record(&self, document: DocId) -> &Record {
        row(&self.documents, document).as_ref()
    }

    #[track_caller]
    pub(crate) fn measure(&self, id: MeasureId) -> &Measure {
        &self.record(self.measures.document(id)).measures[self.measures.place(id)]
    }

    #[track_caller]
    pub(crate) fn section(&self, id: SectionId) -> &Section {
        &self.record(self.sections.document(id)).sections[self.sections.place(id)]
    }

    #[track_caller]
    pub(crate) fn target(&self, id: TargetId) -> &Target {
        let target = row(&self.targets, id);
        &self.provision(target.provider).targets[target.place as usize]
    }

    #[track_caller]
    pub(crate) fn deadline(&self, id: DeadlineId) -> &Deadline {
        let deadline = row(&self.deadlines, id);
        &self.provision(deadline.provider).deadlines[deadline.place as usize]
    }

    fn provision(&self, provider: ProviderId) -> &Provision {
        match provider {
            ProviderId::Measure(measure) => &self.measure(measure).provision,
            ProviderId::Section(section) => &self.section(section).provision,
            ProviderId::Document(document) => {
                self.record(document).body.as_ref().expect("a document with facts has a body")
            }
        }
    }

    pub(crate) fn document_of(&self, provider: ProviderId) -> DocId {
        match provider {
            ProviderId::Measure(measure) => self.measures.document(measure),
            ProviderId::Section(section) => self.sections.document(section),
            ProviderId::Document(document) => document,
        }
    }
}
