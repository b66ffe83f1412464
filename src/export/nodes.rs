//! One table for each kind of node, and one of all nodes.

use super::column::terms_of;
use super::table::{Field, Table, TableKind};
use super::value::Value;
use crate::graph::{
    AgencyId, ArticleId, Basis, DeadlineId, DocId, Graph, MeasureId, Node, NodeKind, PlatformId,
    PolicyId, ProductId, RegionId, SectionId, TargetId,
};
use crate::model::{Anchor, Comparator, Found, Genre, InstrumentKind, PartialDate};
use crate::sha256::{hex, sha256};

/// Returns the name of the table of a kind of node.
pub(super) const fn table_of(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Document => "documents",
        NodeKind::Section => "sections",
        NodeKind::Measure => "measures",
        NodeKind::Agency => "agencies",
        NodeKind::Policy => "policies",
        NodeKind::Article => "articles",
        NodeKind::Product => "products",
        NodeKind::Region => "regions",
        NodeKind::Target => "targets",
        NodeKind::Deadline => "deadlines",
        NodeKind::Platform => "platforms",
    }
}

/// Returns the table of all nodes, then one for each kind.
pub(super) fn node_tables(graph: &Graph) -> impl Iterator<Item = Table<'_>> {
    std::iter::once(all(graph)).chain(NodeKind::ALL.iter().map(|&kind| nodes(graph, kind)))
}

fn all(graph: &Graph) -> Table<'_> {
    let heads = ["nodes", "节点", "all nodes of all kinds, in the order of their tables"];
    type NodeField = Field<Node>;
    let fields: [NodeField; 4] = [
        key_field(),
        NodeField::text(["kind", "类别", "kind of the node"], |_, node| {
            node.kind().name().into()
        })
        .terms_of(terms_of!(NodeKind)),
        NodeField::text(["label", "名称", "label for people"], |graph, node| {
            graph.label(node).into()
        }),
        NodeField::text(["heading", "条标题", "heading of a measure"], |graph, node| {
            graph.heading(node).into()
        })
        .optional(),
    ];
    let items = NodeKind::ALL.iter().flat_map(|&kind| {
        (0..graph.node_count_of(kind)).map(move |index| Node::from_index(kind, index))
    });
    Table::new(heads, TableKind::Facts, graph, fields, items)
}

fn nodes(graph: &Graph, kind: NodeKind) -> Table<'_> {
    let heads = |about| [table_of(kind), kind.chinese(), about];
    let is = TableKind::Nodes(kind);
    match kind {
        NodeKind::Document => {
            let about = "documents of the corpus, by key";
            Table::new(heads(about), is, graph, DOCUMENTS, graph.documents())
        }
        NodeKind::Section => {
            let about = "chapters of the documents, by document and position";
            Table::new(heads(about), is, graph, SECTIONS, graph.sections())
        }
        NodeKind::Measure => {
            let about = "measures of the documents, by document and position";
            Table::new(heads(about), is, graph, MEASURES, graph.measures())
        }
        NodeKind::Agency => {
            Table::new(heads("public bodies, by name"), is, graph, AGENCIES, graph.agencies())
        }
        NodeKind::Policy => {
            let about =
                "instruments that documents cite, implement or repeal, in the corpus or not";
            Table::new(heads(about), is, graph, POLICIES, graph.policies())
        }
        NodeKind::Article => {
            let about = "articles of the policies with a known outline, in order";
            Table::new(heads(about), is, graph, ARTICLES, graph.articles())
        }
        NodeKind::Product => {
            let about = "product categories: the taxonomy, then by label";
            Table::new(heads(about), is, graph, PRODUCTS, graph.products())
        }
        NodeKind::Region => {
            let about = "administrative regions, by name";
            Table::new(heads(about), is, graph, REGIONS, graph.regions())
        }
        NodeKind::Target => {
            let about = "quantified commitments and limits, in text order";
            Table::new(heads(about), is, graph, TARGETS, graph.targets())
        }
        NodeKind::Deadline => {
            let about = "deadlines of tasks, in text order";
            Table::new(heads(about), is, graph, DEADLINES, graph.deadlines())
        }
        NodeKind::Platform => {
            let about = "named platforms, programmes, lists and mechanisms, by name";
            Table::new(heads(about), is, graph, PLATFORMS, graph.platforms())
        }
    }
}

/// Returns the key of a node, as text.
pub(super) fn key<I: Into<Node>>(graph: &Graph, node: I) -> Value<'_> {
    graph.key(node).to_string().into()
}

const fn key_field<I: Into<Node>>() -> Field<I> {
    Field::text(["key", "键", "key of the node"], key).key()
}

