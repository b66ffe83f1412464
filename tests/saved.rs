//! Saved graphs: a loaded graph equals the saved one, and a damaged file is an error.

#![cfg(feature = "builtin")]

use policygraph::graph::Node;
use policygraph::similar::Index;
use policygraph::{Corpus, ErrorKind, Graph, Lexicon, Record, read, seeds};
use proptest::prelude::*;
use std::sync::Arc;
use std::{env, fs};

const SAVED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/saved");

fn saved(graph: &Graph) -> Vec<u8> {
    let mut bytes = Vec::new();
    graph.write_to(&mut bytes).unwrap();
    bytes
}

fn graph(records: impl IntoIterator<Item = Record>) -> Arc<Graph> {
    records.into_iter().collect::<Corpus>().graph(Lexicon::builtin())
}

/// Returns the graph of three small documents: a notice with chapters and figures, news, and
/// measures with every kind of fact in the prose of a chapter.
fn small() -> Arc<Graph> {
    let text = "山西省药品监督管理局关于提升疫苗监管能力的若干措施
一、总体要求
落实《中华人民共和国疫苗管理法》,到2027年,疫苗批签发时限压缩至30个工作日,会同山西省财政厅建设药品智慧监管平台。(省药监局牵头)
二、重点任务
(一)加强检验。扩充检验项目。";
    let invented = read(Lexicon::builtin(), "sx-vaccines", text);
    let small = |seed: &Record| ["cq-clues", "sc-cq-community"].contains(&&*seed.key);
    graph(seeds().into_iter().filter(small).chain([invented]))
}

fn error(bytes: &[u8]) -> String {
    Graph::from_bytes(bytes).expect_err("the file is not as it was saved").to_string()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_loaded_graph_equals_the_saved_one(
        chosen in prop::collection::btree_set(0..13_usize, 0..6),
    ) {
        let seeds = seeds();
        let graph = graph(chosen.into_iter().map(|place| seeds[place].clone()));
        let bytes = saved(&graph);
        let loaded = Graph::from_bytes(&bytes).unwrap();
        prop_assert!(loaded == *graph);
        prop_assert_eq!(saved(&loaded), bytes);
        let (again, first) = (Corpus::from(&loaded), Corpus::from(&*graph));
        prop_assert!(again == first);
    }
}

#[test]
fn a_loaded_corpus_assembles_the_same_graphs_as_one_that_was_read() {
    let loaded = Graph::from_bytes(&saved(&graph(seeds()))).unwrap();
    let mut corpus = Corpus::from(&loaded);
    assert!(*corpus.graph(Lexicon::builtin()) == loaded);
    corpus.remove("sx-2025");
    let without = graph(seeds().into_iter().filter(|seed| seed.key != "sx-2025"));
    assert!(*corpus.graph(Lexicon::builtin()) == *without);
}

/// The format that is written.
const CURRENT: u32 = 3;

/// `tests/saved` has a file of each format, and the graph it loads as never changes. `UPDATE=1` writes a
/// missing file and never overwrites one.
#[test]
fn every_saved_format_loads() {
    (1..=CURRENT).for_each(check_format);
}

fn check_format(format: u32) {
    let lines = format!("{SAVED}/{format}.jsonl");
    let path = format!("{SAVED}/{format}.policygraph");
    if env::var_os("UPDATE").is_some() && !fs::exists(&path).unwrap() {
        assert_eq!(format, CURRENT, "a file of an older format cannot be written again");
        let mut records = Vec::new();
        Corpus::from(&*small()).write_json_lines(&mut records).unwrap();
        fs::create_dir_all(SAVED).unwrap();
        fs::write(&lines, records).unwrap();
        small().save(&path).unwrap();
        return;
    }
    let records = fs::read(lines).unwrap_or_default();
    let mut corpus: Corpus =
        Corpus::read_json_lines(&records[..]).collect::<Result<_, _>>().unwrap();
    let loaded = Graph::load(&path).unwrap();
    assert!(Corpus::from(&loaded) == corpus);
    assert!(loaded == *corpus.graph(Lexicon::builtin()), "the graph of the same records");
    let is_current = saved(&loaded) == fs::read(&path).unwrap();
    assert_eq!(is_current, format == CURRENT, "only the current format is written");
}

