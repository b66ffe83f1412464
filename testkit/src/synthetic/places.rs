//! Regions of GB/T 2260 (地区) and functions of government (机关), from the
//! vocabularies of `policygraph`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::rng::Rng;

/// Placeholder of the region's full name in a template. All placeholders are
/// private-use characters, which no text contains.
pub(super) const FULL: char = '\u{e000}';
/// Placeholder of the region's short name.
pub(super) const SHORT: char = '\u{e001}';
/// Placeholder of the level in an agency name: 省 in 省药监局, 自治区 in
/// 自治区药监局.
pub(super) const LEVEL: char = '\u{e002}';
/// Placeholder of the level after 我, 全, 本: 省 in 我省, 区 in 我区.
pub(super) const OURS: char = '\u{e003}';

/// A file of `data/lexicon`.
#[derive(Deserialize)]
pub(super) struct Entries<T> {
    pub entries: Vec<T>,
}

#[derive(Deserialize)]
struct Row {
    code: String,
    name: String,
    #[serde(default)]
    short: Vec<String>,
    #[serde(default)]
    abbr: Vec<String>,
}

/// Level of government (层级).
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Level {
    Province,
    Municipality,
    Prefecture,
    County,
}

/// A region that issues documents.
pub(super) struct Place {
    pub level: Level,
    /// Full name: 湖北省, 武汉市, 武汉市江岸区.
    pub full: String,
    /// Short name: 湖北.
    pub short: String,
    /// Word for its level: 省, 自治区, 市, 县.
    pub word: &'static str,
    /// First character of its document numbers: 鄂.
    pub abbr: char,
    /// Code of six digits; trailing zeros mark the level.
    code: String,
}

/// Word for the level by the end of the name.
const WORDS: [(&str, &str); 10] = [
    ("自治区", "自治区"),
    ("自治州", "州"),
    ("地区", "地区"),
    ("林区", "区"),
    ("省", "省"),
    ("市", "市"),
    ("县", "县"),
    ("区", "区"),
    ("盟", "盟"),
    ("旗", "旗"),
];

impl Place {
    /// Returns the level as used after 我: 省 in 我省, 区 in 我区 of an 自治区.
    pub(super) fn ours(&self) -> &'static str {
        &self.word[self.word.rfind('区').unwrap_or(0)..]
    }

    /// Appends `template` to `text` with the names of this place.
    pub(super) fn write(&self, template: &str, text: &mut String) {
        for piece in template.split_inclusive([FULL, SHORT, LEVEL, OURS]) {
            let mut chars = piece.chars();
            let name = match chars.next_back() {
                Some(FULL) => &self.full,
                Some(SHORT) => &self.short,
                Some(LEVEL) => self.word,
                Some(OURS) => self.ours(),
                _ => {
                    text.push_str(piece);
                    continue;
                }
            };
            text.push_str(chars.as_str());
            text.push_str(name);
        }
    }

    /// Returns a text of this place as a template, the inverse of `write`.
    /// `agencies` are the place's own agencies as printed: 省 alone is not
    /// replaced, as it may refer to any province.
    pub(super) fn template(&self, text: &str, agencies: &[&str]) -> String {
        let ours = self.ours();
        let mut text = text.replace(&self.full, &FULL.to_string());
        text = text.replace(&self.short, &SHORT.to_string());
        for agency in agencies {
            if let Some(rest) = agency.strip_prefix(self.word) {
                text = text.replace(agency, &format!("{LEVEL}{rest}"));
            }
        }
        for own in ["我", "全", "本"] {
            text = text.replace(&format!("{own}{ours}"), &format!("{own}{OURS}"));
        }
        if self.word == "自治区" {
            text = text.replace(self.word, &LEVEL.to_string());
        }
        text
    }

    /// Returns the common prefix of the codes of all regions inside.
    fn prefix(&self) -> &str {
        self.code.trim_end_matches("00")
    }

    /// Returns the province with this name.
    pub(super) fn named(name: &str) -> &'static Place {
        PLACES.provinces.iter().find(|place| place.full == name).expect("a seed's own region")
    }

    /// Returns a random place: a province for half of the documents; some regions
    /// are more frequent than others.
    pub(super) fn any(rng: &mut Rng) -> &'static Place {
        let places = match rng.below(100) {
            0..50 => &PLACES.provinces,
            50..80 => &PLACES.prefectures,
            _ => &PLACES.counties,
        };
        &places[rng.skewed(places.len())]
    }

    /// Returns a random prefecture or county of this place; itself if it has none.
    pub(super) fn within(&'static self, rng: &mut Rng) -> &'static Place {
        let inside = |places: &'static [Place]| -> Vec<&'static Place> {
            let inner = |place: &&Place| place.code.starts_with(self.prefix());
            places.iter().filter(inner).filter(|place| place.code != self.code).collect()
        };
        let mut places = inside(&PLACES.prefectures);
        if places.is_empty() || self.level == Level::Prefecture {
            places = inside(&PLACES.counties);
        }
        if places.is_empty() { self } else { places[rng.below(places.len())] }
    }
}

