//! Triples of nodes.

use super::sink::{Sink, Subject};
use super::terms::*;
use crate::export::Tables;
use crate::graph::{DocumentRef, Graph, MeasureId, SectionId};
use crate::model::{Date, PartialDate, Rule};
use crate::sha256::{hex, sha256};
use crate::time::Status;
use oxrdf::{NamedNode, NamedNodeRef};
use std::io;

/// Key of the activity that read the documents.
pub(super) const READING: &str = "reading";

/// Key of the scheme of products.
const PRODUCTS: &str = "products";

/// Writes what made the export.
pub(super) fn provenance(
    tables: &Tables<'_>,
    names: Names<'_>,
    sink: &mut Sink<'_>,
) -> io::Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    let software = names.named(&format!("software:{version}"));
    let checksum = tables.made_by().into_iter().find(|(name, _)| *name == "vocabularies_sha256");
    let vocabularies =
        checksum.map(|(_, checksum)| (names.named(&format!("vocabularies:{checksum}")), checksum));
    let mut reading = sink.subject(names.named(READING), ACTIVITY)?;
    reading.iri(WAS_ASSOCIATED_WITH, &software)?;
    if let Some((vocabularies, _)) = &vocabularies {
        reading.iri(USED, vocabularies)?;
    }
    for document in tables.graph().documents() {
        reading.iri(USED, &expression(names, tables.graph().at(document)))?;
    }
    let mut software = sink.subject(software, SOFTWARE)?;
    software.string(LABEL, &*format!("policygraph {version}"))?;
    if let Some((vocabularies, checksum)) = vocabularies {
        sink.subject(vocabularies, ENTITY)?.string(SHA256, &*checksum)?;
    }
    Ok(())
}

/// Returns the text of a document, as an expression of it.
pub(super) fn expression(names: Names<'_>, document: DocumentRef<'_>) -> NamedNode {
    names.named(&format!("expression:{}", document.key()))
}

/// Writes every node.
///
/// * `as_of`: day for which `eli:in_force` is given.
pub(super) fn write(
    graph: &Graph,
    names: Names<'_>,
    as_of: Option<Date>,
    sink: &mut Sink<'_>,
) -> io::Result<()> {
    for id in graph.documents() {
        document(graph.at(id), names, as_of, sink)?;
    }
    graph.sections().try_for_each(|id| section(graph, id, names, sink))?;
    graph.measures().try_for_each(|id| measure(graph, id, names, sink))?;
    for id in graph.agencies() {
        let mut agency = sink.subject(names.node(graph, id), ORGANIZATION)?;
        agency.chinese(LABEL, graph.at(id).name())?;
    }
    policies(graph, names, sink)?;
    products(graph, names, sink)?;
    for id in graph.regions() {
        let mut region = sink.subject(names.node(graph, id), AREA)?;
        region.chinese(LABEL, graph.at(id).name())?;
    }
    targets(graph, names, sink)?;
    deadlines(graph, names, sink)?;
    for id in graph.platforms() {
        let mut platform = sink.subject(names.node(graph, id), PLATFORM)?;
        platform.chinese(LABEL, graph.at(id).name())?;
    }
    Ok(())
}

fn document(
    document: DocumentRef<'_>,
    names: Names<'_>,
    as_of: Option<Date>,
    sink: &mut Sink<'_>,
) -> io::Result<()> {
    let (graph, record) = (document.graph(), document.record());
    let genre = document.genre();
    let class = if genre.is_report() { WORK } else { LEGAL_RESOURCE };
    let mut work = sink.subject(names.node(graph, document.id()), class)?;
    work.string(IDENTIFIER, document.key())?;
    work.chinese(LABEL, document.title().unwrap_or(document.key()))?;
    work.string(ID_LOCAL, document.number())?;
    work.iri(TYPE_DOCUMENT, &document_type(genre.name()))?;
    let dates = &record.dates;
    let printed =
        |date: &Option<crate::model::Found<PartialDate>>| date.as_ref().map(|date| date.value);
    work.date(DATE_DOCUMENT, DATE, printed(&dates.signed))?;
    work.date(DATE_PUBLICATION, DATE, printed(&dates.published))?;
    work.date(ADOPTED, ADOPTED, printed(&dates.adopted))?;
    work.date(FIRST_DATE, DATE, printed(&dates.effective))?;
    work.date(COMMENT_FROM, COMMENT_FROM, printed(&dates.comment_from))?;
    work.date(COMMENT_UNTIL, COMMENT_UNTIL, printed(&dates.comment_until))?;
    if let Some(expires) = &dates.expires {
        // A term that is counted gives the first day after it.
        let day = expires.value.date();
        let last =
            if expires.rule == Rule::Term { day.and_then(|day| day.yesterday().ok()) } else { day };
        work.day(LAST_DATE, last)?;
    }
    let status = as_of.map(|day| graph.as_of(day).status(document.id()));
    match status {
        Some(Status::InForce) => work.iri(IN_FORCE, IS_IN_FORCE)?,
        Some(Status::NotYet | Status::Draft | Status::Expired | Status::Repealed) => {
            work.iri(IN_FORCE, IS_NOT_IN_FORCE)?;
        }
        Some(Status::Unknown | Status::NotAnInstrument) | None => {}
    }
    for (class, ..) in document.classes() {
        work.chinese(RESPONSIBLE_CLASS, class)?;
    }

    let mut text = sink.subject(expression(names, document), EXPRESSION)?;
    text.iri(REALIZES, &names.node(graph, document.id()))?;
    text.iri(LANGUAGE, CHINESE)?;
    text.chinese(TITLE, document.title())?;
    text.string(SOURCE, record.origin.file.as_deref())?;
    text.string(SHA256, &*hex(&sha256(record.text.as_bytes())))?;
    text.chinese(TEXT, &*record.text)
}

