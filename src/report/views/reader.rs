//! The text of a document as it stands, with the words of every fact underlined, and the facts beside it.

mod facts;
mod text;

use crate::graph::{DocId, DocumentRef, MeasureRef};
use crate::model::{Record, Rule};
use crate::report::address;
use crate::report::kit::{Report, label, shown, status, term};
use crate::text::Span;
use facts::{Fact, FactKind, facts, group_label};
use indexmap::IndexMap;
use maud::{Markup, PreEscaped, html};

/// Returns the section of a document: the outline, then blocks of text, each with its facts beside it.
pub(in crate::report) fn view(report: Report<'_>, document: DocumentRef<'_>) -> Markup {
    let record = document.record();
    let id = report.id(document.id());
    let facts = facts(document);
    let blocks = blocks(record);
    let measures: Vec<MeasureRef<'_>> = document.measures().collect();
    html! {
        section.view.reader id=(id) aria-labelledby={ (id) "." } {
            h2 id={ (id) "." } lang="zh-Hans" { (shown(document.title().unwrap_or(document.key()))) }
            (summary(report, document))
            (note_list(report, document.id()))
            (legend())
            (outline(report, document))
            div.text lang="zh-Hans" {
                @for block in &blocks {
                    (self::block(report, record, block.measure.map(|n| measures[n]), block, &facts))
                }
            }
        }
    }
}

/// Returns number, issuers, dates and status on one line.
fn summary(report: Report<'_>, document: DocumentRef<'_>) -> Markup {
    let record = document.record();
    html! {
        p.summary {
            code { (shown(document.key())) }
            @if let Some(number) = document.number() { " · " (shown(number)) }
            @for issuer in document.issuers() { " · " (report.link(issuer.id())) }
            @if let Some(issued) = record.dates.issued() { " · " time { (issued.value) } }
            " · " (status(report.graph.as_of(report.day).status(document.id())))
            " " (label(&format!("on {}", report.day), &format!("({})", report.day)))
        }
    }
}

/// Returns the notes of the reader on a document and those of the graph, each with its words.
pub(in crate::report) fn notes(report: Report<'_>, document: DocId) -> Vec<(Span, &str)> {
    let graph = report.graph;
    let own = &graph.at(document).record().notes;
    let first = graph.notes().partition_point(|note| note.document < document);
    let of_graph = graph.notes()[first..].iter().take_while(|note| note.document == document);
    let own = own.iter().map(|note| (note.span, &*note.message));
    own.chain(of_graph.map(|note| (note.span, &*note.message))).collect()
}

/// Returns the notes as a list.
fn note_list(report: Report<'_>, document: DocId) -> Markup {
    let notes = notes(report, document);
    html! {
        @if !notes.is_empty() {
            details.note {
                summary { (label(&format!("{} notes of the reader", notes.len()), &format!("{}条读取提示", notes.len()))) }
                ul { @for (span, message) in notes {
                    li { a href=(report.span_href(document, span)) lang="en" { (shown(message)) } }
                } }
            }
        }
    }
}

/// Returns the forms of underlines with their meaning.
fn legend() -> Markup {
    html! {
        p.legend {
            @for kind in FactKind::ALL {
                @let [class, english, chinese] = kind.names();
                @let rule = kind.usual_rule();
                span class={ "f " (class) } { (label(english, chinese)) }
                small { (term(rule.name(), rule.chinese())) } " "
            }
        }
    }
}

/// Returns links to the chapters and measures.
fn outline(report: Report<'_>, document: DocumentRef<'_>) -> Markup {
    let record = document.record();
    let mut entries: Vec<(u32, bool, Markup)> = Vec::new();
    for section in document.sections() {
        let link = report.link(section.id());
        entries.push((section.record().span.start, true, link));
    }
    for measure in document.measures() {
        let href = report.span_href(document.id(), measure.record().span);
        let link =
            html! { a href=(href) { (measure.position()) " " (report.heading(measure.id())) } };
        entries.push((measure.record().span.start, false, link));
    }
    entries.sort_by_key(|(start, ..)| *start);
    html! {
        @if !entries.is_empty() {
            nav.outline aria-label={ "目录 · Outline: " (shown(&record.key)) } {
                ol lang="zh-Hans" {
                    @for (_, is_chapter, link) in &entries { li class=[is_chapter.then_some("chapter")] { (link) } }
                }
            }
        }
    }
}

/// Text of a measure, or between measures.
struct Block {
    span: Span,
    /// Position of the measure.
    measure: Option<usize>,
}

