//! Deadlines.

use super::{DeadlineRef, DocumentRef, MeasureRef, SectionRef};
use crate::graph::ids::row;
use crate::graph::kinds::Node;
use crate::graph::proof::Evidence;
use crate::graph::provider::ProviderId;
use crate::model::Deadline;

impl<'g> DeadlineRef<'g> {
    pub(in crate::graph) fn provider_id(self) -> ProviderId {
        row(&self.graph.tables.deadlines, self.id).provider
    }

    /// Returns the record that was read of the deadline.
    ///
    /// ```
    /// use policygraph::Date;
    ///
    /// let graph = policygraph::builtin();
    /// let deadline = graph.measure("nm-2022-26/4").unwrap().deadlines().next().unwrap();
    /// assert_eq!(deadline.record().by, Some(Date::constant(2025, 4, 18)));
    /// assert_eq!(deadline.task(), Some("入库检查员数量达到200名以上"));
    /// ```
    pub fn record(self) -> &'g Deadline {
        self.graph.tables.deadline(self.id)
    }

    /// Words of the deadline, as printed.
    pub fn text(self) -> &'g str {
        self.record().span.slice(&self.document().record().text)
    }

    /// Words of the task that is due, as printed; `None` if the text does not tell it.
    pub fn task(self) -> Option<&'g str> {
        Some(self.record().task?.slice(&self.document().record().text))
    }

    /// Returns the document that contains the deadline.
    pub fn document(self) -> DocumentRef<'g> {
        self.graph.at(self.graph.tables.document_of(self.provider_id()))
    }

    /// Returns the node that sets the deadline: a measure, a chapter in its own prose, or a document
    /// without measures.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let measure = graph.measure("nm-2022-26/4").unwrap();
    /// assert!(measure.deadlines().all(|deadline| deadline.provider() == measure.node()));
    /// ```
    pub fn provider(self) -> Node {
        self.provider_id().into()
    }

    /// Returns the measure that sets the deadline, if a measure does.
    pub fn measure(self) -> Option<MeasureRef<'g>> {
        Some(self.graph.at(self.provider_id().measure()?))
    }

    /// Returns the chapter that sets the deadline in its own prose, if one does.
    pub fn section(self) -> Option<SectionRef<'g>> {
        Some(self.graph.at(self.provider_id().section()?))
    }

    /// Returns the position among the deadlines of its provider, from 1.
    pub fn position(self) -> usize {
        row(&self.graph.tables.deadlines, self.id).place as usize + 1
    }

    /// Returns the words that set the deadline.
    pub fn evidence(self) -> Evidence {
        let document = self.document().id;
        Evidence { document, span: self.record().span, rule: self.record().rule() }
    }
}