fn section(graph: &Graph, id: SectionId, names: Names<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
    let section = graph.at(id);
    let mut part = sink.subject(names.node(graph, id), SUBDIVISION)?;
    part.chinese(LABEL, section.title())?;
    part.string(NUMBER, &*section.ordinal().to_string())?;
    let prose: Vec<&str> = section.prose().collect();
    if !prose.is_empty() {
        part.chinese(TEXT, &*prose.join("\n"))?;
    }
    section.classes().try_for_each(|(class, ..)| part.chinese(RESPONSIBLE_CLASS, class))
}

fn measure(graph: &Graph, id: MeasureId, names: Names<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
    let measure = graph.at(id);
    let mut part = sink.subject(names.node(graph, id), SUBDIVISION)?;
    part.string(IDENTIFIER, &*measure.key().to_string())?;
    part.chinese(LABEL, measure.title())?;
    part.string(NUMBER, &*measure.ordinal().to_string())?;
    part.chinese(TEXT, measure.text())?;
    measure.classes().try_for_each(|(class, ..)| part.chinese(RESPONSIBLE_CLASS, class))
}

fn policies(graph: &Graph, names: Names<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
    for id in graph.policies() {
        let policy = graph.at(id);
        let mut work = sink.subject(names.node(graph, id), LEGAL_RESOURCE)?;
        work.chinese(LABEL, policy.title())?;
        work.chinese(DCTERMS_TITLE, policy.title())?;
        policy.aliases().try_for_each(|alias| work.chinese(ALTERNATIVE, alias))?;
        work.string(ID_LOCAL, policy.number())?;
        work.iri(TYPE_DOCUMENT, &document_type(policy.kind().name()))?;
        work.date(DATE_DOCUMENT, DATE, policy.signed())?;
        work.date(DATE_PUBLICATION, DATE, policy.published())?;
    }
    for id in graph.articles() {
        let article = graph.at(id);
        let mut part = sink.subject(names.node(graph, id), SUBDIVISION)?;
        part.chinese(LABEL, article.heading())?;
        part.string(NUMBER, &*article.ordinal().to_string())?;
        article.key_terms().try_for_each(|term| part.chinese(KEY_TERM, term))?;
        part.string(BASIS, article.basis().name())?;
    }
    Ok(())
}

fn products(graph: &Graph, names: Names<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
    let scheme = names.named(PRODUCTS);
    sink.subject(scheme.clone(), SCHEME)?.chinese(LABEL, "产品类别")?;
    for id in graph.products() {
        let mut concept = sink.subject(names.node(graph, id), CONCEPT)?;
        concept.chinese(PREF_LABEL, graph.at(id).label())?;
        concept.iri(IN_SCHEME, &scheme)?;
    }
    Ok(())
}

fn targets(graph: &Graph, names: Names<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
    for id in graph.targets() {
        let (target, record) = (graph.at(id), graph.at(id).record());
        let mut fact = fact(sink, names.node(graph, id), TARGET, target.text())?;
        fact.chinese(QUANTITY, &*record.quantity)?;
        fact.string(COMPARATOR, record.comparator.name())?;
        fact.decimal(FROM_VALUE, record.from)?;
        fact.decimal(TO_VALUE, record.to)?;
        fact.chinese(UNIT, Some(&*record.unit).filter(|unit| !unit.is_empty()))?;
        fact.chinese(TIME_LIMIT, record.deadline.as_deref())?;
        fact.chinese(FREQUENCY, record.frequency.as_deref())?;
        fact.boolean(IS_CONDITION, record.condition)?;
    }
    Ok(())
}

fn deadlines(graph: &Graph, names: Names<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
    for id in graph.deadlines() {
        let (deadline, record) = (graph.at(id), graph.at(id).record());
        let mut fact = fact(sink, names.node(graph, id), DEADLINE, deadline.text())?;
        fact.day(DUE, record.by)?;
        if let Some(term) = &record.term {
            fact.integer(TERM, term.value)?;
            fact.chinese(TERM_UNIT, &*term.unit)?;
            fact.integer(TERM_FROM, term.from)?;
        }
        fact.string(ANCHOR, record.anchor.name())?;
        fact.boolean(IS_RECURRING, record.recurring)?;
        fact.chinese(TASK, deadline.task())?;
    }
    Ok(())
}

fn fact<'s, 'e>(
    sink: &'s mut Sink<'e>,
    name: NamedNode,
    class: NamedNodeRef<'_>,
    words: &str,
) -> io::Result<Subject<'s, 'e>> {
    let mut fact = sink.subject(name, class)?;
    fact.chinese(LABEL, words)?;
    Ok(fact)
}
