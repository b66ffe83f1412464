//! Saved indexes: the features of each measure, which take longest to compute.
//!
//! A file is a sequence of checksummed [blocks](crate::container): first the version
//! hash of the vocabulary, then one block for each segment. Weights, norms and inverted
//! lists are computed again on load. Each document of the graph is in one segment at most.

use crate::number::to_u32;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{self, Write};
use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::build::is_current;
use super::featurize::Featurizer;
use super::postings::PostingLists;
use super::segment::Segment;
use crate::container::{Block, BlockWriter, Tag, blocks, first_tag, save, unsupported};
use crate::error::{Error, ErrorKind};
use crate::features::{Bag, Feature, document_impacts};
use crate::graph::Graph;
use crate::lexicon::Lexicon;
use crate::model::{Measure, Provision, Record, Section};
use crate::similar::Index;

/// The format version. Its meaning never changes: when the features of a measure change,
/// the version changes.
const VERSION: u32 = 2;

/// The bit of format 1 that marks the similarity to an article of a policy, in a feature that
/// is no run of letters.
const V1_ARTICLE: u64 = 1 << 61;
const V1_RUN: u64 = 1 << 63;

/// The block with the version hash of the vocabulary.
const MADE_BY: Tag = *b"made";
/// A block with one segment.
const SEGMENT: Tag = *b"segm";

/// A segment in a file.
#[derive(Serialize, Deserialize)]
struct Saved {
    /// For each document its key, its version hash and its number of measures.
    documents: Vec<(String, u64, u32)>,
    features: Vec<u64>,
    forward: PostingLists,
}

impl<G: Deref<Target = Graph>> Index<G> {
    /// Saves the features of all measures. The file is replaced atomically, keeps its mode and is
    /// found through links as by [`Graph::save`], by which the graph is saved on its own.
    ///
    /// ```
    /// use policygraph::similar::{Index, SearchOptions};
    /// use policygraph::{Lexicon, builtin};
    ///
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let path = folder.path().join("seeds.similar");
    /// let index = Index::new(builtin(), Lexicon::builtin());
    /// index.save(&path)?;
    ///
    /// let loaded = Index::load(&path, builtin(), Lexicon::builtin())?;
    /// let ask = |index: &Index<_>| index.search("药物警戒", &SearchOptions::default())[0].score;
    /// assert_eq!(ask(&loaded), ask(&index));
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        save(path.as_ref(), |out| self.write_blocks(out))
    }

    /// Writes the content of a [saved](Self::save) file.
    pub fn write_to(&self, out: impl Write) -> Result<(), Error> {
        self.write_blocks(out).map_err(Error::not_written)
    }

    fn write_blocks(&self, out: impl Write) -> io::Result<()> {
        let mut out = BlockWriter::new(out, VERSION)?;
        out.block(MADE_BY, &self.featurizer.version_hash().to_le_bytes())?;
        for weighted in &self.segments {
            let segment = &weighted.segment;
            let mut saved = Saved {
                documents: Vec::new(),
                features: segment.features().iter().map(|feature| feature.bits()).collect(),
                forward: PostingLists::default(),
            };
            // A segment keeps documents that were changed since: their new text is in another.
            for (record, lists) in segment.lists_of_documents() {
                if is_current(&self.graph, record) {
                    let measures = to_u32(record.measures.len());
                    saved.documents.push((record.key.clone(), version_hash(record), measures));
                    lists.for_each(|list| saved.forward.push(&segment.forward.list(list)));
                }
            }
            if !saved.documents.is_empty() {
                out.block(SEGMENT, &postcard::to_allocvec(&saved).map_err(io::Error::other)?)?;
            }
        }
        out.finish()?.flush()
    }

    /// Loads a [saved](Self::save) index for this graph. Unchanged documents are reused,
    /// new and changed ones are featurized, removed ones are left out. Results equal those
    /// of [`Index::new`] to the bit.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is no saved index, has another format version, is
    /// truncated or damaged, or was made with other concepts than those of the lexicon. The message has the byte offset.
    pub fn load(path: impl AsRef<Path>, graph: G, lexicon: &Lexicon) -> Result<Self, Error> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| Error::io(&name, "cannot be read", error))?;
        Index::decode(&name, &bytes, graph, lexicon)
    }

    /// Reads what [`write_to`](Self::write_to) has written, as [`load`](Self::load)
    /// does.
    pub fn from_bytes(bytes: &[u8], graph: G, lexicon: &Lexicon) -> Result<Self, Error> {
        Index::decode("the index", bytes, graph, lexicon)
    }

    fn decode(name: &str, bytes: &[u8], graph: G, lexicon: &Lexicon) -> Result<Self, Error> {
        // Graphs are saved in the same container. The first block tells them apart in every format.
        if first_tag(bytes).is_some_and(|tag| tag != MADE_BY) {
            let message = "is not a saved index; a graph is loaded by Graph::load";
            return Err(Error::new(ErrorKind::Corrupt, name, message));
        }
        let featurizer = Featurizer::new(lexicon);
        let (format, blocks) = blocks(name, bytes, VERSION)?;
        let Some((made_by, rest)) = blocks.split_first() else {
            return Err(Error::new(ErrorKind::Corrupt, name, "has no blocks"));
        };
        // Format 1 has the hash of the outlines before that of the concepts.
        let concepts = match (format, made_by.bytes) {
            (1, [_, _, _, _, concepts @ ..]) => concepts,
            (1, _) => return Err(made_by.error("it has no hash of the concepts")),
            (2, concepts) => concepts,
            _ => return Err(unsupported(name, format, VERSION)),
        };
        if concepts != featurizer.version_hash().to_le_bytes() {
            let message = "was made with other concepts; build the index again with Index::new";
            return Err(Error::new(ErrorKind::Incompatible, name, message));
        }
        let mut segments = Vec::new();
        let mut loaded = HashSet::new();
        for block in rest {
            let saved = match format {
                1 => decoded(block, newer(saved(block)?), &featurizer)?,
                _ => decoded(block, saved(block)?, &featurizer)?,
            };
            for (key, hash, _) in &saved.documents {
                if !loaded.insert((key.clone(), *hash)) {
                    return Err(block.error(format!("document {key} is in the file twice")));
                }
            }
            segments.extend(segment(saved, &graph).map(Arc::new));
        }
        // Documents in no segment are featurized, as when an index is extended.
        Ok(Index::with(graph, featurizer, segments))
    }
}