/// Returns the day of a printed date; `Null` if only its month is printed.
fn day<'g>(date: &Option<Found<PartialDate>>) -> Value<'g> {
    date.as_ref().and_then(|date| date.value.date()).into()
}

fn values(found: &[Found<String>]) -> Value<'_> {
    Value::List(found.iter().map(|found| &*found.value).collect())
}

type DocumentField = Field<DocId>;

const DOCUMENTS: [DocumentField; 22] = [
    key_field(),
    DocumentField::text(["name", "文件代号", "key that the caller gave to the document"], |graph, id| {
        graph.at(id).key().into()
    }),
    DocumentField::text(["title", "标题", "title, without 《》"], |graph, id| graph.at(id).title().into())
        .optional(),
    DocumentField::text(["number", "发文字号", "document number"], |graph, id| graph.at(id).number().into())
        .optional(),
    DocumentField::text(["genre", "文种", "genre"], |graph, id| graph.at(id).genre().name().into())
        .terms_of(terms_of!(Genre)),
    DocumentField::list(["issuers", "发文机关", "signatories, in printed order"], |graph, id| {
        values(&graph.at(id).record().issuers)
    }),
    DocumentField::list(["addressees", "主送机关", "addressees, as printed"], |graph, id| {
        values(&graph.at(id).record().addressees)
    }),
    DocumentField::list(["regions", "发文地区", "province-level regions of the signatories"], |graph, id| {
        Value::List(graph.at(id).record().region.iter().map(|region| &**region).collect())
    }),
    DocumentField::date(["signed", "成文日期", "date of signing"], |graph, id| {
        day(&graph.at(id).record().dates.signed)
    })
    .optional(),
    DocumentField::date(["published", "发布日期", "date of publication"], |graph, id| {
        day(&graph.at(id).record().dates.published)
    })
    .optional(),
    DocumentField::date(["adopted", "通过日期", "date of adoption"], |graph, id| {
        day(&graph.at(id).record().dates.adopted)
    })
    .optional(),
    DocumentField::date(["effective", "施行日期", "first day in force"], |graph, id| {
        day(&graph.at(id).record().dates.effective)
    })
    .optional(),
    DocumentField::date(
        ["expires", "有效期", "end of validity: the last day in force if printed, else the day after it (rule `term`)"],
        |graph, id| day(&graph.at(id).record().dates.expires),
    )
    .optional(),
    DocumentField::date(["comment_from", "征求意见起始日", "first day for comments"], |graph, id| {
        day(&graph.at(id).record().dates.comment_from)
    })
    .optional(),
    DocumentField::date(["comment_until", "征求意见截止日", "last day for comments"], |graph, id| {
        day(&graph.at(id).record().dates.comment_until)
    })
    .optional(),
    DocumentField::integer(["measures", "措施数", "number of measures"], |graph, id| {
        graph.measures_of(id).len().into()
    }),
    DocumentField::text(["file", "来源文件", "name of the file"], |graph, id| {
        graph.at(id).record().origin.file.as_deref().into()
    })
    .optional(),
    DocumentField::text(["encoding", "编码", "encoding of the file, if it was decoded"], |graph, id| {
        graph.at(id).record().origin.encoding.as_deref().into()
    })
    .optional(),
    DocumentField::integer(["file_offset", "文件内位置", "byte offset of the document in the text of the file"], |graph, id| {
        graph.at(id).record().origin.offset.into()
    }),
    DocumentField::integer(["bytes", "字节数", "length of the text, in bytes of UTF-8"], |graph, id| {
        graph.at(id).record().text.len().into()
    }),
    DocumentField::text(["sha256", "校验和", "SHA-256 of the text, in UTF-8"], |graph, id| {
        hex(&sha256(graph.at(id).record().text.as_bytes())).into()
    }),
    DocumentField::text(["text", "全文", "text, to whose bytes all spans refer"], |graph, id| {
        graph.at(id).record().text.as_str().into()
    }),
];

type SectionField = Field<SectionId>;

const SECTIONS: [SectionField; 8] = [
    key_field(),
    document_field(|graph, id| key(graph, graph.at(id).document().id())),
    SectionField::integer(
        ["position", "序号", "position in the document, from 1"],
        |graph, id| graph.at(id).position().into(),
    ),
    SectionField::integer(["ordinal", "章序数", "ordinal, as printed"], |graph, id| {
        graph.at(id).ordinal().into()
    }),
    SectionField::text(["title", "章标题", "heading, without the ordinal"], |graph, id| {
        graph.at(id).title().into()
    }),
    SectionField::text(
        ["prose", "章内文字", "text outside its measures, a line for each paragraph"],
        |graph, id| {
            let prose: Vec<&str> = graph.at(id).prose().collect();
            prose.join("\n").into()
        },
    ),
    start_field(|graph, id| graph.at(id).record().span.start.into()),
    end_field(|graph, id| graph.at(id).record().span.end.into()),
];

