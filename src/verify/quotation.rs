//! Quotations: words that a document contains, nearly contains, or does not contain.

use super::fold::{fold, substance};
use super::nearly::COMPARED;
use super::{Check, Familiarity, Quoted, Verdict, Verification};
use crate::graph::{DocId, Node};
use crate::text::prefix_end;

/// Least similarity of a passage that is a wording of the asserted words.
const NEAR: f32 = 0.6;

/// Maximum number of characters of words in an explanation.
const SHOWN: usize = 60;

impl Check<'_> {
    /// Checks that a document contains words.
    pub(super) fn quotation(self, words: &str, document: Option<&str>) -> Verification {
        let compared = fold(words);
        // Quotation marks around the words are those of who quotes them.
        let inner = compared.trim_matches('"');
        let words = if substance(inner) > 0 { inner } else { &compared };
        if words.is_empty() {
            return Verification::not_checked("the quotation has no words");
        }
        let documents = match document.map(|name| self.documents_named(name)) {
            Some(found) if found.is_empty() => {
                let name = document.unwrap_or_default();
                return self.unknown_instrument(name);
            }
            found => found,
        };
        let places = self.text.places(self.graph, words);
        let (inside, outside): (Vec<Quoted>, Vec<Quoted>) = places.into_iter().partition(|place| {
            documents.as_ref().is_none_or(|documents| documents.contains(&place.document))
        });
        let mut verification = if !inside.is_empty() {
            let verdict = self.stated_in(&inside);
            let count = inside.len();
            let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
            let explanation = format!("the corpus contains these words {times}");
            Verification::new(verdict, explanation).with_places(inside)
        } else if !outside.is_empty() {
            let other = self.graph.at(outside[0].document).key();
            let explanation = format!("the words are in {other}, not in the document named");
            Verification::new(Verdict::Differs, explanation).with_places(outside)
        } else {
            self.nearly_quoted(words, documents.as_deref())
        };
        let subjects = documents.unwrap_or_default().into_iter().map(Node::Document);
        verification.subjects.extend(subjects);
        verification
    }

    /// Returns the result for words that no document contains.
    fn nearly_quoted(self, words: &str, documents: Option<&[DocId]>) -> Verification {
        if substance(words) == 0 {
            return Verification::not_checked("the quotation has no words, only marks");
        }
        let nearly = self.nearly(words, documents);
        let absent = match documents {
            None => "no document of the corpus contains these words",
            Some(_) => "neither the document named nor another one contains these words",
        };
        let is_long = words.chars().nth(COMPARED).is_some();
        let limit = match is_long {
            true => format!("; only the first {COMPARED} characters were compared"),
            false => String::new(),
        };
        match nearly {
            Some(nearly) if nearly.similarity >= NEAR && !nearly.edits.is_empty() => {
                let edits = &nearly.edits;
                let shown = edits.iter().take(3).map(|edit| {
                    let part = |words: &str| match words {
                        "" => "nothing".to_owned(),
                        words => format!("「{}」", &words[..prefix_end(words, SHOWN)]),
                    };
                    format!("{} asserted, {} printed", part(&edit.asserted), part(&edit.printed))
                });
                let shown = shown.collect::<Vec<_>>().join("; ");
                let explanation = format!(
                    "{absent}; the most similar passage differs in {}: {shown}{limit}",
                    edits.len()
                );
                let mut found = Verification::new(Verdict::Differs, explanation);
                found.edits = nearly.edits;
                found.with_places(vec![nearly.place])
            }
            Some(nearly) if nearly.similarity >= NEAR && is_long => {
                let explanation = format!(
                    "{absent}: the first {COMPARED} characters are printed, a later one differs"
                );
                Verification::new(Verdict::Differs, explanation).with_places(vec![nearly.place])
            }
            // The same characters, of which a figure was cut.
            Some(nearly) if nearly.similarity >= NEAR => {
                let explanation = format!("{absent}: a figure at their beginning or end is longer");
                Verification::new(Verdict::Differs, explanation).with_places(vec![nearly.place])
            }
            nearly => {
                let mut found = Verification::new(Verdict::NotInCorpus, absent);
                found.nearest.extend(nearly.map(|nearly| self.part_at(nearly.place)));
                found
            }
        }
    }

    /// Returns the documents that a key, number or title names.
    pub(super) fn documents_named(self, name: &str) -> Vec<DocId> {
        if let Some(document) = self.graph.document(name.trim()) {
            return vec![document.id()];
        }
        let instruments = self.instruments(name);
        let mut documents: Vec<DocId> =
            instruments.iter().flat_map(|one| one.documents.iter().copied()).collect();
        documents.sort_unstable();
        documents.dedup();
        documents
    }

    /// Returns the result for a name that no instrument of the corpus has.
    pub(super) fn unknown_instrument(self, name: &str) -> Verification {
        let (familiarity, nearest) = self.familiarity_of_instrument(name);
        let explanation = match familiarity {
            Familiarity::Named => {
                format!(
                    "documents of the corpus name {name}, and the corpus does not have its text"
                )
            }
            Familiarity::Known => {
                format!("the vocabularies know {name}, and no document of the corpus names it")
            }
            Familiarity::Similar => {
                format!("no instrument of the corpus has the name {name}; a similar name exists")
            }
            Familiarity::Unknown => {
                format!("no instrument of the corpus has the name {name} or a similar one")
            }
        };
        let mut found = Verification::new(Verdict::NotInCorpus, explanation);
        found.names.push((name.to_owned(), familiarity));
        found.nearest = nearest;
        found
    }

    /// Returns the measure that contains a place, else the chapter, else the document.
    pub(super) fn part_at(self, place: Quoted) -> Node {
        let document = self.graph.at(place.document);
        let record = document.record();
        let after = record.measures.partition_point(|of| of.span.start <= place.span.start);
        if let Some(at) = after.checked_sub(1)
            && place.span.start < record.measures[at].span.end
        {
            return document.measures().nth(at).map_or(document.node(), |of| of.node());
        }
        let holds = |prose: &[crate::text::Span]| {
            prose.iter().any(|of| of.start <= place.span.start && place.span.start < of.end)
        };
        let section = record.sections.iter().position(|section| holds(&section.prose));
        let section = section.and_then(|at| document.sections().nth(at));
        section.map_or(document.node(), |section| section.node())
    }
}
