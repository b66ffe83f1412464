//! The head and the tail of a document: title, number, issuers, dates, genre.

use super::addressees::addressees;
use super::comments::comments;
use super::dates::{Dated, dates};
use super::genre::genre;
use super::implements::implements;
use super::issuer_names::Signers;
use super::issuers::{adopted_by, lead, name_lines, released_by, reported_by};
use super::line_forms::{opening_line, parted};
use super::number::{OwnNumber, own_number};
use super::signature::{published, signature};
use super::stated::{Label, Stated};
use super::title::{
    announced, headline, issuers_in_title, labelled_title, title_lines, with_left_out_words,
};
use super::validity::validity;
use crate::lexicon::{NATION, RegionIndex, STATE};
use crate::model::{Citation, Dates, Found, Genre, Note, Rule};
use crate::outline::{Diagnostic, Layout};
use crate::read::naming::canonical::{is_national, region_of, resolve};
use crate::read::naming::citations;
use crate::read::naming::names::{NamedInstrument, Names};
use crate::read::naming::title_forms::Subject;
use crate::read::scanned_text::ScannedText;
use crate::text::Span;
use std::fmt::Display;
use std::ops::Range;

/// Facts from the head and the tail.
pub(crate) struct Head {
    pub(crate) title: Option<Found<String>>,
    /// The title, to recognise the document where it names itself.
    pub(crate) subject: Option<Subject>,
    pub(crate) number: Option<Found<String>>,
    pub(crate) genre: Genre,
    pub(crate) issuers: Vec<Found<String>>,
    pub(crate) addressees: Vec<Found<String>>,
    pub(crate) dates: Dates,
    pub(crate) implements: Vec<Citation>,
    /// The first line of a document that has a heading but no title.
    pub(crate) untitled: Option<Range<usize>>,
    pub(crate) notes: Vec<Diagnostic>,
    /// Facts that the page states otherwise than the text.
    pub(crate) contradictions: Vec<Note>,
}

/// Reads the head and the tail.
pub(crate) fn read(names: &Names, layout: &Layout) -> Head {
    let text = names.text;
    let all = dates(text.lexicon, text.all());
    let stated = Stated::read(names, layout);
    let mut lines = text.lines(&layout.head);
    lines.retain(|line| !stated.is_line(line));
    let instruments = citations::named(names, &layout.head);

    let parts = parted(text, &lines);
    let printed = title_lines(names, &parts);
    let announced = announced(text, &instruments);
    let title = formal_title(names, layout, &stated, &printed, &instruments, announced);
    let formal_title = title.as_ref().map(|title| Subject::new(&title.value));
    let heading = || headline(names, &parts, !layout.measures.is_empty());
    let title = title.or_else(|| heading().map(|range| found_title(text, range, Rule::Head)));
    let subject = title.as_ref().map(|title| Subject::new(&title.value));
    let own = own_number(names, &parts, &printed);
    let printed_number = own.as_ref().map(|own| &own.number);
    let number = printed_number.cloned().or_else(|| stated.number(text));

    let home = home_region(names, &printed, number.as_ref());
    let signed = signature(names, layout, &stated, &all, home);
    let has_own_text = !printed.is_empty() && !layout.measures.is_empty();
    let formal = !signed.names.is_empty() || number.is_some() || has_own_text;
    let prose = stated.prose(text, &layout.head);
    let genre = genre(text, layout, prose, formal_title.as_ref(), formal);
    let signed = signed.unless_titled(issuers_of_first_title(names, &printed));
    let issuers = if !signed.names.is_empty() {
        Signers::known(signed.names)
    } else if genre.is_report() {
        Signers::known(lead(names, &layout.head))
    } else {
        let is_own = |named: &&NamedInstrument| subject.as_ref().is_some_and(|own| own.is(named));
        let announced = announced.filter(is_own);
        unsigned_issuers(names, layout, &all, &printed, announced, own.as_ref(), &stated)
    };
    let mut notes = signed.notes;
    notes.extend(issuers.notes);
    let stated_date = |label| stated.date(text, &all, label);
    let contradictions = [
        contradiction("number", printed_number, stated.number(text)),
        contradiction("date of signature", signed.date.as_ref(), stated_date(Label::Signed)),
    ];
    let signed = signed.date.or_else(|| stated_date(Label::Signed));
    let day = signed.as_ref().map(|date| date.value);
    let mut found = Dates {
        signed,
        published: own
            .as_ref()
            .and_then(|own| own.published.clone())
            .or_else(|| published(names, layout, &stated, &all, day)),
        ..Dates::default()
    };
    let body = layout.head.end..layout.tail.start;
    let in_force = [Label::Effective, Label::Expires].map(stated_date);
    validity(text, &mut found, &all, &body, genre, in_force);
    comments(text, &mut found, &all, &body, genre);
    let official = !genre.is_report() && (formal || !layout.measures.is_empty());
    let own_number = own.as_ref().map(|own| own.number.span);
    let above: Vec<Span> =
        printed.iter().map(|title| text.span(title.clone())).chain(own_number).collect();
    let untitled = opening_line(text, &lines).filter(|_| title.is_none() && official);
    Head {
        untitled,
        addressees: addressees(names, &lines, &above),
        notes,
        contradictions: contradictions.into_iter().flatten().collect(),
        implements: implements(names, layout, genre, subject.as_ref(), &instruments),
        title,
        subject,
        number,
        genre,
        issuers: issuers.names,
        dates: found,
    }
}

