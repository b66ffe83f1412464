//! The text of a document from its header and measures.

use super::draft::{self, DraftMeasure, SeedSentence};
use super::header::{Header, Kind, cited, date};
use super::places::{Function, Level};
use super::rng::Rng;
use super::seeds::{Instrument, MATERIAL};
use super::{Document, Lineage, MeasureLineage, SentenceLineage, key};
use policygraph::Span;

/// Numbering of measures.
#[derive(Clone, Copy, PartialEq)]
enum Numbering {
    /// (一) …, continued across chapters.
    Continuous,
    /// (一) …, restarted in each chapter.
    PerChapter,
    /// 一、 …, without chapters.
    Flat,
}

pub(super) fn document(seed: u64, document: usize) -> Document {
    let rng = &mut Rng::new(seed, document, 4);
    let header = &Header::new(seed, document);
    let drafts = draft::measures(seed, document, header);
    let mut writer = Writer { header, text: String::with_capacity(800 * drafts.len() + 2000) };
    let parent = header.parent.map(key);
    if header.kind == Kind::News {
        let (news, text) = rng.pick(&MATERIAL.news);
        writer.template(text);
        writer.text.push('\n');
        let lineage = Lineage { parent, news: Some(news), measures: Vec::new() };
        return Document { key: key(document), text: writer.text, lineage };
    }

    let basis = basis(seed, header, rng);
    match header.kind {
        Kind::Notice => writer.notice(rng),
        _ => writer.opening(),
    }
    writer.line(&format!("为深入贯彻落实{basis}精神,结合我{}实际,制定以下措施。", writer.ours()));
    let measures = writer.measures(&drafts, rng);
    writer.closing(rng);
    let lineage = Lineage { parent, news: None, measures };
    Document { key: key(document), text: writer.text, lineage }
}

/// Returns the citations of the policies that the document implements: mostly the
/// same national policy, sometimes one or two more, and often the parent.
fn basis(seed: u64, header: &Header, rng: &mut Rng) -> String {
    let policies = Instrument::of_kind("policy");
    let mut picked = vec![if rng.percent(65) { 0 } else { rng.skewed(policies.len()) }];
    while picked.len() < 3 && rng.percent(25) {
        picked.push(rng.skewed(policies.len()));
    }
    picked.sort_unstable();
    picked.dedup();
    let mut basis: Vec<String> = picked
        .into_iter()
        .map(|index| cited(&policies[index].title, policies[index].number.as_deref()))
        .collect();
    if let Some(parent) = header.parent.filter(|_| rng.percent(70)) {
        basis.push(Header::new(seed, parent).citation());
    }
    basis.join("、")
}

struct Writer<'f> {
    header: &'f Header,
    text: String,
}

