//! A face and its measures as the text of a document.

use super::draft::{Origin, Sketch, sketches};
use super::header::{Face, Shape, cited, date};
use super::places::{Function, Level};
use super::rng::Dice;
use super::seeds::{Instrument, MATERIAL};
use super::{Descent, Lineage, Made, Sentence, key};
use policygraph::Span;

/// How measures are numbered.
#[derive(Clone, Copy, PartialEq)]
enum Numbering {
    /// (一) … from the first chapter to the last.
    Through,
    /// (一) … anew in each chapter.
    Anew,
    /// 一、 … without chapters.
    Flat,
}

pub fn document(seed: u64, document: usize) -> Made {
    let dice = &mut Dice::new(seed, document, 4);
    let face = &Face::new(seed, document);
    let sketches = sketches(seed, document, face);
    let mut page = Page { face, text: String::with_capacity(800 * sketches.len() + 2000) };
    let parent = face.parent.map(key);
    if face.shape == Shape::News {
        let (news, text) = dice.pick(&MATERIAL.news);
        page.template(text);
        page.text.push('\n');
        let lineage = Lineage { parent, news: Some(news), measures: Vec::new() };
        return Made { key: key(document), text: page.text, lineage };
    }

    let basis = basis(seed, face, dice);
    match face.shape {
        Shape::Notice => page.notice(dice),
        _ => page.opening(),
    }
    page.line(&format!("为深入贯彻落实{basis}精神,结合我{}实际,制定以下措施。", page.ours()));
    let measures = page.measures(&sketches, dice);
    page.closing(dice);
    let lineage = Lineage { parent, news: None, measures };
    Made { key: key(document), text: page.text, lineage }
}

/// What the document carries out: most of them the same national policy, some
/// one or two more, and the document that it follows.
fn basis(seed: u64, face: &Face, dice: &mut Dice) -> String {
    let policies = Instrument::of("policy");
    let mut picked = vec![if dice.percent(65) { 0 } else { dice.skewed(policies.len()) }];
    while picked.len() < 3 && dice.percent(25) {
        picked.push(dice.skewed(policies.len()));
    }
    picked.sort_unstable();
    picked.dedup();
    let mut basis: Vec<String> = picked
        .into_iter()
        .map(|index| cited(&policies[index].title, policies[index].number.as_deref()))
        .collect();
    if let Some(parent) = face.parent.filter(|_| dice.percent(70)) {
        basis.push(Face::new(seed, parent).citation());
    }
    basis.join("、")
}

