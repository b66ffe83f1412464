//! Typed walks against the list of all edges, and against naive searches.

use super::*;
use crate::corpus::Corpus;
use crate::error::Error;
use crate::graph::{Direction, EdgeKind, Node, NodeKind, fixture};
use crate::lexicon::Lexicon;
use crate::model::{Found, Genre, PartialDate, Provision, Record, Role, Rule};
use crate::read::read;
use crate::text::Span;
use crate::walk::{Edge, Step};
use jiff::civil::Date;
use once_cell::sync::Lazy;
use petgraph::visit::IntoEdgeReferences;
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

/// The fixture, the texts of a digest (news, drafts, notices), and a document whose
/// own provision has the facts of the fixture's first document and more, so that
/// each relation has edges.
fn graph() -> &'static Graph {
    static GRAPH: Lazy<Arc<Graph>> = Lazy::new(|| {
        let mut records = fixture::records();
        records.push(with_body(records[0].clone()));
        let digest = include_str!("../../../data/seeds/digest-2025-06.txt").lines();
        let digest = digest.filter(|line| !line.trim().is_empty()).enumerate();
        records
            .extend(digest.map(|(n, line)| read(Lexicon::builtin(), &format!("digest-{n}"), line)));
        records.into_iter().collect::<Corpus>().graph(Lexicon::builtin())
    });
    &GRAPH
}

fn with_body(mut record: Record) -> Record {
    fn found(name: &str) -> Found<String> {
        Found { value: name.to_owned(), span: Span::new(0, 3), rule: Rule::Head }
    }
    let mut body = Provision::default();
    for measure in record.measures.drain(..) {
        let provision = measure.provision;
        body.responsible.extend(provision.responsible);
        body.agencies.extend(provision.agencies);
        body.cites.extend(provision.cites);
        body.products.extend(provision.products);
        body.targets.extend(provision.targets);
        // Each binds the first target and the first duty only.
        body.deadlines.extend(provision.deadlines);
        body.platforms.extend(provision.platforms);
    }
    body.agencies.push(found("太原市市场监督管理局"));
    record.body = Some(body);
    record.key = "with-a-body".to_owned();
    record.title = Some(found("国务院办公厅关于全面加强药品监管能力建设的实施意见"));
    record.number = Some(found("国办发〔2021〕16号"));
    record.addressees = vec![found("山西省药品监督管理局")];
    record.repeals = record.implements.clone();
    record.genre = Genre::Notice;
    record.region = vec!["山西省".to_owned(), "重庆市".to_owned()];
    record.dates.signed = None;
    record.dates.published = Some(Found {
        value: PartialDate::month(2021, 5).unwrap(),
        span: Span::new(0, 3),
        rule: Rule::Head,
    });
    record
}

/// Every edge, in the order of the ids.
fn edges() -> &'static [Edge<'static>] {
    static EDGES: Lazy<Vec<Edge<'static>>> = Lazy::new(|| {
        let mut edges: Vec<Edge> = graph().edge_references().collect();
        edges.sort_by_key(|edge| edge.id);
        edges
    });
    &EDGES
}

/// Nodes of a kind, in any order, with repetitions.
fn some<T: TypedId>(picks: &[Index]) -> Vec<T> {
    let count = graph().node_count_of(T::KIND);
    picks.iter().map(|pick| T::from_index(pick.index(count))).collect()
}

/// The steps from a node over the edges of a kind to nodes of a kind.
fn naive(at: Node, kind: EdgeKind, to: NodeKind, direction: Direction) -> Vec<Step> {
    let graph = graph();
    let steps = edges().iter().filter(|edge| edge.kind() == kind).filter_map(|edge| {
        let (near, far) = match direction {
            Direction::Outgoing => (edge.source, edge.target),
            Direction::Incoming => (edge.target, edge.source),
        };
        let (near, node) = (graph.node_at(near), graph.node_at(far));
        let (edge, proof) = (edge.id, graph.proof(edge.id));
        (near == at).then_some(Step { kind, direction, node, edge, proof })
    });
    steps.filter(|step| step.node.kind() == to).collect()
}