/// Returns the title that the document prints, with words that a notice leaves out of it, or that a
/// label has; else that of the instrument that it announces.
fn formal_title(
    names: &Names,
    layout: &Layout,
    stated: &Stated,
    printed: &[Range<usize>],
    instruments: &[NamedInstrument],
    announced: Option<&NamedInstrument>,
) -> Option<Found<String>> {
    let text = names.text;
    if let Some(whole) = with_left_out_words(text, printed, instruments) {
        return Some(found_title(text, whole, Rule::BookTitle));
    }
    let own = own_title(text, printed)
        .or_else(|| labelled_title(text, &text.lines(&layout.head)))
        .or_else(|| stated.title(text));
    if let Some(own) = own {
        return Some(found_title(text, own, Rule::Head));
    }
    announced.map(|named| found_title(text, named.title_range.clone(), Rule::BookTitle))
}

fn found_title(text: &ScannedText, range: Range<usize>, rule: Rule) -> Found<String> {
    text.found(text.printed(range.clone()), range, rule)
}

/// Returns the last of the printed titles, which is that of the text that a notice issues; a reply
/// (批复) keeps its own above the plan that it approves.
fn own_title(text: &ScannedText, printed: &[Range<usize>]) -> Option<Range<usize>> {
    let replies = &text.lexicon.cues.genre.reply_titles;
    let reply = printed.first().filter(|title| replies.end(text.slice((*title).clone())).is_some());
    reply.or(printed.last()).cloned()
}

/// Returns the region of a document by its first title that names one, else by its number.
fn home_region(
    names: &Names,
    printed: &[Range<usize>],
    number: Option<&Found<String>>,
) -> Option<RegionIndex> {
    let regions = &names.text.lexicon.regions;
    let opening = |words: &str| regions.prefix(words, None).map(|(region, _)| region);
    let titled = |title: &Range<usize>| {
        let words = names.text.slice(title.clone());
        opening(words).or_else(|| opening(words.split_once('《')?.1))
    };
    let numbered = || regions.abbreviated(&number?.value);
    printed.iter().find_map(titled).or_else(numbered)
}

/// Returns the issuers that the first title names.
fn issuers_of_first_title(names: &Names, printed: &[Range<usize>]) -> Vec<Found<String>> {
    printed.first().map_or(Vec::new(), |title| issuers_in_title(names, title))
}

/// Returns the issuers of a document without signature, from the first source that
/// names any: its title, its number (…令第12号), the line below the title that says who adopted it,
/// the report that announces it (…印发了《…》), lines of names, a label, or the line that says when it
/// was put out.
fn unsigned_issuers(
    names: &Names,
    layout: &Layout,
    all: &[Dated],
    printed: &[Range<usize>],
    announced: Option<&NamedInstrument>,
    number: Option<&OwnNumber>,
    stated: &Stated,
) -> Signers {
    let titles = printed.iter().map(|line| issuers_in_title(names, line));
    let reported = announced.into_iter().map(|named| reported_by(names, named));
    let lines = std::iter::once_with(|| name_lines(names, layout));
    let stated = std::iter::once_with(|| stated.issuers(names));
    let ordered = number.map(|number| number.issuers.clone()).into_iter();
    let adopted = std::iter::once_with(|| adopted_by(names, layout, all));
    let released = std::iter::once_with(|| released_by(names, layout, all));
    let named = titles.chain(ordered).chain(adopted).chain(reported);
    let named = named.chain(lines).map(Signers::known);
    let relative = std::iter::once_with(|| relative_issuer(names, printed, number));
    let last = released.chain(relative).map(Signers::known);
    let mut all = named.chain(stated).chain(last);
    all.find(|issuers| !issuers.names.is_empty()).unwrap_or_default()
}

