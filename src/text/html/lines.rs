//! The lines of a page and the elements that contain them.

use super::block;
use crate::text::is_han;
use crate::text::pieces::Pieces;
use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use std::convert::Infallible;
use std::ops::Range;

/// The visible text of a page, and the facts that its head states.
pub(super) struct Page<'s> {
    pub source: &'s str,
    /// The text of all lines, one after another.
    pub words: Pieces<'s>,
    pub lines: Vec<Line>,
    /// Title of the page: of its `<meta name="ArticleTitle">`, else of its `<title>`.
    pub title: Option<Fact>,
    /// Date of publication (发布日期) of its `<meta name="PubDate">`.
    pub published: Option<Fact>,
    /// Provider of the page (来源) of its `<meta name="ContentSource">`.
    pub provider: Option<Fact>,
    pub elements: Vec<Element>,
}

/// A line as it is displayed: a paragraph, a heading, a cell.
pub(super) struct Line {
    /// Byte range in [`Page::words`].
    pub words: Range<usize>,
    /// True for a cell that is not the first of its row.
    pub cell: bool,
    /// True inside an `<h1>`.
    pub h1: bool,
    /// True if a link to a file that is no page is in it.
    pub file: bool,
    element: usize,
    /// Number of characters inside links, and outside.
    linked: usize,
    plain: usize,
    /// Number of Han characters outside links.
    han: usize,
    /// True if there is a comma or stop.
    running: bool,
}

impl Line {
    fn new(start: usize, element: usize) -> Self {
        let (linked, plain, han, running) = (0, 0, 0, false);
        let (cell, h1, file) = (false, false, false);
        Line { words: start..start, cell, h1, file, element, linked, plain, han, running }
    }

    /// Returns true for a line that is blank or mostly links: menus, 上一篇, 分享到.
    pub(super) fn is_furniture(&self) -> bool {
        self.plain <= self.linked
    }

    /// Returns true if all its words are in links.
    pub(super) fn is_link(&self) -> bool {
        self.plain == 0
    }

    /// Number of Han characters of running text.
    pub(super) fn prose(&self) -> usize {
        if self.running { self.han } else { 0 }
    }
}

/// Returns true for a name of the date of publication: that of the standard for government sites, and
/// those of sites that do not keep to it.
fn is_published(name: &str) -> bool {
    const NAMES: [&str; 3] = ["PubDate", "firstpublishedtime", "publishdate"];
    NAMES.iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// A fact stated in the head of a page: `<meta name="PubDate" content="2025-06-16">`.
pub(super) struct Fact {
    /// Byte range of its name in the page; empty for a `<title>`.
    pub name: Range<usize>,
    pub words: String,
    /// Byte range of the words in the page.
    pub place: Range<usize>,
}

/// An element that may hold the main text.
#[derive(Default)]
pub(super) struct Element {
    /// Index of the element around it, 0 for the page itself.
    pub parent: usize,
    pub lines: Range<usize>,
    pub is_table: bool,
    /// Place of a cell in its table.
    pub cell: Option<Cell>,
}

/// The place of a cell in a table.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    /// Number of its row in the page.
    pub row: usize,
    /// Numbers of rows and columns that it extends over.
    pub rows: u8,
    pub columns: u8,
}

impl<'s> Page<'s> {
    /// Reads a page. O(n) for any nesting of its tags.
    pub(super) fn new(source: &'s str) -> Self {
        let mut reader = PageReader::new(source);
        tokenize(source, |event, place| reader.event(event, place));
        reader.finish()
    }

    pub(super) fn text(&self, line: &Line) -> &str {
        &self.words.text[line.words.clone()]
    }

