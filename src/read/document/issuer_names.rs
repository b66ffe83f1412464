//! Full names of public bodies in signatures, titles and lines of names.

mod back;

use crate::lexicon::{Meaning, RegionIndex};
use crate::model::{Found, Rule};
use crate::outline::Diagnostic;
use crate::read::naming::agencies::is_relative;
use crate::read::naming::canonical::{DefaultRegion, is_national, region_of, resolve_known};
use crate::read::naming::names::Names;
use crate::text::{is_han, suffix_start};
pub(super) use back::is_name_like;
use back::{Body, NAME, Name, after_gap, line_start, ministry, names_back};
use std::ops::Range;

/// The bodies that sign before a date.
#[derive(Default)]
pub(super) struct Signers {
    /// In text order.
    pub(super) names: Vec<Found<String>>,
    /// Notes on names that no vocabulary lists.
    pub(super) notes: Vec<Diagnostic>,
    pub(super) evidence: Evidence,
}

impl Signers {
    /// Names that the vocabularies resolve.
    pub(super) fn known(names: Vec<Found<String>>) -> Signers {
        Signers { names, ..Signers::default() }
    }
}

/// Evidence that the words before a date are names of bodies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Evidence {
    /// No name.
    #[default]
    Nothing,
    /// Words that end as names do: 某某县第一中学教务处.
    Ending,
    /// A name of a common form: 某某县药品安全工作领导小组办公室.
    Form,
    /// A name that the vocabularies resolve.
    Known,
}

/// Returns the bodies that sign directly before `end`, the start of a date. A name that no
/// vocabulary lists keeps its printed words if it has the form of a name, with a note.
///
/// * `home`: the region of names that are relative to it, if no other name tells theirs: 省财政厅.
pub(super) fn signers_before(names: &Names, end: usize, home: Option<RegionIndex>) -> Signers {
    let mut found = names_back(names, end, true);
    let strong = |name: &Name| has_common_form(names, name.range.clone());
    // A paragraph above the names can end as a name does.
    let next = |found: &[Name]| found.get(1).map_or(end, |next| next.range.start);
    while found.first().is_some_and(|first| !begins_names(names, first, next(&found), end)) {
        found.remove(0);
    }
    let evidence = found.iter().map(|name| match name.body {
        Body::Known(_) => Evidence::Known,
        Body::Unknown if strong(name) => Evidence::Form,
        Body::Bare | Body::Unknown => Evidence::Ending,
    });
    let evidence = evidence.max().unwrap_or_default();
    let mut signers = settle(names, found, Rule::Signature, home);
    signers.evidence = if signers.names.is_empty() { Evidence::Nothing } else { evidence };
    signers
}

/// Returns true if `first`, the first of the names before the date at `date`, is a signatory and not
/// the end of a paragraph. `next` is the start of the name after it, or of the date.
fn begins_names(names: &Names, first: &Name, next: usize, date: usize) -> bool {
    let text = names.text;
    let Range { start, end } = first.range.clone();
    let above = |until: usize| text.slice(end..until).contains('\n');
    match first.body {
        Body::Unknown => next == date || !above(next) || has_common_form(names, start..end),
        // 材料报送青岛市水务局 above a date.
        Body::Known(_) => {
            let near = suffix_start(text.before(start), NAME);
            let line = line_start(names, near, start);
            let running = text.before(start).ends_with(is_han) && !text.view.gap(start);
            !(running && above(date))
                || is_name_like(names, text.slice(after_gap(names, line, end)..end))
        }
        Body::Bare => true,
    }
}

/// Returns the bodies named directly before `end`, one after another or one a
/// line, in text order: the last 256 of them.
pub(super) fn names_before(names: &Names, end: usize, rule: Rule) -> Vec<Found<String>> {
    settle(names, names_back(names, end, false), rule, None).names
}

