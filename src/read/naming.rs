//! Names in text: public bodies, instruments and their numbers, and the short
//! names that the text itself defines.

pub(crate) mod agencies;
pub(crate) mod canonical;
pub(crate) mod citations;
pub(crate) mod definitions;
pub(crate) mod numbers;
pub(crate) mod short_names;
