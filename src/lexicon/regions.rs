use super::table::{Entry, SourceNote, invalid};
use crate::error::Error;
use crate::number::to_u32;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;

/// The national level, as a region.
pub(crate) const NATION: &str = "中国";

/// Maximum length of a region's name in characters: 双江拉祜族佤族布朗族傣族自治县.
const MAX_NAME: usize = 15;

/// One administrative region (行政区划) of GB/T 2260. The strings of the built-in table are
/// borrowed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Region<'j> {
    /// Six digits; the zeros at its end give the level.
    #[serde(borrow)]
    pub code: Cow<'j, str>,
    #[serde(borrow)]
    pub name: Cow<'j, str>,
    /// Short names in running text: 内蒙古.
    #[serde(default)]
    pub short: Vec<Cow<'j, str>>,
    /// One-character names in document numbers: 晋.
    #[serde(default)]
    pub abbr: Vec<Cow<'j, str>>,
    #[serde(default, rename = "source")]
    _source: SourceNote,
}

impl Entry for Region<'_> {
    fn visit_words(&self, visit: &mut dyn FnMut(&str)) {
        visit(&self.name);
        visit(&self.code);
        self.short.iter().chain(&self.abbr).for_each(|word| visit(word));
    }
}

/// `regions.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegionTable<'j> {
    #[serde(borrow)]
    pub entries: Vec<Region<'j>>,
    #[serde(default, rename = "source")]
    _source: SourceNote,
}

/// Level (层级) of an administrative region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Level {
    /// 省, 自治区, 特别行政区.
    Province,
    /// 直辖市.
    Municipality,
    /// 地级市, 地区, 盟, 自治州.
    Prefecture,
    /// 县, 市辖区, 县级市, 旗.
    County,
}

impl Region<'_> {
    fn into_owned(self) -> Region<'static> {
        let owned = |text: Cow<str>| Cow::Owned(text.into_owned());
        Region {
            code: owned(self.code),
            name: owned(self.name),
            short: self.short.into_iter().map(owned).collect(),
            abbr: self.abbr.into_iter().map(owned).collect(),
            _source: SourceNote,
        }
    }

    pub(crate) fn level(&self) -> Level {
        match self.code.as_bytes() {
            [_, _, b'0', b'0', b'0', b'0'] if self.name.ends_with('市') => Level::Municipality,
            [_, _, b'0', b'0', b'0', b'0'] => Level::Province,
            [_, _, _, _, b'0', b'0'] => Level::Prefecture,
            _ => Level::County,
        }
    }
}

/// Index of a region in the table.
pub(crate) type RegionIndex = u32;

impl Region<'_> {
    /// Checks the code and the lengths of the names.
    fn check(&self) -> Result<(), Error> {
        if self.code.len() != 6 || !self.code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(self.error("needs a code of six digits, as in GB/T 2260"));
        }
        let fits = |name: &&Cow<str>| (2..=MAX_NAME).contains(&name.chars().count());
        if !std::iter::once(&self.name).chain(&self.short).all(|name| fits(&name)) {
            return Err(self.error(&format!("needs names of 2 to {MAX_NAME} characters")));
        }
        if self.abbr.iter().any(|abbr| abbr.chars().count() != 1) {
            return Err(self.error("needs abbreviations of one character"));
        }
        Ok(())
    }

    fn error(&self, problem: &str) -> Error {
        invalid("regions.json", format!("{} ({}): {problem}", self.name, self.code))
    }
}

/// All regions, by code and by name.
#[derive(Clone)]
pub(crate) struct Regions {
    /// By code.
    table: Vec<Region<'static>>,
    /// The first entry of `named` for each full and short name.
    by_name: HashMap<Cow<'static, str>, u32>,
    /// A region of the name, and the next entry of the same name: a county's
    /// name may be that of several regions.
    named: Vec<(RegionIndex, Option<u32>)>,
    /// First two and last two characters of the names, sorted: a filter that rejects most texts.
    firsts: Vec<[char; 2]>,
    lasts: Vec<[char; 2]>,
}

