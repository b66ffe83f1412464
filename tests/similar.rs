//! Ranking of similar measures against the grades of two readers, and the guarantees
//! of an index and its matches.

#![cfg(feature = "builtin")]

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use policygraph::graph::{Graph, MeasureId, MeasureSet};
use policygraph::similar::{
    Alignment, Embeddings, Fused, Index, Match, Scorer, SearchOptions, rerank,
};
use policygraph::{Corpus, Genre, Lexicon, Record, Vocabulary, builtin, read, seeds};
use policygraph_testkit::ranking;
use proptest::prelude::*;

fn index() -> Index<&'static Graph> {
    Index::new(builtin(), Lexicon::builtin())
}

fn keys(graph: &Graph, matches: &[Match]) -> Vec<String> {
    matches.iter().map(|found| graph.at(found.measure).key().to_string()).collect()
}

#[test]
fn ranking_agrees_with_the_readers() {
    let index = index();
    let questions = ranking::queries(builtin(), include_str!("../data/gold/pairs.json")).unwrap();
    assert_eq!(questions.len(), 64);
    let reached = ranking::evaluate(&questions, &index);
    let (ndcg, first) = (ranking::mean(&reached.ndcg), ranking::mean(&reached.precision_at_1));
    println!("nDCG@10 {ndcg:.4} P@1 {first:.3}");
    assert!(ndcg >= 0.90 && first >= 0.90, "{ndcg} {first}");
    // The minimum holds for each pair of documents.
    for (pair, ndcg) in ranking::ndcg_by_document_pair(builtin(), &questions, &index) {
        assert!(ndcg >= 0.87, "{pair:?} {ndcg}");
    }
}

#[test]
fn metrics_have_their_textbook_values() {
    let graph = builtin();
    let questions = ranking::queries(graph, include_str!("../data/gold/pairs.json")).unwrap();
    let question =
        questions.iter().find(|q| graph.at(q.measure).key().to_string() == "sx-2025/2").unwrap();
    // One relevant measure, of grade 1.5: nm-2022-26/18.
    assert_eq!(question.grades.values().copied().collect::<Vec<_>>(), [1.5]);
    assert_eq!(question.ndcg(&[1.5]), 1.0);
    assert_eq!(question.ndcg(&[0.0, 0.0, 1.5]), 0.5);
    assert_eq!(
        (question.precision_at_1(&[0.0, 1.5]), question.recall_at_10(&[0.0, 1.5])),
        (0.0, Some(1.0))
    );
    assert_eq!(question.recall_at_10(&[0.0; 11]), Some(0.0));

    let right = |a, b| {
        questions.iter().find(|q| q.measure == a).unwrap().grades.get(&b).copied().unwrap_or(0.0)
            as f32
    };
    let perfect = ranking::evaluate(&questions, &right);
    assert!(perfect.ndcg.iter().all(|&ndcg| ndcg == 1.0));
    assert_eq!(ranking::confidence_interval(&[1.0, 1.0]), (1.0, 1.0));
    let (low, high) = ranking::confidence_interval(&[0.0, 1.0, 1.0, 1.0]);
    assert!(
        low < 0.75
            && high > 0.75
            && ranking::confidence_interval(&[0.0, 1.0, 1.0, 1.0]) == (low, high)
    );
}

#[test]
fn a_scorer_of_weight_zero_changes_nothing() {
    let index = index();
    let all: Vec<MeasureId> = builtin().measures().collect();
    let length = |_, other: MeasureId| builtin().at(other).text().len() as f32;
    let alone = Fused::new(&index, 1.0).scores(all[0], &all);
    assert_eq!(Fused::new(&index, 1.0).and(&length, 0.0).scores(all[0], &all), alone);
    assert_eq!(
        Fused::new(&index, 1.0).and(&|_: MeasureId, _: MeasureId| 7.0, 1.0).scores(all[0], &all),
        alone
    );
    let found = index.similar_to(all[0], &SearchOptions::default());
    assert_eq!(rerank(all[0], found.clone(), &index), found);
    // A missing score ranks last and contributes nothing.
    let unknown = |_: MeasureId, other| if other == found[0].measure { f32::NAN } else { 0.5 };
    let mut expected = found.clone();
    expected.rotate_left(1);
    assert_eq!(rerank(all[0], found.clone(), &unknown), expected);
    assert_eq!(Fused::new(&index, 1.0).and(&unknown, 1.0).scores(all[0], &all), alone);
}

