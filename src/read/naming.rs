//! Names in text: public bodies (agencies of a region and national bodies),
//! instruments and their numbers, and the short names that the text itself defines.

pub(super) mod names;
pub(super) mod canonical;
pub(super) mod enumerations;
pub(super) mod agencies;
pub(super) mod zone_bodies;
mod units;
pub(super) mod longer_names;
pub(super) mod by_form;
pub(super) mod numbers;
pub(super) mod title_forms;
mod instruments;
mod unmarked;
pub(super) mod citations;
pub(super) mod definitions;
pub(super) mod short_titles;
