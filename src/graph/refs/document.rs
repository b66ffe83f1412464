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
        self.graph.tables.section(self.id)
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

    /// Prose of the chapter outside its measures, as printed, in order: 总体要求, lead-ins.
    ///
    /// The chapter is a provision as a measure is: [`targets`](Self::targets),
    /// [`cites`](Self::cites) and the others return the facts of this prose.
    ///
    /// ```
    /// use policygraph::{Corpus, Lexicon, read};
    ///
    /// let text = "关于推进节水的若干措施
    /// 一、工作目标
    /// 到2027年,再生水利用率达到25%以上。
    /// 二、重点任务
    /// (一)改造管网。更换老旧管网。";
    /// let mut corpus = Corpus::new();
    /// corpus.insert(read(Lexicon::builtin(), "js", text));
    /// let graph = corpus.graph(Lexicon::builtin());
    /// let goals = graph.document("js").unwrap().sections().next().unwrap();
    /// assert!(goals.prose().eq(["到2027年,再生水利用率达到25%以上。"]));
    /// let target = goals.targets().next().unwrap();
    /// assert_eq!(target.record().to, Some(25.0));
    /// assert_eq!(graph.key(target.id()).to_string(), "target:js/§1#1");
    /// ```
    pub fn prose(self) -> impl ExactSizeIterator<Item = &'g str> + Clone {
        let text = &self.document().record().text;
        self.record().prose.iter().map(move |span| span.slice(text))
    }

    /// Measures of the chapter, in order.
    pub fn measures(self) -> impl ExactSizeIterator<Item = MeasureRef<'g>> + Clone {
        self.graph.measures_in(self.id).iter().map(move |&id| self.graph.at(id))
    }
}