struct Page<'f> {
    face: &'f Face,
    text: String,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn template(&mut self, template: &str) {
        self.face.place.write(template, &mut self.text);
    }

    /// 省 in 我省.
    fn ours(&self) -> &'static str {
        self.face.place.ours()
    }

    /// The notice that issues the measures, up to their title.
    fn notice(&mut self, dice: &mut Dice) {
        let face = self.face;
        let issuer = face.issuer();
        let (others, end) = match dice.percent(15) {
            true => (2 + dice.below(5), "等部门"),
            false => (0, ""),
        };
        self.line(&format!("{issuer}{end}关于印发{}的通知", face.title));
        self.numbered();
        let below = match face.place.level {
            Level::Province => Level::Prefecture,
            _ => Level::County,
        };
        let to = face.function.at(below).map_or("有关部门", Function::called);
        self.line(&match face.place.level {
            Level::Province => format!("各市{to},各有关单位:"),
            Level::Municipality | Level::Prefecture => format!("各区县{to},各有关单位:"),
            Level::County => "各乡镇人民政府,各街道办事处,各有关单位:".to_owned(),
        });
        self.line(&format!("现将《{}》印发给你们,请结合实际抓好贯彻落实。", face.title));
        self.line(&issuer);
        for _ in 0..others {
            let other = Function::any(face.place.level, dice);
            self.line(&format!("{}{}", face.place.full, other.name));
        }
        self.dated();
        self.line(&face.title);
    }

    fn opening(&mut self) {
        match self.face.shape {
            Shape::Draft => self.line(&format!("{}(征求意见稿)", self.face.title)),
            _ => self.line(&self.face.title),
        }
        self.numbered();
    }

    fn numbered(&mut self) {
        if let Some(number) = &self.face.number {
            self.line(number);
        }
    }

    fn dated(&mut self) {
        let (year, month, day) = date(self.face.day);
        self.line(&format!("{year}年{month}月{day}日"));
    }

    fn measures(&mut self, sketches: &[Sketch], dice: &mut Dice) -> Vec<Descent> {
        let numbering = match dice.below(100) {
            0..15 => Numbering::Flat,
            15..35 => Numbering::Anew,
            _ => Numbering::Through,
        };
        let (mut chapters, mut n) = (0, 0);
        let mut chapter = None;
        let mut descents = Vec::with_capacity(sketches.len());
        for sketch in sketches {
            if numbering != Numbering::Flat && chapter != Some(sketch.chapter) {
                chapter = Some(sketch.chapter);
                chapters += 1;
                n = if numbering == Numbering::Anew { 0 } else { n };
                self.text += &format!("{}、", numeral(chapters));
                self.template(sketch.chapter);
                self.text.push('\n');
            }
            n += 1;
            self.text += &match numbering {
                Numbering::Flat => format!("{}、", numeral(n)),
                _ => format!("({})", numeral(n)),
            };
            descents.push(self.measure(sketch, dice));
        }
        descents
    }

    fn measure(&mut self, sketch: &Sketch, dice: &mut Dice) -> Descent {
        let mut sentences = Vec::with_capacity(sketch.lines.len());
        for line in &sketch.lines {
            let start = self.text.len();
            if !line.dropped {
                self.template(&line.text);
            }
            if let Some(Origin { seed, n, text }) = line.origin {
                let (reworded, renumbered) = differences(text, &line.text);
                let span = (!line.dropped).then(|| Span::new(start, self.text.len()));
                let moved = line.moved;
                sentences.push(Sentence { seed, n, reworded, renumbered, moved, span });
            }
        }
        self.duties(&sketch.duties, dice);
        self.text.push('\n');
        let parent = self.face.parent.zip(sketch.parent);
        let parent = parent.map(|(parent, measure)| format!("{}/{}", key(parent), measure + 1));
        Descent { seed: sketch.seed, parent, sentences }
    }

    /// (省药监局牵头,省财政厅配合)
    fn duties(&mut self, functions: &[&Function], dice: &mut Dice) {
        let called =
            |function: &&Function| format!("{}{}", self.face.place.word, function.called());
        let names: Vec<String> = functions.iter().map(called).collect();
        self.text += &match &names[..] {
            [] => return,
            [one] => format!("({one}负责)"),
            [first, others @ ..] if dice.percent(35) => {
                format!("({first}牵头,{}配合)", others.join("、"))
            }
            all => format!("({}按职责分工负责)", all.join("、")),
        };
    }

    /// How long it holds; the signature where none stands before.
    fn closing(&mut self, dice: &mut Dice) {
        if dice.percent(60) {
            let (year, month, day) = date(self.face.day + 30);
            let years = dice.pick(&["两年", "三年", "五年", "至2030年12月31日"]);
            self.line(&format!("本措施自{year}年{month}月{day}日起施行,有效期{years}。"));
        }
        if self.face.shape != Shape::Notice {
            self.line(&self.face.issuer());
            self.dated();
        }
    }
}

/// Whether words differ, and whether figures do.
fn differences(one: &str, other: &str) -> (bool, bool) {
    let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let words = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    match one == other {
        true => (false, false),
        false => (words(one) != words(other), figures(one) != figures(other)),
    }
}

/// 一 … 九十九.
fn numeral(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (n / 10, n % 10) {
        (0, one) => DIGITS[one].to_owned(),
        (1, one) => format!("十{}", DIGITS[one]),
        (ten, one) => format!("{}十{}", DIGITS[ten], DIGITS[one]),
    }
}
