use super::Words;
use super::table::{Entry, SourceNote, table};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One product category (产品类别).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Label: 创新药.
    pub label: String,
    /// Labels of the parent categories.
    #[serde(default)]
    pub broader: Vec<String>,
    /// Other wordings that name it.
    #[serde(default)]
    pub forms: Vec<String>,
    #[serde(default, rename = "source")]
    _source: SourceNote,
}

impl Entry for Product {
    fn visit_words(&self, visit: &mut dyn FnMut(&str)) {
        visit(&self.label);
        self.broader.iter().chain(&self.forms).for_each(|word| visit(word));
    }
}

/// A noun that modifiers attach to, with its wordings: 药品, 药物.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeadNoun {
    pub label: String,
    pub forms: Vec<String>,
    #[serde(default, rename = "source")]
    _source: SourceNote,
}

impl Entry for HeadNoun {
    fn visit_words(&self, visit: &mut dyn FnMut(&str)) {
        visit(&self.label);
        self.forms.iter().for_each(|form| visit(form));
    }
}

/// A word that makes a narrower category of a head: 创新 + 药品 → 创新药.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Modifier {
    pub modifier: String,
    /// Label of a head → label of the narrower category. A head that is not listed keeps its own.
    #[serde(default)]
    pub heads: BTreeMap<String, String>,
    /// True if other words may come between it and its head: 集采乳房旋切针类医用耗材.
    #[serde(default)]
    pub far: bool,
    #[serde(default, rename = "source")]
    _source: SourceNote,
}

impl Entry for Modifier {
    fn visit_words(&self, visit: &mut dyn FnMut(&str)) {
        visit(&self.modifier);
        for (head, label) in &self.heads {
            visit(head);
            visit(label);
        }
    }
}

/// A word that names two categories at once: 药械.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Both {
    pub form: String,
    pub labels: Vec<String>,
    #[serde(default, rename = "source")]
    _source: SourceNote,
}

impl Entry for Both {
    fn visit_words(&self, visit: &mut dyn FnMut(&str)) {
        visit(&self.form);
        self.labels.iter().for_each(|label| visit(label));
    }
}

/// A word for the goods that a procurement document is about: 中选产品.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Selected {
    pub form: String,
    /// Category that the document's title names → category that the word means there.
    pub labels: BTreeMap<String, String>,
    #[serde(default, rename = "source")]
    _source: SourceNote,
}

impl Entry for Selected {
    fn visit_words(&self, visit: &mut dyn FnMut(&str)) {
        visit(&self.form);
        for (title, label) in &self.labels {
            visit(title);
            visit(label);
        }
    }
}

table! {
    /// Product categories, and the words that name them: `products.json`.
    Products {
        entries: Vec<Product>,
        heads: Vec<HeadNoun>,
        modifiers: Vec<Modifier>,
        both: Vec<Both>,
        selected: Vec<Selected>,
        /// Words that contain the name of a product and name none: 药物饲料添加剂.
        none: Words,
    }
}
