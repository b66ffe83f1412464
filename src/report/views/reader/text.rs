//! Lines of a document as paragraphs, with the words of facts underlined.

use super::facts::Fact;
use crate::error::printable;
use crate::report::address;
use crate::text::Span;
use maud::{Markup, PreEscaped, html};
use std::fmt::Write;

/// A run of characters that the same facts cover.
struct Segment {
    span: Span,
    /// Positions of the facts, outermost first.
    facts: Vec<usize>,
}

/// Returns a line as a paragraph. Its attribute `data-b` is the byte at which it starts.
///
/// * `facts`: those whose words are in the line or around it, by start.
/// * `class`: `chapter` for a heading.
pub(super) fn paragraph(
    key: &str,
    text: &str,
    line: Span,
    facts: &[&Fact<'_>],
    class: Option<&str>,
) -> Markup {
    let segments = segments(line, facts);
    html! {
        p class=[class] data-b=(line.start) {
            @for segment in &segments {
                @let words = characters(segment.span.slice(text));
                @if segment.facts.is_empty() {
                    (words)
                } @else {
                    // The words of the innermost fact that begins here have its address; others get
                    // an empty element.
                    @let begun: Vec<_> = begun(segment, facts);
                    @for span in begun.iter().skip(1) { span id=(address::of_span(key, *span)) {} }
                    span class=(classes(segment, facts))
                        id=[begun.first().map(|span| address::of_span(key, *span))] { (words) }
                }
            }
        }
    }
}

/// Returns the different spans of the facts whose words begin with the segment.
fn begun(segment: &Segment, facts: &[&Fact<'_>]) -> Vec<Span> {
    let spans = segment.facts.iter().rev().map(|&fact| facts[fact].span);
    let mut spans: Vec<Span> = spans.filter(|span| span.start == segment.span.start).collect();
    spans.dedup();
    spans
}

/// Returns the classes of a segment: `f`, then the kinds of its facts.
fn classes(segment: &Segment, facts: &[&Fact<'_>]) -> String {
    let mut classes = "f".to_owned();
    let mut kinds: Vec<_> = segment.facts.iter().map(|&fact| facts[fact].kind).collect();
    kinds.sort();
    kinds.dedup();
    for kind in kinds {
        write!(classes, " {}", kind.names()[0]).expect("a string takes any text");
    }
    classes
}

/// Divides a line where the words of a fact begin or end. Facts can be nested and can overlap.
fn segments(line: Span, facts: &[&Fact<'_>]) -> Vec<Segment> {
    let within = |at: u32| line.start < at && at < line.end;
    let ends = facts.iter().flat_map(|fact| [fact.span.start, fact.span.end]);
    let mut cuts: Vec<u32> = ends.filter(|&at| within(at)).chain([line.start, line.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut segments = Vec::with_capacity(cuts.len());
    // Facts by start: those that have begun and have not ended.
    let mut next = 0;
    let mut open: Vec<usize> = Vec::new();
    for cut in cuts.windows(2) {
        while next < facts.len() && facts[next].span.start <= cut[0] {
            open.push(next);
            next += 1;
        }
        open.retain(|&fact| facts[fact].span.end > cut[0]);
        let span = Span { start: cut[0], end: cut[1] };
        segments.push(Segment { span, facts: open.clone() });
    }
    segments
}

/// Returns characters of a text. Those that a page cannot show as they are, controls and marks of
/// direction, are escapes in an element whose `data-n` is their number of bytes.
fn characters(words: &str) -> Markup {
    if matches!(printable(words), std::borrow::Cow::Borrowed(_)) {
        return html! { (words) };
    }
    let mut markup = String::new();
    for c in words.chars() {
        let c = c.encode_utf8(&mut [0; 4]).to_owned();
        let shown = printable(&c);
        // A tab is white space, which a paragraph shows.
        let part = if shown == c || c == "\t" {
            html! { (c) }
        } else {
            html! { span.esc data-n=(c.len()) { (shown) } }
        };
        markup.push_str(&part.0);
    }
    PreEscaped(markup)
}
