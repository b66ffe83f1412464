//! Metrics of extraction: micro-averaged precision, recall and F1 of records
//! against gold annotations, with the missed and the extra values.
//!
//! The format of a gold document and the rules of comparison are defined in
//! `data/gold/README.md`.

use std::collections::BTreeMap;
use std::fmt;

use policygraph::{Measure, Provision, Record, Section, Target};
use serde_json::Value;

/// The scored fields, in the order of the table. Those that begin with `chapter` are the facts of
/// the prose of chapters; the seven fields before them are those of measures and bodies.
pub const FIELDS: [&str; 24] = [
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
    "deadlines",
    "chapter_responsible",
    "chapter_agencies",
    "chapter_cites",
    "chapter_products",
    "chapter_targets",
    "chapter_platforms",
];

/// Fields that a summary scores together, with the caption of their column.
pub const GROUPS: [(&str, &[&str]); 11] = [
    ("head", &["title", "number", "genre", "issuers", "region", "dates", "implements"]),
    ("measures", &["measures"]),
    ("headings", &["sections", "subsections", "headings"]),
    ("duties", &["responsible"]),
    ("agencies", &["agencies"]),
    ("cites", &["cites"]),
    ("products", &["products"]),
    ("targets", &["targets"]),
    ("platforms", &["platforms"]),
    ("deadlines", &["deadlines"]),
    (
        "prose",
        &[
            "chapter_responsible",
            "chapter_agencies",
            "chapter_cites",
            "chapter_products",
            "chapter_targets",
            "chapter_platforms",
        ],
    ),
];

/// Returns the field of the facts of chapters for a field of the facts of measures.
fn of_chapters(field: &str) -> &'static str {
    let names = |name: &&&str| name.strip_prefix("chapter_") == Some(field);
    FIELDS.iter().find(names).expect("every field of a provision has one for chapters")
}

/// Scores of one field.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Number of values that gold and record have in common.
    pub found: usize,
    /// Values of gold that the record lacks: `sx-2025/1: 山西省财政厅 joint`.
    pub missed: Vec<String>,
    /// Values of the record that gold lacks.
    pub extra: Vec<String>,
}

impl Score {
    /// Returns the precision, 0 to 1; 1 of nothing.
    pub fn precision(&self) -> f64 {
        self.share(self.extra.len())
    }

    /// Returns the recall, 0 to 1; 1 of nothing.
    pub fn recall(&self) -> f64 {
        self.share(self.missed.len())
    }

    /// Returns the harmonic mean of precision and recall; 1 of nothing.
    ///
    /// ```
    /// use policygraph_testkit::extraction::Score;
    ///
    /// let score = Score { found: 2, missed: vec!["a".into()], extra: vec!["b".into()] };
    /// assert_eq!((score.precision(), score.recall()), (2.0 / 3.0, 2.0 / 3.0));
    /// assert_eq!(score.f1(), 2.0 / 3.0);
    /// ```
    pub fn f1(&self) -> f64 {
        let (found, wrong) = (self.found as f64, (self.missed.len() + self.extra.len()) as f64);
        if found + wrong == 0.0 { 1.0 } else { 2.0 * found / (2.0 * found + wrong) }
    }

    fn share(&self, wrong: usize) -> f64 {
        if self.found + wrong == 0 { 1.0 } else { self.found as f64 / (self.found + wrong) as f64 }
    }

    /// Returns the missed and the extra values, one per line.
    pub fn errors(&self) -> String {
        let missed = self.missed.iter().map(|item| format!("missed {item}\n"));
        let extra = self.extra.iter().map(|item| format!("extra  {item}\n"));
        missed.chain(extra).collect()
    }
}

/// Scores of all fields, added up over documents. `Display` prints a table of the fields that have values.
///
/// ```
/// use policygraph::{Lexicon, read};
/// use policygraph_testkit::extraction::Scores;
///
/// let record = read(Lexicon::builtin(), "a", "一、加强监管。药品抽检。");
/// let gold = serde_json::json!({ "doc": "a", "measures": [
///     { "n": 1, "section": null, "title": "加强监管", "starts": "药品", "ends": "抽检。" },
///     { "n": 2, "section": null, "title": "优化服务", "starts": "即收", "ends": "即检。" },
/// ] });
/// let mut scores = Scores::default();
/// scores.add(&record, &gold);
/// let measures = scores.get("measures");
/// assert_eq!((measures.precision(), measures.recall()), (1.0, 0.5));
/// assert_eq!(scores.get("headings").missed, ["a/2: 优化服务"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Scores {
    fields: BTreeMap<&'static str, Score>,
}

