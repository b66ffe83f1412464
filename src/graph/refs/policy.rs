//! Policies and their articles.

use super::*;
use crate::graph::policies::PolicyRow;
use crate::graph::tables::ArticleRow;
use crate::model::{InstrumentKind, PartialDate};

impl<'g> PolicyRef<'g> {
    fn row(self) -> &'g PolicyRow {
        &self.graph.tables.policies[self.id.index()]
    }

    /// Its official title where known, else the fullest one printed.
    pub fn title(self) -> &'g str {
        &self.row().title
    }

    /// 文号, where any document or outline prints it.
    pub fn number(self) -> Option<&'g str> {
        self.row().number.as_deref()
    }

    /// What kind of instrument it is.
    pub fn kind(self) -> InstrumentKind {
        self.row().kind
    }

    /// Who issued it, as far as any document says; sorted.
    pub fn issuers(self) -> impl ExactSizeIterator<Item = &'g str> + Clone {
        self.row().issuers.iter().map(|issuer| &**issuer)
    }

    /// What it is called beside its title, sorted.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let policy = graph.policy("中药材GAP").unwrap();
    /// assert_eq!(policy.title(), "中药材生产质量管理规范");
    /// assert!(policy.aliases().any(|alias| alias == "中药材GAP"));
    /// ```
    pub fn aliases(self) -> impl ExactSizeIterator<Item = &'g str> + Clone {
        self.row().aliases.iter().map(|alias| &**alias)
    }

    /// 成文日期, from its outline or its text.
    pub fn signed(self) -> Option<PartialDate> {
        self.row().signed
    }

    /// 发布日期, from its outline or its text.
    pub fn published(self) -> Option<PartialDate> {
        self.row().published
    }

    /// Issue date: 成文日期, else 发布日期.
    pub fn issued(self) -> Option<PartialDate> {
        self.row().issued()
    }

    /// The documents that carry it out, by key.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let policy = graph.policy("国办发〔2024〕53号").unwrap();
    /// let keys: Vec<_> = policy.implemented_by().map(|document| document.key()).collect();
    /// assert!(keys.contains(&"nm-2025-18") && keys.contains(&"sx-2025"));
    /// assert!(!keys.contains(&"nm-2022-26")); // it is older
    /// ```
    pub fn implemented_by(self) -> impl ExactSizeIterator<Item = Hop<'g, DocumentRef<'g>>> + Clone {
        reached!(self.graph, document.implements, edges_to, self.id)
    }

    /// The documents that put it out of force, by key. That there is none does
    /// not show that it is in force.
    ///
    /// ```
    /// use policygraph::{Corpus, Lexicon, read};
    ///
    /// let text = "一、加强监管。\n二、《药品抽检办法》(药监规〔2019〕34号)同时废止。";
    /// let mut corpus = Corpus::new();
    /// corpus.insert(read(Lexicon::builtin(), "new", text));
    /// let graph = corpus.graph(Lexicon::builtin());
    /// let policy = graph.policy("药监规〔2019〕34号").unwrap();
    /// assert_eq!(policy.repealed_by().next().unwrap().key(), "new");
    /// ```
    pub fn repealed_by(self) -> impl ExactSizeIterator<Item = Hop<'g, DocumentRef<'g>>> + Clone {
        reached!(self.graph, document.repeals, edges_to, self.id)
    }

    /// The measures that cite it, by document and position.
    pub fn cited_by(self) -> impl ExactSizeIterator<Item = Hop<'g, MeasureRef<'g>>> + Clone {
        reached!(self.graph, measure.cites, edges_to, self.id)
    }

    /// The documents whose body cites it, by key.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let policy = graph.policy("国办发〔2024〕53号").unwrap();
    /// assert!(policy.cited_by_bodies().any(|document| document.key() == "sc-cq-community"));
    /// ```
    pub fn cited_by_bodies(
        self,
    ) -> impl ExactSizeIterator<Item = Hop<'g, DocumentRef<'g>>> + Clone {
        reached!(self.graph, body.cites, edges_to, self.id)
    }

    /// Its articles, in order, if its outline is known.
    pub fn articles(self) -> impl ExactSizeIterator<Item = ArticleRef<'g>> + Clone {
        self.graph.articles_of(self.id).iter().map(move |&id| self.graph.at(id))
    }

    /// The documents of the corpus that are its text. Derived.
    pub fn text_in(self) -> impl ExactSizeIterator<Item = Hop<'g, DocumentRef<'g>>> + Clone {
        reached!(self.graph, derived.text_in, edges_from, self.id)
    }
}

impl<'g> ArticleRef<'g> {
    fn row(self) -> &'g ArticleRow {
        &self.graph.tables.articles[self.id.index()]
    }

    /// The policy that it is an article of.
    pub fn policy(self) -> PolicyRef<'g> {
        self.graph.at(self.row().policy)
    }

    /// Its ordinal.
    pub fn ordinal(self) -> u32 {
        self.row().n
    }

    /// The ordinal of its chapter.
    pub fn chapter(self) -> u32 {
        self.row().chapter
    }

    /// Its heading.
    pub fn heading(self) -> &'g str {
        &self.row().heading
    }

    /// Words that mark it.
    pub fn key_terms(self) -> impl ExactSizeIterator<Item = &'g str> + Clone {
        self.row().key_terms.iter().map(|term| &**term)
    }

    /// How it is known.
    pub fn basis(self) -> Basis {
        self.row().basis
    }

    /// The products that it is about.
    pub fn products(self) -> impl ExactSizeIterator<Item = ProductRef<'g>> + Clone {
        self.graph.article_covers(self.id).iter().map(move |&id| self.graph.at(id))
    }

    /// The measures that correspond to it, by document and position. Derived.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let policy = graph.policy("国办发〔2024〕53号").unwrap();
    /// let article = policy.articles().nth(9).unwrap();
    /// assert_eq!(article.heading(), "优化药品医疗器械注册检验");
    /// let keys: Vec<_> = article.carried_out_by().map(|by| by.key().to_string()).collect();
    /// assert!(keys.iter().any(|key| key == "sx-2025/11"));
    /// ```
    pub fn carried_out_by(self) -> impl ExactSizeIterator<Item = Hop<'g, MeasureRef<'g>>> + Clone {
        reached!(self.graph, derived.corresponds_to, edges_to, self.id)
    }
}
