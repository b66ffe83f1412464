use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;

/// The national level, as a region.
pub(crate) const NATION: &str = "中国";

/// Longest region name in characters: 双江拉祜族佤族布朗族傣族自治县.
const LONGEST: usize = 15;

/// 行政区划 — one administrative region of GB/T 2260.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Region {
    /// Six digits; its zeros tell the level.
    pub code: &'static str,
    pub name: &'static str,
    /// Short names that stand for it in running text: 内蒙古.
    #[serde(default)]
    pub short: Vec<&'static str>,
    /// One character for it in document numbers: 晋.
    #[serde(default)]
    pub abbr: Vec<&'static str>,
}

/// 层级 — the level of an administrative region.
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

impl Region {
    pub fn level(&self) -> Level {
        match self.code.as_bytes() {
            [_, _, b'0', b'0', b'0', b'0'] if self.name.ends_with('市') => Level::Municipality,
            [_, _, b'0', b'0', b'0', b'0'] => Level::Province,
            [_, _, _, _, b'0', b'0'] => Level::Prefecture,
            _ => Level::County,
        }
    }
}

/// An index into the table of regions.
pub(crate) type RegionIndex = u16;

/// All regions, by code and by name.
#[derive(Clone)]
pub(crate) struct Regions {
    table: Vec<Region>,
    /// The first entry of `named` for each full and short name.
    by_name: HashMap<&'static str, u32>,
    /// A region of the name, and the next entry of the same name: a county's
    /// name may stand for several.
    named: Vec<(RegionIndex, Option<u32>)>,
    /// First two and last two characters of the names, sorted: most text is
    /// turned away here.
    firsts: Vec<[char; 2]>,
    lasts: Vec<[char; 2]>,
}

impl Regions {
    pub fn new(table: Vec<Region>) -> Self {
        let mut by_name = HashMap::with_capacity(table.len() + 400);
        let mut named = Vec::with_capacity(table.len() + 400);
        // Backwards, so that the first of several namesakes is found first.
        for (index, region) in table.iter().enumerate().rev() {
            for name in std::iter::once(&region.name).chain(&region.short) {
                let next = by_name.insert(*name, named.len() as u32);
                named.push((index as RegionIndex, next));
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

    /// The regions of a full or short name, by code.
    fn namesakes(&self, name: &str) -> impl Iterator<Item = RegionIndex> {
        let entry = |at: u32| self.named[at as usize];
        let first = self.by_name.get(name).map(|&at| entry(at));
        std::iter::successors(first, move |&(_, next)| next.map(entry)).map(|(region, _)| region)
    }

    /// How many there are.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.table.len()
    }

    pub fn get(&self, index: RegionIndex) -> &Region {
        &self.table[index as usize]
    }

    /// The region directly above; `None` for a province.
    pub fn above(&self, index: RegionIndex) -> Option<RegionIndex> {
        let code = self.get(index).code;
        let find = |code: String| self.table.binary_search_by(|r| r.code.cmp(code.as_str())).ok();
        let parent = match self.get(index).level() {
            Level::Province | Level::Municipality => None,
            Level::Prefecture => find(format!("{}0000", &code[..2])),
            // Districts of 直辖市 and directly administered counties have no
            // prefecture above them.
            Level::County => {
                find(format!("{}00", &code[..4])).or_else(|| find(format!("{}0000", &code[..2])))
            }
        };
        parent.map(|index| index as RegionIndex)
    }

    /// The name that tells it from every other region: 广州市海珠区, 山西省.
    pub fn full_name(&self, index: RegionIndex) -> Cow<'static, str> {
        let name = self.get(index).name;
        let district = self.get(index).level() == Level::County && name.ends_with('区');
        match self.above(index).filter(|_| district || self.namesakes(name).nth(1).is_some()) {
            Some(above) => Cow::Owned(format!("{}{name}", self.get(above).name)),
            None => Cow::Borrowed(name),
        }
    }

    /// The region of a whole name, as [`full_name`](Self::full_name) gives it or
    /// short.
    pub fn whole(&self, name: &str) -> Option<RegionIndex> {
        self.prefix(name, None).filter(|&(_, len)| len == name.len()).map(|(region, _)| region)
    }

    /// The province, autonomous region or municipality it lies in or is.
    pub fn province(&self, mut index: RegionIndex) -> RegionIndex {
        while let Some(above) = self.above(index) {
            index = above;
        }
        index
    }

    pub fn is_within(&self, mut index: RegionIndex, outer: RegionIndex) -> bool {
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

    /// The one region of this full or short name; among several the one within
    /// `context` (or within its province).
    pub fn named(&self, name: &str, context: Option<RegionIndex>) -> Option<RegionIndex> {
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

    /// The region named by a prefix of `text`, read as a chain from large to
    /// small (广州市海珠区), and the bytes it takes.
    pub fn prefix(&self, text: &str, context: Option<RegionIndex>) -> Option<(RegionIndex, usize)> {
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
        let mut ends = [0; LONGEST];
        let mut chars = 0;
        for (at, c) in text.char_indices().take(LONGEST) {
            ends[chars] = at + c.len_utf8();
            chars += 1;
        }
        ends[..chars]
            .iter()
            .skip(1)
            .rev()
            .find_map(|&end| Some((self.named(&text[..end], context)?, end)))
    }

    /// The region named by a suffix of `text`, chain included, and where the
    /// name starts.
    pub fn suffix(&self, text: &str, context: Option<RegionIndex>) -> Option<(RegionIndex, usize)> {
        self.suffix_in(text, context, 3)
    }

    /// The same; a chain has at most `links` names: province, prefecture, county.
    fn suffix_in(
        &self,
        text: &str,
        context: Option<RegionIndex>,
        links: u32,
    ) -> Option<(RegionIndex, usize)> {
        let links = links.checked_sub(1)?;
        self.lasts.binary_search(&last_two(text)?).ok()?;
        let mut starts = [0; LONGEST];
        let mut chars = 0;
        for (at, _) in text.char_indices().rev().take(LONGEST) {
            starts[chars] = at;
            chars += 1;
        }
        let starts = &starts[..chars];
        // The outer region of a chain picks the right one of several namesakes.
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

    /// The region whose one-character abbreviation opens a document number.
    pub fn abbreviated(&self, number: &str) -> Option<RegionIndex> {
        let first = number.chars().next()?;
        let is_it = |r: &Region| r.abbr.iter().any(|a| a.chars().eq([first]));
        self.table.iter().position(is_it).map(|index| index as RegionIndex)
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
