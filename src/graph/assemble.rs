//! Assembly of graphs: names become ids, facts become edges.
//!
//! A graph is assembled from the previous one and the records that changed; the
//! first one from the empty graph. Documents are processed if they are new, or if
//! a citation of theirs can resolve to another policy. The edges of all others
//! are copied with renumbered ids.

mod documents;
mod interner;
pub(super) mod kept_ranges;
mod vocabulary;

use super::carry_over::{CarryOver, IdMap};
use super::edges::{EdgePairs, Relations};
use super::ids::{
    AgencyId, ArticleId, DocId, Id, MeasureId, PlatformId, PolicyId, ProductId, RegionId, SectionId,
};
use super::kinds::Node;
use super::policies::groups::GivenPolicies;
use super::policies::{PolicyChanges, PolicyNames, PolicyRegistry};
use super::rows::Freezer;
use super::schema::{each_named_node, keep_named};
use super::tables::{Parts, Tables};
use super::{Graph, GraphNote};
use crate::correspond::Articles;
use crate::features::Extractor;
use crate::lexicon::Lexicon;
use crate::model::Record;
use interner::Interner;
use kept_ranges::{KeptRanges, Renumbering};
use once_cell::sync::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

/// Assembles the graphs of a changing set of records, each from the previous one.
#[derive(Clone, Default)]
pub(crate) struct Assembler {
    last: Option<Last>,
}

/// The last graph, and the state that the next one is assembled from.
#[derive(Clone)]
struct Last {
    /// Identity of the lexicon: another lexicon makes a graph from nothing.
    lexicon: Arc<()>,
    policies: Arc<PolicyRegistry>,
    graph: Arc<Graph>,
}

impl Assembler {
    /// Returns the graph of `records`, which ascend by key. It equals the one
    /// assembled from nothing.
    ///
    /// O(1) per record if no record and not the lexicon has changed: then it is
    /// the last graph itself.
    pub(crate) fn graph<'r>(
        &mut self,
        records: impl ExactSizeIterator<Item = &'r Arc<Record>> + Clone,
        lexicon: &Lexicon,
    ) -> Arc<Graph> {
        let last = match self.last.take().filter(|last| lexicon.is(&last.lexicon)) {
            Some(last) if last.graph.has_records(records.clone()) => last,
            Some(last) if !last.policies.is_mostly_unused() => last.next(records, lexicon),
            _ => Last::nothing(lexicon).next(records, lexicon),
        };
        self.last.insert(last).graph.clone()
    }
}

impl Last {
    /// Returns the state before the first graph.
    fn nothing(lexicon: &Lexicon) -> Self {
        let (tables, edges) = (Tables::default(), Relations::default());
        let graph = Graph { tables, edges, links: OnceCell::new(), notes: [].into() };
        let policies = Arc::new(PolicyRegistry::new(lexicon));
        Last { lexicon: lexicon.identity(), policies, graph: Arc::new(graph) }
    }

    fn next<'r>(
        mut self,
        records: impl Iterator<Item = &'r Arc<Record>>,
        lexicon: &Lexicon,
    ) -> Self {
        // A clone of the assembler may share the registry.
        let policies = Arc::make_mut(&mut self.policies);
        let graph = assemble(records.cloned().collect(), &self.graph, policies, lexicon);
        Last { graph: Arc::new(graph), ..self }
    }
}

/// Returns the graph of records, which ascend by key, with policies that were resolved elsewhere. Each
/// citation of the records has one of them.
pub(crate) fn graph_with_policies(
    records: Box<[Arc<Record>]>,
    given: GivenPolicies,
    lexicon: &Lexicon,
) -> Graph {
    let nothing = Last::nothing(lexicon);
    let mut policies = PolicyRegistry::new(lexicon).with_given(given);
    assemble(records, &nothing.graph, &mut policies, lexicon)
}