impl Scores {
    /// Returns the scores of a field.
    ///
    /// # Panics
    ///
    /// If `field` is not one of [`FIELDS`].
    pub fn get(&self, field: &str) -> &Score {
        assert!(FIELDS.contains(&field), "{field} is not a scored field; see FIELDS");
        static NOTHING: Score = Score { found: 0, missed: Vec::new(), extra: Vec::new() };
        self.fields.get(field).unwrap_or(&NOTHING)
    }

    /// Returns the F1 of several fields together; `None` if neither gold nor records have a value.
    ///
    /// # Panics
    ///
    /// If a field is not one of [`FIELDS`].
    ///
    /// ```
    /// assert_eq!(policygraph_testkit::extraction::Scores::default().f1(&["title"]), None);
    /// ```
    pub fn f1(&self, fields: &[&str]) -> Option<f64> {
        let scores = || fields.iter().map(|field| self.get(field));
        let found: usize = scores().map(|score| score.found).sum();
        let wrong: usize = scores().map(|score| score.missed.len() + score.extra.len()).sum();
        (found + wrong > 0).then(|| 2.0 * found as f64 / (2 * found + wrong) as f64)
    }

    /// Returns precision, recall, F1 and counts of each field as JSON.
    ///
    /// * `misses`: fields with the missed and the extra values.
    ///
    /// ```
    /// let scores = policygraph_testkit::extraction::Scores::default().to_json(&["title"]);
    /// assert_eq!(scores["title"]["misses"]["missed"], serde_json::json!([]));
    /// ```
    pub fn to_json(&self, misses: &[&str]) -> Value {
        let fields = FIELDS.iter().map(|field| {
            let score = self.get(field);
            let mut value = serde_json::json!({
                "precision": score.precision(),
                "recall": score.recall(),
                "f1": score.f1(),
                "found": score.found,
                "missed": score.missed.len(),
                "extra": score.extra.len(),
            });
            if misses.contains(field) {
                value["misses"] =
                    serde_json::json!({ "missed": score.missed, "extra": score.extra });
            }
            ((*field).to_owned(), value)
        });
        Value::Object(fields.collect())
    }

    /// Adds one document. If a measure of gold is not found, all its values count as
    /// missed; an extra measure counts once, without its values.
    ///
    /// # Panics
    ///
    /// If `gold` is of another document or lacks a required field.
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
        let sections =
            record.sections.iter().map(|s| format!("{} {}", s.ordinal, s.title)).collect();
        self.compare(key, "sections", sections, gold, |s| {
            format!("{} {}", s["n"], label(&s["title"]))
        });
        self.chapters(record, gold);
        let headed = |section: Option<u32>, n, title: &str| {
            format!("{} {n} {title}", section.map_or("null".into(), |section| section.to_string()))
        };
        let subsections =
            record.subsections.iter().map(|s| headed(s.section, s.ordinal, &s.title)).collect();
        self.compare(key, "subsections", subsections, gold, |s| {
            format!("{} {} {}", s["section"], s["n"], label(&s["title"]))
        });

