//! The canonical name of a public body, from its name as printed.

use super::names::Names;
use crate::lexicon::{Alone, Level, Organ, PARTY, RegionIndex, after_committee};
use crate::read::scanned_text::ScannedText;
use crate::text::{is_han, is_within};
use std::borrow::Cow;

/// The region of a name that gives none: that of the name before it in a list,
/// or that of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DefaultRegion {
    /// 卫生健康委 after 国家发展改革委.
    Nation,
    /// 财政厅 after 省发展改革委.
    Region(RegionIndex),
}

/// Returns the canonical name of a body from its name as printed: 省药监局,
/// 山西省药品监督管理局, 国家医保局, 教育厅. `None` for a class of bodies and for
/// text that is not the name of a body. Without a default region, a name must
/// give its own.
pub(crate) fn resolve(
    names: &Names,
    surface: &str,
    default: Option<DefaultRegion>,
) -> Option<String> {
    resolve_known(names, surface, default).or_else(|| resolve_by_form(names, surface, default))
}

/// Resolves a name with the vocabularies and the document's definitions only.
pub(crate) fn resolve_known(
    names: &Names,
    surface: &str,
    default: Option<DefaultRegion>,
) -> Option<String> {
    let lexicon = names.text.lexicon;
    let surface = &*without_brackets(surface);
    if let Some(body) = names.defined.name(surface).or_else(|| lexicon.agencies.body(surface)) {
        return Some(body.to_owned());
    }
    let own = resolve_office(names, surface)
        .or_else(|| committee(names, surface))
        .or_else(|| lexicon.zone_agency(surface));
    if own.is_some() {
        return own;
    }
    let located = locate(names, surface);
    if let Some(name) =
        located.and_then(|Located { region, rest, .. }| lexicon.regional_agency(region, rest))
    {
        return Some(name);
    }
    match default? {
        DefaultRegion::Nation => {
            lexicon.agencies.body(&["国家", surface].concat()).map(str::to_owned)
        }
        DefaultRegion::Region(region) => {
            let with_region = || [&*lexicon.regions.full_name(region), surface].concat();
            lexicon
                .regional_agency(region, surface)
                .or_else(|| resolve_office(names, &with_region()).filter(|_| named_alone(surface)))
        }
    }
}

/// Returns the canonical name of the party committee of a region: 中共湖南省委 for 中共湖南省委员会.
pub(crate) fn committee(names: &Names, surface: &str) -> Option<String> {
    let lexicon = names.text.lexicon;
    let name = surface.strip_prefix(PARTY)?;
    let (region, len) = lexicon.regions.prefix(name, names.setting())?;
    let is_committee = matches!(&name[len..], "委" | "委员会" | "党委");
    is_committee.then(|| lexicon.agencies.committee(&lexicon.regions.full_name(region)))
}

/// Returns true for the name of an office without its region, 证监局, and not for 海关, of which a
/// region can have several.
fn named_alone(surface: &str) -> bool {
    !is_within(surface, 2)
}

/// Returns true if a name ends as names of bodies do: the field word 科技 does not.
pub(crate) fn ends_as_body(names: &Names, surface: &str) -> bool {
    let surface = &*without_brackets(surface);
    names.defined.name(surface).is_some()
        || names.text.lexicon.agencies.body(surface).is_some()
        || names.text.lexicon.names.organs.of(surface).is_some()
}

/// Returns true for a class of bodies: 各区人民政府, 有关部门.
pub(crate) fn is_class(names: &Names, surface: &str) -> bool {
    let surface = &*without_brackets(surface);
    let classes = &names.text.lexicon.names.classes;
    classes.starts.start(surface).is_some() || classes.ends.end(surface).is_some()
}

/// Returns true if `before` makes a class of the name after it: 各市药监局, 全省药监局;
/// not 健全省药监局….
pub(super) fn makes_class(text: &ScannedText, before: &str) -> bool {
    text.lexicon.names.classes.starts.end(before).is_some()
        && text.lexicon.cues.agencies.not_whole.end(before).is_none()
}

/// Returns the document's own region, as the default for its names.
pub(crate) fn own_region(names: &Names) -> DefaultRegion {
    names.region.map_or(DefaultRegion::Nation, DefaultRegion::Region)
}