#[test]
fn ten_thousand_damaged_files_give_errors_only() {
    let whole = saved(&small());
    let mut rng = fastrand::Rng::with_seed(53);
    for _ in 0..10_000 {
        let mut bytes = whole.clone();
        let at = rng.usize(..bytes.len());
        let length = 1 + rng.usize(..64);
        match rng.usize(..6) {
            0 => bytes[at] ^= 1 << rng.usize(..8),
            1 => bytes.truncate(at),
            2 => bytes.insert(at, rng.u8(..)),
            3 => _ = bytes.drain(at..(at + length).min(whole.len())),
            4 => {
                let noise: Vec<u8> = (0..length).map(|_| rng.u8(..)).collect();
                let end = (at + length).min(bytes.len());
                bytes[at..end].copy_from_slice(&noise[..end - at]);
            }
            _ => {
                let other = rng.usize(..bytes.len());
                let length = length.min(bytes.len() - at.max(other));
                let copy = bytes[at..at + length].to_vec();
                bytes.copy_within(other..other + length, at);
                bytes[other..other + length].copy_from_slice(&copy);
            }
        }
        if bytes != whole {
            error(&bytes);
        }
    }
}

/// Returns the tag and content of each block of a file.
fn blocks(mut rest: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut blocks = Vec::new();
    rest = &rest[16..];
    while !rest.is_empty() {
        let length = u64::from_le_bytes(rest[4..12].try_into().unwrap()) as usize;
        blocks.push((rest[..4].to_vec(), rest[16..16 + length].to_vec()));
        rest = &rest[16 + length..];
    }
    blocks
}

/// Changes the content of blocks and computes their checksums anew.
fn with_right_checksums(bytes: &[u8], change: impl Fn(usize, &mut Vec<u8>)) -> Vec<u8> {
    let mut out = bytes[..16].to_vec();
    for (at, (tag, mut content)) in blocks(bytes).into_iter().enumerate() {
        change(at, &mut content);
        let length = (content.len() as u64).to_le_bytes();
        let mut checksum = crc32fast::Hasher::new();
        let place = (at as u32).to_le_bytes();
        [&place[..], &tag, &length, &content].iter().for_each(|part| checksum.update(part));
        out.extend([&tag[..], &length, &checksum.finalize().to_le_bytes(), &content].concat());
    }
    out
}

#[test]
fn swapped_blocks_are_an_error() {
    let whole = saved(&small());
    let ends: Vec<usize> = blocks(&whole)
        .iter()
        .scan(16, |end, (_, content)| {
            *end += 16 + content.len();
            Some(*end)
        })
        .collect();
    let block = |at: usize| &whole[ends[at - 1]..ends[at]];
    let mut swapped = 0;
    for (one, other) in (1..ends.len()).flat_map(|one| (one + 1..ends.len()).map(move |o| (one, o)))
    {
        if block(one).len() != block(other).len() || block(one) == block(other) {
            continue;
        }
        let mut bytes = whole.clone();
        bytes[ends[one - 1]..ends[one]].copy_from_slice(block(other));
        bytes[ends[other - 1]..ends[other]].copy_from_slice(block(one));
        assert!(error(&bytes).contains("checksum"));
        swapped += 1;
    }
    assert!(swapped > 0);
}

/// Keeps the computation of `answer` from being removed.
fn asked<T>(answer: T) {
    std::hint::black_box(answer);
}

