//! Agencies, their regions, and platforms.

use super::{AgencyRef, PlatformRef, RegionRef};

impl<'g> AgencyRef<'g> {
    /// Canonical name.
    pub fn name(self) -> &'g str {
        self.graph.tables.agencies.name(self.id)
    }
}

impl<'g> RegionRef<'g> {
    /// Full name.
    pub fn name(self) -> &'g str {
        self.graph.tables.regions.name(self.id)
    }
}

impl<'g> PlatformRef<'g> {
    /// Name, as printed.
    pub fn name(self) -> &'g str {
        self.graph.tables.platforms.name(self.id)
    }
}
