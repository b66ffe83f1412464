//! Indexes in files: what was described, so that it need not be described again.
//!
//! A file is a row of checked [blocks](crate::container): by which features and
//! vocabulary it was made, then a block a segment. Weights, norms and the lists
//! of the features follow from these and are made again.

use std::fs;
use std::io::{self, Write};
use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::featurize::Describer;
use super::postings::Lists;
use super::segment::{Forward, Segment};
use crate::container::{Block, BlockWriter, Tag, blocks, save};
use crate::error::{Error, ErrorKind};
use crate::features::Feature;
use crate::graph::Graph;
use crate::lexicon::Lexicon;
use crate::model::Record;
use crate::similar::Index;

/// The format that is written. What it means never changes: a change of what the
/// features of a measure are is a new format, whose reader does not take older
/// files, as they only save time.
const VERSION: u32 = 1;

const MADE_BY: Tag = *b"made";
const SEGMENT: Tag = *b"segm";

/// A segment in a file.
#[derive(Serialize, Deserialize)]
struct Saved {
    /// For each document its key, its fingerprint and how many measures it has.
    documents: Vec<(String, u64, u32)>,
    features: Vec<u64>,
    forward: Lists,
}

impl<G: Deref<Target = Graph>> Index<G> {
    /// Saves what making the index took longest for, in a file that is there as a
    /// whole or not at all. The graph is saved by itself ([`Graph::save`]).
    ///
    /// ```
    /// use policygraph::similar::{Index, Options};
    /// use policygraph::{Lexicon, builtin};
    ///
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let path = folder.path().join("seeds.similar");
    /// let index = Index::new(builtin(), Lexicon::builtin());
    /// index.save(&path)?;
    ///
    /// let loaded = Index::load(&path, builtin(), Lexicon::builtin())?;
    /// let ask = |index: &Index<_>| index.text("药物警戒", &Options::default())[0].score;
    /// assert_eq!(ask(&loaded), ask(&index));
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        save(path.as_ref(), |out| self.write_to(out))
    }

    /// Writes what [`save`](Self::save) keeps in a file.
    pub fn write_to(&self, out: impl Write) -> io::Result<()> {
        let mut out = BlockWriter::new(out, VERSION)?;
        out.block(MADE_BY, &self.describer.fingerprint().to_le_bytes())?;
        for shard in &self.shards {
            let segment = &shard.segment;
            let document =
                |of: &Arc<Record>| (of.key.clone(), fingerprint(of), of.measures.len() as u32);
            let saved = Saved {
                documents: segment.documents.iter().map(document).collect(),
                features: segment.features().iter().map(|feature| feature.bits()).collect(),
                forward: (0..segment.len()).map(|of| segment.forward.list(of)).collect(),
            };
            out.block(SEGMENT, &postcard::to_allocvec(&saved).map_err(io::Error::other)?)?;
        }
        out.finish()?.flush()
    }

    /// Loads an index that was [saved](Self::save), for this graph: documents that
    /// it has as they were are taken over, those that are new or changed are
    /// described, those that it has no more are left out. It answers like
    /// [`Index::new`], to the bit.
    ///
    /// Errors: the file cannot be read, is no saved index or of another format, is
    /// cut off or damaged, or was made by other concepts or outlines than those of
    /// the lexicon. The message says at which byte.
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
        let describer = Describer::new(lexicon);
        let (_, blocks) = blocks(name, bytes, VERSION)?;
        let Some((made_by, rest)) = blocks.split_first().filter(|(b, _)| b.tag == MADE_BY) else {
            return Err(Error::new(
                ErrorKind::Corrupt,
                name,
                "is not a saved index; a graph is loaded by Graph::load",
            ));
        };
        if made_by.bytes != describer.fingerprint().to_le_bytes() {
            let message = "was made by other concepts or outlines; make it again with Index::new";
            return Err(Error::new(ErrorKind::Incompatible, name, message));
        }
        let mut segments = Vec::new();
        for block in rest {
            segments.extend(segment(block, &graph)?.map(Arc::new));
        }
        // What is in no segment is described, as when an index is extended.
        Ok(Index::with(graph, describer, segments))
    }
}

