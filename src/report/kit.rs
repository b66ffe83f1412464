//! Parts that every view uses: labels, links, tables, pictures.

mod chart;
mod chip;
mod commitment;
mod derived;
mod label;
mod links;
mod picture;
mod section;
mod table;

pub(super) use chart::{chart, clipped, place};
pub(super) use chip::{chip, role, status};
pub(super) use commitment::{bars, deadline, target};
pub(super) use derived::Derived;
pub(super) use label::{label, shown, term};
pub(super) use links::Report;
pub(super) use section::section;
pub(super) use table::{Column, table};