#[test]
fn invalid_embeddings_are_an_error() {
    let mut lengths = 1..;
    let wrong = Embeddings::new(builtin(), |_| vec![1.0; lengths.next().unwrap()]).unwrap_err();
    assert!(
        wrong.to_string().contains("cq-clues/2: its vector has 2 numbers, others have 1"),
        "{wrong}"
    );
    let wrong = Embeddings::new(builtin(), |_| vec![f32::NAN]).unwrap_err();
    assert!(wrong.to_string().contains("finite"), "{wrong}");
    let none = Embeddings::new(builtin(), |_| Vec::new()).unwrap();
    let all: Vec<MeasureId> = builtin().measures().collect();
    assert!(none.scores(all[0], &all).iter().all(|score| score.is_nan()));
    // A measure without a vector ranks after the least similar one.
    let mut vectors = [vec![1.0, 2.0], vec![], vec![-1.0, -2.0]].into_iter().cycle();
    let some = Embeddings::new(builtin(), |_| vectors.next().unwrap()).unwrap();
    let [same, none, other] = some.scores(all[0], &all[..3])[..] else { panic!() };
    assert!(same > 0.999 && none.is_nan() && other < -0.999);
    let fused = Fused::new(&some, 1.0).scores(all[0], &all[..3]);
    assert!(fused[0] > fused[2] && fused[1] == 0.0, "{fused:?}");
}

#[test]
fn every_match_explains_its_score() {
    let index = index();
    for measure in builtin().measures().step_by(4) {
        let found = index.similar_to(measure, &SearchOptions::default().limit(usize::MAX));
        assert!(found.is_sorted_by(|a, b| (b.score, a.measure) <= (a.score, b.measure)));
        for Match { measure: other, score, explanation, .. } in found {
            assert!(other != measure && score > 0.0 && score <= 1.0);
            let sum: f32 = explanation.contributions.iter().map(|of| of.weight).sum();
            let [a, b] = [measure, other].map(|id| builtin().at(id).key().to_string());
            assert!((sum - score).abs() < 1e-4, "{a} {b}: {sum} {score}");
            assert!(explanation.contributions.is_sorted_by(|a, b| a.weight >= b.weight));
            assert!(explanation.parent_weight() <= sum + 1e-5);
        }
    }
}

#[test]
fn shared_phrases_occur_in_both_texts() {
    use policygraph::similar::Term;
    let (graph, index) = (builtin(), index());
    for measure in graph.measures() {
        let text = |id| &*graph.at(graph.document_of(id)).record().text;
        for found in index.similar_to(measure, &SearchOptions::default()) {
            let fold = |text: &str| policygraph::similar::features(text).collect::<Vec<_>>();
            for shared in &found.explanation.contributions {
                if let Term::Phrase { text: printed, matched, query } = shared.term {
                    assert_eq!(matched.slice(text(found.measure)), printed);
                    if let Some(query) = query {
                        assert_eq!(fold(query.slice(text(measure))), fold(printed));
                    }
                }
            }
            for pair in &found.explanation.sentences {
                assert!(graph.at(measure).text().contains(pair.query.slice(text(measure))));
                assert!(
                    graph
                        .at(found.measure)
                        .text()
                        .contains(pair.matched.slice(text(found.measure)))
                );
            }
        }
    }
}

