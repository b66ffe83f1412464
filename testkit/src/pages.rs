//! Paragraphs set on pages as GB/T 9704 sets official documents, and PDFs of them.
//!
//! ```
//! let lines = policygraph_testkit::pages::set(&["一、加快审批", &"推行并联审批，".repeat(8)]);
//! assert_eq!(lines[1].words.chars().count(), 26); // 28, less the indent
//! assert!(lines[2].left < lines[1].left);
//! assert_eq!(lines.last().unwrap().words, "— 1 —");
//! ```

/// Returns the paragraphs of the seed documents with a title and measures, without the marks at the
/// start of some lines.
///
/// # Panics
///
/// If there are fewer than five: a test over them would show little.
///
/// ```
/// let documents = policygraph_testkit::pages::seed_paragraphs();
/// assert!(documents.iter().flatten().all(|line| line.trim() == line && !line.is_empty()));
/// ```
#[cfg(feature = "builtin")]
pub fn seed_paragraphs() -> Vec<Vec<String>> {
    let mut seeds = policygraph::seeds();
    seeds.retain(|seed| seed.title.is_some() && !seed.measures.is_empty());
    let paragraphs = |seed: &policygraph::Record| {
        let lines = seed.text.lines().map(|line| line.trim().trim_start_matches(['-', '#', ' ']));
        lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let documents: Vec<Vec<String>> = seeds.iter().map(paragraphs).collect();
    assert!(documents.len() >= 5);
    documents
}

/// Width of a page (A4) in points.
pub const PAGE_WIDTH: f32 = 595.0;
/// Height of a page in points.
pub const PAGE_HEIGHT: f32 = 842.0;
/// Size of a character (三号) in points.
pub const CHARACTER: f32 = 16.0;

/// Distance of the lines in points.
const LINE: f32 = 29.0;
/// Distances of the text from the left and the top edge of the page in points.
const MARGINS: [f32; 2] = [73.0, 105.0];
/// Number of lines on a page (22) and of columns of half a character in a line (2 × 28).
const LINES: usize = 22;
const COLUMNS: usize = 56;
/// Columns of the indent of the first line of a paragraph.
const INDENT: usize = 4;

/// A line at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct SetLine {
    /// Number of the page, from 1.
    pub page: usize,
    /// Distance from the left edge of the page in points.
    pub left: f32,
    /// Distance from the top of the page in points.
    pub top: f32,
    /// Words of the line.
    pub words: String,
}

/// Sets paragraphs in lines of 28 characters, 22 on a page, the first line of each indented by two. A
/// closing mark or blank begins no line, and a blank ends none. The foot of each page is its number.
pub fn set(paragraphs: &[&str]) -> Vec<SetLine> {
    let mut lines = Vec::new();
    let mut row = 0;
    let place = |column: usize, row: usize| {
        let left = MARGINS[0] + column as f32 * CHARACTER / 2.0;
        (left, MARGINS[1] + (row % LINES) as f32 * LINE)
    };
    for paragraph in paragraphs {
        let mut rest: &str = paragraph;
        let mut indent = INDENT;
        while !rest.is_empty() {
            let (words, after) = rest.split_at(line_end(rest, COLUMNS - indent));
            let (left, top) = place(indent, row);
            lines.push(SetLine { page: row / LINES + 1, left, top, words: words.to_owned() });
            (rest, indent, row) = (after, 0, row + 1);
        }
    }
    let pages = row.div_ceil(LINES);
    let mut numbered = Vec::with_capacity(lines.len() + pages);
    for page in 1..=pages {
        numbered.extend(lines.iter().filter(|line| line.page == page).cloned());
        let (left, _) = place(COLUMNS / 2, 0);
        let (top, words) = (PAGE_HEIGHT - 60.0, format!("— {page} —"));
        numbered.push(SetLine { page, left, top, words });
    }
    numbered
}

/// Returns the end of the first line of words that has this number of columns.
fn line_end(words: &str, columns: usize) -> usize {
    let closing = |c: char| "，。；：、）》”’！？) ".contains(c);
    let mut used = 0;
    let mut end = words.len();
    for (at, c) in words.char_indices() {
        used += if c.is_ascii() { 1 } else { 2 };
        if used > columns {
            end = at;
            break;
        }
    }
    let splits = |at: usize| words[at..].starts_with(closing) || words[..at].ends_with(' ');
    while end < words.len() && splits(end) {
        let Some(last) = words[..end].char_indices().next_back() else { break };
        end = last.0;
    }
    if end == 0 { words.len() } else { end }
}

/// Returns a PDF of the paragraphs, with a text layer: characters of a predefined CMap
/// (`UniGB-UCS2-H`), without an embedded font.
pub fn pdf(paragraphs: &[&str]) -> Vec<u8> {
    let mut contents: Vec<String> = Vec::new();
    for line in set(paragraphs) {
        if line.page > contents.len() {
            contents.push(String::new());
        }
        let codes: String = line.words.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        let baseline = PAGE_HEIGHT - line.top - CHARACTER;
        *contents.last_mut().expect("a page was begun") +=
            &format!("BT /F1 {CHARACTER} Tf {} {baseline} Td <{codes}> Tj ET\n", line.left);
    }
    // 1 catalog, 2 pages, 3 to 5 font, then each page and its content.
    let page = |number: usize| 6 + 2 * number;
    let kids: Vec<String> = (0..contents.len()).map(|n| format!("{} 0 R", page(n))).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /FangSong /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /FangSong /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R >>".to_owned(),
        "<< /Type /FontDescriptor /FontName /FangSong /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 859 /Descent -141 /CapHeight 859 /StemV 80 >>".to_owned(),
    ];
    for (number, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_WIDTH} {PAGE_HEIGHT}] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            page(number) + 1
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(&objects) {
        table += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let trailer = format!(
        "{table}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n",
        objects.len() + 1,
        file.len()
    );
    (file + &trailer).into_bytes()
}
