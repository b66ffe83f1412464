//! Names as people type them.

#![cfg(feature = "builtin")]

use policygraph::graph::{
    AgencyId, Candidate, DocId, NameMatch, NodeKind, PolicyId, ProductId, RegionId,
};
use policygraph::{ErrorKind, Graph, builtin};

fn best(name: &str) -> (NodeKind, NameMatch, String) {
    let graph = builtin();
    let found = graph.find(name);
    let first = found.first().unwrap_or_else(|| panic!("{name} is not found"));
    (first.kind(), first.matched, graph.label(first.node).into_owned())
}

fn check(name: &str, kind: NodeKind, matched: NameMatch, label: &str) {
    assert_eq!(best(name), (kind, matched, label.to_owned()), "{name}");
}

const REFORM: &str = "国务院办公厅关于全面深化药品医疗器械监管改革促进医药产业高质量发展的意见";

#[test]
fn agencies_by_short_names() {
    let agency = |name, matched, label| check(name, NodeKind::Agency, matched, label);
    agency("山西省药品监督管理局", NameMatch::Exact, "山西省药品监督管理局");
    agency("山西省药监局", NameMatch::Variant, "山西省药品监督管理局");
    agency("山西药监局", NameMatch::Variant, "山西省药品监督管理局");
    agency("国家卫健委", NameMatch::Alias, "国家卫生健康委员会");
    agency(" 国家 药监局 ", NameMatch::Alias, "国家药品监督管理局");
}

#[test]
fn policies_by_number_and_title() {
    let policy = |name, matched| check(name, NodeKind::Policy, matched, REFORM);
    policy("国办发〔2024〕53号", NameMatch::Exact);
    policy("国办发[2024]53号", NameMatch::Variant);
    policy("国办发（２０２４）53号", NameMatch::Variant);
    policy("国办发 2024 53", NameMatch::Variant);
    policy(REFORM, NameMatch::Exact);
    policy(&format!("《{REFORM}》"), NameMatch::Exact);
    for title in [
        "关于全面深化药品医疗器械监管改革促进医药产业高质量发展的意见",
        "全面深化药品医疗器械监管改革促进医药产业高质量发展的意见",
        "全面深化药品医疗器械监管改革促进医药产业高质量发展意见",
        "国务院办公厅全面深化药品医疗器械监管改革促进医药产业高质量发展意见",
    ] {
        assert_eq!(best(title).2, REFORM, "{title}");
        assert!(best(title).1 <= NameMatch::Variant, "{title}");
    }
    check("药品管理法", NodeKind::Policy, NameMatch::Variant, "中华人民共和国药品管理法");
}

#[test]
fn another_issuer_is_another_policy() {
    let other = REFORM.replace("国务院办公厅", "山西省人民政府办公厅");
    let found = builtin().find(&other);
    assert!(found.iter().all(|one| builtin().label(one.node) != REFORM), "{found:?}");
}

#[test]
fn products_and_regions_by_other_names() {
    check("疫苗", NodeKind::Product, NameMatch::Exact, "疫苗");
    check("药物", NodeKind::Product, NameMatch::Alias, "药品");
    check("山西", NodeKind::Region, NameMatch::Alias, "山西省");
    check("晋", NodeKind::Region, NameMatch::Alias, "山西省");
    let both = builtin().find("药械");
    let labels: Vec<_> =
        both.iter().filter(|one| one.matched == NameMatch::Variant).map(label).collect();
    assert_eq!(labels, ["药品", "医疗器械"]);
}

fn label(candidate: &Candidate) -> String {
    builtin().label(candidate.node).into_owned()
}

#[test]
fn documents_and_measures_by_key() {
    let graph = builtin();
    let document = graph.document("sx-2025").unwrap();
    assert_eq!(graph.find("sx-2025")[0].node, document.node());
    assert_eq!(graph.find(document.title().unwrap())[0].node, document.node());
    assert_eq!(graph.find("sx-2025/8")[0].node, graph.measure("sx-2025/8").unwrap().node());
    assert_eq!(graph.named::<DocId>("sx-2025").unwrap(), document.id());
    for key in ["article:国办发〔2024〕53号/8", "measure:sx-2025/8", "target:sx-2025/11#2"] {
        let found = graph.find(key);
        assert_eq!(found[0].matched, NameMatch::Exact, "{key}");
        assert_eq!(graph.key(found[0].node).to_string(), key);
    }
}

#[test]
fn every_agency_of_a_function() {
    let found = builtin().find("药监局");
    assert!(found.len() > 3, "{found:?}");
    assert!(found.iter().all(|one| one.matched == NameMatch::Part), "{found:?}");
    assert!(found.iter().any(|one| label(one) == "山西省药品监督管理局"));
}

#[test]
fn candidates_are_ordered_and_distinct() {
    for name in ["疫苗", "药品", "山西", "药监局", "国办发〔2024〕53号", "意见", "2025"]
    {
        let found = builtin().find(name);
        let order = |one: &Candidate| (one.matched, std::cmp::Reverse((one.score * 1e6) as u32));
        assert!(found.is_sorted_by_key(order), "{name}: {found:?}");
        for (at, one) in found.iter().enumerate() {
            assert!(found[..at].iter().all(|other| other.node != one.node), "{name}");
            assert!((0.0..=1.0).contains(&one.score), "{name}: {one:?}");
        }
    }
}

#[test]
fn a_wrong_character_gives_the_nearest_names() {
    let graph = builtin();
    assert!(graph.find("疫苖").is_empty());
    let nearest = |name| label(&graph.nearest(name, 1)[0]);
    assert_eq!(nearest("疫苖"), "疫苗");
    assert_eq!(nearest("国家卫建委"), "国家卫生健康委员会");
    assert_eq!(nearest("山西省药品监督管理居"), "山西省药品监督管理局");
    assert_eq!(nearest("全面深化药品医疗器械监督改革促进医药产业高质量发展意见"), REFORM);
    assert!(graph.nearest("", 3).is_empty());
    assert!(graph.nearest("xyzxyz", 3).is_empty());
    assert_eq!(graph.nearest("疫苖", 0), []);
}

#[test]
fn one_node_of_a_kind() {
    let graph: &Graph = builtin();
    let region = graph.named::<RegionId>("山西").unwrap();
    assert_eq!(graph.at(region).name(), "山西省");
    let agency = graph.named::<AgencyId>("山西省药监局").unwrap();
    assert_eq!(graph.at(agency).name(), "山西省药品监督管理局");
    let policy = graph.named::<PolicyId>("国办发[2024]53号").unwrap();
    assert_eq!(graph.at(policy).title(), REFORM);

    let error = graph.named::<ProductId>("疫苖").unwrap_err();
    assert_eq!((error.kind(), error.place()), (ErrorKind::UnknownName, "疫苖"));
    assert_eq!(error.suggestions()[0], "疫苗");
    assert!(error.to_string().contains("no product of this name"), "{error}");
    // A part of a name is not enough, and 药械 names two products.
    let error = graph.named::<AgencyId>("药监局").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnknownName);
    let error = graph.named::<ProductId>("药械").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AmbiguousName);
    assert_eq!(error.suggestions(), ["药品", "医疗器械"]);
    // A product is no region.
    assert!(graph.named::<RegionId>("疫苗").is_err());
}

#[test]
fn an_empty_or_very_long_name_is_no_name() {
    assert!(builtin().find("").is_empty());
    assert!(builtin().find("《》").is_empty());
    let long = "疫苗".repeat(10_000);
    assert!(builtin().find(&long).is_empty());
    builtin().nearest(&long, 3);
}
