//! The sheets of documents, measures and their facts.

use super::cell::Cell;
use super::sheet::{Heading, Sheet};
use crate::graph::{
    AgencyRef, DeadlineRef, DocId, DocumentRef, EdgeKind, Evidence, Graph, Hop, Id, MeasureId,
    MeasureRef, Node, PolicyRef, SectionId, SectionRef,
};
use crate::lexicon::Lexicon;
use crate::model::{Date, Found, PartialDate, Role};
use crate::number::to_u32;
use crate::sha256::{hex, sha256};
use rust_xlsxwriter::{Workbook, XlsxError};
use std::fmt::Write as _;

const DOCUMENTS: &str = "文件 Documents";
pub(super) const MEASURES: &str = "措施 Measures";

/// Kinds of the edges of the sheet of citations.
pub(super) const CITATIONS: [EdgeKind; 3] =
    [EdgeKind::Implements, EdgeKind::Repeals, EdgeKind::Cites];

/// Writes all sheets except that of coverage.
pub(super) fn write(
    workbook: &mut Workbook,
    graph: &Graph,
    lexicon: &Lexicon,
) -> Result<(), XlsxError> {
    about(workbook, graph, lexicon)?;
    documents(workbook, graph)?;
    measures(workbook, graph)?;
    duties(workbook, graph)?;
    deadlines(workbook, graph)?;
    targets(workbook, graph)?;
    citations(workbook, graph)
}

/// Number of the classes of bodies in the sheet of duties.
pub(super) fn classes(graph: &Graph) -> usize {
    provisions(graph).map(|provision| provision.classes(graph).len()).sum()
}

fn about(workbook: &mut Workbook, graph: &Graph, lexicon: &Lexicon) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(
        workbook,
        "说明 About",
        &[("项目", "Item", 30.0), ("内容", "Content", 100.0)],
        0,
    )?;
    let version = format!("policygraph {}", env!("CARGO_PKG_VERSION"));
    let checksum = lexicon.checksum();
    let counts = format!("{} / {}", graph.documents().len(), graph.measures().len());
    let lines = [
        ("制作 Made by", version.as_str()),
        ("词表校验和 SHA-256 of the vocabularies", &checksum),
        ("文件数 / 措施数 Documents / measures", &counts),
        (
            "依据 Evidence",
            "“原文”列为文件中的原句,逐字摘录。The words of each fact are quoted from its document.",
        ),
        ("未找到 Not found", "未识别到不等于不存在。A fact that was not found can exist."),
        (
            "落实 Coverage",
            "“落实”表由文字相似度推导,仅供核对线索。It is derived from similar wording: leads to check.",
        ),
        (
            "时限 Deadlines",
            "截止日期为空:文中未写明,或须自某一事件起算。No date: the text does not tell it, or counts from an event.",
        ),
    ];
    for (item, content) in lines {
        sheet.row([item.into(), content.into()])?;
    }
    Ok(())
}

fn documents(workbook: &mut Workbook, graph: &Graph) -> Result<(), XlsxError> {
    const HEADINGS: &[Heading<'_>] = &[
        ("代号", "Key", 16.0),
        ("标题", "Title", 50.0),
        ("发文字号", "Number", 20.0),
        ("文种", "Genre", 16.0),
        ("发文机关", "Issuers", 28.0),
        ("发文地区", "Regions", 14.0),
        ("成文日期", "Signed", 12.0),
        ("发布日期", "Published", 12.0),
        ("施行日期", "In force from", 12.0),
        ("有效期", "Validity ends", 12.0),
        ("措施数", "Measures", 10.0),
        ("贯彻落实", "Implements", 50.0),
        ("来源文件", "File", 24.0),
        ("校验和", "SHA-256 of the text", 24.0),
    ];
    let mut sheet = Sheet::new(workbook, DOCUMENTS, HEADINGS, 1)?;
    for id in graph.documents() {
        let document = graph.at(id);
        let record = document.record();
        let values = |found: &[Found<String>]| lines(found.iter().map(|found| &*found.value));
        sheet.row([
            document.key().into(),
            Cell::text(document.title()),
            Cell::text(document.number()),
            term(document.genre().chinese(), document.genre().name()),
            values(&record.issuers).into(),
            lines(record.region.iter().map(|region| &**region)).into(),
            printed(&record.dates.signed),
            printed(&record.dates.published),
            printed(&record.dates.effective),
            printed(&record.dates.expires),
            Cell::Integer(to_u32(document.measures().len())),
            lines(document.implements().map(|policy| policy.to().title())).into(),
            Cell::text(record.origin.file.as_deref()),
            hex(&sha256(record.text.as_bytes())).into(),
        ])?;
    }
    sheet.finish()
}

