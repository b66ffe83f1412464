use serde::Deserialize;
use std::collections::BTreeMap;

/// 产品类别 — one product category.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Product {
    /// Its label: 创新药.
    pub label: String,
    /// The labels directly above it.
    #[serde(default)]
    pub broader: Vec<String>,
    /// Other wordings that name it.
    #[serde(default)]
    pub forms: Vec<String>,
}

/// A noun that modifiers attach to, with its wordings: 药品, 药物.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Head {
    pub label: String,
    pub forms: Vec<String>,
}

/// A word that makes a narrower category of a head: 创新 + 药品 → 创新药.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Modifier {
    pub modifier: String,
    /// Head label → label; a head that is missing stays what it is.
    #[serde(default)]
    pub heads: BTreeMap<String, String>,
    /// Other words may stand between it and its head: 集采乳房旋切针类医用耗材.
    #[serde(default)]
    pub far: bool,
}

/// A word that names two categories at once: 药械.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Both {
    pub form: String,
    pub labels: Vec<String>,
}

/// A word for what a procurement document is about: 中选产品.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Selected {
    pub form: String,
    /// What the document's title names → what the word means there.
    pub labels: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Products {
    #[serde(rename = "entries")]
    pub table: Vec<Product>,
    pub heads: Vec<Head>,
    pub modifiers: Vec<Modifier>,
    pub both: Vec<Both>,
    pub selected: Vec<Selected>,
}
