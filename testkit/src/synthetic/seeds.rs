//! The seed documents as templates: their measures, sentence by sentence, with
//! placeholders for the names of their regions.

use std::sync::LazyLock;

use policygraph::{Genre, Measure, Record};
use serde::Deserialize;

use super::places::{Entries, FULL, Function, Place};

/// Words of one region's administration and their general form.
const COMMON: [(&str, &str); 10] = [
    ("旗县(市、区)", "县(市、区)"),
    ("旗县（市、区）", "县（市、区）"),
    ("盟市", "市"),
    ("旗县", "县"),
    ("苏木乡镇", "乡镇"),
    ("蒙药", "民族药"),
    ("京蒙协作", "东西部协作"),
    ("驻辽", "驻地"),
    // Products named after a place inside the region.
    ("永春", "\u{e001}"),
    ("三晋名方", "\u{e001}名方"),
];

/// Templates of measures and news.
pub(super) struct Material {
    /// Seed documents with measures.
    pub themes: Vec<Theme>,
    /// Key and text of the seed documents that are news.
    pub news: Vec<(&'static str, &'static str)>,
}

/// A seed document with measures.
pub(super) struct Theme {
    /// Title without issuer and genre: 全面加强药品监管能力建设.
    pub subject: &'static str,
    pub measures: Vec<Source>,
}

/// A measure of a seed document.
pub(super) struct Source {
    /// Key, `sx-2025/8`: the document's key and the position from 1.
    pub key: &'static str,
    pub chapter: &'static str,
    /// Sentences with their 。, the heading first.
    pub sentences: Vec<&'static str>,
    /// Functions of the responsible agencies.
    pub duties: Vec<&'static Function>,
}

pub(super) static MATERIAL: LazyLock<Material> = LazyLock::new(|| {
    let seeds = policygraph::seeds();
    let is_theme = |seed: &&Record| seed.title.is_some() && !seed.measures.is_empty();
    let is_news = |seed: &&Record| seed.genre == Genre::News && seed.measures.is_empty();
    Material {
        themes: seeds.iter().filter(is_theme).map(theme).collect(),
        news: seeds.iter().filter(is_news).map(news).collect(),
    }
});

fn news(seed: &Record) -> (&'static str, &'static str) {
    let text = SeedPlace::new(seed).template(&seed.text);
    (seed.key.clone().leak(), text)
}

fn theme(seed: &Record) -> Theme {
    let home = SeedPlace::new(seed);
    let source = |(position, measure): (usize, &Measure)| {
        let section = seed.sections.iter().find(|section| Some(section.ordinal) == measure.section);
        let whole = measure.span.slice(&seed.text).to_owned();
        let clauses = measure.clauses.iter().map(|clause| clause.slice(&seed.text));
        let text = clauses.fold(whole, |text, clause| text.replace(clause, ""));
        Source {
            key: format!("{}/{}", seed.key, position).leak(),
            chapter: section.map_or("", |section| home.template(&section.title)),
            sentences: sentences(home.template(&text)),
            duties: home.duties(measure),
        }
    };
    let title = home.template(&seed.title.as_ref().unwrap().value);
    Theme { subject: subject(title), measures: (1..).zip(&seed.measures).map(source).collect() }
}

fn sentences(text: &'static str) -> Vec<&'static str> {
    text.split_inclusive('。').map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
}

/// Returns the subject of a title: the part between issuer and genre.
fn subject(title: &'static str) -> &'static str {
    let about = title.rsplit_once("关于").map_or(title, |(_, about)| about);
    let about = about.rsplit_once(FULL).map_or(about, |(_, about)| about);
    let about = about.split_once("局").map_or(about, |(_, about)| about);
    let kinds = ["的若干措施", "若干措施", "工作措施", "工作的通知", "的通知"];
    kinds.iter().find_map(|kind| Some(about.split_once(kind)?.0)).unwrap_or(about)
}

/// The region of a seed document and its agencies as printed.
struct SeedPlace<'s> {
    place: &'static Place,
    agencies: Vec<&'s str>,
}

impl<'s> SeedPlace<'s> {
    fn new(seed: &'s Record) -> Self {
        let place = Place::named(&seed.region[0]);
        let provisions = seed.measures.iter().map(|measure| &measure.provision).chain(&seed.body);
        let named = provisions.flat_map(|provision| {
            let responsible = provision.responsible.iter().map(|duty| duty.span);
            responsible.chain(provision.agencies.iter().map(|agency| agency.span))
        });
        let mut agencies: Vec<&str> = named.map(|span| span.slice(&seed.text)).collect();
        // Longer names first, as they may contain shorter ones.
        agencies.sort_unstable_by_key(|agency| std::cmp::Reverse(agency.len()));
        SeedPlace { place, agencies }
    }

    fn template(&self, text: &str) -> &'static str {
        let words = text.split_whitespace().collect::<String>();
        let text = COMMON.iter().fold(words, |text, (own, common)| text.replace(own, common));
        self.place.template(&text, &self.agencies).leak()
    }

    fn duties(&self, measure: &Measure) -> Vec<&'static Function> {
        let function = |name: &str| {
            Function::named(name.strip_prefix(self.place.full.as_str())?, self.place.level)
        };
        let duties = &measure.provision.responsible;
        duties.iter().filter_map(|duty| function(&duty.agency)).collect()
    }
}

/// A law or policy (法律、文件) that documents cite.
#[derive(Deserialize)]
pub(super) struct Instrument {
    pub title: String,
    pub kind: String,
    #[serde(default)]
    pub number: Option<String>,
}

/// National instruments: the policy with an outline, then the vocabulary.
pub(super) static INSTRUMENTS: LazyLock<Vec<Instrument>> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct Outline {
        title: String,
        number: String,
    }
    let outline = include_str!("../../../data/policies/gbf-2024-53.json");
    let Outline { title, number } = serde_json::from_str(outline).unwrap();
    let known = Instrument { title, kind: "policy".to_owned(), number: Some(number) };
    let json = include_str!("../../../data/lexicon/instruments.json");
    let listed = serde_json::from_str::<Entries<Instrument>>(json).unwrap().entries;
    std::iter::once(known).chain(listed).collect()
});

impl Instrument {
    /// Returns the instruments of a kind.
    pub(super) fn of_kind(kind: &str) -> Vec<&'static Instrument> {
        INSTRUMENTS.iter().filter(|instrument| instrument.kind == kind).collect()
    }
}
