use super::Words;
use super::regions::{Level, NATION, RegionIndex, Regions};
use crate::model::PartialDate;
use serde::Deserialize;
use std::collections::HashMap;

/// What a region's agency is called without the region: 药品监督管理局.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Function {
    pub name: String,
    #[serde(default)]
    pub short: Vec<String>,
    /// Field words: 药监 in 药监部门.
    #[serde(default)]
    pub stems: Vec<String>,
    pub levels: Vec<Level>,
    /// Canonical name of the national counterpart.
    #[serde(default)]
    pub national: Option<String>,
    /// An organ of a party committee.
    #[serde(default)]
    pub party: bool,
}

/// A national body.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Body {
    pub name: String,
    #[serde(default)]
    pub short: Vec<String>,
    /// The month in which it ended.
    #[serde(default)]
    pub until: Option<PartialDate>,
    /// Canonical name of the body that took over.
    #[serde(default)]
    pub successor: Option<String>,
}

/// What the vocabularies know of an agency from its canonical name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyFacts {
    /// The region it belongs to, by full name; 中国 for a national body.
    pub region: String,
    /// Its national counterpart, by canonical name.
    pub national: Option<String>,
    /// The agency of the same function one level up, by canonical name.
    pub superior: Option<String>,
    /// The month in which it ended, for a national body that did.
    pub until: Option<PartialDate>,
    /// The national body that took over then, by canonical name; it may have
    /// ended too.
    pub successor: Option<String>,
}

/// Functions and national bodies.
#[derive(Clone)]
pub(crate) struct Agencies {
    pub functions: Vec<Function>,
    pub bodies: Vec<Body>,
    /// Names, short names and stems of functions.
    by_word: HashMap<String, Vec<u16>>,
    body_by_name: HashMap<String, u16>,
    /// All field words.
    pub stems: Words,
}

impl Agencies {
    pub fn new(functions: Vec<Function>, bodies: Vec<Body>) -> Self {
        let mut by_word: HashMap<String, Vec<u16>> = HashMap::with_capacity(4 * functions.len());
        for (index, function) in functions.iter().enumerate() {
            for word in
                std::iter::once(&function.name).chain(&function.short).chain(&function.stems)
            {
                by_word.entry(word.clone()).or_default().push(index as u16);
            }
        }
        let mut body_by_name = HashMap::with_capacity(3 * bodies.len());
        for (index, body) in bodies.iter().enumerate() {
            for name in std::iter::once(&body.name).chain(&body.short) {
                body_by_name.insert(name.clone(), index as u16);
            }
        }
        let stems =
            functions.iter().flat_map(|function| &function.stems).cloned().collect::<Vec<_>>();
        Agencies { functions, bodies, by_word, body_by_name, stems: stems.into() }
    }

    /// The function that `word` (a name, short name or stem) means at `level`.
    pub fn function(&self, word: &str, level: Level, party: bool) -> Option<&Function> {
        let mut fits = self
            .by_word
            .get(word)?
            .iter()
            .map(|&f| &self.functions[f as usize])
            .filter(|f| f.party == party);
        let first = fits.clone().next();
        // A name at a level that the table does not list is still that name:
        // regions keep departments that others do not have.
        fits.find(|f| f.levels.contains(&level)).or(first)
    }

    /// The canonical name of the national body with this name or short name.
    pub fn body(&self, name: &str) -> Option<&str> {
        self.body_by_name.get(name).map(|&body| self.bodies[body as usize].name.as_str())
    }

    /// The canonical name of a function's agency in a region.
    pub fn canonical(&self, region: &str, function: &Function) -> String {
        if !function.party {
            return format!("{region}{}", function.name);
        }
        let committee = if region.ends_with("自治区") { "党委" } else { "委" };
        format!("中共{region}{committee}{}", function.name)
    }

    /// What is known of the agency of this canonical name.
    pub fn facts(&self, regions: &Regions, name: &str) -> Option<AgencyFacts> {
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
        let bare = name.strip_prefix("中共").unwrap_or(name);
        let (region, len) = regions.prefix(bare, None)?;
        let rest = &bare[len..];
        let rest = if bare.len() < name.len() {
            rest.strip_prefix("党委").or(rest.strip_prefix("委")).unwrap_or(rest)
        } else {
            rest
        };
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

    /// The agency one level up whose function shares a stem, or else the name.
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
        Some(self.canonical(above.name, up))
    }
}
