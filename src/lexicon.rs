//! The vocabularies of `data/`, prepared for reading.
//!
//! One leftmost-longest scan finds the words of most of them (`Scanner`); regions, concepts and
//! word lists are looked up apart.

mod agencies;
mod check;
mod concepts;
mod cue_words;
mod dictionary;
mod digest;
mod duties;
mod edges;
mod instruments;
mod layout;
mod lookup;
mod modals;
mod names;
mod outlines;
mod platforms;
mod products;
mod quantities;
mod regions;
mod scan;
mod table;
#[cfg(test)]
mod tests;
mod titles;
mod vocabulary;
mod words;
mod zones;

pub use agencies::AgencyFacts;
pub use concepts::Concept;
pub use outlines::{Outline, OutlineArticle, OutlineChapter, OutlineDates, OutlineTarget};
pub use products::Product;
pub use vocabulary::Vocabulary;

pub(crate) use agencies::{Agencies, PARTY, after_committee};
pub(crate) use concepts::Concepts;
pub(crate) use cue_words::{CueWords, DeadlineCues, PlatformCues, ValidityCues};
pub(crate) use dictionary::{Dictionary, Match, Word};
pub(crate) use duties::{DutyRole, DutyWords};
pub(crate) use instruments::{Instrument, Instruments, TitleKey};
pub(crate) use layout::LayoutWords;
pub(crate) use modals::Modals;
pub(crate) use names::{Alone, Names, Organ};
pub(crate) use platforms::Platforms;
pub(crate) use products::Products;
pub(crate) use quantities::{Quantities, Unit};
pub(crate) use regions::{Level, NATION, RegionIndex, Regions, STATE, Setting};
pub(crate) use scan::{Meaning, MeaningKinds, Scanner, Token};
pub(crate) use titles::{TitleForm, TitleWords};
pub(crate) use words::Words;
pub(crate) use zones::Zones;

use crate::error::{Error, ErrorKind};
use crate::parallel;
use agencies::{BodyTable, FunctionTable};
use concepts::ConceptTable;
use once_cell::sync::Lazy;
use regions::RegionTable;
use serde::Deserialize;
use std::sync::Arc;
use table::{Table, check_each, check_words};
use zones::ZoneTable;

/// The vocabularies, prepared for reading.
///
/// They are data: `data/lexicon/*.json` and `data/policies/*.json` of the crate, embedded.
/// Agencies are not listed but combined of a region of GB/T 2260 and a function of government.
/// Callers add entries with [`Lexicon::with`].
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
    pub(crate) products: Products,
    pub(crate) instruments: Instruments,
    pub(crate) quantities: Quantities,
    pub(crate) platforms: Platforms,
    pub(crate) layout: LayoutWords,
    pub(crate) titles: TitleWords,
    pub(crate) names: Names,
    pub(crate) zones: Zones,
    pub(crate) duties: DutyWords,
    pub(crate) modals: Modals,
    pub(crate) cues: CueWords,
    pub(crate) concepts: Arc<Concepts>,
    outlines: Vec<Outline>,
    pub(crate) scanner: Scanner,
    /// Shared with clones only.
    identity: Arc<()>,
    /// Digest of the entries that `with` added.
    additions: [u8; 32],
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").field("words", &self.scanner.len()).finish_non_exhaustive()
    }
}

/// Reads an embedded table.
macro_rules! embedded {
    ($file:literal) => {
        parse(concat!("data/", $file), include_str!(concat!("../data/", $file)))
    };
}

fn parse<'j, T: Deserialize<'j>>(file: &str, json: &'j str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(|error| {
        Error::new(ErrorKind::Vocabulary, file, ends(&error.to_string())).with_source(error)
    })
}

/// Returns both ends of a message that quotes a long word.
fn ends(message: &str) -> String {
    const MAX_CHARS: usize = 120;
    let start = message.char_indices().nth(MAX_CHARS).map_or(message.len(), |(at, _)| at);
    let end = message.char_indices().rev().nth(MAX_CHARS).map_or(0, |(at, _)| at);
    match start < end {
        true => format!("{} … {}", &message[..start], &message[end..]),
        false => message.to_owned(),
    }
}

/// Reads the entries that a caller adds to a table, and checks their words.
fn parse_more<'j, T: Deserialize<'j> + Table>(file: &str, json: &'j str) -> Result<T, Error> {
    let more = parse(file, json)?;
    check_words(file, &more)?;
    Ok(more)
}

