//! Corpora that no single machine holds: policies resolved in groups of forms, and the rows of a part
//! of the records.
//!
//! A graph needs all records in one place for one reason: which citations mean the same policy (政策).
//! Here that is resolved in three steps, each a function of one group. A shuffle of Spark, or a sort,
//! brings the members of a group together; only [forms](InstrumentForm) move, each distinct one once:
//!
//! 1. [`forms`] of each record and the [`outline_forms`], by [`InstrumentForm::number_or_title`]:
//!    [`join_numbers`];
//! 2. the entries that it returns, by their title words: [`join_titles`];
//! 3. the forms of both steps, by their cluster: [`policy`].
//!
//! A [`GraphPart`] is the graph of any of the records, with references to the policies of their forms; or
//! that of any of the policies. The rows of all parts are those of the whole graph.
//!
//! ```
//! use policygraph::partition::{self, Clustered, FormName, GraphPart, PolicyReference, TitleEntry};
//! use policygraph::{Lexicon, export};
//! use std::collections::BTreeMap;
//!
//! let (lexicon, records) = (Lexicon::builtin(), policygraph::seeds());
//! let of_records = records.iter().flat_map(|record| partition::forms(record, lexicon));
//!
//! let mut by_number: BTreeMap<String, Vec<_>> = BTreeMap::new();
//! for form in of_records.chain(partition::outline_forms(lexicon)) {
//!     by_number.entry(form.number_or_title().to_owned()).or_default().push(form);
//! }
//! let (mut clustered, mut by_title): (Vec<Clustered>, BTreeMap<_, Vec<TitleEntry>>) = Default::default();
//! for group in by_number.into_values() {
//!     let (numbered, titled) = partition::join_numbers(group);
//!     clustered.extend(numbered);
//!     titled.into_iter().for_each(|(words, entry)| by_title.entry(words).or_default().push(entry));
//! }
//! clustered.extend(by_title.into_values().flat_map(partition::join_titles));
//! let mut by_cluster: BTreeMap<String, Vec<_>> = BTreeMap::new();
//! for Clustered { cluster, form } in clustered {
//!     by_cluster.entry(cluster).or_default().push(form);
//! }
//! let (mut policies, mut references) = (Vec::new(), BTreeMap::<FormName, PolicyReference>::new());
//! for (cluster, forms) in by_cluster {
//!     let Some(policy) = partition::policy(&cluster, &forms, lexicon)? else { continue };
//!     references.extend(forms.iter().map(|form| (form.name(), policy.reference())));
//!     policies.push(policy);
//! }
//!
//! // One part for each record, and one for the policies.
//! let parts = records.into_iter().map(|record| GraphPart::new([record], references.clone(), lexicon));
//! let mut parts: Vec<GraphPart> = parts.collect::<Result<_, _>>()?;
//! parts.push(GraphPart::of_policies(policies, lexicon));
//! for name in ["measures", "policies"] {
//!     let rows = parts.iter().map(|part| {
//!         let table = export::tables(part.graph()).get(name).unwrap();
//!         part.own_rows(&table).count() + part.shared_rows(&table).count()
//!     });
//!     let whole = export::tables(policygraph::builtin()).get(name).unwrap().rows().count();
//!     assert_eq!(rows.sum::<usize>(), whole);
//! }
//! # Ok::<(), policygraph::Error>(())
//! ```

pub use crate::graph::groups::{
    Clustered, FormName, InstrumentForm, PolicyReference, ResolvedPolicy, TitleEntry, forms,
    join_numbers, join_titles, outline_forms, policy,
};

use crate::error::{Error, ErrorKind};
use crate::export::{Row, Table, Value};
use crate::graph::groups::GivenPolicies;
use crate::graph::{Graph, NodeKind, citations, graph_with_policies};
use crate::lexicon::Lexicon;
use crate::model::Record;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// The graph of a part of the records of a corpus, or of a part of its policies.
///
/// A row of its tables is of a document of the part ([`own_rows`](Self::own_rows)), and then of no other
/// part; or of a node that parts share ([`shared_rows`](Self::shared_rows)), a policy or an agency, and
/// then the same in each part that has it.
#[derive(Debug)]
pub struct GraphPart {
    graph: Graph,
    /// Keys of the policies with a row, if the part has whole policies.
    policies: HashSet<String>,
}