/// The content of a segment block that is well formed.
struct Decoded {
    /// For each document its key, its version hash and its number of measures.
    documents: Vec<(String, u64, u32)>,
    features: Vec<Feature>,
    forward: PostingLists,
}

/// Decodes the content of a segment block.
fn saved(block: &Block<'_>) -> Result<Saved, Error> {
    match postcard::take_from_bytes(block.bytes) {
        Ok((saved, [])) if block.tag == SEGMENT => Ok(saved),
        Ok(_) => Err(block.error("it has trailing bytes, or is of another kind")),
        Err(error) => Err(block.error(error)),
    }
}

/// Turns a segment of format 1 into one of the current format: leaves out the similarity to
/// articles, and replaces the counts by impacts. A segment that is not well formed stays so.
fn newer(saved: Saved) -> Saved {
    let Saved { documents, features, forward } = saved;
    let measures: u64 = documents.iter().map(|of| u64::from(of.2)).sum();
    let known: Option<Vec<Option<Feature>>> = features
        .iter()
        .map(|&bits| match bits & V1_RUN == 0 && bits & V1_ARTICLE != 0 {
            true => Some(None),
            false => Feature::from_bits(bits).map(Some),
        })
        .collect();
    let (Some(known), true) =
        (known, forward.is_sound(features.len()) && measures == forward.len() as u64)
    else {
        return Saved { documents, features, forward };
    };
    let rows: HashMap<Feature, u32> =
        known.iter().flatten().zip(0..).map(|(&feature, row)| (feature, row)).collect();
    let mut lists = PostingLists::default();
    let mut first = 0;
    for (_, _, measures) in &documents {
        let next = first + *measures as usize;
        let bag = |list| {
            let entries = forward.list(list).into_iter();
            let bag = entries.filter_map(|(row, count)| Some((known[row as usize]?, count)));
            bag.collect::<Bag>()
        };
        let mut bags: Vec<Bag> = (first..next).map(bag).collect();
        document_impacts(&mut bags);
        for bag in bags {
            let entries: Vec<(u32, u32)> =
                bag.into_iter().map(|(feature, impact)| (rows[&feature], impact)).collect();
            lists.push(&entries);
        }
        first = next;
    }
    let features = known.iter().flatten().map(|feature| feature.bits()).collect();
    Saved { documents, features, forward: lists }
}

