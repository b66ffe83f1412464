//! Synthetic corpora: equal on every run, with a true lineage.

#![cfg(feature = "builtin")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use policygraph::{Corpus, Genre, Lexicon, Record, Span, read, seeds};
use policygraph_testkit::synthetic;
use policygraph_testkit::synthetic::{Document, MeasureLineage, documents};

const SEED: u64 = 53;

const MEASURES: usize = 3_500;

/// About 200 documents.
static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| documents(SEED, MEASURES).collect());

/// Records of the same documents.
static RECORDS: LazyLock<Vec<Record>> = LazyLock::new(|| synthetic::records(SEED, MEASURES));

fn without_digits(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// Returns the sentences of each seed measure by key, without white space.
fn seed_sentences() -> BTreeMap<String, Vec<String>> {
    let mut sentences = BTreeMap::new();
    for seed in seeds() {
        for (position, measure) in (1..).zip(&seed.measures) {
            let words: String = measure.span.slice(&seed.text).split_whitespace().collect();
            let split = words.split_inclusive('。').map(str::to_owned).collect();
            sentences.insert(format!("{}/{position}", seed.key), split);
        }
    }
    sentences
}

/// Returns true if the sentence contains no name of a region.
fn is_without_region(sentence: &str) -> bool {
    !sentence.contains(|c| "省市区盟旗蒙辽晋春吉".contains(c))
}

#[test]
fn a_seed_gives_the_same_bytes_and_another_seed_gives_others() {
    let texts = |seed| documents(seed, 300).map(|made| made.text).collect::<Vec<_>>();
    let once = texts(SEED);
    assert_eq!(once, texts(SEED));
    let other = texts(SEED + 1);
    assert!(once.iter().all(|text| !other.contains(text)));
}

#[test]
fn a_longer_corpus_starts_with_the_shorter_one() {
    let first: Vec<_> = documents(SEED, 1_000).collect();
    assert!((40..DOCUMENTS.len()).contains(&first.len()));
    assert_eq!(first, DOCUMENTS[..first.len()]);

    let count =
        |made: &[Document]| made.iter().map(|made| made.lineage.measures.len()).sum::<usize>();
    assert!(count(&first) >= 1_000 && count(&first[..first.len() - 1]) < 1_000);
}

#[test]
fn records_are_the_documents_read_in_order() {
    assert_eq!(RECORDS.len(), DOCUMENTS.len());
    for (record, made) in RECORDS.iter().zip(DOCUMENTS.iter()).step_by(10) {
        assert_eq!(*record, read(Lexicon::builtin(), &made.key, made.text.as_str()));
    }
}

#[test]
fn reading_finds_the_measures_where_they_were_written() {
    let (mut found, mut all) = (0, 0);
    for (record, made) in RECORDS.iter().zip(DOCUMENTS.iter()) {
        let lineage = &made.lineage;
        assert_eq!(record.genre == Genre::News, lineage.news.is_some(), "{}", made.text);
        assert!(lineage.news.is_none() || record.measures.is_empty(), "{}", made.text);
        all += lineage.measures.len();
        if record.measures.len() == lineage.measures.len() {
            let pairs = record.measures.iter().zip(&lineage.measures);
            found += pairs
                .filter(|(measure, descent)| contains_sentences(measure.span, descent))
                .count();
        }
    }
    assert!(found * 100 >= all * 98, "{found} of {all}");
}

/// Returns true if all sentences lie in the span of the measure.
fn contains_sentences(measure: Span, lineage: &MeasureLineage) -> bool {
    let mut spans = lineage.sentences.iter().filter_map(|sentence| sentence.span);
    spans.all(|span| measure.start <= span.start && span.end <= measure.end)
}

#[test]
fn sentences_were_edited_as_the_lineage_states() {
    let sentences = seed_sentences();
    let (mut kept, mut reworded, mut renumbered, mut dropped) = (0, 0, 0, 0);
    for made in DOCUMENTS.iter() {
        for sentence in made.lineage.measures.iter().flat_map(|measure| &measure.sentences) {
            let seed = &sentences[sentence.seed][sentence.index];
            let Some(span) = sentence.span else {
                dropped += 1;
                continue;
            };
            let text = span.slice(&made.text);
            if !is_without_region(seed) {
                continue;
            }
            match (sentence.reworded, sentence.renumbered) {
                (false, false) => {
                    assert!(sentence.is_unchanged());
                    assert_eq!(text, seed);
                    kept += 1;
                }
                (true, _) => {
                    assert_ne!(without_digits(text), without_digits(seed));
                    reworded += 1;
                }
                (false, true) => {
                    assert_ne!(text, seed);
                    assert_eq!(without_digits(text), without_digits(seed));
                    renumbered += 1;
                }
            }
        }
    }
    assert!(kept > 2_000 && reworded > 500 && renumbered > 20 && dropped > 500);
    assert!(kept > reworded, "{kept} kept, {reworded} reworded");
}

#[test]
fn the_lineage_lists_every_sentence_of_the_seed_measure() {
    let sentences = seed_sentences();
    for descent in DOCUMENTS.iter().flat_map(|made| &made.lineage.measures) {
        let own = descent.sentences.iter().filter(|sentence| sentence.seed == descent.seed);
        let told: BTreeSet<usize> = own.map(|sentence| sentence.index).collect();
        let clauses = |sentence: &&String| !sentence.starts_with(['(', '(']);
        let all = sentences[descent.seed].iter().filter(clauses).count();
        assert_eq!(told, (0..all).collect(), "{}", descent.seed);
    }
}

#[test]
fn a_parent_is_an_earlier_document_and_its_measures_have_the_same_seeds() {
    let by_key: BTreeMap<&str, &Document> = DOCUMENTS.iter().map(|m| (m.key.as_str(), m)).collect();
    let (mut children, mut grandchildren) = (0, 0);
    for made in DOCUMENTS.iter() {
        let Some(parent) = &made.lineage.parent else {
            assert!(made.lineage.measures.iter().all(|measure| measure.parent.is_none()));
            continue;
        };
        assert!(*parent < made.key);
        let parent = by_key[parent.as_str()];
        children += 1;
        grandchildren += usize::from(parent.lineage.parent.is_some());
        for measure in &made.lineage.measures {
            let (document, position) = measure.parent.as_ref().unwrap().split_once('/').unwrap();
            assert_eq!(document, parent.key);
            let position: usize = position.parse().unwrap();
            assert_eq!(parent.lineage.measures[position - 1].seed, measure.seed);
        }
    }
    assert!(children > 50 && grandchildren > 10, "{children}, {grandchildren}");
}

#[test]
fn a_corpus_has_many_regions_and_some_hubs() {
    let graph = RECORDS.iter().cloned().collect::<Corpus>().graph(Lexicon::builtin());
    let documents = graph.documents().len();
    assert!(graph.regions().len() > 100 && graph.agencies().len() > 1_000);

    let parent = graph.policy("国办发〔2024〕53号").unwrap();
    assert!(parent.implemented_by().len() * 2 > documents);
    let cited = graph.policies().filter(|&policy| !graph.text_in(policy).is_empty()).count();
    assert!(cited > 20, "{cited} documents are cited");

    let mut duties: Vec<usize> =
        graph.agencies().map(|agency| graph.duties(agency).len()).collect();
    duties.sort_unstable();
    assert!(duties[duties.len() - 1] > 20 * duties[duties.len() / 2], "{duties:?}");
    let genres: BTreeSet<Genre> = graph.documents().map(|id| graph.at(id).genre()).collect();
    assert!(genres.is_superset(&[Genre::Measures, Genre::Draft, Genre::News].into()), "{genres:?}");
}
