//! The difference against a map of all that is compared.

use super::*;
use crate::corpus::Corpus;
use crate::graph::{Proof, fixture};
use crate::lexicon::Lexicon;
use crate::model::{Genre, Provision, Record, Rule};
use crate::read;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

fn graph_of(records: impl IntoIterator<Item = Record>) -> Arc<Graph> {
    records.into_iter().collect::<Corpus>().graph(Lexicon::builtin())
}

fn graph_of_text(text: &str) -> Arc<Graph> {
    graph_of([read(Lexicon::builtin(), "note", text)])
}

/// The lines of the difference, without the counts.
fn lines(older: &Graph, newer: &Graph) -> Vec<String> {
    let shown = older.difference(newer).to_string();
    let is_count = |line: &&str| line.starts_with("nodes: ") || line.starts_with("edges: ");
    shown.lines().filter(|line| !is_count(line)).map(str::to_owned).collect()
}

/// A node's name and all its compared attributes.
fn node(graph: &Graph, node: Node) -> (String, String) {
    let named = |kind: &str, name: &dyn fmt::Display| format!("{kind}:{name}");
    let name =
        |policy: crate::graph::PolicyRef<'_>| policy.number().unwrap_or(policy.title()).to_owned();
    match node {
        Node::Document(id) => {
            let record = graph.at(id).record();
            let found = |found: &crate::Found<String>| found.value.clone();
            let dates = &record.dates;
            let days = [
                &dates.signed,
                &dates.published,
                &dates.adopted,
                &dates.effective,
                &dates.expires,
                &dates.comment_from,
                &dates.comment_until,
            ]
            .map(|date| date.as_ref().map(|date| date.value));
            let rule = dates.expires.as_ref().map(|date| date.rule);
            let head = (
                record.title.as_ref().map(found),
                record.number.as_ref().map(found),
                record.genre,
                record.addressees.iter().map(found).collect::<Vec<_>>(),
            );
            let rest = (&record.region, days, rule, &record.text);
            (named("document", &record.key), format!("{head:?} {rest:?}"))
        }
        Node::Section(id) => {
            let section = graph.at(id);
            let place = section.document().sections().position(|other| other == section);
            let name = format!("section:{}/§{}", section.document().key(), place.unwrap() + 1);
            let prose: Vec<_> = section.prose().collect();
            let modality: Vec<_> = section.modality().map(|(m, e)| (m, graph.quote(e))).collect();
            let classes: Vec<_> = section.classes().map(|(class, role, _)| (class, role)).collect();
            let content = (section.ordinal(), section.title(), prose, classes, modality);
            (name, format!("{content:?}"))
        }
        Node::Measure(id) => {
            let measure = graph.at(id);
            let modality: Vec<_> = measure.modality().map(|(m, e)| (m, graph.quote(e))).collect();
            let classes: Vec<_> = measure.classes().map(|(class, role, _)| (class, role)).collect();
            let content = (measure.ordinal(), measure.title(), measure.text(), classes, modality);
            (named("measure", &measure.key()), format!("{content:?}"))
        }
        Node::Policy(id) => {
            let policy = graph.at(id);
            let aliases: BTreeSet<_> = policy.aliases().collect();
            let issuers: Vec<_> = policy.issuers().collect();
            let content = (policy.title(), policy.kind(), policy.signed(), policy.published());
            let content = format!("{content:?} {issuers:?} {aliases:?}");
            (named("policy", &name(policy)), content)
        }
        Node::Article(id) => {
            let article = graph.at(id);
            let name = format!("article:{}/{}", name(article.policy()), article.ordinal());
            (name, article.heading().to_owned())
        }
        Node::Target(id) => {
            let target = graph.at(id);
            let mut record = target.record().clone();
            record.span = crate::Span::new(0, 0);
            let document = target.document();
            let (provider, place) = match (target.measure(), target.section()) {
                (Some(measure), _) => {
                    (measure.key().to_string(), measure.targets().position(|t| t == target))
                }
                (_, Some(section)) => {
                    let place = section.targets().position(|t| t == target);
                    (format!("{}/§{}", document.key(), section.position()), place)
                }
                _ => (format!("{}/", document.key()), document.targets().position(|t| t == target)),
            };
            let content = format!("{record:?} {}", target.text());
            (format!("target:{provider}#{}", place.unwrap() + 1), content)
        }
        Node::Deadline(id) => {
            let deadline = graph.at(id);
            let name = graph.key(id).to_string();
            let crate::Deadline { by, term, anchor, recurring, .. } = deadline.record();
            let content = (by, term, anchor, recurring, deadline.task(), deadline.text());
            (name, format!("{content:?}"))
        }
        Node::Agency(_) => (named("agency", &graph.label(node)), String::new()),
        Node::Product(_) => (named("product", &graph.label(node)), String::new()),
        Node::Region(_) => (named("region", &graph.label(node)), String::new()),
        Node::Platform(_) => (named("platform", &graph.label(node)), String::new()),
    }
}

