//! The head and the tail of a document: title, number, issuers, dates, genre.

use super::dates::dates;
use super::genre::genre;
use super::implements::implements;
use super::signature::{
    addressees, labelled, labelled_date, lead, lines, name_lines, published, reported_by,
    signatures,
};
use super::title::{announced, named_in_title, number_line, title_lines};
use crate::lexicon::NATION;
use crate::model::{Citation, Dates, Found, Genre, Rule};
use crate::outline::Layout;
use crate::read::context::{Context, Place};
use crate::read::naming::citations::{Named, Subject};
use std::ops::Range;

/// What the head and the tail say of the document.
pub(crate) struct Head {
    pub title: Option<Found<String>>,
    pub number: Option<Found<String>>,
    pub genre: Genre,
    pub issuers: Vec<Found<String>>,
    pub addressees: Vec<Found<String>>,
    pub dates: Dates,
    pub implements: Vec<Citation>,
}

/// Reads the head and the tail.
pub(crate) fn read(context: &Context, layout: &Layout) -> Head {
    let text = context.view.text.as_str();
    let all = dates(text);
    let lines = lines(context, &layout.head);
    let instruments = context.instruments(&layout.head);

    let printed = title_lines(context, &lines);
    let announced = announced(context, &instruments);
    let title = printed.last().or(announced.map(|named| &named.words)).map(|range| {
        let rule = if printed.is_empty() { Rule::BookTitle } else { Rule::Head };
        context.found(context.printed(range.clone()), range.clone(), rule)
    });
    let number = lines.iter().find_map(|line| number_line(context, line));

    let mut signed = signatures(context, layout, &all);
    let text_of_its_own = !printed.is_empty() && !layout.measures.is_empty();
    let formal = !signed.names.is_empty() || number.is_some() || text_of_its_own;
    let genre = genre(context, layout, title.as_ref(), formal);
    if signed.names.is_empty() {
        signed.names = match genre {
            Genre::News | Genre::Interview => lead(context, &layout.head),
            _ => issuers(context, layout, &printed, announced, title.as_ref()),
        };
    }
    let mut found = Dates {
        signed: signed
            .date
            .or_else(|| labelled_date(context, &all, &context.lexicon.layout.signed_on)),
        published: published(context, layout, &all),
        ..Dates::default()
    };
    let body = layout.head.end..layout.tail.start;
    context.validity(&mut found, &all, &body, genre);
    Head {
        addressees: addressees(context, &lines),
        implements: implements(context, layout, genre, title.as_ref(), &instruments),
        title,
        number,
        genre,
        issuers: signed.names,
        dates: found,
    }
}

/// The issuers of a document that nobody signed: those that its title opens
/// with, that a report says issued it (…印发了《…》), or that a label names.
fn issuers(
    context: &Context,
    layout: &Layout,
    printed: &[Range<usize>],
    announced: Option<&Named>,
    title: Option<&Found<String>>,
) -> Vec<Found<String>> {
    let subject = title.map(|title| Subject::new(&title.value));
    let own = announced.filter(|named| subject.as_ref().is_some_and(|own| own.is(named)));
    let named = printed.iter().map(|line| named_in_title(context, line));
    let reported = own.into_iter().map(|named| reported_by(context, named));
    let printed = [name_lines, labelled].into_iter().map(|read| read(context, layout));
    let mut found = named.chain(reported).chain(printed).filter(|names| !names.is_empty());
    found.next().unwrap_or_default()
}

impl Head {
    /// Whose 省药监局 is meant: the region of the first issuer, else of the
    /// number, else the one that the title opens with.
    pub fn place(&self, context: &Context) -> Place {
        let regions = &context.lexicon.regions;
        let issuer = self
            .issuers
            .iter()
            .find_map(|issuer| context.region_of(&issuer.value))
            .map(|(region, _)| region);
        let number = || regions.abbreviated(&self.number.as_ref()?.value);
        let title = || regions.prefix(&self.title.as_ref()?.value, None).map(|(region, _)| region);
        let national = issuer.is_none() && !self.issuers.is_empty();
        Place { region: if national { None } else { issuer.or_else(number).or_else(title) } }
    }

    /// Province-level names of the issuers' regions.
    pub fn regions(&self, context: &Context) -> Vec<String> {
        let table = &context.lexicon.regions;
        let mut names: Vec<String> = Vec::new();
        let province = |region| table.get(table.province(region)).name.to_owned();
        for issuer in &self.issuers {
            let name = context
                .region_of(&issuer.value)
                .map_or_else(|| NATION.to_owned(), |(region, _)| province(region));
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() {
            names.extend(context.place.region.map(province));
        }
        names
    }
}
