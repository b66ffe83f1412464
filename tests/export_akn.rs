//! Akoma Ntoso has the whole text, the hierarchy of the record, and valid ids.

use policygraph::export::akn::write;
use policygraph::graph::DocumentRef;
use policygraph::{Corpus, Lexicon, builtin, read};
use roxmltree::{Document, Node};
use std::collections::HashSet;

fn written(document: DocumentRef<'_>) -> String {
    let mut out = Vec::new();
    write(document, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn named<'x>(document: &'x Document<'x>, name: &'static str) -> impl Iterator<Item = Node<'x, 'x>> {
    document.descendants().filter(move |node| node.tag_name().name() == name)
}

fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).map(|node| node.text().unwrap()).collect()
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Checks that the text of the file is that of the document.
fn check(document: DocumentRef<'_>) {
    let xml = written(document);
    let parsed = Document::parse(&xml).unwrap();
    assert_eq!(
        without_spaces(&text(parsed.root_element())),
        without_spaces(&document.record().text)
    );
    let articles: Vec<_> = named(&parsed, "article").collect();
    assert_eq!(articles.len(), document.measures().len(), "{}", document.key());
    for (article, measure) in articles.iter().zip(document.measures()) {
        let num = article.children().find(|node| node.tag_name().name() == "num").map(text);
        let content = text(*article);
        let content = content.strip_prefix(&*num.unwrap_or_default()).unwrap();
        assert_eq!(without_spaces(content), without_spaces(measure.text()));
    }
    assert_eq!(named(&parsed, "chapter").count(), document.sections().len(), "{}", document.key());
}

#[test]
fn the_whole_text_is_in_the_file_in_order() {
    builtin().documents().for_each(|id| check(builtin().at(id)));
}

#[test]
fn ids_are_unique_and_have_no_spaces() {
    for id in builtin().documents() {
        let xml = written(builtin().at(id));
        let document = Document::parse(&xml).unwrap();
        let mut ids = HashSet::new();
        for id in document.descendants().filter_map(|node| node.attribute("eId")) {
            assert!(!id.is_empty() && !id.contains(char::is_whitespace), "{id}");
            assert!(ids.insert(id.to_owned()), "{id} occurs twice");
        }
        for node in document.descendants() {
            if let Some(to) = node.attribute("refersTo") {
                assert!(ids.contains(&to[1..]), "{to} leads nowhere");
            }
        }
    }
}

#[test]
fn citations_agencies_and_days_are_marked() {
    let xml = written(builtin().document("nm-2025-18").unwrap());
    let document = Document::parse(&xml).unwrap();
    let reference = named(&document, "ref").next().unwrap();
    assert!(reference.attribute("href").unwrap().starts_with("urn:policygraph:policy:"));
    assert!(named(&document, "organization").count() > 1);
    let title = named(&document, "docTitle").next().unwrap();
    assert!(text(title).contains("若干措施"));
}

#[test]
fn a_text_between_measures_stays_in_its_place() {
    let text = "关于推进节水的若干措施\n各市人民政府:\n一、工作目标\n到2027年,再生水利用率达到25%以上。\n\
                二、重点任务\n抓好以下工作。\n(一)改造管网。更换老旧管网。\n(二)加强监管。\n三、保障措施\n\
                (三)压实责任。加强领导。\n某某市人民政府\n2025年6月4日";
    let mut corpus = Corpus::new();
    corpus.insert(read(Lexicon::builtin(), "a/b c", text));
    let graph = corpus.graph(Lexicon::builtin());
    let document = graph.document("a/b c").unwrap();
    check(document);
    let xml = written(document);
    assert!(xml.contains("/akn/cn/doc/2025-06-04/a%2Fb%20c"), "{xml}");
    assert!(xml.contains("<conclusions><p>"), "{xml}");
}

#[test]
fn any_text_is_well_formed_xml() {
    for text in [
        "",
        "\n\n",
        "<p>&\u{1}",
        "一、\n(一)\n二、",
        "(一)甲。\n1.乙。\n(二)丙",
        "第一条 甲。\n第二章 乙\n第三条 丙。",
    ] {
        let mut corpus = Corpus::new();
        corpus.insert(read(Lexicon::builtin(), "x", text));
        let graph = corpus.graph(Lexicon::builtin());
        let xml = written(graph.document("x").unwrap());
        let document = Document::parse(&xml).unwrap();
        let text = text.replace('\u{1}', "\u{fffd}");
        assert_eq!(without_spaces(&self::text(document.root_element())), without_spaces(&text));
    }
}
