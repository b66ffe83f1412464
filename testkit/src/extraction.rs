//! Records against gold, by the rules of `data/gold`: micro precision, recall
//! and F1, with what was missed and what is too much.

use std::collections::BTreeMap;
use std::fmt;

use policygraph::{Measure, Provision, Record, Target};
use serde_json::Value;

/// What is scored, in the order of the table.
pub const FIELDS: [&str; 17] = [
    "title",
    "number",
    "genre",
    "issuers",
    "region",
    "dates",
    "implements",
    "sections",
    "subsections",
    "measures",
    "headings",
    "responsible",
    "agencies",
    "cites",
    "products",
    "targets",
    "platforms",
];

/// How one field was read.
#[derive(Default)]
pub struct Score {
    pub found: usize,
    /// In gold, not in the record; `sx-2025/1: 山西省财政厅 joint`.
    pub missed: Vec<String>,
    /// In the record, not in gold.
    pub extra: Vec<String>,
}

impl Score {
    pub fn precision(&self) -> f64 {
        self.share(self.extra.len())
    }

    pub fn recall(&self) -> f64 {
        self.share(self.missed.len())
    }

    pub fn f1(&self) -> f64 {
        let (found, wrong) = (self.found as f64, (self.missed.len() + self.extra.len()) as f64);
        if found + wrong == 0.0 { 1.0 } else { 2.0 * found / (2.0 * found + wrong) }
    }

    fn share(&self, wrong: usize) -> f64 {
        if self.found + wrong == 0 { 1.0 } else { self.found as f64 / (self.found + wrong) as f64 }
    }

    /// What is wrong, a line each.
    pub fn errors(&self) -> String {
        let missed = self.missed.iter().map(|item| format!("missed {item}\n"));
        let extra = self.extra.iter().map(|item| format!("extra  {item}\n"));
        missed.chain(extra).collect()
    }
}

/// How records were read, field by field.
#[derive(Default)]
pub struct Scores {
    fields: BTreeMap<&'static str, Score>,
}

impl Scores {
    pub fn get(&self, field: &str) -> &Score {
        assert!(FIELDS.contains(&field), "{field} is not scored");
        static NOTHING: Score = Score { found: 0, missed: Vec::new(), extra: Vec::new() };
        self.fields.get(field).unwrap_or(&NOTHING)
    }

    /// Adds one document. What gold says of a measure that was not found is
    /// missed with it; of a measure too much nothing but itself is counted.
    pub fn add(&mut self, record: &Record, gold: &Value) {
        let key = &record.key;
        assert_eq!(gold["doc"], **key);
        let values = |found: &[policygraph::Found<String>]| -> Vec<String> {
            found.iter().map(|one| one.value.clone()).collect()
        };
        let optional = |value: &Option<policygraph::Found<String>>| -> Vec<String> {
            value.iter().map(|one| one.value.clone()).collect()
        };
        let wire = serde_json::to_value(record).unwrap();
        self.compare(key, "title", optional(&record.title), gold, label);
        self.compare(key, "number", optional(&record.number), gold, label);
        self.compare(key, "genre", vec![label(&wire["genre"])], gold, label);
        // In order, so the whole list is one item.
        self.compare(key, "issuers", vec![values(&record.issuers).join("、")], gold, label);
        self.compare(key, "region", record.region.clone(), gold, label);
        self.compare(key, "dates", items(&wire["dates"], &label), gold, label);
        let titles = record.implements.iter().map(|c| c.title.clone()).collect();
        self.compare(key, "implements", titles, gold, |c| label(&c["title"]));
        let sections = record.sections.iter().map(|s| format!("{} {}", s.n, s.title)).collect();
        self.compare(key, "sections", sections, gold, |s| {
            format!("{} {}", s["n"], label(&s["title"]))
        });
        let headed = |section: Option<u32>, n, title: &str| {
            format!("{} {n} {title}", section.map_or("null".into(), |section| section.to_string()))
        };
        let subsections =
            record.subsections.iter().map(|s| headed(s.section, s.n, &s.title)).collect();
        self.compare(key, "subsections", subsections, gold, |s| {
            format!("{} {} {}", s["section"], s["n"], label(&s["title"]))
        });

        let mut left: Vec<&Measure> = record.measures.iter().collect();
        for gold in gold["measures"].as_array().unwrap() {
            let place = match gold["section"].as_u64() {
                Some(section) => format!("{key}/{section}.{}", gold["n"]),
                None => format!("{key}/{}", gold["n"]),
            };
            let found = left.iter().position(|measure| is(measure, &record.text, gold));
            let score = self.fields.entry("measures").or_default();
            let Some(found) = found else {
                score.missed.push(place.clone());
                self.compare(&place, "headings", Vec::new(), &heading(gold), label);
                self.provision(&place, &Provision::default(), gold);
                continue;
            };
            score.found += 1;
            let measure = left.remove(found);
            self.compare(&place, "headings", optional(&measure.title), &heading(gold), label);
            self.provision(&place, &measure.provision, gold);
        }
        let extra = left.iter().map(|measure| format!("{key}: {}", measure.n));
        self.fields.entry("measures").or_default().extra.extend(extra);
        if gold["body"].is_object() {
            let body = record.body.clone().unwrap_or_default();
            self.provision(&format!("{key}/body"), &body, &gold["body"]);
        }
    }