impl Regions {
    /// Prepares a table that is ordered by code.
    pub(crate) fn new(table: Vec<Region<'static>>) -> Self {
        let mut by_name = HashMap::with_capacity(table.len() + 400);
        let mut named = Vec::with_capacity(table.len() + 400);
        // From the end, so that the first of several regions with one name is found first.
        for (index, region) in (0..to_u32(table.len())).zip(&table).rev() {
            for name in std::iter::once(&region.name).chain(&region.short) {
                let next = by_name.insert(name.clone(), to_u32(named.len()));
                named.push((index, next));
            }
        }
        let ends = |end: fn(&str) -> Option<[char; 2]>| {
            let mut pairs: Vec<[char; 2]> = by_name.keys().filter_map(|name| end(name)).collect();
            pairs.sort_unstable();
            pairs.dedup();
            pairs
        };
        let (firsts, lasts) = (ends(first_two), ends(last_two));
        Regions { table, by_name, named, firsts, lasts }
    }

    /// These regions and those of `more`. An entry with the code of a region adds its short names
    /// and abbreviations to that region.
    pub(crate) fn with(&self, more: RegionTable) -> Result<Self, Error> {
        let mut table = self.table.clone();
        for region in more.entries {
            region.check()?;
            match table.binary_search_by(|known| known.code.cmp(&region.code)) {
                Err(at) => table.insert(at, region.into_owned()),
                Ok(at) if table[at].name == region.name => {
                    let Region { short, abbr, .. } = region.into_owned();
                    table[at].short.extend(short);
                    table[at].abbr.extend(abbr);
                }
                Ok(at) => {
                    return Err(region.error(&format!("has the code of {}", table[at].name)));
                }
            }
        }
        Ok(Regions::new(table))
    }

