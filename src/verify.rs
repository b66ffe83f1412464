//! Checks of assertions about the corpus (核验): a quotation, a citation, or who is responsible.
//!
//! An assertion gets exactly one [`Verdict`]. A verdict other than [`Verdict::NotChecked`] rests on
//! a comparison that was made, and [`Verification::quoted`] holds the words of the corpus that show
//! it. A check that cannot be made is never passed over: it is `NotChecked`, with the reason.
//!
//! # Comparison of words
//!
//! Words are equal if they have the same characters in the same order after this rule: white space,
//! line ends and zero-width characters are removed, full-width characters become half-width ones,
//! and variants of one mark become one (quotation marks, brackets `〔［【`, dashes, middle dots).
//! Nothing else is ignored: not case, not 、 for `,`. A match that begins or ends inside a figure
//! is none: 8个工作日 is not in 58个工作日.
//!
//! # Cost
//!
//! [`Verifier::new`] is O(text) and holds the compared text once more, less its white space. A check
//! is O(text): a search for the words, and for words that are not found a pass that counts common
//! runs of characters.
//!
//! ```
//! use policygraph::verify::Verdict;
//!
//! let graph = policygraph::builtin();
//! let check = |text: &str| graph.verify(text).verdict;
//!
//! // A quotation (引文): as printed, with another figure, and not at all.
//! assert_eq!(check("审批时限由58个工作日压缩为30个工作日"), Verdict::Verified);
//! assert_eq!(check("审批时限由58个工作日压缩为20个工作日"), Verdict::Differs);
//! assert_eq!(check("对新能源汽车给予每辆五千元补贴"), Verdict::NotInCorpus);
//!
//! // A citation (引用): the policy has 24 articles.
//! assert_eq!(check("国办发〔2024〕53号第八条"), Verdict::Verified);
//! assert_eq!(check("国办发〔2024〕53号第三十条"), Verdict::Differs);
//! assert_eq!(check("国办发〔2031〕99号"), Verdict::NotInCorpus);
//!
//! // A responsibility (职责).
//! assert_eq!(check("山西省药监局负责加快临床急需药品医疗器械审批上市"), Verdict::Verified);
//! assert_eq!(check("山西省财政厅负责加快临床急需药品医疗器械审批上市"), Verdict::Differs);
//! ```

mod fold;
mod compared_text;
mod nearly;
mod assertion;
mod instrument;
mod quotation;
mod citation;
mod scope;
mod responsibility;

#[cfg(test)]
mod tests;

pub use assertion::Assertion;
pub use nearly::Edit;

use crate::graph::{DocId, Graph, Node};
use crate::lexicon::Lexicon;
use crate::model::terms::terms;
use crate::model::{Date, PartialDate};
use crate::text::Span;
use crate::time::Reason;
use compared_text::ComparedText;
use fold::is_of_figure;
use std::borrow::Borrow;
use std::fmt;

/// Verdict on an assertion (核验结论). An assertion has exactly one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The corpus states it (属实).
    Verified,
    /// The corpus states something else (不符): other words, fewer articles, another role.
    Differs,
    /// The corpus states it in documents that were all repealed (废止) by the day of the check.
    Repealed {
        /// First day of the repeal, to the month if the day is not printed.
        on: PartialDate,
    },
    /// The corpus states it in documents that have all expired (失效) by the day of the check.
    Expired {
        /// Printed end of validity.
        on: PartialDate,
    },
    /// Nothing in this corpus states it or contradicts it (语料中没有).
    NotInCorpus,
    /// The check could not be made (未核验).
    NotChecked {
        /// Reason, as a sentence.
        reason: String,
    },
}

impl Verdict {
    /// Returns the name of the verdict: `verified`, `differs`, `repealed`, `expired`,
    /// `not_in_corpus` or `not_checked`.
    ///
    /// ```
    /// let verified = policygraph::builtin().verify("国办发〔2024〕53号");
    /// assert_eq!(verified.verdict.name(), "verified");
    /// ```
    pub fn name(&self) -> &'static str {
        match self {
            Verdict::Verified => "verified",
            Verdict::Differs => "differs",
            Verdict::Repealed { .. } => "repealed",
            Verdict::Expired { .. } => "expired",
            Verdict::NotInCorpus => "not_in_corpus",
            Verdict::NotChecked { .. } => "not_checked",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Verified => f.write_str("verified"),
            Verdict::Differs => f.write_str("differs"),
            Verdict::Repealed { on } => write!(f, "repealed on {on}"),
            Verdict::Expired { on } => write!(f, "expired on {on}"),
            Verdict::NotInCorpus => f.write_str("not in this corpus"),
            Verdict::NotChecked { reason } => write!(f, "not checked: {reason}"),
        }
    }
}

