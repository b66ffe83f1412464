//! A relation in a saved graph, as bytes.
//!
//! ```text
//! start of each source's row          u32, one more than there are sources
//! targets                             u32 per edge
//! labels                              0, 1 or 5 bytes per edge
//! proofs: a code and two numbers      u8, u32, u32 per edge
//! ```
//!
//! The backward rows are not saved: loading derives them from the forward ones. The document that
//! proves an edge is always the document of its source, so it is not saved either.

use super::{Forward, Label, Relation};
use crate::container::Block;
use crate::error::Error;
use crate::graph::codes::{Code, VOCABULARY};
use crate::graph::ids::DocId;
use crate::graph::proof::{Evidence, Method, Naming, Proof, Resolution};
use crate::graph::refs::TypedId;
use crate::graph::tables::{InDocument, Tables};
use crate::model::{Role, Rule};
use crate::number::to_u32;
use crate::text::Span;

/// An edge label that can be saved.
pub(crate) trait SavedLabel: Label {
    /// Number of bytes.
    const SIZE: usize;
    /// True if only a text can state an edge with such a label.
    const STATED: bool;
    /// Appends [`SIZE`](Self::SIZE) bytes.
    fn save(self, out: &mut Vec<u8>);
    /// Reads [`SIZE`](Self::SIZE) bytes; `None` if they are not a valid label.
    fn load(bytes: &[u8]) -> Option<Self>;
}

impl SavedLabel for () {
    const SIZE: usize = 0;
    const STATED: bool = false;

    fn save(self, _: &mut Vec<u8>) {}

    fn load(_: &[u8]) -> Option<Self> {
        Some(())
    }
}

impl SavedLabel for Role {
    const SIZE: usize = 1;
    const STATED: bool = true;

    fn save(self, out: &mut Vec<u8>) {
        out.push(self.code());
    }

    fn load(bytes: &[u8]) -> Option<Self> {
        Role::from_code(bytes[0])
    }
}

impl SavedLabel for Resolution {
    const SIZE: usize = 5;
    const STATED: bool = true;

    fn save(self, out: &mut Vec<u8>) {
        out.push(self.naming.code());
        out.extend(self.score.to_le_bytes());
    }

    fn load(bytes: &[u8]) -> Option<Self> {
        let naming = Naming::from_code(bytes[0])?;
        let score = score(u32::from_le_bytes(bytes[1..].try_into().ok()?))?;
        Some(Resolution { naming, score })
    }
}

fn score(bits: u32) -> Option<f32> {
    Some(f32::from_bits(bits)).filter(|score| (0.0..=1.0).contains(score))
}

/// The bytes that are not read yet.
struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, count: usize, size: usize) -> Result<&'b [u8], String> {
        let length = count.checked_mul(size).filter(|&length| length <= self.0.len());
        let length = length.ok_or_else(|| format!("it has no {count} values of {size} bytes"))?;
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        Ok(taken)
    }

    fn numbers(&mut self, count: usize) -> Result<impl Iterator<Item = u32> + use<'b>, String> {
        Ok(self.take(count, 4)?.as_chunks().0.iter().map(|&bytes| u32::from_le_bytes(bytes)))
    }
}

impl<S: InDocument, T: TypedId, X: SavedLabel> Relation<S, T, X> {
    /// Returns the relation as bytes.
    ///
    /// * `proofs`: the proofs of all relations, by edge id.
    pub(crate) fn save(&self, proofs: &[Proof]) -> Vec<u8> {
        let proofs = &proofs[self.first as usize..self.first as usize + self.len()];
        let mut out =
            Vec::with_capacity(4 * self.forward.start.len() + (13 + X::SIZE) * self.len());
        let mut numbers = |numbers: &mut dyn Iterator<Item = u32>| {
            numbers.for_each(|number| out.extend(number.to_le_bytes()));
        };
        numbers(&mut self.forward.start.iter().copied());
        numbers(&mut self.forward.value.iter().map(|target| to_u32(target.index())));
        self.labels.iter().for_each(|label| label.save(&mut out));
        let coded: Vec<(u8, u32, u32)> = proofs.iter().map(|&proof| code(proof)).collect();
        out.extend(coded.iter().map(|(code, ..)| code));
        coded.iter().for_each(|(_, first, _)| out.extend(first.to_le_bytes()));
        coded.iter().for_each(|(.., second)| out.extend(second.to_le_bytes()));
        out
    }

