//! `forms`: a record becomes the instruments that it prints, in its citations and its head.

use super::groups::json;
use super::{Answers, Fault, Step};
use policygraph::partition::{self, InstrumentForm};
use policygraph::{ErrorKind, Lexicon, Record};
use serde::{Deserialize, Serialize};

pub struct Forms;

/// A record, or the outlines of the vocabularies.
#[derive(Deserialize)]
pub struct Question {
    record: Option<Record>,
    #[serde(default)]
    outlines: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    key: Option<&'a str>,
    forms: Vec<Form<'a>>,
}

#[derive(Serialize)]
struct Form<'a> {
    name: String,
    /// Number, else title.
    group: &'a str,
    /// The document whose head it is.
    head: Option<&'a str>,
    form: String,
}

impl Step for Forms {
    type Question = Question;

    fn answer(&mut self, question: Question, answers: &mut Answers) -> Result<(), Fault> {
        let lexicon = Lexicon::builtin();
        let forms = match &question {
            Question { record: Some(record), outlines: false } => partition::forms(record, lexicon),
            Question { record: None, outlines: true } => partition::outline_forms(lexicon),
            _ => {
                let message = "give `record`, or `outlines` as true".to_owned();
                return Err(Fault::Line(ErrorKind::InvalidInput, message));
            }
        };
        let key = question.record.as_ref().map(|record| &*record.key);
        let forms = forms.iter().map(form).collect::<Result<_, _>>()?;
        Ok(answers.write(&Answer { key, forms })?)
    }
}

fn form(form: &InstrumentForm) -> Result<Form<'_>, Fault> {
    Ok(Form {
        name: json(&form.name())?,
        group: form.number_or_title(),
        head: form.document(),
        form: json(form)?,
    })
}
