//! Records that are the same document.

use super::Corpus;
use crate::hash::KeyedMap;
use crate::model::{Genre, Note, PartialDate, Record};
use crate::text::Span;
use std::cmp::Reverse;
use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;

/// A record that is the same document as another one.
///
/// ```
/// use policygraph::corpus::{Duplicate, Duplicates, SameBy};
/// use policygraph::{Lexicon, read};
///
/// let text = "某某市教育局关于规范校外培训的通知\n某教发〔2025〕7号\n一、公开收费标准。";
/// let mut duplicates = Duplicates::new();
/// for key in ["a.html", "a.txt"] {
///     duplicates.add(&read(Lexicon::builtin(), key, text));
/// }
/// let of_one_text = Duplicate { key: "a.txt".into(), kept: "a.html".into(), by: SameBy::Number };
/// assert_eq!(duplicates.find(), [of_one_text]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// Key of the record to leave out.
    pub key: String,
    /// Key of the fuller record.
    pub kept: String,
    /// Evidence that both are one document.
    pub by: SameBy,
}

impl Duplicate {
    /// Adds a note to the kept record that names the other one.
    ///
    /// ```
    /// use policygraph::corpus::{Duplicate, SameBy};
    /// use policygraph::{Lexicon, read};
    ///
    /// let mut page = read(Lexicon::builtin(), "a.html", "一、公开收费标准。");
    /// Duplicate { key: "a.txt".into(), kept: "a.html".into(), by: SameBy::Text }.note(&mut page);
    /// let message = "the same document as `a.txt`, which is left out: same text";
    /// assert_eq!(page.notes[0].message, message);
    /// ```
    pub fn note(&self, kept: &mut Record) {
        let span = kept.title.as_ref().map_or(Span::new(0, 0), |title| title.span);
        let message =
            format!("the same document as `{}`, which is left out: {}", self.key, self.by);
        let at = kept.notes.partition_point(|note| note.span.start <= span.start);
        kept.notes.insert(at, Note { span, message });
    }
}

/// Evidence that two records are the same document.
///
/// ```
/// use policygraph::corpus::SameBy;
///
/// assert_eq!(SameBy::Number.to_string(), "same title and number");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SameBy {
    /// The title and the number (文号).
    Number,
    /// Most sentences.
    Text,
}

impl fmt::Display for SameBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SameBy::Number => "same title and number",
            SameBy::Text => "same text",
        })
    }
}

/// Finds records that are the same document (重复文件): a text and its web page, or two editions
/// with one title and number.
///
/// Keeps of each record its head and the hashes of its sentences, so that records can be added one
/// by one and dropped. Drafts, and documents with other numbers, dates of signature or issuers, are
/// never the same document, such as the yearly priorities (工作要点) of an office. Nor are two versions of a law.
#[derive(Debug, Default)]
pub struct Duplicates {
    hash: RandomState,
    editions: Vec<Edition>,
}

impl Duplicates {
    /// Makes a finder without records.
    pub fn new() -> Self {
        Duplicates::default()
    }

    /// Adds a record. O(n) in its text.
    pub fn add(&mut self, record: &Record) {
        self.editions.push(Edition::new(record, &self.hash));
    }

    /// Returns the records to leave out, by key; each names the record that is kept.
    ///
    /// The fuller record is kept: the one with more measures, then with more of title, number,
    /// issuers and dates, then with the longer text, then with the first key. The result does not
    /// depend on the order in which records were added. O(n log n) in the records: one is compared
    /// with a bounded number of others that share its title, its number or a long sentence.
    pub fn find(mut self) -> Vec<Duplicate> {
        self.editions.sort_by(|a, b| a.key.cmp(&b.key));
        let mut found: Vec<Duplicate> = Vec::new();
        for group in self.documents().iter().filter(|group| group.len() > 1) {
            let editions = || group.iter().map(|&at| &self.editions[at]);
            let Some(kept) = editions().max_by_key(|of| (of.fullness, Reverse(&of.key))) else {
                continue;
            };
            for edition in editions().filter(|edition| edition.key != kept.key) {
                // Two members of a group may be the same only by a third one.
                let by = same_document(kept, edition).unwrap_or(SameBy::Text);
                found.push(Duplicate { key: edition.key.clone(), kept: kept.key.clone(), by });
            }
        }
        found.sort_by(|a, b| a.key.cmp(&b.key));
        found
    }

