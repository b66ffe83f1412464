use super::table::{Entry, SourceNote, invalid};
use crate::error::Error;
use crate::number::to_u32;
use crate::text::is_han;
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::Deserialize;
use std::borrow::Cow;

/// The national level, as a region.
pub(crate) const NATION: &str = "中国";

/// Beginning of the full titles of laws and of the full names of national bodies, which numbers
/// leave out.
pub(crate) const STATE: &str = "中华人民共和国";

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
    /// First year of the name; `None` if it is older than the table.
    #[serde(default)]
    pub since: Option<u16>,
    /// Last year of the name, for a former region.
    #[serde(default)]
    pub until: Option<u16>,
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
    /// Former regions (旧地名), with the years in which they had their names: 襄樊市 until 2010.
    #[serde(default, borrow)]
    pub former: Vec<Region<'j>>,
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
            since: self.since,
            until: self.until,
            _source: SourceNote,
        }
    }

    /// Returns true if the region had its name in a year.
    fn holds(&self, year: u16) -> bool {
        self.since.is_none_or(|since| since <= year) && self.until.is_none_or(|until| year <= until)
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

/// The place and the time of a text, by which a name of several regions is resolved.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Setting {
    pub region: Option<RegionIndex>,
    pub year: Option<u16>,
}

impl From<Option<RegionIndex>> for Setting {
    fn from(region: Option<RegionIndex>) -> Self {
        Setting { region, year: None }
    }
}

/// All regions, by code and by name.
#[derive(Clone)]
pub(crate) struct Regions {
    /// Regions of today by code, then former ones by code.
    table: Vec<Region<'static>>,
    /// Number of regions of today.
    today: usize,
    /// The first entry of `named` for each full and short name.
    by_name: FxHashMap<Cow<'static, str>, u32>,
    /// A region of the name, and the next entry of the same name: a county's
    /// name may be that of several regions.
    named: Vec<(RegionIndex, Option<u32>)>,
    /// A filter that rejects most texts: the lengths of the names with these first two and these last
    /// two characters.
    firsts: Lengths,
    lasts: Lengths,
}

/// Lengths of the names with two characters at the start or the end: bit `n` for `n` characters.
type Lengths = FxHashMap<(char, char), u16>;

impl Regions {
    /// Prepares a table that is ordered by code, and former regions, also by code.
    pub(crate) fn new(mut table: Vec<Region<'static>>, former: Vec<Region<'static>>) -> Self {
        let today = table.len();
        table.extend(former);
        let mut by_name = FxHashMap::with_capacity_and_hasher(table.len() + 400, FxBuildHasher);
        let mut named = Vec::with_capacity(table.len() + 400);
        // From the end, so that the first of several regions with one name is found first.
        for (index, region) in (0..to_u32(table.len())).zip(&table).rev() {
            for name in std::iter::once(&region.name).chain(&region.short) {
                let next = by_name.insert(name.clone(), to_u32(named.len()));
                named.push((index, next));
            }
        }
        let lengths = |ends: fn(&str) -> Option<(char, char)>| {
            let mut lengths = Lengths::default();
            for name in by_name.keys() {
                if let Some(ends) = ends(name) {
                    *lengths.entry(ends).or_default() |= 1 << name.chars().count();
                }
            }
            lengths
        };
        let (firsts, lasts) = (lengths(first_two), lengths(last_two));
        Regions { table, today, by_name, named, firsts, lasts }
    }

    /// These regions and those of `more`. An entry with the code of a region adds its short names
    /// and abbreviations to that region.
    pub(crate) fn with(&self, more: RegionTable) -> Result<Self, Error> {
        let mut table = self.table.clone();
        let mut former = table.split_off(self.today);
        for region in more.former {
            region.check()?;
            former.push(region.into_owned());
        }
        former.sort_by(|one, other| one.code.cmp(&other.code));
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
        Ok(Regions::new(table, former))
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

    /// Number of regions of today.
    #[cfg(test)]
    pub(crate) fn today(&self) -> usize {
        self.today
    }

    pub(crate) fn get(&self, index: RegionIndex) -> &Region<'static> {
        &self.table[index as usize]
    }

