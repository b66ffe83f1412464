//! `verify`: a quotation, a citation, or a claim about who is responsible.

use super::{Tool, day, schema, text};
use crate::mcp::answer::{Answer, Failed, Page, quoted};
use crate::mcp::arguments::Arguments;
use crate::mcp::context::Context;
use policygraph::Lexicon;
use policygraph::verify::{Assertion, Verdict, Verification};
use serde_json::{Value, json};

/// Maximum number of differences that are listed.
const EDITS: usize = 20;

pub const TOOL: Tool = Tool {
    name: "verify",
    title: "Verify a quotation, citation or claim (核验)",
    description: "Checks one of: `quote`, words that a document contains (引文); `citation`, a number \
        (文号) or title with 第N条 or without (引用); `claim`, who does what: 山西省药监局牵头优化注册检验 \
        (牵头 lead, 负责 responsible alone, 分工负责 responsible with others, 配合 support). One verdict; \
        both wordings if it differs; made-up names are told apart from slips.",
    schema: || {
        let properties = json!({
            "quote": text("words, exactly as asserted"),
            "citation": text("国办发〔2024〕53号第八条, or 《title》(number)"),
            "claim": text("agency, role and words of the task, in Chinese"),
            "document": text("with quote: only this document, by key, number or title"),
            "on": day(),
        });
        schema(properties, &[])
    },
    answer,
};

fn answer(context: &Context, arguments: &Arguments) -> Result<Answer, Failed> {
    let day = arguments.date("on")?.unwrap_or_else(|| context.day());
    let document = arguments.text("document")?;
    let given = (arguments.text("quote")?, arguments.text("citation")?, arguments.text("claim")?);
    let assertion = match given {
        (Some(quote), None, None) => {
            let document = document.map(str::to_owned);
            Assertion::Quotation { words: quote.to_owned(), document }
        }
        (None, Some(citation), None) => Assertion::citation(citation),
        (None, None, Some(claim)) => match Assertion::responsibility(claim, Lexicon::builtin()) {
            Some(assertion) => assertion,
            None => {
                return Ok(Answer::leads(
                    "the claim was not understood: write agency, role and words of the task, \
                         such as 山西省药监局牵头优化注册检验; for other claims, verify the quotation",
                ));
            }
        },
        _ => return Err(Failed::new("give one of quote, citation and claim")),
    };
    if document.is_some() && given.0.is_none() {
        return Err(Failed::new("document goes with quote; name the instrument in citation"));
    }
    Ok(answer_of(context, context.verifier().check_on(&assertion, day)))
}

fn answer_of(context: &Context, found: Verification) -> Answer {
    let on = match &found.verdict {
        Verdict::Repealed { on } | Verdict::Expired { on } => Some(on.to_string()),
        _ => None,
    };
    let items = found.quoted.iter().map(|of| context.fact(of.document, of.span));
    let items: Vec<Value> = items.collect();
    let edits = found.edits.iter().take(EDITS).map(
        |edit| json!({ "asserted": quoted(&edit.asserted).0, "printed": quoted(&edit.printed).0 }),
    );
    let edits: Vec<Value> = edits.collect();
    let names = found
        .names
        .iter()
        .map(|(name, known)| json!({ "name": quoted(name).0, "known": known.name() }));
    let names: Vec<Value> = names.collect();
    let subjects = found.subjects.iter().take(10).map(|&node| context.name(node));
    let subjects: Vec<Value> = subjects.collect();
    let page = Page { start: 0, limit: items.len().max(found.places), total: found.places };
    let mut answer = Answer::new(found.verdict.name(), found.explanation)
        .on(on)
        .nearest(context, found.nearest)
        .page(page, items);
    for (name, list) in [("edits", edits), ("names", names), ("about", subjects)] {
        if !list.is_empty() {
            answer = answer.with(name, Value::Array(list));
        }
    }
    answer
}
