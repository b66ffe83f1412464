//! The facts of a document, each with the words that state it.

use crate::graph::{DocumentRef, Node};
use crate::model::{Citation, Dates, Deadline, Provision, Role, Rule, Target};
use crate::report::kit::{self, Report, bars, label, shown, term};
use crate::text::Span;
use maud::{Markup, html};
use std::borrow::Cow;
use std::cmp::Reverse;

/// The kind of a fact, by which its words are underlined.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FactKind {
    Target,
    Deadline,
    Duty,
    Mention,
    Citation,
    Product,
    Platform,
    Date,
    Head,
    Issuer,
    Addressee,
    Modality,
}

impl FactKind {
    pub(super) const ALL: [FactKind; 12] = [
        FactKind::Duty,
        FactKind::Deadline,
        FactKind::Target,
        FactKind::Citation,
        FactKind::Product,
        FactKind::Platform,
        FactKind::Mention,
        FactKind::Modality,
        FactKind::Head,
        FactKind::Issuer,
        FactKind::Addressee,
        FactKind::Date,
    ];

    /// Returns the class of its words, and its English and Chinese name.
    pub(super) fn names(self) -> [&'static str; 3] {
        match self {
            FactKind::Duty => ["du", "Responsible", "责任单位"],
            FactKind::Deadline => ["dl", "Deadline", "时限"],
            FactKind::Target => ["ta", "Target", "量化目标"],
            FactKind::Citation => ["ci", "Policy", "引用政策"],
            FactKind::Product => ["pr", "Product", "产品"],
            FactKind::Platform => ["pl", "Platform", "平台"],
            FactKind::Mention => ["me", "Other agency", "其他机关"],
            FactKind::Modality => ["mo", "Binding force", "情态"],
            FactKind::Head => ["he", "Head", "文首"],
            FactKind::Issuer => ["he", "Issuers", "发文机关"],
            FactKind::Addressee => ["he", "Addressees", "主送机关"],
            FactKind::Date => ["da", "Date", "日期"],
        }
    }

    /// Returns the rule that reads most facts of the kind. It is in the legend; a fact shows another one.
    pub(super) fn usual_rule(self) -> Rule {
        match self {
            FactKind::Duty => Rule::DutyClause,
            FactKind::Deadline | FactKind::Date => Rule::DatePhrase,
            FactKind::Target => Rule::Quantity,
            FactKind::Citation => Rule::BookTitle,
            FactKind::Product | FactKind::Mention | FactKind::Modality => Rule::Lexicon,
            FactKind::Platform => Rule::Phrase,
            FactKind::Head | FactKind::Addressee => Rule::Head,
            FactKind::Issuer => Rule::Signature,
        }
    }
}

/// A fact of a document.
pub(super) struct Fact<'g> {
    pub(super) span: Span,
    pub(super) kind: FactKind,
    pub(super) rule: Rule,
    value: Value<'g>,
}