    /// Loads the relation and appends its proofs to those of all relations.
    ///
    /// Fails if the rows do not ascend, a target does not exist, a label or a proof is invalid, or
    /// the span of a proof is longer than its text.
    pub(crate) fn load(
        block: &Block<'_>,
        tables: &Tables,
        proofs: &mut Vec<Proof>,
    ) -> Result<Self, Error> {
        Self::read(block.bytes, tables, proofs).map_err(|message| block.error(message))
    }

    fn read(bytes: &[u8], tables: &Tables, proofs: &mut Vec<Proof>) -> Result<Self, String> {
        let (sources, targets) = (tables.count(S::KIND), tables.count(T::KIND));
        let mut bytes = Bytes(bytes);
        let start: Vec<u32> = bytes.numbers(sources + 1)?.collect();
        if start[0] != 0 || !start.is_sorted() {
            return Err("its rows do not ascend".into());
        }
        let edges = start[sources] as usize;
        let value: Vec<T> =
            bytes.numbers(edges)?.map(|target| T::from_index(target as usize)).collect();
        if let Some(target) = value.iter().find(|target| target.index() >= targets) {
            return Err(format!("there is no {target:?}"));
        }
        let labels = bytes.take(edges, X::SIZE)?;
        let label = |place: usize| X::load(&labels[X::SIZE * place..X::SIZE * (place + 1)]);
        let labels: Option<Vec<X>> = (0..edges).map(label).collect();
        let labels = labels.ok_or("a label is unknown")?;

        let codes = bytes.take(edges, 1)?;
        let (mut first, mut second) = (bytes.numbers(edges)?, bytes.numbers(edges)?);
        if !bytes.0.is_empty() {
            return Err("it is longer than its edges".into());
        }
        let mut forward = Forward::new(proofs);
        for source in 0..sources {
            let document = S::from_index(source).document(tables);
            for &code in &codes[start[source] as usize..start[source + 1] as usize] {
                let numbers = first.next().zip(second.next()).expect("one of each an edge");
                let proof = proof(code, numbers, || {
                    let document = document?;
                    Some((document, tables.record(document).text.len()))
                });
                let proof = proof.filter(|proof| !X::STATED || proof.evidence().is_some());
                forward.proofs.push(proof.ok_or("a proof is not one that such an edge can have")?);
            }
        }
        (forward.start, forward.value, forward.labels) = (start, value, labels);
        Ok(forward.freeze(targets))
    }
}

/// Returns the code and the two numbers of a proof.
fn code(proof: Proof) -> (u8, u32, u32) {
    match proof {
        Proof::Text(Evidence { span, rule, .. }) => (rule.code(), span.start, span.end),
        Proof::Vocabulary => (VOCABULARY, 0, 0),
        Proof::Derived { method, score } => (method.code(), score.to_bits(), 0),
    }
}

/// Returns the proof with this code and these two numbers; `None` if it is invalid.
///
/// * `text`: returns the document that proves the edge, and the length of its text.
fn proof(
    code: u8,
    (first, second): (u32, u32),
    text: impl Fn() -> Option<(DocId, usize)>,
) -> Option<Proof> {
    if code == VOCABULARY {
        return Some(Proof::Vocabulary);
    }
    if let Some(method) = Method::from_code(code) {
        return Some(Proof::Derived { method, score: score(first)? });
    }
    let rule = Rule::from_code(code)?;
    // Only the length is checked. To check character boundaries too was the slowest part of
    // loading, and the checksum of the block covers damage.
    let (document, length) = text()?;
    let span = Span { start: first, end: second };
    (first <= second && second as usize <= length).then_some(Proof::Text(Evidence {
        document,
        span,
        rule,
    }))
}
