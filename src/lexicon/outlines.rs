use crate::model::{Comparator, PartialDate};
use serde::Deserialize;

/// The outline of a policy: facts about its articles without their text.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Outline {
    /// Document number (文号).
    pub number: String,
    /// Official title.
    pub title: String,
    /// Canonical names of the issuers.
    pub issuers: Vec<String>,
    /// Dates of signature and of publication.
    pub dates: OutlineDates,
    /// Chapters, in order.
    pub chapters: Vec<OutlineChapter>,
    /// Articles, in order.
    pub articles: Vec<OutlineArticle>,
}

/// The dates of an outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct OutlineDates {
    /// Date of signature (成文日期).
    pub signed: Option<PartialDate>,
    /// Date of publication (发布日期).
    pub published: Option<PartialDate>,
}

/// One chapter of an outline.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct OutlineChapter {
    /// Ordinal.
    #[serde(rename = "n")]
    pub ordinal: u32,
    /// Heading.
    pub title: String,
}

/// One article of an outline.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct OutlineArticle {
    /// Ordinal.
    #[serde(rename = "n")]
    pub ordinal: u32,
    /// Ordinal of its chapter.
    pub chapter: u32,
    /// Heading.
    pub heading: String,
    /// Labels of its product categories.
    #[serde(default)]
    pub products: Vec<String>,
    /// Characteristic words.
    #[serde(default)]
    pub key_terms: Vec<String>,
    /// Figures.
    #[serde(default)]
    pub targets: Vec<OutlineTarget>,
    /// Basis of the facts: `text`, `part`, `heading` or `unverified`.
    pub basis: String,
}

/// One figure of an article.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct OutlineTarget {
    /// Noun that is measured.
    pub of: String,
    /// Comparator of the figure.
    pub comparator: Comparator,
    /// Start value.
    pub from: Option<f64>,
    /// Target value.
    pub to: Option<f64>,
    /// Unit.
    pub unit: String,
}