/// Calls every method of a graph that follows an id, a span or a position in a table.
fn ask(graph: &Graph) {
    for document in graph.documents().map(|id| graph.at(id)) {
        asked(format!("{:?}", (document.title(), document.number())));
        document.implements().for_each(|hop| asked(format!("{:?}", (hop.quote(), hop.title()))));
        document.responsible().for_each(|(.., evidence)| asked(graph.quote(evidence).len()));
    }
    let parts = graph.sections().map(Node::from).chain(graph.measures().map(Node::from));
    let parts =
        parts.chain(graph.targets().map(Node::from)).chain(graph.articles().map(Node::from));
    for node in parts {
        assert_eq!(graph.node(&graph.key(node)), Some(node), "{}", graph.key(node));
    }
    for measure in graph.measures().map(|id| graph.at(id)) {
        asked(format!("{} {}", measure.key(), measure.text()));
        measure.responsible().for_each(|(a, _, e)| asked((a.name().len(), graph.quote(e).len())));
        measure.targets().for_each(|target| asked(target.text().len()));
        measure.articles().for_each(|article| asked((article.heading().len(), article.proof())));
        policygraph::similar::provision_text(measure.record(), &measure.document().record().text)
            .for_each(|piece| asked(piece.len()));
    }
    let day = policygraph::Date::constant(2025, 6, 16);
    graph.documents().for_each(|id| asked(graph.as_of(day).reason(id).to_string()));
    asked(graph.difference(graph).is_empty());
    asked(saved(graph));
    asked(Corpus::from(graph).graph(Lexicon::builtin()).documents().len());
    for node in graph.agencies().map(|id| graph.at(id).node()) {
        for step in graph.steps(node) {
            asked((
                graph.label(step.node).len(),
                step.proof.evidence().map(|e| graph.quote(e).len()),
            ));
        }
    }
    for policy in graph.policies().map(|id| graph.at(id)) {
        asked((policy.title().len(), graph.policy(policy.title()).is_some()));
        asked(policy.adoptions().len());
    }
}

#[test]
fn changed_content_with_correct_checksums_never_panics() {
    let whole = saved(&small());
    assert_eq!(with_right_checksums(&whole, |_, _| {}), whole);
    let blocks = blocks(&whole).len();
    let mut rng = fastrand::Rng::with_seed(7);
    let mut loaded = 0;
    for _ in 0..3_000 {
        let block = rng.usize(..blocks);
        let (place, byte, kind) = (rng.usize(..1 << 20), rng.u8(..), rng.usize(..4));
        let bytes = with_right_checksums(&whole, |at, content| {
            if at != block || content.is_empty() {
                return;
            }
            let place = place % content.len();
            match kind {
                0 => content[place] = byte,
                1 => content[place] ^= 1 << (byte % 8),
                2 => content.truncate(place),
                _ => content.insert(place, byte),
            }
        });
        // A changed letter in a name gives another graph, which must be consistent.
        if let Ok(graph) = Graph::from_bytes(&bytes) {
            ask(&graph);
            loaded += 1;
        }
    }
    assert!((150..2_850).contains(&loaded), "{loaded}");
}

#[test]
fn a_file_of_a_later_format_is_incompatible() {
    const FORMAT: usize = 12;
    let mut index = Vec::new();
    Index::new(&*small(), Lexicon::builtin()).write_to(&mut index).unwrap();
    let mut bytes = saved(&small());
    for bytes in [&mut bytes, &mut index] {
        bytes[FORMAT] = 9;
    }
    bytes.truncate(FORMAT + 4); // nothing else is read
    index.truncate(FORMAT + 4);
    let graph = Graph::from_bytes(&bytes).unwrap_err();
    let index = Index::from_bytes(&index, &*small(), Lexicon::builtin()).err().unwrap();
    for error in [graph, index] {
        assert_eq!(error.kind(), ErrorKind::Incompatible, "{error}");
        let message = error.to_string();
        assert!(message.contains("format 9") && message.contains("this version"), "{message}");
    }
}

