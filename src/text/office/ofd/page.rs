//! The text of a page: text objects by place → lines.

use super::super::xml::Element;
use crate::text::paged::Line;
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

/// The words of composite objects by the id of their resource.
pub(super) struct Resources {
    composites: HashMap<String, Vec<Words>>,
    /// Number of words that may still be copied from composite objects and templates.
    left: usize,
}

/// Maximum number of words that are copied. More are of objects that repeat others without end.
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
            let words = self.words(unit);
            self.composites.insert(id, words);
        }
    }

    /// Reads the content of a page or of a template.
    pub(super) fn page(&mut self, page: &Element<'_>) -> Page {
        Page(self.words(page))
    }

    /// Adds the words of a template to a page.
    pub(super) fn add_template(&mut self, page: &mut Page, template: &Page) {
        let before = page.0.len();
        page.0.extend(template.0.iter().take(self.left).cloned());
        self.left -= page.0.len() - before;
    }

    fn words(&mut self, parent: &Element<'_>) -> Vec<Words> {
        let mut words = Vec::new();
        parent.child("Content").into_iter().for_each(|content| self.collect(content, &mut words));
        words
    }

    /// Appends the words of text objects, in layers, blocks and composite objects.
    fn collect(&mut self, parent: &Element<'_>, found: &mut Vec<Words>) {
        for object in parent.children() {
            if object.attribute("Visible").is_some_and(|visible| visible == "false") {
                continue;
            }
            match object.name() {
                "TextObject" => text_object(object, found),
                "CompositeObject" => {
                    let words = object.attribute("ResourceID");
                    let words = words.and_then(|id| self.composites.get(&id));
                    let shift = Shift::of(object);
                    let before = found.len();
                    let words = words.into_iter().flatten().take(self.left);
                    found.extend(words.map(|words| moved(words, shift)));
                    self.left -= found.len() - before;
                }
                "Layer" | "PageBlock" => self.collect(object, found),
                _ => {}
            }
        }
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

/// The words of a page.
pub(super) struct Page(Vec<Words>);

impl Page {
    /// Returns the lines of the page, from top to bottom.
    pub(super) fn lines(mut self, number: u32) -> Vec<Line> {
        self.0.retain(|words| !words.text.trim().is_empty());
        self.0.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.left.total_cmp(&b.left)));
        let together = |a: &Words, b: &Words| {
            (b.baseline - a.baseline).abs() < 0.5 * a.size.max(b.size).max(0.1)
        };
        self.0.chunk_by(together).map(|words| line(words, number)).collect()
    }
}

/// Joins the words of a line, from left to right.
fn line(words: &[Words], page: u32) -> Line {
    /// Maximum distance of words that are drawn twice to look bold, in characters.
    const TWICE: f32 = 0.25;
    /// Minimum width of a blank, in characters.
    const BLANK: f32 = 0.3;
    let mut words: Vec<&Words> = words.iter().collect();
    words.sort_by(|a, b| a.left.total_cmp(&b.left));
    words.dedup_by(|b, a| a.text == b.text && b.left - a.left < TWICE * a.size);
    let mut text = String::new();
    let mut right = f32::NEG_INFINITY;
    for words in &words {
        if !text.is_empty() && words.left - right > BLANK * words.size {
            text.push(' ');
        }
        text += &words.text;
        right = right.max(words.right);
    }
    let size = words.iter().map(|words| words.size).fold(0.0, f32::max);
    let baseline = words.iter().map(|words| words.baseline).fold(f32::NEG_INFINITY, f32::max);
    Line {
        page,
        left: words.first().map_or(0.0, |words| words.left) * POINTS,
        top: (baseline - size) * POINTS,
        right: right * POINTS,
        // A quarter of a character is below the line that it stands on.
        bottom: (baseline + size / 4.0) * POINTS,
        size: size * POINTS,
        words: text,
    }
}

/// Returns words of a composite object at its place.
fn moved(words: &Words, shift: Shift) -> Words {
    let (left, baseline) = shift.place(words.left, words.baseline);
    let (right, _) = shift.place(words.right, words.baseline);
    Words { left, right, baseline, size: words.size * shift.scale(), text: words.text.clone() }
}

/// Appends the words of a text object: one for each of its codes. A code without a place goes on after
/// the last one.
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
        let (x, y) = (number(code, "X").unwrap_or(last.0), number(code, "Y").unwrap_or(last.1));
        let width = width(code.attribute("DeltaX").as_deref(), text, size);
        last = (x, y);
        let (left, baseline) = shift.place(x, y);
        let (right, _) = shift.place(x + width, y);
        found.push(Words {
            left,
            right: right.max(left),
            baseline,
            size: size * shift.scale(),
            text: text.to_owned(),
        });
    }
}

/// Returns the width of words: the distances between their characters, and the last character.
fn width(distances: Option<&str>, text: &str, size: f32) -> f32 {
    let count = text.chars().count();
    let last =
        text.chars().next_back().map_or(0.0, |c| if c.is_ascii() { size / 2.0 } else { size });
    let Some(distances) = distances else {
        let narrow = text.chars().filter(char::is_ascii).count();
        return (count as f32 - narrow as f32 / 2.0) * size;
    };
    let mut sum = 0.0;
    let mut left = count.saturating_sub(1);
    let mut items = distances.split_whitespace();
    while let Some(item) = items.next().filter(|_| left > 0) {
        // `g 5 4.2` is 4.2 five times.
        let (times, distance) = match item {
            "g" => (items.next().and_then(|n| n.parse().ok()).unwrap_or(1), items.next()),
            item => (1, Some(item)),
        };
        let times: usize = left.min(times);
        sum += times as f32 * distance.and_then(|n| n.parse::<f32>().ok()).unwrap_or(0.0);
        left -= times;
    }
    sum + last
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
        let lines = Resources::default().page(&page).lines(1);
        assert_eq!(lines.iter().map(|line| &*line.words).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn words_of_a_line_are_in_order_of_place() {
        check(
            "<o:Layer><o:PageBlock><o:TextObject Boundary='40 20 10 5' Size='5'><o:TextCode X='0' Y='5'>乙</o:TextCode></o:TextObject>\
             <o:TextObject Boundary='20 20 20 5' Size='5'><o:TextCode X='0' Y='5' DeltaX='g 3 5'>甲甲甲甲</o:TextCode></o:TextObject></o:PageBlock>\
             <o:TextObject Boundary='20 30 20 5' Size='5'><o:TextCode X='0' Y='5'>丙</o:TextCode><o:TextCode X='20' Y='5'>丁</o:TextCode></o:TextObject></o:Layer>",
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
    fn widths_are_sums_of_distances() {
        assert_eq!(width(Some("5 g 2 2.5"), "甲ab乙", 5.0), 15.0);
        assert_eq!(width(None, "甲ab乙", 5.0), 15.0);
        assert_eq!(width(Some("g"), "甲", 5.0), 5.0);
    }
}
