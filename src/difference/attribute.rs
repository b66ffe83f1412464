//! Attributes of nodes and edges, and their comparison.

use crate::graph::{
    ArticleRef, DeadlineRef, DocumentRef, EdgeId, EdgeKind, Evidence, Graph, MeasureRef, Node,
    PolicyRef, Proof, SectionRef, TargetRef,
};
use crate::model::{Dates, Deadline, Found, Heading, Modality, PartialDate, Record, Role, Target};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

macro_rules! attributes {
    ($($(#[$doc:meta])* $attribute:ident $words:literal,)*) => {
        /// An attribute of a node or an edge. Ordered as declared. Displayed as
        /// `comment from`, serialised as `comment_from`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Attribute {
            $($(#[$doc])* $attribute,)*
        }

        impl fmt::Display for Attribute {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $(Attribute::$attribute => $words,)*
                })
            }
        }
    };
}

attributes! {
    /// 标题 of a document or a policy.
    Title "title",
    /// 文号 of a document or a policy.
    Number "number",
    /// 文种 of a document.
    Genre "genre",
    /// Kind of instrument of a policy.
    Kind "kind",
    /// 发文机关 of a policy; those of a document are edges.
    Issuers "issuers",
    /// 主送机关 of a document, as printed.
    Addressees "addressees",
    /// Regions of the issuers of a document.
    Regions "regions",
    /// 成文日期 of a document or a policy.
    Signed "signed",
    /// 发布日期 of a document or a policy.
    Published "published",
    /// 通过日期 of a document.
    Adopted "adopted",
    /// 施行日期 of a document.
    Effective "effective",
    /// 有效期 of a document: its end, or how that is stated.
    Expires "expires",
    /// 征求意见 — first day.
    CommentFrom "comment from",
    /// 征求意见 — last day.
    CommentUntil "comment until",
    /// The headings between a document's chapters and its measures.
    Subsections "subsections",
    /// Names of a policy beside its title.
    Aliases "aliases",
    /// The ordinal of a chapter or a measure, as printed.
    Ordinal "ordinal",
    /// The heading of a chapter, a measure or an article.
    Heading "heading",
    /// The whole text of a document or a measure; the prose of a chapter; the words of a target or a deadline.
    Text "text",
    /// Responsible classes of bodies of a measure or a chapter.
    Classes "classes",
    /// Modality (情态) of the sentences of a measure or a chapter.
    Modality "modality",
    /// The chapter of an article.
    Chapter "chapter",
    /// The words that mark an article.
    KeyTerms "key terms",
    /// Source of an article's outline.
    Basis "basis",
    /// The quantity that a target sets.
    Quantity "quantity",
    /// Comparator of a target: at least, at most, exactly.
    Comparator "comparator",
    /// Start value and end value of a target.
    Values "values",
    /// The unit of a target.
    Unit "unit",
    /// Deadline of a target.
    Deadline "deadline",
    /// The task that is due.
    Task "task",
    /// The last day of a deadline.
    LastDay "last day",
    /// The period of a deadline and the day from which it is counted.
    Term "term",
    /// True if a deadline returns.
    Recurrence "recurrence",
    /// Frequency of a target.
    Frequency "frequency",
    /// Commitment or condition: a target that tells who is meant commits to nothing.
    Condition "condition",
    /// The words that state an edge.
    Words "words",
    /// Proof of an edge: text, vocabulary or derivation, and the rule or method.
    Proof "proof",
    /// Score of a derived edge.
    Score "score",
    /// Resolution of a citation to its policy.
    Resolution "resolution",
}

/// Returns the attributes paired with `true`.
fn differing(attributes: impl IntoIterator<Item = (Attribute, bool)>) -> Vec<Attribute> {
    attributes.into_iter().filter_map(|(attribute, differs)| differs.then_some(attribute)).collect()
}