/// Checks a hop with `next`, with `fold`, with `count` and with paths.
macro_rules! hop {
    ($starts:expr, $from:ident.$hop:ident $(::<$of:ident>)? -> $to:ident over $kind:expr, $direction:ident) => {{
        let (graph, starts): (_, Vec<$from>) = (graph(), $starts);
        let steps: Vec<(Node, Step)> = starts
            .iter()
            .map(|&id| Node::from(id))
            .flat_map(|start| {
                let steps = naive(start, $kind, $to::KIND, Direction::$direction);
                steps.into_iter().map(move |step| (start, step))
            })
            .collect();
        let ends: Vec<Node> = steps.iter().map(|(_, step)| step.node).collect();

        let walk = || graph.walk(starts.iter().copied()).$hop$(::<$of>)?();
        let found: Vec<Node> = walk().ids().map(Node::from).collect();
        assert_eq!(found, ends, "{} over {:?}", stringify!($hop), $kind);
        for given in [0, 1, ends.len() / 2, ends.len()] {
            let begun = || {
                let mut walk = walk();
                walk.by_ref().take(given).for_each(drop);
                walk
            };
            let mut rest = Vec::new();
            begun().for_each(|end| rest.push(end.node()));
            assert!(rest.iter().eq(ends.iter().skip(given)), "fold after next");
            assert_eq!(begun().count(), rest.len());
            let (lower, upper) = begun().size_hint();
            assert!(lower <= rest.len() && upper.is_none_or(|upper| rest.len() <= upper));
        }

        let paths_to: Vec<_> = graph.walk(starts.iter().copied()).with_paths().$hop$(::<$of>)?().collect();
        let paths: Vec<_> = paths_to
            .iter()
            .map(|reached| (reached.path().start, reached.path().steps[..].to_vec()))
            .collect();
        let expected: Vec<_> = steps.into_iter().map(|(start, step)| (start, vec![step])).collect();
        assert_eq!(paths, expected);
        assert!(paths_to.iter().map(|reached| reached.node()).eq(ends));
    }};
}

/// Every relation, from both ends.
macro_rules! relations {
    ($($kind:ident: $source:ident.$forward:ident, $target:ident.$backward:ident $(::<$of:ident>)?;)*) => {
        /// The relations that are checked.
        fn relations() -> BTreeSet<(EdgeKind, NodeKind, NodeKind)> {
            [$((EdgeKind::$kind, $source::KIND, $target::KIND),)*].into()
        }

        fn check_relations(picks: &[Index]) {
            $(hop!(some(picks), $source.$forward -> $target over EdgeKind::$kind, Outgoing);
            hop!(some(picks), $target.$backward $(::<$of>)? -> $source over EdgeKind::$kind, Incoming);)*
        }
    };
}

relations! {
    Contains: DocId.sections, SectionId.document;
    Contains: DocId.measures, MeasureId.document;
    Contains: SectionId.measures, MeasureId.section;
    IssuedBy: DocId.issuers, AgencyId.issued;
    AddressedTo: DocId.addressees, AgencyId.receives;
    SpeaksFor: DocId.regions, RegionId.documents;
    Implements: DocId.implements, PolicyId.implemented_by;
    Repeals: DocId.repeals, PolicyId.repealed_by;
    Responsible: MeasureId.responsible, AgencyId.duties;
    Responsible: DocId.responsible, AgencyId.duties_in::<DocId>;
    Responsible: SectionId.responsible, AgencyId.duties_in::<SectionId>;
    Mentions: SectionId.agencies, AgencyId.mentioned_in::<SectionId>;
    Cites: SectionId.cites, PolicyId.cited_in::<SectionId>;
    Covers: SectionId.products, ProductId.covered_in::<SectionId>;
    CommitsTo: SectionId.targets, TargetId.committed_in::<SectionId>;
    Uses: SectionId.platforms, PlatformId.used_in::<SectionId>;
    Mentions: MeasureId.agencies, AgencyId.mentioned_by;
    Mentions: DocId.agencies, AgencyId.mentioned_in::<DocId>;
    Cites: MeasureId.cites, PolicyId.cited_by;
    Cites: DocId.cites, PolicyId.cited_in::<DocId>;
    Covers: MeasureId.products, ProductId.covered_by;
    Covers: DocId.products, ProductId.covered_in::<DocId>;
    Covers: ArticleId.products, ProductId.covered_by_articles;
    CommitsTo: MeasureId.targets, TargetId.measure;
    CommitsTo: DocId.targets, TargetId.committed_in::<DocId>;
    Sets: SectionId.deadlines, DeadlineId.set_in::<SectionId>;
    Sets: MeasureId.deadlines, DeadlineId.measure;
    Sets: DocId.deadlines, DeadlineId.set_in::<DocId>;
    Binds: DeadlineId.targets, TargetId.deadlines;
    Binds: DeadlineId.agencies, AgencyId.deadlines;
    Uses: MeasureId.platforms, PlatformId.used_by;
    Uses: DocId.platforms, PlatformId.used_in::<DocId>;
    Broader: ProductId.broader, ProductId.narrower;
    BelongsTo: AgencyId.region, RegionId.agencies;
    Within: RegionId.within, RegionId.divided_into;
    Superior: AgencyId.superior, AgencyId.subordinates;
    National: AgencyId.national_counterpart, AgencyId.local_counterparts;
    Consists: PolicyId.articles, ArticleId.policy;
    CorrespondsTo: MeasureId.articles, ArticleId.carried_out_by;
    TextIn: PolicyId.text_in, DocId.policy;
}

