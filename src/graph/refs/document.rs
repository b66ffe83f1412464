//! Documents and their chapters.

use super::{DocumentRef, MeasureRef, SectionRef};
use crate::model::{Genre, Record, Section};

impl<'g> DocumentRef<'g> {
    /// Returns the record that was read from the document.
    pub fn record(self) -> &'g Record {
        self.graph.tables.record(self.id)
    }

    /// Key of the document: `sx-2025`.
    pub fn key(self) -> &'g str {
        &self.record().key
    }

    /// Title (标题), without 《》.
    pub fn title(self) -> Option<&'g str> {
        self.record().title.as_ref().map(|title| &*title.value)
    }

    /// Document number (发文字号).
    pub fn number(self) -> Option<&'g str> {
        self.record().number.as_ref().map(|number| &*number.value)
    }

    /// Genre (文种).
    pub fn genre(self) -> Genre {
        self.record().genre
    }

    /// Chapters of the document, in order.
    pub fn sections(self) -> impl ExactSizeIterator<Item = SectionRef<'g>> + Clone {
        self.graph.sections_of(self.id).map(move |id| self.graph.at(id))
    }

    /// Measures of the document, in order.
    pub fn measures(self) -> impl ExactSizeIterator<Item = MeasureRef<'g>> + Clone {
        self.graph.measures_of(self.id).map(move |id| self.graph.at(id))
    }
}

impl<'g> SectionRef<'g> {
    /// Returns the record that was read of the chapter.
    pub fn record(self) -> &'g Section {
        &self.document().record().sections[self.graph.tables.sections.place(self.id)]
    }

    /// Returns the document that contains the chapter.
    pub fn document(self) -> DocumentRef<'g> {
        self.graph.at(self.graph.tables.sections.document(self.id))
    }

    /// Returns the position among the chapters of the document, from 1.
    pub fn position(self) -> usize {
        self.graph.tables.sections.place(self.id) + 1
    }

    /// Ordinal, as printed.
    pub fn ordinal(self) -> u32 {
        self.record().ordinal
    }

    /// Heading, without the ordinal.
    pub fn title(self) -> &'g str {
        &self.record().title
    }

    /// Measures of the chapter, in order.
    pub fn measures(self) -> impl ExactSizeIterator<Item = MeasureRef<'g>> + Clone {
        self.graph.measures_in(self.id).iter().map(move |&id| self.graph.at(id))
    }
}