#[test]
fn an_error_has_a_place_and_advice() {
    let whole = saved(&small());
    assert_eq!(
        error(b"PK\x03\x04"),
        "saved graph: is not a file saved by policygraph, or its beginning is damaged"
    );
    let mut newer = whole.clone();
    newer[12] = 9;
    assert_eq!(
        error(&newer),
        "saved graph: has format 9; this version of policygraph reads formats 1 to 3: use the \
         version that saved it, or a newer one"
    );
    let mut damaged = whole.clone();
    damaged[100] ^= 1;
    assert_eq!(
        error(&damaged),
        "saved graph: byte 16: the checksum of block \"recs\" differs; save it again, or use a backup"
    );
    let cut = error(&whole[..whole.len() - 1]);
    assert!(cut.ends_with(": the file is cut off; save it again, or use a backup"), "{cut}");
    let longer = error(&[&whole[..], b"\0"].concat());
    assert!(longer.contains("bytes follow it"), "{longer}");
    let error = Graph::load("no/such/file").unwrap_err().to_string();
    assert!(error.starts_with("no/such/file: "), "{error}");
}

#[test]
fn a_file_is_replaced_completely_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("graph.policygraph");
    small().save(&path).unwrap();
    let other = graph(seeds());
    other.save(&path).unwrap();
    assert!(Graph::load(&path).unwrap() == *other);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no other file is left");
    let error = small().save(folder.path().join("none").join("graph")).unwrap_err().to_string();
    assert!(error.contains("none/graph: not saved, "), "{error}");
}

#[test]
fn a_wrong_length_allocates_no_memory() {
    // A block of 2^60 bytes, and a list of 2^60 names in a block of five.
    let whole = saved(&small());
    let mut long = whole.clone();
    long[20..28].copy_from_slice(&(1_u64 << 60).to_le_bytes());
    assert!(error(&long).contains("cut off"));
    let many = with_right_checksums(&whole, |at, content| {
        if at == 1 {
            *content = vec![0xff, 0xff, 0xff, 0xff, 0x0f];
        }
    });
    assert!(error(&many).contains("not as it was written"));
}

#[test]
fn an_inconsistent_line_is_an_error() {
    let seed = seeds().into_iter().find(|seed| seed.key == "sx-2025").unwrap();
    let whole = serde_json::to_value(&seed).unwrap();
    let wrong = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut line = whole.clone();
        change(&mut line);
        serde_json::from_value::<Record>(line).unwrap_err().to_string()
    };
    assert_eq!(serde_json::from_value::<Record>(whole.clone()).unwrap(), seed);
    let elsewhere = wrong(&|line| line["measures"][3]["clauses"] = serde_json::json!([[0, 3]]));
    assert!(elsewhere.contains("measure 4 is not where it must be"), "{elsewhere}");
    let twice = wrong(&|line| {
        let first = line["measures"][0].clone();
        line["measures"][1] = first;
    });
    assert!(twice.contains("measure 2 is not where it must be"), "{twice}");
}

#[test]
fn a_damaged_line_does_not_affect_the_others() {
    let mut lines = Vec::new();
    Corpus::from(&*small()).write_json_lines(&mut lines).unwrap();
    let text = String::from_utf8(lines).unwrap();
    let (first, second) = text.split_once('\n').unwrap();
    let broken = format!("{first}\n\n{{\"doc\": \"half\n{second}");
    let read: Vec<_> = Corpus::read_json_lines(broken.as_bytes()).collect();
    assert_eq!(read.len(), 4);
    assert!(read[0].is_ok() && read[2].is_ok() && read[3].is_ok());
    assert!(read[1].as_ref().unwrap_err().to_string().starts_with("line 3: "));
    assert!(Corpus::read_json_lines(&b"\xff\n"[..]).next().unwrap().is_err());
    assert_eq!(Corpus::read_json_lines(&b"\n \n"[..]).count(), 0);
}
