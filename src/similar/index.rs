//! The index: features of measures in segments, and the exact search over them.

pub(super) mod build;
pub(super) mod featurize;
pub(super) mod segment;
pub(super) mod postings;
pub(super) mod weights;
pub(super) mod query;
pub(super) mod weighted;
pub(super) mod cursor;
pub(super) mod top_k;
pub(super) mod search;
pub(super) mod saved;
