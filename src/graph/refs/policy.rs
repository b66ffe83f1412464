//! Policies and their articles.

use super::{ArticleRef, PolicyRef};
use crate::graph::ids::row;
use crate::graph::policies::PolicyRow;
use crate::graph::tables::{ArticleRow, Basis};
use crate::model::{InstrumentKind, PartialDate};

impl<'g> PolicyRef<'g> {
    fn row(self) -> &'g PolicyRow {
        row(&self.graph.tables.policies, self.id).as_ref()
    }

    /// Official title if known, else the fullest printed one.
    pub fn title(self) -> &'g str {
        &self.row().title
    }

    /// Document number (文号), if any document or outline prints it.
    pub fn number(self) -> Option<&'g str> {
        self.row().number.as_deref()
    }

    /// Returns the kind of instrument.
    pub fn kind(self) -> InstrumentKind {
        self.row().kind
    }

    /// Returns names of the issuers that any document or outline gives, sorted.
    pub fn issuers(self) -> impl ExactSizeIterator<Item = &'g str> + Clone {
        self.row().issuers.iter().map(|issuer| &**issuer)
    }

    /// Other names than the title, sorted.
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

    /// Date of signature (成文日期), from the outline or the text.
    pub fn signed(self) -> Option<PartialDate> {
        self.row().signed
    }

    /// Date of publication (发布日期), from the outline or the text.
    pub fn published(self) -> Option<PartialDate> {
        self.row().published
    }

    /// Issue date: 成文日期, else 发布日期.
    pub fn issued(self) -> Option<PartialDate> {
        self.row().issued()
    }
}

impl<'g> ArticleRef<'g> {
    fn row(self) -> &'g ArticleRow {
        row(&self.graph.tables.articles, self.id)
    }

    /// Returns the policy that contains the article.
    pub fn policy(self) -> PolicyRef<'g> {
        self.graph.at(self.row().policy)
    }

    /// Ordinal in the policy.
    pub fn ordinal(self) -> u32 {
        self.row().ordinal
    }

    /// Ordinal of the chapter that contains the article.
    pub fn chapter(self) -> u32 {
        self.row().chapter
    }

    /// Heading.
    pub fn heading(self) -> &'g str {
        &self.row().heading
    }

    /// Terms that are characteristic of the article.
    pub fn key_terms(self) -> impl ExactSizeIterator<Item = &'g str> + Clone {
        self.row().key_terms.iter().map(|term| &**term)
    }

    /// Returns the basis on which the article is known.
    pub fn basis(self) -> Basis {
        self.row().basis
    }
}