type MeasureField = Field<MeasureId>;

const MEASURES: [MeasureField; 9] = [
    key_field(),
    document_field(|graph, id| key(graph, graph.document_of(id))),
    MeasureField::text(["section", "所属章", "chapter"], |graph, id| {
        graph.at(id).section().map(|section| graph.key(section.id()).to_string()).into()
    })
    .optional()
    .references(table_of(NodeKind::Section)),
    MeasureField::integer(
        ["position", "序号", "position in the document, from 1"],
        |graph, id| graph.at(id).position().into(),
    ),
    MeasureField::integer(["ordinal", "条序数", "ordinal, as printed"], |graph, id| {
        graph.at(id).ordinal().into()
    }),
    MeasureField::text(["title", "条标题", "heading"], |graph, id| graph.at(id).title().into())
        .optional(),
    MeasureField::text(["text", "全文", "whole text, as printed"], |graph, id| {
        graph.at(id).text().into()
    }),
    start_field(|graph, id| graph.at(id).record().span.start.into()),
    end_field(|graph, id| graph.at(id).record().span.end.into()),
];

type AgencyField = Field<AgencyId>;

const AGENCIES: [AgencyField; 2] = [
    key_field(),
    AgencyField::text(["name", "名称", "canonical name"], |graph, id| graph.at(id).name().into()),
];

type PolicyField = Field<PolicyId>;

const POLICIES: [PolicyField; 8] = [
    key_field(),
    PolicyField::text(
        ["title", "标题", "official title if known, else the fullest printed one"],
        |graph, id| graph.at(id).title().into(),
    ),
    PolicyField::text(["number", "文号", "document number"], |graph, id| {
        graph.at(id).number().into()
    })
    .optional(),
    PolicyField::text(["instrument", "文件类别", "kind of instrument"], |graph, id| {
        graph.at(id).kind().name().into()
    })
    .terms_of(terms_of!(InstrumentKind)),
    PolicyField::list(["issuers", "发文机关", "names of the issuers, sorted"], |graph, id| {
        Value::List(graph.at(id).issuers().collect())
    }),
    PolicyField::list(["aliases", "别称", "other names than the title, sorted"], |graph, id| {
        Value::List(graph.at(id).aliases().collect())
    }),
    PolicyField::date(["signed", "成文日期", "date of signing"], |graph, id| {
        graph.at(id).signed().and_then(PartialDate::date).into()
    })
    .optional(),
    PolicyField::date(["published", "发布日期", "date of publication"], |graph, id| {
        graph.at(id).published().and_then(PartialDate::date).into()
    })
    .optional(),
];

type ArticleField = Field<ArticleId>;

const ARTICLES: [ArticleField; 7] = [
    key_field(),
    ArticleField::text(["policy", "政策", "policy that contains the article"], |graph, id| {
        key(graph, graph.at(id).policy().id())
    })
    .references(table_of(NodeKind::Policy)),
    ArticleField::integer(["ordinal", "条序数", "ordinal in the policy"], |graph, id| {
        graph.at(id).ordinal().into()
    }),
    ArticleField::integer(["chapter", "章序数", "ordinal of its chapter"], |graph, id| {
        graph.at(id).chapter().into()
    }),
    ArticleField::text(["heading", "条标题", "heading"], |graph, id| {
        graph.at(id).heading().into()
    }),
    ArticleField::list(
        ["key_terms", "关键词", "terms that are characteristic of it"],
        |graph, id| Value::List(graph.at(id).key_terms().collect()),
    ),
    ArticleField::text(["basis", "依据", "basis on which it is known"], |graph, id| {
        graph.at(id).basis().name().into()
    })
    .terms_of(terms_of!(Basis)),
];

type ProductField = Field<ProductId>;

const PRODUCTS: [ProductField; 2] = [
    key_field(),
    ProductField::text(["label", "名称", "label"], |graph, id| graph.at(id).label().into()),
];

type RegionField = Field<RegionId>;

const REGIONS: [RegionField; 2] = [
    key_field(),
    RegionField::text(["name", "名称", "full name"], |graph, id| graph.at(id).name().into()),
];

type PlatformField = Field<PlatformId>;

const PLATFORMS: [PlatformField; 2] = [
    key_field(),
    PlatformField::text(["name", "名称", "name, as printed"], |graph, id| {
        graph.at(id).name().into()
    }),
];

type TargetField = Field<TargetId>;