    /// Returns the lines of the smallest element with three quarters of the prose.
    pub(super) fn main(&self) -> Range<usize> {
        let mut prose = vec![0; self.elements.len()];
        for line in &self.lines {
            prose[line.element] += line.prose();
        }
        for (at, element) in self.elements.iter().enumerate().skip(1).rev() {
            prose[element.parent] += prose[at];
        }
        // All elements with so much prose are nested; the last one is the smallest.
        let main = prose.iter().rposition(|&own| 4 * own >= 3 * prose[0]).unwrap_or(0);
        let main = if prose[0] == 0 { 0 } else { main };
        self.elements[main].lines.clone()
    }
}

/// Calls `read` with each event of a source and its byte range.
fn tokenize(source: &str, mut read: impl FnMut(CallbackEvent, Range<usize>)) {
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent, span: html5gum::Span<usize>| {
        read(event, span.start..span.end);
        None::<Infallible>
    });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(source, emitter).finish();
}

/// Elements that may contain a document. The others are lines or parts of lines.
const CONTAINERS: [&[u8]; 20] = [
    b"body",
    b"div",
    b"section",
    b"article",
    b"main",
    b"header",
    b"form",
    b"center",
    b"fieldset",
    b"blockquote",
    b"figure",
    b"table",
    b"td",
    b"th",
    b"ul",
    b"ol",
    b"dl",
    b"menu",
    b"details",
    b"dialog",
];

/// Elements without text of the document.
const DROPPED: [&[u8]; 17] = [
    b"script",
    b"style",
    b"noscript",
    b"template",
    b"iframe",
    b"object",
    b"svg",
    b"math",
    b"canvas",
    b"audio",
    b"video",
    b"select",
    b"button",
    b"textarea",
    b"nav",
    b"footer",
    b"aside",
];

/// Elements without an end tag.
const VOID: [&[u8]; 13] = [
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"param",
    b"source", b"track", b"wbr",
];

/// The separation of the words before and after a tag. Of several tags in a row the strongest
/// counts, the last of this list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    Line,
    Cell,
    Row,
}

impl Break {
    fn of(name: &[u8]) -> Option<Break> {
        match name {
            b"td" | b"th" => Some(Break::Cell),
            b"table" | b"thead" | b"tbody" | b"tfoot" | b"tr" => Some(Break::Row),
            b"p" | b"br" | b"hr" | b"li" | b"dt" | b"dd" | b"pre" | b"address" | b"caption"
            | b"figcaption" | b"legend" | b"summary" | b"option" | b"h1" | b"h2" | b"h3"
            | b"h4" | b"h5" | b"h6" | b"nav" | b"footer" | b"aside" => Some(Break::Line),
            name => CONTAINERS.contains(&name).then_some(Break::Line),
        }
    }
}

/// A start tag with the attributes that are used.
#[derive(Default)]
struct StartTag {
    name: Vec<u8>,
    attribute: Vec<u8>,
    hidden: bool,
    href: bool,
    /// Number of rows and of columns of a cell.
    spans: [Option<u8>; 2],
    /// True if the address ends as that of a file.
    file: bool,
    /// Name and content of a `<meta>`, with their byte ranges.
    meta: [(String, Range<usize>); 2],
}

impl StartTag {
    fn value(&mut self, value: &[u8], place: Range<usize>) {
        let value = String::from_utf8_lossy(value);
        match &*self.attribute {
            b"href" => {
                self.href = true;
                self.file = block::is_file(&value);
            }
            b"rowspan" => self.spans[0] = span(&value),
            b"colspan" => self.spans[1] = span(&value),
            b"role" => self.hidden |= value == "navigation",
            b"style" => {
                let style: String = value.to_ascii_lowercase().split_whitespace().collect();
                self.hidden |=
                    ["display:none", "visibility:hidden"].iter().any(|h| style.contains(h));
            }
            b"name" if self.name == b"meta" => self.meta[0] = (value.into_owned(), place),
            b"content" if self.name == b"meta" => self.meta[1] = (value.into_owned(), place),
            _ => {}
        }
    }
}

/// An element that is skipped up to its end.
struct Skip {
    name: Vec<u8>,
    /// Number of open elements of its name, with itself.
    depth: usize,
    /// Number of open containers in it, if it is not a container.
    inner: usize,
}

