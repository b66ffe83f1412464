//! The workbook is read by another library.

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use policygraph::export::xlsx;
use policygraph::graph::EdgeKind;
use policygraph::{Corpus, Lexicon, builtin, read};
use std::io::Cursor;

fn workbook(graph: &policygraph::Graph) -> Vec<u8> {
    let mut bytes = Vec::new();
    xlsx::write(graph, Lexicon::builtin(), &mut bytes).unwrap();
    bytes
}

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    workbook.worksheet_range(name).unwrap()
}

/// Returns the place of the column whose caption ends in `english`.
fn column(sheet: &Range<Data>, english: &str) -> usize {
    let mut head = sheet.rows().next().unwrap().iter();
    head.position(|cell| cell.to_string().ends_with(&format!("\n{english}"))).unwrap()
}

#[test]
fn sheets_have_a_row_for_each_fact() {
    let (graph, bytes) = (builtin(), workbook(builtin()));
    let edges = |kind: EdgeKind| {
        graph.census().edges.iter().find(|(of, _)| *of == kind).map(|(_, count)| *count).unwrap()
    };
    let cites = [EdgeKind::Cites, EdgeKind::Implements, EdgeKind::Repeals].map(edges);
    let rows = |name| sheet(&bytes, name).rows().count() - 1;
    assert_eq!(rows("文件 Documents"), graph.documents().len());
    assert_eq!(rows("措施 Measures"), graph.measures().len());
    assert_eq!(rows("时限 Deadlines"), graph.deadlines().len());
    assert_eq!(rows("指标 Targets"), graph.targets().len());
    assert_eq!(rows("引用 Citations"), cites.iter().sum::<usize>());
    assert!(rows("职责 Duties") >= edges(EdgeKind::Responsible));
    assert_eq!(rows("落实 Coverage"), 24);
}

#[test]
fn days_are_dates_and_figures_are_numbers() {
    let bytes = workbook(builtin());
    let deadlines = sheet(&bytes, "时限 Deadlines");
    let due = column(&deadlines, "Due");
    let days = deadlines.rows().skip(1).filter(|row| matches!(row[due], Data::DateTime(_))).count();
    let dated = builtin().deadlines().filter(|&id| builtin().at(id).record().by.is_some()).count();
    assert_eq!(days, dated);
    let targets = sheet(&bytes, "指标 Targets");
    let (measure, from, to) =
        (column(&targets, "Measure"), column(&targets, "From"), column(&targets, "To"));
    let row = targets
        .rows()
        .find(|row| matches!(&row[measure], Data::String(key) if key == "sx-2025/8"))
        .unwrap();
    assert_eq!((&row[from], &row[to]), (&Data::Float(58.0), &Data::Float(30.0)));
}

#[test]
fn a_link_leads_to_the_row_of_its_measure() {
    let bytes = workbook(builtin());
    let measures = sheet(&bytes, "措施 Measures");
    let targets = sheet(&bytes, "指标 Targets");
    let mut parts = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(
        &mut parts.by_name("xl/worksheets/sheet6.xml").unwrap(),
        &mut xml,
    )
    .unwrap();
    let document = roxmltree::Document::parse(&xml).unwrap();
    let mut checked = 0;
    for formula in document.descendants().filter(|node| node.tag_name().name() == "f") {
        let from = formula.parent().unwrap().attribute("r").unwrap();
        let to = formula.text().unwrap().strip_prefix("HYPERLINK(\"#'措施 Measures'!A");
        let Some((row, _)) = to.and_then(|to| to.split_once('"')) else { continue };
        let from = from.trim_start_matches(char::is_alphabetic);
        let at = |row: &str| row.parse::<usize>().unwrap() - 1;
        let here = &targets.rows().nth(at(from)).unwrap()[0];
        let there = &measures.rows().nth(at(row)).unwrap()[0];
        assert_eq!(here, there);
        checked += 1;
    }
    assert!(checked > 20, "{checked}");
}

#[test]
fn equal_graphs_give_equal_bytes() {
    assert!(workbook(builtin()) == workbook(builtin()));
}

#[test]
fn a_text_that_looks_like_a_formula_is_a_text() {
    let text = "关于优化服务的若干措施\n一、加快审评\n(一)=HYPERLINK(\"x\")。缩短时限。";
    let mut corpus = Corpus::new();
    corpus.insert(read(Lexicon::builtin(), "=1+1", text));
    let bytes = workbook(&corpus.graph(Lexicon::builtin()));
    let documents = sheet(&bytes, "文件 Documents");
    assert_eq!(documents.rows().nth(1).unwrap()[0], Data::String("=1+1".into()));
}