/// Checks that a segment could have been written: documents by ascending key, as many lists
/// as measures, and features of this vocabulary.
fn decoded(block: &Block<'_>, saved: Saved, featurizer: &Featurizer) -> Result<Decoded, Error> {
    let Saved { documents, features, forward } = saved;
    if let Some(pair) = documents.windows(2).find(|pair| pair[0].0 >= pair[1].0) {
        let [(before, ..), (after, ..)] = pair else { unreachable!("windows of two") };
        return Err(block.error(format!("document {after} follows {before}, not in order of keys")));
    }
    let measures: u64 = documents.iter().map(|of| u64::from(of.2)).sum();
    let features: Option<Vec<Feature>> = features.into_iter().map(Feature::from_bits).collect();
    let features = features.filter(|all| all.is_sorted_by(|a, b| a < b));
    let Some(features) = features.filter(|all| forward.is_sound(all.len())) else {
        return Err(block.error("its lists do not fit its features"));
    };
    if measures != forward.len() as u64 {
        return Err(block.error("its number of lists differs from its number of measures"));
    }
    let is_possible =
        |(row, impact): (u32, u32)| featurizer.is_possible(features[row as usize], impact);
    if !(0..forward.len()).all(|list| forward.list(list).into_iter().all(is_possible)) {
        return Err(block.error("a measure has a feature that the vocabulary lacks"));
    }
    Ok(Decoded { documents, features, forward })
}

/// Returns the documents of a segment that are unchanged in the graph; `None` if there are
/// no such documents.
fn segment(saved: Decoded, graph: &Graph) -> Option<Segment> {
    let Decoded { documents, features, forward } = saved;
    let mut kept = Vec::new();
    let mut split = PostingLists::default();
    let mut first = 0;
    for (key, hash, measures) in documents {
        let record = graph.shared(&key).filter(|record| {
            record.measures.len() == measures as usize && version_hash(record) == hash
        });
        if let Some(record) = record {
            kept.push(record.clone());
            let of_record = first..first + measures as usize;
            of_record.for_each(|list| split.push(&forward.list(list)));
        }
        first += measures as usize;
    }
    (!kept.is_empty()).then(|| Segment::of(kept, features, split))
}

