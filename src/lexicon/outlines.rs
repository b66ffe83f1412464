use crate::model::{Comparator, PartialDate};
use serde::Deserialize;

/// The outline of a policy: facts about its articles, not its text.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Outline {
    /// 文号.
    pub number: String,
    /// Official title.
    pub title: String,
    /// Canonical names.
    pub issuers: Vec<String>,
    /// Signed and published.
    pub dates: OutlineDates,
    /// Chapters, in order.
    pub chapters: Vec<OutlineChapter>,
    /// Articles, in order.
    pub articles: Vec<OutlineArticle>,
}

/// The dates of an outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct OutlineDates {
    /// 成文日期.
    pub signed: Option<PartialDate>,
    /// 发布日期.
    pub published: Option<PartialDate>,
}

/// One chapter of an outline.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct OutlineChapter {
    /// Its ordinal.
    pub n: u32,
    /// Its heading.
    pub title: String,
}

/// One article of an outline.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct OutlineArticle {
    /// Its ordinal.
    pub n: u32,
    /// The ordinal of its chapter.
    pub chapter: u32,
    /// Its heading.
    pub heading: String,
    /// Product labels.
    #[serde(default)]
    pub products: Vec<String>,
    /// Words that mark it.
    #[serde(default)]
    pub key_terms: Vec<String>,
    /// Its figures.
    #[serde(default)]
    pub targets: Vec<OutlineTarget>,
    /// How it is known: `text`, `part`, `heading` or `unverified`.
    pub basis: String,
}

/// One figure of an article.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct OutlineTarget {
    /// The noun that is measured.
    pub of: String,
    /// How it binds.
    pub comparator: Comparator,
    /// Where it starts.
    pub from: Option<f64>,
    /// Where it goes.
    pub to: Option<f64>,
    /// Its unit.
    pub unit: String,
}
