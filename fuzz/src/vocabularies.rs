//! Vocabularies of callers.

use crate::material::word;
use crate::{check, json};
use arbitrary::{Result, Unstructured};
use policygraph::similar::Index;
use policygraph::{Corpus, Lexicon, Vocabulary, read};
use serde_json::Value;

/// The embedded tables, by vocabulary.
const TABLES: &[(Vocabulary, &str)] = &[
    (Vocabulary::Regions, include_str!("../../data/lexicon/regions.json")),
    (Vocabulary::Agencies, include_str!("../../data/lexicon/agencies.json")),
    (Vocabulary::Bodies, include_str!("../../data/lexicon/bodies.json")),
    (Vocabulary::Names, include_str!("../../data/lexicon/names.json")),
    (Vocabulary::Duties, include_str!("../../data/lexicon/duties.json")),
    (Vocabulary::Instruments, include_str!("../../data/lexicon/instruments.json")),
    (Vocabulary::Products, include_str!("../../data/lexicon/products.json")),
    (Vocabulary::Concepts, include_str!("../../data/lexicon/concepts.json")),
    (Vocabulary::Quantities, include_str!("../../data/lexicon/quantities.json")),
    (Vocabulary::Modality, include_str!("../../data/lexicon/modality.json")),
    (Vocabulary::Zones, include_str!("../../data/lexicon/zones.json")),
    (Vocabulary::Platforms, include_str!("../../data/lexicon/platforms.json")),
    (Vocabulary::Layout, include_str!("../../data/lexicon/layout.json")),
    (Vocabulary::Cues, include_str!("../../data/lexicon/cues.json")),
    (Vocabulary::Outlines, include_str!("../../data/policies/gbf-2024-53.json")),
];

/// Adds entries to a vocabulary, and reads a text of their words.
///
/// `data` is the name of a vocabulary, a line break and its JSON, or a choice of a vocabulary, of
/// entries of its embedded table, and of edits of them.
pub fn vocabulary(data: &[u8]) {
    let Some((vocabulary, json)) = named(data).or_else(|| chosen(data).ok()) else { return };
    let Ok(lexicon) = Lexicon::builtin().with(vocabulary, &json) else { return };
    let words = serde_json::from_str(&json).map(|value| text_of(&value)).unwrap_or_default();
    let record = read(&lexicon, "words", words.as_str());
    policygraph_testkit::invariants::check(&record);
    check::json(&record);
    assert_eq!(read(&lexicon, "words", words.as_str()), record);
    let graph = Corpus::from_iter([record]).graph(&lexicon);
    check::graph(&graph);
    check::index(&Index::new(&*graph, &lexicon));
}

/// Reads the name of a vocabulary and the JSON after it.
fn named(data: &[u8]) -> Option<(Vocabulary, String)> {
    let (name, json) = std::str::from_utf8(data).ok()?.split_once('\n')?;
    Some((name.parse().ok()?, json.to_owned()))
}

/// Returns the vocabulary and the edited entries that `data` encodes.
fn chosen(data: &[u8]) -> Result<(Vocabulary, String)> {
    let mut edits = Unstructured::new(data);
    let &(vocabulary, table) = edits.choose(TABLES)?;
    let mut table: Value = serde_json::from_str(table).expect("the embedded tables are valid");
    shorten(&mut table, &mut edits)?;
    json::edit(&mut table, &mut edits)?;
    Ok((vocabulary, table.to_string()))
}

/// Keeps up to three items of every list, and puts new words into half of the texts.
fn shorten(value: &mut Value, edits: &mut Unstructured) -> Result<()> {
    match value {
        Value::Array(items) => {
            let start = edits.int_in_range(0..=items.len().saturating_sub(1))?;
            items.rotate_left(start);
            items.truncate(edits.int_in_range(0..=3)?);
            items.iter_mut().try_for_each(|item| shorten(item, edits))
        }
        Value::Object(fields) => fields.values_mut().try_for_each(|field| shorten(field, edits)),
        Value::String(text) if edits.ratio(1, 4)? => {
            text.push_str(word(edits)?);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Returns a document of the words of a table.
fn text_of(table: &Value) -> String {
    let mut text = "山西省药品监督管理局关于监管的通知\n一、总则\n（一）".to_owned();
    json::visit_texts(table, &mut |word| {
        text.push_str(word);
        text.push_str("，由省药监局牵头。《");
        text.push_str(word);
        text.push_str("》3");
        text.push_str(word);
        text.push('\n');
    });
    text
}