#[test]
fn targets_with_one_unit_are_compared() {
    let (graph, index) = (builtin(), index());
    let [sx, nm] = ["sx-2025/11", "nm-2025-18/7"].map(|key| graph.measure(key).unwrap().id());
    let printed: Vec<_> = index
        .explain(sx, nm)
        .targets
        .into_iter()
        .map(|pair| {
            let [asked, found] = [pair.query, pair.matched].map(|id| graph.at(id).record());
            (asked.to, found.to, found.unit.clone(), pair.agree)
        })
        .collect();
    assert_eq!(printed[0], (Some(2.0), Some(2.0), "倍".to_owned(), true));
    assert!(printed[1..].iter().any(|pair| !pair.3), "{printed:?}");
}

#[test]
fn scores_are_symmetric_and_one_with_itself() {
    let index = index();
    let all: Vec<MeasureId> = builtin().measures().collect();
    for &a in &all {
        for (&b, score) in all.iter().zip(index.scores(a, &all)) {
            assert_eq!(index.score(b, a), score);
            assert!(if a == b { score == 1.0 } else { (0.0..1.0).contains(&score) });
        }
    }
}

#[test]
fn a_search_for_a_heading_finds_its_measure() {
    let index = index();
    let heading = "促进仿制药质量提升";
    let found = index.search(heading, &SearchOptions::default().limit(1));
    assert_eq!(keys(builtin(), &found), ["sx-2025/19"]);
    assert_eq!(found[0].explanation.contributions[0].term.text(), heading);
}

#[test]
fn a_text_of_one_character_finds_nothing() {
    let index = index();
    for text in ["", " ", "。", "——", "🙂", "\u{0}", "疫", "3", "（药）"] {
        assert!(index.search(text, &SearchOptions::default()).is_empty(), "{text:?}");
    }
    assert!(!index.search("疫苗", &SearchOptions::default()).is_empty());
}

#[test]
fn filters_keep_the_order_of_the_other_matches() {
    let (graph, index) = (builtin(), index());
    let query = graph.measure("sx-2025/9").unwrap().id();
    let everything = SearchOptions::default().limit(usize::MAX);
    let all = index.similar_to(query, &everything);
    let check = |options: SearchOptions, keep: &dyn Fn(MeasureId) -> bool| {
        let kept = all.iter().filter(|found| keep(found.measure)).take(options.limit);
        let kept: Vec<Match> = kept.cloned().collect();
        assert!(!kept.is_empty() && kept.len() < all.len());
        assert_eq!(index.similar_to(query, &options), kept);
    };

    let own = graph.document_of(query);
    check(SearchOptions::default(), &|_| true);
    check(everything.exclude_own_document(true), &|m| graph.document_of(m) != own);
    check(SearchOptions::default().filter(&|m| m < query), &|m| m < query);
    let issued = graph.walk(graph.documents()).of_genre(Genre::Measures).measures();
    let many: MeasureSet = issued.ids().collect();
    check(everything.among(&many), &|m| many.contains(m));
    let few: MeasureSet = graph.measures().step_by(20).collect();
    check(SearchOptions::default().among(&few), &|m| few.contains(m));

    let none = MeasureSet::default();
    assert!(index.similar_to(query, &SearchOptions::default().among(&none)).is_empty());
    assert!(index.similar_to(query, &SearchOptions::default().limit(0)).is_empty());
}

#[test]
fn an_alignment_is_symmetric() {
    let (graph, index) = (builtin(), index());
    for left in graph.documents() {
        for right in graph.documents() {
            let (here, there) = (index.align(left, right), index.align(right, left));
            assert_eq!((&here.only_left, &here.only_right), (&there.only_right, &there.only_left));
            let pairs = |alignment: &Alignment| {
                let pairs =
                    alignment.pairs.iter().map(|p| (p.left, p.right, p.score.to_bits(), p.mutual));
                pairs.collect::<BTreeSet<_>>()
            };
            let mirrored =
                pairs(&there).into_iter().map(|(l, r, score, mutual)| (r, l, score, mutual));
            assert_eq!(pairs(&here), mirrored.collect());
            if left == right {
                assert!(
                    here.only_left.is_empty()
                        && here.pairs.iter().all(|p| p.mutual == (p.left == p.right))
                );
            }
        }
    }
}

