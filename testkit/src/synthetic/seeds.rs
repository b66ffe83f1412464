//! The seeds as material: their measures, sentence by sentence, with blanks
//! where the names of their regions stand.

use std::sync::LazyLock;

use policygraph::{Genre, Measure, Record};
use serde::Deserialize;

use super::places::{Entries, FULL, Function, Place};

/// Words of one region's administration, as any region would put them.
const COMMON: [(&str, &str); 10] = [
    ("旗县(市、区)", "县(市、区)"),
    ("旗县（市、区）", "县（市、区）"),
    ("盟市", "市"),
    ("旗县", "县"),
    ("苏木乡镇", "乡镇"),
    ("蒙药", "民族药"),
    ("京蒙协作", "东西部协作"),
    ("驻辽", "驻地"),
    // What is named for a place of the region bears the region's own name.
    ("永春", "\u{e001}"),
    ("三晋名方", "\u{e001}名方"),
];

/// What measures are drawn from.
pub struct Material {
    /// Documents whose measures a document may follow.
    pub themes: Vec<Theme>,
    /// Texts of seeds that report what an agency did.
    pub news: Vec<(&'static str, &'static str)>,
}

/// A seed with measures.
pub struct Theme {
    /// 全面加强药品监管能力建设 — its title without who, what kind and how.
    pub subject: &'static str,
    pub measures: Vec<Source>,
}

/// One measure of a seed.
pub struct Source {
    /// `sx-2025/8`: its document's key and its position, from 1.
    pub key: &'static str,
    pub chapter: &'static str,
    /// Its heading first, each with its 。.
    pub sentences: Vec<&'static str>,
    /// Who is responsible for it.
    pub duties: Vec<&'static Function>,
}

pub static MATERIAL: LazyLock<Material> = LazyLock::new(|| {
    let seeds = policygraph::seeds();
    let is_theme = |seed: &&Record| seed.title.is_some() && !seed.measures.is_empty();
    let is_news = |seed: &&Record| seed.genre == Genre::News && seed.measures.is_empty();
    Material {
        themes: seeds.iter().filter(is_theme).map(theme).collect(),
        news: seeds.iter().filter(is_news).map(news).collect(),
    }
});

fn news(seed: &Record) -> (&'static str, &'static str) {
    let text = Home::new(seed).template(&seed.text);
    (seed.key.clone().leak(), text)
}

fn theme(seed: &Record) -> Theme {
    let home = Home::new(seed);
    let source = |(position, measure): (usize, &Measure)| {
        let section = seed.sections.iter().find(|section| Some(section.n) == measure.section);
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

/// What a title is about, between who issues it and what kind it is of.
fn subject(title: &'static str) -> &'static str {
    let about = title.rsplit_once("关于").map_or(title, |(_, about)| about);
    let about = about.rsplit_once(FULL).map_or(about, |(_, about)| about);
    let about = about.split_once("局").map_or(about, |(_, about)| about);
    let kinds = ["的若干措施", "若干措施", "工作措施", "工作的通知", "的通知"];
    kinds.iter().find_map(|kind| Some(about.split_once(kind)?.0)).unwrap_or(about)
}

/// The region of a seed, and how its agencies are called there.
struct Home<'s> {
    place: &'static Place,
    agencies: Vec<&'s str>,
}

impl<'s> Home<'s> {
    fn new(seed: &'s Record) -> Self {
        let place = Place::named(&seed.region[0]);
        let provisions = seed.measures.iter().map(|measure| &measure.provision).chain(&seed.body);
        let named = provisions.flat_map(|provision| {
            let responsible = provision.responsible.iter().map(|duty| duty.span);
            responsible.chain(provision.agencies.iter().map(|agency| agency.span))
        });
        let mut agencies: Vec<&str> = named.map(|span| span.slice(&seed.text)).collect();
        // 省药品监督管理局 before what it may hold.
        agencies.sort_unstable_by_key(|agency| std::cmp::Reverse(agency.len()));
        Home { place, agencies }
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

/// 法律、文件 — an instrument that documents cite.
#[derive(Deserialize)]
pub struct Instrument {
    pub title: String,
    pub kind: String,
    #[serde(default)]
    pub number: Option<String>,
}

/// National instruments: the outline that the crate knows, then its vocabulary.
pub static INSTRUMENTS: LazyLock<Vec<Instrument>> = LazyLock::new(|| {
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
    /// Those of a kind.
    pub fn of(kind: &str) -> Vec<&'static Instrument> {
        INSTRUMENTS.iter().filter(|instrument| instrument.kind == kind).collect()
    }
}