/// What the graph still has of a segment; none if that is nothing.
fn segment(block: &Block<'_>, graph: &Graph) -> Result<Option<Segment>, Error> {
    let saved: Saved = match postcard::take_from_bytes(block.bytes) {
        Ok((saved, [])) if block.tag == SEGMENT => saved,
        Ok(_) => return Err(block.error("it is longer than what it holds, or of another kind")),
        Err(error) => return Err(block.error(error)),
    };
    let Saved { documents, features, forward } = saved;
    let measures: u64 = documents.iter().map(|of| u64::from(of.2)).sum();
    let features: Option<Vec<Feature>> = features.into_iter().map(Feature::from_bits).collect();
    let features = features.filter(|all| all.is_sorted_by(|a, b| a < b));
    let Some(features) = features.filter(|all| forward.is_sound(all.len())) else {
        return Err(block.error("its lists do not fit its features"));
    };
    if measures != forward.len() as u64 {
        return Err(block.error("it has not as many lists as measures"));
    }
    let mut kept = Vec::new();
    let mut split = Forward::default();
    let mut first = 0;
    for (key, print, measures) in documents {
        let record = graph.shared(&key).filter(|record| {
            record.measures.len() == measures as usize && fingerprint(record) == print
        });
        if let Some(record) = record {
            kept.push(record.clone());
            let of_record = first..first + measures as usize;
            of_record.for_each(|list| split.push(&forward.list(list), &features));
        }
        first += measures as usize;
    }
    Ok((!kept.is_empty()).then(|| Segment::of(kept, features, split)))
}

/// Of all that describing a document's measures looks at.
fn fingerprint(record: &Record) -> u64 {
    let mut text = crc32fast::Hasher::new();
    text.update(record.text.as_bytes());
    let mut rest = crc32fast::Hasher::new();
    let said = record.measures.iter().map(|measure| {
        let products = measure.provision.products.iter().map(|product| &product.value);
        let title = measure.title.as_ref().map(|title| &title.value);
        (measure.span, &measure.clauses, measure.section, title, products.collect::<Vec<_>>())
    });
    let chapters = record.sections.iter().map(|of| (of.section, of.ordinal, &of.title));
    let all = (said.collect::<Vec<_>>(), chapters.collect::<Vec<_>>());
    rest.update(&postcard::to_allocvec(&all).expect("plain data is encoded"));
    u64::from(text.finalize()) << 32 | u64::from(rest.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::features::{Bag, Field};
    use crate::read::read;

    /// A file of each format is kept: what it means never changes. `UPDATE=1`
    /// writes one that is not there.
    #[test]
    fn every_format_is_read() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/saved/1.similar");
        let text = "一、优化注册检验。\n二、加强药物警戒。";
        let mut corpus: Corpus = [read(Lexicon::builtin(), "d", text)].into_iter().collect();
        let graph = corpus.graph(Lexicon::builtin());
        let index = Index::new(&*graph, Lexicon::builtin());
        if std::env::var_os("UPDATE").is_some() && !fs::exists(path).unwrap() {
            index.save(path).unwrap();
        }
        let bytes = fs::read(path).unwrap();
        let (_, blocks) = blocks("kept", &bytes, VERSION).unwrap();
        // Concepts go by their places in a vocabulary that may have grown since.
        let words = |segment: &Segment| -> Vec<Bag> {
            let bags = (0..segment.len()).map(|measure| segment.bag(measure));
            let words = |bag: Bag| bag.into_iter().filter(|of| of.0.field() == Field::Words);
            bags.map(|bag| words(bag).collect()).collect()
        };
        let kept = segment(&blocks[1], &graph).unwrap().unwrap();
        assert_eq!(words(&kept), words(&index.shards[0].segment));
    }
}