/// Assembles the records, which ascend by key, from an older graph.
///
/// * `policies`: those of the older graph, updated to those of the new one.
/// * The lexicon is the older graph's, unless that graph is empty.
/// * Linear in the facts of the processed documents and the size of the graph.
fn assemble(
    records: Box<[Arc<Record>]>,
    old: &Graph,
    policies: &mut PolicyRegistry,
    lexicon: &Lexicon,
) -> Graph {
    let ids = same_keys(&old.tables.documents, &records);
    let mut dirty = vec![true; records.len()];
    for (before, id) in old.tables.documents.iter().zip(&ids.0) {
        match id.filter(|id| Arc::ptr_eq(before, &records[id.index()])) {
            Some(id) => dirty[id.index()] = false,
            None => policies.remove(before),
        }
    }
    let changed = records.iter().zip(&dirty).filter(|(_, dirty)| **dirty);
    changed.for_each(|(record, _)| policies.add(record, lexicon));

    let PolicyChanges { ids: policy_ids, kept, unresolved, added } = policies.resolve(lexicon);
    let citing = unresolved.iter().flat_map(|&policy| old.documents_that_name(policy));
    for id in citing.filter_map(|document| ids.get(document)) {
        dirty[id.index()] = true;
    }

    let mut carry_over = CarryOver::default();
    for (at, id) in ids.0.iter().enumerate() {
        if let Some(id) = id.filter(|id| !dirty[id.index()]) {
            carry_over.documents.kept.push(at..at + 1, id.index());
        }
    }
    carry_over.documents.ids = ids;
    carry_over.policies = IdMap { kept, ids: policy_ids };
    let mut assembly = Assembly::new(old, records, carry_over, policies, lexicon, added);
    assembly.products();
    assembly.outlines();
    assembly.documents();
    assembly.texts();
    assembly.agencies();
    assembly.regions();
    assembly.freeze()
}

/// Returns the new id of each old document, by key.
fn same_keys(old: &[Arc<Record>], new: &[Arc<Record>]) -> Renumbering<DocId> {
    let mut at = 0;
    let same = |record: &Arc<Record>| {
        // Most records are unchanged: a pointer comparison spares that of the keys.
        while new.get(at).is_some_and(|n| !Arc::ptr_eq(n, record) && n.key < record.key) {
            at += 1;
        }
        new.get(at).filter(|n| Arc::ptr_eq(n, record) || n.key == record.key)?;
        at += 1;
        Some(DocId::from_index(at - 1))
    };
    Renumbering(old.iter().map(same).collect())
}

impl Graph {
    /// Returns true if the graph was assembled from these same records.
    fn has_records<'r>(&self, records: impl ExactSizeIterator<Item = &'r Arc<Record>>) -> bool {
        let documents = &self.tables.documents;
        let lengths = documents.len() == records.len();
        let mut pairs = documents.iter().zip(records);
        lengths && pairs.all(|(mine, other)| Arc::ptr_eq(mine, other))
    }

    /// Returns the documents with a citation of a policy; may repeat.
    fn documents_that_name(&self, policy: PolicyId) -> impl Iterator<Item = DocId> {
        let documents = self.implemented_by(policy).iter().chain(self.repealed_by(policy));
        let measures = self.cited_by(policy).iter().map(|&measure| self.document_of(measure));
        let sections = self.cited_in::<SectionId>(policy).iter();
        let sections = sections.map(|&section| self.tables.sections.document(section));
        let documents = documents.chain(self.cited_in::<DocId>(policy)).copied();
        documents.chain(measures).chain(sections)
    }
}

/// A graph under construction.
struct Assembly<'r> {
    lexicon: &'r Lexicon,
    policies: &'r PolicyRegistry,
    old: &'r Graph,
    carry_over: CarryOver,
    /// The policies without edges to copy, ascending.
    added: Vec<PolicyId>,
    tables: Tables,
    names: NamesInUse<'r>,
    edges: EdgePairs,
    notes: Vec<GraphNote>,
    /// The articles of the outlined policies, and the index of the first.
    articles: HashMap<PolicyId, (Articles, usize)>,
    extractor: Extractor,
}

