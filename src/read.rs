//! Text → record. Nothing here fails: what cannot be read is not in the record,
//! and what looks odd becomes a note.

mod context;
mod document;
mod interval_set;
mod naming;
mod provision;

use crate::lexicon::Lexicon;
use crate::model::{Heading, Measure, Note, Record};
use crate::outline::{Diagnostic, Layout, Title};
use crate::text::{Source, Span, View, occurrences};
use context::Context;
use document::{head, repeals};
use naming::citations::Subject;
use naming::definitions;

/// Reads one document.
///
/// * `key`: a stable, readable name for it; measures are `<key>/<position>`.
/// * `source`: the document and what stands around it: a string, or what
///   [`decode`](crate::decode) makes of bytes, [`markdown`](crate::markdown) of
///   markdown and `html` (feature `html`) of a page.
///
/// A pure function of its arguments. Any text gives a record: what looks odd
/// becomes a [`Note`], what is not found is absent. O(n) in the text.
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
    let Source { text, origin } = source.into();
    let view = View::new(&text);
    let layout = Layout::new(&view, lexicon);
    let mut context = Context::new(lexicon, &text, &view);

    let definitions = definitions::definitions(&view.text);
    context.short_names = context.short_names(&definitions);
    let head = head::read(&context, &layout);
    context.place = head.place(&context);
    context.subject = head.title.as_ref().map(|title| Subject::new(&title.value));
    context.first_leads = context.says_first_leads();
    context.defined = context.defined_agencies(&definitions);

    let repeals = repeals::repeals(&context, head.genre, head.title.as_ref());
    let measures: Vec<Measure> =
        layout.measures.iter().map(|block| provision::measure(&context, block)).collect();
    let body = measures
        .is_empty()
        .then(|| provision::body(&context, layout.head.start..layout.tail.start));
    let headings = |titles: &[Title]| titles.iter().map(|title| heading(&context, title)).collect();
    let mut record = Record {
        key: key.to_owned(),
        text: String::new(),
        origin,
        region: head.regions(&context),
        title: head.title,
        number: head.number,
        genre: head.genre,
        issuers: head.issuers,
        addressees: head.addressees,
        dates: head.dates,
        implements: head.implements,
        repeals,
        sections: headings(&layout.sections),
        subsections: headings(&layout.subsections),
        measures,
        body,
        notes: notes(&context, layout.diagnostics),
    };
    record.text = text;
    record
}

fn heading(context: &Context, title: &Title) -> Heading {
    Heading {
        section: title.section,
        n: title.ordinal,
        title: context.printed(title.words.clone()),
        span: context.span(title.words.clone()),
    }
}

/// What looked odd, in order of position.
fn notes(context: &Context, diagnostics: Vec<Diagnostic>) -> Vec<Note> {
    let odd =
        |odd: Diagnostic| Note { span: context.span(odd.start..odd.end), message: odd.message };
    let mut notes: Vec<Note> = diagnostics.into_iter().map(odd).collect();
    notes.extend(undecoded(context.source));
    notes.sort_by_key(|note| note.span);
    notes
}

/// Bytes that decoding could not read: where the first stood, and how many.
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
