//! Reads a document: text → [`Record`]. Reading never fails: what cannot be read is
//! absent from the record, and what looks odd becomes a [`Note`].

mod word_places;
mod scanned_text;
mod interval_set;
mod naming;
mod context;
mod document;
mod provision;
mod learn;

use crate::lexicon::Lexicon;
use crate::model::{Heading, Note, Record, Section};
use crate::outline::{Diagnostic, Layout, Title};
use crate::split::later_documents;
use crate::text::{Source, Span, View, first_chars, occurrences};
use context::Context;
use document::repeals::repeals;
use learn::learn;
use scanned_text::ScannedText;
use std::ops::Range;

/// Reads one document.
///
/// * `key`: a stable, readable name for it; measures are `<key>/<position>`.
/// * `source`: a string, or the result of [`decode`](crate::decode) for bytes,
///   [`markdown`](crate::markdown) for markdown, `html` (feature `html`) for a page.
///
/// A pure function of its arguments. Any text gives a record: facts that are not
/// found are absent, and what looks odd becomes a [`Note`]. A text is read up to
/// [`Source::MAX_LEN`], with a note where it is cut. O(n) in the text.
///
/// ```
/// use policygraph::{Lexicon, Role, read};
///
/// let text = "山西省药品监督管理局关于深化药械监管改革的若干措施
/// 一、提高审评审批质效
/// (一)加快审批上市。审批时限由58个工作日压缩为30个工作日。(省药监局负责)
/// (二)优化注册检验。实行即收即检。(省药监局牵头,省市场监管局配合)";
/// let record = read(Lexicon::builtin(), "sx", text);
///
/// let first = &record.measures[0];
/// assert_eq!(first.title.as_ref().unwrap().value, "加快审批上市");
/// assert_eq!(first.provision.targets[0].from, Some(58.0));
/// let duty = &record.measures[1].provision.responsible[0];
/// assert_eq!(duty.agency, "山西省药品监督管理局");
/// assert_eq!(duty.role, Role::Lead);
/// assert_eq!(duty.span.slice(&record.text), "省药监局");
/// ```
pub fn read(lexicon: &Lexicon, key: &str, source: impl Into<Source>) -> Record {
    read_within(lexicon, key, source.into(), Source::MAX_LEN)
}

/// Reads at most `limit` bytes of a document.
fn read_within(lexicon: &Lexicon, key: &str, source: Source, limit: usize) -> Record {
    let Source { text, origin, left_out } = source.within(limit);
    let view = View::with_titles(&text, &|words| lexicon.titles.fills(words));
    let layout = Layout::new(&view, lexicon);
    let scanned = ScannedText::new(lexicon, &text, &view);
    // Before the measures, which take the most memory.
    let several = several(&view, &later_documents(lexicon, &view));

    let learned = learn(&scanned, &layout);
    let context = learned.context(&scanned);
    let measures = provision::measures(&context, &layout.measures);
    let body = measures
        .is_empty()
        .then(|| provision::body(&context, layout.head.start..layout.tail.start));
    let number = learned.head.number.as_ref().map(|number| number.value.as_str());
    let repeals = repeals(&context, learned.head.genre, number);
    let region = learned.head.region_names(&context.names);
    let sections = sections(&context, &layout.sections, &layout.prose(&view));
    let subsections = layout.subsections.iter().map(|title| heading(&scanned, title)).collect();
    let mut head = learned.head;
    let mut diagnostics = layout.diagnostics;
    diagnostics.extend(head.untitled.take().map(untitled));
    diagnostics.append(&mut head.notes);
    diagnostics.extend(several);
    let contradictions = std::mem::take(&mut head.contradictions);
    let notes = notes(&scanned, diagnostics, contradictions, left_out);

    Record {
        key: key.to_owned(),
        origin,
        region,
        title: head.title,
        number: head.number,
        genre: head.genre,
        issuers: head.issuers,
        addressees: head.addressees,
        dates: head.dates,
        implements: head.implements,
        repeals,
        sections,
        subsections,
        measures,
        body,
        notes,
        text,
    }
}

fn sections(context: &Context, titles: &[Title], prose: &[Vec<Range<usize>>]) -> Vec<Section> {
    let text = context.names.text;
    let chapters = titles.iter().zip(prose).zip(provision::prose(context, prose));
    let section = |((title, prose), provision): ((&Title, &Vec<Range<usize>>), _)| Section {
        ordinal: title.ordinal,
        title: text.printed(title.words.clone()),
        span: text.span(title.words.clone()),
        prose: prose.iter().map(|range| text.span(range.clone())).collect(),
        provision,
    };
    chapters.map(section).collect()
}