macro_rules! names_in_use {
    ($($table:ident: $kind:ident, $id:ident;)*) => {
        /// The names that the new graph uses, by kind.
        struct NamesInUse<'r> {
            $($table: Interner<'r, $id>,)*
        }

        impl<'r> NamesInUse<'r> {
            /// Returns the names of the old graph; those that the kept documents name are in use.
            fn new(old: &'r Graph, kept: &KeptRanges<DocId>) -> Self {
                let is_kept = |document| kept.find(document).is_some();
                let in_use = |name: Node| old.edges.leads_from(name, &old.tables, is_kept);
                NamesInUse {
                    $($table: Interner::new(&old.tables.$table, |id| in_use(id.into())),)*
                }
            }

            /// Moves the names into their tables, and their final ids into the map.
            fn freeze(self, tables: &mut Tables, carry_over: &mut CarryOver) {
                $((tables.$table, carry_over.$table) = self.$table.freeze();)*
            }
        }
    };
}

each_named_node!(names_in_use);

impl<'r> Assembly<'r> {
    fn new(
        old: &'r Graph,
        records: Box<[Arc<Record>]>,
        mut carry_over: CarryOver,
        policies: &'r PolicyRegistry,
        lexicon: &'r Lexicon,
        added: Vec<PolicyId>,
    ) -> Self {
        let (sections, measures) = number_parts(old, &records, &mut carry_over);
        let mut articles = KeptRanges::<ArticleId>::default();
        articles.push(0..old.tables.articles.len(), 0);
        carry_over.articles.ids = articles.renumbering(old.tables.articles.len());

        let rows = policies.rows();
        let kept = |id| carry_over.policies.kept.find(id);
        let policy_names =
            PolicyNames::new(&old.tables.policy_names, kept, added.iter().copied(), &rows);
        Assembly {
            lexicon,
            policies,
            old,
            names: NamesInUse::new(old, &carry_over.documents.kept),
            tables: Tables {
                documents: records,
                sections,
                measures,
                policies: rows,
                policy_names,
                ..Tables::default()
            },
            carry_over,
            added,
            edges: EdgePairs::default(),
            notes: Vec::new(),
            articles: HashMap::new(),
            extractor: Extractor::new(lexicon),
        }
    }

    fn freeze(self) -> Graph {
        let Assembly { mut tables, mut carry_over, names, .. } = self;
        names.freeze(&mut tables, &mut carry_over);
        let old = &self.old.edges;
        let freezer = Freezer {
            tables: &tables,
            carry_over: &carry_over,
            old_proofs: &old.proofs,
            proofs: Vec::with_capacity(old.proofs.len()),
        };
        let edges = self.edges.freeze(old, freezer);
        Graph { tables, edges, links: OnceCell::new(), notes: self.notes.into() }
    }
}

/// Numbers the sections and measures of all documents, and maps the old ones.
fn number_parts(
    old: &Graph,
    records: &[Arc<Record>],
    carry_over: &mut CarryOver,
) -> (Parts<SectionId>, Parts<MeasureId>) {
    let mut before = vec![None; records.len()];
    for range in carry_over.documents.kept.iter() {
        for (at, old) in (range.new..).zip(range.old.clone()) {
            before[at] = Some(DocId::from_index(old));
        }
    }
    let sections = Parts::number(before.iter().zip(records).map(|(before, record)| {
        before.map_or_else(|| record.sections.len(), |id| old.tables.sections.of(id).len())
    }));
    let measures = Parts::number(before.iter().zip(records).map(|(before, record)| {
        before.map_or_else(|| record.measures.len(), |id| old.tables.measures.of(id).len())
    }));
    carry_over.sections = map_parts(&old.tables.sections, &sections, &carry_over.documents);
    carry_over.measures = map_parts(&old.tables.measures, &measures, &carry_over.documents);
    (sections, measures)
}

/// Maps the parts of the kept documents to their new ids.
fn map_parts<I: Id>(old: &Parts<I>, new: &Parts<I>, documents: &IdMap<DocId>) -> IdMap<I> {
    let mut kept = KeptRanges::default();
    for range in documents.kept.iter() {
        kept.push(old.of_all(range.old.clone()), new.of_all(range.new..range.new).start);
    }
    let ids = kept.renumbering(old.len());
    IdMap { kept, ids }
}
