//! Measures that rest on a policy that changed after them (依据变动).

use crate::graph::{DocumentRef, EdgeKind, Graph, Node, PolicyRef};
use crate::lexicon::TitleKey;
use crate::model::Date;
use crate::time::{PrintedDate, Repeal};
use crate::walk::Step;
use petgraph::Direction;
use std::collections::HashMap;

/// A measure, chapter or document that rests on a policy which was repealed or issued again:
/// [`Graph::radar`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Finding<'g> {
    /// The measure, chapter or document that cites the policy or implements it.
    pub provider: Node,
    /// Its document.
    pub document: DocumentRef<'g>,
    /// The policy on which it rests.
    pub policy: PolicyRef<'g>,
    /// The edge from the provider to the policy, with the words that state it.
    pub basis: Step,
    /// The change of the policy.
    pub change: PolicyChange<'g>,
    /// True if the printed dates show that the change came after the document; false if a date is
    /// missing.
    pub certain: bool,
}

/// A change of a policy.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum PolicyChange<'g> {
    /// A document repeals it (废止).
    Repealed(Repeal<'g>),
    /// A later policy has its title and issuer (重新印发, 修订): the newer one.
    Reissued(PolicyRef<'g>),
}

impl PolicyChange<'_> {
    /// Returns the first day on which the change can apply; `None` if no date is known.
    pub fn day(&self) -> Option<Date> {
        match self {
            PolicyChange::Repealed(repeal) => Some(repeal.from?.date.first_day()),
            PolicyChange::Reissued(newer) => first_day(*newer),
        }
    }
}

impl Graph {
    /// Returns what rests on a policy that was repealed or issued again after it, by provider, then by
    /// policy. A change before the document is no finding: it may cite a policy as one that ended.
    ///
    /// Policies are the same instrument issued again if their titles agree but for 的, blanks and
    /// (试行), they share an issuer or one has none, and the year of one is later. Only what the
    /// documents of the graph say is known. O(policies + edges).
    ///
    /// ```
    /// use policygraph::radar::PolicyChange;
    /// use policygraph::{Corpus, Lexicon, read};
    ///
    /// let lexicon = Lexicon::builtin();
    /// let mut corpus = Corpus::new();
    /// corpus.insert(read(lexicon, "old", "某某市水务局关于供水保障的若干措施\n水发〔2023〕4号\n\
    ///     一、改造管网。按照《某某省供水管理办法》(某政发〔2019〕8号)改造。\n某某市水务局\n2023年5月4日"));
    /// corpus.insert(read(lexicon, "new", "某某省人民政府关于印发某某省供水管理办法的通知\n某政发〔2025〕2号\n\
    ///     本办法自2025年3月1日起施行。《某某省供水管理办法》(某政发〔2019〕8号)同时废止。\n2025年2月1日"));
    /// let graph = corpus.graph(lexicon);
    ///
    /// let findings = graph.radar();
    /// let finding = findings.iter().find(|f| matches!(f.change, PolicyChange::Repealed(_))).unwrap();
    /// assert_eq!(graph.label(finding.provider), "old/1");
    /// assert_eq!(finding.policy.number(), Some("某政发〔2019〕8号"));
    /// let PolicyChange::Repealed(repeal) = finding.change else { unreachable!() };
    /// assert_eq!(repeal.by.key(), "new");
    /// assert!(finding.certain);
    /// ```
    pub fn radar(&self) -> Vec<Finding<'_>> {
        let titles = Titles::new(self);
        let mut findings = Vec::new();
        for policy in self.policies().map(|id| self.at(id)) {
            let changes: Vec<PolicyChange> = repeals(policy).chain(titles.newer(policy)).collect();
            if changes.is_empty() {
                continue;
            }
            let rests = |step: &Step| {
                step.direction == Direction::Incoming
                    && matches!(step.kind, EdgeKind::Cites | EdgeKind::Implements)
            };
            for basis in self.steps(policy.node()).filter(rests) {
                let found =
                    changes.iter().filter_map(|&change| finding(self, policy, basis, change));
                findings.extend(found);
            }
        }
        findings.sort_by_key(|finding| (finding.provider, finding.policy.id()));
        findings
    }
}

/// Returns the finding of a change, unless it came before the document or is made by it.
fn finding<'g>(
    graph: &'g Graph,
    policy: PolicyRef<'g>,
    basis: Step,
    change: PolicyChange<'g>,
) -> Option<Finding<'g>> {
    let document = match basis.node {
        Node::Document(id) => graph.at(id),
        Node::Section(id) => graph.at(id).document(),
        Node::Measure(id) => graph.at(id).document(),
        _ => return None,
    };
    let own = match change {
        PolicyChange::Repealed(repeal) => repeal.by.to() == document,
        PolicyChange::Reissued(newer) => newer.text_in().any(|text| text.to() == document),
    };
    let issued = PrintedDate::of_issue(document).or_else(|| PrintedDate::of_effect(document));
    let issued = issued.map(|issued| issued.date.last_day());
    let later = change.day().zip(issued).map(|(day, issued)| day > issued);
    let certain = later == Some(true);
    (!own && (certain || later.is_none())).then_some(Finding {
        provider: basis.node,
        document,
        policy,
        basis,
        change,
        certain,
    })
}

fn repeals<'g>(policy: PolicyRef<'g>) -> impl Iterator<Item = PolicyChange<'g>> {
    policy.repealed_by().filter(|by| by.genre().is_instrument()).map(move |by| {
        PolicyChange::Repealed(Repeal { by, policy, from: PrintedDate::of_effect(by.to()) })
    })
}

/// Returns the day of issue of a policy, else the first day of the year of its number.
fn first_day(policy: PolicyRef) -> Option<Date> {
    if let Some(issued) = policy.issued() {
        return Some(issued.first_day());
    }
    let number = policy.number()?;
    let (_, year) = number.split_once('〔')?;
    let year: i16 = year.split_once('〕')?.0.parse().ok()?;
    Date::new(year, 1, 1).ok()
}

/// Policies by title.
struct Titles<'g> {
    by_words: HashMap<String, Vec<PolicyRef<'g>>>,
}

impl<'g> Titles<'g> {
    fn new(graph: &'g Graph) -> Self {
        let mut by_words: HashMap<String, Vec<PolicyRef>> = HashMap::new();
        for policy in graph.policies().map(|id| graph.at(id)) {
            by_words.entry(TitleKey::new(policy.title()).words).or_default().push(policy);
        }
        Titles { by_words }
    }

    /// Returns the policies with the title of `policy` that are of a later year.
    fn newer(&self, policy: PolicyRef<'g>) -> impl Iterator<Item = PolicyChange<'g>> {
        let key = TitleKey::new(policy.title());
        let same = self.by_words.get(&key.words).map_or(&[][..], Vec::as_slice);
        let older = first_day(policy);
        let newer = same.iter().copied().filter(move |&other| {
            let later = first_day(other).zip(older).is_some_and(|(day, older)| day > older);
            later && other != policy && agree(&key, policy, other)
        });
        newer.map(PolicyChange::Reissued)
    }
}

/// Returns true if the titles and the issuers of two policies can be those of one instrument.
fn agree(key: &TitleKey, policy: PolicyRef, other: PolicyRef) -> bool {
    let mut issuers = policy.issuers().peekable();
    let unknown = issuers.peek().is_none() || other.issuers().next().is_none();
    key.agrees(&TitleKey::new(other.title()))
        && (unknown || issuers.any(|issuer| other.issuers().any(|name| name == issuer)))
}
