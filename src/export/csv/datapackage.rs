//! The description of the CSV files of a folder.

use super::{DELIMITER, file_of, is_empty_missing};
use crate::export::{Column, ColumnKind, Table, Tables};
use serde_json::{Map, Value, json};

/// Returns the description: a resource for each table.
pub(super) fn describe(tables: &Tables<'_>) -> Value {
    let made_by: Map<String, Value> =
        tables.made_by().into_iter().map(|(name, value)| (name.into(), value.into())).collect();
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "policygraph",
        "title": "Policy documents as tables (政策文件)",
        "provenance": made_by,
        "resources": tables.iter().map(|table| resource(&table)).collect::<Vec<_>>(),
    })
}

fn resource(table: &Table<'_>) -> Value {
    let mut schema = Map::new();
    schema.insert("fields".into(), table.columns().iter().map(field).collect());
    let key = table.columns().iter().find(|column| column.key);
    if let Some(key) = key {
        schema.insert("primaryKey".into(), json!([key.name]));
    }
    let foreign = table.columns().iter().filter_map(|column| {
        let reference = json!({"resource": column.references?, "fields": ["key"]});
        Some(json!({"fields": [column.name], "reference": reference}))
    });
    let foreign: Vec<Value> = foreign.collect();
    if !foreign.is_empty() {
        schema.insert("foreignKeys".into(), foreign.into());
    }
    json!({
        "name": table.name(),
        "path": file_of(table),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "title": table.chinese(),
        "description": table.about(),
        "schema": schema,
    })
}

fn field(column: &Column) -> Value {
    let mut field = Map::new();
    field.insert("name".into(), column.name.into());
    field.insert("title".into(), column.chinese.into());
    field.insert("description".into(), column.about.into());
    let kind = match column.kind {
        ColumnKind::Text => "string",
        other => other.name(),
    };
    field.insert("type".into(), kind.into());
    if column.kind == ColumnKind::List {
        field.insert("delimiter".into(), DELIMITER.to_string().into());
    }
    let mut constraints = Map::new();
    if !column.optional && is_empty_missing(column.kind) {
        constraints.insert("required".into(), true.into());
    }
    let terms = column.terms();
    if !terms.is_empty() {
        let names: Vec<&str> = terms.iter().map(|(name, _)| *name).collect();
        constraints.insert("enum".into(), names.into());
        let categories = terms.iter().map(|(name, term)| json!({"value": name, "label": term}));
        field.insert("categories".into(), categories.collect());
    }
    if !constraints.is_empty() {
        field.insert("constraints".into(), constraints.into());
    }
    field.into()
}