/// Edges to a part, with whose node its words are compared.
const OWN_WORDS: [&str; 4] = ["contains", "commits to", "sets", "binds"];

/// Every node and edge by name, with all that is compared of it.
fn all(graph: &Graph) -> [BTreeMap<String, String>; 2] {
    use petgraph::visit::{IntoNodeReferences, NodeRef};
    let nodes = graph.node_references().map(|entry| node(graph, *entry.weight()));
    let edges = graph.edge_references().map(|edge| {
        let (id, kind) = (edge.id(), graph.edge_kind(edge.id()));
        let [source, target] =
            [edge.source(), edge.target()].map(|end| node(graph, graph.node_at(end)).0);
        let role = graph.role(id).map(|role| format!("{role:?}").to_lowercase());
        let role = role.map_or(String::new(), |role| format!(" ({role})"));
        let phrase = kind.phrase(crate::graph::Direction::Outgoing);
        let why = match graph.proof(id) {
            Proof::Text(evidence) if OWN_WORDS.contains(&phrase) => {
                format!("{:?}", evidence.rule)
            }
            Proof::Text(evidence) => format!("{:?} {}", evidence.rule, graph.quote(evidence)),
            proof => format!("{proof:?}"),
        };
        let why = format!("{why} {:?}", graph.resolution(id));
        (format!("{source} — {phrase}{role} → {target}"), why)
    });
    [nodes.collect(), edges.collect()]
}

/// The added, removed and changed nodes, by name alone.
fn oracle(
    older: &BTreeMap<String, String>,
    newer: &BTreeMap<String, String>,
) -> [BTreeSet<String>; 3] {
    let without = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| {
        one.keys().filter(|key| !other.contains_key(*key)).cloned().collect()
    };
    let changed = older.iter().filter(|(key, what)| newer.get(*key).is_some_and(|is| is != *what));
    [without(newer, older), without(older, newer), changed.map(|(key, _)| key.clone()).collect()]
}

fn found<K: fmt::Display, I>(changes: &[Change<K, I>]) -> [BTreeSet<String>; 3] {
    let names = |wanted: fn(&Change<K, I>) -> bool| {
        changes.iter().filter(|c| wanted(c)).map(|c| c.key.to_string()).collect()
    };
    [
        names(|change| change.is_added()),
        names(|change| change.is_removed()),
        names(|change| !change.is_added() && !change.is_removed()),
    ]
}

/// A change of a document.
#[derive(Clone, Debug)]
enum Edit {
    Removed,
    /// One character of a measure.
    Text(usize, usize),
    /// Another agency is responsible for a measure, or for the first chapter if there is none at
    /// the position.
    Agency(usize, usize),
    Genre,
    /// Its own number, and those of what it carries out.
    Number,
    /// The title of what a measure, or the first chapter, cites.
    Cited(usize, usize),
    /// A measure and its facts.
    Shorter,
}

fn edit() -> impl Strategy<Value = (usize, Edit)> {
    let edits = prop_oneof![
        Just(Edit::Removed),
        (0..40_usize, 0..400_usize).prop_map(|(measure, at)| Edit::Text(measure, at)),
        (0..40_usize, 0..9_usize).prop_map(|(measure, duty)| Edit::Agency(measure, duty)),
        Just(Edit::Genre),
        Just(Edit::Number),
        (0..40_usize, 0..3_usize).prop_map(|(measure, cited)| Edit::Cited(measure, cited)),
        Just(Edit::Shorter),
    ];
    (0..4_usize, edits)
}

