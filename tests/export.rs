//! Tables of a graph: types, keys, references, evidence, order.

use policygraph::export::{self, Column, ColumnKind, Row, Table, TableKind, Value};
use policygraph::graph::Direction;
use policygraph::{Corpus, Found, Lexicon, Rule, Span, builtin, read, seeds};
use std::collections::{HashMap, HashSet};
use std::fmt::Write;

fn value<'r, 'g>(table: &Table<'g>, row: &'r Row<'g>, column: &str) -> &'r Value<'g> {
    let place = table.columns().iter().position(|of| of.name == column);
    &row[place.unwrap_or_else(|| panic!("{} has no column {column}", table.name()))]
}

#[test]
fn every_value_has_the_type_of_its_column() {
    let tables = export::tables(builtin()).with_lexicon(Lexicon::builtin());
    for table in tables.iter() {
        for row in table.rows() {
            assert_eq!(row.len(), table.columns().len(), "{}", table.name());
            for (value, column) in row.iter().zip(table.columns()) {
                let name = format!("{}.{}", table.name(), column.name);
                let is_of_kind = match value {
                    Value::Null => column.optional,
                    Value::Text(_) => column.kind == ColumnKind::Text,
                    Value::Integer(_) => column.kind == ColumnKind::Integer,
                    Value::Number(number) => {
                        column.kind == ColumnKind::Number && number.is_finite()
                    }
                    Value::Boolean(_) => column.kind == ColumnKind::Boolean,
                    Value::Date(_) => column.kind == ColumnKind::Date,
                    Value::List(_) => column.kind == ColumnKind::List,
                    _ => false,
                };
                assert!(is_of_kind, "{name}: {value:?}");
                let terms = column.terms();
                if let (Some(text), false) = (value.as_text(), terms.is_empty()) {
                    assert!(terms.iter().any(|(term, _)| *term == text), "{name}: {text}");
                }
            }
        }
    }
}

#[test]
fn names_of_tables_and_columns_are_unique_and_lower_case() {
    let mut names = HashSet::new();
    for table in export::tables(builtin()).iter() {
        assert!(names.insert(table.name()), "{} occurs twice", table.name());
        let mut columns = HashSet::new();
        for name in table.columns().iter().map(|column| column.name).chain([table.name()]) {
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
        }
        assert!(table.columns().iter().all(|column| columns.insert(column.name)));
    }
}

#[test]
fn keys_are_unique_and_every_reference_leads_to_one() {
    let tables = export::tables(builtin());
    let mut keys: HashMap<&str, HashSet<String>> = HashMap::new();
    for table in tables.iter() {
        for column in table.columns().iter().filter(|column| column.key) {
            let of_table = keys.entry(table.name()).or_default();
            for row in table.rows() {
                let key = value(&table, &row, column.name).to_string();
                assert!(of_table.insert(key.clone()), "{}: {key} occurs twice", table.name());
            }
        }
    }
    let mut references = 0;
    for table in tables.iter() {
        for column in table.columns() {
            let Some(to) = column.references else { continue };
            for row in table.rows() {
                let Some(key) = value(&table, &row, column.name).as_text() else { continue };
                assert!(keys[to].contains(key), "{}.{}: {key}", table.name(), column.name);
                references += 1;
            }
        }
    }
    assert!(references > 1000);
}

#[test]
fn every_node_and_edge_has_a_row() {
    let (tables, census) = (export::tables(builtin()), builtin().census());
    let mut rows = HashMap::new();
    for table in tables.iter() {
        rows.insert(table.kind(), table.rows().count());
    }
    for (kind, count) in census.nodes {
        assert_eq!(rows[&TableKind::Nodes(kind)], count, "{kind}");
    }
    for (kind, count) in census.edges {
        assert_eq!(rows[&TableKind::Edges(kind)], count, "{kind}");
    }
}