    /// Returns the parent region; `None` for a province.
    pub(crate) fn above(&self, index: RegionIndex) -> Option<RegionIndex> {
        let code = &self.get(index).code;
        let (today, former) = self.table.split_at(self.today);
        let find = |code: String| {
            let place =
                |table: &[Region]| table.binary_search_by(|r| r.code.as_ref().cmp(&code)).ok();
            place(today).or_else(|| Some(self.today + place(former)?))
        };
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
        let is_of_today = |region: &RegionIndex| (*region as usize) < self.today;
        let ambiguous = || self.namesakes(name).filter(is_of_today).nth(1).is_some();
        match self.above(index).filter(|_| district || ambiguous()) {
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
    /// the region of `setting`, or else within its province. Of these, the ones that had the name in the
    /// year of `setting` count first, or else the ones of today.
    pub(crate) fn named(&self, name: &str, setting: Setting) -> Option<RegionIndex> {
        let mut all = self.namesakes(name);
        let first = all.next()?;
        if all.next().is_none() {
            return Some(first);
        }
        let held = |region: RegionIndex| match setting.year {
            Some(year) => self.get(region).holds(year),
            None => self.get(region).until.is_none(),
        };
        let only = |outer: Option<RegionIndex>, any: bool| {
            let within = |region| outer.is_none_or(|outer| self.is_within(region, outer));
            let mut found =
                self.namesakes(name).filter(|&region| within(region) && (any || held(region)));
            found.next().filter(|_| found.next().is_none())
        };
        let outer = setting.region.map(|region| [region, self.province(region)]);
        let places = outer.into_iter().flatten().map(Some);
        let in_place =
            places.clone().find_map(|place| only(place, false).or_else(|| only(place, true)));
        in_place.or_else(|| only(None, false))
    }

    /// Returns the region named at the start of `text`, by one name or by a chain from large
    /// to small (广州市海珠区), and the length of the name in bytes.
    pub(crate) fn prefix(
        &self,
        text: &str,
        setting: impl Into<Setting>,
    ) -> Option<(RegionIndex, usize)> {
        let setting = setting.into();
        let (mut region, mut len) = self.one_prefix(text, setting)?;
        let inside = |region| Setting { region: Some(region), ..setting };
        while let Some((inner, more)) = self.one_prefix(&text[len..], inside(region)) {
            if inner == region || !self.is_within(inner, region) {
                break;
            }
            (region, len) = (inner, len + more);
        }
        Some((region, len))
    }

    fn one_prefix(&self, text: &str, setting: Setting) -> Option<(RegionIndex, usize)> {
        let lengths = *self.firsts.get(&first_two(text)?)?;
        let mut ends = [0; MAX_NAME];
        let mut chars = 0;
        for (at, c) in text.char_indices().take(MAX_NAME) {
            ends[chars] = at + c.len_utf8();
            chars += 1;
        }
        let ends = named_lengths(&ends[..chars], lengths);
        ends.rev().find_map(|end| Some((self.named(&text[..end], setting)?, end)))
    }

    /// Returns true for a county with a name of one character (和县, 单县) that a text of `context`
    /// need not mean: neither the county nor its prefecture is the context. 和县 is rather 和 and 县.
    pub(crate) fn is_doubtful(&self, index: RegionIndex, context: Option<RegionIndex>) -> bool {
        let name = &self.get(index).name;
        let short = self.get(index).level() == Level::County && name.chars().nth(2).is_none();
        short
            && context.is_none_or(|context| context != index && self.above(index) != Some(context))
    }

    /// Returns the region named at the end of `text`, by one name or by a chain, and the
    /// start of the name. A [doubtful](Self::is_doubtful) county must follow a mark or its parent:
    /// not 规范县, 办公室和县.
    pub(crate) fn suffix(
        &self,
        text: &str,
        setting: impl Into<Setting>,
    ) -> Option<(RegionIndex, usize)> {
        self.suffix_in(text, setting.into(), 3)
    }

    /// [`Self::suffix`] for chains of at most `links` names: province, prefecture, county.
    fn suffix_in(&self, text: &str, setting: Setting, links: u32) -> Option<(RegionIndex, usize)> {
        let links = links.checked_sub(1)?;
        let lengths = *self.lasts.get(&last_two(text)?)?;
        let mut starts = [0; MAX_NAME];
        let mut chars = 0;
        for (at, _) in text.char_indices().rev().take(MAX_NAME) {
            starts[chars] = at;
            chars += 1;
        }
        let starts = named_lengths(&starts[..chars], lengths);
        // The outer region of a chain decides between regions with one name.
        starts.rev().find_map(|start| {
            let name = &text[start..];
            if !self.by_name.contains_key(name) {
                return None;
            }
            let outer = self.suffix_in(&text[..start], setting, links);
            outer
                .and_then(|(outer, at)| {
                    let inner = self.named(name, Setting { region: Some(outer), ..setting })?;
                    (inner != outer && self.is_within(inner, outer)).then_some((inner, at))
                })
                .or_else(|| {
                    let region = self.named(name, setting)?;
                    let doubtful =
                        text[..start].ends_with(is_han) && self.is_doubtful(region, setting.region);
                    (!doubtful).then_some((region, start))
                })
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

/// Returns the offsets of which the number of characters, from one on, is a bit of `lengths`.
fn named_lengths(offsets: &[usize], lengths: u16) -> impl DoubleEndedIterator<Item = usize> {
    let named = offsets.iter().enumerate().filter(move |(at, _)| lengths >> (at + 1) & 1 != 0);
    named.map(|(_, &offset)| offset)
}

fn first_two(text: &str) -> Option<(char, char)> {
    let mut chars = text.chars();
    Some((chars.next()?, chars.next()?))
}

fn last_two(text: &str) -> Option<(char, char)> {
    let mut chars = text.chars().rev();
    Some((chars.next()?, chars.next()?))
}
