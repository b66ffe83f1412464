//! Columns of targets and deadlines.

use super::{document_field, end_field, key, key_field, provider_field, start_field};
use crate::export::column::terms_of;
use crate::export::table::Field;
use crate::graph::{DeadlineId, TargetId};
use crate::model::{Anchor, Comparator};

type TargetField = Field<TargetId>;

pub(super) const TARGETS: [TargetField; 15] = [
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

pub(super) const DEADLINES: [DeadlineField; 14] = [
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
