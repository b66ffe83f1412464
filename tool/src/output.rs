//! Output: pages for people, lines for programs, messages on standard error.
//!
//! Control characters of names, arguments and documents are printed as visible escapes. A closed
//! pipe ends the program quietly.

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, Width};
use policygraph::{Error, printable};
use std::fmt::{self, Display, Write as _};
use std::io::{self, Write};

/// Reason to end without an answer.
#[derive(Debug)]
pub enum Failure {
    /// Nobody reads standard output.
    ClosedPipe,
    /// Words for standard error.
    Message(String),
}

impl Failure {
    pub fn new(message: impl Display) -> Self {
        Failure::Message(message.to_string())
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::ClosedPipe => f.write_str("nobody reads the output"),
            Failure::Message(message) => f.write_str(message),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let mut message = error.to_string();
        if !error.suggestions().is_empty() && !message.contains(&error.suggestions()[0]) {
            message += &format!("; did you mean {}?", error.suggestions().join(", "));
        }
        Failure::Message(message)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::new(error),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::from(io::Error::from(error))
    }
}

/// Prints a page of lines for people.
pub fn print_page(page: &str) -> Result<(), Failure> {
    let lines: String = page.lines().map(|line| printable(line) + "\n").collect();
    print_lines(&lines)
}

/// Prints lines for programs, such as JSON, as they are.
pub fn print_lines(lines: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(lines.as_bytes())?;
    Ok(out.flush()?)
}

/// Prints a message of one or more lines to standard error, which may be closed.
pub fn report(message: impl Display) {
    let mut lines = String::new();
    for line in message.to_string().lines() {
        let _ = writeln!(lines, "{}", printable(line));
    }
    let _ = io::stderr().write_all(lines.as_bytes());
}

/// A page of text that fits the terminal.
pub struct Page {
    pub width: u16,
    text: String,
}

impl Page {
    pub fn new() -> Self {
        let width = terminal_size::terminal_size().map_or(100, |(width, _)| width.0.clamp(72, 160));
        Page { width, text: String::new() }
    }

    pub fn heading(&mut self, heading: impl Display) -> &mut Self {
        let rule = "─".repeat(usize::from(self.width));
        let _ = write!(self.text, "{heading}\n{rule}\n\n");
        self
    }

    /// Adds words, wrapped.
    pub fn paragraph(&mut self, words: &str) -> &mut Self {
        self.table(&[], [vec![flat(words)]])
    }

    /// Adds a table without lines. `widths` are those of the first columns; the others share the rest.
    pub fn table(
        &mut self,
        widths: &[u16],
        rows: impl IntoIterator<Item = Vec<String>>,
    ) -> &mut Self {
        self.aligned_table(widths, &[], rows)
    }

    /// Adds a table of which some columns are aligned to the right.
    pub fn aligned_table(
        &mut self,
        widths: &[u16],
        right: &[usize],
        rows: impl IntoIterator<Item = Vec<String>>,
    ) -> &mut Self {
        let mut table = Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(self.width);
        table.add_rows(rows.into_iter().map(|row| row.into_iter().map(|words| cell(&words))));
        let fixed = |&width| ColumnConstraint::Absolute(Width::Fixed(width));
        table.set_constraints(widths.iter().map(fixed));
        for &column in right {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        let _ = write!(self.text, "{}\n\n", table.trim_fmt());
        self
    }

    /// Adds a line.
    pub fn line(&mut self, line: impl Display) -> &mut Self {
        let _ = writeln!(self.text, "{line}");
        self
    }

    pub fn print(&self) -> Result<(), Failure> {
        print_page(self.text.trim_end())
    }
}

/// Returns a cell of a table. Chinese words wrap anywhere, others at a blank.
fn cell(words: &str) -> Cell {
    // Escaped before the table measures it.
    let escaped = words.lines().map(printable).collect::<Vec<_>>().join("\n");
    let is_chinese = escaped.contains(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    Cell::new(escaped).set_delimiter(if is_chinese { '\t' } else { ' ' })
}

/// Returns words on one line, without the line ends that a document prints inside them.
pub fn flat(words: &str) -> String {
    words.split('\n').map(str::trim).collect()
}

/// Returns the first characters of words.
pub fn short(words: &str, chars: usize) -> String {
    let words = flat(words);
    match words.char_indices().nth(chars) {
        None => words,
        Some((at, _)) => format!("{}…", &words[..at]),
    }
}

/// Returns words in 「」.
pub fn quoted(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("「{}」", flat(words)) }
}
