//! Instruments by the names of assertions.

use super::{Check, Familiarity, Quoted};
use crate::graph::{Direction, DocId, EdgeKind, NameMatch, Node, NodeKind, PolicyId};
use crate::lexicon::Lexicon;

/// An instrument of the corpus: a policy that documents name, the documents that hold its text, or
/// both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Instrument {
    pub policies: Vec<PolicyId>,
    pub documents: Vec<DocId>,
}

impl Instrument {
    fn shares(&self, other: &Instrument) -> bool {
        self.policies.iter().any(|id| other.policies.contains(id))
            || self.documents.iter().any(|id| other.documents.contains(id))
    }

    /// Returns the nodes of the instrument, policies first.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node> + '_ {
        let policies = self.policies.iter().map(|&id| Node::Policy(id));
        policies.chain(self.documents.iter().map(|&id| Node::Document(id)))
    }
}

/// Least similarity of a name that may be a slip of another.
const SLIP: f32 = 0.75;

/// Maximum number of nearest nodes.
pub(super) const LISTED: usize = 5;

impl Check<'_> {
    /// Returns the instruments that a number, title or key names, each once.
    pub(super) fn instruments(self, name: &str) -> Vec<Instrument> {
        let found = self.graph.find(name).into_iter().filter(|one| {
            one.matched < NameMatch::Part
                && matches!(one.kind(), NodeKind::Policy | NodeKind::Document)
        });
        let mut instruments: Vec<Instrument> = Vec::new();
        for candidate in found {
            let mut whole = self.whole(candidate.node);
            instruments.retain(|other| {
                let same = other.shares(&whole);
                if same {
                    whole.policies.extend(&other.policies);
                    whole.documents.extend(&other.documents);
                }
                !same
            });
            whole.policies.sort_unstable();
            whole.policies.dedup();
            whole.documents.sort_unstable();
            whole.documents.dedup();
            instruments.push(whole);
        }
        instruments
    }

    /// Returns the instrument of a policy or document.
    fn whole(self, node: Node) -> Instrument {
        match node {
            Node::Policy(id) => {
                Instrument { policies: vec![id], documents: self.graph.text_in(id).to_vec() }
            }
            Node::Document(id) => {
                Instrument { policies: self.graph.text_of(id).to_vec(), documents: vec![id] }
            }
            _ => Instrument::default(),
        }
    }

    /// Returns how well the name of an instrument is known, and the nodes with similar names.
    pub(super) fn familiarity_of_instrument(self, name: &str) -> (Familiarity, Vec<Node>) {
        if !self.instruments(name).is_empty() {
            return (Familiarity::Named, Vec::new());
        }
        let kinds = [NodeKind::Policy, NodeKind::Document];
        let (similar, nearest) = self.nearest(name, &kinds);
        let known = Lexicon::builtin().known_instrument(name.trim_matches(['《', '》']));
        let familiarity = match () {
            () if known.is_some() => Familiarity::Known,
            () if similar => Familiarity::Similar,
            () => Familiarity::Unknown,
        };
        (familiarity, nearest)
    }

    /// Returns the nodes of some kinds with the most similar names, and true if the first may be
    /// what was meant.
    pub(super) fn nearest(self, name: &str, kinds: &[NodeKind]) -> (bool, Vec<Node>) {
        /// Number of candidates of all kinds.
        const CANDIDATES: usize = 60;
        let found = self.graph.nearest(name, CANDIDATES);
        let mut found = found.into_iter().filter(|one| kinds.contains(&one.kind())).peekable();
        let similar = found.peek().is_some_and(|best| best.score >= SLIP);
        (similar, found.take(LISTED).map(|one| one.node).collect())
    }

    /// Returns the words that name an instrument: its number or title in its own text, else the
    /// citations of it.
    pub(super) fn naming(self, instrument: &Instrument) -> Vec<Quoted> {
        let own = instrument.documents.iter().filter_map(|&document| {
            let record = self.graph.at(document).record();
            let number = record.number.as_ref().map(|number| number.span);
            let span = number.or(record.title.as_ref().map(|title| title.span))?;
            Some(Quoted { document, span })
        });
        let own: Vec<Quoted> = own.collect();
        if !own.is_empty() {
            return own;
        }
        let kinds = [EdgeKind::Cites, EdgeKind::Implements, EdgeKind::Repeals];
        let steps = instrument.policies.iter().flat_map(|&policy| self.graph.steps(policy));
        let citing = steps
            .filter(|step| step.direction == Direction::Incoming && kinds.contains(&step.kind));
        let words = citing.filter_map(|step| step.proof.evidence());
        words.map(|of| Quoted { document: of.document, span: of.span }).collect()
    }
}
