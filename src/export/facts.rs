//! Tables of facts that are neither nodes nor edges.

use super::column::terms_of;
use super::nodes::{document_field, end_field, key, provider_field, start_field};
use super::table::{Field, Table, TableKind};
use super::value::Value;
use crate::graph::{DocId, Graph, MeasureId, Node, SectionId};
use crate::model::{ClassDuty, Dates, Found, Modality, PartialDate, Provision, Role, Rule};
use crate::text::Span;

/// Returns the tables of texts, dates, classes of bodies, modality and notes.
pub(super) fn fact_tables(graph: &Graph) -> [Table<'_>; 5] {
    [texts(graph), dates(graph), classes(graph), modality(graph), notes(graph)]
}

fn texts(graph: &Graph) -> Table<'_> {
    let fields: [Field<DocId>; 2] = [
        document_field(key).key(),
        Field::text(["text", "全文", "text of the document, as it was read"], |graph, id| {
            graph.at(id).record().text.as_str().into()
        }),
    ];
    let heads = ["texts", "全文", "texts of the documents, to whose bytes all spans refer"];
    Table::new(heads, TableKind::Facts, graph, fields, graph.documents())
}

/// Names of the dates of a document, in the order of [`Dates`].
const DATES: [(&str, &str); 7] = [
    ("signed", "成文日期"),
    ("published", "发布日期"),
    ("adopted", "通过日期"),
    ("effective", "施行日期"),
    ("expires", "有效期"),
    ("comment_from", "征求意见起始日"),
    ("comment_until", "征求意见截止日"),
];

fn date(dates: &Dates, place: usize) -> Option<&Found<PartialDate>> {
    let Dates { signed, published, adopted, effective, expires, comment_from, comment_until } =
        dates;
    [signed, published, adopted, effective, expires, comment_from, comment_until][place].as_ref()
}

fn dates(graph: &Graph) -> Table<'_> {
    /// A document, and the place of the date in `DATES`.
    type Item = (DocId, usize);
    fn found(graph: &Graph, (document, place): Item) -> &Found<PartialDate> {
        let date = date(&graph.at(document).record().dates, place);
        date.expect("only dates that are printed have a row")
    }
    type DateField = Field<Item>;
    let fields: [DateField; 9] = [
        document_field(|graph, (document, _)| key(graph, document)),
        DateField::text(["kind", "日期类别", "meaning of the date"], |_, (_, place)| {
            DATES[place].0.into()
        })
        .terms_of(|| DATES.to_vec()),
        DateField::text(
            ["date", "日期", "date as far as it is printed: 2025-06-16 or 2025-06"],
            |graph, item| found(graph, item).value.to_string().into(),
        ),
        DateField::date(["first_day", "最早日", "first day that it can mean"], |graph, item| {
            found(graph, item).value.first_day().into()
        }),
        DateField::date(["last_day", "最晚日", "last day that it can mean"], |graph, item| {
            found(graph, item).value.last_day().into()
        }),
        start_field(|graph, item| found(graph, item).span.start.into()),
        end_field(|graph, item| found(graph, item).span.end.into()),
        DateField::text(["words", "原文", "words that state it, as printed"], |graph, item| {
            quote(graph, item.0, found(graph, item).span)
        }),
        rule_field(|graph, item| found(graph, item).rule.name().into()),
    ];
    let items = graph.documents().flat_map(move |document| {
        let dates = &graph.at(document).record().dates;
        let printed = (0..DATES.len()).filter(move |&place| date(dates, place).is_some());
        printed.map(move |place| (document, place))
    });
    let heads = ["dates", "日期", "dates that the documents print, with the words that state them"];
    Table::new(heads, TableKind::Facts, graph, fields, items)
}

/// The place of a fact: its provider, and its position there.
type InProvision = (Node, usize);

type FactField = Field<InProvision>;

/// Returns the providers, in order: documents without measures, chapters, measures.
fn providers(graph: &Graph) -> impl Iterator<Item = Node> + Clone + Send + Sync + use<> {
    let documents = graph.documents().map(Node::Document);
    let sections = graph.sections().map(Node::Section);
    documents.chain(sections).chain(graph.measures().map(Node::Measure))
}

fn provision(graph: &Graph, provider: Node) -> Option<&Provision> {
    match provider {
        Node::Document(id) => graph.at(id).record().body.as_ref(),
        Node::Section(id) => Some(&graph.at(id).record().provision),
        Node::Measure(id) => Some(&graph.at(id).record().provision),
        _ => None,
    }
}

fn document_of(graph: &Graph, provider: Node) -> DocId {
    let section = |id: SectionId| graph.at(id).document().id();
    let measure = |id: MeasureId| graph.document_of(id);
    match provider {
        Node::Document(id) => id,
        Node::Section(id) => section(id),
        Node::Measure(id) => measure(id),
        _ => unreachable!("only these have provisions"),
    }
}

/// Returns the places of the facts of one kind.
fn places<'g>(
    graph: &'g Graph,
    count: fn(&Provision) -> usize,
) -> impl Iterator<Item = InProvision> + Clone + Send + Sync + 'g {
    providers(graph).flat_map(move |provider| {
        let facts = provision(graph, provider).map_or(0, count);
        (0..facts).map(move |place| (provider, place))
    })
}

