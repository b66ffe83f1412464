//! `data/` as vocabularies, and one leftmost-longest scanner over all of them.

mod agencies;
mod concepts;
mod cue_words;
mod duties;
mod instruments;
mod lookup;
mod names;
mod modals;
mod outlines;
mod products;
mod regions;
mod scan;
mod table;
mod words;

pub use agencies::AgencyFacts;
pub use concepts::Concept;
pub use outlines::{Outline, OutlineArticle, OutlineChapter, OutlineDates, OutlineTarget};
pub use products::Product;

pub(crate) use agencies::{Agencies, Function};
pub(crate) use concepts::Concepts;
pub(crate) use cue_words::CueWords;
pub(crate) use duties::{DutyWords, Said};
pub(crate) use instruments::{Instrument, Instruments, TitleKey};
pub(crate) use modals::Modals;
pub(crate) use names::{Alone, Names};
pub(crate) use regions::{Level, NATION, RegionIndex, Regions};
pub(crate) use scan::{DEPARTMENT, Meaning, Scanner, Token};
pub(crate) use words::Words;

use crate::cores;
use crate::error::{Error, ErrorKind};
use once_cell::sync::Lazy;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use table::Table;

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
    pub(crate) layout: LayoutWords,
    pub(crate) names: Names,
    pub(crate) duties: DutyWords,
    pub(crate) modals: Modals,
    pub(crate) cues: CueWords,
    pub(crate) concepts: Arc<Concepts>,
    outlines: Vec<Outline>,
    pub(crate) scanner: Scanner,
    /// Shared by copies only.
    identity: Arc<()>,
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
    /// `concepts.json` — things that are named in several ways.
    Concepts,
    /// `cues.json` — the words by which the reader finds facts.
    Cues,
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
    /// Words that make the figure right behind them a lower bound: 超500家.
    pub over: Words,
    pub above: Words,
    pub below: Words,
    pub frequencies: Words,
    /// Verbs behind which a number counts what is made: 建立2-3个.
    pub set: Words,
    /// Verbs behind which a sum is paid: 给予20万元.
    pub grant: Words,
    /// Nouns that a figure measures: 周期为3年, 权重为10%.
    pub measured: Words,
    /// Words of a sentence that reports what was reached.
    pub past: Vec<String>,
    /// Words of one that sets what is to be reached, whatever it reports.
    pub ahead: Vec<String>,
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
    /// A unit of money.
    #[serde(default)]
    pub money: bool,
    /// A measure word for things that are counted.
    #[serde(default)]
    pub count: bool,
    /// A unit that sets a target only behind a word that binds it: ages, marks.
    #[serde(default)]
    pub bound: bool,
}

/// Units by their forms.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Vec<Unit>")]
pub(crate) struct Units {
    /// By form.
    table: Vec<Unit>,
    forms: Words,
}

impl From<Vec<Unit>> for Units {
    fn from(mut table: Vec<Unit>) -> Self {
        table.sort_by(|a, b| a.form.cmp(&b.form));
        let forms = table.iter().map(|unit| unit.form.clone()).collect::<Vec<_>>().into();
        Units { table, forms }
    }
}

impl Units {
    /// The longest unit that `text` starts with.
    pub fn start(&self, text: &str) -> Option<&Unit> {
        let form = self.forms.start(text)?;
        let at = self.table.binary_search_by(|unit| unit.form.as_str().cmp(form)).ok()?;
        Some(&self.table[at])
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

/// What the parts of a document open with.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct LayoutWords {
    /// Headings that a flattened text runs into the next sentence.
    pub chapters: Words,
    /// Closing lines: 附件, 抄送 ….
    pub closings: Words,
    /// Lines that a page prints around a text: 上一篇, 扫一扫 ….
    pub furniture: Words,
    /// Labels of an issuer: 发文机关: ….
    pub issued_by: Words,
    /// Labels of 成文日期.
    pub signed_on: Words,
    /// Labels of the day of publication.
    pub published_on: Words,
}

#[derive(Deserialize)]
struct Entries<T> {
    entries: Vec<T>,
}

macro_rules! embedded {
    ($file:literal) => {
        table(concat!("data/", $file), include_str!(concat!("../data/", $file)))
    };
}

fn table<'j, T: Deserialize<'j>>(file: &str, json: &'j str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(|error| {
        Error::new(ErrorKind::Vocabulary, file, error.to_string()).with_source(error)
    })
}