struct PageReader<'s> {
    page: Page<'s>,
    tag: StartTag,
    /// Open containers: index in [`CONTAINERS`], index in [`Page::elements`].
    open: Vec<(usize, usize)>,
    /// Number of open containers of each kind.
    kinds: [usize; CONTAINERS.len()],
    skip: Option<Skip>,
    /// Number of open containers at the start of the open link.
    link: Option<usize>,
    /// True if the open link leads to a file.
    to_file: bool,
    /// Number of open `<pre>`, in which line ends are kept.
    pre: usize,
    in_title: bool,
    in_h1: bool,
    /// Separation of the next word from the last one.
    pending: Option<Break>,
    /// White space since the last word.
    blank: Option<Range<usize>>,
    /// Number of rows of tables.
    row: usize,
}

impl<'s> PageReader<'s> {
    fn new(source: &'s str) -> Self {
        let page = Page {
            source,
            words: Pieces::new(source, source.len() / 2),
            lines: Vec::new(),
            title: None,
            published: None,
            provider: None,
            elements: vec![Element::default()],
        };
        PageReader {
            page,
            tag: StartTag::default(),
            open: Vec::new(),
            kinds: [0; CONTAINERS.len()],
            skip: None,
            link: None,
            to_file: false,
            pre: 0,
            in_title: false,
            in_h1: false,
            pending: Some(Break::Row),
            blank: None,
            row: 0,
        }
    }

