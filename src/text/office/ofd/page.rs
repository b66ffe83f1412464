//! The text of a page: text objects by place → lines.

use super::super::xml::Element;
use crate::text::paged::{Page, Piece, Rule, into_lines};
use std::collections::HashMap;

/// Points in a millimetre, the unit of OFD.
const POINTS: f32 = 72.0 / 25.4;

/// Words at a place of a page, in millimetres from its top left corner.
#[derive(Clone, Debug)]
struct Words {
    left: f32,
    right: f32,
    /// Place of the line that the characters stand on.
    baseline: f32,
    size: f32,
    text: String,
}

/// A straight line that is drawn: its ends, in millimetres.
#[derive(Clone, Copy, Debug)]
struct Stroke((f32, f32), (f32, f32));

/// The words and the straight lines of a page, a template or a composite object.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    words: Vec<Words>,
    strokes: Vec<Stroke>,
}

/// The composite objects by the id of their resource.
pub(super) struct Resources {
    composites: HashMap<String, Content>,
    /// Number of words and lines that may still be copied from composite objects and templates.
    left: usize,
}

/// Maximum number of words and lines that are copied. More are of objects that repeat others without end.
const MAX_COPIES: usize = 1 << 20;

impl Default for Resources {
    fn default() -> Self {
        Resources { composites: HashMap::new(), left: MAX_COPIES }
    }
}

impl Resources {
    /// Adds the composite objects of a part with resources.
    ///
    /// A composite object that refers to others in the same part sees those before it, so that a circle
    /// of references ends.
    pub(super) fn add(&mut self, part: &Element<'_>) {
        let units = part.child("CompositeGraphicUnits").into_iter().flat_map(Element::children);
        for unit in units {
            let Some(id) = unit.attribute("ID") else { continue };
            let content = self.content(unit);
            self.composites.insert(id, content);
        }
    }

    /// Reads the content of a page, of a template or of a composite object.
    pub(super) fn content(&mut self, parent: &Element<'_>) -> Content {
        let mut found = Content::default();
        parent.child("Content").into_iter().for_each(|content| self.collect(content, &mut found));
        found
    }

    /// Adds the content of a template to a page.
    pub(super) fn add_template(&mut self, page: &mut Content, template: &Content) {
        Self::copy(&mut self.left, template, Shift::default(), page);
    }

    /// Appends the words and lines of objects, in layers, blocks and composite objects.
    fn collect(&mut self, parent: &Element<'_>, found: &mut Content) {
        for object in parent.children() {
            if object.attribute("Visible").is_some_and(|visible| visible == "false") {
                continue;
            }
            match object.name() {
                "TextObject" => text_object(object, &mut found.words),
                "PathObject" => path_object(object, &mut found.strokes),
                "CompositeObject" => {
                    let content = object.attribute("ResourceID");
                    if let Some(content) = content.and_then(|id| self.composites.get(&id)) {
                        Self::copy(&mut self.left, content, Shift::of(object), found);
                    }
                }
                "Layer" | "PageBlock" => self.collect(object, found),
                _ => {}
            }
        }
    }

    /// Copies content to its place, up to the number that is `left`.
    fn copy(left: &mut usize, content: &Content, shift: Shift, found: &mut Content) {
        let words = content.words.iter().take(*left);
        *left -= words.len();
        found.words.extend(words.map(|words| moved(words, shift)));
        let strokes = content.strokes.iter().take(*left);
        *left -= strokes.len();
        let place = |(x, y)| shift.place(x, y);
        found.strokes.extend(strokes.map(|&Stroke(a, b)| Stroke(place(a), place(b))));
    }
}

/// Moves and scales the place of an object.
#[derive(Clone, Copy)]
struct Shift {
    left: f32,
    top: f32,
    /// Matrix a b c d e f: x' = a·x + c·y + e, y' = b·x + d·y + f.
    matrix: [f32; 6],
}

