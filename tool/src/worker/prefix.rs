//! `prefix`: a set of shingles becomes its prefix for a threshold, rarest shingle first.

use super::{Answers, Fault, Step};
use crate::output::Failure;
use policygraph::reuse::{ShingleOrder, Shingles};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

pub struct Prefix {
    threshold: f32,
    order: ShingleOrder,
}

/// A set under its name. Other fields, such as its size, are passed over.
#[derive(Deserialize)]
pub struct Named {
    set: String,
    shingles: Shingles,
}

#[derive(Serialize)]
struct Answer<'a> {
    set: &'a str,
    size: usize,
    prefix: String,
}

impl Prefix {
    /// * `frequent`: file of the frequent shingles of the corpus, one a line, the rarest first.
    pub fn new(threshold: f32, frequent: Option<&Path>) -> Result<Self, Failure> {
        let frequent = match frequent {
            Some(path) => fs::read_to_string(path)
                .map_err(|error| Failure::new(format_args!("{}: {error}", path.display())))?,
            None => String::new(),
        };
        Ok(Prefix { threshold, order: ShingleOrder::rarest_first(&frequent) })
    }
}

impl Step for Prefix {
    type Question = Named;

    fn answer(&mut self, named: Named, answers: &mut Answers) -> Result<(), Fault> {
        let Named { set, shingles } = named;
        let prefix = shingles.prefix(self.threshold, &self.order);
        let prefix = prefix.iter().map(ToString::to_string).collect();
        Ok(answers.write(&Answer { set: &set, size: shingles.len(), prefix })?)
    }
}
