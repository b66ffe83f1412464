//! Passages that measures share: recall against the true lineage of a synthetic
//! corpus, and the guarantees of the documentation.

#![cfg(feature = "builtin")]

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use policygraph::graph::MeasureId;
use policygraph::reuse::{
    Fingerprints, Passage, PassageOptions, ShingleOrder, Shingles, near_duplicates,
};
use policygraph::similar::provision_text;
use policygraph::{Corpus, Graph, Lexicon, PartialDate, Record, Span, builtin, read};
use policygraph_testkit::{lineage, synthetic};
use proptest::prelude::*;

fn text(graph: &Graph, measure: MeasureId) -> &str {
    &graph.at(graph.document_of(measure)).record().text
}

fn graph_of(records: impl IntoIterator<Item = Record>) -> Arc<Graph> {
    records.into_iter().collect::<Corpus>().graph(Lexicon::builtin())
}

/// Returns a synthetic corpus with at least `measures` measures, and its graph.
fn synthetic_corpus(measures: usize) -> (Vec<synthetic::Document>, Arc<Graph>) {
    let documents: Vec<synthetic::Document> = synthetic::documents(53, measures).collect();
    let read = |of: &synthetic::Document| read(Lexicon::builtin(), &of.key, of.text.clone());
    let graph = graph_of(documents.iter().map(read));
    (documents, graph)
}

#[test]
fn sentences_copied_from_a_seed_are_found() {
    let (documents, graph) = synthetic_corpus(1000);
    let prints = Fingerprints::new(&*graph);
    let measures: Vec<MeasureId> = graph.measures().step_by(25).collect();
    let lineages = lineage::measure_lineages(&documents);
    let scores = lineage::passage_scores(&prints, &lineages, &measures);
    println!("{scores:?}");
    assert!(scores.unchanged.total > 200 && scores.unchanged.value() >= 0.99, "{scores:?}");
    assert!(scores.edited_overlap.total > 200, "{scores:?}");
    assert!(scores.edited_overlap.value() >= 0.9, "{scores:?}");
    assert!(scores.edited.total > 200 && scores.edited.value() >= 0.85, "{scores:?}");
    assert!(scores.short.total > 200 && scores.short.value() >= 0.85, "{scores:?}");
    // The other passages are of sentences that the generator adds and of text that
    // the seed documents have in common.
    assert!(scores.precision.value() >= 0.8, "{scores:?}");
}

#[test]
fn measures_that_kept_the_same_sentences_are_near_duplicates() {
    let (documents, graph) = synthetic_corpus(2000);
    let found = near_duplicates(&graph, 0.8);
    let measures: Vec<MeasureId> = graph.measures().collect();
    let lineages = lineage::measure_lineages(&documents);
    let scores = lineage::near_duplicate_scores(found, &graph, &lineages, &measures, 0.95);
    println!("{scores:?}");
    assert!(scores.recall.total > 200 && scores.recall.value() >= 0.95, "{scores:?}");
    assert!(scores.precision.total > 200 && scores.precision.value() >= 0.99, "{scores:?}");
}

/// Near-duplicates by comparison of all pairs.
fn near_by_all_pairs(graph: &Graph, threshold: f32) -> Vec<(MeasureId, MeasureId, f32)> {
    let shingles = |id: MeasureId| -> BTreeSet<String> {
        let measure = graph.at(id);
        let pieces = provision_text(measure.record(), &measure.document().record().text);
        let parts = pieces.flat_map(|piece| piece.split(|c: char| !c.is_alphanumeric()));
        let pairs = parts.flat_map(|part| {
            let part: Vec<char> = part.to_ascii_lowercase().chars().collect();
            part.windows(2).map(|pair| pair.iter().collect()).collect::<Vec<_>>()
        });
        pairs.collect()
    };
    let all: Vec<(MeasureId, BTreeSet<String>)> =
        graph.measures().map(|id| (id, shingles(id))).collect();
    let mut pairs = Vec::new();
    for (n, (b, its)) in all.iter().enumerate() {
        for (a, own) in &all[..n] {
            let both = own.intersection(its).count();
            let resemblance = both as f32 / own.union(its).count() as f32;
            if both > 0 && resemblance >= threshold {
                pairs.push((*a, *b, resemblance));
            }
        }
    }
    pairs
}