    /// Returns the editions of each document, as indexes in ascending order.
    fn documents(&self) -> Vec<Vec<usize>> {
        /// Maximum number of documents of one mark to which an edition is compared.
        const DOCUMENTS: usize = 16;
        /// Maximum number of editions of a document to which another one is compared.
        const EDITIONS: usize = 4;
        let mut documents: Vec<Vec<usize>> = Vec::new();
        let mut by_mark: KeyedMap<u64, Vec<usize>> = KeyedMap::default();
        for (at, edition) in self.editions.iter().enumerate() {
            let marks = edition.marks.iter().filter_map(|mark| by_mark.get(mark));
            let mut candidates: Vec<usize> = marks.flatten().copied().collect();
            candidates.sort_unstable();
            candidates.dedup();
            let same = |&document: &usize| {
                let mut others = documents[document].iter().take(EDITIONS);
                others.all(|&other| same_document(&self.editions[other], edition).is_some())
            };
            let document = candidates.into_iter().find(same).unwrap_or(documents.len());
            if document == documents.len() {
                documents.push(Vec::new());
            }
            documents[document].push(at);
            for &mark in &edition.marks {
                let of_mark = by_mark.entry(mark).or_default();
                if of_mark.len() < DOCUMENTS && !of_mark.contains(&document) {
                    of_mark.push(document);
                }
            }
        }
        documents
    }
}

/// The parts of a record that are compared. Words are compared without marks and blanks.
#[derive(Debug)]
struct Edition {
    key: String,
    title: String,
    number: String,
    /// True for a number with the code of its agency (机关代字): 陕水发〔2025〕12号.
    number_has_code: bool,
    signed: Option<PartialDate>,
    /// Hashes of the names of the issuers.
    issuers: Vec<u64>,
    genre: Genre,
    /// Hash of the bracket below the title that tells when the text was passed or amended:
    /// (2007年10月28日…通过 根据2015年4月24日…修正).
    bracket: Option<u64>,
    /// Hashes of the sentences, ascending.
    sentences: Vec<u64>,
    /// Hashes of the title, the number and the longest sentences.
    marks: Vec<u64>,
    /// Number of measures, of values of the head, and of bytes of text.
    fullness: (usize, usize, usize),
}

impl Edition {
    fn new(record: &Record, hash: &RandomState) -> Self {
        /// Minimum length of a sentence in letters.
        const SENTENCE: usize = 8;
        /// Number of sentences that mark a text.
        const MARKS: usize = 3;
        let title = record.title.as_ref().map_or_else(String::new, |title| letters(&title.value));
        let number = record.number.as_ref().map(|number| number.value.as_str());
        let mut sentences: Vec<(usize, u64)> = (record.text.split(['。', '\n', '；', ';']))
            .map(|words| hash_letters(words, hash))
            .filter(|&(letters, _)| letters >= SENTENCE)
            .collect();
        // In text order among those of one length: hashes differ from run to run.
        sentences.sort_by_key(|&(letters, _)| Reverse(letters));
        let mut marks: Vec<u64> = sentences.iter().take(MARKS).map(|&(_, hash)| hash).collect();
        let head = [Some(title.as_str()), number].into_iter().flatten();
        marks.extend(head.filter(|words| !words.is_empty()).map(|of| hash_letters(of, hash).1));
        let mut sentences: Vec<u64> = sentences.into_iter().map(|(_, hash)| hash).collect();
        sentences.sort_unstable();
        sentences.dedup();
        let dates = &record.dates;
        let dates = usize::from(dates.signed.is_some()) + usize::from(dates.published.is_some());
        let head = usize::from(!title.is_empty())
            + usize::from(number.is_some())
            + record.issuers.len()
            + dates;
        Edition {
            key: record.key.clone(),
            title,
            number: number.map_or_else(String::new, letters),
            number_has_code: number.and_then(|number| number.find('〔')).is_some_and(|at| at > 0),
            signed: record.dates.signed.as_ref().map(|date| date.value),
            issuers: record.issuers.iter().map(|of| hash_letters(&of.value, hash).1).collect(),
            genre: record.genre,
            bracket: bracket(&record.text).map(|bracket| hash_letters(bracket, hash).1),
            sentences,
            marks,
            fullness: (record.measures.len(), head, record.text.len()),
        }
    }