struct Places {
    provinces: Vec<Place>,
    prefectures: Vec<Place>,
    counties: Vec<Place>,
}

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let json = include_str!("../../../data/lexicon/regions.json");
    let Entries { entries } = serde_json::from_str::<Entries<Row>>(json).unwrap();
    let mut places = Places { provinces: vec![], prefectures: vec![], counties: vec![] };
    for row in entries {
        let Some((_, word)) = WORDS.iter().find(|(end, _)| row.name.ends_with(end)) else {
            continue;
        };
        let level = match row.code.as_bytes() {
            // Without an abbreviation there are no document numbers.
            [_, _, b'0', b'0', ..] if row.abbr.is_empty() => continue,
            [_, _, b'0', b'0', ..] if *word == "市" => Level::Municipality,
            [_, _, b'0', b'0', ..] => Level::Province,
            [_, _, _, _, b'0', b'0'] => Level::Prefecture,
            _ => Level::County,
        };
        let full = match level {
            Level::County => format!("{}{}", places.parent(&row.code).full, row.name),
            _ => row.name.clone(),
        };
        let abbr = row.abbr.first().unwrap_or(&row.name).chars().next().unwrap();
        let short = row.short.into_iter().next().unwrap_or(row.name);
        let list = match level {
            Level::Province | Level::Municipality => &mut places.provinces,
            Level::Prefecture => &mut places.prefectures,
            Level::County => &mut places.counties,
        };
        list.push(Place { level, full, short, word, abbr, code: row.code });
    }
    places
});

impl Places {
    /// Returns the prefecture of a county, or its province if there is none. The
    /// table is sorted by code, so it is the last one so far.
    fn parent(&self, code: &str) -> &Place {
        let last = [&self.prefectures, &self.provinces].into_iter().filter_map(|list| list.last());
        let mut parents = last.filter(|place| code.starts_with(place.prefix()));
        parents.next().expect("a county lies in a province")
    }
}

/// Function of an agency: its name without the region.
#[derive(Deserialize)]
pub(super) struct Function {
    pub name: String,
    #[serde(default)]
    pub short: Vec<String>,
    #[serde(default)]
    stems: Vec<String>,
    levels: Vec<Level>,
    #[serde(default)]
    party: bool,
}

static FUNCTIONS: LazyLock<Vec<Function>> = LazyLock::new(|| {
    let json = include_str!("../../../data/lexicon/agencies.json");
    serde_json::from_str::<Entries<Function>>(json).unwrap().entries
});

impl Function {
    /// Returns the function with this name at a level.
    pub(super) fn named(name: &str, level: Level) -> Option<&'static Function> {
        FUNCTIONS.iter().find(|f| f.name == name && !f.party && f.levels.contains(&level))
    }

    /// Returns a random department of a level; the first of the table are the most
    /// likely.
    pub(super) fn any(level: Level, rng: &mut Rng) -> &'static Function {
        loop {
            let function = &FUNCTIONS[rng.skewed(FUNCTIONS.len())];
            let department = !function.party && !function.stems.is_empty();
            if department && function.levels.contains(&level) {
                return function;
            }
        }
    }

    /// Returns the function with the same field at another level: 药品监督管理局
    /// of a province, 市场监督管理局 of a county.
    pub(super) fn at(&'static self, level: Level) -> Option<&'static Function> {
        if self.levels.contains(&level) {
            return Some(self);
        }
        let shares = |f: &&Function| {
            !f.party && f.levels.contains(&level) && f.stems.iter().any(|s| self.stems.contains(s))
        };
        FUNCTIONS.iter().find(shares)
    }

    /// Returns the short name, 药监局; the name if there is none.
    pub(super) fn short_name(&self) -> &str {
        self.short.first().unwrap_or(&self.name)
    }

    /// Returns the stem of document numbers: 药监 in 鄂药监发.
    pub(super) fn stem(&self) -> &str {
        self.stems.first().map_or("政办", String::as_str)
    }
}