const TARGETS: [TargetField; 15] = [
    key_field(),
    document_field(|graph, id| key(graph, graph.at(id).document().id())),
    provider_field(|graph, id| key(graph, graph.at(id).provider())),
    TargetField::integer(
        ["position", "序号", "position in its provision, from 1"],
        |graph, id| graph.at(id).position().into(),
    ),
    TargetField::text(["quantity", "指标", "measured quantity"], |graph, id| {
        graph.at(id).record().quantity.as_str().into()
    }),
    TargetField::text(["comparator", "比较", "comparator"], |graph, id| {
        graph.at(id).record().comparator.name().into()
    })
    .terms_of(terms_of!(Comparator)),
    TargetField::number(
        ["from_value", "原值", "initial value, or the lower end of a range"],
        |graph, id| graph.at(id).record().from.into(),
    )
    .optional(),
    TargetField::number(["to_value", "目标值", "final value; 90 for 90 %"], |graph, id| {
        graph.at(id).record().to.into()
    })
    .optional(),
    TargetField::text(["unit", "单位", "unit, as printed"], |graph, id| {
        graph.at(id).record().unit.as_str().into()
    }),
    TargetField::text(
        ["deadline", "时限", "deadline, as printed in its sentence"],
        |graph, id| graph.at(id).record().deadline.as_deref().into(),
    )
    .optional(),
    TargetField::text(["frequency", "频次", "frequency, as printed"], |graph, id| {
        graph.at(id).record().frequency.as_deref().into()
    })
    .optional(),
    TargetField::boolean(
        ["condition", "条件", "true if it tells who or what is meant and commits to nothing"],
        |graph, id| graph.at(id).record().condition.into(),
    ),
    TargetField::text(["words", "原文", "words that set it, as printed"], |graph, id| {
        graph.at(id).text().into()
    }),
    start_field(|graph, id| graph.at(id).record().span.start.into()),
    end_field(|graph, id| graph.at(id).record().span.end.into()),
];

type DeadlineField = Field<DeadlineId>;

const DEADLINES: [DeadlineField; 14] = [
    key_field(),
    document_field(|graph, id| key(graph, graph.at(id).document().id())),
    provider_field(|graph, id| key(graph, graph.at(id).provider())),
    DeadlineField::integer(
        ["position", "序号", "position in its provision, from 1"],
        |graph, id| graph.at(id).position().into(),
    ),
    DeadlineField::date(
        ["due", "截止日期", "last day, if the text tells it; of a recurring one the first"],
        |graph, id| graph.at(id).record().by.into(),
    )
    .optional(),
    DeadlineField::integer(
        ["term", "期限", "length of the period; of a range the upper end"],
        |graph, id| graph.at(id).record().term.as_ref().map(|term| term.value).into(),
    )
    .optional(),
    DeadlineField::text(["term_unit", "期限单位", "unit of the period"], |graph, id| {
        graph.at(id).record().term.as_ref().map(|term| &*term.unit).into()
    })
    .optional(),
    DeadlineField::integer(["term_from", "期限下限", "lower end of a range"], |graph, id| {
        graph.at(id).record().term.as_ref().and_then(|term| term.from).into()
    })
    .optional(),
    DeadlineField::text(["anchor", "起算", "day from which it is counted"], |graph, id| {
        graph.at(id).record().anchor.name().into()
    })
    .terms_of(terms_of!(Anchor)),
    DeadlineField::boolean(
        ["recurring", "周期性", "true if it returns every year, quarter or month"],
        |graph, id| graph.at(id).record().recurring.into(),
    ),
    DeadlineField::text(["task", "任务", "words of the task"], |graph, id| {
        graph.at(id).task().into()
    })
    .optional(),
    DeadlineField::text(["words", "原文", "words of the deadline, as printed"], |graph, id| {
        graph.at(id).text().into()
    }),
    start_field(|graph, id| graph.at(id).record().span.start.into()),
    end_field(|graph, id| graph.at(id).record().span.end.into()),
];

pub(super) const fn document_field<I>(value: for<'g> fn(&'g Graph, I) -> Value<'g>) -> Field<I> {
    Field::text(["document", "文件", "document"], value).references(table_of(NodeKind::Document))
}

/// The measure, chapter or document that sets a fact.
pub(super) const fn provider_field<I>(value: for<'g> fn(&'g Graph, I) -> Value<'g>) -> Field<I> {
    Field::text(["provision", "所在条款", "measure, chapter or document without measures"], value)
        .references("nodes")
}

pub(super) const fn start_field<I>(value: for<'g> fn(&'g Graph, I) -> Value<'g>) -> Field<I> {
    Field::integer(
        ["span_start", "起始字节", "offset of the first byte in the document's text"],
        value,
    )
}

pub(super) const fn end_field<I>(value: for<'g> fn(&'g Graph, I) -> Value<'g>) -> Field<I> {
    Field::integer(["span_end", "结束字节", "offset after the last byte"], value)
}