    /// Checks that each region has its parent.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let missing = |(index, region): &(RegionIndex, &Region)| {
            self.above(*index).is_none() && !region.code.ends_with("0000")
        };
        match (0..).zip(&self.table).find(missing) {
            Some((_, region)) => Err(region.error("has no parent; add its province before it")),
            None => Ok(()),
        }
    }

    /// Returns the regions of a full or short name, by code.
    fn namesakes(&self, name: &str) -> impl Iterator<Item = RegionIndex> {
        let entry = |at: u32| self.named[at as usize];
        let first = self.by_name.get(name).map(|&at| entry(at));
        std::iter::successors(first, move |&(_, next)| next.map(entry)).map(|(region, _)| region)
    }

    /// Number of regions.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.table.len()
    }

    pub(crate) fn get(&self, index: RegionIndex) -> &Region<'static> {
        &self.table[index as usize]
    }

    /// Returns the parent region; `None` for a province.
    pub(crate) fn above(&self, index: RegionIndex) -> Option<RegionIndex> {
        let code = &self.get(index).code;
        let find =
            |code: String| self.table.binary_search_by(|r| r.code.as_ref().cmp(code.as_str())).ok();
        let parent = match self.get(index).level() {
            Level::Province | Level::Municipality => None,
            Level::Prefecture => find(format!("{}0000", &code[..2])),
            // The parent of districts of 直辖市 and of directly administered counties is the
            // province.
            Level::County => {
                find(format!("{}00", &code[..4])).or_else(|| find(format!("{}0000", &code[..2])))
            }
        };
        parent.map(to_u32)
    }

    /// Returns the full name, with the parent before it if the name alone is ambiguous: 广州市海珠区,
    /// 山西省.
    pub(crate) fn full_name(&self, index: RegionIndex) -> Cow<'static, str> {
        let name = &self.get(index).name;
        let district = self.get(index).level() == Level::County && name.ends_with('区');
        match self.above(index).filter(|_| district || self.namesakes(name).nth(1).is_some()) {
            Some(above) => Cow::Owned(format!("{}{name}", self.get(above).name)),
            None => name.clone(),
        }
    }

    /// Returns the region with this [full name](Self::full_name) or short name.
    pub(crate) fn whole(&self, name: &str) -> Option<RegionIndex> {
        self.prefix(name, None).filter(|&(_, len)| len == name.len()).map(|(region, _)| region)
    }

    /// Returns the province, autonomous region or municipality that contains the region,
    /// or is it.
    pub(crate) fn province(&self, mut index: RegionIndex) -> RegionIndex {
        while let Some(above) = self.above(index) {
            index = above;
        }
        index
    }

    pub(crate) fn is_within(&self, mut index: RegionIndex, outer: RegionIndex) -> bool {
        loop {
            if index == outer {
                return true;
            }
            match self.above(index) {
                Some(above) => index = above,
                None => return false,
            }
        }
    }

    /// Returns the region with this full or short name; of several, the only one within
    /// `context`, or else within the province of `context`.
    pub(crate) fn named(&self, name: &str, context: Option<RegionIndex>) -> Option<RegionIndex> {
        let mut all = self.namesakes(name);
        let first = all.next()?;
        if all.next().is_none() {
            return Some(first);
        }
        let context = context?;
        let within = |outer| {
            let mut found = self.namesakes(name).filter(|&region| self.is_within(region, outer));
            found.next().filter(|_| found.next().is_none())
        };
        within(context).or_else(|| within(self.province(context)))
    }

    /// Returns the region named at the start of `text`, by one name or by a chain from large
    /// to small (广州市海珠区), and the length of the name in bytes.
    pub(crate) fn prefix(
        &self,
        text: &str,
        context: Option<RegionIndex>,
    ) -> Option<(RegionIndex, usize)> {
        let (mut region, mut len) = self.one_prefix(text, context)?;
        while let Some((inner, more)) = self.one_prefix(&text[len..], Some(region)) {
            if inner == region || !self.is_within(inner, region) {
                break;
            }
            (region, len) = (inner, len + more);
        }
        Some((region, len))
    }

    fn one_prefix(&self, text: &str, context: Option<RegionIndex>) -> Option<(RegionIndex, usize)> {
        self.firsts.binary_search(&first_two(text)?).ok()?;
        let mut ends = [0; MAX_NAME];
        let mut chars = 0;
        for (at, c) in text.char_indices().take(MAX_NAME) {
            ends[chars] = at + c.len_utf8();
            chars += 1;
        }
        ends[..chars]
            .iter()
            .skip(1)
            .rev()
            .find_map(|&end| Some((self.named(&text[..end], context)?, end)))
    }

    /// Returns the region named at the end of `text`, by one name or by a chain, and the
    /// start of the name.
    pub(crate) fn suffix(
        &self,
        text: &str,
        context: Option<RegionIndex>,
    ) -> Option<(RegionIndex, usize)> {
        self.suffix_in(text, context, 3)
    }

    /// [`Self::suffix`] for chains of at most `links` names: province, prefecture, county.
    fn suffix_in(
        &self,
        text: &str,
        context: Option<RegionIndex>,
        links: u32,
    ) -> Option<(RegionIndex, usize)> {
        let links = links.checked_sub(1)?;
        self.lasts.binary_search(&last_two(text)?).ok()?;
        let mut starts = [0; MAX_NAME];
        let mut chars = 0;
        for (at, _) in text.char_indices().rev().take(MAX_NAME) {
            starts[chars] = at;
            chars += 1;
        }
        let starts = &starts[..chars];
        // The outer region of a chain decides between regions with one name.
        starts.iter().skip(1).rev().find_map(|&start| {
            let name = &text[start..];
            if !self.by_name.contains_key(name) {
                return None;
            }
            let outer = self.suffix_in(&text[..start], context, links);
            outer
                .and_then(|(outer, at)| {
                    let inner = self.named(name, Some(outer))?;
                    (inner != outer && self.is_within(inner, outer)).then_some((inner, at))
                })
                .or_else(|| Some((self.named(name, context)?, start)))
        })
    }

    /// Returns the region with the one-character abbreviation that a document number
    /// starts with.
    pub(crate) fn abbreviated(&self, number: &str) -> Option<RegionIndex> {
        let first = number.chars().next()?;
        let is_it = |r: &Region| r.abbr.iter().any(|abbr| abbr.chars().eq([first]));
        self.table.iter().position(is_it).map(to_u32)
    }
}

fn first_two(text: &str) -> Option<[char; 2]> {
    let mut chars = text.chars();
    Some([chars.next()?, chars.next()?])
}

fn last_two(text: &str) -> Option<[char; 2]> {
    let mut chars = text.chars().rev();
    Some([chars.next()?, chars.next()?])
}
