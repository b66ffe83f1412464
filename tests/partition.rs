//! Corpora in parts: policies that are resolved in groups, and the rows of all parts, are those of one
//! graph.

use policygraph::partition::{
    self, Clustered, FormName, GraphPart, PolicyReference, ResolvedPolicy, TitleEntry,
};
use policygraph::{
    Citation, Corpus, Found, Genre, InstrumentKind, Lexicon, Record, Rule, Span, export, read,
    seeds,
};
use policygraph_testkit::synthetic;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// Returns the value after a passage through JSON, as it moves between machines.
fn sent<T: Serialize + DeserializeOwned>(value: T) -> T {
    serde_json::from_str(&serde_json::to_string(&value).unwrap()).unwrap()
}

/// The policies of a corpus, and the references to them.
type Policies = (Vec<ResolvedPolicy>, BTreeMap<FormName, PolicyReference>);

/// Returns a value twice, as a retried task can send it.
fn twice<T: Clone>(value: T) -> [T; 2] {
    [value.clone(), value]
}

/// Resolves the policies of records in groups; the members of each come twice and in reverse order.
fn resolve(records: &[Record]) -> Policies {
    let lexicon = Lexicon::builtin();
    let mut forms = partition::outline_forms(lexicon);
    forms.extend(records.iter().flat_map(|record| partition::forms(record, lexicon)));
    let mut by_number: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for form in sent(forms).into_iter().rev().flat_map(twice) {
        by_number.entry(form.number_or_title().to_owned()).or_default().push(form);
    }
    let mut clustered: Vec<Clustered> = Vec::new();
    let mut by_title: BTreeMap<String, Vec<TitleEntry>> = BTreeMap::new();
    for group in by_number.into_values() {
        let (numbered, titled) = sent(partition::join_numbers(group));
        clustered.extend(numbered);
        for (words, entry) in titled.into_iter().rev().flat_map(twice) {
            by_title.entry(words).or_default().push(entry);
        }
    }
    clustered
        .extend(sent(by_title.into_values().flat_map(partition::join_titles).collect::<Vec<_>>()));
    let mut by_cluster: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for Clustered { cluster, form } in clustered.into_iter().rev() {
        by_cluster.entry(cluster).or_default().push(form);
    }
    let (mut policies, mut references) = (Vec::new(), BTreeMap::new());
    for (cluster, forms) in by_cluster {
        if let Some(policy) = partition::policy(&cluster, &forms, lexicon).unwrap() {
            references.extend(forms.iter().map(|form| (form.name(), sent(policy.reference()))));
            policies.push(sent(policy));
        }
    }
    (policies, references)
}

/// Rows of each table, sorted.
type Rows = BTreeMap<&'static str, Vec<String>>;

/// Returns the rows of the graph of all records.
fn whole(records: &[Record]) -> Rows {
    let graph = records.iter().cloned().collect::<Corpus>().graph(Lexicon::builtin());
    let tables = export::tables(&graph);
    let rows = |table: export::Table<'_>| {
        let mut rows: Vec<String> = table.rows().map(|row| format!("{row:?}")).collect();
        rows.sort();
        (table.name(), rows)
    };
    tables.iter().map(rows).collect()
}

/// Returns the rows of parts of these sizes; the last one takes the rest of the records. The policies are
/// parts of the same sizes.
fn parts(records: &[Record], sizes: &[usize]) -> Rows {
    let lexicon = Lexicon::builtin();
    let (policies, references) = resolve(records);
    let of_records = |records: &[Record]| {
        let forms = records.iter().flat_map(|record| partition::forms(record, lexicon));
        let given = forms.filter_map(|form| references.get_key_value(&form.name()));
        let given: Vec<_> = given.map(|(name, policy)| (name.clone(), policy.clone())).collect();
        GraphPart::new(sent(records.to_vec()), given, lexicon).unwrap()
    };
    let parts = split(records, sizes).map(of_records);
    let of_policies =
        split(&policies, sizes).map(|policies| GraphPart::of_policies(policies.to_vec(), lexicon));
    let mut own: Rows = BTreeMap::new();
    let mut shared: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    for part in parts.chain(of_policies) {
        for table in export::tables(part.graph()).iter() {
            let print = |row| format!("{row:?}");
            own.entry(table.name()).or_default().extend(part.own_rows(&table).map(print));
            shared.entry(table.name()).or_default().extend(part.shared_rows(&table).map(print));
        }
    }
    for (table, rows) in shared {
        own.entry(table).or_default().extend(rows);
    }
    own.values_mut().for_each(|rows| rows.sort());
    own
}