impl Default for Shift {
    fn default() -> Self {
        Shift { left: 0.0, top: 0.0, matrix: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0] }
    }
}

impl Shift {
    /// Returns the shift of an object: its matrix inside its boundary.
    fn of(object: &Element<'_>) -> Shift {
        let numbers = |name: &str| object.attribute(name).map(|list| numbers(&list));
        let boundary = numbers("Boundary").unwrap_or_default();
        let identity = Shift::default().matrix;
        let matrix = numbers("CTM").and_then(|list| list.try_into().ok()).unwrap_or(identity);
        let [left, top] = [0, 1].map(|at| boundary.get(at).copied().unwrap_or(0.0));
        Shift { left, top, matrix }
    }

    fn place(self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.matrix;
        (self.left + a * x + c * y + e, self.top + b * x + d * y + f)
    }

    /// Returns the size on the page of one millimetre down.
    fn scale(self) -> f32 {
        let [_, _, c, d, ..] = self.matrix;
        c.hypot(d)
    }
}

impl Content {
    /// Returns the lines of words from top to bottom, and the rules between them.
    pub(super) fn page(self, number: u32) -> Page {
        /// Maximum distance of words that are drawn twice to look bold, in characters.
        const TWICE: f32 = 0.25;
        let words = self.words.iter().filter(|words| !words.text.trim().is_empty());
        let mut lines = into_lines(words.map(Words::piece).collect());
        for line in &mut lines {
            line.dedup_by(|b, a| a.words == b.words && b.left - a.left < TWICE * a.size);
        }
        let points = |(x, y)| (x * POINTS, y * POINTS);
        let strokes = self.strokes.iter();
        let rules = strokes.filter_map(|&Stroke(a, b)| Rule::between(points(a), points(b)));
        Page { number, lines, rules: rules.collect() }
    }
}

impl Words {
    fn piece(&self) -> Piece {
        Piece {
            left: self.left * POINTS,
            top: (self.baseline - self.size) * POINTS,
            right: self.right * POINTS,
            // A quarter of a character is below the line that it stands on.
            bottom: (self.baseline + self.size / 4.0) * POINTS,
            size: self.size * POINTS,
            words: self.text.clone(),
        }
    }
}

/// Returns words of a composite object at its place.
fn moved(words: &Words, shift: Shift) -> Words {
    let (left, baseline) = shift.place(words.left, words.baseline);
    let (right, _) = shift.place(words.right, words.baseline);
    Words { left, right, baseline, size: words.size * shift.scale(), text: words.text.clone() }
}

/// Appends the words of a text object: one or more for each of its codes. A code without a place goes
/// on after the last one.
fn text_object(object: &Element<'_>, found: &mut Vec<Words>) {
    let number = |element: &Element<'_>, name: &str| {
        element.attribute(name).and_then(|n| n.trim().parse::<f32>().ok()).filter(|n| n.is_finite())
    };
    let shift = Shift::of(object);
    let size = number(object, "Size").unwrap_or(0.0);
    let mut last = (0.0, 0.0);
    for code in object.children().filter(|code| code.name() == "TextCode") {
        let text = code.text();
        let text = text.trim_matches(['\n', '\r', '\t']);
        last = (number(code, "X").unwrap_or(last.0), number(code, "Y").unwrap_or(last.1));
        let distances = |name: &str| distances(code.attribute(name).as_deref(), text);
        let runs = runs(text, size, distances("DeltaX"), distances("DeltaY"));
        found.extend(runs.into_iter().map(|run| {
            let (left, baseline) = shift.place(last.0 + run.left, last.1 + run.down);
            let (right, _) = shift.place(last.0 + run.right, last.1 + run.down);
            let (right, size) = (right.max(left), size * shift.scale());
            Words { left, right, baseline, size, text: run.text }
        }));
    }
}

