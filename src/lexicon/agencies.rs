use super::Words;
use super::regions::{Level, NATION, RegionIndex, Regions};
use super::table::{Entry, SourceNote, table};
use crate::model::PartialDate;
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::Deserialize;

/// First words of the names of organs of the Communist Party.
pub(crate) const PARTY: &str = "中共";

/// A function of government, with the name of its agencies without the region: 药品监督管理局.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Function {
    pub name: String,
    #[serde(default)]
    pub short: Vec<String>,
    /// Field words: 药监 in 药监部门.
    #[serde(default)]
    pub stems: Vec<String>,
    pub levels: Vec<Level>,
    /// Names in regions that have another one, without the region, by the full name of the region.
    #[serde(default)]
    pub own: FxHashMap<String, String>,
    /// Canonical name of the national counterpart.
    #[serde(default)]
    pub national: Option<String>,
    /// True for an organ of a party committee.
    #[serde(default)]
    pub party: bool,
    #[serde(default, rename = "source")]
    _source: SourceNote,
}

impl Entry for Function {
    fn visit_words(&self, visit: &mut dyn FnMut(&str)) {
        visit(&self.name);
        let words = self.short.iter().chain(&self.stems).chain(&self.national);
        let words = words.chain(self.own.values());
        words.for_each(|word| visit(word));
    }
}

table! {
    /// `agencies.json`.
    FunctionTable {
        entries: Vec<Function>,
    }
}

/// A national body.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Body {
    pub name: String,
    #[serde(default)]
    pub short: Vec<String>,
    /// Month in which it ended.
    #[serde(default)]
    pub until: Option<PartialDate>,
    /// Canonical name of the body that took over.
    #[serde(default)]
    pub successor: Option<String>,
    #[serde(default, rename = "source")]
    _source: SourceNote,
}

impl Entry for Body {
    fn visit_words(&self, visit: &mut dyn FnMut(&str)) {
        visit(&self.name);
        self.short.iter().chain(&self.successor).for_each(|word| visit(word));
    }
}

table! {
    /// `bodies.json`.
    BodyTable {
        entries: Vec<Body>,
    }
}

/// Removes the characters that join the parts of a name: 工业和信息化局 and 工业与信息化局 are one.
fn without_joiners(name: &str) -> String {
    name.replace(['和', '与', '及'], "")
}

/// Returns the part of a party organ's name after its committee: 宣传部 of 委宣传部.
pub(crate) fn after_committee(rest: &str) -> Option<&str> {
    rest.strip_prefix("党委").or_else(|| rest.strip_prefix('委'))
}

/// Facts about an agency that follow from its canonical name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyFacts {
    /// Full name of its region; 中国 for a national body.
    pub region: String,
    /// Canonical name of its national counterpart.
    pub national: Option<String>,
    /// Canonical name of the agency of the same function one level up.
    pub superior: Option<String>,
    /// Month in which it ended, for a former national body.
    pub until: Option<PartialDate>,
    /// Canonical name of the national body that took over; that one may have ended too.
    pub successor: Option<String>,
}

/// Functions and national bodies.
#[derive(Clone)]
pub(crate) struct Agencies {
    pub functions: Vec<Function>,
    pub bodies: Vec<Body>,
    /// Functions by name, short name and stem.
    by_word: FxHashMap<String, Vec<u32>>,
    /// The same by words [without joining characters](without_joiners), where these differ.
    by_bare_word: FxHashMap<String, Vec<u32>>,
    body_by_name: FxHashMap<String, u32>,
    /// All field words.
    pub stems: Words,
}

impl Agencies {
    pub(crate) fn new(functions: Vec<Function>, bodies: Vec<Body>) -> Self {
        let mut by_word: FxHashMap<String, Vec<u32>> =
            FxHashMap::with_capacity_and_hasher(4 * functions.len(), FxBuildHasher);
        let mut by_bare_word: FxHashMap<String, Vec<u32>> =
            FxHashMap::with_capacity_and_hasher(functions.len(), FxBuildHasher);
        for (index, function) in (0..).zip(&functions) {
            for word in
                std::iter::once(&function.name).chain(&function.short).chain(&function.stems)
            {
                by_word.entry(word.clone()).or_default().push(index);
                by_bare_word.entry(without_joiners(word)).or_default().push(index);
            }
        }
        let mut body_by_name = FxHashMap::with_capacity_and_hasher(3 * bodies.len(), FxBuildHasher);
        for (index, body) in (0..).zip(&bodies) {
            for name in std::iter::once(&body.name).chain(&body.short) {
                body_by_name.insert(name.clone(), index);
            }
        }
        let stems =
            functions.iter().flat_map(|function| &function.stems).cloned().collect::<Vec<_>>();
        Agencies { functions, bodies, by_word, by_bare_word, body_by_name, stems: stems.into() }
    }

