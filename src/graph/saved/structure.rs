//! Checks of loaded graphs: the edges to parts of documents and policies, which tables hold too.

use crate::error::{Error, ErrorKind};
use crate::graph::Graph;
use crate::graph::ids::{DeadlineId, Id, MeasureId, SectionId, TargetId};
use crate::graph::provider::ProviderId;
use crate::graph::tables::{ArticleRow, FactRow, Tables};

/// Returns an error if the edges from a document to its chapters and measures, from a chapter to
/// its measures, from a provision to its targets and deadlines, or from a policy to its articles are not those of
/// the tables, or if the articles of a policy do not ascend. O(parts).
pub(super) fn check(file: &str, graph: &Graph) -> Result<(), Error> {
    let wrong = |parts: &str| {
        let message =
            format!("the edges to {parts} differ from the records; save it again, or use a backup");
        Err(Error::new(ErrorKind::Corrupt, file, message))
    };
    let (tables, edges) = (&graph.tables, &graph.edges);
    if !edges.parts.document_section.pairs().eq(graph
        .documents()
        .flat_map(|id| tables.sections.of(id).map(move |section| (id, section))))
    {
        return wrong("chapters");
    }
    if !edges.parts.document_measure.pairs().eq(graph
        .documents()
        .flat_map(|id| tables.measures.of(id).map(move |measure| (id, measure))))
    {
        return wrong("measures");
    }
    let in_chapter = |measure| edges.parts.section_measure.sources(measure).iter().copied();
    if !graph.measures().all(|id| in_chapter(id).eq(chapter(tables, id))) {
        return wrong("the measures of chapters");
    }
    let (measures, sections) = (&edges.measure_provisions, &edges.section_provisions);
    let documents = &edges.document_provisions;
    let targets = &tables.targets;
    if !measures.commits_to.pairs().eq(facts::<_, TargetId>(targets, ProviderId::measure))
        || !documents.commits_to.pairs().eq(facts::<_, TargetId>(targets, ProviderId::document))
        || !sections.commits_to.pairs().eq(facts::<_, TargetId>(targets, ProviderId::section))
    {
        return wrong("targets");
    }
    let deadlines = &tables.deadlines;
    if !measures.sets.pairs().eq(facts::<_, DeadlineId>(deadlines, ProviderId::measure))
        || !documents.sets.pairs().eq(facts::<_, DeadlineId>(deadlines, ProviderId::document))
        || !sections.sets.pairs().eq(facts::<_, DeadlineId>(deadlines, ProviderId::section))
    {
        return wrong("deadlines");
    }
    let ascends = |one: &ArticleRow, next: &ArticleRow| {
        (one.policy, one.ordinal) < (next.policy, next.ordinal)
    };
    let articles = graph.articles().map(|id| (tables.articles[id.index()].policy, id));
    if !edges.vocabulary.consists.pairs().eq(articles) || !tables.articles.is_sorted_by(ascends) {
        return wrong("articles");
    }
    Ok(())
}

/// Returns the chapter that contains a measure.
fn chapter(tables: &Tables, measure: MeasureId) -> Option<SectionId> {
    let document = tables.measures.document(measure);
    let chapter = tables.record(document).chapter_of(tables.measure(measure))?;
    tables.sections.at(document, chapter)
}

/// Returns the targets or deadlines of the providers of one kind, with their providers.
fn facts<P, I: Id>(
    rows: &[FactRow],
    of_kind: impl Fn(ProviderId) -> Option<P>,
) -> impl Iterator<Item = (P, I)> {
    let rows = rows.iter().enumerate();
    rows.filter_map(move |(id, row)| Some((of_kind(row.provider)?, I::from_index(id))))
}
