//! Documents that adopt a policy, by date.

use super::PrintedDate;
use crate::graph::{DocumentRef, Hop, PolicyRef, RegionId, RegionRef};
use crate::model::{Date, Genre, PartialDate};
use std::collections::BTreeSet;

/// A document that implements a policy, with its date and its lag.
///
/// Drafts and reports implement a policy too; [`is_instrument`](Self::is_instrument)
/// tells them apart.
#[derive(Clone, Copy, Debug)]
pub struct Adoption<'g> {
    /// The document, with the edge that proves it.
    pub document: Hop<'g, DocumentRef<'g>>,
    /// Issue date of the document (成文日期, else 发布日期).
    pub date: Option<PrintedDate>,
    /// Days from the policy's issue date to the document's, negative if the
    /// document is older. `None` if either date is not known to the day.
    pub lag: Option<i32>,
}

impl<'g> Adoption<'g> {
    /// Genre (文种) of the document.
    pub fn genre(&self) -> Genre {
        self.document.genre()
    }

    /// Returns true if the document is an issued instrument. A draft or a report
    /// announces an adoption, but is not one.
    pub fn is_instrument(&self) -> bool {
        self.genre().is_instrument()
    }

    /// Returns the regions that the document speaks for.
    pub fn regions(&self) -> impl Iterator<Item = RegionRef<'g>> + Clone {
        self.document.to().regions()
    }
}

impl<'g> PolicyRef<'g> {
    /// Returns the documents that implement the policy, oldest first. Documents of
    /// one date are in the order of their keys; a month comes before its days, and
    /// documents without a date come last. O(n log n) in the number returned.
    ///
    /// Drafts and reports are included: see [`Adoption::is_instrument`]. A region
    /// without an adoption may still have one outside the corpus.
    ///
    /// ```
    /// use policygraph::Genre;
    ///
    /// let policy = policygraph::builtin().policy("国办发〔2024〕53号").unwrap();
    /// assert_eq!(policy.signed().unwrap().to_string(), "2024-12-30");
    ///
    /// let adoptions = policy.adoptions().into_iter();
    /// let adoptions = adoptions.map(|adoption| (adoption.document.key(), adoption.lag, adoption.genre()));
    /// assert!(adoptions.eq([
    ///     ("sx-2025", Some(135), Genre::Measures),
    ///     ("nm-2025-18", Some(273), Genre::Measures),
    ///     ("cq-smart-equipment", None, Genre::News),
    ///     ("ln-wholesale-retail", None, Genre::News),
    ///     ("sc-cq-community", None, Genre::News),
    /// ]));
    /// ```
    pub fn adoptions(self) -> Vec<Adoption<'g>> {
        let issued = self.issued().and_then(PartialDate::date);
        let mut adoptions: Vec<Adoption> = self
            .implemented_by()
            .map(|document| {
                let date = PrintedDate::of_issue(document.to());
                let day = date.and_then(|printed| printed.date.date());
                let lag = issued.zip(day).and_then(|(from, to)| days(from, to));
                Adoption { document, date, lag }
            })
            .collect();
        // Stable: `implemented_by` is in the order of the keys.
        adoptions.sort_by_key(|adoption| {
            (adoption.date.is_none(), adoption.date.map(|printed| printed.date))
        });
        adoptions
    }

    /// Returns the first adoption by an issued instrument for each region, in the
    /// order of [`adoptions`](Self::adoptions). A document that speaks for several
    /// regions counts for each of them.
    ///
    /// ```
    /// let policy = policygraph::builtin().policy("国办发〔2024〕53号").unwrap();
    /// let first = policy.adoptions_by_region();
    /// let first = first.iter().map(|(region, adoption)| (region.name(), adoption.lag));
    /// assert!(first.eq([("山西省", Some(135)), ("内蒙古自治区", Some(273))]));
    /// ```
    pub fn adoptions_by_region(self) -> Vec<(RegionRef<'g>, Adoption<'g>)> {
        let mut seen: BTreeSet<RegionId> = BTreeSet::new();
        let instruments = self.adoptions().into_iter().filter(Adoption::is_instrument);
        let by_region = instruments.flat_map(|adoption| {
            let document = adoption.document.to();
            document.regions().map(move |region| (region, adoption))
        });
        by_region.filter(|(region, _)| seen.insert(region.id())).collect()
    }
}

