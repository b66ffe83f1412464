//! Clusters surface forms by the instrument that they name, in three passes: by number, by
//! title and issuer, by title alone.

use super::surface_form::SurfaceForm;
use indexmap::IndexMap;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Positions of the forms of one instrument.
type Cluster = Vec<usize>;

/// Clusters the forms by instrument.
pub(super) fn cluster(forms: &[&SurfaceForm]) -> Vec<Cluster> {
    let mut clusters = Clusters::default();
    clusters.join_numbers(forms);
    clusters.join_issued(forms);
    clusters.join_titles(forms);
    clusters.clusters
}

/// Clusters under construction, indexed by title and issuer.
#[derive(Default)]
struct Clusters<'f> {
    clusters: Vec<Cluster>,
    by_title: HashMap<&'f str, BTreeSet<usize>>,
    by_issuer: HashMap<(&'f str, &'f str), BTreeSet<usize>>,
}

impl<'f> Clusters<'f> {
    /// First pass: the same number.
    fn join_numbers(&mut self, forms: &[&'f SurfaceForm]) {
        let mut numbered: IndexMap<&str, Cluster> = IndexMap::new();
        for (at, form) in forms.iter().enumerate() {
            if let Some(number) = &form.number {
                numbered.entry(number).or_default().push(at);
            }
        }
        for cluster in numbered.into_values() {
            self.add(cluster, forms);
        }
    }

    /// Second pass: no number, but a title and an issuer.
    fn join_issued(&mut self, forms: &[&'f SurfaceForm]) {
        // Forms with more issuers come first, so that the others match them.
        let mut alike: BTreeMap<_, Cluster> = BTreeMap::new();
        for (at, form) in forms.iter().enumerate() {
            if form.number.is_none() && !form.issuers.is_empty() {
                let key = (Reverse(form.issuers.len()), &form.issuers, &*form.words);
                alike.entry(key).or_default().push(at);
            }
        }
        let mut unmatched: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for ((_, issuers, title), cluster) in alike {
            let candidates: BTreeSet<usize> = issuers
                .iter()
                .filter_map(|issuer| self.by_issuer.get(&(title, &**issuer)))
                .flatten()
                .copied()
                .collect();
            match (candidates.first(), candidates.len()) {
                (Some(&one), 1) => {
                    self.clusters[one].extend(cluster);
                    for issuer in issuers {
                        self.by_issuer.entry((title, issuer)).or_default().insert(one);
                    }
                }
                (None, _) => unmatched.entry(title).or_default().push(self.add(cluster, forms)),
                // Several instruments have this title and issuer: the form joins none of them.
                _ => {
                    let separate = self.push(cluster);
                    self.by_title.entry(title).or_default().insert(separate);
                }
            }
        }
        for (title, unmatched) in unmatched {
            self.join_unissued(title, &unmatched, forms);
        }
    }

    /// Merges a numbered instrument without an issuer and an issued one without a
    /// number, if each is the only one with the title.
    fn join_unissued(&mut self, title: &'f str, issued: &[usize], forms: &[&'f SurfaceForm]) {
        let titled = &self.by_title[title];
        let unissued = |cluster: &&usize| {
            self.clusters[**cluster].iter().all(|&form| forms[form].issuers.is_empty())
        };
        let mut unissued = titled.iter().filter(unissued);
        if let (Some(&numbered), None, &[issued]) = (unissued.next(), unissued.next(), issued) {
            let cluster = std::mem::take(&mut self.clusters[issued]);
            self.clusters[numbered].extend(cluster);
            self.by_title.entry(title).or_default().remove(&issued);
        }
    }

    /// Third pass: a title alone.
    fn join_titles(&mut self, forms: &[&'f SurfaceForm]) {
        let mut alike: BTreeMap<&str, Cluster> = BTreeMap::new();
        for (at, form) in forms.iter().enumerate() {
            if form.number.is_none() && form.issuers.is_empty() {
                alike.entry(&form.words).or_default().push(at);
            }
        }
        for (title, cluster) in alike {
            let titled = self.by_title.get(title).map_or(&NONE, |titled| titled);
            match (titled.first(), titled.len()) {
                (Some(&one), 1) => self.clusters[one].extend(cluster),
                _ => _ = self.push(cluster),
            }
        }
    }

    /// Adds a cluster and indexes it by its titles and issuers.
    fn add(&mut self, cluster: Cluster, forms: &[&'f SurfaceForm]) -> usize {
        let id = self.clusters.len();
        let issuers: BTreeSet<&str> =
            cluster.iter().flat_map(|&form| &forms[form].issuers).map(|issuer| &**issuer).collect();
        for &form in &cluster {
            let title = &*forms[form].words;
            self.by_title.entry(title).or_default().insert(id);
            for &issuer in &issuers {
                self.by_issuer.entry((title, issuer)).or_default().insert(id);
            }
        }
        self.push(cluster)
    }

    fn push(&mut self, cluster: Cluster) -> usize {
        self.clusters.push(cluster);
        self.clusters.len() - 1
    }
}

static NONE: BTreeSet<usize> = BTreeSet::new();

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::policies::surface_form::FormSource;
    use proptest::prelude::*;

    /// Clusters forms of number, issuers and title (`-`: not printed). Returns
    /// positions of forms.
    fn clusters(forms: &[(&str, &str, &str)]) -> Vec<Vec<usize>> {
        let forms: Vec<SurfaceForm> = forms
            .iter()
            .map(|&(number, issuers, title)| SurfaceForm {
                title: title.into(),
                number: Some(number).filter(|number| *number != "-").map(Into::into),
                words: title.into(),
                issuers: issuers
                    .split('、')
                    .filter(|issuer| *issuer != "-")
                    .map(Into::into)
                    .collect(),
                source: FormSource::Outline(0),
            })
            .collect();
        let mut clusters = cluster(&forms.iter().collect::<Vec<_>>());
        clusters.retain(|cluster| !cluster.is_empty());
        clusters.iter_mut().for_each(|cluster| cluster.sort_unstable());
        clusters.sort();
        clusters
    }

    #[test]
    fn the_same_number_is_the_same_policy() {
        let forms = [
            ("国办发〔2024〕53号", "国务院办公厅", "全面深化药品医疗器械监管改革的意见"),
            ("国办发〔2024〕53号", "-", "深化改革意见"),
            ("国办发〔2021〕16号", "-", "深化改革意见"),
        ];
        assert_eq!(clusters(&forms), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn a_title_joins_the_only_policy_with_that_title() {
        let forms = [
            ("-", "-", "药品监管能力建设的实施意见"),
            ("国办发〔2021〕16号", "国务院办公厅", "药品监管能力建设的实施意见"),
            ("-", "国务院办公厅", "药品监管能力建设的实施意见"),
        ];
        assert_eq!(clusters(&forms), [vec![0, 1, 2]]);
    }

    #[test]
    fn two_issuers_of_one_title_are_two_policies() {
        let forms = [
            ("-", "山西省药品监督管理局", "实施方案"),
            ("-", "吉林省药品监督管理局", "实施方案"),
            ("-", "-", "实施方案"),
        ];
        assert_eq!(clusters(&forms), [vec![0], vec![1], vec![2]]);
    }

    #[test]
    fn two_numbers_of_one_title_are_two_policies() {
        let forms = [
            ("晋药监〔2024〕1号", "山西省药品监督管理局", "工作要点"),
            ("晋药监〔2025〕1号", "山西省药品监督管理局", "工作要点"),
            ("-", "山西省药品监督管理局", "工作要点"),
            ("-", "-", "工作要点"),
        ];
        assert_eq!(clusters(&forms), [vec![0], vec![1], vec![2], vec![3]]);
    }

    #[test]
    fn a_number_without_issuer_joins_an_issuer_without_number() {
        let one = [("国办发〔2024〕53号", "-", "意见"), ("-", "国务院办公厅", "意见")];
        assert_eq!(clusters(&one), [vec![0, 1]]);
        let two = [one[0], one[1], ("-", "山西省人民政府办公厅", "意见")];
        assert_eq!(clusters(&two), [vec![0], vec![1], vec![2]]);
    }

    #[test]
    fn one_of_several_issuers_is_enough() {
        let forms = [
            ("-", "山西省财政厅", "若干措施"),
            ("-", "山西省药品监督管理局、山西省财政厅", "若干措施"),
            ("-", "山西省药品监督管理局", "若干措施"),
        ];
        assert_eq!(clusters(&forms), [vec![0, 1, 2]]);
    }

    /// Forms of few numbers, issuers and titles, for many coincidences; in two
    /// orders.
    fn forms() -> impl Strategy<Value = [Vec<(&'static str, &'static str, &'static str)>; 2]> {
        let numbers = prop::sample::select(vec!["-", "甲〔2024〕1号", "甲〔2025〕1号"]);
        let issuers = prop::sample::select(vec!["-", "甲", "乙", "丙", "甲、乙", "乙、丙"]);
        let titles = prop::sample::select(vec!["意见", "实施方案"]);
        prop::collection::btree_set((numbers, issuers, titles), 0..16).prop_flat_map(|forms| {
            let sorted: Vec<_> = forms.into_iter().collect();
            (Just(sorted.clone()), Just(sorted).prop_shuffle()).prop_map(|(a, b)| [a, b])
        })
    }

    proptest! {
        #[test]
        fn the_result_does_not_depend_on_the_order_of_the_forms(orders in forms()) {
            let [sorted, shuffled] = orders.map(|forms| -> BTreeSet<BTreeSet<_>> {
                let named = |cluster: &Vec<usize>| cluster.iter().map(|&at| forms[at]).collect();
                clusters(&forms).iter().map(named).collect()
            });
            prop_assert_eq!(sorted, shuffled);
        }
    }
}
