//! Triples, subject by subject.

use super::terms::XSD;
use crate::model::{Date, PartialDate};
use oxrdf::{LiteralRef, NamedNode, NamedNodeRef, TermRef, TripleRef, vocab::rdf};
use std::io;

/// Takes triples of one subject after the other.
pub(super) struct Sink<'e> {
    each: &'e mut dyn FnMut(TripleRef<'_>) -> io::Result<()>,
}

impl<'e> Sink<'e> {
    pub(super) fn new(each: &'e mut dyn FnMut(TripleRef<'_>) -> io::Result<()>) -> Sink<'e> {
        Sink { each }
    }

    /// Begins a subject with its class.
    pub(super) fn subject(
        &mut self,
        subject: NamedNode,
        class: NamedNodeRef<'_>,
    ) -> io::Result<Subject<'_, 'e>> {
        let mut subject = Subject { sink: self, subject };
        subject.iri(rdf::TYPE, class)?;
        Ok(subject)
    }

    /// Begins a subject whose class is known.
    pub(super) fn more(&mut self, subject: NamedNode) -> Subject<'_, 'e> {
        Subject { sink: self, subject }
    }
}

/// A subject, to which triples are added.
pub(super) struct Subject<'s, 'e> {
    sink: &'s mut Sink<'e>,
    subject: NamedNode,
}

impl Subject<'_, '_> {
    fn add(&mut self, predicate: NamedNodeRef<'_>, object: TermRef<'_>) -> io::Result<()> {
        (self.sink.each)(TripleRef { subject: self.subject.as_ref().into(), predicate, object })
    }

    pub(super) fn iri<'o>(
        &mut self,
        predicate: NamedNodeRef<'_>,
        object: impl Into<NamedNodeRef<'o>>,
    ) -> io::Result<()> {
        self.add(predicate, object.into().into())
    }

    /// Adds a text in Chinese.
    pub(super) fn chinese<'t>(
        &mut self,
        predicate: NamedNodeRef<'_>,
        text: impl Into<Option<&'t str>>,
    ) -> io::Result<()> {
        let literal = |text| LiteralRef::new_language_tagged_literal_unchecked(text, "zh");
        self.literal(predicate, text.into().map(literal))
    }

    /// Adds a string: an identifier, or the name of a term.
    pub(super) fn string<'t>(
        &mut self,
        predicate: NamedNodeRef<'_>,
        text: impl Into<Option<&'t str>>,
    ) -> io::Result<()> {
        self.literal(predicate, text.into().map(LiteralRef::new_simple_literal))
    }

    fn literal(
        &mut self,
        predicate: NamedNodeRef<'_>,
        literal: Option<LiteralRef<'_>>,
    ) -> io::Result<()> {
        literal.map_or(Ok(()), |literal| self.add(predicate, literal.into()))
    }

    fn typed(&mut self, predicate: NamedNodeRef<'_>, text: &str, datatype: &str) -> io::Result<()> {
        let datatype = format!("{XSD}{datatype}");
        let datatype = NamedNodeRef::new_unchecked(&datatype);
        self.add(predicate, LiteralRef::new_typed_literal(text, datatype).into())
    }

    pub(super) fn integer(
        &mut self,
        predicate: NamedNodeRef<'_>,
        number: impl Into<Option<u32>>,
    ) -> io::Result<()> {
        match number.into() {
            None => Ok(()),
            Some(number) => self.typed(predicate, &number.to_string(), "integer"),
        }
    }

    /// Adds a number with the decimal digits that print it, and a point, without which Turtle
    /// would read an integer.
    pub(super) fn decimal(
        &mut self,
        predicate: NamedNodeRef<'_>,
        number: Option<impl ToString>,
    ) -> io::Result<()> {
        match number.map(|number| number.to_string()) {
            None => Ok(()),
            Some(digits) if digits.contains('.') => self.typed(predicate, &digits, "decimal"),
            Some(digits) => self.typed(predicate, &format!("{digits}.0"), "decimal"),
        }
    }

    pub(super) fn boolean(&mut self, predicate: NamedNodeRef<'_>, is: bool) -> io::Result<()> {
        self.typed(predicate, if is { "true" } else { "false" }, "boolean")
    }

    pub(super) fn day(&mut self, predicate: NamedNodeRef<'_>, day: Option<Date>) -> io::Result<()> {
        match day {
            None => Ok(()),
            Some(day) => self.typed(predicate, &day.to_string(), "date"),
        }
    }

    /// Adds a day with `predicate`, or with `month` a date that is printed to the month.
    pub(super) fn date(
        &mut self,
        predicate: NamedNodeRef<'_>,
        month: NamedNodeRef<'_>,
        date: Option<PartialDate>,
    ) -> io::Result<()> {
        match date {
            None => Ok(()),
            Some(date) => match date.date() {
                Some(day) => self.day(predicate, Some(day)),
                None => self.typed(month, &date.to_string(), "gYearMonth"),
            },
        }
    }
}
