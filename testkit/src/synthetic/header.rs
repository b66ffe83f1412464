//! What a document shows before its measures: who, where, when, under which
//! title and number. It is made without the measures, so that others can cite
//! it cheaply.

use super::places::{Function, Level, Place};
use super::rng::Dice;
use super::seeds::MATERIAL;

const KINDS: [&str; 5] = ["若干措施", "实施方案", "工作方案", "实施意见", "工作措施"];

/// Who writes most, the likeliest first.
const ISSUERS: [&str; 8] = [
    "药品监督管理局",
    "人民政府办公厅",
    "医疗保障局",
    "市场监督管理局",
    "卫生健康委员会",
    "工业和信息化厅",
    "科学技术厅",
    "发展和改革委员会",
];

/// 文种 of a made document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A notice that issues what follows.
    Notice,
    /// The measures alone, signed at the end.
    Plain,
    /// 征求意见稿.
    Draft,
    /// A report, without measures.
    News,
}

pub struct Face {
    pub shape: Shape,
    pub place: &'static Place,
    pub function: &'static Function,
    /// The theme that it follows.
    pub theme: usize,
    /// What its title is about.
    subject: &'static str,
    pub title: String,
    /// 文号; a draft and news have none.
    pub number: Option<String>,
    /// 成文日期, in days since the first of 2025.
    pub day: usize,
    /// The made document that it was written from.
    pub parent: Option<usize>,
}

impl Face {
    pub fn new(seed: u64, document: usize) -> Face {
        let dice = &mut Dice::new(seed, document, 1);
        let shape = match dice.below(100) {
            0..55 => Shape::Notice,
            55..92 => Shape::Plain,
            92..96 => Shape::Draft,
            _ => Shape::News,
        };
        // As provinces copy provinces and cities their province, the early
        // documents most.
        let copies = shape != Shape::News && document > 0 && dice.percent(40);
        let parent = copies.then(|| dice.skewed(document));
        let model = parent.map(|parent| Face::new(seed, parent));
        let model = model.filter(|model| model.shape != Shape::News);

        let theme = match &model {
            Some(model) => model.theme,
            None => dice.skewed(MATERIAL.themes.len()),
        };
        let (place, subject) = match &model {
            Some(model) if dice.percent(60) => (model.place.within(dice), model.subject),
            _ => (Place::any(dice), subject(theme, dice)),
        };
        let day = match &model {
            Some(model) => model.day + 15 + dice.below(120),
            None => 6 + dice.below(400),
        };
        let function = issuer(place.level, dice);
        let title = title(place, function, subject, dice);
        let number = matches!(shape, Shape::Notice | Shape::Plain).then(|| {
            let (abbr, stem, year) = (place.abbr, function.stem(), date(day).0);
            // No two documents of an agency and a year have one number.
            format!("{abbr}{stem}发〔{year}〕{}号", 1 + document % 997)
        });
        let parent = model.and(parent);
        Face { shape, place, function, theme, subject, title, number, day, parent }
    }

    /// 湖北省药品监督管理局.
    pub fn issuer(&self) -> String {
        format!("{}{}", self.place.full, self.function.name)
    }

    /// 《title》(number).
    pub fn citation(&self) -> String {
        cited(&self.title, self.number.as_deref())
    }
}

/// As an instrument is cited.
pub fn cited(title: &str, number: Option<&str>) -> String {
    match number {
        Some(number) => format!("《{title}》({number})"),
        None => format!("《{title}》"),
    }
}

/// Of a theme's measures one, or the whole of it.
fn subject(theme: usize, dice: &mut Dice) -> &'static str {
    let theme = &MATERIAL.themes[theme];
    let heading = dice.pick(&theme.measures).sentences[0].trim_end_matches('。');
    if dice.percent(60) && heading.chars().count() >= 8 { heading } else { theme.subject }
}

fn issuer(level: Level, dice: &mut Dice) -> &'static Function {
    loop {
        let name = ISSUERS[dice.skewed(ISSUERS.len())];
        let known = [Level::Province, Level::Municipality];
        let function = known.into_iter().find_map(|known| Function::named(name, known));
        if let Some(function) = function.and_then(|function| function.at(level)) {
            return function;
        }
    }
}

fn title(place: &Place, function: &Function, subject: &str, dice: &mut Dice) -> String {
    let mut about = String::new();
    place.write(subject, &mut about);
    let (full, kind) = (&place.full, dice.pick(&KINDS));
    let trial = if dice.percent(15) { "(试行)" } else { "" };
    match dice.percent(50) {
        true => format!("{full}{about}{kind}{trial}"),
        false => format!("{full}{}关于{about}的{kind}{trial}", function.name),
    }
}

/// Year, month and day; a month has 28 days here.
pub fn date(day: usize) -> (usize, usize, usize) {
    (2025 + day / 336, 1 + day / 28 % 12, 1 + day % 28)
}
