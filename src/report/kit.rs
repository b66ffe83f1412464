//! Parts that every view uses: labels, links, tables, pictures.

mod chip;
mod label;
mod links;
mod picture;
mod section;
mod table;

pub(super) use chip::{chip, role, status};
pub(super) use label::{both, label, shown, term};
pub(super) use links::Report;
pub(super) use picture::picture;
pub(super) use section::section;
pub(super) use table::{Column, table};
