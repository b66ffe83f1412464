//! Clusters surface forms by the instrument that they name, in three passes: by number, by
//! title and issuer, by title alone.

use super::surface_form::SurfaceForm;
use indexmap::IndexMap;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

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
    /// Forms without a number that have the number of another form as title.
    titled_by_number: HashSet<usize>,
    by_title: HashMap<&'f str, BTreeSet<usize>>,
    /// The clusters of the first pass by issuer. A cluster can have many titles and many issuers,
    /// so the index does not contain each pair of the two.
    numbered: HashMap<&'f str, BTreeSet<usize>>,
    /// The clusters with a title and an issuer, for the pairs that the second pass asked for.
    by_issuer: HashMap<(&'f str, &'f str), Matches>,
}

/// Number of clusters that match a form, and the cluster if it is only one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Matches {
    #[default]
    None,
    One(usize),
    Several,
}

impl Matches {
    /// Returns the union.
    fn or(self, other: Matches) -> Matches {
        match (self, other) {
            (Matches::None, matches) | (matches, Matches::None) => matches,
            (Matches::One(one), Matches::One(same)) if one == same => self,
            _ => Matches::Several,
        }
    }
}

impl<'f> Clusters<'f> {
    /// First pass: the same number, or another form's number as title.
    fn join_numbers(&mut self, forms: &[&'f SurfaceForm]) {
        let mut numbered: IndexMap<&str, Cluster> = IndexMap::new();
        for (at, form) in forms.iter().enumerate() {
            if let Some(number) = &form.number {
                numbered.entry(number).or_default().push(at);
            }
        }
        for (at, form) in forms.iter().enumerate() {
            if let (None, Some(cluster)) = (&form.number, numbered.get_mut(&*form.title)) {
                cluster.push(at);
                self.titled_by_number.insert(at);
            }
        }
        for cluster in numbered.into_values() {
            let id = self.clusters.len();
            for form in cluster.iter().map(|&form| forms[form]) {
                self.by_title.entry(&form.words).or_default().insert(examine(id));
                for issuer in &form.issuers {
                    self.numbered.entry(issuer).or_default().insert(examine(id));
                }
            }
            self.push(cluster);
        }
    }

    /// Returns the clusters with a title and an issuer. The first time, O(number of clusters with
    /// the rarer of the two, × log); then O(1).
    fn matches(&mut self, title: &'f str, issuer: &'f str) -> &mut Matches {
        let Clusters { by_title, numbered, by_issuer, .. } = self;
        by_issuer.entry((title, issuer)).or_insert_with(|| {
            let titled = by_title.get(title).unwrap_or(&NONE);
            let issued = numbered.get(issuer).unwrap_or(&NONE);
            let (few, many) = match titled.len() < issued.len() {
                true => (titled, issued),
                false => (issued, titled),
            };
            let both = few.iter().map(examine).filter(|&id| many.contains(id)).take(2);
            both.fold(Matches::None, |matches, &id| matches.or(Matches::One(id)))
        })
    }

    /// Returns true if the form at a position is in no cluster of the first pass.
    fn is_open(&self, at: usize, form: &SurfaceForm) -> bool {
        form.number.is_none() && !self.titled_by_number.contains(&at)
    }

    /// Second pass: no number, but a title and an issuer.
    fn join_issued(&mut self, forms: &[&'f SurfaceForm]) {
        // Forms with more issuers come first, so that the others match them.
        let mut alike: BTreeMap<_, Cluster> = BTreeMap::new();
        for (at, form) in forms.iter().enumerate() {
            if self.is_open(at, form) && !form.issuers.is_empty() {
                let key = (Reverse(form.issuers.len()), &form.issuers, &*form.words);
                alike.entry(key).or_default().push(at);
            }
        }
        let mut unmatched: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for ((_, issuers, title), cluster) in alike {
            let candidates = issuers
                .iter()
                .fold(Matches::None, |matches, issuer| matches.or(*self.matches(title, issuer)));
            let joined = match candidates {
                Matches::One(one) => {
                    self.clusters[one].extend(cluster);
                    Some(one)
                }
                Matches::None => {
                    let new = self.push_titled(title, cluster);
                    unmatched.entry(title).or_default().push(new);
                    Some(new)
                }
                // Several instruments have this title and issuer: the form joins none of them.
                Matches::Several => {
                    self.push_titled(title, cluster);
                    None
                }
            };
            let Some(id) = joined else { continue };
            for issuer in issuers {
                let matches = self.matches(title, issuer);
                *matches = matches.or(Matches::One(id));
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
            if self.is_open(at, form) && form.issuers.is_empty() {
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

    /// Adds a cluster and indexes it by its title.
    fn push_titled(&mut self, title: &'f str, cluster: Cluster) -> usize {
        let id = self.push(cluster);
        self.by_title.entry(title).or_default().insert(id);
        id
    }

    fn push(&mut self, cluster: Cluster) -> usize {
        self.clusters.push(cluster);
        self.clusters.len() - 1
    }
}

static NONE: BTreeSet<usize> = BTreeSet::new();

/// Returns an entry of an index that is written or compared. Tests count the calls.
fn examine<T>(entry: T) -> T {
    #[cfg(test)]
    tests::EXAMINED.with(|examined| examined.set(examined.get() + 1));
    entry
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::policies::surface_form::FormSource;
    use proptest::prelude::*;
    use std::cell::Cell;

    /// Returns the form of a number, issuers and a title; `-`: not printed.
    fn surface_form(number: &str, issuers: &str, title: &str) -> SurfaceForm {
        let issuers = issuers.split('、').filter(|issuer| *issuer != "-");
        SurfaceForm {
            title: title.into(),
            number: Some(number).filter(|number| *number != "-").map(Into::into),
            words: title.into(),
            issuers: issuers.map(Into::into).collect(),
            source: FormSource::Outline(0),
        }
    }

    /// Clusters forms of number, issuers and title. Returns positions of forms.
    fn clusters(forms: &[(&str, &str, &str)]) -> Vec<Vec<usize>> {
        let form = |form: &(&str, &str, &str)| surface_form(form.0, form.1, form.2);
        let forms: Vec<SurfaceForm> = forms.iter().map(form).collect();
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
    fn a_title_that_is_a_number_is_the_policy_with_that_number() {
        let forms = [
            ("国办发〔2024〕53号", "国务院办公厅", "深化改革意见"),
            ("-", "-", "国办发〔2024〕53号"),
            ("-", "-", "国办发〔2021〕16号"),
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

    thread_local! {
        /// Number of index entries written or compared on this thread.
        pub(super) static EXAMINED: Cell<usize> = const { Cell::new(0) };
    }

    /// Checks that clustering examines at most four index entries for each form of a pattern.
    fn check_growth(forms: &[(String, String, String)]) {
        let form = |form: &(String, String, String)| surface_form(&form.0, &form.1, &form.2);
        let forms: Vec<SurfaceForm> = forms.iter().map(form).collect();
        EXAMINED.set(0);
        cluster(&forms.iter().collect::<Vec<_>>());
        let examined = EXAMINED.get();
        assert!(examined <= 4 * forms.len(), "{examined} entries for {} forms", forms.len());
    }

    #[test]
    fn one_title_with_many_numbers_and_joint_issuers_takes_linear_time() {
        let form = |number, n| (number, format!("甲、乙{n}"), "意见".to_owned());
        let numbered = (0..1000).map(|n| form(format!("甲发〔2024〕{n}号"), n));
        let titled = (1000..2000).map(|n| form("-".to_owned(), n));
        check_growth(&numbered.chain(titled).collect::<Vec<_>>());
    }

    #[test]
    fn one_number_with_many_titles_and_issuers_takes_linear_time() {
        let form = |number: &str, n| (number.to_owned(), format!("甲{n}"), format!("意见{n}"));
        let numbered = (0..1000).map(|n| form("甲发〔2024〕1号", n));
        let titled = (0..1000).map(|n| form("-", n));
        check_growth(&numbered.chain(titled).collect::<Vec<_>>());
    }

    /// Forms of few numbers, issuers and titles, for many coincidences; in two
    /// orders.
    fn forms() -> impl Strategy<Value = [Vec<(&'static str, &'static str, &'static str)>; 2]> {
        let numbers = prop::sample::select(vec!["-", "甲〔2024〕1号", "甲〔2025〕1号"]);
        let issuers = prop::sample::select(vec!["-", "甲", "乙", "丙", "甲、乙", "乙、丙"]);
        let titles = prop::sample::select(vec!["意见", "实施方案", "甲〔2024〕1号"]);
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