#[test]
fn stated_measures_of_a_coverage_are_those_of_the_graph() {
    let (graph, index) = (builtin(), index());
    let policy = graph.policy("国办发〔2024〕53号").unwrap().id();
    let coverage = index.coverage(policy).unwrap();
    for (row, &article) in coverage.cells.iter().zip(&coverage.articles) {
        let stated: BTreeSet<MeasureId> =
            row.iter().flat_map(|cell| &cell.corresponding).map(|of| of.0).collect();
        let carried_out: BTreeSet<MeasureId> =
            graph.carried_out_by(article).iter().copied().collect();
        assert_eq!(stated, carried_out);
    }
    let other =
        graph.policies().find(|&id| id != policy && graph.at(id).number().is_some()).unwrap();
    assert_eq!(index.coverage(other), None);
}

#[test]
fn coverage_needs_the_outline_that_the_graph_was_made_with() {
    let outline = r#"{
        "number": "国办发〔2021〕16号", "title": "国务院办公厅关于全面加强药品监管能力建设的实施意见",
        "issuers": ["国务院办公厅"], "dates": { "signed": "2021-04-27", "published": "2021-05-10" },
        "chapters": [{ "n": 1, "title": "重点任务" }],
        "articles": [{ "n": 1, "chapter": 1, "heading": "提升检验检测能力", "basis": "heading" }]
    }"#;
    let lexicon = Lexicon::builtin().with(Vocabulary::Outlines, outline).unwrap();
    let text = "关于加强检验的若干措施\n为贯彻落实《国务院办公厅关于全面加强药品监管能力建设的实施意见》\
                (国办发〔2021〕16号),制定本措施。\n一、提升检验检测能力。建设检验实验室。\n二、其他。";
    let coverage = |made_by: &Lexicon| {
        let mut corpus: Corpus = [read(made_by, "a", text)].into_iter().collect();
        let graph = corpus.graph(made_by);
        let policy = graph.policy("国办发〔2021〕16号").unwrap().id();
        let coverage = Index::new(&*graph, &lexicon).coverage(policy);
        coverage.map(|coverage| (coverage.articles.len(), coverage.columns.len()))
    };
    assert_eq!(coverage(&lexicon), Some((1, 1)));
    assert_eq!(coverage(Lexicon::builtin()), None);
    // Replaced by another article.
    let other = outline.replace("提升检验检测能力", "加强药物警戒");
    let other = Lexicon::builtin().with(Vocabulary::Outlines, &other).unwrap();
    assert_eq!(coverage(&other), None);
}

#[test]
fn equal_scores_are_paired_in_text_order() {
    let text = "一、检验用量由3倍减为2倍。\n二、检验用量由3倍减为2倍。\n三、检验用量由3倍减为2倍。";
    let records = ["a", "b"].map(|key| read(Lexicon::builtin(), key, text));
    let graph = records.into_iter().collect::<Corpus>().graph(Lexicon::builtin());
    let index = Index::new(&*graph, Lexicon::builtin());
    let [a, b] = ["a", "b"].map(|key| graph.document(key).unwrap().id());
    let alignment = index.align(a, b);
    assert_eq!(alignment.pairs.len(), 9);
    let place = |id: MeasureId| graph.at(id).key().position;
    let mutual = alignment.pairs.iter().filter(|pair| pair.mutual);
    let mutual: Vec<_> = mutual.map(|pair| (place(pair.left), place(pair.right))).collect();
    assert_eq!(mutual, [(1, 1), (2, 2), (3, 3)]);
}