    fn finish(mut self) -> Page<'s> {
        self.close_down_to(0);
        self.page.elements[0].lines = 0..self.page.lines.len();
        self.page
    }

    fn event(&mut self, event: CallbackEvent, place: Range<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = StartTag { name: name.to_vec(), ..StartTag::default() };
            }
            CallbackEvent::AttributeName { name } => {
                self.tag.attribute.clear();
                self.tag.attribute.extend(name);
                self.tag.hidden |= name == b"hidden";
            }
            CallbackEvent::AttributeValue { value } => self.tag.value(value, place),
            CallbackEvent::CloseStartTag { .. } => {
                let tag = std::mem::take(&mut self.tag);
                self.start(tag);
            }
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { .. } if self.skip.is_some() => {}
            CallbackEvent::String { value } if self.in_title => {
                let title = self.fact(0..0, &String::from_utf8_lossy(value), place);
                self.page.title = self.page.title.take().or(title);
            }
            CallbackEvent::String { .. } => self.string(place),
            _ => {}
        }
    }

    fn start(&mut self, tag: StartTag) {
        let name = &*tag.name;
        let kind = CONTAINERS.iter().position(|container| *container == name);
        if let Some(skip) = &mut self.skip
            // Paragraphs do not nest: the next one ends the last one.
            && !(name == b"p" && skip.name == b"p")
        {
            skip.depth += usize::from(skip.name == name);
            skip.inner += usize::from(kind.is_some());
            return;
        }
        self.skip = None;
        self.separate(Break::of(name));
        if VOID.contains(&name) {
            return;
        }
        // A hidden body is shown later, by a script.
        if (tag.hidden && name != b"body" && name != b"html") || DROPPED.contains(&name) {
            self.skip = Some(Skip { name: tag.name, depth: 1, inner: 0 });
            return;
        }
        match name {
            b"meta" => self.meta(tag.meta),
            b"title" => self.in_title = true,
            b"h1" => self.in_h1 = true,
            b"a" => {
                self.link = tag.href.then_some(self.open.len());
                self.to_file = tag.file;
            }
            b"pre" => self.pre += 1,
            _ => {}
        }
        self.row += usize::from(name == b"tr");
        if let Some(kind) = kind {
            self.open(kind, tag.spans);
        }
    }

    fn end(&mut self, name: &[u8]) {
        let kind = CONTAINERS.iter().position(|container| *container == name);
        if let Some(skip) = &mut self.skip {
            if skip.name == name {
                skip.depth -= 1;
            } else if kind.is_some() && !CONTAINERS.contains(&&*skip.name) {
                // The end of a container around the element ends it, too.
                if skip.inner == 0 {
                    skip.depth = 0;
                }
                skip.inner = skip.inner.saturating_sub(1);
            }
            if skip.depth > 0 {
                return;
            }
            self.skip = None;
        }
        self.separate(Break::of(name));
        match name {
            b"title" => self.in_title = false,
            b"h1" => self.in_h1 = false,
            b"a" => self.link = None,
            b"pre" => self.pre = self.pre.saturating_sub(1),
            _ => {}
        }
        if let Some(kind) = kind.filter(|&kind| self.kinds[kind] > 0) {
            let last = self.open.iter().rposition(|&(open, _)| open == kind).unwrap_or(0);
            self.close_down_to(last);
        }
    }

    fn open(&mut self, kind: usize, [rows, columns]: [Option<u8>; 2]) {
        let is_cell = |kind: usize| matches!(CONTAINERS[kind], b"td" | b"th");
        if is_cell(kind) && self.open.last().is_some_and(|&(open, _)| is_cell(open)) {
            self.close_down_to(self.open.len() - 1);
        }
        let start = self.page.lines.len();
        let parent = self.element();
        self.open.push((kind, self.page.elements.len()));
        self.kinds[kind] += 1;
        let row = self.row;
        let cell = Cell { row, rows: rows.unwrap_or(1), columns: columns.unwrap_or(1) };
        self.page.elements.push(Element {
            parent,
            lines: start..start,
            is_table: CONTAINERS[kind] == b"table",
            cell: is_cell(kind).then_some(cell),
        });
    }

    fn close_down_to(&mut self, depth: usize) {
        for (kind, element) in self.open.drain(depth..) {
            self.kinds[kind] -= 1;
            self.page.elements[element].lines.end = self.page.lines.len();
        }
        self.link = self.link.filter(|&link| link <= depth);
    }

    /// Returns the innermost open element.
    fn element(&self) -> usize {
        self.open.last().map_or(0, |&(_, element)| element)
    }

    fn separate(&mut self, by: Option<Break>) {
        self.pending = self.pending.max(by);
    }

    /// Reads a fact that Chinese government sites state in the head of a page.
    fn meta(&mut self, [(name, name_place), (words, place)]: [(String, Range<usize>); 2]) {
        let stated = |fact: &Option<Fact>| fact.as_ref().is_some_and(|fact| !fact.name.is_empty());
        let fact = self.fact(name_place, &words, place);
        if name.eq_ignore_ascii_case("ArticleTitle") && !stated(&self.page.title) {
            self.page.title = fact.or(self.page.title.take());
        } else if is_published(&name) && !stated(&self.page.published) {
            self.page.published = fact;
        } else if name.eq_ignore_ascii_case("ContentSource") && !stated(&self.page.provider) {
            self.page.provider = fact;
        }
    }

    fn fact(&self, name: Range<usize>, value: &str, place: Range<usize>) -> Option<Fact> {
        /// Maximum length of a fact in bytes.
        const MAX_FACT: usize = 600;
        let raw = self.page.source.get(place.clone())?;
        let value = if raw.contains('&') { value } else { raw };
        let words = if name.is_empty() { longest_part(value) } else { value }.trim();
        if words.is_empty() || words.len() > MAX_FACT {
            return None;
        }
        let at = raw.find(words).map(|at| place.start + at);
        let place = at.map_or(place, |at| at..at + words.len());
        Some(Fact { name, words: words.to_owned(), place })
    }

    fn string(&mut self, place: Range<usize>) {
        let Some(raw) = self.page.source.get(place.clone()) else { return };
        let mut at = 0;
        while at < raw.len() {
            let rest = &raw[at..];
            let len = match rest.as_bytes()[0] {
                b'&' => reference_len(rest),
                byte if is_blank(byte) => rest.bytes().take_while(|&byte| is_blank(byte)).count(),
                _ => rest
                    .bytes()
                    .position(|byte| byte == b'&' || is_blank(byte))
                    .unwrap_or(rest.len()),
            };
            let place = place.start + at..place.start + at + len;
            match rest.as_bytes()[0] {
                b'&' => self.words(&resolved(&rest[..len]), place),
                byte if is_blank(byte) => self.blank(place),
                _ => self.words(&rest[..len], place),
            }
            at += len;
        }
    }

    fn blank(&mut self, place: Range<usize>) {
        if self.pre > 0 && self.page.source[place.clone()].contains('\n') {
            self.separate(Some(Break::Line));
        }
        // White space with comments or tags inside is still one blank.
        let start = self.blank.as_ref().map_or(place.start, |blank| blank.start);
        self.blank = Some(start..place.end);
    }

    fn words(&mut self, words: &str, place: Range<usize>) {
        let blank = self.blank.take();
        if let Some(by) = self.pending.take() {
            let start = self.page.words.text.len();
            let (cell, h1) = (by == Break::Cell, self.in_h1);
            self.page.lines.push(Line { cell, h1, ..Line::new(start, self.element()) });
        } else if let Some(blank) = blank
            && self.separates_words(&blank, words)
        {
            self.page.words.push(" ", blank);
        }
        self.page.words.push(words, place);
        let end = self.page.words.text.len();
        let Some(line) = self.page.lines.last_mut() else { return };
        line.words.end = end;
        line.file |= self.link.is_some() && self.to_file;
        for c in words.chars().filter(|c| !c.is_whitespace()) {
            line.running |= matches!(c, '，' | '。' | '；' | ',');
            match self.link {
                Some(_) => line.linked += 1,
                None => line.plain += 1,
            }
            line.han += usize::from(self.link.is_none() && is_han(c));
        }
    }

    /// Returns true if white space separates words. A line end of the source beside a Chinese
    /// character does not.
    fn separates_words(&self, blank: &Range<usize>, next: &str) -> bool {
        let wide = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
        let breaks = self.page.source[blank.clone()].contains(['\n', '\r']);
        !(breaks && (wide(next.chars().next()) || wide(self.page.words.text.chars().next_back())))
    }
}