/// Hashes the fields of a record that featurizing reads
/// ([`Extractor::measure`](crate::features::Extractor::measure)). The structs are matched
/// field by field, so that a new field does not compile until it is hashed or ignored here.
fn version_hash(record: &Record) -> u64 {
    let Record {
        text,
        measures,
        sections,
        key: _,
        origin: _,
        title: _,
        number: _,
        genre: _,
        issuers: _,
        addressees: _,
        region: _,
        dates: _,
        implements: _,
        repeals: _,
        subsections: _,
        body: _,
        notes: _,
    } = record;
    let measures = measures.iter().map(|measure| {
        let Measure { ordinal: _, section, title, span, clauses, provision } = measure;
        let Provision {
            products,
            responsible: _,
            classes: _,
            agencies: _,
            cites: _,
            targets: _,
            deadlines: _,
            platforms: _,
            modality: _,
        } = provision;
        let products = products.iter().map(|product| &product.value);
        let title = title.as_ref().map(|title| &title.value);
        (span, clauses, section, title, products.collect::<Vec<_>>())
    });
    let sections = sections.iter().map(|section| {
        let Section { ordinal, title, span, prose: _, provision: _ } = section;
        // The first field was part of the hash when the format was published.
        (None::<u32>, ordinal, title, span)
    });
    let rest = (measures.collect::<Vec<_>>(), sections.collect::<Vec<_>>());
    let rest = postcard::to_allocvec(&rest).expect("plain data is encoded");
    u64::from(crc32fast::hash(text.as_bytes())) << 32 | u64::from(crc32fast::hash(&rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::features::Field;
    use crate::read::read;

    /// A file of each format is kept, as its meaning never changes. `UPDATE=1` writes a
    /// missing one.
    #[test]
    fn every_format_is_read() {
        for format in 1..=VERSION {
            check_read(format);
        }
    }

    #[track_caller]
    fn check_read(format: u32) {
        let path = format!("{}/tests/saved/{format}.similar", env!("CARGO_MANIFEST_DIR"));
        let mut corpus: Corpus = [read(Lexicon::builtin(), "d", OLDER)].into_iter().collect();
        let graph = corpus.graph(Lexicon::builtin());
        let index = Index::new(&*graph, Lexicon::builtin());
        if std::env::var_os("UPDATE").is_some() && !fs::exists(&path).unwrap() {
            index.save(&path).unwrap();
        }
        let bytes = fs::read(&path).unwrap();
        let (version, blocks) = blocks("kept", &bytes, VERSION).unwrap();
        // Concepts are numbered by a vocabulary that may have grown since.
        let words = |segment: &Segment| -> Vec<Bag> {
            let bags = (0..segment.len()).map(|measure| segment.bag(measure));
            let words = |bag: Bag| bag.into_iter().filter(|of| of.0.field() == Field::Words);
            bags.map(|bag| words(bag).collect()).collect()
        };
        let featurizer = Featurizer::new(Lexicon::builtin());
        assert_eq!(version, format);
        let kept = saved(&blocks[1]).unwrap();
        let kept = if format == 1 { newer(kept) } else { kept };
        let kept = segment(decoded(&blocks[1], kept, &featurizer).unwrap(), &graph).unwrap();
        assert_eq!(words(&kept), words(&index.segments[0].segment));
    }

    const OLDER: &str = "一、优化注册检验。\n二、加强药物警戒。";

    fn corpus() -> Corpus {
        let read = |key| read(Lexicon::builtin(), key, OLDER);
        ["a", "b"].map(read).into_iter().collect()
    }

    /// Writes segments as a file with right checksums.
    fn file(segments: &[Saved]) -> Vec<u8> {
        let mut out = BlockWriter::new(Vec::new(), VERSION).unwrap();
        let made_by = Featurizer::new(Lexicon::builtin()).version_hash();
        out.block(MADE_BY, &made_by.to_le_bytes()).unwrap();
        for saved in segments {
            out.block(SEGMENT, &postcard::to_allocvec(saved).unwrap()).unwrap();
        }
        out.finish().unwrap()
    }

    /// Returns the segment of the corpus.
    fn saved_of(graph: &Graph) -> Saved {
        let mut bytes = Vec::new();
        Index::new(graph, Lexicon::builtin()).write_to(&mut bytes).unwrap();
        let (_, blocks) = blocks("saved", &bytes, VERSION).unwrap();
        postcard::from_bytes(blocks[1].bytes).unwrap()
    }

    #[track_caller]
    fn check_refused(graph: &Graph, segments: &[Saved], expected: &str) {
        let Err(error) = Index::from_bytes(&file(segments), graph, Lexicon::builtin()) else {
            panic!("accepted: {expected}");
        };
        assert_eq!(error.kind(), ErrorKind::Corrupt);
        assert!(error.to_string().contains(expected), "{error}");
    }

    #[test]
    fn segments_with_right_checksums_and_wrong_documents_are_refused() {
        let graph = corpus().graph(Lexicon::builtin());
        let segment = || saved_of(&graph);
        assert!(Index::from_bytes(&file(&[segment()]), &*graph, Lexicon::builtin()).is_ok());
        check_refused(&graph, &[segment(), segment()], "document a is in the file twice");

        let mut second = segment();
        second.documents.remove(0);
        second.forward = (2..4).map(|list| second.forward.list(list)).collect();
        check_refused(&graph, &[segment(), second], "document b is in the file twice");

        let mut swapped = segment();
        swapped.documents.swap(0, 1);
        check_refused(&graph, &[swapped], "document a follows b");
        let mut repeated = segment();
        repeated.documents[1] = repeated.documents[0].clone();
        check_refused(&graph, &[repeated], "document a follows a");
    }

    #[test]
    fn features_that_the_vocabulary_lacks_are_refused() {
        let graph = corpus().graph(Lexicon::builtin());
        for feature in [Feature::concept(1_000_000), Feature::topic(1_000_000)] {
            let segment = Saved {
                features: vec![feature.bits()],
                forward: [(); 4].map(|()| vec![(0, 1)]).into_iter().collect(),
                ..saved_of(&graph)
            };
            check_refused(&graph, &[segment], "a feature that the vocabulary lacks");
        }
        let impact_out_of_range = Saved {
            features: vec![Feature::concept(0).bits()],
            forward: [(); 4].map(|()| vec![(0, u32::MAX)]).into_iter().collect(),
            ..saved_of(&graph)
        };
        check_refused(&graph, &[impact_out_of_range], "a feature that the vocabulary lacks");
    }

    /// A change that featurizing ignores leaves the version hash as it was. The index then has
    /// both records, and the file must have one.
    #[test]
    fn a_document_changed_outside_its_text_is_saved_once() {
        let mut corpus = corpus();
        let index = Index::new(corpus.graph(Lexicon::builtin()), Lexicon::builtin());
        let mut record = read(Lexicon::builtin(), "a", OLDER);
        record.notes.clear();
        record.region = vec!["山西省".to_owned()];
        corpus.insert(record);
        let graph = corpus.graph(Lexicon::builtin());
        let mut bytes = Vec::new();
        index.extended(graph.clone()).write_to(&mut bytes).unwrap();
        let loaded = Index::from_bytes(&bytes, graph, Lexicon::builtin()).unwrap();
        let measures: usize = loaded.segments.iter().map(|of| of.segment.len()).sum();
        assert_eq!(measures, 4);
    }
}