/// Returns the best matches by scoring every measure.
fn by_all_scores<G: Deref<Target = Graph>>(
    index: &Index<G>,
    measure: MeasureId,
    top: usize,
) -> Vec<(MeasureId, f32)> {
    let all: Vec<MeasureId> = index.graph().measures().filter(|&other| other != measure).collect();
    let mut ranked: Vec<(MeasureId, f32)> =
        all.iter().copied().zip(index.scores(measure, &all)).filter(|of| of.1 > 0.0).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(top);
    ranked
}

fn ranked<G: Deref<Target = Graph>>(
    index: &Index<G>,
    measure: MeasureId,
    top: usize,
) -> Vec<(MeasureId, f32)> {
    let options = SearchOptions::default().limit(top).explain(false);
    index
        .similar_to(measure, &options)
        .into_iter()
        .map(|found| (found.measure, found.score))
        .collect()
}

#[test]
fn search_finds_the_highest_scores() {
    let index = index();
    for measure in builtin().measures() {
        for top in [1, 10, 131] {
            assert_eq!(ranked(&index, measure, top), by_all_scores(&index, measure, top));
        }
    }
}

/// Documents with measures of random words or none, with and without chapters.
fn documents() -> impl Strategy<Value = Vec<(u8, Record)>> {
    const ORDINALS: [&str; 6] = ["一", "二", "三", "四", "五", "六"];
    let measure = "[药品监管检验审评警戒3，]{0,14}";
    let chapter = prop_oneof![Just(None), Just(Some("加强药物警戒")), Just(Some("优化通关"))];
    let measures = prop::collection::vec((chapter, measure), 0..6);
    let document = (0_u8..6, measures).prop_map(|(key, measures)| {
        let mut text = String::new();
        for (n, (chapter, measure)) in ORDINALS.iter().zip(measures) {
            match chapter {
                Some(chapter) => text += &format!("{n}、{chapter}\n(一){measure}。\n(二)——\n"),
                None => text += &format!("{n}、{measure}。\n"),
            }
        }
        (key, read(Lexicon::builtin(), &key.to_string(), text))
    });
    prop::collection::vec(document, 0..8)
}

fn graph(corpus: &mut Corpus) -> Arc<Graph> {
    corpus.graph(Lexicon::builtin())
}