        let mut left: Vec<&Measure> = record.measures.iter().collect();
        for gold in gold["measures"].as_array().unwrap() {
            let place = match gold["section"].as_u64() {
                Some(section) => format!("{key}/{section}.{}", gold["n"]),
                None => format!("{key}/{}", gold["n"]),
            };
            let found =
                left.iter().position(|measure| is_same_measure(measure, &record.text, gold));
            let score = self.fields.entry("measures").or_default();
            let Some(found) = found else {
                score.missed.push(place.clone());
                self.compare(&place, "headings", Vec::new(), &heading(gold), label);
                self.provision(&place, &Provision::default(), gold, |field| field);
                self.deadlines(&place, &Provision::default(), gold);
                continue;
            };
            score.found += 1;
            let measure = left.remove(found);
            self.compare(&place, "headings", optional(&measure.title), &heading(gold), label);
            self.provision(&place, &measure.provision, gold, |field| field);
            self.deadlines(&place, &measure.provision, gold);
        }
        let extra = left.iter().map(|measure| format!("{key}: {}", measure.ordinal));
        self.fields.entry("measures").or_default().extra.extend(extra);
        if gold["body"].is_object() {
            let body = record.body.clone().unwrap_or_default();
            self.provision(&format!("{key}/body"), &body, &gold["body"], |field| field);
        }
    }

    /// Adds the deadlines of a measure, by their last days.
    fn deadlines(&mut self, place: &str, provision: &Provision, gold: &Value) {
        let day = |day: Option<String>| day.unwrap_or_else(|| "unknown".to_owned());
        let read = provision.deadlines.iter();
        let read = read.map(|deadline| day(deadline.by.map(|day| day.to_string()))).collect();
        self.compare(place, "deadlines", read, gold, |deadline| {
            day(deadline["by"].as_str().map(str::to_owned))
        });
    }

    /// Adds the facts of the chapters that gold gives a provision. If such a chapter is not found,
    /// all its values count as missed.
    fn chapters(&mut self, record: &Record, gold: &Value) {
        let mut left: Vec<&Section> = record.sections.iter().collect();
        for gold in gold["sections"].as_array().into_iter().flatten() {
            let title = plain(&label(&gold["title"]));
            let same =
                |section: &&Section| gold["n"] == section.ordinal && plain(&section.title) == title;
            let found = left.iter().position(same).map(|place| left.remove(place));
            let none = Provision::default();
            let provision = found.map_or(&none, |section| &section.provision);
            if gold["provision"].is_object() {
                let place = format!("{}/§{}", record.key, gold["n"]);
                self.provision(&place, provision, &gold["provision"], of_chapters);
            }
        }
    }

    /// Adds the facts of a provision. `scored`: returns the scored field for a field of gold.
    fn provision(
        &mut self,
        place: &str,
        provision: &Provision,
        gold: &Value,
        scored: impl Fn(&'static str) -> &'static str,
    ) {
        let mut compare = |field, read, label: &dyn Fn(&Value) -> String| {
            self.compare_as(scored(field), place, field, read, gold, label);
        };
        let role = |role| label(&serde_json::to_value(role).unwrap());
        let duties = &provision.responsible;
        let duties = duties.iter().map(|d| format!("{} {}", d.agency, role(d.role))).collect();
        compare("responsible", duties, &|d| {
            format!("{} {}", label(&d["agency"]), label(&d["role"]))
        });
        let agencies = provision.agencies.iter().map(|a| a.value.clone()).collect();
        compare("agencies", agencies, &|a| label(&a["agency"]));
        let cites = provision.cites.iter().map(|c| c.title.clone()).collect();
        compare("cites", cites, &|c| label(&c["title"]));
        let products = provision.products.iter().map(|p| p.value.clone()).collect();
        compare("products", products, &label);
        let wanted = |t: &Value| {
            let (from, to) = (t["from"].as_f64(), t["to"].as_f64());
            figures(&label(&t["comparator"]), from, to, &label(&t["unit"]))
        };
        // Gold lists some conditions: one that it leaves out is not an error.
        let listed = items(&gold["targets"], &wanted);
        let scored = |t: &&Target| !t.condition || listed.contains(&target(t));
        let targets = provision.targets.iter().filter(scored).map(target).collect();
        compare("targets", targets, &wanted);
        let platforms = provision.platforms.iter().map(|p| p.value.clone()).collect();
        compare("platforms", platforms, &label);
    }

    fn compare(
        &mut self,
        place: &str,
        field: &'static str,
        read: Vec<String>,
        gold: &Value,
        label: impl Fn(&Value) -> String,
    ) {
        self.compare_as(field, place, field, read, gold, &label);
    }

    /// Adds a list of labels. A field that gold leaves out is not scored. Labels that
    /// gold lists as optional, or that start with `new:`, are neither correct nor
    /// extra. `scored`: the field of the score; `field`: that of gold.
    fn compare_as(
        &mut self,
        scored: &'static str,
        place: &str,
        field: &str,
        read: Vec<String>,
        gold: &Value,
        label: &dyn Fn(&Value) -> String,
    ) {
        let score = self.fields.entry(scored).or_default();
        let Some(values) = gold.get(field) else { return };
        let mut left: Vec<String> = match field {
            "issuers" => vec![strings(values).join("、")],
            _ => items(values, label),
        };
        let optional = gold.get("optional").and_then(|optional| optional.get(field));
        let optional = optional.map_or(Vec::new(), |values| items(values, label));
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

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:20}    P     R    F1   found missed extra", "")?;
        for field in FIELDS.into_iter().filter(|field| self.f1(&[field]).is_some()) {
            let score = self.get(field);
            let (p, r, f1) = (score.precision(), score.recall(), score.f1());
            let (missed, extra) = (score.missed.len(), score.extra.len());
            writeln!(f, "{field:20} {p:.3} {r:.3} {f1:.3} {:6} {missed:6} {extra:5}", score.found)?;
        }
        Ok(())
    }
}

