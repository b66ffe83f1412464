//! The header of a document: region, issuer, title, number and date. It is made
//! without the measures, so that another document can cite it at low cost.

use super::places::{Function, Level, Place};
use super::rng::Rng;
use super::seeds::MATERIAL;

const KINDS: [&str; 5] = ["若干措施", "实施方案", "工作方案", "实施意见", "工作措施"];

/// Functions of issuers, the most frequent first.
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

/// Kind of a synthetic document (文种).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A notice, followed by the measures that it issues.
    Notice,
    /// Measures without a notice, signed at the end.
    Plain,
    /// A draft for comment (征求意见稿).
    Draft,
    /// A news report, without measures.
    News,
}

/// Header of a synthetic document.
pub(super) struct Header {
    pub kind: Kind,
    pub place: &'static Place,
    pub function: &'static Function,
    /// Index of the theme whose measures it uses.
    pub theme: usize,
    /// Subject of the title.
    subject: &'static str,
    pub title: String,
    /// Document number (文号); `None` for drafts and news.
    pub number: Option<String>,
    /// Issue date (成文日期), in days since 2025-01-01.
    pub day: usize,
    /// Position of the synthetic document that it is derived from.
    pub parent: Option<usize>,
}

impl Header {
    pub(super) fn new(seed: u64, document: usize) -> Header {
        let rng = &mut Rng::new(seed, document, 1);
        let kind = match rng.below(100) {
            0..55 => Kind::Notice,
            55..92 => Kind::Plain,
            92..96 => Kind::Draft,
            _ => Kind::News,
        };
        // Provinces copy provinces and cities copy their province; early documents
        // are copied most.
        let copies = kind != Kind::News && document > 0 && rng.percent(40);
        let parent = copies.then(|| rng.skewed(document));
        let model = parent.map(|parent| Header::new(seed, parent));
        let model = model.filter(|model| model.kind != Kind::News);

        let theme = match &model {
            Some(model) => model.theme,
            None => rng.skewed(MATERIAL.themes.len()),
        };
        let (place, subject) = match &model {
            Some(model) if rng.percent(60) => (model.place.within(rng), model.subject),
            _ => (Place::any(rng), subject(theme, rng)),
        };
        let day = match &model {
            Some(model) => model.day + 15 + rng.below(120),
            None => 6 + rng.below(400),
        };
        let function = issuer(place.level, rng);
        let title = title(place, function, subject, rng);
        let number = matches!(kind, Kind::Notice | Kind::Plain).then(|| {
            let (abbr, stem, year) = (place.abbr, function.stem(), date(day).0);
            // Documents of one agency and year have different numbers.
            format!("{abbr}{stem}发〔{year}〕{}号", 1 + document % 997)
        });
        let parent = model.and(parent);
        Header { kind, place, function, theme, subject, title, number, day, parent }
    }

    /// Returns the full name of the issuer, 湖北省药品监督管理局.
    pub(super) fn issuer(&self) -> String {
        format!("{}{}", self.place.full, self.function.name)
    }

    /// Returns the citation of the document, 《title》(number).
    pub(super) fn citation(&self) -> String {
        cited(&self.title, self.number.as_deref())
    }
}

/// Returns the citation of an instrument.
pub(super) fn cited(title: &str, number: Option<&str>) -> String {
    match number {
        Some(number) => format!("《{title}》({number})"),
        None => format!("《{title}》"),
    }
}

/// Returns the heading of one measure of the theme, or the theme's own subject.
fn subject(theme: usize, rng: &mut Rng) -> &'static str {
    let theme = &MATERIAL.themes[theme];
    let heading = rng.pick(&theme.measures).sentences[0].trim_end_matches('。');
    if rng.percent(60) && heading.chars().count() >= 8 { heading } else { theme.subject }
}

fn issuer(level: Level, rng: &mut Rng) -> &'static Function {
    loop {
        let name = ISSUERS[rng.skewed(ISSUERS.len())];
        let known = [Level::Province, Level::Municipality];
        let function = known.into_iter().find_map(|known| Function::named(name, known));
        if let Some(function) = function.and_then(|function| function.at(level)) {
            return function;
        }
    }
}

fn title(place: &Place, function: &Function, subject: &str, rng: &mut Rng) -> String {
    let mut about = String::new();
    place.write(subject, &mut about);
    let (full, kind) = (&place.full, rng.pick(&KINDS));
    let trial = if rng.percent(15) { "(试行)" } else { "" };
    match rng.percent(50) {
        true => format!("{full}{about}{kind}{trial}"),
        false => format!("{full}{}关于{about}的{kind}{trial}", function.name),
    }
}

/// Returns year, month and day. A month has 28 days here.
pub(super) fn date(day: usize) -> (usize, usize, usize) {
    (2025 + day / 336, 1 + day / 28 % 12, 1 + day % 28)
}
