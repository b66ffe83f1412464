//! `data/` as vocabularies, and one leftmost-longest scanner over them.

use serde::Deserialize;
use crate::model::PartialDate;

/// The vocabularies.
pub struct Lexicon {
    pub(crate) products: Vec<Product>,
    pub(crate) outlines: Vec<Outline>,
}

/// One product category.
#[derive(Clone, Debug, Deserialize)]
pub struct Product {
    /// Its label: 创新药.
    pub label: String,
    /// The labels directly above it.
    #[serde(default)]
    pub broader: Vec<String>,
}

/// What the vocabularies know of an agency from its canonical name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyFacts {
    /// The region it belongs to, by full name; 中国 for a national body.
    pub region: String,
    /// Its national counterpart, by canonical name.
    pub national: Option<String>,
    /// The agency of the same function one level up, by canonical name.
    pub superior: Option<String>,
}

/// The outline of a policy: facts, not its text.
#[derive(Clone, Debug, Deserialize)]
pub struct Outline {
    /// 文号.
    pub number: String,
    /// Official title.
    pub title: String,
    /// Canonical names.
    pub issuers: Vec<String>,
    /// Signed and published.
    pub dates: OutlineDates,
    /// In order.
    pub articles: Vec<OutlineArticle>,
    // chapters, note, horizons: to come
}

/// The dates of an outline.
#[derive(Clone, Debug, Deserialize)]
pub struct OutlineDates {
    /// 成文日期.
    pub signed: Option<PartialDate>,
    /// 发布日期.
    pub published: Option<PartialDate>,
}

/// One article of an outline.
#[derive(Clone, Debug, Deserialize)]
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
    /// How it is known.
    pub basis: String,
}

impl Lexicon {
    /// The built-in vocabularies.
    pub fn builtin() -> &'static Lexicon {
        static LEXICON: once_cell::sync::Lazy<Lexicon> = once_cell::sync::Lazy::new(|| Lexicon {
            products: Vec::new(),
            outlines: vec![serde_json::from_str(include_str!("../data/policies/gbf-2024-53.json")).unwrap()],
        });
        &LEXICON
    }

    /// All product categories, each after those above it.
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    /// The policies whose outline is known.
    pub fn outlines(&self) -> &[Outline] {
        &self.outlines
    }

    /// What is known of the agency of this canonical name.
    pub fn agency(&self, name: &str) -> Option<AgencyFacts> {
        let _ = name;
        None
    }

    /// The region directly above `region` (full names): 呼和浩特市 → 内蒙古自治区;
    /// 中国 for a province; `None` for 中国 or an unknown name.
    pub fn within(&self, region: &str) -> Option<&str> {
        let _ = region;
        None
    }

    /// What different wordings of one title have in common, and the issuer
    /// printed before it: `("国务院办公厅", "全面深化…的意见")`. Titles are one
    /// instrument if their keys are equal and their issuers do not differ.
    pub fn title_key<'t>(&self, title: &'t str) -> (&'t str, String) {
        ("", title.to_string())
    }
}
