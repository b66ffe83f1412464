//! Tests on the graph of real records: the facts can be checked in data/seeds.

use super::*;
use crate::corpus::Corpus;
use crate::lexicon::Lexicon;
use crate::model::{Genre, PartialDate, Record, Role};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

fn graph_of(records: impl IntoIterator<Item = Record>) -> Arc<Graph> {
    records.into_iter().collect::<Corpus>().graph(Lexicon::builtin())
}

fn graph() -> Arc<Graph> {
    graph_of(fixture::records())
}

#[test]
fn graphs_are_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Graph>();
    shared::<Corpus>();
}

#[test]
fn every_quote_is_a_slice_of_its_document() {
    let graph = graph();
    let proofs =
        (0..graph.edges.proofs.len()).map(EdgeId::from_index).map(|edge| graph.proof(edge));
    let mut read = 0;
    for evidence in proofs.filter_map(Proof::evidence) {
        let text = &graph.at(evidence.document).record().text;
        assert!(!graph.quote(evidence).trim().is_empty());
        assert!(evidence.span.end as usize <= text.len());
        read += 1;
    }
    assert!(read > 500, "{read}");
}

#[test]
fn evidence_of_a_measure_is_within_its_text() {
    let graph = graph();
    for measure in graph.measures().map(|id| graph.at(id)) {
        let span = measure.record().span;
        for (agency, _, evidence) in measure.responsible() {
            assert!(
                span.start <= evidence.span.start && evidence.span.end <= span.end,
                "{agency:?}"
            );
            assert_eq!(evidence.document, measure.document().id());
        }
    }
}

#[test]
fn roles_and_duties_agree() {
    let graph = graph();
    let forward: BTreeSet<_> = graph
        .measures()
        .flat_map(|measure| {
            graph.at(measure).responsible().map(move |(a, r, e)| (a.id(), measure, r, e))
        })
        .collect();
    let backward: BTreeSet<_> = graph
        .agencies()
        .flat_map(|agency| graph.at(agency).duties().map(move |(m, r, e)| (agency, m.id(), r, e)))
        .collect();
    assert!(forward.len() > 70);
    assert_eq!(forward, backward);
    for measure in graph.measures() {
        assert_eq!(graph.responsible(measure).len(), graph.roles(measure).len());
    }
}

#[test]
fn responsible_agencies_are_in_printed_order() {
    // (省药监局、省卫生健康委、省科技厅、省工信厅、… 按职责分工负责)
    let graph = graph();
    let names: Vec<_> = graph
        .measure("sx-2025/4")
        .unwrap()
        .responsible()
        .map(|(_, role, evidence)| (graph.quote(evidence), role))
        .take(3)
        .collect();
    let joint = Role::Joint;
    assert_eq!(names, [("省药监局", joint), ("省卫生健康委", joint), ("省科技厅", joint)]);
}

#[test]
fn a_measure_has_the_chapter_that_contains_it() {
    let graph = graph();
    let measure = graph.measure("sx-2025/8").unwrap();
    let section = measure.section().unwrap();
    assert_eq!((section.ordinal(), section.title()), (2, "提高药品医疗器械审评审批质效"));
    assert!(section.measures().any(|other| other == measure));
    assert_eq!(section.document(), measure.document());
}

#[test]
fn a_document_without_measures_is_a_provider() {
    // News: 四川省药监局会同重庆市药监局 …
    let graph = graph();
    let news = graph.document("sc-cq-community").unwrap();
    assert_eq!((news.genre(), news.measures().len()), (Genre::News, 0));
    let roles: Vec<_> = news.responsible().map(|(agency, role, _)| (agency.name(), role)).collect();
    let expected = [("四川省药品监督管理局", Role::Lead), ("重庆市药品监督管理局", Role::Support)];
    assert_eq!(roles, expected);
    let parent = graph.policy("国办发〔2024〕53号").unwrap();
    assert!(news.cites().any(|cited| cited.to() == parent));
    assert_eq!(graph.cited_in::<DocId>(parent.id()), [news.id()]);
    assert!(graph.cited_by(parent.id()).is_empty());
}

