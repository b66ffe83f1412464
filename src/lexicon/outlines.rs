use super::table::below;
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

impl Outline {
    /// Calls `visit` for every word, with its place below `place`.
    pub(super) fn visit_words(&self, place: &str, visit: &mut dyn FnMut(&str, &str)) {
        let Outline { number, title, issuers, dates: _, chapters, articles } = self;
        let mut list = |name: &str, words: &[&String]| {
            words.iter().for_each(|word| visit(&below(place, name), word));
        };
        list("number", &[number]);
        list("title", &[title]);
        list("issuers", &issuers.iter().collect::<Vec<_>>());
        for OutlineChapter { ordinal: _, title } in chapters {
            list("chapters", &[title]);
        }
        for article in articles {
            let OutlineArticle {
                ordinal,
                chapter: _,
                heading,
                products,
                key_terms,
                targets,
                basis,
            } = article;
            let words = [heading, basis].into_iter().chain(products).chain(key_terms);
            let figures = targets.iter().flat_map(|OutlineTarget { of, unit, .. }| [of, unit]);
            let words: Vec<_> = words.chain(figures).collect();
            list(&format!("articles, article {ordinal}"), &words);
        }
    }
}