/// Returns the bodies named in `range` if their names fill it, otherwise an empty list.
pub(super) fn names_filling(names: &Names, range: Range<usize>, rule: Rule) -> Vec<Found<String>> {
    let found = names_back(names, range.end, false);
    let fills = found.first().is_some_and(|name| name.range.start <= range.start);
    let Signers { names, notes, .. } = settle(names, found, rule, None);
    if fills && notes.is_empty() { names } else { Vec::new() }
}

/// Returns the bodies named in `range`, the value of a label for them. A name that no vocabulary lists
/// keeps its printed words if it has the form of a name, with a note.
pub(super) fn labelled_names(names: &Names, range: Range<usize>) -> Signers {
    let found = names_back(names, range.end, true);
    let fills = found.first().is_some_and(|name| name.range.start == range.start);
    let formed = |name: &Name| match name.body {
        Body::Known(_) | Body::Bare => true,
        Body::Unknown => has_common_form(names, name.range.clone()),
    };
    match fills && found.iter().all(formed) {
        true => settle(names, found, Rule::Head, None),
        false => Signers::default(),
    }
}

/// Resolves the names without a region by the names beside them. Those that stay ambiguous leave
/// a note and are no issuers; unknown ones leave a note and keep their words.
fn settle(names: &Names, found: Vec<Name>, rule: Rule, home: Option<RegionIndex>) -> Signers {
    let text = names.text;
    let default = |name: &Name| match &name.body {
        Body::Known(name) if is_national(names, name) => Some(DefaultRegion::Nation),
        Body::Known(name) => region_of(names, name).map(DefaultRegion::Region),
        Body::Bare | Body::Unknown => None,
    };
    let bare = found.iter().any(|name| matches!(name.body, Body::Bare));
    // The region of a name is that of the name before it, as in a list; that of the first is the
    // region of a name after it.
    let national = || text.names_provinces().then_some(DefaultRegion::Nation);
    let first = if bare { found.iter().find_map(default).or_else(national) } else { None };
    let mut last = first;
    let mut signers = Signers::default();
    for name in found {
        last = default(&name).or(last);
        let Name { range, body } = name;
        let printed = text.printed(range.clone());
        let (name, note) = match body {
            Body::Known(name) => (Some(name), None),
            Body::Bare => {
                let relative = is_relative(text, &printed);
                let home = home.filter(|_| relative).map(DefaultRegion::Region);
                let regions = [last, first, home];
                let resolved = regions.into_iter().find_map(|at| in_region(names, &printed, at?));
                let ambiguous = resolved.is_none() && !relative;
                let note =
                    || format!("the signatory {printed} is no issuer: of which region is it?");
                (resolved, ambiguous.then(note))
            }
            Body::Unknown => {
                let note = format!(
                    "the signatory {printed} is in no vocabulary: the issuer has its printed name"
                );
                (Some(printed), Some(note))
            }
        };
        let diagnostic = |message| Diagnostic { start: range.start, end: range.end, message };
        signers.notes.extend(note.map(diagnostic));
        signers.names.extend(name.map(|name| text.found(name, range, rule)));
    }
    signers
}

/// Returns the canonical name of a body without a region in its name: 财政厅, 省财政厅.
fn in_region(names: &Names, printed: &str, region: DefaultRegion) -> Option<String> {
    let own = match region {
        DefaultRegion::Region(region) => Some(region),
        DefaultRegion::Nation => None,
    };
    let national = || ministry(names, printed).filter(|_| own.is_none());
    resolve_known(&Names { region: own, ..*names }, printed, Some(region)).or_else(national)
}

/// Returns true for a name that ends in a function of government or as bodies of one kind do.
fn has_common_form(names: &Names, range: Range<usize>) -> bool {
    let text = names.text;
    let organ = text.lexicon.names.organs.of(text.slice(range.clone()));
    let last = text.tokens(&range).last().filter(|token| token.range().end == range.end);
    let function = |meaning: &Meaning| matches!(meaning, Meaning::Function | Meaning::Body(_));
    organ.is_some_and(|organ| organ.alone.is_some())
        || last.is_some_and(|&token| text.meanings(token).iter().any(function))
}
