//! Documents that adopt a policy, and when.

use super::PrintedDate;
use super::as_of::is_instrument;
use crate::graph::{DocumentRef, Hop, PolicyRef, RegionId, RegionRef};
use crate::model::{Date, Genre, PartialDate};
use std::collections::BTreeSet;

/// One document that carries out a policy.
#[derive(Clone, Copy, Debug)]
pub struct Adoption<'g> {
    /// The document, over the edge that proves it.
    pub document: Hop<'g, DocumentRef<'g>>,
    /// 成文日期, else 发布日期.
    pub date: Option<PrintedDate>,
    /// Days from the policy's own date, 成文日期 else 发布日期, to this one; less
    /// than 0 where the document is the older. `None` where one of them is not
    /// known to the day.
    pub lag: Option<i32>,
}

impl<'g> Adoption<'g> {
    /// 文种.
    pub fn genre(&self) -> Genre {
        self.document.genre()
    }

    /// Whether it is an issued instrument. A draft or a report shows that
    /// something is on its way, not that it is adopted.
    pub fn is_adoption(&self) -> bool {
        is_instrument(self.genre())
    }

    /// The regions for which the document speaks.
    pub fn regions(&self) -> impl Iterator<Item = RegionRef<'g>> + Clone {
        self.document.to().regions()
    }
}

impl<'g> PolicyRef<'g> {
    /// The documents that say they carry it out, the oldest first; of one date
    /// by key, a month before its days, those without a date last.
    ///
    /// Drafts and reports are among them: see [`Adoption::is_adoption`]. That a
    /// region is not among them shows only that the corpus holds no such
    /// document. O(n log n) in what is returned.
    ///
    /// ```
    /// use policygraph::Genre;
    ///
    /// let policy = policygraph::builtin().policy("国办发〔2024〕53号").unwrap();
    /// assert_eq!(policy.signed().unwrap().to_string(), "2024-12-30");
    ///
    /// let taken = policy.adoptions().into_iter().map(|t| (t.document.key(), t.lag, t.genre()));
    /// assert!(taken.eq([
    ///     ("sx-2025", Some(135), Genre::Measures),
    ///     ("nm-2025-18", Some(273), Genre::Measures),
    ///     ("cq-smart-equipment", None, Genre::News),
    ///     ("ln-wholesale-retail", None, Genre::News),
    ///     ("sc-cq-community", None, Genre::News),
    /// ]));
    /// ```
    pub fn adoptions(self) -> Vec<Adoption<'g>> {
        let day = |date: PartialDate| date.date();
        let issued = self.signed().or(self.published()).and_then(day);
        let mut uptake: Vec<Adoption> = self
            .implemented_by()
            .map(|document| {
                let date = PrintedDate::of_issue(document.to());
                let own = date.and_then(|printed| day(printed.date));
                let lag = issued.zip(own).and_then(|(from, to)| days(from, to));
                Adoption { document, date, lag }
            })
            .collect();
        // Stable: the documents came by key.
        uptake.sort_by_key(|taken| (taken.date.is_none(), taken.date.map(|printed| printed.date)));
        uptake
    }

    /// The first document of each region that took it up, in the order of
    /// [`uptake`](Self::adoptions); adoptions only. One that speaks for several
    /// regions stands for each of them.
    ///
    /// ```
    /// let policy = policygraph::builtin().policy("国办发〔2024〕53号").unwrap();
    /// let first = policy.adoptions_by_region();
    /// let first = first.iter().map(|(region, taken)| (region.name(), taken.lag));
    /// assert!(first.eq([("山西省", Some(135)), ("内蒙古自治区", Some(273))]));
    /// ```
    pub fn adoptions_by_region(self) -> Vec<(RegionRef<'g>, Adoption<'g>)> {
        let mut seen: BTreeSet<RegionId> = BTreeSet::new();
        let adoptions = self.adoptions().into_iter().filter(Adoption::is_adoption);
        let each = adoptions.flat_map(|taken| {
            let document = taken.document.to();
            document.regions().map(move |region| (region, taken))
        });
        each.filter(|(region, _)| seen.insert(region.id())).collect()
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

    /// A copy of sx-2025 under another key, of another date.
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
    fn the_oldest_comes_first_and_the_undated_last() {
        let graph = graph();
        let uptake = graph.policy("国办发〔2024〕53号").unwrap().adoptions();
        let order: Vec<_> = uptake.iter().map(|taken| (taken.document.key(), taken.lag)).collect();
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
    fn a_draft_is_no_adoption() {
        let graph = graph();
        let policy = graph.policy("国办发〔2024〕53号").unwrap();
        let uptake = policy.adoptions();
        let not: Vec<_> = uptake.iter().filter(|taken| !taken.is_adoption()).collect();
        assert_eq!(not.len(), 1);
        assert_eq!(not[0].genre(), Genre::Draft);
        let drafted = [copy("draft", PartialDate::day(2025, 2, 1), Genre::Draft)];
        let graph = drafted.into_iter().collect::<Corpus>().graph(Lexicon::builtin());
        assert!(graph.policy("国办发〔2024〕53号").unwrap().adoptions_by_region().is_empty());
    }

    #[test]
    fn a_document_of_two_regions_stands_for_both() {
        let mut joint = copy("joint", PartialDate::day(2025, 1, 31), Genre::Measures);
        joint.region = vec!["重庆市".to_owned(), "四川省".to_owned()];
        let later = copy("later", PartialDate::day(2025, 2, 1), Genre::Measures);
        let mut again = copy("again", PartialDate::day(2025, 3, 1), Genre::Measures);
        again.region = vec!["四川省".to_owned()];
        let records = [again, later, joint].into_iter();
        let graph = records.collect::<Corpus>().graph(Lexicon::builtin());
        let first = graph.policy("国办发〔2024〕53号").unwrap().adoptions_by_region();
        let first: Vec<_> =
            first.iter().map(|(region, taken)| (region.name(), taken.document.key())).collect();
        assert_eq!(first, [("重庆市", "joint"), ("四川省", "joint"), ("山西省", "later")]);
    }
}