fn days(from: Date, to: Date) -> Option<i32> {
    from.until(to).ok().map(|span| span.get_days())
}

#[cfg(test)]
mod tests {
    use crate::corpus::Corpus;
    use crate::graph::{Graph, fixture};
    use crate::lexicon::Lexicon;
    use crate::model::{Found, Genre, PartialDate, Record, Rule};
    use crate::text::Span;
    use std::sync::Arc;

    /// Returns a copy of sx-2025 with another key, date and genre.
    fn copy(key: &str, date: Option<PartialDate>, genre: Genre) -> Record {
        let mut record = fixture::records().remove(3);
        record.key = key.to_owned();
        record.genre = genre;
        let found = |value| Found { value, span: Span::new(0, 3), rule: Rule::Signature };
        record.dates.signed = date.map(found);
        record.dates.published = None;
        record
    }

    fn graph() -> Arc<Graph> {
        let month = PartialDate::month(2025, 2);
        let day = |day| PartialDate::day(2025, 2, day);
        let records = [
            copy("undated", None, Genre::Measures),
            copy("b", day(3), Genre::Measures),
            copy("a", day(3), Genre::Measures),
            copy("month", month, Genre::Measures),
            copy("draft", day(1), Genre::Draft),
            copy("late", day(28), Genre::Notice),
        ];
        records.into_iter().collect::<Corpus>().graph(Lexicon::builtin())
    }

    #[test]
    fn adoptions_are_oldest_first_and_undated_last() {
        let graph = graph();
        let adoptions = graph.policy("国办发〔2024〕53号").unwrap().adoptions();
        let order: Vec<_> =
            adoptions.iter().map(|adoption| (adoption.document.key(), adoption.lag)).collect();
        let expected = [
            ("month", None), // 2025-02, before its days
            ("draft", Some(33)),
            ("a", Some(35)),
            ("b", Some(35)),
            ("late", Some(60)),
            ("undated", None),
        ];
        assert_eq!(order, expected);
    }

    #[test]
    fn a_draft_is_not_an_instrument() {
        let graph = graph();
        let policy = graph.policy("国办发〔2024〕53号").unwrap();
        let adoptions = policy.adoptions();
        let not: Vec<_> = adoptions.iter().filter(|adoption| !adoption.is_instrument()).collect();
        assert_eq!(not.len(), 1);
        assert_eq!(not[0].genre(), Genre::Draft);
        let drafted = [copy("draft", PartialDate::day(2025, 2, 1), Genre::Draft)];
        let graph = drafted.into_iter().collect::<Corpus>().graph(Lexicon::builtin());
        assert!(graph.policy("国办发〔2024〕53号").unwrap().adoptions_by_region().is_empty());
    }

    #[test]
    fn a_document_of_two_regions_counts_for_both() {
        let mut joint = copy("joint", PartialDate::day(2025, 1, 31), Genre::Measures);
        joint.region = vec!["重庆市".to_owned(), "四川省".to_owned()];
        let later = copy("later", PartialDate::day(2025, 2, 1), Genre::Measures);
        let mut again = copy("again", PartialDate::day(2025, 3, 1), Genre::Measures);
        again.region = vec!["四川省".to_owned()];
        let records = [again, later, joint].into_iter();
        let graph = records.collect::<Corpus>().graph(Lexicon::builtin());
        let first = graph.policy("国办发〔2024〕53号").unwrap().adoptions_by_region();
        let first: Vec<_> = first
            .iter()
            .map(|(region, adoption)| (region.name(), adoption.document.key()))
            .collect();
        assert_eq!(first, [("重庆市", "joint"), ("四川省", "joint"), ("山西省", "later")]);
    }
}
