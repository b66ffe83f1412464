//! The views, each a function that returns its markup.

pub(super) mod around;
pub(super) mod changes;
pub(super) mod compare;
pub(super) mod cover;
pub(super) mod coverage;
pub(super) mod documents;
pub(super) mod flow;
pub(super) mod measure;
pub(super) mod names;
pub(super) mod reader;
pub(super) mod reuse;
pub(super) mod when;
pub(super) mod who;
