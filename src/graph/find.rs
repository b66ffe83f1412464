//! Lookup of nodes by name and key.

mod candidates;
mod spelling;

pub use candidates::{Candidate, NameMatch};

use super::Graph;
use super::refs::{
    AgencyRef, DocumentRef, MeasureRef, PlatformRef, PolicyRef, ProductRef, RegionRef,
};

impl Graph {
    /// Returns the document with this key. O(log documents).
    pub fn document(&self, key: &str) -> Option<DocumentRef<'_>> {
        self.tables.document(key).map(|id| self.at(id))
    }

    /// Returns the measure with this key: the document's key, `/`, and the position
    /// in the document, from 1. O(log documents).
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// assert_eq!(graph.measure("sx-2025/8").unwrap().key().to_string(), "sx-2025/8");
    /// assert!(graph.measure("sx-2025/0").is_none());
    /// assert!(graph.measure("sx-2025/29").is_none());
    /// ```
    pub fn measure(&self, key: &str) -> Option<MeasureRef<'_>> {
        let (document, position) = key.rsplit_once('/')?;
        if !position.starts_with(|first| matches!(first, '1'..='9')) {
            return None; // +8 and 08 are numbers, not keys
        }
        let place = position.parse::<usize>().ok()?.checked_sub(1)?;
        let measure = self.tables.measures.at(self.document(document)?.id(), place)?;
        Some(self.at(measure))
    }

    /// Returns the agency with this canonical name. O(1).
    pub fn agency(&self, name: &str) -> Option<AgencyRef<'_>> {
        self.tables.agencies.id(name).map(|id| self.at(id))
    }

    /// Returns the policy with this number, title or other printed name, without
    /// 《》. `None` if two policies have the name and neither as its number.
    /// O(log names).
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let policy = graph.policy("国办发〔2024〕53号").unwrap();
    /// assert_eq!(graph.policy(policy.title()), Some(policy));
    /// assert_eq!(policy.articles().count(), 24);
    /// ```
    pub fn policy(&self, number_or_title: &str) -> Option<PolicyRef<'_>> {
        self.tables.policy_names.find(number_or_title, &self.tables.policies).map(|id| self.at(id))
    }

    /// Returns the product with this label. O(1).
    pub fn product(&self, label: &str) -> Option<ProductRef<'_>> {
        self.tables.products.id(label).map(|id| self.at(id))
    }

    /// Returns the region with this full name. O(1).
    pub fn region(&self, name: &str) -> Option<RegionRef<'_>> {
        self.tables.regions.id(name).map(|id| self.at(id))
    }

    /// Returns the platform with this name. O(1).
    pub fn platform(&self, name: &str) -> Option<PlatformRef<'_>> {
        self.tables.platforms.id(name).map(|id| self.at(id))
    }
}
