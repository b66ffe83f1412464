//! The text of an OFD file (版式文档, GB/T 33190-2016).

mod page;

use super::damaged;
use super::package::{Package, parse, resolve};
use super::xml::Element;
use crate::error::Error;
use crate::number::to_u32;
use crate::text::Source;
use crate::text::paged::{Page, text};
use page::Resources;
use std::collections::HashMap;

/// Takes the text out of an OFD file: the lines of its pages in reading order, joined to paragraphs,
/// without running heads and page numbers. Several documents in one file follow each other.
///
/// Fails if the file is damaged, or no page has text: it then holds images. Time and memory are
/// linear in the parts that are read, which are at most 100 times the size of the file.
pub(in crate::text) fn ofd(bytes: &[u8]) -> Result<Source, Error> {
    let mut package = Package::open(bytes)?;
    let root = part(&mut package, "OFD.xml")?;
    let root = parse("OFD.xml", &root)?;
    let mut pages = Vec::new();
    for body in root.children().filter(|body| body.name() == "DocBody") {
        let Some(document) = body.child("DocRoot") else { continue };
        let path = resolve("", document.text().trim());
        document_pages(&mut package, &path, &mut pages)?;
    }
    text("an OFD document", pages)
}

/// Appends the pages of a document.
fn document_pages(
    package: &mut Package<'_>,
    path: &str,
    pages: &mut Vec<Page>,
) -> Result<(), Error> {
    let xml = part(package, path)?;
    let document = parse(path, &xml)?;
    let common = document.child("CommonData");
    let mut resources = Resources::default();
    for element in common.into_iter().flat_map(Element::children) {
        if matches!(element.name(), "PublicRes" | "DocumentRes") {
            let path = resolve(path, element.text().trim());
            if let Some(text) = package.text(&path)? {
                resources.add(&parse(&path, &text)?);
            }
        }
    }
    // Templates are pages too, which others refer to.
    let mut templates = HashMap::new();
    for template in common.into_iter().flat_map(Element::children) {
        if template.name() == "TemplatePage"
            && let (Some(id), Some(location)) =
                (template.attribute("ID"), template.attribute("BaseLoc"))
            && let Some(text) = package.text(&resolve(path, &location))?
        {
            templates.insert(id, resources.content(&parse(&location, &text)?));
        }
    }
    let listed = document.child("Pages").into_iter().flat_map(Element::children);
    for page in listed.filter(|page| page.name() == "Page") {
        let Some(location) = page.attribute("BaseLoc") else { continue };
        let path = resolve(path, &location);
        // A page may be left out of a part of a document.
        let Some(text) = package.text(&path)? else { continue };
        let content = parse(&path, &text)?;
        let mut page = resources.content(&content);
        for template in content.children().filter(|element| element.name() == "Template") {
            let template = template.attribute("TemplateID").and_then(|id| templates.get(&id));
            template.into_iter().for_each(|template| resources.add_template(&mut page, template));
        }
        pages.push(page.page(to_u32(pages.len() + 1)));
    }
    Ok(())
}

/// Returns the text of a part that must be there.
fn part(package: &mut Package<'_>, path: &str) -> Result<String, Error> {
    let text = package.text(path)?;
    text.ok_or_else(|| damaged(format!("has no part {path}: it is no OFD document, or is damaged")))
}
