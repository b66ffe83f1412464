//! Columns of documents and their parts.

use super::{document_field, end_field, key, key_field, start_field, table_of};
use crate::export::column::terms_of;
use crate::export::table::Field;
use crate::export::value::Value;
use crate::graph::{DocId, MeasureId, NodeKind, SectionId};
use crate::model::{Found, Genre, PartialDate};
use crate::sha256::{hex, sha256};

type DocumentField = Field<DocId>;

pub(super) const DOCUMENTS: [DocumentField; 21] = [
    key_field(),
    DocumentField::text(
        ["name", "文件代号", "key that the caller gave to the document"],
        |graph, id| graph.at(id).key().into(),
    ),
    DocumentField::text(["title", "标题", "title, without 《》"], |graph, id| {
        graph.at(id).title().into()
    })
    .optional(),
    DocumentField::text(["number", "发文字号", "document number"], |graph, id| {
        graph.at(id).number().into()
    })
    .optional(),
    DocumentField::text(["genre", "文种", "genre"], |graph, id| {
        graph.at(id).genre().name().into()
    })
    .terms_of(terms_of!(Genre)),
    DocumentField::list(
        ["issuers", "发文机关", "signatories, in printed order"],
        |graph, id| values(&graph.at(id).record().issuers),
    ),
    DocumentField::list(["addressees", "主送机关", "addressees, as printed"], |graph, id| {
        values(&graph.at(id).record().addressees)
    }),
    DocumentField::list(
        ["regions", "发文地区", "province-level regions of the signatories"],
        |graph, id| {
            Value::List(graph.at(id).record().region.iter().map(|region| &**region).collect())
        },
    ),
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
        ["expires", "有效期", "end of validity; if counted from a term, the day after it"],
        |graph, id| day(&graph.at(id).record().dates.expires),
    )
    .optional(),
    DocumentField::date(
        ["comment_from", "征求意见起始日", "first day for comments"],
        |graph, id| day(&graph.at(id).record().dates.comment_from),
    )
    .optional(),
    DocumentField::date(
        ["comment_until", "征求意见截止日", "last day for comments"],
        |graph, id| day(&graph.at(id).record().dates.comment_until),
    )
    .optional(),
    DocumentField::integer(["measures", "措施数", "number of measures"], |graph, id| {
        graph.measures_of(id).len().into()
    }),
    DocumentField::text(["file", "来源文件", "name of the file"], |graph, id| {
        graph.at(id).record().origin.file.as_deref().into()
    })
    .optional(),
    DocumentField::text(["encoding", "编码", "encoding of the file"], |graph, id| {
        graph.at(id).record().origin.encoding.as_deref().into()
    })
    .optional(),
    DocumentField::integer(
        ["file_offset", "文件内位置", "byte offset in the text of the file"],
        |graph, id| graph.at(id).record().origin.offset.into(),
    ),
    DocumentField::integer(
        ["bytes", "字节数", "length of the text, in bytes of UTF-8"],
        |graph, id| graph.at(id).record().text.len().into(),
    ),
    DocumentField::text(["sha256", "校验和", "SHA-256 of the text, in UTF-8"], |graph, id| {
        hex(&sha256(graph.at(id).record().text.as_bytes())).into()
    }),
];

type SectionField = Field<SectionId>;

pub(super) const SECTIONS: [SectionField; 8] = [
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

pub(super) const MEASURES: [MeasureField; 9] = [
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

/// Returns the day of a printed date; `Null` if only its month is printed.
fn day<'g>(date: &Option<Found<PartialDate>>) -> Value<'g> {
    date.as_ref().and_then(|date| date.value.date()).into()
}

fn values(found: &[Found<String>]) -> Value<'_> {
    Value::List(found.iter().map(|found| &*found.value).collect())
}