fn near(graph: &Graph, threshold: f32) -> Vec<(MeasureId, MeasureId, f32)> {
    near_duplicates(graph, threshold).map(|pair| (pair.a, pair.b, pair.resemblance)).collect()
}

#[test]
fn near_duplicates_equal_those_of_all_pairs() {
    for threshold in [-1.0, 0.0, 0.01, 0.1, 0.3, 0.474, 0.8] {
        let found = near(builtin(), threshold);
        assert_eq!(found, near_by_all_pairs(builtin(), threshold));
        assert!(!found.is_empty() || threshold > 0.7);
    }
    assert!(near(builtin(), 1.1).is_empty());
    assert!(near(builtin(), f32::NAN).is_empty());
}

/// Near-duplicates by comparison of the pairs with a common shingle in their prefixes.
fn near_by_prefixes(
    graph: &Graph,
    threshold: f32,
    order: &ShingleOrder,
) -> Vec<(MeasureId, MeasureId, f32)> {
    let set = |id: MeasureId| {
        let measure = graph.at(id);
        Shingles::of(provision_text(measure.record(), &measure.document().record().text))
    };
    let sets = graph.measures().map(|id| (id, set(id)));
    let all: Vec<_> = sets
        .map(|(id, set)| (id, BTreeSet::from_iter(set.prefix(threshold, order)), set))
        .collect();
    let mut pairs = Vec::new();
    for (n, (b, prefix, set)) in all.iter().enumerate() {
        for (a, its, other) in all[..n].iter().filter(|of| !of.1.is_disjoint(prefix)) {
            assert!(!its.is_empty());
            let resemblance = other.resemblance(set);
            assert_eq!(resemblance.to_bits(), set.resemblance(other).to_bits());
            if resemblance >= threshold {
                pairs.push((*a, *b, resemblance));
            }
        }
    }
    pairs
}

#[test]
fn a_join_of_prefixes_finds_the_near_duplicates_of_the_embedded_documents() {
    let orders = ["", "药品\n监管\n管理", "管理 监管 药品"].map(ShingleOrder::rarest_first);
    for (n, threshold) in [-1.0, 0.0, 0.01, 0.1, 0.3, 0.474, 0.8].into_iter().enumerate() {
        let order = &orders[n % orders.len()];
        assert_eq!(near_by_prefixes(builtin(), threshold, order), near(builtin(), threshold));
    }
    assert!(near_by_prefixes(builtin(), f32::NAN, &orders[0]).is_empty());
}

#[test]
fn full_width_and_half_width_text_are_equal() {
    let texts = ["一、符合GMP的企业2025年免检。", "一、符合ＧＭＰ的企业，２０２５年免检。"];
    let records = texts.map(|text| read(Lexicon::builtin(), text, text));
    let graph = graph_of(records);
    let found: Vec<f32> = near(&graph, 0.5).into_iter().map(|pair| pair.2).collect();
    // One text only has 业2.
    assert_eq!(found, [13.0 / 14.0]);
}

/// Returns both sides of a passage, independent of the direction of the query.
fn seen(passage: &Passage) -> (MeasureId, (u32, u32), MeasureId, (u32, u32), usize) {
    let here = (passage.query, passage.query_span.into());
    let there = (passage.measure, passage.match_span.into());
    let (a, b) = if here.0 < there.0 { (here, there) } else { (there, here) };
    (a.0, a.1, b.0, b.1, passage.chars)
}

fn check(graph: &Graph, options: &PassageOptions) {
    let prints = Fingerprints::new(graph);
    let mut all: Vec<BTreeSet<_>> = vec![BTreeSet::new(), BTreeSet::new()];
    for measure in graph.measures() {
        let found = prints.of_measure(measure, options);
        for passage in &found {
            assert!(
                passage.chars >= options.min_chars && passage.similarity >= options.min_similarity
            );
            assert!(
                graph.at(measure).text().contains(passage.query_span.slice(text(graph, measure)))
            );
            let there = passage.match_span.slice(text(graph, passage.measure));
            assert!(graph.at(passage.measure).text().contains(there));
            for (here, there) in &passage.changes {
                assert_ne!(
                    here.slice(text(graph, measure)),
                    there.slice(text(graph, passage.measure))
                );
            }
            let meet = |one: Span, other: Span| one.start < other.end && other.start < one.end;
            let overlaps = |other: &Passage| {
                let same = other.measure == passage.measure && other != passage;
                same && (meet(other.query_span, passage.query_span)
                    || meet(other.match_span, passage.match_span))
            };
            assert!(!found.iter().any(overlaps), "{passage:?}");
            all[usize::from(passage.query < passage.measure)].insert(seen(passage));
        }
    }
    assert_eq!(all[0], all[1], "each passage is found from both measures");
}