#[test]
fn every_relation_is_checked() {
    let kind = |node| graph().node_at(node).kind();
    let found: BTreeSet<_> =
        edges().iter().map(|edge| (edge.kind(), kind(edge.source), kind(edge.target))).collect();
    assert_eq!(relations(), found);
}

/// The node and the nodes that `step` leads to, level by level.
fn naive_levels<T: TypedId>(start: T, max: usize, step: impl Fn(T) -> Vec<T>) -> Vec<(T, usize)> {
    let mut found = vec![(start, 0)];
    for depth in 1..=max {
        let level: Vec<T> =
            found.iter().filter(|(_, at)| *at == depth - 1).map(|(id, _)| *id).collect();
        for next in level.into_iter().flat_map(&step) {
            if found.iter().all(|(id, _)| *id != next) {
                found.push((next, depth));
            }
        }
    }
    found
}

/// Returns true if `id` is `above` or `ups` lead to it.
fn below<T: TypedId>(id: T, above: T, ups: impl Fn(T) -> Vec<T>) -> bool {
    naive_levels(id, 9, ups).iter().any(|(id, _)| *id == above)
}

fn colleagues(agency: AgencyId) -> Vec<AgencyId> {
    let measures = graph().duties(agency).iter();
    measures.flat_map(|&measure| graph().responsible(measure)).copied().collect()
}

/// Asserts that a walk finds these nodes, in this order.
#[track_caller]
fn check<T: TypedId>(found: impl Iterator<Item = T>, expected: impl Iterator<Item = T>) {
    assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}

fn days(date: PartialDate) -> Vec<Date> {
    let first = date.first_day();
    let last = date.date().unwrap_or_else(|| first.last_of_month());
    first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last).collect()
}

fn holds(range: &(Bound<PartialDate>, Bound<PartialDate>), day: Date) -> bool {
    let begun = match range.0 {
        Bound::Included(from) => days(from).iter().any(|from| *from <= day),
        Bound::Excluded(from) => days(from).iter().all(|from| *from < day),
        Bound::Unbounded => true,
    };
    let over = match range.1 {
        Bound::Included(to) => days(to).iter().all(|to| *to < day),
        Bound::Excluded(to) => days(to).iter().any(|to| *to <= day),
        Bound::Unbounded => false,
    };
    begun && !over
}

/// A bound near the dates of the fixture, to the day or to the month.
fn bound() -> impl Strategy<Value = Bound<PartialDate>> {
    let dates: Vec<PartialDate> = fixture::records()
        .into_iter()
        .flat_map(|record| [record.dates.signed, record.dates.published])
        .flatten()
        .map(|date| date.value)
        .chain(PartialDate::month(2021, 5))
        .collect();
    (prop::sample::select(dates), -1_i64..=1, any::<bool>(), 0..5).prop_map(
        |(date, later, month, bound)| {
            let day = date.first_day() + jiff::Span::new().days(later);
            let date = match month {
                true => PartialDate::month(day.year(), day.month()).unwrap(),
                false => day.into(),
            };
            match bound {
                0 => Bound::Unbounded,
                1 | 2 => Bound::Included(date),
                _ => Bound::Excluded(date),
            }
        },
    )
}