terms! {
    /// Degree to which the corpus and the vocabularies know a name of an assertion. It tells a
    /// made-up name apart from a wrong one.
    ///
    /// ```
    /// use policygraph::verify::Familiarity;
    ///
    /// let graph = policygraph::builtin();
    /// let known = |claim: &str| graph.verify(claim).names[0].1;
    /// assert_eq!(known("山西省药监局牵头优化药品注册检验"), Familiarity::Named);
    /// assert_eq!(known("青海省药监局牵头优化药品注册检验"), Familiarity::Known);
    /// assert_eq!(known("山西省时空管理局牵头优化药品注册检验"), Familiarity::Unknown);
    /// ```
    #[non_exhaustive]
    pub enum Familiarity {
        /// A document of the corpus names it.
        Named = "named" "语料提及",
        /// The vocabularies know it, and no document of the corpus names it.
        Known = "known" "词表收录",
        /// Neither knows it, and a similar name exists: perhaps a slip.
        Similar = "similar" "有相近名称",
        /// Neither knows it, and no name is similar: perhaps made up.
        Unknown = "unknown" "未见",
    }
}

/// Words of a document on which a verdict rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quoted {
    /// The document that contains the words.
    pub document: DocId,
    /// Byte range of the words in its text.
    pub span: Span,
}

/// Result of a check: the verdict, and what it rests on.
///
/// Ids are those of the graph that was asked.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Verification {
    /// The verdict.
    pub verdict: Verdict,
    /// The comparison that was made and its outcome, as a sentence.
    pub explanation: String,
    /// The words of the corpus that show it, at most [`Verification::MAX_QUOTED`]: for a verified
    /// assertion those that state it, for one that differs those that state something else. By
    /// document and position.
    pub quoted: Vec<Quoted>,
    /// Number of such places, those beyond the maximum included.
    pub places: usize,
    /// For a quotation that differs: the differences, in order.
    pub edits: Vec<Edit>,
    /// The nodes that the assertion is about.
    pub subjects: Vec<Node>,
    /// The names in the assertion, and the degree to which each is known.
    pub names: Vec<(String, Familiarity)>,
    /// Nodes with similar names or words, the most similar first; for an assertion that is not
    /// verified.
    pub nearest: Vec<Node>,
}

impl Verification {
    /// Maximum number of places that are listed.
    pub const MAX_QUOTED: usize = 20;

    fn new(verdict: Verdict, explanation: impl Into<String>) -> Self {
        Verification {
            verdict,
            explanation: explanation.into(),
            quoted: Vec::new(),
            places: 0,
            edits: Vec::new(),
            subjects: Vec::new(),
            names: Vec::new(),
            nearest: Vec::new(),
        }
    }

    fn not_checked(reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Verification::new(Verdict::NotChecked { reason: reason.clone() }, reason)
    }

    /// Sets the places, in order and without repeats.
    fn with_places(mut self, mut places: Vec<Quoted>) -> Self {
        places.sort_unstable();
        places.dedup();
        self.places = places.len();
        places.truncate(Verification::MAX_QUOTED);
        self.quoted = places;
        self
    }
}

/// A graph prepared for many checks: [`Graph::verify`] prepares one for each call.
///
/// ```
/// use policygraph::verify::{Verdict, Verifier};
///
/// let verifier = Verifier::new(policygraph::builtin());
/// let found = verifier.check(&"审批时限由58个工作日压缩为30个工作日".into());
/// assert_eq!(found.verdict, Verdict::Verified);
///
/// let quoted = found.quoted[0];
/// let document = policygraph::builtin().at(quoted.document);
/// assert_eq!(document.key(), "sx-2025");
/// assert_eq!(quoted.span.slice(&document.record().text), "审批时限由58个工作日压缩为30个工作日");
/// ```
pub struct Verifier<G> {
    graph: G,
    text: ComparedText,
    day: Date,
}

impl<G: Borrow<Graph>> Verifier<G> {
    /// Prepares a graph. O(text).
    ///
    /// Validity is that of the day on which the newest document was issued; [`Self::on`] sets
    /// another.
    pub fn new(graph: G) -> Self {
        let text = ComparedText::new(graph.borrow());
        let day = newest_issue(graph.borrow()).unwrap_or(Date::MIN);
        Verifier { graph, text, day }
    }

    /// Sets the day on which validity is checked.
    ///
    /// ```
    /// use policygraph::Date;
    /// use policygraph::verify::{Verdict, Verifier};
    ///
    /// let verifier = Verifier::new(policygraph::builtin()).on(Date::constant(2028, 1, 1));
    /// let found = verifier.check(&"审批时限由58个工作日压缩为30个工作日".into());
    /// assert_eq!(found.verdict.to_string(), "expired on 2027-06-16");
    /// ```
    #[must_use]
    pub fn on(mut self, day: Date) -> Self {
        self.day = day;
        self
    }

