//! The parts of an answer: facts with the words that state them, one verdict, and pages of lists.

use super::context::Context;
use policygraph::graph::{DocId, Evidence, MeasureRef, Node, Proof};
use policygraph::{Date, Span};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Maximum number of quoted characters.
const QUOTED: usize = 200;

/// Maximum number of nearest nodes.
pub const NEAREST: usize = 5;

/// Reason why a tool cannot answer, for the assistant to correct its call.
#[derive(Debug)]
pub struct Failed(pub String);

impl Failed {
    pub fn new(message: impl Into<String>) -> Self {
        Failed(message.into())
    }
}

/// An answer of a tool. It has one verdict.
pub struct Answer {
    verdict: &'static str,
    /// Day from which documents no longer hold, for the verdicts `repealed` and `expired`.
    on: Option<String>,
    explanation: String,
    items: Vec<Value>,
    total: usize,
    next_cursor: Option<String>,
    nearest: Vec<Value>,
    more: Map<String, Value>,
}

impl Answer {
    pub fn new(verdict: &'static str, explanation: impl Into<String>) -> Self {
        Answer {
            verdict,
            on: None,
            explanation: explanation.into(),
            items: Vec::new(),
            total: 0,
            next_cursor: None,
            nearest: Vec::new(),
            more: Map::new(),
        }
    }

    /// An answer of facts that documents state.
    pub fn stated(
        context: &Context,
        documents: &BTreeSet<DocId>,
        day: Date,
        explanation: impl Into<String>,
    ) -> Self {
        let (verdict, on) = context.validity(documents, day);
        Answer { on, ..Answer::new(verdict, explanation) }
    }

    /// An answer that no document gives.
    pub fn none(explanation: impl Into<String>) -> Self {
        Answer::new("not_in_corpus", explanation)
    }

    /// An answer of leads that no text states.
    pub fn leads(explanation: impl Into<String>) -> Self {
        Answer::new("not_checked", explanation)
    }

    pub fn on(mut self, on: Option<String>) -> Self {
        self.on = on;
        self
    }

    pub fn page(mut self, page: Page, items: Vec<Value>) -> Self {
        self.total = page.total;
        self.next_cursor = page.next();
        self.items = items;
        self
    }

    pub fn nearest(mut self, context: &Context, nodes: impl IntoIterator<Item = Node>) -> Self {
        let nodes = nodes.into_iter().take(NEAREST);
        self.nearest = nodes.map(|node| context.name(node)).collect();
        self
    }

    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.more.insert(name.to_owned(), value);
        self
    }

    /// Returns the answer as JSON; it ends with what the corpus covers.
    pub fn json(self, context: &Context) -> Value {
        let mut json = self.more;
        json.insert("verdict".to_owned(), json!(self.verdict));
        json.insert("explanation".to_owned(), json!(self.explanation));
        if let Some(on) = self.on {
            json.insert("on".to_owned(), json!(on));
        }
        json.insert("items".to_owned(), Value::Array(self.items));
        json.insert("total".to_owned(), json!(self.total));
        if let Some(cursor) = self.next_cursor {
            json.insert("next_cursor".to_owned(), json!(cursor));
        }
        if !self.nearest.is_empty() {
            json.insert("nearest".to_owned(), Value::Array(self.nearest));
        }
        json.insert("corpus".to_owned(), context.coverage().clone());
        Value::Object(json)
    }
}

/// A part of a list.
#[derive(Clone, Copy)]
pub struct Page {
    pub start: usize,
    pub limit: usize,
    pub total: usize,
}

impl Page {
    /// Returns the items of the page.
    pub fn of<T>(self, items: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
        items.into_iter().skip(self.start).take(self.limit)
    }

    fn next(self) -> Option<String> {
        let next = self.start + self.limit;
        (next < self.total).then(|| cursor(next))
    }
}

/// Returns the cursor of the items from `start` on.
pub fn cursor(start: usize) -> String {
    format!("from:{start}")
}

/// Reads a cursor.
pub fn start_of(cursor: &str) -> Option<usize> {
    let digits = cursor.strip_prefix("from:")?;
    let plain = (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok())?
}

/// Returns the first characters of quoted words, and true if there are more.
pub fn quoted(words: &str) -> (&str, bool) {
    match words.char_indices().nth(QUOTED) {
        Some((at, _)) => (&words[..at], true),
        None => (words, false),
    }
}

impl Context {
    /// Returns the key and label of a node.
    pub fn name(&self, node: Node) -> Value {
        let key = self.graph.key(node).to_string();
        let label = self.graph.label(node);
        let mut name = json!({ "key": key, "kind": node.kind().name(), "label": quoted(&label).0 });
        if let Some(link) = self.link(&key) {
            name["link"] = json!(link);
        }
        name
    }

    /// Returns words of a document with their place.
    pub fn fact(&self, document: DocId, span: Span) -> Value {
        let document = self.graph.at(document);
        let text = &document.record().text;
        let words = text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let (quote, cut) = quoted(words);
        let mut fact = json!({
            "document": document.key(),
            "span": [span.start, span.end],
            "quote": quote,
        });
        if cut {
            fact["quote_is_cut"] = json!(true);
        }
        if let Some(link) =
            self.link(&format!("document:{}@{}-{}", document.key(), span.start, span.end))
        {
            fact["link"] = json!(link);
        }
        fact
    }

    pub fn evidence(&self, evidence: Evidence) -> Value {
        self.fact(evidence.document, evidence.span)
    }

    /// Returns how an edge is known.
    pub fn proof(&self, proof: Proof) -> Value {
        match proof {
            Proof::Text(evidence) => self.evidence(evidence),
            Proof::Vocabulary => json!({ "known_from": "vocabulary" }),
            Proof::Derived { method, score } => json!({
                "derived_by": method.name(),
                "score": rounded(score),
                "note": "no text states it: a lead to check",
            }),
        }
    }

    /// Returns a measure by key and heading.
    pub fn measure(&self, measure: MeasureRef) -> Value {
        let mut value = self.name(measure.node());
        let heading = crate::commands::facts::heading(measure);
        value["label"] = json!(quoted(&heading).0);
        value["words"] = self.fact(measure.document().id(), measure.record().span);
        value
    }

    /// Returns a measure by key, with its heading as printed.
    pub fn heading(&self, measure: MeasureRef) -> Value {
        let record = measure.record();
        let span = record.title.as_ref().map_or(record.span, |title| title.span);
        let mut fact = self.fact(measure.document().id(), span);
        fact["key"] = json!(self.graph.key(measure.node()).to_string());
        fact
    }
}

/// Returns a score with two decimals.
pub fn rounded(score: f32) -> f64 {
    (f64::from(score) * 100.0).round() / 100.0
}