fn apply(records: &mut Vec<Record>, at: usize, edit: Edit) {
    let Some(record) = records.get_mut(at) else { return };
    match edit {
        Edit::Removed => drop(records.remove(at)),
        Edit::Text(measure, at) => {
            let Some(measure) = record.measures.get(measure) else { return };
            let (start, end) = (measure.span.start as usize, measure.span.end as usize);
            let wide = record.text[start..end].char_indices().filter(|(_, c)| c.len_utf8() == 3);
            if let Some((place, _)) = { wide }.nth(at) {
                record.text.replace_range(start + place..start + place + 3, "〇");
            }
        }
        Edit::Agency(measure, duty) => {
            let provision = provision(record, measure);
            let duty = provision.and_then(|provision| provision.responsible.get_mut(duty));
            if let Some(duty) = duty {
                duty.agency = "广东省教育厅".to_owned();
            }
        }
        Edit::Genre => record.genre = Genre::Draft,
        Edit::Number => {
            record.number = None;
            record.implements.iter_mut().for_each(|cited| cited.number = None);
        }
        Edit::Cited(measure, cited) => {
            let provision = provision(record, measure);
            let cited = provision.and_then(|provision| provision.cites.get_mut(cited));
            if let Some(cited) = cited {
                cited.title = "中华人民共和国药品管理法".to_owned();
                cited.number = None;
            }
        }
        Edit::Shorter => drop(record.measures.pop()),
    }
}

/// Returns the facts of a measure, or of the first chapter if there is none at the position.
fn provision(record: &mut Record, measure: usize) -> Option<&mut Provision> {
    let of_section = record.sections.first_mut().map(|section| &mut section.provision);
    record.measures.get_mut(measure).map(|measure| &mut measure.provision).or(of_section)
}