/// Splits a list in parts of these sizes; the last part takes the rest.
fn split<'l, T>(list: &'l [T], sizes: &'l [usize]) -> impl Iterator<Item = &'l [T]> {
    let (mut rest, mut sizes) = (list, sizes.iter().copied());
    std::iter::from_fn(move || {
        let size = sizes.next().unwrap_or(rest.len()).min(rest.len());
        let (part, after) = rest.split_at(size);
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

fn check(records: &[Record], sizes: &[usize]) {
    let (expected, found) = (whole(records), parts(records, sizes));
    assert_eq!(expected.len(), found.len());
    for (table, expected) in expected {
        let found = &found[table];
        let missing: Vec<_> = expected.iter().filter(|row| !found.contains(row)).take(3).collect();
        let extra: Vec<_> = found.iter().filter(|row| !expected.contains(row)).take(3).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{table}: {missing:#?} {extra:#?}");
        assert_eq!(expected.len(), found.len(), "{table}: rows more than once");
    }
}

#[test]
fn the_rows_of_single_records_are_those_of_the_graph() {
    check(&seeds(), &[1; 13]);
    check(&[], &[]);
}

/// Records of synthetic documents, which cite a few policies and each other.
fn made(seed: u64, measures: usize) -> Vec<Record> {
    let documents = synthetic::documents(seed, measures);
    documents.map(|made| read(Lexicon::builtin(), &made.key, &made.text)).collect()
}

#[test]
fn a_form_of_another_lexicon_is_an_error() {
    let form = r#"{"title":"意见","words":"意见","outline":999}"#;
    let forms = [serde_json::from_str(form).unwrap()];
    let error = partition::policy("title:意见#1", &forms, Lexicon::builtin()).unwrap_err();
    assert!(error.to_string().contains("outline 999 is not one of"), "{error}");
}

#[test]
fn parts_of_synthetic_documents_have_the_rows_of_their_graph() {
    let records = made(22, 1500);
    assert!(records.len() > 60, "{} records", records.len());
    check(&records, &[1, 1, 7, 20]);
}

/// A record that cites instruments by title and number, and can be one itself.
fn record(key: usize, cited: &[(String, &str)], head: Option<&(String, &str)>) -> Record {
    let mut record = read(Lexicon::builtin(), &format!("made-{key}"), "一、加强疫苗监管。");
    let span = Span::new(0, 3);
    record.implements = cited
        .iter()
        .map(|(title, number)| Citation {
            title: title.clone(),
            number: Some(*number).filter(|number| *number != "-").map(Into::into),
            kind: [InstrumentKind::Policy, InstrumentKind::Regulation][key % 2],
            span,
            rule: Rule::BookTitle,
        })
        .collect();
    if let Some((title, number)) = head {
        let found = |value: &str| Found { value: value.to_owned(), span, rule: Rule::Head };
        record.genre = Genre::Measures;
        record.title = Some(found(title));
        record.number = Some(*number).filter(|number| *number != "-").map(found);
    }
    record
}

/// Title and number of an instrument, of few words and numbers, for many coincidences.
fn instrument() -> impl Strategy<Value = (String, &'static str)> {
    const ISSUERS: [&str; 4] =
        ["", "山西省财政厅关于", "山西省药监局关于", "山西省药监局、山西省财政厅关于"];
    const TITLES: [&str; 4] = ["实施方案", "若干措施", "甲发〔2024〕1号", "医药产业的意见"];
    const NUMBERS: [&str; 5] =
        ["-", "-", "甲发〔2024〕1号", "甲发〔2025〕1号", "国办发〔2024〕53号"];
    let issuer = prop::sample::select(&ISSUERS[..]);
    let title = prop::sample::select(&TITLES[..]);
    let number = prop::sample::select(&NUMBERS[..]);
    (issuer, title, number).prop_map(|(issuer, title, number)| (format!("{issuer}{title}"), number))
}

fn citing() -> impl Strategy<Value = Vec<Record>> {
    let cited = prop::collection::vec(instrument(), 0..4);
    let of_record = (cited, prop::option::of(instrument()));
    prop::collection::vec(of_record, 1..6).prop_map(|all| {
        let all = all.iter().enumerate();
        all.map(|(key, (cited, head))| record(key, cited, head.as_ref())).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn parts_of_any_size_have_the_rows_of_the_graph(
        records in Just(seeds()).prop_shuffle(),
        sizes in prop::collection::vec(1..6_usize, 0..6),
    ) {
        check(&records, &sizes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn forms_that_are_resolved_in_groups_mean_the_same_policies(
        records in citing(),
        sizes in prop::collection::vec(1..4_usize, 0..4),
    ) {
        check(&records, &sizes);
    }
}