/// Appends the straight lines of a path object, of which the data are `M x y L x y C`.
fn path_object(object: &Element<'_>, found: &mut Vec<Stroke>) {
    let Some(data) = object.child("AbbreviatedData") else { return };
    let shift = Shift::of(object);
    let data = data.text();
    let mut items = data.split_whitespace();
    let (mut first, mut last) = (None, None);
    let number = |item: Option<&str>| item.and_then(|n| n.parse().ok()).unwrap_or(0.0);
    while let Some(item) = items.next() {
        let next = match item {
            "S" | "M" | "L" => {
                let (x, y) = (number(items.next()), number(items.next()));
                Some(shift.place(x, y))
            }
            "C" => first,
            // Curves have more numbers, which are passed over, and end anywhere.
            _ => {
                last = None;
                continue;
            }
        };
        if matches!(item, "S" | "M") {
            first = next;
        } else if let (Some(a), Some(b)) = (last, next) {
            found.push(Stroke(a, b));
        }
        last = next;
    }
}

/// Characters of a text code at one place, which is relative to that of the code.
#[derive(Debug, PartialEq)]
struct Run {
    left: f32,
    right: f32,
    down: f32,
    text: String,
}

/// Divides the characters of a text code where a line or a column ends.
///
/// `across` and `down` are the distances between its characters. Characters below each other are one
/// run.
fn runs(text: &str, size: f32, across: Option<Vec<f32>>, down: Option<Vec<f32>>) -> Vec<Run> {
    /// Minimum width of a gap between columns, in characters.
    const COLUMN: f32 = 1.5;
    let mut runs: Vec<Run> = Vec::new();
    let upright = across.is_none() && down.is_some();
    let (mut x, mut y) = (0.0, 0.0);
    for (at, c) in text.chars().enumerate() {
        let width = if c.is_ascii() { size / 2.0 } else { size };
        let ends = |run: &&mut Run| {
            let gap: f32 = x - run.right;
            (gap > COLUMN * size || gap < -2.0 * size || y != run.down) && !upright
        };
        match runs.last_mut().filter(|run| !ends(run)) {
            Some(run) => {
                run.text.push(c);
                run.right = run.right.max(x + width);
            }
            None => runs.push(Run { left: x, right: x + width, down: y, text: c.into() }),
        }
        let distance = |list: &Option<Vec<f32>>| list.as_ref().map(|list| list.get(at).copied());
        x += distance(&across).map_or(if upright { 0.0 } else { width }, |x| x.unwrap_or(width));
        y += distance(&down).flatten().unwrap_or(0.0);
    }
    runs
}

/// Parses the distances between the characters of a text: `g 5 4.2` is 4.2 five times.
fn distances(list: Option<&str>, text: &str) -> Option<Vec<f32>> {
    let mut left = text.chars().count().saturating_sub(1);
    let mut found = Vec::new();
    let mut items = list?.split_whitespace();
    while let Some(item) = items.next().filter(|_| left > 0) {
        let (times, distance) = match item {
            "g" => (items.next().and_then(|n| n.parse().ok()).unwrap_or(1), items.next()),
            item => (1, Some(item)),
        };
        let times: usize = left.min(times);
        let distance = distance.and_then(|n| n.parse().ok()).filter(|n: &f32| n.is_finite());
        found.extend(std::iter::repeat_n(distance.unwrap_or(0.0), times));
        left -= times;
    }
    Some(found)
}