fn edited() -> impl Strategy<Value = Vec<Record>> {
    prop::collection::vec(edit(), 0..5).prop_map(|edits| {
        let mut records = fixture::records();
        edits.into_iter().for_each(|(at, edit)| apply(&mut records, at, edit));
        records
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_difference_equals_that_of_two_maps(older in edited(), newer in edited()) {
        let (older, newer) = (graph_of(older), graph_of(newer));
        let difference = older.difference(&newer);
        let ([was, edges_were], [is, edges_are]) = (all(&older), all(&newer));
        prop_assert_eq!(found(&difference.nodes), oracle(&was, &is));
        prop_assert_eq!(found(&difference.edges), oracle(&edges_were, &edges_are));
        prop_assert!(difference.nodes.is_sorted_by(|a, b| a.key < b.key));
        prop_assert!(difference.edges.is_sorted_by(|a, b| a.key < b.key));
        for change in &difference.nodes {
            for (graph, id) in [(&older, change.older), (&newer, change.newer)] {
                let named = id.map(|id| node(graph, id).0);
                prop_assert!(named.is_none_or(|name| name == change.key.to_string()));
            }
        }
    }

    #[test]
    fn the_reverse_difference_is_the_mirror(older in edited(), newer in edited()) {
        let (older, newer) = (graph_of(older), graph_of(newer));
        let (forth, back) = (older.difference(&newer), newer.difference(&older));
        let mirror = Difference { nodes: mirror(back.nodes), edges: mirror(back.edges) };
        prop_assert_eq!(forth, mirror);
    }

    #[test]
    fn a_graph_does_not_differ_from_itself(records in edited()) {
        let (one, same) = (graph_of(records.clone()), graph_of(records));
        prop_assert!(one.difference(&one).is_empty());
        prop_assert!(one.difference(&same).is_empty());
    }

    #[test]
    fn no_two_nodes_share_a_key(records in edited()) {
        let graph = graph_of(records);
        let keys = keyed(&graph);
        prop_assert!(keys.is_sorted_by(|a, b| a.key < b.key));
        prop_assert_eq!(keys.len(), graph.node_count());
    }
}

fn mirror<K, I>(changes: Vec<Change<K, I>>) -> Vec<Change<K, I>> {
    let swap = |c: Change<K, I>| Change { older: c.newer, newer: c.older, ..c };
    changes.into_iter().map(swap).collect()
}

const NOTE: &str = "一、加强药品监管。\n二、优化疫苗服务,审批时限压缩至30个工作日。";

#[test]
fn moved_words_are_no_change() {
    let moved = format!("关于优化服务的若干措施\n\n{NOTE}");
    let (older, newer) = (graph_of_text(NOTE), graph_of_text(&moved));
    let span = |graph: &Graph| graph.measure("note/1").unwrap().record().span;
    assert!(span(&older) != span(&newer));
    assert_eq!(lines(&older, &newer), ["~ document:note: title, genre, text"]);
}

#[test]
fn other_words_of_the_same_fact_change_the_edge() {
    let older = graph_of_text("一、严格执行药品生产质量管理规范,加强监管。");
    let newer = graph_of_text("一、严格执行药品GMP,加强监管。");
    let lines = lines(&older, &newer);
    let edge = "~ measure:note/1 — cites → policy:药品生产质量管理规范: words";
    assert!(lines.iter().any(|line| line.starts_with(edge)), "{lines:#?}");
}

#[test]
fn another_value_changes_the_target() {
    let newer = graph_of_text(&NOTE.replace("30", "20"));
    let expected =
        ["~ document:note: text", "~ measure:note/2: text", "~ target:note/2#1: text, values"];
    assert_eq!(lines(&graph_of_text(NOTE), &newer), expected);
}

#[test]
fn an_insertion_moves_the_parts_after_it() {
    let newer = graph_of_text(
        "一、加强药品监管。\n二、规范检查。\n三、优化疫苗服务,审批时限压缩至30个工作日。",
    );
    let expected = [
        "~ document:note: text",
        "~ measure:note/2: text, modality",
        "+ measure:note/3",
        "- target:note/2#1",
        "+ target:note/3#1",
        "+ document:note — contains → measure:note/3",
        "- measure:note/2 — covers → product:疫苗",
        "+ measure:note/3 — covers → product:疫苗",
        "- measure:note/2 — commits to → target:note/2#1",
        "+ measure:note/3 — commits to → target:note/3#1",
    ];
    assert_eq!(lines(&graph_of_text(NOTE), &newer), expected);
}

#[test]
fn another_role_is_another_edge() {
    let text = "山西省药品监督管理局关于加强监管的若干措施\n(一)健全体系。建立机制。(省药监局牵头,省财政厅配合)";
    let newer = text.replace("牵头,", "、").replace("配合", "按职责分工负责");
    let lines = lines(&graph_of_text(text), &graph_of_text(&newer));
    let duty = |mark, role, agency| {
        format!("{mark} measure:note/1 — responsible ({role}) → agency:{agency}")
    };
    for line in [
        duty('-', "lead", "山西省药品监督管理局"),
        duty('+', "joint", "山西省药品监督管理局"),
        duty('-', "support", "山西省财政厅"),
        duty('+', "joint", "山西省财政厅"),
    ] {
        assert!(lines.contains(&line), "{line} is not in {lines:#?}");
    }
}

#[test]
fn a_computed_end_differs_from_a_printed_one() {
    let mut record = read(Lexicon::builtin(), "note", "本办法自2025年1月1日起施行,有效期两年。");
    let older = graph_of([record.clone()]);
    record.dates.expires.as_mut().unwrap().rule = Rule::DatePhrase;
    assert_eq!(lines(&older, &graph_of([record])), ["~ document:note: expires"]);
}

#[test]
fn every_date_of_a_document_is_compared() {
    let record = fixture::records().remove(0);
    let older = graph_of([record.clone()]);
    let date = Some(crate::Found {
        value: crate::PartialDate::day(2031, 1, 1).unwrap(),
        span: crate::Span::new(0, 3),
        rule: Rule::DatePhrase,
    });
    let check = |attribute: &str, change: &dyn Fn(&mut crate::Dates)| {
        let mut changed = record.clone();
        change(&mut changed.dates);
        let expected = format!("~ document:nm-2022-26: {attribute}");
        assert_eq!(lines(&older, &graph_of([changed])), [expected]);
    };
    check("signed", &|dates| dates.signed.clone_from(&date));
    check("published", &|dates| dates.published.clone_from(&date));
    check("adopted", &|dates| dates.adopted.clone_from(&date));
    check("effective", &|dates| dates.effective.clone_from(&date));
    check("expires", &|dates| dates.expires.clone_from(&date));
    check("comment from", &|dates| dates.comment_from.clone_from(&date));
    check("comment until", &|dates| dates.comment_until.clone_from(&date));
}