/// Adds the entries of `deadlines.json` to the measures of a gold record, each by the position in
/// its key, so that they are scored.
///
/// ```
/// use policygraph_testkit::extraction::add_deadlines;
///
/// let mut gold = serde_json::json!({ "doc": "a", "measures": [{ "n": 1 }, { "n": 2 }] });
/// add_deadlines(&mut gold, &serde_json::json!([{ "measure": "a/2", "by": "2026-06-30" }]));
/// assert_eq!(gold["measures"][1]["deadlines"][0]["by"], "2026-06-30");
/// assert_eq!(gold["measures"][0]["deadlines"].as_array().unwrap().len(), 0);
/// ```
pub fn add_deadlines(gold: &mut Value, deadlines: &Value) {
    let key = label(&gold["doc"]);
    let measures = gold["measures"].as_array_mut().into_iter().flatten();
    for (position, measure) in (1..).zip(measures) {
        let place = format!("{key}/{position}");
        let all = deadlines.as_array().into_iter().flatten();
        let own = all.filter(|deadline| deadline["measure"] == *place).cloned().collect();
        measure["deadlines"] = Value::Array(own);
    }
}

/// Returns true if gold describes this measure: by ordinal, first words after the
/// heading and last words; or by ordinal and byte range, if gold has a `span`.
///
/// ```
/// use policygraph::{Lexicon, read};
/// use policygraph_testkit::extraction::is_same_measure;
///
/// let record = read(Lexicon::builtin(), "a", "一、药品抽检。\n二、即收即检。");
/// let gold = serde_json::json!({ "n": 2, "starts": "即收", "ends": "即检。" });
/// assert!(!is_same_measure(&record.measures[0], &record.text, &gold));
/// assert!(is_same_measure(&record.measures[1], &record.text, &gold));
/// ```
pub fn is_same_measure(measure: &Measure, text: &str, gold: &Value) -> bool {
    if let Some(span) = gold.get("span") {
        let near = |at: u32, place: &Value| {
            place.as_u64().is_some_and(|place| near(text, at as usize, place as usize))
        };
        return gold["n"] == measure.ordinal
            && near(measure.span.start, &span[0])
            && near(measure.span.end, &span[1]);
    }
    let text = plain(measure.span.slice(text));
    let heading = measure.title.as_ref().map_or(String::new(), |title| plain(&title.value));
    let body = match text.strip_prefix(&heading) {
        Some(rest) if !heading.is_empty() => rest.trim_start_matches(['。', '.', ':', ';']),
        _ => &text,
    };
    gold["n"] == measure.ordinal
        && body.starts_with(&plain(gold["starts"].as_str().unwrap()))
        && text.ends_with(&plain(gold["ends"].as_str().unwrap()))
}

/// Returns true if two byte offsets are almost equal: at most [`SLACK`] characters
/// that are not white space lie between them.
fn near(text: &str, a: usize, b: usize) -> bool {
    text[a.min(b)..a.max(b)].split_whitespace().flat_map(str::chars).nth(SLACK).is_none()
}

/// Maximum number of characters that a boundary may be off, for a mark that is
/// missing or the bracket of an ordinal.
const SLACK: usize = 2;

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

/// Returns `reduce 58 → 30 工作日`, with – for a missing figure.
fn figures(comparator: &str, from: Option<f64>, to: Option<f64>, unit: &str) -> String {
    let figure = |value: Option<f64>| value.map_or("–".into(), |value| value.to_string());
    format!("{comparator} {} → {} {unit}", figure(from), figure(to))
}

/// Returns the labels of a list, of a single value, or of `dates`.
fn items(value: &Value, label: &dyn Fn(&Value) -> String) -> Vec<String> {
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

/// Removes white space and turns full-width brackets and marks into half-width.
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