    fn provision(&mut self, place: &str, provision: &Provision, gold: &Value) {
        let role = |role| label(&serde_json::to_value(role).unwrap());
        let duties = &provision.responsible;
        let duties = duties.iter().map(|d| format!("{} {}", d.agency, role(d.role))).collect();
        self.compare(place, "responsible", duties, gold, |d| {
            format!("{} {}", label(&d["agency"]), label(&d["role"]))
        });
        let agencies = provision.agencies.iter().map(|a| a.value.clone()).collect();
        self.compare(place, "agencies", agencies, gold, |a| label(&a["agency"]));
        let cites = provision.cites.iter().map(|c| c.title.clone()).collect();
        self.compare(place, "cites", cites, gold, |c| label(&c["title"]));
        let products = provision.products.iter().map(|p| p.value.clone()).collect();
        self.compare(place, "products", products, gold, label);
        let targets = provision.targets.iter().map(target).collect();
        self.compare(place, "targets", targets, gold, |t| {
            let (from, to) = (t["from"].as_f64(), t["to"].as_f64());
            figures(&label(&t["comparator"]), from, to, &label(&t["unit"]))
        });
        let platforms = provision.platforms.iter().map(|p| p.value.clone()).collect();
        self.compare(place, "platforms", platforms, gold, label);
    }

    /// Adds a list of labels. What gold leaves out is not scored; what it calls
    /// optional, and what is `new:` to the taxonomy, is neither right nor wrong.
    fn compare(
        &mut self,
        place: &str,
        field: &'static str,
        read: Vec<String>,
        gold: &Value,
        label: impl Fn(&Value) -> String,
    ) {
        let score = self.fields.entry(field).or_default();
        let Some(values) = gold.get(field) else { return };
        let mut left: Vec<String> = match field {
            "issuers" => vec![strings(values).join("、")],
            _ => items(values, &label),
        };
        let optional = gold.get("optional").and_then(|optional| optional.get(field));
        let optional = optional.map_or(Vec::new(), |values| items(values, &label));
        let optional: Vec<String> = optional.iter().map(|label| plain(label)).collect();
        for label in read {
            let same = plain(&label);
            if let Some(found) = left.iter().position(|gold| plain(gold) == same) {
                left.remove(found);
                score.found += 1;
            } else if !optional.contains(&same) && !label.starts_with("new:") {
                score.extra.push(format!("{place}: {label}"));
            }
        }
        left.retain(|label| !label.starts_with("new:"));
        score.missed.extend(left.iter().map(|label| format!("{place}: {label}")));
    }
}

/// A table: precision, recall, F1, and how many stand behind them.
impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:12}    P     R    F1   found missed extra", "")?;
        for field in FIELDS {
            let score = self.get(field);
            let (p, r, f1) = (score.precision(), score.recall(), score.f1());
            let (missed, extra) = (score.missed.len(), score.extra.len());
            writeln!(f, "{field:12} {p:.3} {r:.3} {f1:.3} {:6} {missed:6} {extra:5}", score.found)?;
        }
        Ok(())
    }
}

/// True if the measure is the one that gold describes: its ordinal, how it
/// begins after its heading, and how it ends; or, if gold has its `span`, where
/// it begins and ends.
pub fn is(measure: &Measure, text: &str, gold: &Value) -> bool {
    if let Some(span) = gold.get("span") {
        let near = |at: u32, place: &Value| {
            place.as_u64().is_some_and(|place| near(text, at as usize, place as usize))
        };
        return gold["n"] == measure.n
            && near(measure.span.start, &span[0])
            && near(measure.span.end, &span[1]);
    }
    let text = plain(measure.span.slice(text));
    let heading = measure.title.as_ref().map_or(String::new(), |title| plain(&title.value));
    let body = match text.strip_prefix(&heading) {
        Some(rest) if !heading.is_empty() => rest.trim_start_matches(['。', '.', ':', ';']),
        _ => &text,
    };
    gold["n"] == measure.n
        && body.starts_with(&plain(gold["starts"].as_str().unwrap()))
        && text.ends_with(&plain(gold["ends"].as_str().unwrap()))
}

/// True if hardly anything but white space stands between two places.
fn near(text: &str, a: usize, b: usize) -> bool {
    /// So many characters more or less: a mark that is gone, an ordinal's bracket.
    const SLACK: usize = 2;
    text[a.min(b)..a.max(b)].split_whitespace().flat_map(str::chars).nth(SLACK).is_none()
}

fn heading(gold: &Value) -> Value {
    match gold.get("title") {
        Some(title) => serde_json::json!({ "headings": title }),
        None => Value::Null,
    }
}

fn target(target: &Target) -> String {
    let comparator = label(&serde_json::to_value(target.comparator).unwrap());
    figures(&comparator, target.from, target.to, &target.unit)
}

/// `reduce 58 → 30 工作日`; – for a figure that is not given.
fn figures(comparator: &str, from: Option<f64>, to: Option<f64>, unit: &str) -> String {
    let figure = |value: Option<f64>| value.map_or("–".into(), |value| value.to_string());
    format!("{comparator} {} → {} {unit}", figure(from), figure(to))
}

/// The labels of a list, of a value alone, or of `dates`.
fn items(value: &Value, label: &impl Fn(&Value) -> String) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(values) => values.iter().map(label).collect(),
        Value::Object(dates) => {
            dates.iter().map(|(name, date)| format!("{name} {}", label(date))).collect()
        }
        value => vec![label(value)],
    }
}

fn strings(values: &Value) -> Vec<String> {
    items(values, &label)
}

fn label(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Without white space, brackets and colons in one width.
fn plain(text: &str) -> String {
    let narrow = |c| match c {
        '（' => '(',
        '）' => ')',
        '：' => ':',
        '；' => ';',
        '，' => ',',
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}