fn heading(text: &ScannedText, title: &Title) -> Heading {
    Heading {
        section: title.section,
        ordinal: title.ordinal,
        title: text.printed(title.words.clone()),
        span: text.span(title.words.clone()),
    }
}

/// Returns the note on a document without a title.
fn untitled(first_line: Range<usize>) -> Diagnostic {
    let message = "no title found: the text opens with this line".to_owned();
    Diagnostic { start: first_line.start, end: first_line.end, message }
}

/// Returns the note on a text that contains several documents, at the second one.
fn several(view: &View, later: &[usize]) -> Option<Diagnostic> {
    let &start = later.first()?;
    let end = view.text[start..].find('\n').map_or(view.text.len(), |line| start + line);
    let message = format!(
        "looks like {} documents, of which the second begins here: `split` parts them",
        later.len() + 1
    );
    Some(Diagnostic { start, end: start + first_chars(&view.text[start..end], 40).len(), message })
}

/// Returns the notes on everything odd in the text, by position.
fn notes(
    text: &ScannedText,
    diagnostics: Vec<Diagnostic>,
    contradictions: Vec<Note>,
    left_out: usize,
) -> Vec<Note> {
    let note = |odd: Diagnostic| Note { span: text.span(odd.start..odd.end), message: odd.message };
    let mut notes: Vec<Note> = diagnostics.into_iter().map(note).collect();
    notes.extend(contradictions);
    notes.extend(undecoded(text.source));
    notes.extend((left_out > 0).then(|| cut(text.source, left_out)));
    notes.sort_by_key(|note| note.span);
    notes
}

/// Returns a note on the bytes that could not be decoded: position of the first, and
/// their number.
fn undecoded(text: &str) -> Option<Note> {
    const REPLACEMENT: &str = "\u{FFFD}";
    let mut places = occurrences(text, REPLACEMENT);
    let first = places.next()?;
    let all = 1 + places.count();
    Some(Note {
        span: Span::new(first, first + REPLACEMENT.len()),
        message: format!(
            "the first of {all} malformed sequences: is the file damaged, or in another encoding?"
        ),
    })
}

/// Returns the note on the bytes after a text that is too long.
fn cut(text: &str, left_out: usize) -> Note {
    Note {
        span: Span::new(text.len(), text.len()),
        message: format!("the text is cut here: {left_out} bytes after it are too many to read"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::markdown;

    #[test]
    fn a_text_is_cut_at_the_limit_with_a_note() {
        let lexicon = Lexicon::builtin();
        let text = "一、加强监管。由山西省药监局负责。\n二、优化服务。";
        let line = text.find("\n二").unwrap();
        let whole = read(lexicon, "text", text);
        for limit in [0, 1, line - 1, line, line + 1, text.len() - 1, text.len()] {
            let record = read_within(lexicon, "text", text.into(), limit);
            assert!(record.text.len() <= limit && limit - record.text.len() < 3);
            assert!(text.starts_with(&record.text));
            let left_out = text.len() - record.text.len();
            let notes = record.notes.iter().filter(|note| note.message.contains("is cut here"));
            let ends: Vec<_> =
                notes.map(|note| (note.span.start as usize, &note.message)).collect();
            let message = cut(&record.text, left_out).message;
            let expected = (left_out > 0).then_some((record.text.len(), &message));
            assert_eq!(ends, expected.into_iter().collect::<Vec<_>>());
            assert_eq!(record.measures.len(), read(lexicon, "text", &record.text).measures.len());
        }
        assert_eq!(read_within(lexicon, "text", text.into(), text.len()), whole);
    }

    #[test]
    fn the_bytes_that_a_reader_of_markup_leaves_out_are_noted() {
        let source = Source::from("**一、**加强监管。**二、**优化服务").within(20);
        assert_eq!(source.left_out, 28);
        let record = read(Lexicon::builtin(), "text", markdown(source));
        assert_eq!(record.text, "一、加强监");
        let json = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), record);
        assert!(record.notes[0].message.contains("28 bytes"));
    }

    #[test]
    #[should_panic(expected = "past 4 GiB")]
    fn no_span_is_past_4_gib() {
        _ = Span::new(1, u32::MAX as usize + 1);
    }
}
