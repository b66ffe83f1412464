//! Arguments and output of the examples.
//!
//! * Arguments that are not Unicode do not stop a program.
//! * A closed pipe (`explore | head -1`) ends a program quietly, with exit code 0.
//! * Control characters of names, arguments and documents are printed as visible escapes.

// Each example uses a part.
#![allow(dead_code)]

use comfy_table::{ContentArrangement, Table};
use policygraph::printable;
use std::ffi::OsString;
use std::fmt::{Display, Write as _};
use std::io::{self, Write};
use std::process::ExitCode;

/// Exit code for wrong arguments.
const WRONG_ARGUMENTS: u8 = 2;

/// Returns the arguments, with U+FFFD for bytes that are not Unicode.
pub fn arguments() -> Vec<String> {
    raw_arguments().map(|argument| argument.to_string_lossy().into_owned()).collect()
}

/// Returns the arguments as they are, for paths.
pub fn raw_arguments() -> impl Iterator<Item = OsString> {
    std::env::args_os().skip(1)
}

/// Prints a page of lines for people.
pub fn print_page(page: &str) -> ExitCode {
    print_lines(&page.lines().map(|line| printable(line) + "\n").collect::<String>())
}

/// Prints lines for programs, such as JSON, as they are.
pub fn print_lines(lines: &str) -> ExitCode {
    finish(io::stdout().write_all(lines.as_bytes()))
}

/// Returns rows without lines between them, as wide as the terminal, Chinese characters two columns wide.
pub fn table<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> String {
    let width = terminal_size::terminal_size().map_or(100, |(width, _)| width.0.clamp(72, 120));
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    // Escaped before the table measures it.
    let escaped = |cell: String| cell.lines().map(printable).collect::<Vec<_>>().join("\n");
    table.add_rows(rows.into_iter().map(|row| row.map(escaped)));
    table.trim_fmt() + "\n"
}

/// Returns the exit code of a program with this result of writing its output.
pub fn finish(written: io::Result<()>) -> ExitCode {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            report(error);
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Reports wrong arguments and returns the exit code for them.
pub fn refuse(message: impl Display) -> ExitCode {
    report(message);
    ExitCode::from(WRONG_ARGUMENTS)
}

/// Prints a message of one or more lines to standard error, which may be closed.
pub fn report(message: impl Display) {
    let mut lines = String::new();
    for line in message.to_string().lines() {
        writeln!(lines, "{}", printable(line)).expect("a string takes any text");
    }
    let _ = io::stderr().write_all(lines.as_bytes());
}
