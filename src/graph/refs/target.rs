//! Targets.

use super::{DocumentRef, MeasureRef, SectionRef, TargetRef};
use crate::graph::ids::row;
use crate::graph::kinds::Node;
use crate::graph::proof::Evidence;
use crate::graph::provider::ProviderId;
use crate::model::{Rule, Target};

impl<'g> TargetRef<'g> {
    pub(in crate::graph) fn provider_id(self) -> ProviderId {
        row(&self.graph.tables.targets, self.id).provider
    }

    /// Returns the record that was read of the target.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let target = graph.measure("sx-2025/8").unwrap().targets().next().unwrap();
    /// assert_eq!((target.record().from, target.record().to), (Some(58.0), Some(30.0)));
    /// assert_eq!(target.record().unit, "工作日");
    /// ```
    pub fn record(self) -> &'g Target {
        self.graph.tables.target(self.id)
    }

    /// Words of the target, as printed.
    pub fn text(self) -> &'g str {
        self.record().span.slice(&self.document().record().text)
    }

    /// Returns the document that contains the target.
    pub fn document(self) -> DocumentRef<'g> {
        self.graph.at(self.graph.tables.document_of(self.provider_id()))
    }

    /// Returns the node that sets the target: a measure, a chapter in its own prose, or a document
    /// without measures.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let measure = graph.measure("sx-2025/8").unwrap();
    /// assert!(measure.targets().all(|target| target.provider() == measure.node()));
    /// ```
    pub fn provider(self) -> Node {
        self.provider_id().into()
    }

    /// Returns the measure that sets the target, if a measure does.
    pub fn measure(self) -> Option<MeasureRef<'g>> {
        Some(self.graph.at(self.provider_id().measure()?))
    }

    /// Returns the chapter that sets the target in its own prose, if one does.
    pub fn section(self) -> Option<SectionRef<'g>> {
        Some(self.graph.at(self.provider_id().section()?))
    }

    /// Returns the position among the targets of its provider, from 1.
    pub fn position(self) -> usize {
        row(&self.graph.tables.targets, self.id).place as usize + 1
    }

    /// Returns the words that set the target.
    pub fn evidence(self) -> Evidence {
        let document = self.document().id;
        Evidence { document, span: self.record().span, rule: Rule::Quantity }
    }
}