/// Returns the number of rows or columns that a cell extends over.
fn span(value: &str) -> Option<u8> {
    /// Maximum number.
    const MAX_SPAN: u8 = 64;
    let value = value.trim();
    let digits = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| value.parse().unwrap_or(MAX_SPAN).clamp(1, MAX_SPAN))
}

/// Returns the length of a possible character reference at the start of `text`.
fn reference_len(text: &str) -> usize {
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let len = 1 + text.as_bytes()[1..].iter().take_while(|byte| name(byte)).count();
    len + usize::from(text[len..].starts_with(';'))
}

/// Returns the character of a reference; any other text unchanged.
fn resolved(reference: &str) -> String {
    let mut words = String::new();
    tokenize(reference, |event, _| {
        if let CallbackEvent::String { value } = event {
            words.push_str(&String::from_utf8_lossy(value));
        }
    });
    words
}

/// Returns the longest part of 关于…的通知_政策文件_某某县人民政府. A dash after a digit separates
/// nothing: 2025-2027年.
fn longest_part(title: &str) -> &str {
    let marks = title.match_indices(['_', '|', '>', '-', '—']);
    let parting = marks.filter(|(at, _)| !title[..*at].ends_with(|c: char| c.is_ascii_digit()));
    let mut start = 0;
    let mut longest = "";
    for (at, mark) in parting.chain([(title.len(), "")]) {
        if title[start..at].len() > longest.len() {
            longest = &title[start..at];
        }
        start = at + mark.len();
    }
    longest
}

/// Returns true for white space that a browser collapses.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}
