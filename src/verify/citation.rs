//! Citations: instruments by number and title, and their articles.

use super::fold::{fold, splits_figure};
use super::instrument::Instrument;
use super::{Check, Familiarity, Quoted, Verdict, Verification};
use crate::graph::Node;
use crate::text::occurrences;
use crate::time::PrintedDate;

/// An article of an instrument, or a measure in its place.
struct Article {
    ordinal: u32,
    heading: String,
    /// The document or policy that it is an article of.
    of: Node,
    /// True for an article (条), false for a measure under another kind of ordinal.
    is_article: bool,
    /// Its whole words, if the corpus has the text.
    text: Option<Quoted>,
    node: Node,
}

impl<'g> Check<'g> {
    /// Checks that an instrument exists, that it has an article, and that the article contains words.
    pub(super) fn citation(
        self,
        instrument: &str,
        article: Option<u32>,
        part: Option<&str>,
        words: Option<&str>,
    ) -> Verification {
        let found = match self.cited(instrument) {
            Ok(found) => found,
            Err(other) => return *other,
        };
        let mut verification = match article {
            None => self.existing(&found),
            Some(ordinal) => self.article(&found, ordinal, words),
        };
        if let Some(part) = part
            && verification.verdict != Verdict::Differs
        {
            let known = verification.explanation;
            let reason =
                format!("{part} was not looked up: paragraphs of an article are not known");
            verification.verdict = Verdict::NotChecked { reason: reason.clone() };
            verification.explanation = format!("{reason}; {known}");
        }
        verification.subjects.extend(found.nodes());
        verification.names.push((instrument.trim().to_owned(), Familiarity::Named));
        verification
    }

    /// Returns the one instrument that a number, a title or both name, or the result for another
    /// outcome.
    fn cited(self, name: &str) -> Result<Instrument, Box<Verification>> {
        let name = name.trim();
        if fold(name).is_empty() {
            return Err(Box::new(Verification::not_checked("the citation names no instrument")));
        }
        let Some((title, number)) = title_and_number(name) else {
            return self.named(name);
        };
        let by_title = self.instruments(title);
        let by_number = self.instruments(number);
        if let Some(both) = by_number.iter().find(|one| by_title.contains(one)) {
            return Ok(both.clone());
        }
        let name_of = |one: &Instrument| {
            let labels = one.nodes().map(|node| self.graph.key(node).to_string());
            labels.collect::<Vec<_>>().join(", ")
        };
        let (explanation, differs) = match (by_title.first(), by_number.first()) {
            (None, None) => return Err(Box::new(self.unknown_instrument(name))),
            (Some(titled), Some(numbered)) => {
                let (titled, numbered) = (name_of(titled), name_of(numbered));
                (format!("the title is that of {titled}, the number that of {numbered}"), true)
            }
            (None, Some(numbered)) => {
                (format!("the number is that of {}, with another title", name_of(numbered)), true)
            }
            (Some(titled), None) => match self.number_of(titled) {
                Some(other) => (format!("《{title}》 has the number {other}, not {number}"), true),
                None => (format!("the corpus does not give the number of 《{title}》"), false),
            },
        };
        let mut found = match differs {
            true => Verification::new(Verdict::Differs, explanation),
            false => Verification::not_checked(explanation),
        };
        let places = by_title.iter().chain(&by_number).flat_map(|one| self.naming(one)).collect();
        found.subjects = by_title.iter().chain(&by_number).flat_map(Instrument::nodes).collect();
        found.subjects.dedup();
        for part in [title, number] {
            let (familiarity, nearest) = self.familiarity_of_instrument(part);
            found.names.push((part.to_owned(), familiarity));
            found.nearest.extend(nearest);
        }
        Err(Box::new(found.with_places(places)))
    }

