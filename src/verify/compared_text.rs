//! The text of all documents in the form in which words are compared.

use super::Quoted;
use super::fold::{folded, splits_figure};
use crate::graph::{DocId, Graph};
use crate::text::{Span, occurrences};
use std::ops::Range;

/// Between two documents. No compared text contains it.
const SEPARATOR: char = '\0';

/// The compared text of the documents, one after the other.
pub(super) struct ComparedText {
    text: String,
    /// Offset of each document, by id, and of the end.
    starts: Vec<usize>,
}

impl ComparedText {
    pub(super) fn new(graph: &Graph) -> Self {
        let mut text = String::new();
        let mut starts = vec![0];
        for record in graph.records() {
            text.extend(record.text.chars().filter_map(folded));
            text.push(SEPARATOR);
            starts.push(text.len());
        }
        text.shrink_to_fit();
        ComparedText { text, starts }
    }

    /// Returns the compared text of each document, by id.
    pub(super) fn documents(&self) -> impl Iterator<Item = (DocId, &str)> {
        let ranges = self.starts.windows(2).enumerate();
        ranges.map(|(at, range)| {
            let text = &self.text[range[0]..range[1] - SEPARATOR.len_utf8()];
            (DocId::from_index(at), text)
        })
    }

    /// Returns the places of compared words in a document, as ranges of its compared text, by
    /// document and position. Those that split a figure are left out.
    ///
    /// * `words`: not empty.
    pub(super) fn find<'t>(
        &'t self,
        words: &'t str,
    ) -> impl Iterator<Item = (DocId, Range<usize>)> + 't {
        occurrences(&self.text, words).filter_map(move |start| {
            let end = start + words.len();
            if splits_figure(&self.text, start, end) {
                return None;
            }
            let document = self.starts.partition_point(|&first| first <= start) - 1;
            let first = self.starts[document];
            Some((DocId::from_index(document), start - first..end - first))
        })
    }

    /// Returns the places of compared words, by document and position. O(text).
    pub(super) fn places(&self, graph: &Graph, words: &str) -> Vec<Quoted> {
        let mut places = Vec::new();
        let mut of_document: Option<(DocId, Offsets)> = None;
        for (document, range) in self.find(words) {
            if of_document.as_ref().is_none_or(|(last, _)| *last != document) {
                of_document = Some((document, Offsets::new(&graph.at(document).record().text)));
            }
            if let Some((_, offsets)) = &mut of_document {
                places.push(Quoted { document, span: offsets.span(range) });
            }
        }
        places
    }
}

/// Maps ranges of a compared text to spans of the text. Ascending ranges take one pass.
pub(super) struct Offsets<'t> {
    text: &'t str,
    /// Offsets of a character in the compared text and in the text.
    at: (usize, usize),
}

impl<'t> Offsets<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Offsets { text, at: (0, 0) }
    }

    /// Returns the span of a range that is on character boundaries and not empty.
    pub(super) fn span(&mut self, range: Range<usize>) -> Span {
        if range.start < self.at.0 {
            self.at = (0, 0);
        }
        let (mut compared, from) = self.at;
        let (mut start, mut end) = (from, from);
        for (at, c) in self.text[from..].char_indices() {
            let Some(one) = folded(c) else { continue };
            if compared == range.start {
                start = from + at;
                self.at = (compared, start);
            }
            compared += one.len_utf8();
            end = from + at + c.len_utf8();
            if compared >= range.end {
                break;
            }
        }
        Span::new(start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::fold::fold;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_range_is_mapped_to_the_words_that_it_was_made_of(
            text in "[甲乙 \n（）a０1]{1,20}",
            from in 0..20_usize,
            len in 1..20_usize,
        ) {
            let compared = fold(&text);
            let bounds: Vec<usize> =
                compared.char_indices().map(|(at, _)| at).chain([compared.len()]).collect();
            prop_assume!(from + 1 < bounds.len());
            let range = bounds[from]..bounds[(from + len).min(bounds.len() - 1)];
            let span = Offsets::new(&text).span(range.clone());
            prop_assert_eq!(fold(span.slice(&text)), &compared[range]);
        }
    }
}