/// Parses numbers with blanks between them.
fn numbers(list: &str) -> Vec<f32> {
    list.split_whitespace().filter_map(|n| n.parse().ok()).filter(|n: &f32| n.is_finite()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(content: &str, expected: &[&str]) {
        let page = format!("<o:Page xmlns:o='o'><o:Content>{content}</o:Content></o:Page>");
        let page = Element::parse(&page).unwrap();
        let page = Resources::default().content(&page).page(1);
        let text = crate::text::paged::text("a page", vec![page]).unwrap().text;
        assert_eq!(text.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn words_of_a_line_are_in_order_of_place() {
        check(
            "<o:Layer><o:PageBlock><o:TextObject Boundary='40 20 10 5' Size='5'><o:TextCode X='0' Y='5'>乙</o:TextCode></o:TextObject>\
             <o:TextObject Boundary='20 20 20 5' Size='5'><o:TextCode X='0' Y='5' DeltaX='g 3 5'>甲甲甲甲</o:TextCode></o:TextObject></o:PageBlock>\
             <o:TextObject Boundary='28 30 20 5' Size='5'><o:TextCode X='0' Y='5'>丙</o:TextCode><o:TextCode X='20' Y='5'>丁</o:TextCode></o:TextObject></o:Layer>",
            &["甲甲甲甲乙", "丙 丁"],
        );
    }

    #[test]
    fn words_that_are_drawn_twice_are_read_once() {
        let bold = |x: &str| {
            format!(
                "<TextObject Boundary='{x} 20 20 5' Size='5'><TextCode X='0' Y='5'>甲</TextCode></TextObject>"
            )
        };
        check(&format!("<Layer>{}{}</Layer>", bold("20"), bold("20.2")), &["甲"]);
    }

    #[test]
    fn characters_are_at_their_distances() {
        let of = |text: &str, across: Option<&str>, down: Option<&str>| {
            let [across, down] = [across, down].map(|list| distances(list, text));
            let runs = runs(text, 5.0, across, down).into_iter();
            runs.map(|run| (run.text, run.left, run.right, run.down)).collect::<Vec<_>>()
        };
        let all = |right| vec![("甲ab乙".to_owned(), 0.0, right, 0.0)];
        assert_eq!(of("甲ab乙", Some("5 g 2 2.5"), None), all(15.0));
        assert_eq!(of("甲ab乙", None, None), all(15.0));
        assert_eq!(of("甲", Some("g"), None), [("甲".to_owned(), 0.0, 5.0, 0.0)]);
        let columns = [("甲".to_owned(), 0.0, 5.0, 0.0), ("乙".to_owned(), 40.0, 45.0, 0.0)];
        assert_eq!(of("甲乙", Some("40"), None), columns);
        let lines = [("甲乙".to_owned(), 0.0, 10.0, 0.0), ("丙".to_owned(), 0.0, 5.0, 8.0)];
        assert_eq!(of("甲乙丙", Some("5 -5"), Some("0 8")), lines);
        assert_eq!(of("甲乙", None, Some("5")), [("甲乙".to_owned(), 0.0, 5.0, 0.0)]);
    }

    #[test]
    fn words_between_the_lines_of_paths_are_cells() {
        let path = |data: &str| {
            format!(
                "<PathObject Boundary='20 20 60 20'><AbbreviatedData>{data}</AbbreviatedData></PathObject>"
            )
        };
        let words = |place: &str, words: &str| {
            format!(
                "<TextObject Boundary='{place} 30 5' Size='4'><TextCode X='1' Y='6'>{words}</TextCode></TextObject>"
            )
        };
        let lines = ["M 0 0 L 60 0 L 60 20 L 0 20 C", "M 0 10 L 60 10", "M 30 0 L 30 20"].map(path);
        let cells = [("20 20", "任务"), ("50 20", "单位"), ("20 30", "绿化"), ("50 30", "林业局")];
        let cells = cells.map(|(place, cell)| words(place, cell));
        let page = format!(
            "<Page><Content><Layer>{}{}</Layer></Content></Page>",
            lines.concat(),
            cells.concat()
        );
        let page = Element::parse(&page).unwrap();
        let page = Resources::default().content(&page).page(1);
        let text = crate::text::paged::text("a page", vec![page]).unwrap().text;
        assert_eq!(text, "任务\t单位\n绿化\t林业局");
    }
}
