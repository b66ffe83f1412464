//! Columns of nodes that documents name: agencies, policies with their articles, products, regions,
//! platforms.

use super::{key, key_field, table_of};
use crate::export::column::terms_of;
use crate::export::table::Field;
use crate::export::value::Value;
use crate::graph::{
    AgencyId, ArticleId, Basis, NodeKind, PlatformId, PolicyId, ProductId, RegionId,
};
use crate::model::{InstrumentKind, PartialDate};

type AgencyField = Field<AgencyId>;

pub(super) const AGENCIES: [AgencyField; 2] = [
    key_field(),
    AgencyField::text(["name", "名称", "canonical name"], |graph, id| graph.at(id).name().into()),
];

type PolicyField = Field<PolicyId>;

pub(super) const POLICIES: [PolicyField; 8] = [
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

pub(super) const ARTICLES: [ArticleField; 7] = [
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

pub(super) const PRODUCTS: [ProductField; 2] = [
    key_field(),
    ProductField::text(["label", "名称", "label"], |graph, id| graph.at(id).label().into()),
];

type RegionField = Field<RegionId>;

pub(super) const REGIONS: [RegionField; 2] = [
    key_field(),
    RegionField::text(["name", "名称", "full name"], |graph, id| graph.at(id).name().into()),
];

type PlatformField = Field<PlatformId>;

pub(super) const PLATFORMS: [PlatformField; 2] = [
    key_field(),
    PlatformField::text(["name", "名称", "name, as printed"], |graph, id| {
        graph.at(id).name().into()
    }),
];