impl GraphPart {
    /// Assembles the graph of records, with references to the policies that were resolved from the forms
    /// of all records of the corpus.
    ///
    /// * `records`: keys differ in the whole corpus.
    /// * `references`: that of each form of these records that has a policy, by its name; others do no
    ///   harm. Those of all citations are needed.
    ///
    /// # Errors
    ///
    /// [`Record`](ErrorKind::Record): a citation has no policy, or two records have one key.
    ///
    /// ```
    /// use policygraph::partition::GraphPart;
    /// use policygraph::{ErrorKind, Lexicon, read};
    ///
    /// let lexicon = Lexicon::builtin();
    /// let part = GraphPart::new([read(lexicon, "note", "一、加强疫苗监管。")], [], lexicon)?;
    /// assert_eq!(part.graph().measures().len(), 1);
    ///
    /// let citing = read(lexicon, "note", "一、落实《药品管理法》。");
    /// let error = GraphPart::new([citing], [], lexicon).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Record);
    /// let twice = [(); 2].map(|()| read(lexicon, "note", "一、加强疫苗监管。"));
    /// assert!(GraphPart::new(twice, [], lexicon).is_err());
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn new<R: Into<Arc<Record>>>(
        records: impl IntoIterator<Item = R>,
        references: impl IntoIterator<Item = (FormName, PolicyReference)>,
        lexicon: &Lexicon,
    ) -> Result<GraphPart, Error> {
        let mut by_key: BTreeMap<String, Arc<Record>> = BTreeMap::new();
        for record in records {
            let record: Arc<Record> = record.into();
            if let Some(other) = by_key.insert(record.key.clone(), record) {
                let message = "two records have this key; give each document a key of its own";
                return Err(Error::new(ErrorKind::Record, &*other.key, message));
            }
        }
        let given = GivenPolicies::of_names(references);
        for (key, record) in &by_key {
            let mut cited = citations(record);
            let missing = cited.find(|of| given.place(&FormName::cited(of)).is_none());
            if let Some(missing) = missing {
                let message = format!(
                    "《{}》 has no policy; give the policy of each citation of the record",
                    missing.title
                );
                return Err(Error::new(ErrorKind::Record, key, message));
            }
        }
        let graph = graph_with_policies(by_key.into_values().collect(), given, lexicon);
        Ok(GraphPart { graph, policies: HashSet::new() })
    }

    /// Assembles the graph of policies alone, for their rows.
    ///
    /// ```
    /// use policygraph::partition::{self, GraphPart};
    /// use policygraph::{Lexicon, export};
    ///
    /// let lexicon = Lexicon::builtin();
    /// let forms = partition::outline_forms(lexicon);
    /// let policy = partition::policy("number:国办发〔2024〕53号", &forms, lexicon)?.unwrap();
    /// let part = GraphPart::of_policies([policy], lexicon);
    /// let table = export::tables(part.graph()).get("policies").unwrap();
    /// let row = part.shared_rows(&table).next().unwrap();
    /// assert_eq!(row[0].to_string(), "policy:国办发〔2024〕53号");
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn of_policies(
        policies: impl IntoIterator<Item = ResolvedPolicy>,
        lexicon: &Lexicon,
    ) -> GraphPart {
        let policies: Vec<ResolvedPolicy> = policies.into_iter().collect();
        let keys = policies.iter().map(ResolvedPolicy::key).collect();
        let graph = graph_with_policies([].into(), GivenPolicies::whole(policies), lexicon);
        GraphPart { graph, policies: keys }
    }

    /// Returns the graph.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Returns the rows of a table that no other part has, in order.
    ///
    /// ```
    /// use policygraph::partition::GraphPart;
    /// use policygraph::{Lexicon, export, read};
    ///
    /// let lexicon = Lexicon::builtin();
    /// let part = GraphPart::new([read(lexicon, "note", "一、加强疫苗监管。")], [], lexicon)?;
    /// let covers = export::tables(part.graph()).get("covers").unwrap();
    /// assert_eq!(part.own_rows(&covers).next().unwrap()[1].to_string(), "product:疫苗");
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn own_rows<'g>(&self, table: &Table<'g>) -> impl Iterator<Item = Row<'g>> + use<'g> {
        table.rows().filter(|row| !is_shared(row))
    }

    /// Returns the other rows of a table, which are equal in each part that has them, in order.
    ///
    /// The table of policies has rows only in a part [of policies](Self::of_policies): references are not
    /// whole rows.
    ///
    /// ```
    /// use policygraph::partition::GraphPart;
    /// use policygraph::{Lexicon, export, read};
    ///
    /// let lexicon = Lexicon::builtin();
    /// let part = GraphPart::new([read(lexicon, "note", "一、加强疫苗监管。")], [], lexicon)?;
    /// let rows = |name| part.shared_rows(&export::tables(part.graph()).get(name).unwrap()).count();
    /// assert_eq!((rows("documents"), rows("policies")), (0, 0));
    /// assert!(rows("products") > 0);
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn shared_rows<'p, 'g>(
        &'p self,
        table: &Table<'g>,
    ) -> impl Iterator<Item = Row<'g>> + use<'p, 'g> {
        let of_policies = table.name() == "policies";
        table.rows().filter(move |row| {
            is_shared(row) && (!of_policies || self.policies.contains(first(row)))
        })
    }
}

/// Returns the first value of a row: the key of its node, or of the source of its edge.
fn first<'r>(row: &'r [Value<'_>]) -> &'r str {
    row.first().and_then(|value| value.as_text()).unwrap_or_default()
}

/// Returns true for the row of a node that several parts can have, or of an edge from one.
fn is_shared(row: &[Value<'_>]) -> bool {
    let kind = first(row).split_once(':').and_then(|(kind, _)| kind.parse().ok());
    !matches!(
        kind,
        Some(
            NodeKind::Document
                | NodeKind::Section
                | NodeKind::Measure
                | NodeKind::Target
                | NodeKind::Deadline
        )
    )
}
