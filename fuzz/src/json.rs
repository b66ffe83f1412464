//! Edits of JSON values.

use crate::material::word;
use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value};

/// Applies edits to `value`, as many as `edits` encodes and at most 16.
pub fn edit(value: &mut Value, edits: &mut Unstructured) -> Result<()> {
    for _ in 0..edits.int_in_range(0..=16)? {
        let place = edits.int_in_range(0..=count(value) - 1)?;
        let other = edits.int_in_range(0..=count(value) - 1)?;
        let copy = nth(value, other).clone();
        edit_one(nth(value, place), copy, edits)?;
    }
    Ok(())
}

fn edit_one(value: &mut Value, other: Value, edits: &mut Unstructured) -> Result<()> {
    match edits.int_in_range(0..=15)? {
        0 => *value = Value::Null,
        1 => *value = other,
        2 => *value = edits.arbitrary::<i64>()?.into(),
        3 => *value = edits.arbitrary::<f64>()?.into(),
        4 => *value = word(edits)?.into(),
        _ => edit_inside(value, other, edits)?,
    }
    Ok(())
}

fn edit_inside(value: &mut Value, other: Value, edits: &mut Unstructured) -> Result<()> {
    match value {
        Value::Null => *value = other,
        Value::Bool(bool) => *bool = !*bool,
        Value::Number(number) => {
            let step = edits.int_in_range(-4..=4)?;
            *value = number.as_i64().unwrap_or(0).saturating_add(step).into();
        }
        Value::String(text) => edit_text(text, edits)?,
        Value::Array(items) => edit_list(items, other, edits)?,
        Value::Object(fields) => edit_fields(fields, other, edits)?,
    }
    Ok(())
}

fn edit_text(text: &mut String, edits: &mut Unstructured) -> Result<()> {
    let mut chars: Vec<char> = text.chars().collect();
    let at = edits.int_in_range(0..=chars.len())?;
    match edits.int_in_range(0..=3)? {
        0 => chars.truncate(at),
        1 if at < chars.len() => _ = chars.remove(at),
        2 => chars = word(edits)?.chars().collect(),
        _ => _ = chars.splice(at..at, word(edits)?.chars()),
    }
    *text = chars.into_iter().collect();
    Ok(())
}

fn edit_list(items: &mut Vec<Value>, other: Value, edits: &mut Unstructured) -> Result<()> {
    if items.is_empty() {
        items.push(other);
        return Ok(());
    }
    let (at, to) =
        (edits.int_in_range(0..=items.len() - 1)?, edits.int_in_range(0..=items.len() - 1)?);
    match edits.int_in_range(0..=4)? {
        0 => _ = items.remove(at),
        1 => items.insert(to, items[at].clone()),
        2 => items.swap(at, to),
        3 => items.insert(at, other),
        _ => items[at] = Value::String(word(edits)?.to_owned()),
    }
    Ok(())
}

fn edit_fields(
    fields: &mut Map<String, Value>,
    other: Value,
    edits: &mut Unstructured,
) -> Result<()> {
    let Some(last) = fields.len().checked_sub(1) else { return Ok(()) };
    let at = edits.int_in_range(0..=last)?;
    let key = fields.keys().nth(at).expect("the place is below the length").clone();
    match edits.int_in_range(0..=2)? {
        0 => _ = fields.remove(&key),
        1 => _ = fields.insert(key, other),
        _ => _ = fields.insert(word(edits)?.to_owned(), other),
    }
    Ok(())
}

/// Number of values in `value`, itself included.
fn count(value: &Value) -> usize {
    1 + children(value).map(count).sum::<usize>()
}

fn children(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Array(items) => Box::new(items.iter()),
        Value::Object(fields) => Box::new(fields.values()),
        _ => Box::new(std::iter::empty()),
    }
}

/// Returns the value at `place` in preorder; 0 is `value` itself.
fn nth(value: &mut Value, place: usize) -> &mut Value {
    fn child<'v>(items: impl Iterator<Item = &'v mut Value>, mut place: usize) -> &'v mut Value {
        for item in items {
            let size = count(item);
            if place < size {
                return nth(item, place);
            }
            place -= size;
        }
        unreachable!("the place is below the count")
    }
    match (place, value) {
        (0, value) => value,
        (place, Value::Array(items)) => child(items.iter_mut(), place - 1),
        (place, Value::Object(fields)) => child(fields.values_mut(), place - 1),
        _ => unreachable!("the place is below the count"),
    }
}

/// Calls `visit` for every string in `value`, keys of objects included.
pub fn visit_texts<'v>(value: &'v Value, visit: &mut impl FnMut(&'v str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(items) => items.iter().for_each(|item| visit_texts(item, visit)),
        Value::Object(fields) => fields.iter().for_each(|(key, field)| {
            visit(key);
            visit_texts(field, visit);
        }),
        _ => {}
    }
}