#[test]
fn an_edge_leads_where_the_graph_leads_and_quotes_its_words() {
    let graph = builtin();
    let texts: HashMap<String, &str> = graph
        .documents()
        .map(|id| (graph.key(id).to_string(), &*graph.at(id).record().text))
        .collect();
    let mut quoted = 0;
    for table in export::tables(graph).iter() {
        let TableKind::Edges(kind) = table.kind() else { continue };
        for row in table.rows() {
            let node = |column| {
                let key = value(&table, &row, column).to_string();
                graph.node(&key.parse().unwrap()).unwrap()
            };
            let (source, target) = (node("source"), node("target"));
            let mut steps = graph.steps(source);
            let leads = steps.any(|step| {
                step.kind == kind && step.direction == Direction::Outgoing && step.node == target
            });
            assert!(leads, "{kind}: {row:?}");
            let Value::Integer(start) = *value(&table, &row, "span_start") else { continue };
            let Value::Integer(end) = *value(&table, &row, "span_end") else {
                panic!("half a span")
            };
            let text = texts[&value(&table, &row, "document").to_string()];
            let words = &text[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()];
            assert_eq!(value(&table, &row, "words").as_text(), Some(words));
            quoted += 1;
        }
    }
    assert!(quoted > 300, "{quoted}");
}

#[test]
fn tables_do_not_depend_on_the_order_of_insertion() {
    let lines = |graph: &policygraph::Graph| {
        let mut lines = String::new();
        for table in export::tables(graph).iter() {
            table.rows().for_each(|row| writeln!(lines, "{} {row:?}", table.name()).unwrap());
        }
        lines
    };
    let reversed = seeds().into_iter().rev().collect::<Corpus>().graph(Lexicon::builtin());
    assert!(lines(builtin()) == lines(&reversed));
}

#[test]
fn a_date_that_is_printed_to_the_month_is_no_day() {
    let text = "某某省药品监督管理局\n2025年6月";
    let mut record = read(Lexicon::builtin(), "month", text);
    let start = text.find('2').unwrap();
    record.dates.signed = Some(Found {
        value: "2025-06".parse().unwrap(),
        span: Span::new(start, text.len()),
        rule: Rule::Signature,
    });
    let mut corpus = Corpus::new();
    corpus.insert(record);
    let graph = corpus.graph(Lexicon::builtin());
    let tables = export::tables(&graph);
    let documents = tables.get("documents").unwrap();
    let row = documents.rows().next().unwrap();
    let dates = tables.get("dates").unwrap();
    let printed: Vec<_> = dates.rows().map(|row| value(&dates, &row, "date").to_string()).collect();
    assert_eq!(printed, ["2025-06"]);
    assert_eq!(*value(&documents, &row, "signed"), Value::Null);
}

#[test]
fn an_empty_graph_has_every_table() {
    let graph = Corpus::new().graph(Lexicon::builtin());
    let names = |graph| export::tables(graph).iter().map(|table| table.name()).collect::<Vec<_>>();
    assert_eq!(names(&graph), names(builtin()));
    assert_eq!(export::tables(&graph).get("measures").unwrap().rows().count(), 0);
}

/// The part of `docs/export.md` that lists the tables.
fn listing() -> String {
    let mut text = String::new();
    for table in export::tables(builtin()).iter() {
        let (name, chinese, about) = (table.name(), table.chinese(), table.about());
        write!(
            text,
            "\n### `{name}` ({chinese})\n\n{}{}.\n\n",
            about[..1].to_uppercase(),
            &about[1..]
        )
        .unwrap();
        text.push_str("| column | Chinese term | type | content |\n|---|---|---|---|\n");
        table.columns().iter().for_each(|column| line(&mut text, column));
    }
    text
}

fn line(text: &mut String, column: &Column) {
    let optional = if column.optional { ", optional" } else { "" };
    write!(
        text,
        "| `{}` | {} | {}{optional} | {}",
        column.name,
        column.chinese,
        column.kind.name(),
        column.about
    )
    .unwrap();
    if let Some(table) = column.references {
        write!(text, "; key of `{table}`").unwrap();
    }
    let terms = column.terms();
    if !terms.is_empty() && terms.len() < 8 {
        let terms: Vec<_> = terms.iter().map(|(name, term)| format!("`{name}` {term}")).collect();
        write!(text, ": {}", terms.join(", ")).unwrap();
    }
    text.push_str(" |\n");
}

#[test]
fn the_documentation_lists_every_table_and_column() {
    const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/export.md");
    const BEGIN: &str = "<!-- tables: written by UPDATE=1 cargo test --test export -->\n";
    let page = std::fs::read_to_string(PATH).unwrap();
    let (prose, listed) = page.split_once(BEGIN).expect("the page has the mark");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(PATH, format!("{prose}{BEGIN}{}", listing())).unwrap();
    } else {
        assert!(listed == listing(), "docs/export.md is out of date: {BEGIN}");
    }
}