#[test]
fn a_correspondence_is_derived() {
    let graph = graph();
    let article = graph.measure("sx-2025/18").unwrap().articles().next().unwrap();
    assert_eq!((article.ordinal(), article.basis()), (12, Basis::Text));
    assert!(
        matches!(article.proof(), Proof::Derived { method: Method::Wording, score } if score > 0.5)
    );
    assert_eq!(article.quote(), None);
    // 2022 comes before the parent: nothing of it can correspond.
    let earlier = graph.document("nm-2022-26").unwrap();
    assert!(earlier.measures().all(|measure| measure.articles().len() == 0));
}

/// A record with this title, number and date.
fn with_head(key: &str, title: &str, number: Option<&str>, signed: &str) -> Record {
    let mut record = fixture::records().remove(0);
    let span = record.title.as_ref().unwrap().span;
    let found = |value: &str| {
        Some(crate::model::Found { value: value.to_owned(), span, rule: crate::model::Rule::Head })
    };
    record.key = key.to_owned();
    record.title = found(title);
    record.number = number.and_then(found);
    record.genre = Genre::Notice;
    record.implements.clear();
    record.measures.clear();
    let date = PartialDate::try_from(signed.to_owned()).unwrap();
    record.dates.signed =
        Some(crate::model::Found { value: date, span, rule: crate::model::Rule::Head });
    record
}

#[test]
fn a_cited_policy_is_linked_to_its_text_by_number() {
    let title = "国务院办公厅关于全面加强药品监管能力建设的实施意见";
    let text = with_head("parent", title, Some("国办发〔2021〕16号"), "2021-04-27");
    let graph = graph_of(fixture::records().into_iter().chain([text]));
    let policy = graph.policy("国办发〔2021〕16号").unwrap();
    let found = policy.text_in().next().unwrap();
    assert_eq!(found.key(), "parent");
    assert_eq!(found.proof(), Proof::Derived { method: Method::SameNumber, score: 1.0 });
    assert_eq!(found.policy(), Some(policy));
    assert_eq!(policy.signed(), PartialDate::day(2021, 4, 27));
    assert_eq!(graph.notes(), []);
}

#[test]
fn a_document_older_than_its_parent_gets_a_note() {
    let title = "国务院办公厅关于全面加强药品监管能力建设的实施意见";
    let text = with_head("parent", title, Some("国办发〔2021〕16号"), "2023-04-27");
    let mut child = fixture::records().remove(0);
    let signed = with_head("", "", None, "2022-03").dates.signed;
    child.dates.signed = signed;
    let graph = graph_of([child, text]);
    let [note] = graph.notes() else { panic!("{:?}", graph.notes()) };
    assert_eq!(graph.at(note.document).key(), "nm-2022-26");
    assert!(note.message.contains("dated 2022-03, before 国务院办公厅关于全面加强"), "{note:?}");
    // The edge stays.
    assert_eq!(graph.document("nm-2022-26").unwrap().implements().len(), 1);
}

#[test]
fn the_graph_of_no_documents_has_the_outlines() {
    let graph = graph_of([]);
    let policy = graph.policy("国办发〔2024〕53号").unwrap();
    assert_eq!(policy.articles().count(), 24);
    assert_eq!(policy.implemented_by().len(), 0);
    assert!(graph.document("sx-2025").is_none());
}

#[test]
fn keys_are_parsed_strictly() {
    let graph = graph();
    for key in
        ["sx-2025", "sx-2025/", "sx-2025/0", "sx-2025/29", "sx-2025/+8", "sx-2025/08", "/1", ""]
    {
        assert!(graph.measure(key).is_none(), "{key}");
    }
    for measure in graph.measures().map(|id| graph.at(id)) {
        assert_eq!(graph.measure(&measure.key().to_string()), Some(measure));
    }
}