/// Returns the region of an agency, by its canonical name, as the default for the names
/// after it in a list.
pub(crate) fn region_as_default(names: &Names, agency: &str) -> Option<DefaultRegion> {
    let lexicon = names.text.lexicon;
    if lexicon.agencies.body(agency).is_some() {
        return Some(DefaultRegion::Nation);
    }
    // 农业农村局 after 新疆生产建设兵团水利局 is of the zone.
    if lexicon.zones.prefix(agency).is_some_and(|(zone, _)| zone.organs) {
        return None;
    }
    region_of(names, agency).map(DefaultRegion::Region)
}

/// Returns the region in an agency's canonical name.
pub(crate) fn region_of(names: &Names, agency: &str) -> Option<RegionIndex> {
    let name = agency.strip_prefix(PARTY).unwrap_or(agency);
    names.text.lexicon.regions.prefix(name, names.setting()).map(|(region, _)| region)
}

/// Returns true for a national body, and for a division or an office of one:
/// 国家能源局华北监管局.
pub(crate) fn is_national(names: &Names, agency: &str) -> bool {
    let lexicon = names.text.lexicon;
    lexicon.names.national.start(agency).is_some()
        || lexicon.agencies.body_at_start(agency).is_some()
}

/// Returns the document's region at the level that a relative word names: 省, 市 ….
pub(crate) fn relative_region(names: &Names, word: &str) -> Option<RegionIndex> {
    let regions = &names.text.lexicon.regions;
    let mut region = names.region?;
    loop {
        let name = &regions.get(region).name;
        let matches = match word {
            "区" => name.ends_with('区') && regions.get(region).level() == Level::County,
            word => name.ends_with(word),
        };
        if matches {
            return Some(region);
        }
        region = regions.above(region)?;
    }
}

/// Removes the words in brackets from a name: 市发展改革委(市能源局),
/// 高新区(滨江)管委会.
fn without_brackets(surface: &str) -> Cow<'_, str> {
    const OPEN: [char; 3] = ['(', '〔', '['];
    const CLOSE: [char; 3] = [')', '〕', ']'];
    let Some(open) = surface.find(OPEN) else { return Cow::Borrowed(surface.trim()) };
    let after = surface.rfind(CLOSE).map_or("", |close| surface[close..].trim_start_matches(CLOSE));
    Cow::Owned([&surface[..open], after].concat())
}

/// A name and the region at its start.
pub(crate) struct Located<'n> {
    pub(super) region: RegionIndex,
    /// The name after its region.
    pub(super) rest: &'n str,
    /// The region is printed in full, or is a relative word.
    full: bool,
}

/// Returns the region at the start of a name, printed or as a relative word.
pub(crate) fn locate<'n>(names: &Names, surface: &'n str) -> Option<Located<'n>> {
    let (regions, cues) = (&names.text.lexicon.regions, &names.text.lexicon.cues.agencies);
    let name = surface.strip_prefix(PARTY).unwrap_or(surface);
    let name = cues.own.strip_start(name).unwrap_or(name);
    let named = regions.prefix(name, names.setting());
    // 和县市场监管局 of another city is the second name of a list.
    let joined = |region| {
        let joiner = cues.joiners.start(name).is_some();
        joiner && (regions.is_doubtful(region, names.region) || is_joiner_and_level(names, region))
    };
    if let Some((region, len)) = named.filter(|&(region, _)| !joined(region)) {
        let full = name[..len].ends_with(&*regions.get(region).name);
        return Some(Located { region, rest: &name[len..], full });
    }
    let word = cues.relative.start(name).filter(|word| name.len() > word.len())?;
    Some(Located { region: relative_region(names, word)?, rest: &name[word.len()..], full: true })
}

/// Returns true for a county whose name can be a joiner and a level, 会同县, that the document need not
/// mean: neither the county nor its prefecture issues it.
pub(super) fn is_joiner_and_level(names: &Names, region: RegionIndex) -> bool {
    let (regions, cues) = (&names.text.lexicon.regions, &names.text.lexicon.cues.agencies);
    let level = cues.joiners.strip_start(&regions.get(region).name);
    level.is_some_and(|level| cues.relative.contains(level))
        && names.region != Some(region)
        && names.region.is_none_or(|own| regions.above(region) != Some(own))
}