/// Returns the attributes that differ between two nodes with one key.
pub(super) fn of_nodes(older: (&Graph, Node), newer: (&Graph, Node)) -> Vec<Attribute> {
    let (one, other) = (older.0, newer.0);
    match (older.1, newer.1) {
        (Node::Document(a), Node::Document(b)) => of_documents(one.at(a), other.at(b)),
        (Node::Section(a), Node::Section(b)) => of_sections(one.at(a), other.at(b)),
        (Node::Measure(a), Node::Measure(b)) => of_measures(one.at(a), other.at(b)),
        (Node::Policy(a), Node::Policy(b)) => of_policies(one.at(a), other.at(b)),
        (Node::Article(a), Node::Article(b)) => of_articles(one.at(a), other.at(b)),
        (Node::Target(a), Node::Target(b)) => of_targets(one.at(a), other.at(b)),
        (Node::Deadline(a), Node::Deadline(b)) => of_deadlines(one.at(a), other.at(b)),
        // No attribute beside the key.
        (Node::Agency(_) | Node::Product(_) | Node::Region(_) | Node::Platform(_), _) => Vec::new(),
        (
            Node::Document(_)
            | Node::Section(_)
            | Node::Measure(_)
            | Node::Policy(_)
            | Node::Article(_)
            | Node::Target(_)
            | Node::Deadline(_),
            _,
        ) => unreachable!("nodes with one key are of one kind"),
    }
}

fn of_documents(a: DocumentRef<'_>, b: DocumentRef<'_>) -> Vec<Attribute> {
    let (a, b) = (a.record(), b.record());
    if std::ptr::eq(a, b) {
        return Vec::new(); // graphs of one corpus share their records
    }
    // Exhaustive: a new field does not compile until it is compared or left out here.
    let Record {
        text,
        title,
        number,
        genre,
        addressees,
        region,
        dates,
        subsections,
        key: _,
        origin: _,
        notes: _,
        // Their facts are nodes and edges.
        issuers: _,
        implements: _,
        repeals: _,
        sections: _,
        measures: _,
        body: _,
    } = a;
    let Dates { signed, published, adopted, effective, expires, comment_from, comment_until } =
        dates;
    let to = &b.dates;
    fn value<T: Clone>(found: &Option<Found<T>>) -> Option<T> {
        found.as_ref().map(|found| found.value.clone())
    }
    let rule = |found: &Option<Found<PartialDate>>| found.as_ref().map(|found| found.rule);
    let addressee = |found: &Found<String>| found.value.clone();
    let words = |heading: &Heading| (heading.section, heading.ordinal, heading.title.clone());
    differing([
        (Attribute::Title, value(title) != value(&b.title)),
        (Attribute::Number, value(number) != value(&b.number)),
        (Attribute::Genre, *genre != b.genre),
        (
            Attribute::Addressees,
            addressees.iter().map(addressee).ne(b.addressees.iter().map(addressee)),
        ),
        (Attribute::Regions, *region != b.region),
        (Attribute::Signed, value(signed) != value(&to.signed)),
        (Attribute::Published, value(published) != value(&to.published)),
        (Attribute::Adopted, value(adopted) != value(&to.adopted)),
        (Attribute::Effective, value(effective) != value(&to.effective)),
        (
            // The rule tells the last day in force from the first day after it.
            Attribute::Expires,
            value(expires) != value(&to.expires) || rule(expires) != rule(&to.expires),
        ),
        (Attribute::CommentFrom, value(comment_from) != value(&to.comment_from)),
        (Attribute::CommentUntil, value(comment_until) != value(&to.comment_until)),
        (Attribute::Subsections, subsections.iter().map(words).ne(b.subsections.iter().map(words))),
        (Attribute::Text, *text != b.text),
    ])
}

fn of_sections(a: SectionRef<'_>, b: SectionRef<'_>) -> Vec<Attribute> {
    differing([
        (Attribute::Ordinal, a.ordinal() != b.ordinal()),
        (Attribute::Heading, a.title() != b.title()),
        (Attribute::Text, a.prose().ne(b.prose())),
        (Attribute::Classes, a.classes().map(role).ne(b.classes().map(role))),
        (
            Attribute::Modality,
            sentences(a.graph(), a.modality()).ne(sentences(b.graph(), b.modality())),
        ),
    ])
}

/// Returns a responsible class with its role.
fn role((class, role, _): (&str, Role, Evidence)) -> (&str, Role) {
    (class, role)
}

/// Returns the modality of sentences, with the words that express it.
fn sentences(
    graph: &Graph,
    modality: impl Iterator<Item = (Modality, Evidence)>,
) -> impl Iterator<Item = (Modality, &str)> {
    modality.map(|(modality, evidence)| (modality, graph.quote(evidence)))
}

