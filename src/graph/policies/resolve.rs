//! Clusters surface forms by the instrument that they name, in three passes: by number, by
//! title and issuer, by title alone.
//!
//! Each pass looks at one group of forms, so that groups can be on different machines: the first at
//! forms with an equal number or title, the others at forms with equal title words.

use super::surface_form::SurfaceForm;
use indexmap::IndexMap;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Positions of the forms of one instrument.
type Cluster = Vec<usize>;

/// Clusters the forms by instrument.
pub(super) fn cluster(forms: &[&SurfaceForm]) -> Vec<Cluster> {
    let mut by_number: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (at, form) in forms.iter().enumerate() {
        by_number.entry(form.number_or_title()).or_default().push(at);
    }
    let (mut clusters, mut summaries) = (Vec::new(), Vec::new());
    let mut by_title: IndexMap<&str, Titled> = IndexMap::new();
    for group in by_number.into_values() {
        match join_numbers(group.iter().map(|&at| forms[at])) {
            Some(summary) => {
                for &words in &summary.words {
                    by_title.entry(words).or_default().numbered.push(examine(clusters.len()));
                }
                clusters.push(group);
                summaries.push(summary);
            }
            None => {
                for at in group {
                    by_title.entry(&forms[at].words).or_default().open.push(at);
                }
            }
        }
    }
    for Titled { numbered, open } in by_title.into_values() {
        let known: Vec<_> = numbered.iter().map(|&cluster| &summaries[cluster].issuers).collect();
        let issuers: Vec<_> = open.iter().map(|&at| &forms[at].issuers).collect();
        let mut joined = join_titles(&issuers, &known).into_iter();
        let place = |form: usize| open[form];
        for (&cluster, joined) in numbered.iter().zip(&mut joined) {
            clusters[cluster].extend(joined.into_iter().map(place));
        }
        clusters.extend(joined.map(|joined| joined.into_iter().map(place).collect::<Cluster>()));
    }
    clusters
}

/// Forms and clusters with equal title words.
#[derive(Default)]
struct Titled {
    /// Positions of the clusters with a number.
    numbered: Vec<usize>,
    /// Positions of the forms without a number.
    open: Vec<usize>,
}

/// All that the passes by title ask about a cluster with a number.
pub(super) struct Summary<'f> {
    /// The title words of its forms.
    pub(super) words: BTreeSet<&'f str>,
    /// The issuers of its forms. A cluster can have many titles and many issuers, so they are not
    /// listed for each title.
    pub(super) issuers: BTreeSet<&'f str>,
}

/// First pass, on all forms with an equal number or title: they are one cluster if the number of one
/// of them is printed as a number. `None` if it is only printed as a title: the forms stay open.
pub(super) fn join_numbers<'f>(
    group: impl Iterator<Item = &'f SurfaceForm> + Clone,
) -> Option<Summary<'f>> {
    group.clone().find(|form| form.number.is_some())?;
    Some(Summary {
        words: group.clone().map(|form| &*form.words).collect(),
        issuers: group.flat_map(|form| &form.issuers).map(|issuer| &**issuer).collect(),
    })
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

/// Second and third pass, on all open forms with equal title words, and all clusters with a number
/// that have these words: by title and issuer, then by title alone.
///
/// * `open`: the issuers of each open form; `numbered`: those of each cluster.
/// * Returns the positions of the forms that join each of `numbered`, then those of each new cluster.
///   The result does not depend on the order of either.
pub(super) fn join_titles(
    open: &[&BTreeSet<Box<str>>],
    numbered: &[&BTreeSet<&str>],
) -> Vec<Cluster> {
    // Forms with more issuers come first, so that the others match them.
    let mut alike: BTreeMap<_, Cluster> = BTreeMap::new();
    let mut unissued = Vec::new();
    for (at, &issuers) in open.iter().enumerate() {
        match issuers.len() {
            0 => unissued.push(at),
            count => alike.entry((Reverse(count), issuers)).or_default().push(at),
        }
    }
    let asked = alike.keys().flat_map(|(_, issuers)| *issuers).map(|issuer| &**issuer);
    let mut by_issuer = matches(asked, numbered);
    let mut clusters: Vec<Cluster> = vec![Vec::new(); numbered.len()];
    let mut unmatched = Vec::new();
    for ((_, issuers), forms) in alike {
        let candidates = issuers.iter().map(|issuer| by_issuer[&**issuer]);
        let joined = match candidates.fold(Matches::None, Matches::or) {
            Matches::One(one) => {
                clusters[one].extend(forms);
                one
            }
            Matches::None => {
                unmatched.push(clusters.len());
                clusters.push(forms);
                clusters.len() - 1
            }
            // Several instruments have this title and issuer: the form joins none of them.
            Matches::Several => {
                clusters.push(forms);
                continue;
            }
        };
        for issuer in issuers {
            let matches = by_issuer.entry(issuer).or_default();
            *matches = matches.or(Matches::One(joined));
        }
    }
    // A numbered instrument without an issuer and an issued one without a number are the same, if
    // each is the only one with the title.
    let mut silent = (0..numbered.len()).filter(|&cluster| numbered[cluster].is_empty());
    if let (Some(silent), None, &[issued]) = (silent.next(), silent.next(), &unmatched[..]) {
        let forms = clusters.remove(issued);
        clusters[silent].extend(forms);
    }
    match &mut clusters[..] {
        [only] => only.extend(unissued),
        _ if unissued.is_empty() => {}
        _ => clusters.push(unissued),
    }
    clusters
}

/// Returns the clusters of each issuer that is asked for. O(for each cluster the fewer of its issuers
/// and those asked for, × log).
fn matches<'f>(
    asked: impl Iterator<Item = &'f str>,
    numbered: &[&BTreeSet<&str>],
) -> HashMap<&'f str, Matches> {
    let mut matches: HashMap<&str, Matches> = asked.map(|issuer| (issuer, Matches::None)).collect();
    for (cluster, issuers) in numbered.iter().enumerate() {
        let add = |matches: &mut Matches| *matches = matches.or(Matches::One(cluster));
        if issuers.len() < matches.len() {
            let known = issuers.iter().map(examine);
            known.for_each(|&issuer| _ = matches.get_mut(issuer).map(add));
        } else {
            let asked = matches.iter_mut().map(examine);
            asked.filter(|(issuer, _)| issuers.contains(*issuer)).for_each(|(_, of)| add(of));
        }
    }
    matches
}

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
    fn forms_of_each_title_join_without_a_look_at_the_other_titles() {
        let forms = [
            ("国办发〔2024〕53号", "-", "意见"),
            ("国办发〔2024〕53号", "-", "深化改革的意见"),
            ("-", "国务院办公厅", "意见"),
            ("-", "国务院", "深化改革的意见"),
        ];
        assert_eq!(clusters(&forms), [vec![0, 1, 2, 3]]);
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
