//! A name as printed → the canonical name, in the context of the document.

use crate::lexicon::{Alone, DEPARTMENT, RegionIndex};
use crate::read::context::Context;
use crate::text::is_han;
use std::borrow::Cow;

/// Words that stand for the document's own region, longest first.
pub(crate) const RELATIVE: [&str; 10] =
    ["自治区", "自治州", "新区", "省", "市", "县", "区", "旗", "盟", "州"];

/// What stands before a relative word without changing it: 我省, 本市.
pub(crate) const OWN: [&str; 2] = ["我", "本"];

/// Where a name without any region belongs: to the place of the name before it
/// in a list, or of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seat {
    /// 卫生健康委 behind 国家发展改革委.
    Nation,
    /// 财政厅 behind 省发展改革委.
    Region(RegionIndex),
}

/// A name without what brackets add to it: 市发展改革委(市能源局),
/// 高新区(滨江)管委会.
fn without_brackets(surface: &str) -> Cow<'_, str> {
    const OPEN: [char; 3] = ['(', '〔', '['];
    const CLOSE: [char; 3] = [')', '〕', ']'];
    let Some(open) = surface.find(OPEN) else { return Cow::Borrowed(surface.trim()) };
    let behind =
        surface.rfind(CLOSE).map_or("", |close| surface[close..].trim_start_matches(CLOSE));
    Cow::Owned(format!("{}{behind}", &surface[..open]))
}

/// A name and the region it opens with.
struct Located<'n> {
    region: RegionIndex,
    /// What it says behind the region.
    rest: &'n str,
    /// The region is printed in full, or meant by 省 or 市.
    full: bool,
}

