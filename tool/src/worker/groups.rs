//! `numbers`, `titles`, `policies`: which forms mean the same policy, resolved in three steps. Each looks
//! at one group; the entries of the groups are the JSON that the step before wrote.

use super::{Answers, Fault, Step};
use crate::output::Failure;
use policygraph::Lexicon;
use policygraph::partition::{self, InstrumentForm, TitleEntry};
use serde::{Deserialize, Serialize};

/// Returns a value as JSON, for a field that the other side passes on without a look into it.
pub fn json(value: &impl Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string(value)?)
}

/// A form and the group of its next step.
#[derive(Serialize)]
struct Clustered {
    cluster: String,
    form: String,
}

impl Clustered {
    fn new(clustered: &partition::Clustered) -> Result<Clustered, Failure> {
        Ok(Clustered { cluster: clustered.cluster.clone(), form: json(&clustered.form)? })
    }
}

/// Forms with one number, or one title.
pub struct Numbers;

#[derive(Deserialize)]
pub struct NumberGroup {
    group: String,
    forms: Vec<InstrumentForm>,
}

#[derive(Serialize)]
struct NumberAnswer {
    group: String,
    clustered: Vec<Clustered>,
    titled: Vec<Titled>,
}

/// An entry of the group of its title words.
#[derive(Serialize)]
struct Titled {
    words: String,
    entry: String,
    /// False for a policy with a number: words that no open entry has need no second step.
    open: bool,
}

impl Step for Numbers {
    type Question = NumberGroup;

    fn answer(&mut self, question: NumberGroup, answers: &mut Answers) -> Result<(), Fault> {
        let NumberGroup { group, forms } = question;
        let (clustered, titled) = partition::join_numbers(forms);
        let titled = titled.into_iter();
        let titled = titled.map(|(words, entry)| {
            Ok(Titled { words, open: entry.is_open(), entry: json(&entry)? })
        });
        Ok(answers.write(&NumberAnswer {
            group,
            clustered: clustered.iter().map(Clustered::new).collect::<Result<_, _>>()?,
            titled: titled.collect::<Result<_, Failure>>()?,
        })?)
    }
}

/// Forms without a number, and clusters with one, of equal title words.
pub struct Titles;

#[derive(Deserialize)]
pub struct TitleGroup {
    words: String,
    entries: Vec<TitleEntry>,
}

#[derive(Serialize)]
struct TitleAnswer {
    words: String,
    clustered: Vec<Clustered>,
}

impl Step for Titles {
    type Question = TitleGroup;

    fn answer(&mut self, question: TitleGroup, answers: &mut Answers) -> Result<(), Fault> {
        let TitleGroup { words, entries } = question;
        let clustered = partition::join_titles(entries);
        let clustered = clustered.iter().map(Clustered::new).collect::<Result<_, _>>()?;
        Ok(answers.write(&TitleAnswer { words, clustered })?)
    }
}

/// The forms of one cluster.
pub struct Policies;

#[derive(Deserialize)]
pub struct Cluster {
    cluster: String,
    forms: Vec<InstrumentForm>,
}

#[derive(Serialize)]
struct PolicyAnswer {
    cluster: String,
    /// `None` for heads that no document cites.
    policy: Option<String>,
    reference: Option<String>,
    /// Names of the forms, for the join with the documents.
    names: Vec<String>,
}

impl Step for Policies {
    type Question = Cluster;

    fn answer(&mut self, question: Cluster, answers: &mut Answers) -> Result<(), Fault> {
        let Cluster { cluster, forms } = question;
        let policy = partition::policy(&cluster, &forms, Lexicon::builtin())?;
        let mut names =
            forms.iter().map(|form| json(&form.name())).collect::<Result<Vec<_>, _>>()?;
        names.sort_unstable();
        names.dedup();
        let reference = policy.as_ref().map(|policy| json(&policy.reference())).transpose()?;
        let policy = policy.as_ref().map(json).transpose()?;
        Ok(answers.write(&PolicyAnswer { cluster, policy, reference, names })?)
    }
}