/// Divides a text in blocks. A measure has whole lines, with its ordinal, except where several are on
/// one line: there a block begins at the end of the measure before. Linear.
fn blocks(record: &Record) -> Vec<Block> {
    let text = &*record.text;
    let mut blocks = Vec::new();
    let mut at = 0;
    for (n, measure) in record.measures.iter().enumerate() {
        // A measure can begin with white space, which ends the line of the one before.
        let of = [measure.span.start, measure.span.end];
        let [start, end] = of.map(|byte| (byte as usize).max(at));
        let begin = text[at..start].rfind('\n').map_or(at, |line| at + line + 1);
        blocks.push(Block { span: Span::new(at, begin), measure: None });
        let rest = text[end..].find('\n').map_or(text.len(), |line| end + line + 1);
        let end = if text[end..rest].trim().is_empty() { rest } else { end };
        blocks.push(Block { span: Span::new(begin, end), measure: Some(n) });
        at = end;
    }
    blocks.push(Block { span: Span::new(at, text.len()), measure: None });
    blocks.retain(|block| block.measure.is_some() || !block.span.slice(text).trim().is_empty());
    blocks
}

impl Block {
    /// Returns the lines that are not blank, without line ends.
    fn lines(&self, text: &str) -> impl Iterator<Item = Span> {
        let mut start = self.span.start as usize;
        let lines = self.span.slice(text).split_inclusive('\n').map(move |line| {
            let words = line.trim_end_matches(['\n', '\r']);
            let span = Span::new(start, start + words.len());
            start += line.len();
            (span, words)
        });
        lines.filter(|(_, words)| !words.trim().is_empty()).map(|(span, _)| span)
    }
}

/// Returns a block: its lines, and its facts by kind.
///
/// * `facts`: those of the document, by start.
fn block(
    report: Report<'_>,
    record: &Record,
    measure: Option<MeasureRef<'_>>,
    block: &Block,
    facts: &[Fact<'_>],
) -> Markup {
    let before = |at: u32| facts.partition_point(|fact| fact.span.start < at);
    let own = &facts[before(block.span.start)..before(block.span.end)];
    let address = |measure: MeasureRef<'_>| address::of_span(&record.key, measure.record().span);
    let mut facts_of_lines = FactsOfLines { facts: own };
    html! {
        div.block id=[measure.map(address)] data-m=[measure.map(|measure| report.id(measure.id()))] {
            div.lines {
                @for line in block.lines(&record.text) {
                    (text::paragraph(&record.key, &record.text, line, &facts_of_lines.next(line), class(record, line)))
                }
            }
            @if !own.is_empty() || measure.is_some() { (aside(report, measure, own)) }
        }
    }
}

/// Returns `chapter` for the line of a chapter's heading.
fn class(record: &Record, line: Span) -> Option<&'static str> {
    let at = record.sections.partition_point(|section| section.span.start < line.start);
    let is_chapter = record.sections.get(at).is_some_and(|section| section.span.start < line.end);
    is_chapter.then_some("chapter")
}

/// The facts of ascending lines.
struct FactsOfLines<'f, 'g> {
    /// Facts by start, without the first ones that end before the line.
    facts: &'f [Fact<'g>],
}

impl<'f, 'g> FactsOfLines<'f, 'g> {
    /// Returns the facts whose words are in a line, by start.
    fn next(&mut self, line: Span) -> Vec<&'f Fact<'g>> {
        let past = self.facts.iter().take_while(|fact| fact.span.end <= line.start).count();
        self.facts = &self.facts[past..];
        let begun = self.facts.iter().take_while(|fact| fact.span.start < line.end);
        begun.filter(|fact| fact.span.end > line.start).collect()
    }
}

/// Returns the facts of a block, by kind, each once.
fn aside(report: Report<'_>, measure: Option<MeasureRef<'_>>, facts: &[Fact<'_>]) -> Markup {
    html! {
        div.facts {
            @if let Some(measure) = measure {
                p.key { a href=(report.href(measure.id())) { (shown(&measure.key().to_string())) } }
            }
            @for kind in FactKind::ALL {
                @let of_kind: Vec<&Fact<'_>> = facts.iter().filter(|fact| fact.kind == kind).collect();
                @if !of_kind.is_empty() { (group(report, kind, &of_kind)) }
            }
        }
    }
}

/// Returns the facts of one kind: a row for each meaning, whose `data-s` are the spans of its words.
fn group(report: Report<'_>, kind: FactKind, facts: &[&Fact<'_>]) -> Markup {
    let mut rules: Vec<Rule> = facts.iter().map(|fact| fact.rule).collect();
    rules.sort();
    rules.dedup();
    let mut rows: IndexMap<String, Vec<Span>> = IndexMap::new();
    for fact in facts {
        rows.entry(fact.shown(report).into_string()).or_default().push(fact.span);
    }
    let places = |spans: &[Span]| {
        let places: Vec<String> =
            spans.iter().map(|span| format!("{}-{}", span.start, span.end)).collect();
        places.join(" ")
    };
    html! {
        div.group {
            p { (group_label(kind, &rules)) }
            ul class=[is_short(kind).then_some("run")] {
                @for (shown, spans) in rows {
                    li data-s=(places(&spans)) {
                        (PreEscaped(shown))
                        @if spans.len() > 1 { small { " ×" (spans.len()) } }
                    }
                }
            }
        }
    }
}

/// Returns true for facts that are a name each, which are read as a run.
fn is_short(kind: FactKind) -> bool {
    matches!(kind, FactKind::Issuer | FactKind::Addressee | FactKind::Product | FactKind::Modality)
}