/// Returns a national body's office in a region: 江西证监局, 人民银行江西省分行.
pub(super) fn resolve_office(names: &Names, surface: &str) -> Option<String> {
    let (regions, cues) = (&names.text.lexicon.regions, &names.text.lexicon.cues.agencies);
    let region = |printed: &str, relative: bool| {
        let named = regions.prefix(printed, names.setting());
        let named = named.filter(|&(_, len)| len == printed.len()).map(|(region, _)| region);
        let short = || city(names, printed).or_else(|| autonomous_region(names, printed));
        named.or_else(short).or_else(|| {
            let relative = relative && cues.relative.contains(printed);
            relative.then(|| relative_region(names, printed))?
        })
    };
    let (office, region, printed) = names.text.lexicon.names.offices.find(surface, region)?;
    Some(office.canonical(regions, region, printed))
}

/// Returns the autonomous region with the short name before 区: 广西区 in 共青团广西区委.
fn autonomous_region(names: &Names, printed: &str) -> Option<RegionIndex> {
    let short = printed.strip_suffix('区')?;
    let regions = &names.text.lexicon.regions;
    let (region, len) = regions.prefix(short, names.setting())?;
    let autonomous = regions.get(region).name.ends_with("自治区");
    (len == short.len() && autonomous).then_some(region)
}

/// Returns the city of prefecture level with this short name, which a county can have too: 朝阳.
fn city(names: &Names, short: &str) -> Option<RegionIndex> {
    let regions = &names.text.lexicon.regions;
    let name = [short, "市"].concat();
    let (city, len) = regions.prefix(&name, names.setting())?;
    (len == name.len() && regions.get(city).level() == Level::Prefecture).then_some(city)
}

/// Returns a body that no table lists, by the form of its name: 省建材集团, 市税务局第一分局,
/// 国网宁波供电公司.
fn resolve_by_form(names: &Names, surface: &str, default: Option<DefaultRegion>) -> Option<String> {
    /// Maximum length of a name in characters.
    const LONGEST: usize = 40;
    let lexicon = names.text.lexicon;
    // 华智云算(四川)科技有限公司
    let company = lexicon.names.companies.end(surface).is_some();
    let surface = &*if company { Cow::Borrowed(surface) } else { without_brackets(surface) };
    let organ = lexicon.names.organs.of(surface)?;
    let in_names =
        |c| is_han(c) || c.is_ascii_alphanumeric() || (company && matches!(c, '(' | ')'));
    let well_formed = |name: &str, shortest| {
        (shortest..LONGEST).contains(&name.chars().count()) && name.chars().all(in_names)
    };
    let only_organ = surface.len() == organ.end.len();
    if only_organ
        || !well_formed(surface, 3)
        || lexicon.names.classes.starts.start(surface).is_some()
    {
        return None;
    }
    // 中共某某新区工作委员会: the committee of a zone.
    if surface.starts_with(PARTY) && lexicon.names.party_committees.end(surface).is_some() {
        return well_formed(surface, 9).then(|| surface.to_owned());
    }
    if let Some(name) = default.and_then(|default| resolve_division(names, surface, Some(default)))
    {
        return Some(name);
    }
    if let Some((zone, rest)) = lexicon
        .zones
        .prefix(surface)
        .filter(|(zone, _)| zone.organs || organ.alone == Some(Alone::Printed))
    {
        return Some([&*zone.name, &organ.in_full(rest)].concat());
    }
    if let Some(Located { region, rest, full }) = locate(names, surface) {
        let zone = lexicon.names.zones.start(rest).is_some();
        let as_printed = !full && !zone && organ.alone == Some(Alone::Printed);
        return well_formed(rest, 2).then(|| match as_printed {
            true => organ.in_full(surface),
            false => organ_of_region(names, organ, region, rest),
        });
    }
    unlocated(names, organ, surface, default)
}

