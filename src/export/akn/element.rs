//! Elements of XML, written one after the other.

use crate::export::xml::allowed;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::writer::Writer;
use std::io::{self, Write};

/// Attributes of an element.
pub(super) type Attributes<'a> = [(&'a str, &'a str)];

pub(super) struct Output<W> {
    xml: Writer<W>,
}

impl<W: Write> Output<W> {
    pub(super) fn new(out: W) -> Output<W> {
        Output { xml: Writer::new(out) }
    }

    pub(super) fn declaration(&mut self) -> io::Result<()> {
        self.xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        self.line()
    }

    pub(super) fn open(&mut self, name: &str, attributes: &Attributes<'_>) -> io::Result<()> {
        self.xml.write_event(Event::Start(start(name, attributes)))
    }

    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new(name)))?;
        match name {
            "p" | "meta" | "article" | "chapter" | "preface" | "mainBody" | "doc" => self.line(),
            _ => Ok(()),
        }
    }

    pub(super) fn empty(&mut self, name: &str, attributes: &Attributes<'_>) -> io::Result<()> {
        self.xml.write_event(Event::Empty(start(name, attributes)))
    }

    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.xml.write_event(Event::Text(BytesText::new(&allowed(text))))
    }

    fn line(&mut self) -> io::Result<()> {
        self.xml.get_mut().write_all(b"\n")
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.line()?;
        self.xml.get_mut().flush()
    }
}

fn start<'a>(name: &'a str, attributes: &Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, &*allowed(value)));
    }
    start
}