#[test]
fn passages_of_the_seeds_have_the_documented_properties() {
    check(builtin(), &PassageOptions::default());
    check(builtin(), &PassageOptions::default().min_chars(8).max_gap(12).min_similarity(0.3));
    check(builtin(), &PassageOptions::default().max_gap(usize::MAX));
}

#[test]
fn a_passage_tells_which_document_is_older() {
    let prints = Fingerprints::new(builtin());
    let asked = builtin().measure("nm-2025-18/4").unwrap().id();
    for passage in prints.of_measure(asked, &PassageOptions::default()) {
        let dates = [passage.measure, asked]
            .map(|id| builtin().at(id).document().record().dates.signed.as_ref().map(|d| d.value));
        if let [Some(there), Some(here)] = dates {
            assert_eq!(passage.dated == Some(Ordering::Less), there.last_day() < here.first_day());
        }
    }
    let text = "一、首次进口罕见病用药免于提交样品检验报告。\n山西省药品监督管理局\n2025年3月1日\n";
    let dated = |here: Option<PartialDate>, there: Option<PartialDate>| {
        let records = [("here", here), ("there", there)].map(|(key, day)| {
            let mut record = read(Lexicon::builtin(), key, text);
            match day {
                Some(day) => record.dates.signed.as_mut().unwrap().value = day,
                None => record.dates.signed = None,
            }
            record
        });
        let graph = graph_of(records);
        let asked = graph.measure("here/1").unwrap().id();
        Fingerprints::new(&*graph).of_measure(asked, &PassageOptions::default())[0].dated
    };
    let (day, month) = (PartialDate::day, PartialDate::month);
    assert_eq!(dated(day(2025, 3, 1), month(2025, 2)), Some(Ordering::Less));
    assert_eq!(dated(day(2025, 3, 1), day(2025, 3, 2)), Some(Ordering::Greater));
    assert_eq!(dated(day(2025, 3, 1), day(2025, 3, 1)), Some(Ordering::Equal));
    assert_eq!(dated(day(2025, 3, 1), month(2025, 3)), None);
    assert_eq!(dated(month(2025, 3), month(2025, 3)), None);
    assert_eq!(dated(month(2025, 3), None), None);
}

#[test]
fn the_share_of_a_document_is_its_part_in_passages() {
    let records = [
        ("a", "一、首次进口罕见病用药红橙黄绿青蓝免于提交样品检验报告。"),
        ("b", "一、首次进口罕见病用药甲乙丙丁戊己免于提交样品检验报告。"),
        ("c", "一、加强药物警戒。"),
    ];
    let records = records.map(|(key, text)| read(Lexicon::builtin(), key, text));
    let graph = graph_of(records);
    let prints = Fingerprints::new(&*graph);
    let shares = |key| prints.shares(graph.document(key).unwrap().id(), &PassageOptions::default());
    let [(other, part)] = shares("a")[..] else { panic!() };
    assert_eq!((graph.at(other).key(), part), ("b", 19.0 / 25.0));
    assert!(shares("c").is_empty());
}

#[test]
fn text_of_all_documents_is_a_passage_in_a_small_corpus() {
    let text = "首次进口罕见病用药免于提交样品检验报告";
    let of = |documents: usize| {
        let record = |n: usize| read(Lexicon::builtin(), &n.to_string(), format!("一、{text}。"));
        let graph = graph_of((0..documents).map(record));
        let prints = Fingerprints::new(&*graph);
        let measure = graph.measure("0/1").unwrap().id();
        prints.of_measure(measure, &PassageOptions::default()).len()
    };
    assert_eq!([2, 6, 19, 20].map(of), [1, 5, 18, 0]);
}

