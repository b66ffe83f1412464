//! The graph that a report shows, and links to its nodes and words.

use super::derived::Derived;
use super::label::{label, shown};
use crate::graph::{DocId, Evidence, Graph, MeasureId, Node};
use crate::model::Date;
use crate::report::page::Page;
use crate::report::{Options, address};
use crate::similar::Index;
use crate::text::Span;
use maud::{Markup, Render, html};

/// A graph, its index, the results that all views share, and the options of the report.
#[derive(Clone, Copy)]
pub(in crate::report) struct Report<'r> {
    pub(in crate::report) graph: &'r Graph,
    pub(in crate::report) index: &'r Index<&'r Graph>,
    pub(in crate::report) derived: &'r Derived,
    pub(in crate::report) options: &'r Options<'r>,
    /// Day for which the status of documents is shown.
    pub(in crate::report) day: Date,
    /// The page on which links are.
    pub(in crate::report) page: Page,
}

impl<'r> Report<'r> {
    pub(in crate::report) fn new(
        index: &'r Index<&'r Graph>,
        derived: &'r Derived,
        options: &'r Options<'r>,
        page: Page,
    ) -> Self {
        /// Day for documents without dates, whose status is the same on every day.
        const NO_DAY: Date = Date::constant(2000, 1, 1);
        let graph = index.graph();
        let issued = graph.records().filter_map(|record| record.dates.issued());
        let last = issued.map(|date| date.value.last_day()).max();
        let day = options.day.or(last).unwrap_or(NO_DAY);
        Report { graph, index, derived, options, day, page }
    }

    /// Returns the address of a node, for the `id` of its element.
    pub(in crate::report) fn id(self, node: impl Into<Node>) -> String {
        address::of_node(self.graph, node.into())
    }

    /// Returns the URL of a node. A target and a deadline are shown where their words are.
    pub(in crate::report) fn href(self, node: impl Into<Node>) -> String {
        match node.into() {
            Node::Target(id) => self.evidence_href(self.graph.at(id).evidence()),
            Node::Deadline(id) => self.evidence_href(self.graph.at(id).evidence()),
            Node::Section(id) => {
                let section = self.graph.at(id);
                self.span_href(section.document().id(), section.record().span)
            }
            node => format!("{}#{}", self.file(Page::of(self.graph, node)), self.id(node)),
        }
    }

    /// Returns the URL of words in a document.
    pub(in crate::report) fn span_href(self, document: DocId, span: Span) -> String {
        let address = address::of_span(self.graph.at(document).key(), span);
        format!("{}#{address}", self.file(Page::Document(document)))
    }

    /// Returns the URL of a view, by its address: `who`.
    pub(in crate::report) fn view_href(self, view: &'static str) -> String {
        format!("{}#{view}", self.file(Page::View(view)))
    }

    /// Returns the file of a page as a link needs it: nothing for the page on which the link is.
    fn file(self, page: Page) -> String {
        match self.page {
            Page::Whole => String::new(),
            here if here == page => String::new(),
            _ => address::fragment(&page.file(self.graph)),
        }
    }

    /// Returns the URL of the words of an evidence.
    pub(in crate::report) fn evidence_href(self, evidence: Evidence) -> String {
        self.span_href(evidence.document, evidence.span)
    }

    /// Returns a link to a node with its label.
    pub(in crate::report) fn link(self, node: impl Into<Node>) -> Markup {
        let node = node.into();
        self.link_as(node, shown(&self.graph.label(node)))
    }

    /// Returns a link to a node with other words.
    pub(in crate::report) fn link_as(self, node: impl Into<Node>, words: impl Render) -> Markup {
        html! { a href=(self.href(node)) { (words) } }
    }

    /// Returns a link that opens two measures side by side with their common words marked. Without
    /// script it leads to the second.
    pub(in crate::report) fn pair(
        self,
        left: MeasureId,
        right: MeasureId,
        words: impl Render,
    ) -> Markup {
        html! {
            a href=(self.href(right)) data-pair=(self.id(left)) { (words) }
        }
    }

    /// Returns the heading of a measure, or its number if it has none.
    pub(in crate::report) fn heading(self, measure: MeasureId) -> Markup {
        let measure = self.graph.at(measure);
        match measure.title() {
            Some(title) => html! { bdi lang="zh" { (shown(title)) } },
            None => label(
                &format!("measure {}", measure.position()),
                &format!("第{}项", measure.position()),
            ),
        }
    }
}