fn saved<G: Deref<Target = Graph>>(index: &Index<G>) -> Vec<u8> {
    let mut bytes = Vec::new();
    index.write_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_loaded_index_ranks_like_a_new_one() {
    let index = index();
    let bytes = saved(&index);
    let loaded = Index::from_bytes(&bytes, builtin(), Lexicon::builtin()).unwrap();
    assert_eq!(saved(&loaded), bytes);
    for measure in builtin().measures() {
        assert_eq!(ranked(&loaded, measure, 10), ranked(&index, measure, 10));
    }

    // Loaded for a corpus that has changed: new measures are added to the index.
    let mut corpus: Corpus = seeds().into_iter().skip(1).collect();
    corpus.insert(read(Lexicon::builtin(), "new", "一、优化注册检验。\n二、加强药物警戒。"));
    let graph = graph(&mut corpus);
    let loaded = Index::from_bytes(&bytes, graph.clone(), Lexicon::builtin()).unwrap();
    let anew = Index::new(graph, Lexicon::builtin());
    for measure in anew.graph().measures() {
        assert_eq!(ranked(&loaded, measure, 10), ranked(&anew, measure, 10));
    }
}

#[test]
fn damaged_indexes_are_errors() {
    let mut corpus: Corpus = seeds().into_iter().take(1).collect();
    let graph = graph(&mut corpus);
    let whole = saved(&Index::new(&*graph, Lexicon::builtin()));
    let load = |bytes: &[u8]| Index::from_bytes(bytes, &*graph, Lexicon::builtin());
    let mut rng = fastrand::Rng::with_seed(53);
    for _ in 0..1_000 {
        let mut bytes = whole.clone();
        let at = rng.usize(..bytes.len());
        if rng.bool() {
            bytes[at] ^= 1 << rng.u8(..8);
        } else {
            bytes.truncate(at);
        }
        let error = load(&bytes).unwrap_err().to_string();
        assert!(!error.is_empty());
    }
    let mut graphs = Vec::new();
    graph.write_to(&mut graphs).unwrap();
    assert!(load(&graphs).unwrap_err().to_string().contains("Graph::load"));
    let more = r#"{"entries": [{"topic": "其他", "concept": "其他", "forms": ["其他事项"]}]}"#;
    let other = Lexicon::builtin().with(Vocabulary::Concepts, more).unwrap();
    let error = Index::from_bytes(&whole, &*graph, &other).unwrap_err().to_string();
    assert!(error.contains("other concepts"), "{error}");

    // Outlines make no features, so that an index is loaded with any of them.
    let outline = r#"{ "number": "国办发〔2021〕16号", "title": "关于全面加强药品监管能力建设的实施意见",
        "issuers": ["国务院办公厅"], "dates": { "signed": "2021-04-27", "published": "2021-05-10" },
        "chapters": [{ "n": 1, "title": "重点任务" }], "articles": [{ "n": 1, "chapter": 1,
        "heading": "提升检验检测能力", "basis": "heading", "key_terms": ["检验"] }] }"#;
    let outlined = Lexicon::builtin().with(Vocabulary::Outlines, outline).unwrap();
    assert!(Index::from_bytes(&whole, &*graph, &outlined).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_corpus_is_searched_exactly(documents in documents(), top in 1_usize..5) {
        let mut corpus: Corpus = documents.into_iter().map(|of| of.1).collect();
        let graph = graph(&mut corpus);
        let index = Index::new(&*graph, Lexicon::builtin());
        for measure in graph.measures() {
            prop_assert_eq!(ranked(&index, measure, top), by_all_scores(&index, measure, top));
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// An extended index equals an index made from the same graph.
    #[test]
    fn an_extended_index_equals_a_new_one(documents in documents(), removed in prop::collection::vec(0_u8..6, 0..4)) {
        let mut corpus: Corpus = seeds().into_iter().take(2).collect();
        let mut index = Index::new(graph(&mut corpus), Lexicon::builtin());
        for (n, (_, record)) in documents.into_iter().enumerate() {
            corpus.insert(record);
            if let Some(key) = removed.get(n) {
                corpus.remove(&key.to_string());
            }
            index = index.extended(graph(&mut corpus));
        }
        let anew = Index::new(graph(&mut corpus), Lexicon::builtin());
        for measure in anew.graph().measures() {
            prop_assert_eq!(ranked(&index, measure, 10), ranked(&anew, measure, 10));
        }
        // Explanations take most of the time.
        for measure in anew.graph().measures().step_by(4) {
            let whys = [&index, &anew].map(|index| index.similar_to(measure, &SearchOptions::default()));
            prop_assert!(whys[0] == whys[1], "{:?}", measure);
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// One more common word increases the score, all else equal: the other text, the
    /// weights of the words and the lengths.
    #[test]
    fn more_common_words_give_a_higher_score(word in "[药品监管检验审评]{2}", other in "[警戒追溯处罚]{2}") {
        let text = |second: &str| format!("一、{word}。\n二、{word}，{second}。\n三、{word}，{other}。\n四、{other}。\n五、通关。\n");
        let score = |second: &str| {
            let mut corpus: Corpus = [read(Lexicon::builtin(), "d", text(second))].into_iter().collect();
            let graph = graph(&mut corpus);
            let ids: Vec<MeasureId> = graph.measures().collect();
            Index::new(&*graph, Lexicon::builtin()).score(ids[1], ids[2])
        };
        prop_assert!(score(&other) > score("通关"));
    }
}
