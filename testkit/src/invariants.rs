//! Invariants of every record, of any text.

use policygraph::{Citation, Found, Measure, Provision, Record, Section, Span};

/// Checks that spans lie in the text and on character boundaries, that a mention lies in its
/// provision, and that chapters and measures are ordered and disjoint.
///
/// # Panics
///
/// If one of these does not hold.
///
/// ```
/// use policygraph::{Lexicon, read};
///
/// let record = read(Lexicon::builtin(), "note", "一、加强疫苗监管。\n二、优化审批服务。");
/// policygraph_testkit::invariants::check(&record);
/// ```
pub fn check(record: &Record) {
    let text = record.text.as_str();
    let whole = Span::new(0, text.len());
    let inside = |span: Span, of: Span| {
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} of {text:?}");
        assert!(of.start <= span.start && span.end <= of.end, "{span:?} outside {of:?}");
    };
    let found = |one: &Found<String>, of| {
        inside(one.span, of);
        assert!(!one.value.is_empty(), "an empty name at {:?}", one.span);
    };
    let cite = |cite: &Citation, of| inside(cite.span, of);
    let provision = |provision: &Provision, of| {
        let named = [&provision.agencies, &provision.products, &provision.platforms];
        named.into_iter().flatten().for_each(|one| found(one, of));
        provision.responsible.iter().for_each(|duty| inside(duty.span, of));
        provision.cites.iter().for_each(|one| cite(one, of));
        for target in &provision.targets {
            inside(target.span, of);
            let finite = |value: Option<f64>| value.is_none_or(f64::is_finite);
            assert!(finite(target.from) && finite(target.to), "{target:?}");
        }
        for deadline in &provision.deadlines {
            inside(deadline.span, of);
            deadline.task.iter().for_each(|task| inside(*task, of));
            let exist = |places: &[u32], count| places.iter().all(|&at| (at as usize) < count);
            let duties = exist(&deadline.duties, provision.responsible.len());
            let targets = exist(&deadline.targets, provision.targets.len());
            assert!(duties && targets, "{deadline:?}");
        }
    };

    record.title.iter().chain(&record.number).for_each(|one| found(one, whole));
    record.issuers.iter().chain(&record.addressees).for_each(|one| found(one, whole));
    record.implements.iter().chain(&record.repeals).for_each(|one| cite(one, whole));
    for heading in &record.subsections {
        inside(heading.span, whole);
        assert!(heading.ordinal > 0);
    }
    let mut end = 0;
    for section in &record.sections {
        let Section { ordinal, title: _, span, prose, provision: of_prose } = section;
        inside(*span, whole);
        assert!(*ordinal > 0 && end <= span.start, "chapters ascend");
        end = span.end;
        for piece in prose {
            inside(*piece, whole);
            assert!(end <= piece.start && piece.start < piece.end, "headings and prose ascend");
            end = piece.end;
        }
        provision(of_prose, whole);
        let free = |piece: &Span| {
            let before = |measure: &Measure| measure.span.end <= piece.start;
            let next = record.measures.get(record.measures.partition_point(before));
            next.is_none_or(|measure| piece.end <= measure.span.start)
        };
        assert!(prose.iter().all(free), "no prose is in a measure");
    }
    record.notes.iter().for_each(|note| inside(note.span, whole));
    record.dates.printed().for_each(|date| inside(date.span, whole));
    assert_eq!(record.body.is_some(), record.measures.is_empty());
    record.body.iter().for_each(|body| provision(body, whole));

    let mut end = 0;
    for measure in &record.measures {
        assert!(end <= measure.span.start && measure.span.start < measure.span.end);
        end = measure.span.end;
        inside(measure.span, whole);
        measure.title.iter().for_each(|title| found(title, measure.span));
        measure.clauses.iter().for_each(|clause| inside(*clause, measure.span));
        assert!(measure.clauses.is_sorted_by(|a, b| a.end <= b.start), "{:?}", measure.clauses);
        provision(&measure.provision, measure.span);
    }
}
