//! 地区和机关 — the regions of GB/T 2260 and the functions of government, from
//! the vocabularies of the crate.

use std::sync::LazyLock;

use serde::Deserialize;

use super::rng::Dice;

/// What stands in a seed's text for the names of its region. Private-use
/// characters: no text has them.
pub const FULL: char = '\u{e000}';
pub const SHORT: char = '\u{e001}';
/// 省 in 省药监局, 自治区 in 自治区药监局.
pub const LEVEL: char = '\u{e002}';
/// 省 in 我省, 区 in 我区.
pub const OURS: char = '\u{e003}';

/// The entries of a file of `data/lexicon`.
#[derive(Deserialize)]
pub struct Entries<T> {
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

/// 层级.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Province,
    Municipality,
    Prefecture,
    County,
}

/// A region that issues documents.
pub struct Place {
    pub level: Level,
    /// 湖北省, 武汉市, 武汉市江岸区.
    pub full: String,
    /// 湖北.
    pub short: String,
    /// 省, 自治区, 市, 县.
    pub word: &'static str,
    /// Begins its document numbers: 鄂.
    pub abbr: char,
    /// Six digits; its zeros tell the level.
    code: String,
}

/// What a region calls itself, by the end of its name.
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
    /// 省 in 我省, 区 in 我区 of an 自治区.
    pub fn ours(&self) -> &'static str {
        &self.word[self.word.rfind('区').unwrap_or(0)..]
    }

    /// `template` as this place would write it.
    pub fn write(&self, template: &str, text: &mut String) {
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

    /// The reverse: a text of this place as a template. `agencies` are the names
    /// in it of the place's own agencies: 省 alone may be anyone's.
    pub fn template(&self, text: &str, agencies: &[&str]) -> String {
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

    /// What the codes of all regions within begin with.
    fn prefix(&self) -> &str {
        self.code.trim_end_matches("00")
    }

    /// The province of this name.
    pub fn named(name: &str) -> &'static Place {
        PLACES.provinces.iter().find(|place| place.full == name).expect("a seed's own region")
    }

    /// Any: of two documents one is a province's, and some regions write more
    /// than others.
    pub fn any(dice: &mut Dice) -> &'static Place {
        let places = match dice.below(100) {
            0..50 => &PLACES.provinces,
            50..80 => &PLACES.prefectures,
            _ => &PLACES.counties,
        };
        &places[dice.skewed(places.len())]
    }

    /// A prefecture or county of this place; itself if it has none.
    pub fn within(&'static self, dice: &mut Dice) -> &'static Place {
        let below = |places: &'static [Place]| -> Vec<&'static Place> {
            let inner = |place: &&Place| place.code.starts_with(self.prefix());
            places.iter().filter(inner).filter(|place| place.code != self.code).collect()
        };
        let mut places = below(&PLACES.prefectures);
        if places.is_empty() || self.level == Level::Prefecture {
            places = below(&PLACES.counties);
        }
        if places.is_empty() { self } else { places[dice.below(places.len())] }
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
            // A province without an abbreviation has no numbers of its own.
            [_, _, b'0', b'0', ..] if row.abbr.is_empty() => continue,
            [_, _, b'0', b'0', ..] if *word == "市" => Level::Municipality,
            [_, _, b'0', b'0', ..] => Level::Province,
            [_, _, _, _, b'0', b'0'] => Level::Prefecture,
            _ => Level::County,
        };
        let full = match level {
            Level::County => format!("{}{}", places.above(&row.code).full, row.name),
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
    /// The prefecture of a county, or the province where it has none. The table
    /// goes by code: it is the last one.
    fn above(&self, code: &str) -> &Place {
        let last = [&self.prefectures, &self.provinces].into_iter().filter_map(|list| list.last());
        let mut above = last.filter(|place| code.starts_with(place.prefix()));
        above.next().expect("a county lies in a province")
    }
}

/// What a region's agency is called without the region.
#[derive(Deserialize)]
pub struct Function {
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
    /// By name, at a level.
    pub fn named(name: &str, level: Level) -> Option<&'static Function> {
        FUNCTIONS.iter().find(|f| f.name == name && !f.party && f.levels.contains(&level))
    }

    /// Any department of a level: those that the table has first are the
    /// likeliest.
    pub fn any(level: Level, dice: &mut Dice) -> &'static Function {
        loop {
            let function = &FUNCTIONS[dice.skewed(FUNCTIONS.len())];
            let department = !function.party && !function.stems.is_empty();
            if department && function.levels.contains(&level) {
                return function;
            }
        }
    }

    /// Who has this field at another level: 药品监督管理局 of a province,
    /// 市场监督管理局 of a county.
    pub fn at(&'static self, level: Level) -> Option<&'static Function> {
        if self.levels.contains(&level) {
            return Some(self);
        }
        let shares = |f: &&Function| {
            !f.party && f.levels.contains(&level) && f.stems.iter().any(|s| self.stems.contains(s))
        };
        FUNCTIONS.iter().find(shares)
    }

    /// 药监局, or the name where that is how it is called.
    pub fn called(&self) -> &str {
        self.short.first().unwrap_or(&self.name)
    }

    /// 药监 in 鄂药监发.
    pub fn stem(&self) -> &str {
        self.stems.first().map_or("政办", String::as_str)
    }
}