fn picks() -> impl Strategy<Value = Vec<Index>> {
    prop::collection::vec(any::<Index>(), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_hop_follows_the_edges_of_its_relation(picks in picks()) {
        check_relations(&picks);
    }
}

proptest! {
    #[test]
    fn in_region_includes_regions_within(picks in picks(), region: Index) {
        let graph = graph();
        let region: RegionId = some(&[region])[0];
        let up = |id| graph.within(id).to_vec();
        let is_in = |document: DocId| {
            let issuers = graph.issued_by(document).iter();
            let of_issuers = issuers.flat_map(|&issuer| graph.belongs_to(issuer));
            let regions = graph.speaks_for(document).iter().chain(of_issuers);
            regions.copied().any(|of| below(of, region, up))
        };

        let documents: Vec<DocId> = some(&picks);
        let walk = graph.walk(documents.clone()).in_region(region).ids();
        check(walk, documents.into_iter().filter(|&id| is_in(id)));
        let measures: Vec<MeasureId> = some(&picks);
        let walk = graph.walk(measures.clone()).in_region(graph.at(region).name()).unwrap().ids();
        check(walk, measures.into_iter().filter(|&id| is_in(graph.document_of(id))));
        let agencies: Vec<AgencyId> = some(&picks);
        let walk = graph.walk(agencies.clone()).in_region(graph.at(region)).ids();
        let lies = |&id: &AgencyId| graph.belongs_to(id).iter().any(|&of| below(of, region, up));
        check(walk, agencies.into_iter().filter(lies));
    }

    #[test]
    fn on_includes_narrower_products(picks in picks(), product: Index) {
        let graph = graph();
        let product: ProductId = some(&[product])[0];
        let named = |labels: &[ProductId]| {
            labels.iter().any(|&label| below(label, product, |id| graph.broader(id).to_vec()))
        };

        let measures: Vec<MeasureId> = some(&picks);
        let walk = graph.walk(measures.clone()).on(product).ids();
        check(walk, measures.into_iter().filter(|&id| named(graph.covers(id))));
        let documents: Vec<DocId> = some(&picks);
        let walk = graph.walk(documents.clone()).on(graph.at(product)).ids();
        check(walk, documents.into_iter().filter(|&id| named(graph.covers(id))));
        let articles: Vec<ArticleId> = some(&picks);
        let walk = graph.walk(articles.clone()).on(graph.at(product).label()).unwrap().ids();
        check(walk, articles.into_iter().filter(|&id| named(graph.article_covers(id))));
    }

    #[test]
    fn a_date_is_in_a_range_if_all_its_days_are(picks in picks(), range in (bound(), bound())) {
        let graph = graph();
        let dated = |id: &DocId| {
            let dates = &graph.at(*id).record().dates;
            let date = dates.signed.clone().or(dates.published.clone());
            date.is_some_and(|date| days(date.value).into_iter().all(|day| holds(&range, day)))
        };
        let documents: Vec<DocId> = some(&picks);
        let walk = graph.walk(documents.clone()).dated(range).ids();
        check(walk, documents.into_iter().filter(dated));
        let sections: Vec<SectionId> = some(&picks);
        let walk = graph.walk(sections.clone()).dated(range).ids();
        check(walk, sections.into_iter().filter(|&id| dated(&graph.at(id).document().id())));
    }

    #[test]
    fn a_genre_is_that_of_the_document(picks in picks()) {
        let graph = graph();
        for genre in [Genre::Measures, Genre::Draft, Genre::Notice, Genre::News] {
            let targets: Vec<TargetId> = some(&picks);
            let walk = graph.walk(targets.clone()).of_genre(genre).ids();
            let of = |id: &TargetId| graph.at(*id).document().genre() == genre;
            check(walk, targets.into_iter().filter(of));
        }
    }

    #[test]
    fn distinct_keeps_the_first_occurrence(picks in picks()) {
        let measures: Vec<MeasureId> = some(&picks);
        let all: Vec<AgencyId> =
            measures.iter().flat_map(|&id| graph().responsible(id)).copied().collect();
        let first = (0..all.len()).filter(|&at| !all[..at].contains(&all[at])).map(|at| all[at]);
        check(graph().walk(measures).responsible().distinct().ids(), first);
    }

    #[test]
    fn counts_are_ordered_by_count_then_by_id(picks in picks()) {
        let measures: Vec<MeasureId> = some(&picks);
        let mut times: BTreeMap<ProductId, usize> = BTreeMap::new();
        for &product in measures.iter().flat_map(|&id| graph().covers(id)) {
            *times.entry(product).or_default() += 1;
        }
        let mut expected: Vec<(ProductId, usize)> = times.into_iter().collect();
        expected.sort_by_key(|(_, times)| std::cmp::Reverse(*times)); // stable
        let counts = graph().walk(measures).products().counts();
        let counts: Vec<_> = counts.into_iter().map(|(node, times)| (node.id(), times)).collect();
        assert_eq!(counts, expected);
    }

    #[test]
    fn groups_are_in_the_order_of_first_occurrence(picks in picks()) {
        let graph = graph();
        let measures: Vec<MeasureId> = some(&picks);
        let mut expected: Vec<(RegionId, Vec<MeasureId>)> = Vec::new();
        for &measure in &measures {
            for region in graph.at(measure).document().regions().map(|region| region.id()) {
                match expected.iter_mut().find(|(of, _)| *of == region) {
                    Some((_, group)) => group.push(measure),
                    None => expected.push((region, vec![measure])),
                }
            }
        }
        let groups = graph.walk(measures).by_region();
        let groups: Vec<_> = groups
            .into_iter()
            .map(|(region, of)| (region.id(), of.iter().map(|measure| measure.id()).collect()))
            .collect();
        assert_eq!(groups, expected);
    }

    #[test]
    fn a_document_and_an_agency_group_their_measures(picks in picks()) {
        let graph = graph();
        let measures: Vec<MeasureId> = some(&picks);
        let by_document = graph.walk(measures.clone()).by_document();
        prop_assert_eq!(by_document.values().map(Vec::len).sum::<usize>(), measures.len());
        for (document, group) in by_document {
            let own = measures.iter().filter(|&&id| graph.document_of(id) == document.id());
            check(group.iter().map(|measure| measure.id()), own.copied());
        }
        let by_agency = graph.walk(measures.clone()).by_agency();
        let agencies = graph.walk(measures.clone()).responsible().distinct();
        check(by_agency.keys().map(|agency| agency.id()), agencies.ids());
        for (agency, group) in by_agency {
            let duties = graph.duties(agency.id());
            let own = measures.iter().filter(|id| duties.contains(id));
            check(group.iter().map(|measure| measure.id()), own.copied());
        }
    }

    #[test]
    fn a_hop_by_role_follows_the_edges_of_that_role(picks in picks()) {
        let graph = graph();
        let measures: Vec<MeasureId> = some(&picks);
        for roles in [vec![Role::Sole], vec![Role::Lead, Role::Joint], vec![]] {
            let expected = measures.iter().flat_map(|&id| {
                let edges = graph.responsible(id).iter().zip(graph.roles(id));
                edges.filter(|(_, role)| roles.contains(role)).map(|(&agency, _)| agency)
            });
            let walk = || graph.walk(measures.clone());
            check(walk().responsible_as(roles.iter().copied()).ids(), expected);
            let reached: Vec<_> =
                walk().with_paths().responsible_as(roles.iter().copied()).collect();
            check(
                walk().responsible_as(roles.iter().copied()).ids(),
                reached.iter().map(|reached| reached.id()),
            );
            reached.iter().for_each(|reached| check_path(&reached.path()));

            let agencies: Vec<AgencyId> = some(&picks);
            let expected = agencies.iter().flat_map(|&agency| {
                graph.at(agency).duties().filter(|(_, role, _)| roles.contains(role))
            });
            let expected = expected.map(|(measure, ..)| measure.id());
            let walk = graph.walk(agencies.iter().copied());
            check(walk.duties_as(roles.iter().copied()).ids(), expected);
        }
    }

    #[test]
    fn repeat_is_breadth_first_from_each_start(picks in picks(), max in 0_usize..4) {
        let graph = graph();
        let agencies: Vec<AgencyId> = some(&picks);
        let near = agencies.iter().flat_map(|&id| naive_levels(id, max, colleagues));
        let near: Vec<(AgencyId, usize)> = near.collect();

        let walk = graph.walk(agencies.clone()).repeat(max, |walk| walk.duties().responsible());
        check(walk.ids(), near.iter().map(|(id, _)| *id));
        let paths_to = graph.walk(agencies).with_paths();
        let paths_to: Vec<_> =
            paths_to.repeat(max, |walk| walk.duties().responsible()).collect();
        // A shortest path: two edges for each repetition.
        let lengths = paths_to.iter().map(|reached| (reached.id(), reached.path().steps.len()));
        assert!(lengths.eq(near.iter().map(|&(id, times)| (id, 2 * times))));
        for path in paths_to.iter().map(|reached| reached.path()) {
            check_path(&path);
        }

        let products: Vec<ProductId> = some(&picks);
        let below = |id| naive_levels(id, max, |id| graph.narrower(id).to_vec());
        let below = products.iter().flat_map(|&id| below(id)).map(|(id, _)| id);
        check(graph.walk(products.clone()).repeat(max, |walk| walk.narrower()).ids(), below);
    }

    #[test]
    fn a_walk_with_paths_reaches_the_same_nodes(picks in picks()) {
        let graph = graph();
        let documents: Vec<DocId> = some(&picks);
        macro_rules! walk {
            ($start:expr) => {
                {
                    let measures = $start.measures().on("药品").unwrap();
                    measures.responsible().except("山西省药品监督管理局").unwrap().region()
                }
            };
        }
        let paths_to: Vec<_> = walk!(graph.walk(documents.clone()).with_paths()).collect();
        check(walk!(graph.walk(documents)).ids(), paths_to.iter().map(|reached| reached.id()));
        for reached in paths_to {
            let path = reached.path();
            check_path(&path);
            assert_eq!(path.steps.len(), 3);
            assert_eq!(path.nodes().next_back(), Some(reached.node()));
        }
    }
}

/// Asserts that each step is an edge of the node before it.
fn check_path(path: &crate::walk::Path) {
    for (at, step) in path.nodes().zip(&path.steps) {
        assert!(graph().steps(at).any(|other| other == *step), "{at:?} {step:?}");
    }
}

#[test]
fn a_filter_by_an_unknown_name_is_an_error_with_the_nearest_names() {
    fn error<W>(filtered: Result<W, Error>) -> String {
        filtered.err().expect("unknown").to_string()
    }

    let graph = graph();
    let measures = || graph.walk(graph.measures());
    assert!(error(measures().on("疫苖")).contains("疫苗"));
    assert!(error(measures().in_region("山酉省")).contains("山西省"));
    assert!(error(measures().except("sx-2025/0")).contains("sx-2025/0"));
    assert!(
        error(measures().responsible().except("山西省药监督管理局"))
            .contains("山西省药品监督管理局")
    );

    assert_eq!(measures().except("sx-2025/1").unwrap().count() + 1, graph.measures().len());
}

#[test]
fn a_filter_reads_a_name_by_the_rules_of_the_vocabularies() {
    let graph = graph();
    let measures = || graph.walk(graph.measures());
    let shanxi = measures().in_region("山西").unwrap().ids();
    check(shanxi, measures().in_region("山西省").unwrap().ids());
    let others = measures().responsible().except("山西省药监局").unwrap().ids();
    check(others, measures().responsible().except("山西省药品监督管理局").unwrap().ids());
}

#[test]
fn a_city_document_is_in_the_city_and_its_province() {
    let text = "太原市市场监督管理局关于优化服务的若干措施\n一、加快审评。";
    let city = read(Lexicon::builtin(), "city", text);
    let graph = fixture::records().into_iter().chain([city]).collect::<Corpus>();
    let graph = { graph }.graph(Lexicon::builtin());
    let keys = |region: &str| -> Vec<&str> {
        let documents = graph.walk(graph.documents()).in_region(region).unwrap();
        documents.map(|document| document.key()).collect()
    };
    assert_eq!(keys("太原市"), ["city"]);
    assert!(keys("山西省").contains(&"city") && keys("山西省").contains(&"sx-2025"));
    assert!(!keys("内蒙古自治区").contains(&"city"));
}

#[test]
fn a_long_path_is_dropped_without_recursion() {
    let graph = graph();
    let agency = graph.agencies().next().unwrap();
    let edge = edges()[0].id;
    let mut reached = PathTo::new(graph, agency);
    for _ in 0..300_000 {
        let step = |id| once((id, edge));
        reached = Position::hop(reached, Direction::Outgoing, hops::RowSlice::new(&[], 0..0), step)
            .next()
            .unwrap();
    }
    assert_eq!(reached.path().steps.len(), 300_000);
}