impl Context<'_> {
    /// The canonical name of a body from its name as printed, region included
    /// or meant: 省药监局, 山西省药品监督管理局, 国家医保局, 教育厅. `None` for a
    /// class of bodies and for what is no name of a body. Without `seat` a name
    /// must say its region.
    pub fn resolve(&self, surface: &str, seat: Option<Seat>) -> Option<String> {
        self.known(surface, seat).or_else(|| self.unlisted(surface, seat))
    }

    /// The same, for names that the vocabularies or the text itself explain.
    pub fn known(&self, surface: &str, seat: Option<Seat>) -> Option<String> {
        let surface = &*without_brackets(surface);
        if let Some(body) =
            self.defined.name(surface).or_else(|| self.lexicon.agencies.body(surface))
        {
            return Some(body.to_owned());
        }
        if let Some(office) = self.office(surface) {
            return Some(office);
        }
        if let Some(name) = self.located(surface).and_then(|located| self.of_region(&located)) {
            return Some(name);
        }
        match seat? {
            Seat::Nation => {
                self.lexicon.agencies.body(&format!("国家{surface}")).map(str::to_owned)
            }
            Seat::Region(region) => {
                let bare = Located { region, rest: surface, full: true };
                let whole = || format!("{}{surface}", self.lexicon.regions.full_name(region));
                self.of_region(&bare).or_else(|| self.office(&whole()))
            }
        }
    }

    /// True if a name ends as the names of bodies do: not the field word 科技.
    pub fn ends_as_body(&self, surface: &str) -> bool {
        let surface = &*without_brackets(surface);
        self.defined.name(surface).is_some()
            || self.lexicon.agencies.body(surface).is_some()
            || self.lexicon.names.organs.of(surface).is_some()
    }

    /// A class of bodies: 各区人民政府, 有关部门.
    pub fn is_class(&self, surface: &str) -> bool {
        let surface = &*without_brackets(surface);
        let classes = &self.lexicon.names.classes;
        classes.starts.start(surface).is_some() || classes.ends.end(surface).is_some()
    }

    /// A national body's office: 江西证监局, 人民银行江西省分行.
    fn office(&self, surface: &str) -> Option<String> {
        let region = |printed: &str, relative: bool| {
            let regions = &self.lexicon.regions;
            let named = regions.prefix(printed, self.place.region);
            named.filter(|&(_, len)| len == printed.len()).map(|(region, _)| region).or_else(|| {
                let word = RELATIVE.iter().find(|word| relative && **word == printed)?;
                self.relative(word)
            })
        };
        let (office, region) = self.lexicon.names.offices.find(surface, region)?;
        Some(office.canonical(&self.lexicon.regions, region))
    }

    fn located<'n>(&self, surface: &'n str) -> Option<Located<'n>> {
        let bare = surface.strip_prefix("中共").unwrap_or(surface);
        let own = OWN.iter().find_map(|own| bare.strip_prefix(own)).unwrap_or(bare);
        if let Some((region, len)) = self.lexicon.regions.prefix(own, self.place.region) {
            let full = own[..len].ends_with(self.lexicon.regions.get(region).name);
            return Some(Located { region, rest: &own[len..], full });
        }
        let word =
            RELATIVE.iter().find(|word| own.starts_with(**word) && own.len() > word.len())?;
        Some(Located { region: self.relative(word)?, rest: &own[word.len()..], full: true })
    }

    /// The body of a function of government in a region.
    fn of_region(&self, Located { region, rest, .. }: &Located) -> Option<String> {
        let (regions, agencies) = (&self.lexicon.regions, &self.lexicon.agencies);
        let level = regions.get(*region).level();
        let party = committee(rest).and_then(|rest| agencies.function(rest, level, true));
        let function = party.or_else(|| {
            let suffix = DEPARTMENT.iter().rev().find_map(|suffix| rest.strip_suffix(suffix));
            let stem = suffix.unwrap_or(rest);
            agencies.function(stem, level, false).or_else(|| agencies.function(stem, level, true))
        })?;
        Some(agencies.canonical(&regions.full_name(*region), function))
    }

    /// A body that no table lists, by the form of its name: 省建材集团, 市税务局
    /// 第一分局, 国网宁波供电公司.
    fn unlisted(&self, surface: &str, seat: Option<Seat>) -> Option<String> {
        /// No name is longer, in characters.
        const LONGEST: usize = 40;
        let surface = &*without_brackets(surface);
        let organ = self.lexicon.names.organs.of(surface)?;
        let shaped = |name: &str, shortest| {
            (shortest..LONGEST).contains(&name.chars().count())
                && name.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric())
        };
        let bare = surface.len() == organ.end.len();
        if bare || !shaped(surface, 3) || self.lexicon.names.classes.starts.start(surface).is_some()
        {
            return None;
        }
        if let Some(whole) = seat.and_then(|seat| self.part(surface, seat)) {
            return Some(whole);
        }
        let in_full = |name: &str| match (&organ.name, name.strip_suffix(organ.end.as_str())) {
            (Some(end), Some(stem)) => format!("{stem}{end}"),
            _ => name.to_owned(),
        };
        let placed = |region, rest: &str| {
            let name = self.lexicon.regions.full_name(region);
            match committee(rest) {
                Some(_) => format!("中共{name}{}", in_full(rest)),
                None => format!("{name}{}", in_full(rest)),
            }
        };
        if let Some(Located { region, rest, full }) = self.located(surface) {
            let own_name = !full && organ.alone == Some(Alone::Printed);
            let name = if own_name { in_full(surface) } else { placed(region, rest) };
            return shaped(rest, 2).then_some(name);
        }
        let zone = self.lexicon.names.zones.start(surface).is_some();
        match (organ.alone?, seat?) {
            (Alone::Placed, Seat::Region(region)) => Some(placed(region, surface)),
            (Alone::Printed, Seat::Region(region)) if zone => Some(placed(region, surface)),
            _ => Some(in_full(surface)),
        }
    }

    /// A part of a body that is known: 国家药监局药品注册司.
    fn part(&self, surface: &str, seat: Seat) -> Option<String> {
        /// The shortest name of a body: 省局.
        const SHORTEST: usize = "省局".len();
        let ends = surface.char_indices().map(|(end, _)| end).rev();
        let (whole, rest) = ends.take_while(|&end| end >= SHORTEST).find_map(|end| {
            let (whole, rest) = surface.split_at(end);
            let joined = JOINERS.iter().any(|joiner| rest.starts_with(joiner));
            let parted = !joined && rest.chars().nth(1).is_some() && self.ends_as_body(whole);
            let name = parted.then(|| self.known(whole, Some(seat)))?;
            Some((name?, rest))
        })?;
        Some(format!("{whole}{rest}"))
    }
}

/// What joins two names.
pub(crate) const JOINERS: [&str; 8] = ["会同", "联合", "以及", "和", "及", "与", "同", "等"];

/// What stands behind the committee of a party organ's name: 宣传部 in 委宣传部.
fn committee(rest: &str) -> Option<&str> {
    rest.strip_prefix("党委").or_else(|| rest.strip_prefix('委')).filter(|rest| !rest.is_empty())
}
