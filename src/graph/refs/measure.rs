//! Measures.

use super::{ArticleRef, DocumentRef, Hop, MeasureRef, PolicyRef, SectionRef};
use crate::graph::key::MeasureKey;
use crate::model::Measure;

impl<'g> MeasureRef<'g> {
    /// Returns the record that was read of the measure.
    pub fn record(self) -> &'g Measure {
        self.graph.tables.measure(self.id)
    }

    /// Key of the measure: `sx-2025/8`.
    pub fn key(self) -> MeasureKey<'g> {
        MeasureKey::new(self.document().key(), self.position())
    }

    /// Returns the position among the measures of the document, from 1.
    pub fn position(self) -> usize {
        self.graph.tables.measures.place(self.id) + 1
    }

    /// Ordinal, as printed.
    pub fn ordinal(self) -> u32 {
        self.record().ordinal
    }

    /// Heading.
    pub fn title(self) -> Option<&'g str> {
        self.record().title.as_ref().map(|title| &*title.value)
    }

    /// Whole text, as printed.
    pub fn text(self) -> &'g str {
        self.record().span.slice(&self.document().record().text)
    }

    /// Returns the document that contains the measure.
    pub fn document(self) -> DocumentRef<'g> {
        self.graph.at(self.graph.document_of(self.id))
    }

    /// Returns the chapter that contains the measure, if any.
    pub fn section(self) -> Option<SectionRef<'g>> {
        self.graph.section_of(self.id).first().map(|&id| self.graph.at(id))
    }

    /// Parents of the measure: each policy that its document carries out, with the articles that
    /// correspond to the measure, best first. A policy without such an article occurs once, with
    /// `None`.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let measure = graph.measure("sx-2025/8").unwrap();
    /// let (policy, article) = measure.parents().next().unwrap();
    /// assert_eq!(policy.number(), Some("国办发〔2024〕53号"));
    /// assert_eq!(article.unwrap().heading(), "加快临床急需药品医疗器械审批上市");
    /// ```
    pub fn parents(
        self,
    ) -> impl Iterator<Item = (Hop<'g, PolicyRef<'g>>, Option<Hop<'g, ArticleRef<'g>>>)> + Clone
    {
        self.document().implements().flat_map(move |policy| {
            let of_policy = move |article: &Hop<ArticleRef>| article.policy() == policy.to();
            let mut articles = self.articles().filter(of_policy).map(Some).peekable();
            let none = articles.peek().is_none().then_some(None);
            articles.chain(none).map(move |article| (policy, article))
        })
    }
}
