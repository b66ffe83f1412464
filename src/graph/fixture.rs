//! Records made from the gold annotations and their seeds: real facts, independent of the
//! reader.

use crate::model::*;
use crate::text::{Origin, Span};
use serde_json::Value;

/// Three documents with measures and one with a body.
pub(crate) fn records() -> Vec<Record> {
    macro_rules! data {
        ($path:literal) => {
            include_str!(concat!("../../data/", $path))
        };
    }
    let digest = data!("seeds/digest-2025-06.txt");
    vec![
        record(data!("gold/documents/nm-2022-26.json"), data!("seeds/nm-2022-26.txt")),
        record(data!("gold/documents/nm-2025-18.json"), data!("seeds/nm-2025-18.txt")),
        record(
            data!("gold/documents/sc-cq-community.json"),
            digest.lines().next().expect("the digest has lines"),
        ),
        record(data!("gold/documents/sx-2025.json"), data!("seeds/sx-2025.txt")),
    ]
}

fn record(gold: &str, text: &str) -> Record {
    let gold: Value = serde_json::from_str(gold).expect("gold is JSON");
    let all = TextPart { text, start: 0, end: text.len() };
    let mut rest = all;
    let measures: Vec<Measure> = list(&gold["measures"])
        .map(|gold| {
            let scope = rest.measure(gold);
            rest.start = scope.end;
            measure(gold, scope)
        })
        .collect();
    let date = |field: &str| {
        let printed = gold["dates"][field].as_str()?.to_owned();
        Some(found(
            printed.try_into().expect("gold dates are dates"),
            Span::new(0, 0),
            Rule::DatePhrase,
        ))
    };
    let sections = list(&gold["sections"]).enumerate();
    let sections = sections
        .filter_map(|(place, section)| {
            let title = word(&section["title"]);
            let span = all.find(&title)?;
            let provision = if place == 0 { every_kind(&measures) } else { Provision::default() };
            Some(Section {
                ordinal: number(&section["n"]),
                title,
                span,
                prose: Vec::new(),
                provision,
            })
        })
        .collect();
    Record {
        key: word(&gold["doc"]),
        text: text.to_owned(),
        origin: Origin::default(),
        title: all.found(&gold["title"], &gold["title"], Rule::Head),
        number: all.found(&gold["number"], &gold["number"], Rule::Number),
        genre: serde_json::from_value(gold["genre"].clone()).expect("gold genres are genres"),
        issuers: list(&gold["issuers"])
            .filter_map(|issuer| all.found(issuer, issuer, Rule::Signature))
            .collect(),
        addressees: Vec::new(),
        region: list(&gold["region"]).map(word).collect(),
        dates: Dates {
            signed: date("signed"),
            published: date("published"),
            effective: date("effective"),
            expires: date("expires"),
            ..Dates::default()
        },
        repeals: Vec::new(),
        implements: list(&gold["implements"])
            .filter_map(|cited| {
                all.citation(cited, &cited["title"], Rule::BookTitle, InstrumentKind::Policy)
            })
            .collect(),
        sections,
        subsections: Vec::new(),
        measures,
        body: gold["body"].is_object().then(|| provision(&gold["body"], all)),
        notes: Vec::new(),
    }
}

/// Returns a provision with facts of every kind that a measure has: those of the first one.
fn every_kind(measures: &[Measure]) -> Provision {
    let mut all = Provision::default();
    for measure in measures {
        let provision = measure.provision.clone();
        let Provision {
            responsible,
            agencies,
            cites,
            products,
            targets,
            deadlines,
            platforms,
            classes: _,
            modality,
        } = provision;
        fn first<T>(list: &mut Vec<T>, other: Vec<T>) {
            if list.is_empty() {
                *list = other;
            }
        }
        first(&mut all.responsible, responsible);
        first(&mut all.agencies, agencies);
        first(&mut all.cites, cites);
        first(&mut all.products, products);
        first(&mut all.targets, targets);
        first(&mut all.deadlines, deadlines);
        first(&mut all.platforms, platforms);
        first(&mut all.modality, modality);
    }
    all
}

fn measure(gold: &Value, scope: TextPart<'_>) -> Measure {
    Measure {
        ordinal: number(&gold["n"]),
        section: gold["section"].as_u64().map(|n| n as u32),
        title: scope.found(&gold["title"], &gold["title"], Rule::Head),
        span: Span::new(scope.start, scope.end),
        clauses: Vec::new(),
        provision: provision(gold, scope),
    }
}