#[test]
fn a_missing_bracket_masks_no_more_than_a_title() {
    let rest = "首次进口罕见病用药免于提交样品检验报告并予公示";
    let other = format!("一、{rest}。");
    for text in [
        format!("一、依照《药品管理法，{rest}。"),
        format!("一、依照《药品管理法，参照《药品注册管理办法》。{rest}。"),
        format!("一、依照药品管理法》，{rest}。"),
    ] {
        assert_eq!(shared(&text, &other), [rest], "{text}");
    }
}

#[test]
fn titles_and_names_alone_are_not_a_passage() {
    let title = "《国务院办公厅关于全面深化药品医疗器械监管改革促进医药产业高质量发展的意见》";
    let documents = [
        ("a", format!("一、加强管理。认真落实{title}。")),
        ("b", format!("一、优化服务。依照{title}执行。")),
        ("c", "一、加强管理。".to_owned()),
    ];
    let records = documents.map(|(key, text)| read(Lexicon::builtin(), key, text));
    let graph = graph_of(records);
    let prints = Fingerprints::new(&*graph);
    assert!(graph.measures().len() == 3);
    for measure in graph.measures() {
        assert!(prints.of_measure(measure, &PassageOptions::default()).is_empty());
    }
}

#[test]
fn repetitive_text_leaves_the_other_passages() {
    let repeated = "药品".repeat(1 << 17);
    let rest = "首次进口罕见病用药免于提交样品检验报告";
    let records = ["a", "b"]
        .map(|key| read(Lexicon::builtin(), key, format!("一、{repeated}。\n二、{rest}。")));
    let graph = graph_of(records);
    let prints = Fingerprints::new(&*graph);
    let found = graph.measures().map(|id| prints.of_measure(id, &PassageOptions::default()).len());
    assert_eq!(found.collect::<Vec<_>>(), [0, 1, 0, 1]);
}

#[test]
fn text_repeated_more_than_16_times_in_a_measure_is_skipped() {
    let text = "首次进口罕见病用药免于提交样品检验报告";
    let found = |times: usize| {
        shared(&format!("一、{text}。"), &format!("一、{}", format!("{text}。").repeat(times)))
            .len()
    };
    assert_eq!([1, 16, 17].map(found), [1, 1, 0]);
}

/// Returns the passages of the first measure of `a` in a corpus of two documents.
fn shared(a: &str, b: &str) -> Vec<String> {
    let records = [("a", a), ("b", b)].map(|(key, text)| read(Lexicon::builtin(), key, text));
    let graph = graph_of(records);
    let prints = Fingerprints::new(&*graph);
    let measure = graph.measures().next().unwrap();
    let found = prints.of_measure(measure, &PassageOptions::default());
    found.iter().map(|passage| passage.query_span.slice(text(&graph, measure)).to_owned()).collect()
}

#[test]
fn a_passage_may_start_with_repetitive_text() {
    let often = "推进药品监管；".repeat(20);
    let passage = "药品监管部门对首次轻微违法行为依法免予处罚";
    let found = shared(
        &format!("一、{often}凡是{passage}。"),
        &format!("一、另外规定{passage}，并予公示。"),
    );
    assert_eq!(found, [passage]);
}

#[test]
fn equal_text_is_found_at_any_gap_length() {
    let prints = Fingerprints::new(builtin());
    let found = |gap| -> Vec<Passage> {
        let options = PassageOptions::default().max_gap(gap);
        builtin().documents().flat_map(|id| prints.of_document(id, &options)).collect()
    };
    let exact = found(0);
    assert!(exact.len() > 10);
    for gap in [6, 20, 100, usize::MAX] {
        let found = found(gap);
        // Another passage may take a few characters at the ends.
        let most = |one: Span, other: Span| {
            let met = one.end.min(other.end).saturating_sub(one.start.max(other.start));
            5 * met >= 4 * (one.end - one.start)
        };
        for one in &exact {
            let holds = |other: &Passage| {
                let same = (one.query, one.measure) == (other.query, other.measure);
                same && most(one.query_span, other.query_span)
                    && most(one.match_span, other.match_span)
            };
            assert!(found.iter().any(holds), "{gap} {one:?}");
        }
    }
}