    /// Returns the function with the name, short name or stem `word` at `level`. 与 in place of 和, or
    /// neither, makes no other function: 工业与信息化局.
    pub(crate) fn function(&self, word: &str, level: Level, party: bool) -> Option<&Function> {
        let bare = || self.by_bare_word.get(&without_joiners(word));
        let mut fits = self
            .by_word
            .get(word)
            .or_else(bare)?
            .iter()
            .map(|&f| &self.functions[f as usize])
            .filter(|f| f.party == party);
        let first = fits.clone().next();
        // A name may occur at a level that the table does not list: some regions have departments
        // that others do not have.
        fits.find(|f| f.levels.contains(&level)).or(first)
    }

    /// Returns the canonical name of the national body with this name or short name.
    pub(crate) fn body(&self, name: &str) -> Option<&str> {
        self.body_by_name.get(name).map(|&body| self.bodies[body as usize].name.as_str())
    }

    /// Returns the canonical name of the national body that begins a name, and the length of its printed
    /// name: the longest one.
    pub(crate) fn body_at_start(&self, name: &str) -> Option<(&str, usize)> {
        let mut ends = name.char_indices().rev().map(|(at, c)| at + c.len_utf8());
        ends.find_map(|end| Some((self.body(&name[..end])?, end)))
    }

    /// Returns true if a region of some level has a government function with the name, short name or
    /// stem `word`.
    pub(crate) fn is_function(&self, word: &str) -> bool {
        let levels = [Level::Province, Level::Prefecture, Level::County];
        levels.into_iter().any(|level| self.function(word, level, false).is_some())
    }

    /// Returns the canonical name of the agency of `function` in a region.
    pub(crate) fn canonical(&self, region: &str, function: &Function) -> String {
        if !function.party {
            let name = function.own.get(region).unwrap_or(&function.name);
            return [region, name].concat();
        }
        [self.committee(region).as_str(), &function.name].concat()
    }

    /// Returns the canonical name of the party committee of a region.
    pub(crate) fn committee(&self, region: &str) -> String {
        let committee = if region.ends_with("自治区") { "党委" } else { "委" };
        [PARTY, region, committee].concat()
    }

    /// Facts about the agency with this canonical name.
    pub(crate) fn facts(&self, regions: &Regions, name: &str) -> Option<AgencyFacts> {
        let body = self.body_by_name.get(name).map(|&body| &self.bodies[body as usize]);
        if let Some(body) = body.filter(|body| body.name == name) {
            return Some(AgencyFacts {
                region: NATION.to_owned(),
                national: None,
                superior: None,
                until: body.until,
                successor: body.successor.clone(),
            });
        }
        let bare = name.strip_prefix(PARTY).unwrap_or(name);
        let (region, len) = regions.prefix(bare, None)?;
        let rest = &bare[len..];
        let rest =
            if bare.len() < name.len() { after_committee(rest).unwrap_or(rest) } else { rest };
        let level = regions.get(region).level();
        let function = self.function(rest, level, bare.len() < name.len());
        let superior = function.and_then(|f| self.superior(regions, region, f));
        Some(AgencyFacts {
            region: regions.full_name(region).into_owned(),
            national: function.and_then(|f| f.national.clone()),
            superior: superior.filter(|superior| superior != name),
            until: None,
            successor: None,
        })
    }

    /// Returns the agency one level up with a function of the same stem, or else of the
    /// same name.
    fn superior(
        &self,
        regions: &Regions,
        region: RegionIndex,
        function: &Function,
    ) -> Option<String> {
        let above = regions.get(regions.above(region)?);
        let listed = |word: &String| {
            self.function(word, above.level(), function.party)
                .filter(|f| f.levels.contains(&above.level()))
        };
        let up = function.stems.iter().find_map(listed).or_else(|| listed(&function.name))?;
        Some(self.canonical(&above.name, up))
    }
}
