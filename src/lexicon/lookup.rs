//! Names as people type them → canonical names. No document gives a context
//! here: a name must name its region.

use super::{Instrument, Level, Lexicon, PARTY, RegionIndex, TitleKey, after_committee};

impl Lexicon {
    /// Returns the canonical name of the agency that `name` means: 国家卫健委,
    /// 山西省药监局, 江西证监局. `None` if the name has no region or no known
    /// function of government.
    pub(crate) fn canonical_agency(&self, name: &str) -> Option<String> {
        if let Some(body) = self.agencies.body(name) {
            return Some(body.to_owned());
        }
        let whole = |region: &str, _| self.regions.whole(region);
        if let Some((office, region, printed)) = self.names.offices.find(name, whole) {
            return Some(office.canonical(&self.regions, region, printed));
        }
        let bare = name.strip_prefix(PARTY).unwrap_or(name);
        let (region, len) = self.regions.prefix(bare, None)?;
        self.regional_agency(region, &bare[len..])
    }

    /// Returns the canonical name of the agency of a region with the name, short name or field word
    /// `rest`: 药品监督管理局, 药监局, 药监部门, 委组织部.
    pub(crate) fn regional_agency(&self, region: RegionIndex, rest: &str) -> Option<String> {
        let level = self.regions.get(region).level();
        let party =
            after_committee(rest).and_then(|rest| self.agencies.function(rest, level, true));
        let function = party.or_else(|| {
            let stem = self.cues.agencies.departments.strip_end(rest).unwrap_or(rest);
            self.agencies
                .function(stem, level, false)
                .or_else(|| self.agencies.function(stem, level, true))
        })?;
        Some(self.agencies.canonical(&self.regions.full_name(region), function))
    }

    /// Returns the canonical name as [`Self::regional_agency`] does. A function that the level of
    /// the region does not have becomes the one of its field there: 教育局 of a province is 教育厅.
    pub(crate) fn counterpart_agency(&self, region: RegionIndex, rest: &str) -> Option<String> {
        let level = self.regions.get(region).level();
        let function = |word: &str| self.agencies.function(word, level, false);
        let counterpart = function(rest).filter(|f| !f.levels.contains(&level)).and_then(|f| {
            let mut stems = f.stems.iter().filter_map(|stem| function(stem));
            stems.find(|f| f.levels.contains(&level))
        });
        match counterpart {
            Some(f) => Some(self.agencies.canonical(&self.regions.full_name(region), f)),
            None => self.regional_agency(region, rest),
        }
    }

    /// Returns the canonical name of an organ of a zone that has organs of its own:
    /// 新疆生产建设兵团科学技术局 for 兵团科技局.
    pub(crate) fn zone_agency(&self, name: &str) -> Option<String> {
        let (zone, rest) = self.zones.prefix(name).filter(|(zone, _)| zone.organs)?;
        let function = self.agencies.function(rest, Level::Prefecture, false)?;
        Some(self.agencies.canonical(&zone.name, function))
    }

    /// Full names of the government functions that `word` abbreviates: 药监局 →
    /// 药品监督管理局.
    pub(crate) fn functions_of(&self, word: &str) -> impl Iterator<Item = &str> {
        let functions = self.agencies.functions.iter();
        let named = move |short: &String| short == word;
        functions
            .filter(move |function| function.short.iter().any(named))
            .map(|function| function.name.as_str())
    }

    /// National bodies with their short names: 国家药品监督管理局, 国家药监局.
    pub(crate) fn body_aliases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.agencies
            .bodies
            .iter()
            .flat_map(|body| body.short.iter().map(|short| (body.name.as_str(), short.as_str())))
    }

    /// Returns the full name of the region that `name` means: 山西, 山西省太原市.
    pub(crate) fn canonical_region(&self, name: &str) -> Option<String> {
        self.regions.whole(name).map(|region| self.regions.full_name(region).into_owned())
    }

    /// Other names of the region with this full name: its name without the
    /// region above, its short name, and its character in document numbers.
    pub(crate) fn region_aliases(&self, full_name: &str) -> impl Iterator<Item = &str> {
        let region = self.regions.whole(full_name).map(|region| self.regions.get(region));
        region.into_iter().flat_map(|region| {
            let names = std::iter::once(&region.name).chain(&region.short).chain(&region.abbr);
            names.map(AsRef::as_ref)
        })
    }

    /// Labels of the products that `wording` names: 疫苗制品 → 疫苗, 药械 →
    /// 药品 and 医疗器械.
    pub(crate) fn product_labels(&self, wording: &str) -> Vec<&str> {
        let products = &self.products;
        let is_form = |form: &String| form == wording;
        let listed = products.entries.iter().filter(|product| product.forms.iter().any(is_form));
        let mut labels: Vec<&str> = listed.map(|product| product.label.as_str()).collect();
        let heads = products.heads.iter().filter(|head| head.forms.iter().any(is_form));
        labels.extend(heads.map(|head| head.label.as_str()));
        let both = products.both.iter().filter(|both| both.form == wording);
        labels.extend(both.flat_map(|both| both.labels.iter().map(String::as_str)));
        for modifier in &products.modifiers {
            let Some(noun) = wording.strip_prefix(modifier.modifier.as_str()) else { continue };
            let head =
                products.heads.iter().find(|head| head.forms.iter().any(|form| form == noun));
            labels
                .extend(head.and_then(|head| modifier.heads.get(&head.label)).map(String::as_str));
        }
        labels
    }

    /// Returns the known instrument that `name` means: its number, its title in
    /// any printing, or a short name such as GMP.
    pub(crate) fn known_instrument(&self, name: &str) -> Option<&Instrument> {
        let instruments = &self.instruments;
        instruments.numbered(name).or_else(|| instruments.titled(&TitleKey::new(name)))
    }
}