#[test]
fn text_cut_by_a_longer_passage_is_found() {
    let found = shared(
        "一、首次进口的罕见病用药免于提交样品检验报告并对社会予以公示。",
        "一、首次进口的罕见病用药免于提交样品。\n二、提交样品检验报告并对社会予以公示的。",
    );
    let expected = ["首次进口的罕见病用药免于提交样品", "提交样品检验报告并对社会予以公示"];
    assert!(expected.iter().all(|passage| found.contains(&(*passage).to_owned())), "{found:?}");

    let found = shared(
        "一、首次进口的罕见病用药免于提交样品检验报告并对社会予以公示。",
        "一、首次进口的罕见病用药免于提交样品，但是提交样品检验报告并对社会予以公示的。",
    );
    assert_eq!(found, ["首次进口的罕见病用药免于提交样品", "检验报告并对社会予以公示"]);
}

#[test]
fn a_passage_beside_random_matches_is_found() {
    let passage = "首次进口的罕见病用药免于提交样品检验报告并予公示";
    // Three of twelve characters are equal.
    let beside = |filler: &str| {
        let runs = ["优化审", "提升检", "完善追", "规范网", "加强药", "推动产", "落实责", "健全体"];
        let filler: Vec<char> = filler.chars().collect();
        let fill = |n: usize| filler[n * 6..][..6].iter().collect::<String>();
        (0..8).map(|n| fill(n) + runs[n]).collect::<String>()
    };
    let one: String = ('一'..).take(48).collect();
    let other: String = ('万'..).skip(200).take(48).collect();
    let found = shared(
        &format!("一、凡{passage}{}。", beside(&one)),
        &format!("一、对{passage}{}。", beside(&other)),
    );
    assert_eq!(found, [passage]);
}

/// Returns characters that occur nowhere else.
fn fresh(from: &mut impl Iterator<Item = char>, characters: usize) -> String {
    from.take(characters).collect()
}

#[test]
fn a_passage_that_starts_with_a_title_is_found_from_both_sides() {
    let mut cjk = '一'..='龥';
    for n in 0..40 {
        let title = format!("《{}》", fresh(&mut cjk, 15));
        let [one, two, three] = [6, 4, 4].map(|n| fresh(&mut cjk, n));
        let mut text = |key: &str| {
            let own: Vec<String> = (0..5).map(|_| fresh(&mut cjk, 1 + n % 3)).collect();
            let text = format!(
                "一、{}{title}{}{one}{}{two}{}{three}{}。",
                own[0], own[1], own[2], own[3], own[4]
            );
            read(Lexicon::builtin(), key, text)
        };
        let records = [text("a"), text("b")];
        let graph = graph_of(records);
        check(&graph, &PassageOptions::default());
    }
}

#[test]
fn passages_do_not_overlap() {
    let mut cjk = '一'..='龥';
    let [one, two, own, next] = [20, 20, 12, 40].map(|n| fresh(&mut cjk, n));
    let mut apart = |n| fresh(&mut cjk, n);
    let cases = [
        (
            format!("一、{one}{own}{two}{}。", apart(40)),
            format!("一、{own}{}{}{}{one}{two}。", apart(40), apart(40), apart(60)),
        ),
        (
            format!("一、{one}{own}{two}{next}。"),
            format!("一、{own}{}{next}{}{one}{two}。", apart(40), apart(60)),
        ),
    ];
    for (a, b) in cases {
        let graph =
            graph_of([("a", a), ("b", b)].map(|(key, text)| read(Lexicon::builtin(), key, text)));
        for gap in [6, 40, usize::MAX] {
            check(&graph, &PassageOptions::default().max_gap(gap));
        }
    }
}

#[test]
fn a_long_passage_is_found_among_random_matches() {
    let mut cjk = ('一'..='龥').cycle();
    let (mut a, mut b) = (String::new(), String::new());
    let mut other = ('가'..='힣').cycle();
    for _ in 0..2100 {
        let run = fresh(&mut cjk, 3);
        a += &format!("{run}{}", fresh(&mut other, 4));
        b += &format!("{run}{}", fresh(&mut other, 4));
    }
    let passage = fresh(&mut cjk, 200);
    let found = shared(&format!("一、{a}{passage}。"), &format!("一、{b}{passage}。"));
    assert_eq!(found, [passage]);
}

