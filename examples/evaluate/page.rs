//! Scores as tables for a terminal.

use crate::{RATES, RUNS};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width};
use policygraph_testkit::extraction::{FIELDS, GROUPS, Scores};

/// Returns the scores overall and by document, and the errors of the given fields.
pub fn scores(overall: &Scores, each: &[(&str, Scores)], misses: &[&str]) -> String {
    let mut page = Page::new();
    let measures = overall.get("measures");
    let gold = measures.found + measures.missed.len();
    page.heading(&format!("Records against gold: {}, {gold} measures", documents(each.len())));
    page.fields(overall);
    page.heading("F1 by document");
    page.documents(each);
    page.paragraph(
        "head: title, number, genre, issuers, region, dates and implemented policies; headings: \
         of chapters, subsections and measures; duties: responsible agencies; prose: the facts of the \
         prose of chapters. – if neither gold nor record has a value.",
    );
    for field in misses {
        let score = overall.get(field);
        page.heading(&format!(
            "{field}: {} missed, {} extra",
            score.missed.len(),
            score.extra.len()
        ));
        if !score.missed.is_empty() || !score.extra.is_empty() {
            page.text += &format!("{}\n", score.errors());
        }
    }
    page.text
}

/// Returns the mean F1 of each field at each rate of faults.
pub fn noise(count: usize, rows: &[(&str, [f64; RATES.len()])]) -> String {
    let mut page = Page::new();
    page.heading(&format!("F1 under noise: {}, mean of {RUNS} runs per rate", documents(count)));
    let mut cells = vec![vec!["characters with a fault".to_owned()]];
    cells[0].extend(RATES.map(|rate| format!("{} %", rate * 100.0)));
    for (field, means) in rows {
        let means = means.iter().map(|mean| format!("{mean:.3}"));
        cells.push([(*field).to_owned()].into_iter().chain(means).collect());
    }
    page.table(&[26, 8, 8, 8, 8], cells);
    page.paragraph(
        "A fault is drawn uniformly from those that apply to the character: a space or a line break \
         after it, the other width, a dropped mark, a character of similar shape (己/已, O/0). A \
         measure is found if its ordinal is correct and its bounds are those of the clean text, \
         give or take two characters; all other fields are scored as in a clean text.",
    );
    page.text
}

fn documents(count: usize) -> String {
    format!("{count} document{}", if count == 1 { "" } else { "s" })
}

/// Output text of a given width.
struct Page {
    width: u16,
    text: String,
}

impl Page {
    fn new() -> Self {
        let width = terminal_size::terminal_size().map_or(100, |(width, _)| width.0.clamp(72, 120));
        Page { width, text: String::new() }
    }

    fn fields(&mut self, scores: &Scores) {
        let header = ["", "precision", "recall", "F1", "found", "missed", "extra"];
        let mut rows = vec![header.map(str::to_owned).to_vec()];
        for field in FIELDS {
            let score = scores.get(field);
            let shares = [score.precision(), score.recall(), score.f1()];
            let counts = [score.found, score.missed.len(), score.extra.len()];
            let mut row = vec![field.to_owned()];
            row.extend(shares.map(|share| match counts {
                [0, 0, 0] => "–".to_owned(),
                _ => format!("{share:.3}"),
            }));
            row.extend(counts.map(|count| count.to_string()));
            rows.push(row);
        }
        self.table(&[22, 11, 9, 9, 9, 9, 9], rows);
    }

    fn documents(&mut self, each: &[(&str, Scores)]) {
        let mut rows = vec![vec![String::new()]];
        rows[0].extend(GROUPS.map(|(name, _)| name.to_owned()));
        for (key, scores) in each {
            let mut row = vec![(*key).to_owned()];
            row.extend(GROUPS.map(|(_, fields)| f1(scores, fields)));
            rows.push(row);
        }
        let number_widths = GROUPS.map(|(name, _)| name.len() as u16 + 1);
        let key = self.width.saturating_sub(number_widths.iter().sum()).max(12);
        let widths: Vec<u16> = [key].into_iter().chain(number_widths).collect();
        self.table(&widths, rows);
    }

    fn heading(&mut self, heading: &str) {
        self.text += &format!("{heading}\n{}\n\n", "─".repeat(usize::from(self.width)));
    }

    fn paragraph(&mut self, text: &str) {
        let mut table = self.bare(vec![vec![text.to_owned()]]);
        table.set_width(self.width);
        self.text += &format!("{}\n\n", table.trim_fmt());
    }

    /// Adds a table without lines; all columns but the first hold numbers.
    fn table(&mut self, widths: &[u16], rows: Vec<Vec<String>>) {
        let mut table = self.bare(rows);
        table.set_constraints(widths.iter().map(|&w| ColumnConstraint::Absolute(Width::Fixed(w))));
        for column in table.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
            column.set_padding((1, 0));
        }
        self.text += &format!("{}\n\n", table.trim_fmt());
    }

    fn bare(&self, rows: Vec<Vec<String>>) -> Table {
        let mut table = Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(self.width);
        table.add_rows(rows);
        table
    }
}

/// Returns the F1 of several fields together.
fn f1(scores: &Scores, fields: &[&str]) -> String {
    scores.f1(fields).map_or("–".to_owned(), |f1| format!("{f1:.2}"))
}
