//! Parts that every view uses: labels, links, tables, pictures.

mod chart;
mod chip;
mod commitment;
mod label;
mod links;
mod picture;
mod section;
mod table;

pub(super) use chart::{chart, clipped, place, svg_label};
pub(super) use chip::{chip, role, status};
pub(super) use commitment::{bars, deadline, target, values};
pub(super) use label::{both, label, shown, term};
pub(super) use links::Report;
pub(super) use picture::picture;
pub(super) use section::section;
pub(super) use table::{Column, table};
