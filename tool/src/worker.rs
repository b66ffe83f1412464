//! `worker`: one of many processes that share the documents of a corpus. Reads lines of JSON from
//! standard input and answers each with lines of JSON on standard output, in order.
//!
//! [`Step`] is the work on a line; each step has a file. This file has what they share: the loop, the
//! maximum length of a line, and the vocabularies, which must be the same on all machines. A line that
//! has no answer costs only itself. `docs/worker.md` defines the lines. Documents and records can also be
//! rows of Arrow streams: `arrow`.

mod answers;
mod arrow;
mod forms;
mod groups;
mod prefix;
mod read;
mod resemblance;
mod rows;
mod shingles;

use crate::cli::{StepName, StepOptions};
use crate::lines::{self, Line};
use crate::output::Failure;
use answers::Answers;
use policygraph::{Error, ErrorKind, Lexicon};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::io::{self, BufReader};

/// Bytes of standard input that are read at once.
const BUFFER: usize = 256 * 1024;

/// Answers lines until standard input ends. A closed standard output ends it quietly.
///
/// * `max_line`: maximum length of a line in bytes.
/// * Errors: a line that was made with other vocabularies; input or output that fails.
pub fn run(step: StepName, max_line: usize, options: &StepOptions) -> Result<(), Failure> {
    let StepOptions { threshold, frequent, arrow } = options;
    match step {
        StepName::Read if *arrow => arrow::serve(max_line),
        _ if *arrow => Err(Failure::new("--arrow: only the step read has Arrow streams")),
        StepName::Read => serve(read::Read, max_line),
        StepName::Forms => serve(forms::Forms, max_line),
        StepName::Numbers => serve(groups::Numbers, max_line),
        StepName::Titles => serve(groups::Titles, max_line),
        StepName::Policies => serve(groups::Policies, max_line),
        StepName::Rows => serve(rows::Rows::default(), max_line),
        StepName::Schema => serve(rows::Schema, max_line),
        StepName::Shingles => serve(shingles::OfRecord, max_line),
        StepName::Prefix => serve(prefix::Prefix::new(*threshold, frequent.as_deref())?, max_line),
        StepName::Resemblance => serve(resemblance::Resemblance(*threshold), max_line),
    }
}

/// The work of a step on the lines of a process, one after the other.
trait Step {
    /// Content of a line.
    type Question: DeserializeOwned;

    /// Writes the answers to a line, usually one.
    fn answer(&mut self, question: Self::Question, answers: &mut Answers) -> Result<(), Fault>;

    /// Writes the answers that were held back until the end of the input.
    fn end(&mut self, _answers: &mut Answers) -> Result<(), Failure> {
        Ok(())
    }
}

/// Reason why a line has no answer.
enum Fault {
    /// The line is wrong. The answer is an error, and the next line is read.
    Line(ErrorKind, String),
    /// No line can be answered any more.
    End(Failure),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Fault::Line(error.kind(), error.to_string())
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Line(_, message) => Failure::new(message),
            Fault::End(failure) => failure,
        }
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        Fault::End(failure)
    }
}

/// Fields that a line of any step can have.
#[derive(Default, Deserialize)]
struct Stamp<'l> {
    #[serde(borrow)]
    key: Option<Cow<'l, str>>,
    #[serde(borrow)]
    lexicon: Option<Cow<'l, str>>,
}

fn serve<S: Step>(mut step: S, max_line: usize) -> Result<(), Failure> {
    let lexicon = Lexicon::builtin().checksum();
    let mut input = BufReader::with_capacity(BUFFER, io::stdin().lock());
    let mut answers = Answers::new(&lexicon);
    let mut number: u64 = 0;
    while let Some(line) = lines::read(&mut input, max_line).map_err(no_input)? {
        number += 1;
        let mut stamp = Stamp::default();
        let answered = object(&line, max_line).and_then(|line| {
            stamp = parsed(line)?;
            same_lexicon(stamp.lexicon.as_deref(), &lexicon, number)?;
            step.answer(parsed(line)?, &mut answers)
        });
        match answered {
            Ok(()) => {}
            Err(Fault::Line(kind, message)) => {
                answers.error(stamp.key.as_deref(), kind, &message, number)?;
            }
            Err(Fault::End(failure)) => return Err(failure),
        }
        // The caller may wait for this answer before it writes the rest of the next line.
        if !input.buffer().contains(&b'\n') {
            answers.flush()?;
        }
    }
    step.end(&mut answers)?;
    answers.flush()
}

/// Returns the failure of standard input.
fn no_input(error: io::Error) -> Failure {
    Failure::new(format_args!("standard input: cannot be read: {error}"))
}

/// Returns the line if it can be an object. An array would give its values to fields by their order.
fn object(line: &Line, max: usize) -> Result<&[u8], Fault> {
    match line {
        Line::Whole(line) if line.trim_ascii_start().starts_with(b"{") => Ok(line),
        Line::Whole(_) => {
            Err(Fault::Line(ErrorKind::Record, "the line is not a JSON object".to_owned()))
        }
        Line::TooLong => Err(Fault::Line(
            ErrorKind::InvalidInput,
            format!("the line is longer than {max} bytes: shorten it, or raise --max-line"),
        )),
    }
}

/// Parses a line. The message of an error has the column.
fn parsed<'l, T: Deserialize<'l>>(line: &'l [u8]) -> Result<T, Fault> {
    serde_json::from_slice(line).map_err(|error| {
        let message = error.to_string().replacen(" at line 1 column ", " at column ", 1);
        Fault::Line(ErrorKind::Record, message)
    })
}

/// Refuses a line that was made with other vocabularies: its facts and those of this process differ.
fn same_lexicon(of_line: Option<&str>, lexicon: &str, number: u64) -> Result<(), Fault> {
    match of_line {
        Some(other) if other != lexicon => Err(Fault::End(Failure::new(format_args!(
            "line {number}: refuses to mix vocabularies: the line was made with lexicon {other}, this \
             program has {lexicon}; run the same program in all steps"
        )))),
        _ => Ok(()),
    }
}