#[test]
fn a_policy_is_found_by_its_names() {
    let graph = graph();
    for policy in graph.policies().map(|id| graph.at(id)) {
        for name in policy.number().into_iter().chain([policy.title()]) {
            assert_eq!(graph.policy(name), Some(policy), "{name}");
        }
        for alias in policy.aliases() {
            // 生产质量管理规范 names drugs and devices: it is ambiguous.
            assert!(graph.policy(alias).is_none_or(|found| found == policy), "{alias}");
        }
    }
    assert_eq!(graph.policy("GMP").map(|policy| policy.title()), Some("药品生产质量管理规范"));
    assert_eq!(graph.policy("生产质量管理规范"), None);
    assert_eq!(graph.policy("国办发〔1999〕1号"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn any_order_of_insertion_gives_the_same_graph(
        records in Just(fixture::records()).prop_shuffle(),
    ) {
        prop_assert!(graph_of(records) == graph());
    }
}

/// A change of a corpus.
#[derive(Clone, Debug)]
enum Change {
    /// Inserts a variant of the record at this position.
    Insert(usize, usize),
    Remove(usize),
    /// Assembles the graph.
    Assemble,
}

/// A record of the fixture, or a variant in which names, citations and heads coincide in other
/// ways.
fn variant(place: usize, variant: usize) -> Record {
    let mut records = fixture::records();
    let other = (place + variant) % records.len();
    let [title, number] = [records[other].title.clone(), records[other].number.clone()];
    let other_cites: Vec<_> = records[other].implements.clone();
    let mut record = records.swap_remove(place);
    match variant {
        1 => record.title = title,
        2 => record.number = number,
        3 => record.implements.clear(),
        4 => record.measures.truncate(2),
        5 => record.genre = Genre::Notice,
        6 => {
            // The same number, cited by another title.
            for citation in &mut record.implements {
                citation.title = citation.title.replace("关于", "有关");
            }
            record.dates = Default::default();
        }
        7 => {
            let spans = record.implements.first().map(|citation| (citation.span, citation.rule));
            record.implements.extend(other_cites.into_iter().filter_map(|citation| {
                let (span, rule) = spans?;
                Some(crate::model::Citation { span, rule, number: None, ..citation })
            }));
        }
        _ => {}
    }
    record
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let places = 0..fixture::records().len();
    let change = prop_oneof![
        4 => (places.clone(), 0..9_usize).prop_map(|(place, variant)| Change::Insert(place, variant)),
        1 => places.prop_map(Change::Remove),
        3 => Just(Change::Assemble),
    ];
    prop::collection::vec(change, 1..16)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn replaying_changes_gives_the_graph_of_assembling_anew(changes in changes()) {
        let lexicon = Lexicon::builtin();
        let mut corpus = Corpus::new();
        for change in changes.into_iter().chain([Change::Assemble]) {
            match change {
                Change::Insert(place, other) => _ = corpus.insert(variant(place, other)),
                Change::Remove(place) => _ = corpus.remove(&fixture::records()[place].key),
                Change::Assemble => {
                    let mut anew: Corpus = corpus.iter().cloned().collect();
                    prop_assert!(*corpus.graph(lexicon) == *anew.graph(lexicon));
                }
            }
        }
    }
}

#[test]
fn an_unchanged_graph_is_shared_after_many_removals() {
    let mut corpus: Corpus = fixture::records().into_iter().collect();
    corpus.graph(Lexicon::builtin());
    for record in &fixture::records()[1..] {
        corpus.remove(&record.key);
    }
    let graph = corpus.graph(Lexicon::builtin());
    assert!(Arc::ptr_eq(&graph, &corpus.graph(Lexicon::builtin())));
}

#[test]
fn documents_with_one_title_are_two_policies() {
    let title = "关于印发《关于优化审评的若干措施》的通知";
    let span = fixture::records()[0].title.as_ref().unwrap().span;
    let issued = |key: &str, issuer: &str| {
        let mut record = with_head(key, title, None, "2024-01-01");
        let value = issuer.to_owned();
        record.issuers = vec![crate::model::Found { value, span, rule: crate::model::Rule::Head }];
        record
    };
    let mut citing = with_head("citing", "", None, "2025-01-01");
    citing.title = None;
    citing.implements = ["国家药监局", "国家医保局"]
        .map(|issuer| crate::model::Citation {
            title: format!("{issuer}关于优化审评的若干措施"),
            number: None,
            kind: crate::model::InstrumentKind::Policy,
            span,
            rule: crate::model::Rule::BookTitle,
        })
        .to_vec();
    let issuers = ["国家药品监督管理局", "国家医疗保障局"];
    let graph = graph_of([issued("a", issuers[0]), issued("b", issuers[1]), citing]);
    let cited: Vec<_> = graph.document("citing").unwrap().implements().collect();
    assert_eq!(cited.len(), 2);
    assert!(cited.iter().all(|hop| hop.text_in().len() == 1));
    assert_ne!(cited[0].title(), cited[1].title());
    assert!(cited.iter().all(|hop| graph.policy(hop.title()) == Some(hop.to())));
}

#[test]
fn another_lexicon_makes_another_graph() {
    let more = r#"{"entries": [{"label": "放射性药品", "broader": ["药品"]}]}"#;
    let other = Lexicon::builtin().with(crate::Vocabulary::Products, more).unwrap();
    let mut corpus: Corpus = fixture::records().into_iter().collect();
    let graph = corpus.graph(Lexicon::builtin());
    assert!(graph.product("放射性药品").is_none());
    assert!(corpus.graph(&other).product("放射性药品").is_some());
    assert!(corpus.graph(&other.clone()).product("放射性药品").is_some());
    assert!(*corpus.graph(Lexicon::builtin()) == *graph);
}

#[test]
fn a_graph_without_changes_is_shared() {
    let mut corpus: Corpus = fixture::records().into_iter().collect();
    let graph = corpus.graph(Lexicon::builtin());
    assert!(Arc::ptr_eq(&graph, &corpus.graph(Lexicon::builtin())));
    let mut copy = corpus.clone();
    assert!(Arc::ptr_eq(&graph, &copy.graph(Lexicon::builtin())));
    copy.remove("sx-2025");
    assert!(copy.graph(Lexicon::builtin()).document("sx-2025").is_none());
    assert!(Arc::ptr_eq(&graph, &corpus.graph(Lexicon::builtin())));
}

#[test]
fn replacing_a_record_changes_the_graph() {
    let mut corpus: Corpus = fixture::records().into_iter().collect();
    let before = corpus.graph(Lexicon::builtin());
    let taken = corpus.remove("sx-2025").unwrap();
    assert!(corpus.graph(Lexicon::builtin()) != before);
    assert_eq!(corpus.insert(taken), None);
    assert!(corpus.graph(Lexicon::builtin()) == before);
}

#[test]
fn an_id_of_another_graph_panics_with_a_message_that_says_so() {
    fn check<T>(expected: &str, call: impl FnOnce() -> T) {
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(call())));
        let panic = panic.expect_err("the id is of another graph");
        let message = panic.downcast_ref::<String>().expect("the message has figures");
        let end = ": an id is valid only in the graph that returned it";
        assert_eq!(*message, format!("{expected}{end}"));
    }
    let (graph, other) = (graph(), graph_of([]));
    let document = DocId::from_index(3);
    let measure = MeasureId::from_index(40);
    let policies = other.policies().len();
    let policy = PolicyId::from_index(policies + 2);
    let (node, edge) = (NodeId::from_index(9000), EdgeId::from_index(9000));
    let no_measures = "measure 40 is not in this graph, which has 0 measures";
    let no_documents = "document 3 is not in this graph, which has 0 documents";
    let no_node =
        format!("node 9000 is not in this graph, which has {} nodes", other.links().nodes());
    let no_edge =
        format!("edge 9000 is not in this graph, which has {} edges", other.links().edges());
    check(no_measures, || other.responsible(measure).len());
    check(no_measures, || other.document_of(measure));
    check(no_measures, || other.at(measure).title().is_some());
    check(no_measures, || other.key(measure).kind());
    check(no_measures, || other.node_id(measure));
    check(no_measures, || other.steps(measure).count());
    check(no_documents, || other.implements(document).len());
    check(no_documents, || other.measures_of(document).len());
    check(no_documents, || other.label(document).len());
    check(
        &format!("policy {} is not in this graph, which has {policies} policies", policies + 2),
        || other.at(policy).title().len(),
    );
    check("agency 7 is not in this graph, which has 0 agencies", || {
        other.at(AgencyId::from_index(7)).name().len()
    });
    check(&no_node, || other.node_at(node));
    check(&no_node, || petgraph::visit::IntoNeighbors::neighbors(&*other, node).count());
    check(&no_edge, || other.proof(edge));
    check(&no_edge, || other.edge_kind(edge));
    check(&no_edge, || other.endpoints(edge));
    assert!(graph.document_of(measure).index() < 4);
}

#[test]
fn an_inconsistent_record_is_not_written() {
    let mut records = fixture::records();
    records[0].measures[0].span.end = u32::MAX;
    let corpus: Corpus = records.into_iter().collect();
    let mut out = Vec::new();
    let graph = corpus.clone().graph(Lexicon::builtin());
    let errors = [graph.write_to(&mut out), corpus.write_json_lines(&mut out)];
    for error in errors.map(|written| written.unwrap_err()) {
        assert_eq!(error.kind(), crate::ErrorKind::Record, "{error}");
        assert!(error.to_string().starts_with("record nm-2022-26: "), "{error}");
    }
    assert!(out.is_empty());
}
