//! The parts of a Word document that have text, or say how it looks.

use super::super::damaged;
use super::super::package::{Package, parse, resolve};
use super::super::xml::Element;
use super::numbering::Lists;
use crate::error::Error;
use std::collections::HashMap;

/// The texts of the parts.
pub(super) struct Texts {
    document: (String, String),
    /// Parts by the last name of the type of their relation.
    others: HashMap<&'static str, (String, String)>,
}

/// The parts, read.
pub(super) struct Parts<'t> {
    document: Element<'t>,
    /// Length of the document part.
    pub(super) len: usize,
    footnotes: Option<Element<'t>>,
    endnotes: Option<Element<'t>>,
    pub(super) lists: Lists,
    /// Names of the styles of paragraphs, by id.
    styles: HashMap<String, String>,
}

/// Types of relations to the parts that are read.
const RELATIONS: [&str; 4] = ["numbering", "styles", "footnotes", "endnotes"];

impl<'t> Parts<'t> {
    /// Unpacks the parts.
    pub(super) fn texts(package: &mut Package<'_>) -> Result<Texts, Error> {
        let main = relations(package, "")?.remove("officeDocument");
        let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
        let document = package.text(&main)?.ok_or_else(|| {
            damaged(format!("has no part {main}: it is no Word document, or is damaged"))
        })?;
        let mut others = HashMap::new();
        let mut targets = relations(package, &main)?;
        for name in RELATIONS {
            let target =
                targets.remove(name).unwrap_or_else(|| resolve(&main, &format!("{name}.xml")));
            if let Some(text) = package.text(&target)? {
                others.insert(name, (target, text));
            }
        }
        Ok(Texts { document: (main, document), others })
    }

    /// Reads the parts.
    pub(super) fn new(texts: &'t Texts) -> Result<Self, Error> {
        let part = |name: &str| {
            let part = texts.others.get(name);
            part.map(|(path, text)| parse(path, text)).transpose()
        };
        let (path, text) = &texts.document;
        let document = parse(path, text)?;
        if document.child("body").is_none() {
            return Err(damaged(format!("{path} in it has no body: it is no Word document")));
        }
        let styles = part("styles")?;
        let lists = Lists::new(part("numbering")?.as_ref(), styles.as_ref());
        let names = styles.iter().flat_map(Element::children).filter(|e| e.name() == "style");
        let names =
            names.filter_map(|style| Some((style.attribute("styleId")?, style.value("name")?)));
        Ok(Parts {
            document,
            len: text.len(),
            footnotes: part("footnotes")?,
            endnotes: part("endnotes")?,
            lists,
            styles: names.collect(),
        })
    }

    pub(super) fn body(&self) -> &Element<'t> {
        self.document.child("body").unwrap_or(&self.document)
    }

    /// Returns the note (脚注, 尾注) that a reference in the text names.
    pub(super) fn note(&self, reference: &Element<'_>) -> Option<&Element<'t>> {
        let notes = match reference.name() {
            "footnoteReference" => self.footnotes.as_ref(),
            _ => self.endnotes.as_ref(),
        };
        let id = reference.attribute("id")?;
        notes?.children().find(|note| note.attribute("id").as_deref() == Some(&id))
    }

    /// Returns true for the style of a line of a table of contents (目录): its name is `toc 1`.
    pub(super) fn is_contents(&self, style: &str) -> bool {
        let name = self.styles.get(style).map_or(style, |name| name);
        let level = name.get(..3).filter(|start| start.eq_ignore_ascii_case("toc"));
        level.is_some() && name[3..].trim().parse::<u8>().is_ok()
    }
}

/// Returns the targets of the relations of a part, by the last name of their type. The empty path is
/// the package.
fn relations(package: &mut Package<'_>, path: &str) -> Result<HashMap<String, String>, Error> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let file = resolve("", &format!("{folder}/_rels/{name}.rels"));
    let Some(text) = package.text(&file)? else { return Ok(HashMap::new()) };
    let relations = parse(&file, &text)?;
    let target = |relation: &Element<'_>| {
        let kind = relation.attribute("Type")?;
        let kind = kind.rsplit('/').next()?.to_owned();
        Some((kind, resolve(path, &relation.attribute("Target")?)))
    };
    Ok(relations.children().filter_map(target).collect())
}