    /// Returns true if a value of one excludes that it is the same document as the other.
    fn contradicts(&self, other: &Edition) -> bool {
        let (a, b) = (&self.number, &other.number);
        let numbers = !a.is_empty() && !b.is_empty() && a != b;
        let both = !self.issuers.is_empty() && !other.issuers.is_empty();
        let amended = self.bracket.zip(other.bracket).is_some_and(|(a, b)| a != b);
        let drafts = (self.genre == Genre::Draft) != (other.genre == Genre::Draft);
        numbers || drafts || amended || (both && !self.shares_issuer(other))
    }

    /// Returns false if both are signed, on different days.
    fn may_be_of_one_day(&self, other: &Edition) -> bool {
        let signed = self.signed.zip(other.signed);
        signed.is_none_or(|(a, b)| a.first_day() <= b.last_day() && b.first_day() <= a.last_day())
    }

    fn shares_issuer(&self, other: &Edition) -> bool {
        self.issuers.iter().any(|issuer| other.issuers.contains(issuer))
    }
}

/// Returns the evidence that two records are the same document.
fn same_document(a: &Edition, b: &Edition) -> Option<SameBy> {
    if a.contradicts(b) {
        return None;
    }
    let same_title = !a.title.is_empty() && a.title == b.title;
    let same_number = !a.number.is_empty() && a.number == b.number;
    let reports = a.genre.is_report() == b.genre.is_report();
    if same_title && same_number && reports && (a.number_has_code || a.shares_issuer(b)) {
        return Some(SameBy::Number);
    }
    if !a.may_be_of_one_day(b) {
        return None;
    }
    let [fewer, more] = match a.sentences.len() <= b.sentences.len() {
        true => [&a.sentences, &b.sentences],
        false => [&b.sentences, &a.sentences],
    };
    let shared = fewer.iter().filter(|&sentence| more.binary_search(sentence).is_ok()).count();
    // A page adds its furniture to a text, and an extract leaves out an annex.
    let contained = fewer.len() >= 2 && 5 * shared >= 4 * fewer.len();
    if contained && reports && (same_title || same_number) {
        return Some(SameBy::Text);
    }
    // One title is read with the notice that issues the text, or with the name of the site.
    let related = a.title.contains(&b.title) || b.title.contains(&a.title);
    let equal = !fewer.is_empty() && 10 * shared >= 9 * more.len();
    (equal && related).then_some(SameBy::Text)
}

/// Returns the first line of a head that opens with a bracket and a year.
fn bracket(text: &str) -> Option<&str> {
    /// Number of lines that are read.
    const LINES: usize = 12;
    let mut lines = text.lines().map(str::trim_start).filter(|line| !line.is_empty()).take(LINES);
    lines.find(|line| line.starts_with(['(', '（']) && line.contains('年'))
}

/// Returns the letters and digits of a text.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Returns the number of letters and digits of a text, and their hash.
fn hash_letters(text: &str, hash: &RandomState) -> (usize, u64) {
    let mut hasher = hash.build_hasher();
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    let count = letters.inspect(|&c| hasher.write_u32(u32::from(c))).count();
    (count, hasher.finish())
}

impl Corpus {
    /// Removes the records that are the same document as a fuller one ([`Duplicates`]), and returns
    /// them by key. A note on the record that is kept names each of them.
    ///
    /// ```
    /// use policygraph::{Corpus, Lexicon, read};
    ///
    /// let page = "陕西省水利厅关于加强农村供水管理的通知\n陕水发〔2025〕12号\n各市水务局:
    /// 为加强农村供水管理,现将有关事项通知如下。\n一、各县每季度至少开展一次水质检测。\n二、公布水价。";
    /// let text = page.replace("\n二、公布水价。", "");
    /// let lexicon = Lexicon::builtin();
    /// let mut corpus: Corpus =
    ///     [read(lexicon, "a.txt", text), read(lexicon, "b.html", page)].into_iter().collect();
    ///
    /// let removed = corpus.merge_duplicates();
    /// assert_eq!((removed[0].key.as_str(), removed[0].kept.as_str()), ("a.txt", "b.html"));
    /// assert_eq!(corpus.len(), 1);
    /// assert!(corpus.get("b.html").unwrap().notes[0].message.contains("`a.txt`"));
    /// ```
    pub fn merge_duplicates(&mut self) -> Vec<Duplicate> {
        let mut duplicates = Duplicates::new();
        self.iter().for_each(|record| duplicates.add(record));
        let found = duplicates.find();
        for duplicate in &found {
            self.remove(&duplicate.key);
            if let Some(kept) = self.records.get_mut(duplicate.kept.as_str()) {
                duplicate.note(Arc::make_mut(kept));
            }
        }
        found
    }
}