/// Returns the body of the province of the number that the title names without the province:
/// 省人民政府办公厅关于… below 鄂政办发〔2018〕26号.
fn relative_issuer(
    names: &Names,
    printed: &[Range<usize>],
    number: Option<&OwnNumber>,
) -> Vec<Found<String>> {
    const PROVINCE: &str = "省";
    let text = names.text;
    let found = || {
        let title = printed.first()?;
        let words = text.slice(title.clone());
        let (about, _) = text.lexicon.cues.signature.passing_on.first(words)?;
        let body = words[..about].strip_prefix(PROVINCE)?.replace('\n', "");
        // 省财政厅 省教育厅关于…: several bodies are no name.
        if body.contains(PROVINCE) {
            return None;
        }
        let regions = &text.lexicon.regions;
        let province = regions.get(regions.abbreviated(&number?.number.value)?);
        let name = resolve(names, &[&*province.name, &body].concat(), None)?;
        let range = title.start..title.start + about;
        province.name.ends_with(PROVINCE).then(|| text.found(name, range, Rule::Head))
    };
    found().into_iter().collect()
}

/// Returns a note if the page states another value than the text.
fn contradiction<T: PartialEq + Display>(
    fact: &str,
    printed: Option<&Found<T>>,
    stated: Option<Found<T>>,
) -> Option<Note> {
    let (printed, stated) = (printed?, stated?);
    (printed.value != stated.value).then(|| Note {
        span: stated.span,
        message: format!(
            "the page states the {fact} {}, and the text prints {}",
            stated.value, printed.value
        ),
    })
}

impl Head {
    /// Returns the region that 省 and 市 refer to: that of the first issuer, else of the
    /// number, else of the title. `None` for national issuers.
    pub(crate) fn region(&self, names: &Names) -> Option<RegionIndex> {
        let regions = &names.text.lexicon.regions;
        let issuer = self.issuers.iter().find_map(|issuer| region_of(names, &issuer.value));
        let number = || regions.abbreviated(&self.number.as_ref()?.value);
        let title = || regions.prefix(&self.title.as_ref()?.value, None).map(|(region, _)| region);
        let national = issuer.is_none() && self.has_national_issuer(names);
        if national { None } else { issuer.or_else(number).or_else(title) }
    }

    /// Returns the year of the document: of its signature, or else of its publication.
    pub(crate) fn year(&self) -> Option<u16> {
        let date = self.dates.issued()?;
        u16::try_from(date.value.first_day().year()).ok()
    }

    fn has_national_issuer(&self, names: &Names) -> bool {
        self.issuers.iter().any(|issuer| is_national(names, &issuer.value))
    }

    /// Returns names of the issuers' regions at province level; of the document's
    /// region if no issuer has one.
    pub(crate) fn region_names(&self, names: &Names) -> Vec<String> {
        let table = &names.text.lexicon.regions;
        let mut regions: Vec<String> = Vec::new();
        let province = |region| table.get(table.province(region)).name.to_string();
        for issuer in &self.issuers {
            let national = || is_national(names, &issuer.value).then(|| NATION.to_owned());
            let name = region_of(names, &issuer.value).map(province).or_else(national);
            regions.extend(name.filter(|name| !regions.contains(name)));
        }
        if regions.is_empty() {
            regions.extend(names.region.map(province));
        }
        // 中华人民共和国预算法 is the nation's, whoever issued it.
        let titled = || {
            let title = self.title.as_ref().and_then(|title| title.value.strip_prefix(STATE));
            title.is_some_and(|rest| !rest.contains("关于") && table.prefix(rest, None).is_none())
        };
        if regions.is_empty() && self.issuers.is_empty() && titled() {
            regions.push(NATION.to_owned());
        }
        regions
    }
}
