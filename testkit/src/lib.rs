//! Test data and metrics for programs that use `policygraph`.

#![forbid(unsafe_code)]

pub mod adversarial;
pub mod extraction;
pub mod golden;
#[cfg(feature = "builtin")]
pub mod lineage;
pub mod noise;
pub mod ranking;
#[cfg(feature = "builtin")]
pub mod synthetic;