fn measures(workbook: &mut Workbook, graph: &Graph) -> Result<(), XlsxError> {
    const HEADINGS: &[Heading<'_>] = &[
        ("措施", "Measure", 16.0),
        ("文件", "Document", 36.0),
        ("章", "Chapter", 24.0),
        ("序数", "Ordinal", 8.0),
        ("条标题", "Heading", 36.0),
        ("全文", "Text", 90.0),
        ("责任单位", "Responsible", 32.0),
        ("涉及产品", "Products", 20.0),
        ("情态", "Strongest force", 16.0),
    ];
    let mut sheet = Sheet::new(workbook, MEASURES, HEADINGS, 1)?;
    for id in graph.measures() {
        let measure = graph.at(id);
        let mut responsible = String::new();
        for (agency, role, _) in measure.responsible() {
            writeln!(responsible, "{}:{}", role.chinese(), agency.name()).expect("a string");
        }
        for (class, role, _) in measure.classes() {
            writeln!(responsible, "{}:{class}", role.chinese()).expect("a string");
        }
        let strongest = measure.modality().map(|(modality, _)| modality).max();
        sheet.row([
            measure.key().to_string().into(),
            document_link(measure.document()),
            Cell::text(measure.section().map(SectionRef::title)),
            Cell::Integer(measure.ordinal()),
            Cell::text(measure.title()),
            measure.text().into(),
            responsible.trim_end().to_owned().into(),
            lines(measure.products().map(|product| product.to().label())).into(),
            strongest.map_or(Cell::Empty, |force| term(force.chinese(), force.name())),
        ])?;
    }
    sheet.finish()
}

fn duties(workbook: &mut Workbook, graph: &Graph) -> Result<(), XlsxError> {
    const HEADINGS: &[Heading<'_>] = &[
        ("措施", "Measure", 16.0),
        ("文件", "Document", 36.0),
        ("条标题", "Heading", 36.0),
        ("责任单位", "Body", 30.0),
        ("职责", "Role", 14.0),
        ("单位类别", "Kind of body", 16.0),
        ("截止日期", "Due", 12.0),
        ("时限原文", "Words of the deadline", 24.0),
        ("原文", "Words", 30.0),
    ];
    let mut sheet = Sheet::new(workbook, "职责 Duties", HEADINGS, 1)?;
    for provision in provisions(graph) {
        for (agency, role, evidence) in provision.responsible(graph) {
            let due = provision.due(graph, agency);
            sheet.row([
                provision.link(graph),
                document_link(provision.document(graph)),
                Cell::text(provision.heading(graph)),
                agency.name().into(),
                term(role.chinese(), role.name()),
                term("机关", "agency"),
                Cell::day(due.iter().filter_map(|(day, _)| *day).min()),
                lines(due.iter().map(|(_, words)| *words)).into(),
                graph.quote(evidence).into(),
            ])?;
        }
        for (class, role, evidence) in provision.classes(graph) {
            sheet.row([
                provision.link(graph),
                document_link(provision.document(graph)),
                Cell::text(provision.heading(graph)),
                class.into(),
                term(role.chinese(), role.name()),
                term("一类单位", "class of bodies"),
                Cell::Empty,
                Cell::Empty,
                graph.quote(evidence).into(),
            ])?;
        }
    }
    sheet.finish()
}

fn deadlines(workbook: &mut Workbook, graph: &Graph) -> Result<(), XlsxError> {
    const HEADINGS: &[Heading<'_>] = &[
        ("措施", "Measure", 16.0),
        ("文件", "Document", 36.0),
        ("任务", "Task", 50.0),
        ("截止日期", "Due", 12.0),
        ("期限", "Period", 12.0),
        ("起算", "Counted from", 18.0),
        ("周期性", "Recurring", 12.0),
        ("责任单位", "Bodies", 30.0),
        ("原文", "Words", 24.0),
    ];
    let mut sheet = Sheet::new(workbook, "时限 Deadlines", HEADINGS, 1)?;
    for id in graph.deadlines() {
        let deadline = graph.at(id);
        let record = deadline.record();
        let period = record.term.as_ref().map(ToString::to_string);
        let provision = Provision::of(deadline.provider());
        sheet.row([
            provision.link(graph),
            document_link(deadline.document()),
            Cell::text(deadline.task()),
            Cell::day(record.by),
            period.map_or(Cell::Empty, Cell::from),
            term(record.anchor.chinese(), record.anchor.name()),
            yes_or_no(record.recurring),
            lines(deadline.agencies().map(AgencyRef::name)).into(),
            deadline.text().into(),
        ])?;
    }
    sheet.finish()
}