fn classes(graph: &Graph) -> Table<'_> {
    fn class(graph: &Graph, (provider, place): InProvision) -> &ClassDuty {
        &provision(graph, provider).expect("a provider has a provision").classes[place]
    }
    let fields: [FactField; 7] = [
        provider_field(|graph, (provider, _)| key(graph, provider)),
        document_field(|graph, (provider, _)| key(graph, document_of(graph, provider))),
        FactField::text(
            ["class", "责任主体类别", "class of bodies, as printed"],
            |graph, item| class(graph, item).class.as_str().into(),
        ),
        FactField::text(["role", "职责", "role of these bodies"], |graph, item| {
            class(graph, item).role.name().into()
        })
        .terms_of(terms_of!(Role)),
        start_field(|graph, item| class(graph, item).span.start.into()),
        end_field(|graph, item| class(graph, item).span.end.into()),
        FactField::text(["words", "原文", "words that name them, as printed"], |graph, item| {
            quote(graph, document_of(graph, item.0), class(graph, item).span)
        }),
    ];
    let about = "responsible classes of bodies, which name no single agency: 各区人民政府";
    let heads = ["classes", "责任主体类别", about];
    Table::new(heads, TableKind::Facts, graph, fields, places(graph, |of| of.classes.len()))
}

fn modality(graph: &Graph) -> Table<'_> {
    fn found(graph: &Graph, (provider, place): InProvision) -> &Found<Modality> {
        &provision(graph, provider).expect("a provider has a provision").modality[place]
    }
    let fields: [FactField; 7] = [
        provider_field(|graph, (provider, _)| key(graph, provider)),
        document_field(|graph, (provider, _)| key(graph, document_of(graph, provider))),
        FactField::text(["modality", "情态", "binding force of a sentence"], |graph, item| {
            found(graph, item).value.name().into()
        })
        .terms_of(terms_of!(Modality)),
        start_field(|graph, item| found(graph, item).span.start.into()),
        end_field(|graph, item| found(graph, item).span.end.into()),
        FactField::text(["words", "原文", "words that express it, as printed"], |graph, item| {
            quote(graph, document_of(graph, item.0), found(graph, item).span)
        }),
        rule_field(|graph, item| found(graph, item).rule.name().into()),
    ];
    let heads = ["modality", "情态", "binding force of each sentence that has words of it"];
    Table::new(heads, TableKind::Facts, graph, fields, places(graph, |of| of.modality.len()))
}

fn notes(graph: &Graph) -> Table<'_> {
    /// A note of a document, or of the graph.
    #[derive(Clone, Copy)]
    enum Item {
        OfDocument(DocId, usize),
        OfGraph(usize),
    }
    fn note(graph: &Graph, item: Item) -> (DocId, Span, &str) {
        match item {
            Item::OfDocument(document, place) => {
                let note = &graph.at(document).record().notes[place];
                (document, note.span, &note.message)
            }
            Item::OfGraph(place) => {
                let note = &graph.notes()[place];
                (note.document, note.span, &note.message)
            }
        }
    }
    /// Parts of the reading that leave notes.
    const STAGES: [(&str, &str); 2] = [("reading", "识别"), ("graph", "图谱")];
    type NoteField = Field<Item>;
    let fields: [NoteField; 6] = [
        document_field(|graph, item| key(graph, note(graph, item).0)),
        NoteField::text(
            ["stage", "环节", "reading of the document, or making of the graph"],
            |_, item| {
                let [reading, graph] = STAGES;
                match item {
                    Item::OfDocument(..) => reading.0.into(),
                    Item::OfGraph(_) => graph.0.into(),
                }
            },
        )
        .terms_of(|| STAGES.to_vec()),
        NoteField::text(["message", "提示", "problem, and its likely reason"], |graph, item| {
            note(graph, item).2.into()
        }),
        start_field(|graph, item| note(graph, item).1.start.into()),
        end_field(|graph, item| note(graph, item).1.end.into()),
        NoteField::text(
            ["words", "原文", "words that it is about, as printed"],
            |graph, item| {
                let (document, span, _) = note(graph, item);
                quote(graph, document, span)
            },
        ),
    ];
    let of_documents = graph.documents().flat_map(move |document| {
        let count = graph.at(document).record().notes.len();
        (0..count).map(move |place| Item::OfDocument(document, place))
    });
    let items = of_documents.chain((0..graph.notes().len()).map(Item::OfGraph));
    let heads = ["notes", "提示", "what looked odd in a document, or between documents"];
    Table::new(heads, TableKind::Facts, graph, fields, items)
}

fn rule_field<I>(value: for<'g> fn(&'g Graph, I) -> Value<'g>) -> Field<I> {
    Field::text(["rule", "识别规则", "rule that read the words"], value).terms_of(terms_of!(Rule))
}

/// Returns the words of a span, as printed; empty for a span of a hand-made record that is none.
fn quote(graph: &Graph, document: DocId, span: Span) -> Value<'_> {
    span.get(&graph.at(document).record().text).unwrap_or_default().into()
}
