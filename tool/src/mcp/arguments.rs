//! The arguments of a call.

use super::answer::{Failed, Page, start_of};
use super::protocol::shown;
use policygraph::Date;
use serde_json::{Map, Value};

/// Maximum length of an argument in bytes.
const LONGEST: usize = 60_000;

/// Items of a page, if the call does not say how many.
const LIMIT: usize = 10;

/// Maximum number of items of a page.
pub const MAX_LIMIT: usize = 50;

/// Arguments by name. A name that the tool does not know is an error.
pub struct Arguments<'a>(&'a Map<String, Value>);

impl<'a> Arguments<'a> {
    pub fn new(given: &'a Map<String, Value>, schema: &Value) -> Result<Self, Failed> {
        let known = schema["properties"].as_object();
        for name in given.keys() {
            if !known.is_some_and(|known| known.contains_key(name)) {
                let names: Vec<&String> = known.into_iter().flat_map(Map::keys).collect();
                let names = names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
                return Err(Failed::new(format!(
                    "unknown argument {}; this tool takes {names}",
                    shown(name)
                )));
            }
        }
        Ok(Arguments(given))
    }

    /// Returns a text, if it is given and not blank.
    pub fn text(&self, name: &str) -> Result<Option<&'a str>, Failed> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.len() > LONGEST => {
                Err(Failed::new(format!("{name} is longer than {LONGEST} bytes")))
            }
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Failed::new(format!("{name} must be a string"))),
        }
    }

    pub fn required(&self, name: &str) -> Result<&'a str, Failed> {
        self.text(name)?.ok_or_else(|| Failed::new(format!("{name} is missing or empty")))
    }

    pub fn flag(&self, name: &str) -> Result<bool, Failed> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(_) => Err(Failed::new(format!("{name} must be true or false"))),
        }
    }

    pub fn number(&self, name: &str) -> Result<Option<u64>, Failed> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value
                .as_u64()
                .map(Some)
                .ok_or_else(|| Failed::new(format!("{name} must be a positive integer"))),
        }
    }

    /// Returns a day: 2026-01-01.
    pub fn date(&self, name: &str) -> Result<Option<Date>, Failed> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let day = text.trim().parse();
        day.map(Some).map_err(|_| Failed::new(format!("{name} must be a day such as 2026-01-01")))
    }

    /// Returns one of some words.
    pub fn word(&self, name: &str, words: &[&'static str]) -> Result<Option<&'static str>, Failed> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let word = words.iter().copied().find(|&word| word == text);
        word.map(Some)
            .ok_or_else(|| Failed::new(format!("{name} must be one of {}", words.join(", "))))
    }

    /// Returns the page that `limit` and `cursor` ask for, of a list whose length is not known yet.
    pub fn page(&self) -> Result<Page, Failed> {
        let limit = match self.number("limit")? {
            None => LIMIT,
            Some(limit) => usize::try_from(limit).unwrap_or(usize::MAX).clamp(1, MAX_LIMIT),
        };
        let start = match self.text("cursor")? {
            None => 0,
            Some(cursor) => start_of(cursor).ok_or_else(|| {
                Failed::new("cursor must be the next_cursor of an answer to the same question")
            })?,
        };
        Ok(Page { start, limit, total: 0 })
    }
}
