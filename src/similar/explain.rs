//! The explanation of a match: shared phrases, paired sentences and targets.

pub(super) mod pairing;
pub(super) mod suffix_array;
pub(super) mod phrases;
pub(super) mod sentences;
pub(super) mod targets;
pub(super) mod explanation;
