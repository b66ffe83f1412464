//! `search`: measures by words, with filters.

use super::{Tool, cursor, day, limit, node, schema, text};
use crate::mcp::answer::{Answer, Failed, rounded};
use crate::mcp::arguments::Arguments;
use crate::mcp::context::Context;
use crate::mcp::protocol::shown;
use policygraph::Genre;
use policygraph::graph::{DocumentRef, MeasureId, Node, ProductId};
use policygraph::similar::SearchOptions;
use policygraph::time::Status;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Maximum number of ranked measures.
const RANKED: usize = 500;

pub const TOOL: Tool = Tool {
    name: "search",
    title: "Search measures (检索措施)",
    description: "Finds measures (措施) by words, ranked by similarity, with filters: region (地区: 山西省), \
        date, genre (文种), product (产品: 中药), in force (现行有效). Results are leads: read the words.",
    schema: || {
        let properties = json!({
            "query": text("words: 罕见病用药品注册检验"),
            "region": text("region of the issuer: 山西"),
            "since": text("first day of issue: 2025-01-01"),
            "until": text("last day of issue"),
            "genre": { "type": "string", "enum": Genre::ALL.iter().map(|of| of.name()).collect::<Vec<_>>() },
            "product": text("product that the measure covers: 医疗器械"),
            "in_force": { "type": "boolean", "description": "only documents that printed dates show to be in force" },
            "on": day(),
            "limit": limit(),
            "cursor": cursor(),
        });
        schema(properties, &["query"])
    },
    answer,
};

fn answer(context: &Context, arguments: &Arguments) -> Result<Answer, Failed> {
    let graph = context.graph;
    let query = arguments.required("query")?;
    let mut page = arguments.page()?;
    let day = arguments.date("on")?.unwrap_or_else(|| context.day());
    let (since, until) = (arguments.date("since")?, arguments.date("until")?);
    let genres: Vec<&'static str> = Genre::ALL.iter().map(|of| of.name()).collect();
    let genre = arguments.word("genre", &genres)?;
    let in_force = arguments.flag("in_force")?;
    let region = match arguments.text("region")?.map(|name| node(context, name)).transpose() {
        Ok(None) => None,
        Ok(Some(Node::Region(id))) => Some(graph.at(id).name()),
        Ok(Some(other)) => {
            return Ok(Answer::none("no document is of this region").nearest(context, [other]));
        }
        Err(none) => return Ok(*none),
    };
    let product: Option<ProductId> =
        match arguments.text("product")?.map(|name| node(context, name)).transpose() {
            Ok(None) => None,
            Ok(Some(Node::Product(id))) => Some(id),
            Ok(Some(other)) => {
                return Ok(Answer::none("no measure covers this product").nearest(context, [other]));
            }
            Err(none) => return Ok(*none),
        };
    let fits = |document: DocumentRef| {
        let record = document.record();
        let issued = record.dates.issued().map(|date| date.value);
        region.is_none_or(|region| record.region.iter().any(|one| one == region))
            && since.is_none_or(|since| issued.is_some_and(|day| day.last_day() >= since))
            && until.is_none_or(|until| issued.is_some_and(|day| day.first_day() <= until))
            && genre.is_none_or(|genre| record.genre.name() == genre)
            && (!in_force || graph.as_of(day).status(document.id()) == Status::InForce)
    };
    let documents: BTreeSet<_> = graph.documents().filter(|&id| fits(graph.at(id))).collect();
    let all = documents.len() == graph.documents().len();
    let filter = |measure: MeasureId| {
        (all || documents.contains(&graph.document_of(measure)))
            && product.is_none_or(|product| graph.covers(measure).contains(&product))
    };
    // One more shows whether there is a next page.
    let wanted = (page.start + page.limit + 1).min(RANKED);
    let options = SearchOptions::default().limit(wanted).explain(false);
    let restricted = options.filter(&filter);
    let options = if all && product.is_none() { options } else { restricted };
    let found = context.index().search(query, &options);
    page.total = found.len();
    let items = page.of(&found).map(|found| {
        let measure = graph.at(found.measure);
        let mut item = context.measure(measure);
        item["score"] = json!(rounded(found.score));
        item["document"] = context.document(measure.document(), day);
        item
    });
    let items: Vec<Value> = items.collect();
    let without = graph.documents().filter(|&id| graph.measures_of(id).len() == 0).count();
    let scope = format!(
        "{} of {} documents fit the filters; {without} documents of the corpus have no measures and \
         are not ranked",
        documents.len(),
        graph.documents().len()
    );
    if found.is_empty() {
        let nearest = graph.find(query).into_iter().map(|one| one.node);
        let explanation = format!("no measure has words of {}; {scope}", shown(query));
        return Ok(Answer::none(explanation).nearest(context, nearest));
    }
    let count = match found.len() {
        RANKED => format!("the first {RANKED} of them, which is the maximum"),
        count if count < wanted => format!("{count} of them"),
        count => format!("at least {count} of them"),
    };
    let end = if items.is_empty() { "; the list ends before the cursor" } else { "" };
    let explanation = format!(
        "measures ranked by similarity to the words, {count}{end}: whether one answers the question is \
         not checked; {scope}"
    );
    Ok(Answer::leads(explanation).page(page, items))
}