    /// Returns the one instrument with a name.
    fn named(self, name: &str) -> Result<Instrument, Box<Verification>> {
        let mut found = self.instruments(name);
        match found.len() {
            0 => Err(Box::new(self.unknown_instrument(name))),
            1 => Ok(found.remove(0)),
            several => {
                let reason = format!("{several} instruments have the name {name}: give the number");
                let mut verification = Verification::not_checked(reason);
                verification.nearest = found.iter().flat_map(Instrument::nodes).collect();
                Err(Box::new(verification))
            }
        }
    }

    /// Returns the number of an instrument, if the corpus gives it.
    fn number_of(self, instrument: &Instrument) -> Option<&'g str> {
        let own = instrument.documents.iter().find_map(|&id| self.graph.at(id).number());
        own.or_else(|| instrument.policies.iter().find_map(|&id| self.graph.at(id).number()))
    }

    /// Returns the result for an instrument that exists.
    fn existing(self, instrument: &Instrument) -> Verification {
        let text = if instrument.documents.is_empty() {
            "documents of the corpus name the instrument; the corpus does not have its text"
        } else {
            "the corpus has the text of the instrument"
        };
        Verification::new(self.validity(instrument), text).with_places(self.naming(instrument))
    }

    /// Returns the verdict for an instrument: verified, unless it was repealed or has expired.
    fn validity(self, instrument: &Instrument) -> Verdict {
        let documents = instrument.documents.iter();
        if let Some(ended) = documents.filter_map(|&document| self.ended(document)).next() {
            return ended;
        }
        let repeals = instrument.policies.iter().flat_map(|&id| self.graph.at(id).repealed_by());
        let dates = repeals.filter(|by| by.genre().is_instrument()).filter_map(|by| {
            let from = PrintedDate::of_effect(by.to())?.date;
            (from.last_day() <= self.day).then_some(from)
        });
        dates
            .min_by_key(|date| date.first_day())
            .map_or(Verdict::Verified, |on| Verdict::Repealed { on })
    }

    /// Checks an article of an instrument.
    fn article(self, instrument: &Instrument, ordinal: u32, words: Option<&str>) -> Verification {
        let articles = self.articles(instrument);
        let last = articles.iter().map(|article| article.ordinal).max().unwrap_or(0);
        let same: Vec<&Article> = articles.iter().filter(|of| of.ordinal == ordinal).collect();
        if articles.is_empty() {
            return Verification::not_checked(
                "the articles of the instrument are not known: the corpus does not have its text",
            );
        }
        if same.is_empty() && ordinal > last {
            if !are_complete(&articles) {
                return Verification::not_checked(format!(
                    "article {ordinal} was not read; the ordinals of the articles up to {last} \
                     repeat or have gaps"
                ));
            }
            let unit = if articles.iter().all(|of| of.is_article) { "article" } else { "measure" };
            let explanation = format!("the instrument has {last} {unit}s and no {unit} {ordinal}");
            let mut found = Verification::new(Verdict::Differs, explanation);
            found.nearest = articles.last().map(|article| article.node).into_iter().collect();
            return found.with_places(self.naming(instrument));
        }
        if same.is_empty() {
            let known = articles.len();
            return Verification::not_checked(format!(
                "article {ordinal} was not read; {known} articles, up to {last}, are known"
            ));
        }
        let mut found = match words {
            Some(words) => self.words_of_article(instrument, &articles, ordinal, words),
            None => {
                let heading = &same[0].heading;
                let explanation = format!("article {ordinal} of {last} is 「{heading}」");
                let texts: Vec<Quoted> = same.iter().filter_map(|article| article.text).collect();
                let places = if texts.is_empty() { self.naming(instrument) } else { texts };
                Verification::new(self.validity(instrument), explanation).with_places(places)
            }
        };
        found.subjects.extend(same.iter().map(|article| article.node));
        found
    }

    /// Checks that an article contains words: an article with other words is told apart from words
    /// that are in another article.
    fn words_of_article(
        self,
        instrument: &Instrument,
        articles: &[Article],
        ordinal: u32,
        words: &str,
    ) -> Verification {
        let compared = fold(words);
        if compared.is_empty() {
            return Verification::not_checked("the words of the article are empty");
        }
        let contains = |article: &&Article| {
            let text = article.text.map(|of| of.span.slice(self.text_of(of.document)));
            let text = fold(text.unwrap_or(&article.heading));
            occurrences(&text, &compared)
                .any(|start| !splits_figure(&text, start, start + compared.len()))
        };
        let with: Vec<&Article> = articles.iter().filter(contains).collect();
        let right = with.iter().any(|article| article.ordinal == ordinal);
        if right {
            let texts = with.iter().filter(|of| of.ordinal == ordinal).filter_map(|of| of.text);
            let texts: Vec<Quoted> = texts.collect();
            let (part, places) = match texts.is_empty() {
                true => ("the heading of article", self.naming(instrument)),
                false => ("article", texts),
            };
            let explanation = format!("{part} {ordinal} contains the words");
            return Verification::new(self.validity(instrument), explanation).with_places(places);
        }
        if let Some(other) = with.first() {
            let explanation =
                format!("the words are in article {}, not in article {ordinal}", other.ordinal);
            let mut found = Verification::new(Verdict::Differs, explanation);
            found.nearest = with.iter().map(|article| article.node).collect();
            return found.with_places(with.iter().filter_map(|article| article.text).collect());
        }
        if articles.iter().any(|article| article.text.is_none()) {
            return Verification::not_checked(format!(
                "only the headings of the articles are known; that of article {ordinal} does not \
                 have the words"
            ));
        }
        let texts = articles.iter().filter(|of| of.ordinal == ordinal).filter_map(|of| of.text);
        let explanation = format!("neither article {ordinal} nor another one contains the words");
        Verification::new(Verdict::Differs, explanation).with_places(texts.collect())
    }

    /// Returns the articles of an instrument: the measures of its text, else those of its outline.
    fn articles(self, instrument: &Instrument) -> Vec<Article> {
        let documents = instrument.documents.iter().map(|&id| self.graph.at(id));
        let measures = documents.flat_map(|document| document.measures()).map(|measure| {
            let heading = measure.title().unwrap_or_else(|| measure.text());
            let start = measure.record().span.start as usize;
            let before = &measure.document().record().text[..start];
            Article {
                ordinal: measure.ordinal(),
                of: measure.document().node(),
                is_article: before.trim_end().ends_with('条'),
                heading: heading.chars().take(40).filter(|c| !c.is_whitespace()).collect(),
                text: Some(Quoted {
                    document: measure.document().id(),
                    span: measure.record().span,
                }),
                node: measure.node(),
            }
        });
        let measures: Vec<Article> = measures.collect();
        if !measures.is_empty() {
            return measures;
        }
        let policies = instrument.policies.iter().map(|&id| self.graph.at(id));
        let articles = policies.flat_map(|policy| {
            policy.articles().map(move |article| Article {
                ordinal: article.ordinal(),
                heading: article.heading().to_owned(),
                of: policy.node(),
                is_article: true,
                text: None,
                node: article.node(),
            })
        });
        articles.collect()
    }
}

/// Returns true if the articles of each text are numbered from 1 without repeats and gaps, so that
/// there is none after the last.
fn are_complete(articles: &[Article]) -> bool {
    articles.chunk_by(|a, b| a.of == b.of).all(|of_one| {
        let mut ordinals: Vec<u32> = of_one.iter().map(|of| of.ordinal).collect();
        ordinals.sort_unstable();
        ordinals.into_iter().zip(1..).all(|(ordinal, expected)| ordinal == expected)
    })
}

/// Returns the title and the number of 《title》(number) or number《title》.
fn title_and_number(name: &str) -> Option<(&str, &str)> {
    let (before, rest) = name.split_once('《')?;
    let (title, after) = rest.rsplit_once('》')?;
    let number = if after.trim().is_empty() { before } else { after };
    let number = number.trim();
    let inner = number.strip_prefix(['(', '（']).and_then(|inner| inner.strip_suffix([')', '）']));
    let number = inner.unwrap_or(number).trim();
    (number.contains(|c: char| c.is_numeric()) && number.ends_with('号')).then_some((title, number))
}