impl Lexicon {
    /// The embedded vocabularies, made once and shared.
    pub fn builtin() -> &'static Lexicon {
        static LEXICON: Lazy<Lexicon> =
            Lazy::new(|| Lexicon::embedded().expect("the embedded tables are tested"));
        &LEXICON
    }

    fn embedded() -> Result<Self, Error> {
        let concepts = || -> Result<Concepts, Error> {
            let concepts: Entries<Concept> = embedded!("lexicon/concepts.json")?;
            Ok(Concepts::new(concepts.entries))
        };
        let (concepts, others) = cores::both(concepts, Lexicon::without_concepts);
        Ok(Lexicon { concepts: Arc::new(concepts?), ..others? })
    }

    fn without_concepts() -> Result<Self, Error> {
        let regions: Entries<regions::Region> = embedded!("lexicon/regions.json")?;
        let functions: Entries<Function> = embedded!("lexicon/agencies.json")?;
        let bodies: Entries<agencies::Body> = embedded!("lexicon/bodies.json")?;
        let outlines: Vec<Outline> = vec![embedded!("policies/gbf-2024-53.json")?];
        Ok(Lexicon {
            regions: Regions::new(regions.entries),
            agencies: Agencies::new(functions.entries, bodies.entries),
            products: embedded!("lexicon/products.json")?,
            instruments: Instruments::new(embedded!("lexicon/instruments.json")?, &outlines),
            quantities: embedded!("lexicon/quantities.json")?,
            platforms: embedded!("lexicon/platforms.json")?,
            layout: embedded!("lexicon/layout.json")?,
            names: embedded!("lexicon/names.json")?,
            duties: embedded!("lexicon/duties.json")?,
            modals: embedded!("lexicon/modality.json")?,
            cues: embedded!("lexicon/cues.json")?,
            concepts: Arc::new(Concepts::new(Vec::new())),
            outlines,
            scanner: Scanner::default(),
            identity: Arc::new(()),
        }
        .scanning())
    }

    /// Makes the scanner again from the tables.
    fn scanning(mut self) -> Self {
        self.scanner = Scanner::new(&self);
        self.identity = Arc::new(());
        self
    }

    /// What this lexicon shares with its copies, and with no other.
    pub(crate) fn identity(&self) -> Arc<()> {
        self.identity.clone()
    }

    /// Whether it is the lexicon of this identity, or a copy of it.
    pub(crate) fn is(&self, identity: &Arc<()>) -> bool {
        Arc::ptr_eq(&self.identity, identity)
    }

    /// These vocabularies and more: `json` has the form of the embedded file,
    /// `{"entries": […]}`, or of one outline. An entry that is wrong is an error
    /// that says where.
    ///
    /// ```
    /// use policygraph::{Lexicon, Vocabulary, read};
    ///
    /// let more = r#"{"entries": [{"label": "放射性药品", "broader": ["药品"]}]}"#;
    /// let lexicon = Lexicon::builtin().with(Vocabulary::Products, more)?;
    /// let record = read(&lexicon, "note", "一、加强放射性药品管理。\n二、加强疫苗管理。");
    /// assert_eq!(record.measures[0].provision.products[0].value, "放射性药品");
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn with(&self, vocabulary: Vocabulary, json: &str) -> Result<Lexicon, Error> {
        let mut lexicon = self.clone();
        match vocabulary {
            Vocabulary::Agencies => {
                let mut functions = lexicon.agencies.functions;
                functions.extend(table::<Entries<Function>>("agencies.json", json)?.entries);
                lexicon.agencies = Agencies::new(functions, lexicon.agencies.bodies);
            }
            Vocabulary::Bodies => {
                let mut bodies = lexicon.agencies.bodies;
                bodies.extend(table::<Entries<agencies::Body>>("bodies.json", json)?.entries);
                lexicon.agencies = Agencies::new(lexicon.agencies.functions, bodies);
            }
            Vocabulary::Products => {
                lexicon
                    .products
                    .table
                    .extend(table::<Entries<Product>>("products.json", json)?.entries);
            }
            Vocabulary::Instruments => lexicon.instruments.extend(table("instruments.json", json)?),
            Vocabulary::Concepts => {
                let mut concepts = lexicon.concepts.table().to_vec();
                concepts.extend(table::<Entries<Concept>>("concepts.json", json)?.entries);
                lexicon.concepts = Arc::new(Concepts::new(concepts));
            }
            Vocabulary::Cues => lexicon.cues.add(table("cues.json", json)?),
            Vocabulary::Outline => {
                let outline = table("policies", json)?;
                lexicon.instruments.add_outline(&outline);
                lexicon.outlines.push(outline);
            }
        }
        lexicon.check()?;
        Ok(lexicon.scanning())
    }

    /// What the entries say of each other must hold.
    fn check(&self) -> Result<(), Error> {
        let labels: HashSet<&str> = self.products.table.iter().map(|p| p.label.as_str()).collect();
        if labels.len() < self.products.table.len() {
            return Err(Error::new(
                ErrorKind::Vocabulary,
                "products.json",
                "a label stands there twice; each needs one entry",
            ));
        }
        let mut above: HashSet<&str> = HashSet::new();
        for product in &self.products.table {
            if let Some(missing) =
                product.broader.iter().find(|label| !above.contains(label.as_str()))
            {
                let message = format!(
                    "{}: unknown broader label {missing}; add an entry for it before this one",
                    product.label
                );
                return Err(Error::new(ErrorKind::Vocabulary, "products.json", message));
            }
            above.insert(&product.label);
        }
        let mut forms: HashMap<&str, &str> = HashMap::new();
        for concept in self.concepts() {
            for form in &concept.forms {
                if let Some(other) = forms.insert(form, &concept.concept) {
                    let message = format!(
                        "{}: {form} is a form of {other} already; a form means one concept",
                        concept.concept
                    );
                    return Err(Error::new(ErrorKind::Vocabulary, "concepts.json", message));
                }
            }
        }
        if self.scanner_words().any(str::is_empty) {
            return Err(Error::new(
                ErrorKind::Vocabulary,
                "an entry",
                "has an empty name; leave the entry out",
            ));
        }
        let mut empty = None;
        self.cues.visit_words("", &mut |list, word| {
            if word.is_empty() {
                empty = Some(list.to_owned());
            }
        });
        if let Some(list) = empty {
            return Err(Error::new(
                ErrorKind::Vocabulary,
                "cues.json",
                format!("{list}: has an empty word; leave it out"),
            ));
        }
        for function in &self.agencies.functions {
            if let Some(national) =
                function.national.as_ref().filter(|name| self.agencies.body(name) != Some(name))
            {
                let message = format!(
                    "{}: unknown national body {national}; add it to bodies.json",
                    function.name
                );
                return Err(Error::new(ErrorKind::Vocabulary, "agencies.json", message));
            }
        }
        let successors = self.agencies.bodies.iter().filter_map(|body| body.successor.as_ref());
        let offices = self.names.offices.iter().map(|office| &office.national);
        if let Some(name) =
            successors.chain(offices).find(|name| self.agencies.body(name) != Some(name))
        {
            return Err(Error::new(
                ErrorKind::Vocabulary,
                "bodies.json",
                format!("no entry for {name}; add it"),
            ));
        }
        for outline in &self.outlines {
            let products = outline.articles.iter().flat_map(|article| &article.products);
            if let Some(label) = products.into_iter().find(|label| !labels.contains(label.as_str()))
            {
                return Err(Error::new(
                    ErrorKind::Vocabulary,
                    &outline.number,
                    format!("unknown product {label}; add it to products.json"),
                ));
            }
        }
        Ok(())
    }

    /// Every name that a scan looks for.
    fn scanner_words(&self) -> impl Iterator<Item = &str> {
        let functions =
            self.agencies.functions.iter().flat_map(|f| f.short.iter().chain([&f.name]));
        let bodies = self.agencies.bodies.iter().flat_map(|b| b.short.iter().chain([&b.name]));
        let products = self.products.table.iter().flat_map(|p| p.forms.iter().chain([&p.label]));
        let instruments =
            self.instruments.table.iter().flat_map(|i| i.short.iter().chain([&i.title]));
        let concepts = self.concepts().iter().flat_map(|concept| &concept.forms);
        let words = functions.chain(bodies).chain(products).chain(instruments);
        words.chain(concepts).map(String::as_str)
    }

    /// All product categories, each after those above it.
    ///
    /// ```
    /// let products = policygraph::Lexicon::builtin().products();
    /// let vaccines = products.iter().find(|product| product.label == "疫苗").unwrap();
    /// assert_eq!(vaccines.broader, ["生物制品"]);
    /// ```
    pub fn products(&self) -> &[Product] {
        &self.products.table
    }

    /// What is named in several ways, by topic: what two measures mean alike
    /// though they print other words ([`features`](crate::features)).
    ///
    /// ```
    /// let concepts = policygraph::Lexicon::builtin().concepts();
    /// let retail = concepts.iter().find(|c| c.forms.iter().any(|form| form == "批零一体化"));
    /// assert!(retail.unwrap().forms.iter().any(|form| form == "批发零售一体化"));
    /// ```
    pub fn concepts(&self) -> &[Concept] {
        self.concepts.table()
    }

    /// The policies whose outline is known.
    ///
    /// ```
    /// let outline = &policygraph::Lexicon::builtin().outlines()[0];
    /// assert_eq!(outline.number, "国办发〔2024〕53号");
    /// assert_eq!(outline.articles[9].heading, "优化药品医疗器械注册检验");
    /// ```
    pub fn outlines(&self) -> &[Outline] {
        &self.outlines
    }

    /// What is known of the agency of this canonical name.
    ///
    /// ```
    /// let lexicon = policygraph::Lexicon::builtin();
    /// let office = lexicon.agency("中国证券监督管理委员会江西监管局").unwrap();
    /// assert_eq!(office.region, "江西省");
    /// assert_eq!(office.superior.as_deref(), Some("中国证券监督管理委员会"));
    ///
    /// // Who answers today for what a document of 2016 says.
    /// let old = lexicon.agency("国家食品药品监督管理总局").unwrap();
    /// assert_eq!(old.until.unwrap().to_string(), "2018-03");
    /// assert_eq!(old.successor.as_deref(), Some("国家药品监督管理局"));
    /// ```
    pub fn agency(&self, name: &str) -> Option<AgencyFacts> {
        self.agencies.facts(&self.regions, name).or_else(|| self.office(name))
    }

    /// What is known of a national body's office in a region.
    fn office(&self, name: &str) -> Option<AgencyFacts> {
        let whole = |region: &str, _| self.regions.whole(region);
        let (office, region) = self.names.offices.find(name, whole)?;
        Some(AgencyFacts {
            region: self.regions.full_name(region).into_owned(),
            national: None,
            superior: Some(office.national.clone()),
            until: None,
            successor: None,
        })
    }

    /// The region directly above `region` (full names): 太原市 → 山西省; 中国
    /// above a province; `None` above 中国 and for a name that is unknown or
    /// stands for several regions.
    pub fn within(&self, region: &str) -> Option<&str> {
        let index = self.regions.whole(region)?;
        Some(self.regions.above(index).map_or(NATION, |above| self.regions.get(above).name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_tables_hold_together() {
        let lexicon = Lexicon::embedded().unwrap();
        lexicon.check().unwrap();
        for modifier in &lexicon.products.modifiers {
            for (head, label) in &modifier.heads {
                assert!(lexicon.products.heads.iter().any(|h| h.label == *head), "{head}");
                assert!(lexicon.products().iter().any(|p| p.label == *label), "{label}");
            }
        }
    }

    #[test]
    fn a_word_means_one_function_at_a_level() {
        let lexicon = Lexicon::builtin();
        let mut seen = std::collections::HashMap::new();
        for function in &lexicon.agencies.functions {
            let words =
                std::iter::once(&function.name).chain(&function.short).chain(&function.stems);
            for (word, level) in
                words.flat_map(|word| function.levels.iter().map(move |level| (word, level)))
            {
                let other = seen.insert((word, level, function.party), &function.name);
                assert_eq!(other, None, "{word} at {level:?} also means {}", function.name);
            }
        }
    }

    #[test]
    fn regions_are_sorted_and_have_their_parents() {
        let regions = &Lexicon::builtin().regions;
        let mut last = "";
        for index in 0..regions.len() as RegionIndex {
            let region = regions.get(index);
            assert!(region.code > last, "{} after {last}", region.code);
            last = region.code;
            let above = regions.above(index);
            assert_eq!(above.is_none(), region.code.ends_with("0000"), "{}", region.name);
        }
    }
}