fn of_measures(a: MeasureRef<'_>, b: MeasureRef<'_>) -> Vec<Attribute> {
    if std::ptr::eq(a.record(), b.record()) {
        return Vec::new();
    }
    differing([
        (Attribute::Ordinal, a.ordinal() != b.ordinal()),
        (Attribute::Heading, a.title() != b.title()),
        (Attribute::Text, a.text() != b.text()),
        (Attribute::Classes, a.classes().map(role).ne(b.classes().map(role))),
        (
            Attribute::Modality,
            sentences(a.graph(), a.modality()).ne(sentences(b.graph(), b.modality())),
        ),
    ])
}

fn of_policies(a: PolicyRef<'_>, b: PolicyRef<'_>) -> Vec<Attribute> {
    fn aliases(policy: PolicyRef<'_>) -> BTreeSet<&str> {
        policy.aliases().collect()
    }
    differing([
        (Attribute::Title, a.title() != b.title()),
        (Attribute::Number, a.number() != b.number()),
        (Attribute::Kind, a.kind() != b.kind()),
        (Attribute::Issuers, a.issuers().ne(b.issuers())),
        (Attribute::Signed, a.signed() != b.signed()),
        (Attribute::Published, a.published() != b.published()),
        (Attribute::Aliases, aliases(a) != aliases(b)),
    ])
}

fn of_articles(a: ArticleRef<'_>, b: ArticleRef<'_>) -> Vec<Attribute> {
    differing([
        (Attribute::Heading, a.heading() != b.heading()),
        (Attribute::Chapter, a.chapter() != b.chapter()),
        (Attribute::KeyTerms, a.key_terms().ne(b.key_terms())),
        (Attribute::Basis, a.basis() != b.basis()),
    ])
}

fn of_targets(one: TargetRef<'_>, other: TargetRef<'_>) -> Vec<Attribute> {
    let b = other.record();
    // Exhaustive: a new field does not compile until it is compared or left out here.
    let Target { quantity, comparator, from, to, unit, deadline, frequency, condition, span: _ } =
        one.record();
    differing([
        (Attribute::Text, one.text() != other.text()),
        (Attribute::Quantity, *quantity != b.quantity),
        (Attribute::Comparator, *comparator != b.comparator),
        (Attribute::Values, (*from, *to) != (b.from, b.to)),
        (Attribute::Unit, *unit != b.unit),
        (Attribute::Deadline, *deadline != b.deadline),
        (Attribute::Frequency, *frequency != b.frequency),
        (Attribute::Condition, *condition != b.condition),
    ])
}

fn of_deadlines(one: DeadlineRef<'_>, other: DeadlineRef<'_>) -> Vec<Attribute> {
    let b = other.record();
    // Exhaustive: a new field does not compile until it is compared or left out here. Duties and
    // targets are edges.
    let Deadline { by, term, anchor, recurring, task: _, duties: _, targets: _, span: _ } =
        one.record();
    differing([
        (Attribute::Text, one.text() != other.text()),
        (Attribute::Task, one.task() != other.task()),
        (Attribute::LastDay, *by != b.by),
        (Attribute::Term, (term, anchor) != (&b.term, &b.anchor)),
        (Attribute::Recurrence, *recurring != b.recurring),
    ])
}

/// Returns the attributes that differ between two edges with one key.
pub(super) fn of_edges(
    kind: EdgeKind,
    (older, a): (&Graph, EdgeId),
    (newer, b): (&Graph, EdgeId),
) -> Vec<Attribute> {
    let (was, is) = (older.proof(a), newer.proof(b));
    let mut attributes = Vec::new();
    match (was, is) {
        (Proof::Text(was), Proof::Text(is)) => {
            // The words of a part are compared with the part's node.
            let own = matches!(
                kind,
                EdgeKind::Contains | EdgeKind::CommitsTo | EdgeKind::Sets | EdgeKind::Binds
            );
            let words = !own && older.quote(was) != newer.quote(is);
            attributes =
                differing([(Attribute::Words, words), (Attribute::Proof, was.rule != is.rule)]);
        }
        (Proof::Vocabulary, Proof::Vocabulary) => {}
        (
            Proof::Derived { method: was, score: before },
            Proof::Derived { method: is, score: now },
        ) => {
            attributes =
                differing([(Attribute::Proof, was != is), (Attribute::Score, before != now)])
        }
        (Proof::Text(_) | Proof::Vocabulary | Proof::Derived { .. }, _) => {
            attributes.push(Attribute::Proof);
        }
    }
    attributes
        .extend(differing([(Attribute::Resolution, older.resolution(a) != newer.resolution(b))]));
    attributes
}