fn targets(workbook: &mut Workbook, graph: &Graph) -> Result<(), XlsxError> {
    const HEADINGS: &[Heading<'_>] = &[
        ("措施", "Measure", 16.0),
        ("文件", "Document", 36.0),
        ("指标", "Quantity", 36.0),
        ("比较", "Comparator", 16.0),
        ("原值", "From", 10.0),
        ("目标值", "To", 10.0),
        ("单位", "Unit", 12.0),
        ("时限", "Deadline", 16.0),
        ("频次", "Frequency", 12.0),
        ("适用条件", "Condition only", 14.0),
        ("原文", "Words", 50.0),
    ];
    let mut sheet = Sheet::new(workbook, "指标 Targets", HEADINGS, 1)?;
    for id in graph.targets() {
        let target = graph.at(id);
        let record = target.record();
        sheet.row([
            Provision::of(target.provider()).link(graph),
            document_link(target.document()),
            record.quantity.as_str().into(),
            term(record.comparator.chinese(), record.comparator.name()),
            Cell::number(record.from),
            Cell::number(record.to),
            record.unit.as_str().into(),
            Cell::text(record.deadline.as_deref()),
            Cell::text(record.frequency.as_deref()),
            yes_or_no(record.condition),
            target.text().into(),
        ])?;
    }
    sheet.finish()
}

fn citations(workbook: &mut Workbook, graph: &Graph) -> Result<(), XlsxError> {
    const HEADINGS: &[Heading<'_>] = &[
        ("措施", "Measure", 16.0),
        ("文件", "Document", 36.0),
        ("关系", "Relation", 18.0),
        ("被引文件", "Instrument", 50.0),
        ("文号", "Number", 22.0),
        ("文件类别", "Kind", 16.0),
        ("引用方式", "Named by", 20.0),
        ("匹配度", "Score", 10.0),
        ("原文", "Words", 50.0),
    ];
    let mut sheet = Sheet::new(workbook, "引用 Citations", HEADINGS, 1)?;
    for id in graph.documents() {
        let document = graph.at(id);
        let of_document = Provision::Document(id);
        for hop in document.implements() {
            sheet.row(citation(graph, of_document, EdgeKind::Implements, hop))?;
        }
        for hop in document.repeals() {
            sheet.row(citation(graph, of_document, EdgeKind::Repeals, hop))?;
        }
    }
    for provision in provisions(graph) {
        for hop in provision.cites(graph) {
            sheet.row(citation(graph, provision, EdgeKind::Cites, hop))?;
        }
    }
    sheet.finish()
}

fn citation<'g>(
    graph: &'g Graph,
    provision: Provision,
    kind: EdgeKind,
    hop: Hop<'g, PolicyRef<'g>>,
) -> [Cell<'g>; 9] {
    let policy = hop.to();
    let resolution = hop.resolution();
    let naming = resolution.map(|resolution| resolution.naming);
    [
        provision.link(graph),
        document_link(provision.document(graph)),
        term(kind.chinese(), kind.name()),
        policy.title().into(),
        Cell::text(policy.number()),
        term(policy.kind().chinese(), policy.kind().name()),
        naming.map_or(Cell::Empty, |naming| term(naming.chinese(), naming.name())),
        Cell::score(resolution.map(|resolution| resolution.score)),
        Cell::text(hop.quote()),
    ]
}

/// A document without measures, a chapter or a measure.
#[derive(Clone, Copy)]
enum Provision {
    Document(DocId),
    Section(SectionId),
    Measure(MeasureId),
}

/// Returns every provision, in the order of the text.
fn provisions(graph: &Graph) -> impl Iterator<Item = Provision> {
    graph.documents().flat_map(move |document| {
        let sections = graph.sections_of(document).map(Provision::Section);
        let measures = graph.measures_of(document).map(Provision::Measure);
        std::iter::once(Provision::Document(document)).chain(sections).chain(measures)
    })
}

