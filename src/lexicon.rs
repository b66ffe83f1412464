//! `data/` as vocabularies, and one leftmost-longest scanner over all of them.

mod agencies;
mod instruments;
mod outlines;
mod products;
mod regions;
mod scan;
mod words;

pub use agencies::AgencyFacts;
pub use outlines::{Outline, OutlineArticle, OutlineChapter, OutlineDates, OutlineTarget};
pub use products::Product;

pub(crate) use agencies::{Agencies, Function};
pub(crate) use instruments::{Instruments, same_instrument, title_words};
pub(crate) use regions::{Level, NATION, RegionIndex, Regions};
pub(crate) use scan::{DEPARTMENT, Meaning, Scanner, Token};
pub(crate) use words::Words;

use crate::error::Error;
use once_cell::sync::Lazy;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The vocabularies, ready to read with.
///
/// They are data: `data/lexicon/*.json` and `data/policies/*.json` in the
/// crate, embedded. Agencies are not listed but combined: a region of GB/T 2260
/// and a function of government. Callers add entries with [`Lexicon::with`].
///
/// ```
/// let lexicon = policygraph::Lexicon::builtin();
/// let facts = lexicon.agency("山西省药品监督管理局").unwrap();
/// assert_eq!(facts.region, "山西省");
/// assert_eq!(facts.national.as_deref(), Some("国家药品监督管理局"));
/// assert_eq!(lexicon.within("太原市"), Some("山西省"));
/// ```
#[derive(Clone)]
pub struct Lexicon {
    pub(crate) regions: Regions,
    pub(crate) agencies: Agencies,
    pub(crate) products: products::Products,
    pub(crate) instruments: Instruments,
    pub(crate) quantities: Quantities,
    pub(crate) platforms: Platforms,
    pub(crate) headings: Headings,
    outlines: Vec<Outline>,
    pub(crate) scanner: Scanner,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").field("words", &self.scanner.len()).finish_non_exhaustive()
    }
}

/// A vocabulary that callers can add to. See [`Lexicon::with`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vocabulary {
    /// `agencies.json` — functions of government.
    Agencies,
    /// `bodies.json` — national bodies.
    Bodies,
    /// `products.json` — product categories.
    Products,
    /// `instruments.json` — laws, regulations, standards, policies.
    Instruments,
    /// `policies/*.json` — the outline of a policy.
    Outline,
}

/// Units and the words that bind a figure.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Quantities {
    pub units: Units,
    pub reduce: Words,
    pub increase: Words,
    pub to: Words,
    pub at_least: Words,
    pub at_most: Words,
    pub equal: Words,
    pub above: Words,
    pub below: Words,
    pub frequencies: Words,
    pub set: Words,
}

/// One unit or measure word.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Unit {
    pub form: String,
    /// The unit it writes, if that is another word.
    #[serde(default)]
    pub unit: Option<String>,
    /// A unit of time.
    #[serde(default)]
    pub time: bool,
}

/// Units by their forms.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Vec<Unit>")]
pub(crate) struct Units {
    table: Vec<Unit>,
    forms: Words,
}

impl From<Vec<Unit>> for Units {
    fn from(table: Vec<Unit>) -> Self {
        let forms = table.iter().map(|unit| unit.form.clone()).collect::<Vec<_>>().into();
        Units { table, forms }
    }
}

impl Units {
    /// The longest unit that `text` starts with.
    pub fn start(&self, text: &str) -> Option<&Unit> {
        let form = self.forms.start(text)?;
        self.table.iter().find(|unit| unit.form == form)
    }
}

/// Named programmes and the nouns that end a name.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Platforms {
    /// Programmes that are names where they are quoted.
    pub names: Words,
    /// Programmes that need no quotation marks.
    pub plain: Vec<String>,
    /// Quoted manner, not names.
    pub slogans: Words,
    /// Nouns that end a name.
    pub heads: Vec<String>,
    /// Nouns that end a quoted name.
    pub quoted_heads: Words,
    /// Words after which a name begins.
    pub openers: Words,
    /// The same, but for the heads in `wholes`.
    pub joiners: Words,
    pub wholes: Words,
    /// Phrases that name nothing in particular, by their end.
    pub generic: Words,
    /// Words behind a head that make another thing of it: 试点地区.
    pub followers: Words,
}

/// Headings that a flattened text runs into the next sentence.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Headings {
    pub chapters: Words,
}

#[derive(Clone, Deserialize)]
struct Entries<T> {
    entries: Vec<T>,
}

#[derive(Clone, Deserialize)]
struct InstrumentEntries {
    entries: Vec<instruments::Instrument>,
    #[serde(default)]
    kinds: Vec<instruments::KindSuffix>,
}

macro_rules! embedded {
    ($file:literal) => {
        table(concat!("data/", $file), include_str!(concat!("../data/", $file)))
    };
}

fn table<T: DeserializeOwned>(file: &str, json: &str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(|error| Error::new(file, error.to_string()))
}

impl Lexicon {
    /// The embedded vocabularies, made once and shared.
    pub fn builtin() -> &'static Lexicon {
        static LEXICON: Lazy<Lexicon> = Lazy::new(|| Lexicon::embedded().expect("the embedded tables are tested"));
        &LEXICON
    }

    fn embedded() -> Result<Self, Error> {
        let regions: Entries<regions::Region> = embedded!("lexicon/regions.json")?;
        let functions: Entries<Function> = embedded!("lexicon/agencies.json")?;
        let bodies: Entries<agencies::Body> = embedded!("lexicon/bodies.json")?;
        let instruments: InstrumentEntries = embedded!("lexicon/instruments.json")?;
        Ok(Lexicon {
            regions: Regions::new(regions.entries),
            agencies: Agencies::new(functions.entries, bodies.entries),
            products: embedded!("lexicon/products.json")?,
            instruments: Instruments::new(instruments.entries, instruments.kinds),
            quantities: embedded!("lexicon/quantities.json")?,
            platforms: embedded!("lexicon/platforms.json")?,
            headings: embedded!("lexicon/headings.json")?,
            outlines: vec![embedded!("policies/gbf-2024-53.json")?],
            scanner: Scanner::default(),
        }
        .scanning())
    }

    /// Makes the scanner again from the tables.
    fn scanning(mut self) -> Self {
        self.scanner = Scanner::new(&self);
        self
    }

    /// All product categories, each after those above it.
    pub fn products(&self) -> &[Product] {
        &self.products.table
    }

    /// The policies whose outline is known.
    pub fn outlines(&self) -> &[Outline] {
        &self.outlines
    }

    /// What is known of the agency of this canonical name.
    pub fn agency(&self, name: &str) -> Option<AgencyFacts> {
        self.agencies.facts(&self.regions, name)
    }

    /// The region directly above `region` (full names): 太原市 → 山西省; 中国
    /// above a province; `None` above 中国 and for a name that is unknown or
    /// stands for several regions.
    pub fn within(&self, region: &str) -> Option<&str> {
        let index = self.regions.named(region, None)?;
        Some(self.regions.above(index).map_or(NATION, |above| &self.regions.get(above).name))
    }
}