impl Writer<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn template(&mut self, template: &str) {
        self.header.place.write(template, &mut self.text);
    }

    /// Returns 省 as in 我省.
    fn ours(&self) -> &'static str {
        self.header.place.ours()
    }

    /// Writes the notice that issues the measures, up to their title.
    fn notice(&mut self, rng: &mut Rng) {
        let header = self.header;
        let issuer = header.issuer();
        let (others, end) = match rng.percent(15) {
            true => (2 + rng.below(5), "等部门"),
            false => (0, ""),
        };
        self.line(&format!("{issuer}{end}关于印发{}的通知", header.title));
        self.numbered();
        let recipient_level = match header.place.level {
            Level::Province => Level::Prefecture,
            _ => Level::County,
        };
        let to = header.function.at(recipient_level).map_or("有关部门", Function::short_name);
        self.line(&match header.place.level {
            Level::Province => format!("各市{to},各有关单位:"),
            Level::Municipality | Level::Prefecture => format!("各区县{to},各有关单位:"),
            Level::County => "各乡镇人民政府,各街道办事处,各有关单位:".to_owned(),
        });
        self.line(&format!("现将《{}》印发给你们,请结合实际抓好贯彻落实。", header.title));
        self.line(&issuer);
        for _ in 0..others {
            let other = Function::any(header.place.level, rng);
            self.line(&format!("{}{}", header.place.full, other.name));
        }
        self.dated();
        self.line(&header.title);
    }

    fn opening(&mut self) {
        match self.header.kind {
            Kind::Draft => self.line(&format!("{}(征求意见稿)", self.header.title)),
            _ => self.line(&self.header.title),
        }
        self.numbered();
    }

    fn numbered(&mut self) {
        if let Some(number) = &self.header.number {
            self.line(number);
        }
    }

    fn dated(&mut self) {
        let (year, month, day) = date(self.header.day);
        self.line(&format!("{year}年{month}月{day}日"));
    }

    fn measures(&mut self, measures: &[DraftMeasure], rng: &mut Rng) -> Vec<MeasureLineage> {
        let numbering = match rng.below(100) {
            0..15 => Numbering::Flat,
            15..35 => Numbering::PerChapter,
            _ => Numbering::Continuous,
        };
        let (mut chapters, mut n) = (0, 0);
        let mut chapter = None;
        let mut lineages = Vec::with_capacity(measures.len());
        for measure in measures {
            if numbering != Numbering::Flat && chapter != Some(measure.chapter) {
                chapter = Some(measure.chapter);
                chapters += 1;
                n = if numbering == Numbering::PerChapter { 0 } else { n };
                self.text += &format!("{}、", numeral(chapters));
                self.template(measure.chapter);
                self.text.push('\n');
            }
            n += 1;
            self.text += &match numbering {
                Numbering::Flat => format!("{}、", numeral(n)),
                _ => format!("({})", numeral(n)),
            };
            lineages.push(self.measure(measure, rng));
        }
        lineages
    }

    fn measure(&mut self, measure: &DraftMeasure, rng: &mut Rng) -> MeasureLineage {
        let mut sentences = Vec::with_capacity(measure.lines.len());
        for line in &measure.lines {
            let start = self.text.len();
            if !line.dropped {
                self.template(&line.text);
            }
            if let Some(SeedSentence { seed, index, text }) = line.origin {
                let (reworded, renumbered) = differences(text, &line.text);
                let span = (!line.dropped).then(|| Span::new(start, self.text.len()));
                let moved = line.moved;
                sentences.push(SentenceLineage { seed, index, reworded, renumbered, moved, span });
            }
        }
        self.duties(&measure.duties, rng);
        self.text.push('\n');
        let parent = self.header.parent.zip(measure.parent);
        let parent = parent.map(|(parent, measure)| format!("{}/{}", key(parent), measure + 1));
        MeasureLineage { seed: measure.seed, parent, sentences }
    }

    /// Writes the responsibility clause, (省药监局牵头,省财政厅配合).
    fn duties(&mut self, functions: &[&Function], rng: &mut Rng) {
        let name =
            |function: &&Function| format!("{}{}", self.header.place.word, function.short_name());
        let names: Vec<String> = functions.iter().map(name).collect();
        self.text += &match &names[..] {
            [] => return,
            [one] => format!("({one}负责)"),
            [first, others @ ..] if rng.percent(35) => {
                format!("({first}牵头,{}配合)", others.join("、"))
            }
            all => format!("({}按职责分工负责)", all.join("、")),
        };
    }

    /// Writes the period of validity, and the signature if there was no notice.
    fn closing(&mut self, rng: &mut Rng) {
        if rng.percent(60) {
            let (year, month, day) = date(self.header.day + 30);
            let years = rng.pick(&["两年", "三年", "五年", "至2030年12月31日"]);
            self.line(&format!("本措施自{year}年{month}月{day}日起施行,有效期{years}。"));
        }
        if self.header.kind != Kind::Notice {
            self.line(&self.header.issuer());
            self.dated();
        }
    }
}

/// Returns whether words differ and whether digits differ.
fn differences(one: &str, other: &str) -> (bool, bool) {
    let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let words = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    match one == other {
        true => (false, false),
        false => (words(one) != words(other), figures(one) != figures(other)),
    }
}

/// Returns a Chinese numeral, 一 … 九十九.
fn numeral(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (n / 10, n % 10) {
        (0, one) => DIGITS[one].to_owned(),
        (1, one) => format!("十{}", DIGITS[one]),
        (ten, one) => format!("{}十{}", DIGITS[ten], DIGITS[one]),
    }
}
