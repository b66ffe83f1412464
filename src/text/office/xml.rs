//! A small tree of XML elements. Names are compared without their prefix, as writers choose it.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;

/// Maximum number of elements inside each other. Word writes about 30, and a table in a cell adds four.
const MAX_DEPTH: usize = 256;

/// An element with its content.
pub(super) struct Element<'t> {
    start: BytesStart<'t>,
    pub(super) nodes: Vec<Node<'t>>,
}

/// Content of an element.
pub(super) enum Node<'t> {
    Element(Element<'t>),
    Text(Cow<'t, str>),
}

impl<'t> Element<'t> {
    /// Reads the root element of a text. O(n).
    ///
    /// The error says what is not well-formed and at which byte. Entities that a document type declares
    /// are not expanded.
    pub(super) fn parse(text: &'t str) -> Result<Element<'t>, String> {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().allow_dangling_amp = true;
        // The open elements; the first contains the root.
        let mut open = vec![Element { start: BytesStart::new(""), nodes: Vec::new() }];
        loop {
            let event = reader.read_event();
            let event = event.map_err(|e| format!("{e} at byte {}", reader.error_position()))?;
            let node = match event {
                Event::Start(_) if open.len() > MAX_DEPTH => {
                    return Err(format!("more than {MAX_DEPTH} elements are inside each other"));
                }
                Event::Start(start) => {
                    open.push(Element { start, nodes: Vec::new() });
                    continue;
                }
                Event::End(_) => match open.pop() {
                    Some(element) => Node::Element(element),
                    None => return Err("an element ends that did not begin".to_owned()),
                },
                Event::Text(text) => Node::Text(text.into_inner()),
                Event::CData(text) => Node::Text(text.into_inner()),
                Event::GeneralRef(reference) => Node::Text(resolved(&reference)),
                Event::Eof => break,
                _ => continue,
            };
            if let Some(parent) = open.last_mut() {
                parent.nodes.push(node);
            }
        }
        if open.len() > 1 {
            return Err(format!("<{}> is not closed", open[open.len() - 1].name()));
        }
        let root =
            open.pop().into_iter().flat_map(|outer| outer.nodes).find_map(|node| match node {
                Node::Element(element) => Some(element),
                Node::Text(_) => None,
            });
        root.ok_or_else(|| "there is no element".to_owned())
    }

    /// Name without its prefix.
    pub(super) fn name(&self) -> &str {
        let name = self.start.name().into_inner();
        name.rsplit_once(':').map_or(name, |(_, name)| name)
    }

    /// Returns the value of an attribute, by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let found = self
            .start
            .attributes()
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        Some(match found.normalized_value(XmlVersion::Implicit1_0) {
            Ok(value) => value.into_owned(),
            Err(_) => found.value.into_owned(),
        })
    }

    /// Returns the elements in it, in order.
    pub(super) fn children(&self) -> impl DoubleEndedIterator<Item = &Element<'t>> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Returns the first element of a name in it.
    pub(super) fn child(&self, name: &str) -> Option<&Element<'t>> {
        self.children().find(|child| child.name() == name)
    }

    /// Returns the attribute `val` of the first element of a name in it, as Word writes properties.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        self.child(name)?.attribute("val")
    }

    /// Returns the text directly in it.
    pub(super) fn text(&self) -> String {
        self.nodes
            .iter()
            .filter_map(|node| match node {
                Node::Text(text) => Some(&**text),
                Node::Element(_) => None,
            })
            .collect()
    }
}

/// Returns the character of a reference; an entity that XML does not define as it is written.
fn resolved(reference: &BytesRef<'_>) -> Cow<'static, str> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Cow::Owned(character.to_string());
    }
    let name = reference.clone().into_inner();
    match &*name {
        "lt" => "<".into(),
        "gt" => ">".into(),
        "amp" => "&".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        name => format!("&{name};").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_prefix_and_references_are_resolved() {
        let root = Element::parse(
            "<?xml version='1.0'?><w:p a:b='&lt;1'>甲&amp;&#20057;<x/>&foo;<![CDATA[<]]></w:p>",
        )
        .unwrap();
        assert_eq!((root.name(), root.attribute("b").as_deref()), ("p", Some("<1")));
        assert_eq!(root.text(), "甲&乙&foo;<");
        assert!(root.child("x").is_some());
    }

    #[test]
    fn a_part_that_is_not_well_formed_is_an_error() {
        let error = |text: &str| Element::parse(text).err().unwrap();
        assert!(error("<a><b></a>").contains("at byte"), "{}", error("<a><b></a>"));
        assert_eq!(error("<a>"), "<a> is not closed");
        assert_eq!(error(""), "there is no element");
        assert!(error(&"<a>".repeat(100_000)).contains("256 elements"));
    }
}
