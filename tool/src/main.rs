//! `policygraph`: reads policy documents and answers who must do what by when.
//!
//! The library does the work. This program finds the documents ([`corpus`]), asks one question
//! ([`commands`]) and prints the answer ([`output`]).

mod cli;
mod commands;
mod corpus;
mod lines;
mod mcp;
mod output;
mod worker;

use clap::Parser;
use cli::Cli;
use output::{Failure, report};
use std::process::ExitCode;

/// Exit code if some of the documents could not be read.
const NOT_ALL_READ: u8 = 1;

/// Exit code for wrong arguments, an unknown name, or a file that cannot be written.
const REFUSED: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match commands::run(cli) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(NOT_ALL_READ),
        Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Err(Failure::Message(message)) => {
            report(message);
            ExitCode::from(REFUSED)
        }
    }
}