fn provision(gold: &Value, scope: TextPart<'_>) -> Provision {
    let mut provision = undated(gold, scope);
    let target = provision.targets.first();
    provision.deadlines.extend(target.map(|target| Deadline {
        by: Some(Date::constant(2027, 12, 31)),
        term: None,
        anchor: Anchor::Printed,
        recurring: false,
        task: Some(target.span),
        duties: provision.responsible.first().map(|_| 0).into_iter().collect(),
        targets: vec![0],
        span: scope.head(),
    }));
    provision
}

/// Returns a provision without deadlines.
fn undated(gold: &Value, scope: TextPart<'_>) -> Provision {
    Provision {
        responsible: list(&gold["responsible"])
            .filter_map(|duty| {
                Some(Duty {
                    agency: word(&duty["agency"]),
                    role: serde_json::from_value(duty["role"].clone())
                        .expect("gold roles are roles"),
                    span: scope.find_last(duty["surface"].as_str()?)?,
                })
            })
            .collect(),
        agencies: list(&gold["agencies"])
            .filter_map(|found| scope.found(&found["agency"], &found["surface"], Rule::Lexicon))
            .collect(),
        cites: list(&gold["cites"])
            .filter_map(|cited| {
                let kind =
                    serde_json::from_value(cited["kind"].clone()).expect("gold kinds are kinds");
                scope.citation(cited, &cited["surface"], Rule::BookTitle, kind)
            })
            .collect(),
        products: list(&gold["products"])
            .map(|label| {
                let at = scope.find(label.as_str().unwrap_or_default());
                found(word(label), at.unwrap_or(scope.head()), Rule::Lexicon)
            })
            .collect(),
        targets: list(&gold["targets"])
            .filter_map(|target| {
                Some(Target {
                    quantity: word(&target["quantity_of"]),
                    comparator: serde_json::from_value(target["comparator"].clone()).ok()?,
                    from: target["from"].as_f64(),
                    to: target["to"].as_f64(),
                    unit: word(&target["unit"]),
                    deadline: target["deadline"].as_str().map(Into::into),
                    frequency: target["frequency"].as_str().map(Into::into),
                    condition: false,
                    span: scope.find(target["surface"].as_str()?)?,
                })
            })
            .collect(),
        deadlines: Vec::new(),
        modality: Vec::new(),
        classes: Vec::new(),
        platforms: list(&gold["platforms"])
            .filter_map(|name| scope.found(name, name, Rule::Phrase))
            .collect(),
    }
}

/// A part of a text in which words are searched.
#[derive(Clone, Copy)]
struct TextPart<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl TextPart<'_> {
    fn find(self, words: &str) -> Option<Span> {
        let at = self.start + self.text[self.start..self.end].find(words)?;
        (!words.is_empty()).then(|| Span::new(at, at + words.len()))
    }

    fn find_last(self, words: &str) -> Option<Span> {
        let at = self.start + self.text[self.start..self.end].rfind(words)?;
        (!words.is_empty()).then(|| Span::new(at, at + words.len()))
    }

    /// Returns the first character, as a fallback.
    fn head(self) -> Span {
        let first = self.text[self.start..].chars().next().map_or(0, char::len_utf8);
        Span::new(self.start, self.start + first)
    }

    /// From the heading, or the first words, to the last words.
    fn measure(self, gold: &Value) -> Self {
        let first = gold["title"].as_str().and_then(|title| self.find(title));
        let first = first.or_else(|| self.find(gold["starts"].as_str()?)).unwrap_or(self.head());
        let after = TextPart { start: first.end as usize, ..self };
        let last = gold["ends"].as_str().and_then(|ends| after.find(ends)).unwrap_or(first);
        TextPart { start: first.start as usize, end: last.end as usize, ..self }
    }

    fn found(self, value: &Value, surface: &Value, rule: Rule) -> Option<Found<String>> {
        let value = value.as_str()?;
        let span = self.find(surface.as_str()?).unwrap_or(self.head());
        Some(found(value.to_owned(), span, rule))
    }

    fn citation(
        self,
        gold: &Value,
        surface: &Value,
        rule: Rule,
        kind: InstrumentKind,
    ) -> Option<Citation> {
        let title = gold["title"].as_str()?.to_owned();
        let span = self.find(surface.as_str()?).unwrap_or(self.head());
        Some(Citation { title, number: gold["number"].as_str().map(Into::into), kind, span, rule })
    }
}

fn found<T>(value: T, span: Span, rule: Rule) -> Found<T> {
    Found { value, span, rule }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value) -> u32 {
    value.as_u64().unwrap_or_default() as u32
}