impl Lexicon {
    /// Returns the embedded vocabularies, prepared once and shared.
    pub fn builtin() -> &'static Lexicon {
        static LEXICON: Lazy<Lexicon> =
            Lazy::new(|| Lexicon::embedded().expect("the embedded tables are tested"));
        &LEXICON
    }

    fn embedded() -> Result<Self, Error> {
        let concepts = || -> Result<Concepts, Error> {
            let table: ConceptTable = embedded!("lexicon/concepts.json")?;
            Concepts::new(table.entries)
        };
        let (concepts, others) = parallel::join(concepts, Lexicon::without_concepts);
        Ok(Lexicon { concepts: Arc::new(concepts?), ..others? })
    }

    fn without_concepts() -> Result<Self, Error> {
        let regions: RegionTable = embedded!("lexicon/regions.json")?;
        let functions: FunctionTable = embedded!("lexicon/agencies.json")?;
        let bodies: BodyTable = embedded!("lexicon/bodies.json")?;
        let zones: ZoneTable = embedded!("lexicon/zones.json")?;
        let outlines: Vec<Outline> = vec![embedded!("policies/gbf-2024-53.json")?];
        let lexicon = Lexicon {
            regions: Regions::new(regions.entries, regions.former),
            agencies: Agencies::new(functions.entries, bodies.entries),
            products: embedded!("lexicon/products.json")?,
            instruments: Instruments::new(embedded!("lexicon/instruments.json")?, &outlines),
            quantities: embedded!("lexicon/quantities.json")?,
            platforms: embedded!("lexicon/platforms.json")?,
            layout: embedded!("lexicon/layout.json")?,
            titles: embedded!("lexicon/titles.json")?,
            names: embedded!("lexicon/names.json")?,
            zones: Zones::new(zones.entries),
            duties: embedded!("lexicon/duties.json")?,
            modals: embedded!("lexicon/modality.json")?,
            cues: embedded!("lexicon/cues.json")?,
            concepts: Arc::new(Concepts::new(Vec::new())?),
            outlines,
            scanner: Scanner::default(),
            identity: Arc::new(()),
            additions: [0; 32],
        };
        lexicon.with_scanner()
    }

    /// Makes the scanner and the identity of changed tables.
    fn with_scanner(mut self) -> Result<Self, Error> {
        self.scanner = Scanner::new(&self)?;
        self.identity = Arc::new(());
        Ok(self)
    }

    /// Returns a token shared by this lexicon and its clones, and by no other lexicon.
    pub(crate) fn identity(&self) -> Arc<()> {
        self.identity.clone()
    }

    /// Returns true if this lexicon, or one that it is a clone of, has the identity.
    pub(crate) fn is(&self, identity: &Arc<()>) -> bool {
        Arc::ptr_eq(&self.identity, identity)
    }

    /// These vocabularies and the entries of `json`, which has the form of the embedded file of
    /// `vocabulary` (`data/README.md` describes the fields). Words are added to word lists; lists
    /// that `json` leaves out stay as they are.
    ///
    /// # Errors
    ///
    /// If `json` is not of that form, a word is empty or has blanks around it, or an entry refers
    /// to one that does not exist. The message names the vocabulary and the entry.
    ///
    /// ```
    /// use policygraph::{Lexicon, Vocabulary, read};
    ///
    /// // A table of entries.
    /// let more = r#"{"entries": [{"label": "宠物用药", "broader": ["药品"]}]}"#;
    /// let lexicon = Lexicon::builtin().with(Vocabulary::Products, more)?;
    /// let record = read(&lexicon, "note", "一、加强宠物用药管理。\n二、加强疫苗管理。");
    /// assert_eq!(record.measures[0].provision.products[0].value, "宠物用药");
    ///
    /// // A table of word lists.
    /// let lexicon = lexicon.with(Vocabulary::Quantities, r#"{"at_most": ["至多不逾"]}"#)?;
    /// let record = read(&lexicon, "note", "一、审批至多不逾20个工作日。\n二、加强疫苗管理。");
    /// assert_eq!(record.measures[0].provision.targets[0].to, Some(20.0));
    ///
    /// let error = lexicon.with(Vocabulary::Quantities, r#"{"at_most": [""]}"#).unwrap_err();
    /// assert_eq!(error.to_string(), "quantities.json: at_most: a word is empty; leave it out");
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn with(&self, vocabulary: Vocabulary, json: &str) -> Result<Lexicon, Error> {
        let mut lexicon = self.clone();
        lexicon.add(vocabulary, json)?;
        lexicon.additions = digest::extended(&lexicon.additions, vocabulary.file(), json);
        lexicon.check()?;
        lexicon.with_scanner()
    }

    fn add(&mut self, vocabulary: Vocabulary, json: &str) -> Result<(), Error> {
        let file = vocabulary.file();
        match vocabulary {
            Vocabulary::Regions => {
                let more: RegionTable = parse(file, json)?;
                check_words(file, &more.entries)?;
                check_words(file, &more.former)?;
                self.regions = self.regions.with(more)?;
            }
            Vocabulary::Agencies => {
                let more: FunctionTable = parse_more(file, json)?;
                let Agencies { mut functions, bodies, .. } = self.agencies.clone();
                functions.add(more.entries);
                self.agencies = Agencies::new(functions, bodies);
            }
            Vocabulary::Bodies => {
                let more: BodyTable = parse_more(file, json)?;
                let Agencies { functions, mut bodies, .. } = self.agencies.clone();
                bodies.add(more.entries);
                self.agencies = Agencies::new(functions, bodies);
            }
            Vocabulary::Zones => {
                let more: ZoneTable = parse_more(file, json)?;
                let mut zones = self.zones.table.clone();
                zones.add(more.entries);
                self.zones = Zones::new(zones);
            }
            Vocabulary::Concepts => {
                let more: ConceptTable = parse_more(file, json)?;
                let mut concepts = self.concepts().to_vec();
                concepts.add(more.entries);
                self.concepts = Arc::new(Concepts::new(concepts)?);
            }
            Vocabulary::Outlines => {
                let outline: Outline = parse(file, json)?;
                check_each(file, |visit| outline.visit_words("", visit))?;
                self.instruments.add_outline(&outline);
                self.outlines.push(outline);
            }
            Vocabulary::Instruments => self.instruments.extend(parse_more(file, json)?),
            Vocabulary::Products => self.products.add(parse_more(file, json)?),
            Vocabulary::Names => self.names.add(parse_more(file, json)?),
            Vocabulary::Duties => self.duties.add(parse_more(file, json)?),
            Vocabulary::Quantities => self.quantities.add(parse_more(file, json)?),
            Vocabulary::Modality => self.modals.add(parse_more(file, json)?),
            Vocabulary::Platforms => self.platforms.add(parse_more(file, json)?),
            Vocabulary::Layout => self.layout.add(parse_more(file, json)?),
            Vocabulary::Titles => self.titles.add(parse_more(file, json)?),
            Vocabulary::Cues => self.cues.add(parse_more(file, json)?),
        }
        Ok(())
    }

    /// Returns all product categories, each after its parents.
    ///
    /// ```
    /// let products = policygraph::Lexicon::builtin().products();
    /// let vaccines = products.iter().find(|product| product.label == "疫苗").unwrap();
    /// assert_eq!(vaccines.broader, ["生物制品"]);
    /// ```
    pub fn products(&self) -> &[Product] {
        &self.products.entries
    }

    /// Synonym sets, grouped by topic: different wordings of one concept, by which
    /// [`similar`](crate::similar) compares the subjects of two measures.
    ///
    /// ```
    /// let concepts = policygraph::Lexicon::builtin().concepts();
    /// let retail = concepts.iter().find(|c| c.forms.iter().any(|form| form == "批零一体化"));
    /// assert!(retail.unwrap().forms.iter().any(|form| form == "批发零售一体化"));
    /// ```
    pub fn concepts(&self) -> &[Concept] {
        self.concepts.table()
    }

    /// Returns the outlines of policies.
    ///
    /// ```
    /// let outline = &policygraph::Lexicon::builtin().outlines()[0];
    /// assert_eq!(outline.number, "国办发〔2024〕53号");
    /// assert_eq!(outline.articles[9].heading, "优化药品医疗器械注册检验");
    /// ```
    pub fn outlines(&self) -> &[Outline] {
        &self.outlines
    }

    /// Facts about the agency with this canonical name; `None` without its region, or national
    /// body, in the vocabularies.
    ///
    /// ```
    /// let lexicon = policygraph::Lexicon::builtin();
    /// let office = lexicon.agency("中国证券监督管理委员会江西监管局").unwrap();
    /// assert_eq!(office.region, "江西省");
    /// assert_eq!(office.superior.as_deref(), Some("中国证券监督管理委员会"));
    ///
    /// // The body of a document of 2016 and its successor.
    /// let old = lexicon.agency("国家食品药品监督管理总局").unwrap();
    /// assert_eq!(old.until.unwrap().to_string(), "2018-03");
    /// assert_eq!(old.successor.as_deref(), Some("国家药品监督管理局"));
    /// ```
    pub fn agency(&self, name: &str) -> Option<AgencyFacts> {
        self.agencies.facts(&self.regions, name).or_else(|| self.office(name))
    }

    /// Facts about a national body's office in a region.
    fn office(&self, name: &str) -> Option<AgencyFacts> {
        let whole = |region: &str, _| self.regions.whole(region);
        let (office, region, _) = self.names.offices.find(name, whole)?;
        Some(AgencyFacts {
            region: self.regions.full_name(region).into_owned(),
            national: None,
            superior: Some(office.national.clone()),
            until: None,
            successor: None,
        })
    }

    /// Returns the parent of `region`, by full names: 太原市 → 山西省, 山西省 → 中国. Returns
    /// `None` for 中国, for an unknown name and for a name of several regions.
    pub fn within(&self, region: &str) -> Option<&str> {
        let index = self.regions.whole(region)?;
        Some(self.regions.above(index).map_or(NATION, |above| &self.regions.get(above).name))
    }
}