    /// Returns the day on which validity is checked.
    pub fn day(&self) -> Date {
        self.day
    }

    /// Checks an assertion. O(text). Every question about one graph and day has one answer.
    pub fn check(&self, assertion: &Assertion) -> Verification {
        self.check_on(assertion, self.day)
    }

    /// Checks an assertion as [`Self::check`] does, with the validity of another day.
    pub fn check_on(&self, assertion: &Assertion, day: Date) -> Verification {
        let check = Check { graph: self.graph.borrow(), text: &self.text, day };
        match assertion {
            Assertion::Any(text) => check.any(text),
            Assertion::Quotation { words, document } => check.quotation(words, document.as_deref()),
            Assertion::Citation { instrument, article, part, words } => {
                check.citation(instrument, *article, part.as_deref(), words.as_deref())
            }
            Assertion::Responsibility { agency, role, task } => {
                check.responsibility(agency, *role, task)
            }
        }
    }
}

impl Graph {
    /// Checks an assertion about the corpus: a quotation, a citation, or who is responsible.
    ///
    /// * `assertion`: a text, or an [`Assertion`] of a kind.
    /// * O(text) to prepare and O(text) to check; [`Verifier`] prepares once for many checks.
    ///
    /// ```
    /// use policygraph::verify::Verdict;
    ///
    /// let graph = policygraph::builtin();
    /// let found = graph.verify("审批时限由58个工作日压缩为20个工作日");
    /// assert_eq!(found.verdict, Verdict::Differs);
    /// assert_eq!((&*found.edits[0].asserted, &*found.edits[0].printed), ("2", "3"));
    /// ```
    pub fn verify(&self, assertion: impl Into<Assertion>) -> Verification {
        Verifier::new(self).check(&assertion.into())
    }
}

/// Returns true if a quotation and the printed words differ in figures only.
fn differs_in_figures(quotation: &Verification) -> bool {
    let is_figure = |words: &str| words.chars().all(is_of_figure);
    let edits = &quotation.edits;
    !edits.is_empty() && edits.iter().all(|of| is_figure(&of.asserted) && is_figure(&of.printed))
}

/// Returns the day on which the newest document was issued.
fn newest_issue(graph: &Graph) -> Option<Date> {
    graph.records().filter_map(|record| Some(record.dates.issued()?.value.last_day())).max()
}

/// One check: the graph, its text and the day.
#[derive(Clone, Copy)]
struct Check<'g> {
    graph: &'g Graph,
    text: &'g ComparedText,
    day: Date,
}

impl<'g> Check<'g> {
    /// Checks a text of any kind: a quotation if a document has the words, else what it looks like.
    fn any(self, text: &str) -> Verification {
        let quotation = self.quotation(text, None);
        match Assertion::read(text, Lexicon::builtin()) {
            Assertion::Citation { instrument, article, part, words } => {
                self.citation(&instrument, article, part.as_deref(), words.as_deref())
            }
            Assertion::Responsibility { agency, role, task }
                if matches!(quotation.verdict, Verdict::NotInCorpus | Verdict::Differs) =>
            {
                let responsibility = self.responsibility(&agency, role, &task);
                // A wrong quotation that has a role in it.
                let unchecked = matches!(responsibility.verdict, Verdict::NotChecked { .. });
                if unchecked && differs_in_figures(&quotation) {
                    return quotation;
                }
                responsibility
            }
            _ => quotation,
        }
    }

    /// Returns the text of a document.
    fn text_of(self, document: DocId) -> &'g str {
        &self.graph.at(document).record().text
    }

    /// Returns the verdict for what the documents of `places` state: verified, unless all of them
    /// were repealed or have expired.
    fn stated_in(self, places: &[Quoted]) -> Verdict {
        let mut ended = None;
        for place in places {
            match self.ended(place.document) {
                None => return Verdict::Verified,
                Some(verdict) => ended = ended.or(Some(verdict)),
            }
        }
        ended.unwrap_or(Verdict::Verified)
    }

    /// Returns the verdict for a document that was repealed or has expired by the day.
    fn ended(self, document: DocId) -> Option<Verdict> {
        match self.graph.as_of(self.day).reason(document) {
            Reason::Repealed(repeal) => Some(Verdict::Repealed { on: repeal.from?.date }),
            Reason::After(end) => Some(Verdict::Expired { on: end.date }),
            _ => None,
        }
    }
}