#[test]
fn another_responsible_agency_is_not_a_change() {
    let text = |agency: &str| {
        format!(
            "一、首次进口罕见病用药免于提交样品检验。（责任单位：{agency}）\n支持企业开展临床试验并予以公示。"
        )
    };
    let records =
        ["省药监局", "省卫生健康委"].map(|agency| read(Lexicon::builtin(), agency, text(agency)));
    let graph = graph_of(records);
    check(&graph, &PassageOptions::default());
    let measure = graph.measures().next().unwrap();
    let found = Fingerprints::new(&*graph).of_measure(measure, &PassageOptions::default());
    assert_eq!((found.len(), found[0].similarity, found[0].changes.len()), (1, 1.0, 0));
}

#[test]
fn a_name_never_counts() {
    let name = "国家药品监督管理局药品审评中心";
    let found = shared(
        &format!("一、由{name}受理。材料不齐的，{name}一次告知。"),
        &format!("一、加强服务。企业可向{name}咨询，{name}当日答复。"),
    );
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_passage_beside_common_words_is_found() {
    let common = "各地区各部门要高度重视加强组织领导压实工作责任";
    let passage = "首次进口的罕见病用药免于提交样品检验报告";
    let others = ["优化审评审批", "提升检验能力", "完善追溯体系", "规范网络销售"];
    let mut documents: Vec<String> = (0..20)
        .map(|n| format!("一、{}{n}。{common}。\n二、其他。", others[n % others.len()]))
        .collect();
    documents.push(format!("一、{common}{passage}。\n二、其他。"));
    documents.push(format!("一、{common}{passage}，另行规定。\n二、其他。"));
    let records = documents
        .into_iter()
        .enumerate()
        .map(|(n, text)| read(Lexicon::builtin(), &n.to_string(), text));
    let graph = graph_of(records);
    let prints = Fingerprints::new(&*graph);
    let measure = graph.measure("20/1").unwrap().id();
    let found = prints.of_measure(measure, &PassageOptions::default());
    assert_eq!(found.len(), 1);
    assert!(found[0].query_span.slice(text(&graph, measure)).ends_with(passage));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn passages_of_any_texts_have_the_documented_properties(texts in prop::collection::vec("[药品监管检验审评3《》，]{0,60}", 1..5)) {
        let document = |(n, text): (usize, String)| read(Lexicon::builtin(), &n.to_string(), format!("一、{text}。\n二、{text}加强。"));
        let graph = graph_of(texts.into_iter().enumerate().map(document));
        check(&graph, &PassageOptions::default());
        check(&graph, &PassageOptions::default().min_chars(4).exclude_own_document(false));
        check(&graph, &PassageOptions::default().min_chars(0).max_gap(100).min_similarity(0.9));
    }

    #[test]
    fn near_duplicates_of_any_texts_are_exact(
        texts in prop::collection::vec("[药品监管检3，]{0,12}", 1..12),
        threshold in prop_oneof![0.0..1.0_f32, Just(0.5), Just(0.75), Just(0.8), Just(1.0)],
    ) {
        let text: String = texts.iter().map(|text| format!("一、{text}。\n")).collect();
        let graph = graph_of([read(Lexicon::builtin(), "d", text)]);
        prop_assert_eq!(near(&graph, threshold), near_by_all_pairs(&graph, threshold));
    }

    #[test]
    fn a_join_of_prefixes_finds_the_near_duplicates_of_any_texts_in_any_order(
        texts in prop::collection::vec("[药品监管检3，]{0,12}", 1..12),
        frequent in "([药品监管检3]{2} ){0,6}",
        threshold in prop_oneof![0.0..1.0_f32, Just(0.5), Just(0.75), Just(0.8), Just(1.0)],
    ) {
        let text: String = texts.iter().map(|text| format!("一、{text}。\n")).collect();
        let graph = graph_of([read(Lexicon::builtin(), "d", text)]);
        let order = ShingleOrder::rarest_first(&frequent);
        prop_assert_eq!(near_by_prefixes(&graph, threshold, &order), near(&graph, threshold));
    }
}
