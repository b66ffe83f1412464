#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs, unreachable_pub)]

pub mod adversarial;
pub mod extraction;
pub mod gold;
pub mod golden;
pub mod growth;
pub mod invariants;
#[cfg(feature = "builtin")]
pub mod lineage;
pub mod noise;
#[cfg(feature = "office")]
pub mod office;
pub mod pages;
pub mod patterns;
pub mod ranking;
#[cfg(feature = "builtin")]
pub mod synthetic;
