//! Parts a file with several documents (多份文件).

mod lead;
mod opening;
mod page;

use crate::lexicon::Lexicon;
use crate::text::{Source, View};
use lead::{Lead, lead_of};
use page::Page;
use std::cell::OnceCell;

/// Parts a text that contains several documents, such as a digest (汇编) of notices or of news, one
/// part for each document.
///
/// The parts are the whole text in its order: together they equal it. Each keeps its place in the
/// file ([`Origin`](crate::Origin)). Most texts are one document and are returned as they are.
///
/// A document begins where the one before it is complete and a head follows: a title with its
/// number (文号), addressees (主送机关), or source line, or the first line of a notice or a news item on
/// one long line. The text that a notice issues, and its attachments (附件), belong to the notice.
/// In doubt the text is not parted. O(n).
///
/// ```
/// use policygraph::{Lexicon, read, split};
///
/// let file = "陕西省教育厅关于做好2025年中小学招生工作的通知
/// 陕教〔2025〕31号
/// 各市教育局:
/// 为做好2025年中小学招生工作,规范招生秩序,保障适龄儿童入学,现将有关事项通知如下。
/// 一、严格免试就近入学。各地公办学校按照划片范围招生,不得组织任何形式的选拔考试。
/// 陕西省教育厅
/// 2025年4月8日
/// 陕西省水利厅关于加强农村供水管理的通知
/// 陕水发〔2025〕12号
/// 各市水务局:
/// 为加强农村供水管理,现将有关事项通知如下。
/// 一、落实县级主体责任。各县每季度至少开展一次水质检测。
/// 陕西省水利厅
/// 2025年5月6日
/// ";
/// let lexicon = Lexicon::builtin();
/// let parts = split(lexicon, file);
/// assert_eq!(parts.len(), 2);
/// assert_eq!(parts[0].text.clone() + &parts[1].text, file);
///
/// let water = read(lexicon, "water", parts[1].clone());
/// assert_eq!(water.number.unwrap().value, "陕水发〔2025〕12号");
/// let place = water.origin.place(water.measures[0].span).bytes().unwrap();
/// assert!(place.slice(file).starts_with("落实县级主体责任。"));
/// ```
pub fn split(lexicon: &Lexicon, source: impl Into<Source>) -> Vec<Source> {
    let source = source.into();
    let within = source.within(Source::MAX_LEN);
    let text = &within.text;
    let view = View::with_titles(text, &|words| lexicon.titles.form(words).is_some());
    let starts = later_documents(lexicon, &view);
    // The blanks and marks before the words of a line belong to it.
    let start_of_line = |&start: &usize| {
        let words = view.source_at(start);
        let before = view.text[..start].char_indices().next_back().map_or(0, |(at, _)| at);
        let before = view.source_at(before);
        text[before..words].rfind(['\n', '\r']).map_or(words, |end| before + end + 1)
    };
    let starts: Vec<usize> = starts.iter().map(start_of_line).collect();
    within.parts(&starts)
}

/// Returns the starts in the view of all documents but the first, ascending. O(n).
pub(crate) fn later_documents(lexicon: &Lexicon, view: &View) -> Vec<usize> {
    let page = Page::new(lexicon, view);
    let mut starts = Vec::new();
    let mut part = Part::default();
    for line in 0..page.lines.len() {
        let begins = opening::head(&page, line, part.first)
            .filter(|head| head.begins_document(&page, &part))
            .map(|head| head.first)
            .or_else(|| lead::begins_document(&page, line, &part))
            .or_else(|| opening::repeats_block(&page, line, &part).then_some(line));
        if let Some(first) = begins {
            starts.push(page.lines[first].start);
            part = Part { first, ..Part::default() };
        }
        part.add(&page, line);
    }
    starts
}

/// The lines of a document up to the current one.
#[derive(Default)]
struct Part<'v> {
    /// Index of the first line.
    first: usize,
    /// Number of bytes of the lines that contain a sentence or a clause, up to the line with which they
    /// are [`opening::LONG`].
    prose: usize,
    /// True if a block of metadata is above its text.
    block: bool,
    /// The lead of its first lines, once it is asked for.
    lead: OnceCell<Option<Lead<'v>>>,
}

impl<'v> Part<'v> {
    /// Returns the lead of its first lines.
    fn lead(&self, page: &Page<'v>) -> Option<&Lead<'v>> {
        self.lead.get_or_init(|| lead_of(page, self.first)).as_ref()
    }

    fn add(&mut self, page: &Page, line: usize) {
        // Nothing asks if there is more.
        if self.prose >= opening::LONG {
            return;
        }
        let words = page.words(line);
        self.block |= self.prose < opening::MIN_PROSE && opening::is_block(page, words);
        if words.contains(',') || words.contains('。') {
            self.prose += words.len();
        }
    }
}