/// Calls a method that each kind of provision has.
macro_rules! each_kind {
    ($provision:expr, $graph:expr, $of:ident => $result:expr) => {
        match $provision {
            Provision::Document(id) => {
                let $of = $graph.at(id);
                $result
            }
            Provision::Section(id) => {
                let $of = $graph.at(id);
                $result
            }
            Provision::Measure(id) => {
                let $of = $graph.at(id);
                $result
            }
        }
    };
}

impl Provision {
    fn of(node: Node) -> Provision {
        match node {
            Node::Document(id) => Provision::Document(id),
            Node::Section(id) => Provision::Section(id),
            Node::Measure(id) => Provision::Measure(id),
            _ => unreachable!("only these have provisions"),
        }
    }

    fn document(self, graph: &Graph) -> DocumentRef<'_> {
        match self {
            Provision::Document(id) => graph.at(id),
            Provision::Section(id) => graph.at(id).document(),
            Provision::Measure(id) => graph.at(id).document(),
        }
    }

    /// Returns the link to the row of the measure, else of the document.
    fn link(self, graph: &Graph) -> Cell<'_> {
        match self {
            Provision::Document(id) => {
                let document = graph.at(id);
                link(document, document.key().to_owned())
            }
            Provision::Section(id) => {
                let document = graph.at(id).document();
                link(document, format!("{}/§{}", document.key(), graph.at(id).position()))
            }
            Provision::Measure(id) => measure_link(graph.at(id), None),
        }
    }

    fn heading(self, graph: &Graph) -> Option<&str> {
        match self {
            Provision::Document(id) => graph.at(id).title(),
            Provision::Section(id) => Some(graph.at(id).title()),
            Provision::Measure(id) => graph.at(id).title(),
        }
    }

    fn responsible(self, graph: &Graph) -> Vec<(AgencyRef<'_>, Role, Evidence)> {
        each_kind!(self, graph, of => of.responsible().collect())
    }

    fn classes(self, graph: &Graph) -> Vec<(&str, Role, Evidence)> {
        each_kind!(self, graph, of => of.classes().collect())
    }

    fn cites(self, graph: &Graph) -> Vec<Hop<'_, PolicyRef<'_>>> {
        each_kind!(self, graph, of => of.cites().collect())
    }

    /// Returns the deadlines of the provision that an agency must keep: the last day and the words.
    fn due<'g>(self, graph: &'g Graph, agency: AgencyRef<'g>) -> Vec<(Option<Date>, &'g str)> {
        let is_bound =
            |deadline: &DeadlineRef<'g>| deadline.agencies().any(|bound| bound == agency);
        each_kind!(self, graph, of => {
            let deadlines = of.deadlines().filter(is_bound);
            deadlines.map(|deadline| (deadline.record().by, deadline.text())).collect()
        })
    }
}

/// Returns the link to the row of a document, by its title.
fn document_link<'g>(document: DocumentRef<'g>) -> Cell<'g> {
    link(document, document.title().unwrap_or(document.key()).to_owned())
}

fn link<'g>(document: DocumentRef<'g>, text: String) -> Cell<'g> {
    Cell::Link { text, sheet: DOCUMENTS, row: document.id().index() + 1 }
}

/// Returns the link to the row of a measure.
///
/// * `text`: the words of the link; the key without them.
pub(super) fn measure_link<'g>(measure: MeasureRef<'g>, text: Option<String>) -> Cell<'g> {
    let text = text.unwrap_or_else(|| measure.key().to_string());
    Cell::Link { text, sheet: MEASURES, row: measure.id().index() + 1 }
}

/// Returns a term in Chinese and English.
fn term<'a>(chinese: &str, english: &str) -> Cell<'a> {
    format!("{chinese} {}", english.replace('_', " ")).into()
}

fn yes_or_no<'a>(is: bool) -> Cell<'a> {
    term(if is { "是" } else { "否" }, if is { "yes" } else { "no" })
}

fn lines<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.collect::<Vec<_>>().join("\n")
}

/// Returns the day, or the month as text if no day is printed.
fn printed<'a>(date: &Option<Found<PartialDate>>) -> Cell<'a> {
    match date {
        None => Cell::Empty,
        Some(date) => match date.value.date() {
            Some(day) => Cell::Day(day),
            None => date.value.to_string().into(),
        },
    }
}