/// Returns a body without its region in its name, by the organ in which the name ends.
fn unlocated(
    names: &Names,
    organ: &Organ,
    surface: &str,
    default: Option<DefaultRegion>,
) -> Option<String> {
    let lexicon = names.text.lexicon;
    // In a text of a province 县水利局 is a class, and which city 市水利局 is of nobody can tell.
    let foreign = lexicon.cues.agencies.relative.start(surface);
    let foreign = foreign.filter(|_| lexicon.names.not_bodies.start(surface).is_none());
    match foreign.filter(|_| names.region.is_some()) {
        Some("县" | "区" | "旗") => return None,
        Some(_) => return Some(organ.in_full(surface)),
        None => {}
    }
    let zone = lexicon.names.zones.start(surface).is_some();
    match (organ.alone?, default?) {
        (Alone::Placed, DefaultRegion::Region(region)) => {
            Some(organ_of_region(names, organ, region, surface))
        }
        (Alone::Printed, DefaultRegion::Region(region)) if zone => {
            Some(organ_of_region(names, organ, seat_region(names, region), surface))
        }
        _ => Some(organ.in_full(surface)),
    }
}

/// Returns the name of an organ of a region: 山西省税务局第一分局 for 税务局第一分局.
fn organ_of_region(names: &Names, organ: &Organ, region: RegionIndex, rest: &str) -> String {
    let region = names.text.lexicon.regions.full_name(region);
    let of_party = after_committee(rest).is_some_and(|rest| !rest.is_empty());
    let party = if of_party { PARTY } else { "" };
    [party, &region, &organ.in_full(rest)].concat()
}

/// Returns the region of a zone that is named alone after a body of `region`: 高新区管委会 after
/// 分宜县政府 is of the document's city.
fn seat_region(names: &Names, region: RegionIndex) -> RegionIndex {
    let level = |region| names.text.lexicon.regions.get(region).level();
    names
        .region
        .filter(|&own| level(region) == Level::County && level(own) == Level::Prefecture)
        .unwrap_or(region)
}

/// Returns a name of a responsibility clause that no vocabulary knows, with its region in full:
/// 山西省计生协 for 省计生协. `None` if it does not begin with its region.
pub(crate) fn printed_body(names: &Names, surface: &str) -> Option<String> {
    /// Maximum length of the name without its region in characters.
    const LONGEST: usize = 20;
    let lexicon = names.text.lexicon;
    let surface = &*without_brackets(surface);
    let Located { region, rest, full } = locate(names, surface)?;
    let words = &lexicon.names;
    let reads_as_name = (2..=LONGEST).contains(&rest.chars().count())
        && rest.chars().all(is_han)
        && words.not_bodies.start(surface).is_none()
        && words.not_bodies.end(surface).is_none()
        && words.classes.ends.end(surface).is_none()
        && !words.not_in_names.occur_in(rest);
    // 杭州资本 is the name of a company, with the short name of its city.
    let name = || match full {
        true => [&*lexicon.regions.full_name(region), rest].concat(),
        false => surface.to_owned(),
    };
    reads_as_name.then(name)
}

/// Returns a body as printed whose region a text without any region cannot tell: 省商务厅.
pub(crate) fn unplaced_body(names: &Names, surface: &str) -> Option<String> {
    let lexicon = names.text.lexicon;
    let relative = lexicon.cues.agencies.relative.start(surface).is_some()
        && lexicon.names.not_bodies.start(surface).is_none();
    let named = names.region.is_none() && relative && ends_as_body(names, surface);
    (named && !is_class(names, surface)).then(|| surface.to_owned())
}

/// Returns the canonical name of a division, or of an office in a region, of a known body that
/// needs no region: 国家能源局华北监管局.
pub(crate) fn division(names: &Names, surface: &str) -> Option<String> {
    let organ = names.text.lexicon.names.organs.of(surface)?;
    let bare = surface.len() == organ.end.len();
    if bare { None } else { resolve_division(names, surface, None) }
}

/// Returns a division of a known body: 国家药监局药品注册司.
fn resolve_division(
    names: &Names,
    surface: &str,
    default: Option<DefaultRegion>,
) -> Option<String> {
    /// Length of the shortest name of a body.
    const SHORTEST: usize = "省局".len();
    let ends = surface.char_indices().map(|(end, _)| end).rev();
    let (body, rest) = ends.take_while(|&end| end >= SHORTEST).find_map(|end| {
        let (body, rest) = surface.split_at(end);
        let joined = names.text.lexicon.cues.agencies.joiners.start(rest).is_some();
        let divided = !joined && rest.chars().nth(1).is_some() && ends_as_body(names, body);
        let name = divided.then(|| resolve_known(names, body, default))?;
        Some((name?, rest))
    })?;
    Some([&*body, rest].concat())
}
