//! `shingles`: a record becomes the sets of shingles of its measures.

use super::{Answers, Fault, Step};
use policygraph::Record;
use policygraph::reuse::Shingles;
use policygraph::similar::provision_text;
use serde::{Deserialize, Serialize};

pub struct OfRecord;

/// An answer of the step `read`.
#[derive(Deserialize)]
pub struct Read {
    key: String,
    record: Record,
}

#[derive(Serialize)]
struct Answer<'a> {
    key: &'a str,
    measures: Vec<Measure>,
}

/// A measure with at least one shingle. The others resemble nothing.
#[derive(Serialize)]
struct Measure {
    /// Position among the measures of the document, from 1.
    position: usize,
    /// Checksum, the same for equal sets only.
    set: String,
    size: usize,
    shingles: Shingles,
}

impl Step for OfRecord {
    type Question = Read;

    fn answer(&mut self, Read { key, record }: Read, answers: &mut Answers) -> Result<(), Fault> {
        let sets = record.measures.iter().map(|measure| {
            let shingles = Shingles::of(provision_text(measure, &record.text));
            (shingles.checksum(), shingles)
        });
        let measures = (1..).zip(sets).filter(|(_, (_, shingles))| !shingles.is_empty());
        let measures = measures.map(|(position, (set, shingles))| Measure {
            position,
            set,
            size: shingles.len(),
            shingles,
        });
        Ok(answers.write(&Answer { key: &key, measures: measures.collect() })?)
    }
}