/// The meaning of the words.
enum Value<'g> {
    /// A node, and its role.
    Node(Node, Option<Role>),
    /// Words that name no node.
    Words(Cow<'g, str>, Option<Role>),
    /// A term, and a name or a date.
    Term([&'static str; 2], Cow<'g, str>),
    Target(&'g Target),
    /// A deadline, its task, and the agencies that must keep it.
    Deadline(&'g Deadline, Option<&'g str>, Vec<&'g str>),
}

impl<'g> Fact<'g> {
    /// Returns what a person reads of the fact.
    pub(super) fn shown(&self, report: Report<'_>) -> Markup {
        match &self.value {
            Value::Node(node, role) => html! {
                (report.link(*node)) @if let Some(role) = *role { " " (kit::role(role)) }
            },
            Value::Words(words, role) => html! {
                (shown(words)) @if let Some(role) = *role { " " (kit::role(role)) }
            },
            Value::Term([english, chinese], words) => html! {
                (term(english, chinese)) @if !words.is_empty() { " " (shown(words)) }
            },
            Value::Target(target) => html! {
                (kit::target(target)) @if let Some(bars) = bars(target) { div { (bars) } }
            },
            Value::Deadline(deadline, task, agencies) => html! {
                (kit::deadline(deadline))
                @if let Some(task) = task { " — " (shown(task)) }
                @for agency in agencies { " · " (shown(agency)) }
            },
        }
    }
}

/// Returns the facts of a document, by the start of their words; longer words first.
pub(super) fn facts(document: DocumentRef<'_>) -> Vec<Fact<'_>> {
    let record = document.record();
    let mut facts = head(document);
    let measures = record.measures.iter().map(|measure| &measure.provision);
    let sections = record.sections.iter().map(|section| &section.provision);
    measures.chain(sections).chain(&record.body).for_each(|provision| {
        add_provision(document, provision, &mut facts);
    });
    facts.retain(|fact| fact.span.start < fact.span.end);
    facts.sort_by_key(|fact| (fact.span.start, Reverse(fact.span.end), fact.kind));
    facts
}

fn head(document: DocumentRef<'_>) -> Vec<Fact<'_>> {
    let record = document.record();
    let mut facts = Vec::new();
    let mut add = |span, kind, rule, value| facts.push(Fact { span, kind, rule, value });
    for (found, names) in [(&record.title, ["title", "标题"]), (&record.number, ["number", "文号"])]
    {
        if let Some(found) = found {
            let value = Value::Term(names, found.value.as_str().into());
            add(found.span, FactKind::Head, found.rule, value);
        }
    }
    for issuer in &record.issuers {
        let agency = document.graph().agency(&issuer.value).map(|agency| agency.node());
        let value = agency.map_or_else(
            || Value::Words(issuer.value.as_str().into(), None),
            |agency| Value::Node(agency, None),
        );
        add(issuer.span, FactKind::Issuer, issuer.rule, value);
    }
    for to in &record.addressees {
        let value = Value::Words(to.value.as_str().into(), None);
        add(to.span, FactKind::Addressee, to.rule, value);
    }
    let Dates { signed, published, adopted, effective, expires, comment_from, comment_until } =
        &record.dates;
    let dates = [
        (signed, ["signed", "成文日期"]),
        (published, ["published", "发布日期"]),
        (adopted, ["adopted", "通过日期"]),
        (effective, ["effective", "施行日期"]),
        (expires, ["expires", "有效期"]),
        (comment_from, ["comments from", "征求意见开始"]),
        (comment_until, ["comments until", "征求意见截止"]),
    ];
    for (found, names) in dates {
        if let Some(found) = found {
            let value = Value::Term(names, found.value.to_string().into());
            add(found.span, FactKind::Date, found.rule, value);
        }
    }
    for citation in record.implements.iter().chain(&record.repeals) {
        add(citation.span, FactKind::Citation, citation.rule, cited(document, citation));
    }
    facts
}

/// Returns the policy that a citation means, or its words if the graph cannot tell.
fn cited<'g>(document: DocumentRef<'g>, citation: &'g Citation) -> Value<'g> {
    let names = citation.number.iter().chain([&citation.title]);
    let policy = names.filter_map(|name| document.graph().policy(name)).next();
    policy.map_or_else(
        || Value::Words(citation.title.as_str().into(), None),
        |policy| Value::Node(policy.node(), None),
    )
}

fn add_provision<'g>(
    document: DocumentRef<'g>,
    provision: &'g Provision,
    facts: &mut Vec<Fact<'g>>,
) {
    let graph = document.graph();
    let Provision {
        responsible,
        classes,
        agencies,
        cites,
        products,
        targets,
        deadlines,
        platforms,
        modality,
    } = provision;
    let mut add = |span, kind, rule, value| facts.push(Fact { span, kind, rule, value });
    let named = |node: Option<Node>, name: &'g str, role| match node {
        Some(node) => Value::Node(node, role),
        None => Value::Words(name.into(), role),
    };
    let agency = |name: &str| graph.agency(name).map(|agency| agency.node());
    for duty in responsible {
        let value = named(agency(&duty.agency), &duty.agency, Some(duty.role));
        add(duty.span, FactKind::Duty, Rule::DutyClause, value);
    }
    for class in classes {
        let value = Value::Words(class.class.as_str().into(), Some(class.role));
        add(class.span, FactKind::Duty, Rule::DutyClause, value);
    }
    for found in agencies {
        let value = named(agency(&found.value), &found.value, None);
        add(found.span, FactKind::Mention, found.rule, value);
    }
    for citation in cites {
        add(citation.span, FactKind::Citation, citation.rule, cited(document, citation));
    }
    for found in products {
        let product = graph.product(&found.value).map(|product| product.node());
        add(found.span, FactKind::Product, found.rule, named(product, &found.value, None));
    }
    for target in targets {
        add(target.span, FactKind::Target, Rule::Quantity, Value::Target(target));
    }
    for deadline in deadlines {
        let task = deadline.task.map(|task| task.slice(&document.record().text));
        let duties = deadline.duties.iter().map(|&duty| &*responsible[duty as usize].agency);
        let value = Value::Deadline(deadline, task, duties.collect());
        add(deadline.span, FactKind::Deadline, deadline.rule(), value);
    }
    for found in platforms {
        let platform = graph.platform(&found.value).map(|platform| platform.node());
        add(found.span, FactKind::Platform, found.rule, named(platform, &found.value, None));
    }
    for found in modality {
        let value = Value::Term([found.value.name(), found.value.chinese()], "".into());
        add(found.span, FactKind::Modality, found.rule, value);
    }
}

/// Returns the label of a group of facts: their kind, and the rules that read them if they are not the
/// usual one.
pub(super) fn group_label(kind: FactKind, rules: &[Rule]) -> Markup {
    let [class, english, chinese] = kind.names();
    html! {
        b class=(class) { (label(english, chinese)) }
        @if rules != [kind.usual_rule()] {
            small { @for rule in rules { " " (term(rule.name(), rule.chinese())) } }
        }
    }
}
