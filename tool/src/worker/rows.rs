//! `rows`: records with references to their policies, and policies, become rows of the tables of
//! `export`. `schema`: the tables and their columns.

use super::{Answers, Fault, Step};
use crate::output::Failure;
use policygraph::export::{self, Column, Row, Table, Value};
use policygraph::partition::{FormName, GraphPart, PolicyReference, ResolvedPolicy};
use policygraph::{ErrorKind, Graph, Lexicon, Record};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

/// A part is complete at whichever comes first: each part repeats the rows that all parts share.
const RECORDS: usize = 256;
const TEXT_BYTES: usize = 16 << 20;
const POLICIES: usize = 4096;

/// Bytes of rows after which a line ends.
const LINE_BYTES: usize = 1 << 20;

/// Lines are held until a part is complete.
#[derive(Default)]
pub struct Rows {
    records: Vec<Record>,
    bytes: usize,
    references: Vec<(FormName, PolicyReference)>,
    policies: Vec<ResolvedPolicy>,
}

/// A record with the references to the policies of its forms, or a policy.
#[derive(Deserialize)]
pub struct Question {
    record: Option<Record>,
    #[serde(default)]
    policies: Vec<(FormName, PolicyReference)>,
    policy: Option<ResolvedPolicy>,
}

impl Step for Rows {
    type Question = Question;

    fn answer(&mut self, question: Question, answers: &mut Answers) -> Result<(), Fault> {
        match question {
            Question { record: Some(record), policies, policy: None } => {
                self.bytes += record.text.len();
                self.records.push(record);
                self.references.extend(policies);
                if self.records.len() == RECORDS || self.bytes >= TEXT_BYTES {
                    self.records(answers)?;
                }
            }
            Question { record: None, policies, policy: Some(policy) } if policies.is_empty() => {
                self.policies.push(policy);
                if self.policies.len() == POLICIES {
                    self.policies(answers)?;
                }
            }
            _ => {
                let message = "give `record` and its `policies`, or `policy`".to_owned();
                return Err(Fault::Line(ErrorKind::InvalidInput, message));
            }
        }
        Ok(())
    }

    fn end(&mut self, answers: &mut Answers) -> Result<(), Failure> {
        if !self.records.is_empty() {
            self.records(answers)?;
        }
        if !self.policies.is_empty() {
            self.policies(answers)?;
        }
        Ok(())
    }
}

impl Rows {
    fn records(&mut self, answers: &mut Answers) -> Result<(), Failure> {
        let records = std::mem::take(&mut self.records);
        let references = std::mem::take(&mut self.references);
        self.bytes = 0;
        write(&GraphPart::new(records, references, Lexicon::builtin())?, answers)
    }

    fn policies(&mut self, answers: &mut Answers) -> Result<(), Failure> {
        let policies = std::mem::take(&mut self.policies);
        write(&GraphPart::of_policies(policies, Lexicon::builtin()), answers)
    }
}

/// Writes the rows of a part.
fn write(part: &GraphPart, answers: &mut Answers) -> Result<(), Failure> {
    for table in export::tables(part.graph()).iter() {
        rows(&table, false, part.own_rows(&table), answers)?;
        rows(&table, true, part.shared_rows(&table), answers)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Answer<'a> {
    table: &'a str,
    /// True for rows that other parts can have too.
    shared: bool,
    rows: &'a [String],
}

fn rows<'g>(
    table: &Table<'g>,
    shared: bool,
    rows: impl Iterator<Item = Row<'g>>,
    answers: &mut Answers,
) -> Result<(), Failure> {
    let (mut lines, mut bytes) = (Vec::new(), 0);
    let mut rows = rows.peekable();
    while let Some(row) = rows.next() {
        let line = serde_json::to_string(&Fields { columns: table.columns(), row: &row })?;
        bytes += line.len();
        lines.push(line);
        if bytes >= LINE_BYTES || rows.peek().is_none() {
            answers.write(&Answer { table: table.name(), shared, rows: &lines })?;
            lines.clear();
            bytes = 0;
        }
    }
    Ok(())
}

/// A row as a JSON object.
struct Fields<'a, 'g> {
    columns: &'a [Column],
    row: &'a Row<'g>,
}

impl Serialize for Fields<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, value) in self.columns.iter().zip(self.row) {
            match value {
                Value::Text(text) => map.serialize_entry(column.name, text)?,
                Value::Integer(number) => map.serialize_entry(column.name, number)?,
                Value::Number(number) => map.serialize_entry(column.name, number)?,
                Value::Boolean(is) => map.serialize_entry(column.name, is)?,
                Value::Date(day) => map.serialize_entry(column.name, &day.to_string())?,
                Value::List(texts) => map.serialize_entry(column.name, texts)?,
                _ => map.serialize_entry(column.name, &())?,
            }
        }
        map.end()
    }
}

/// The tables and their columns, whatever the line.
pub struct Schema;

#[derive(Deserialize)]
pub struct Anything {}

#[derive(Serialize)]
struct SchemaAnswer {
    tables: Vec<TableSchema>,
}

#[derive(Serialize)]
struct TableSchema {
    name: &'static str,
    columns: Vec<ColumnSchema>,
}

#[derive(Serialize)]
struct ColumnSchema {
    name: &'static str,
    kind: &'static str,
    optional: bool,
}

impl Step for Schema {
    type Question = Anything;

    fn answer(&mut self, _: Anything, answers: &mut Answers) -> Result<(), Fault> {
        let none = GraphPart::of_policies([], Lexicon::builtin());
        Ok(answers.write(&SchemaAnswer { tables: tables(none.graph()) })?)
    }
}

fn tables(graph: &Graph) -> Vec<TableSchema> {
    let column = |&Column { name, kind, optional, .. }: &Column| ColumnSchema {
        name,
        kind: kind.name(),
        optional,
    };
    let table = |table: Table<'_>| TableSchema {
        name: table.name(),
        columns: table.columns().iter().map(column).collect(),
    };
    export::tables(graph).iter().map(table).collect()
}
