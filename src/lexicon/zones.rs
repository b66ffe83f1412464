use super::Words;
use super::table::{Entry, SourceNote, table};
use crate::model::PartialDate;
use serde::Deserialize;

table! {
    /// `zones.json`.
    ZoneTable {
        entries: Vec<Zone>,
    }
}

/// A development zone (功能区) with a name of its own, as the seat of a 管委会: 河北雄安新区.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Zone {
    pub name: String,
    #[serde(default)]
    pub short: Vec<String>,
    /// Full name of the province that it is in.
    #[serde(rename = "in")]
    pub province: String,
    /// Its organs are named after it and not after its province, as those of a region are.
    #[serde(default)]
    pub organs: bool,
    /// Month of its foundation.
    #[serde(default, rename = "since")]
    _since: Option<PartialDate>,
    #[serde(default, rename = "source")]
    _source: SourceNote,
}

impl Entry for Zone {
    fn visit_words(&self, visit: &mut dyn FnMut(&str)) {
        visit(&self.name);
        self.short.iter().chain([&self.province]).for_each(|word| visit(word));
    }
}

/// Zones by the beginnings of the names of their bodies.
#[derive(Clone, Debug, Default)]
pub(crate) struct Zones {
    pub table: Vec<Zone>,
    names: Words,
}

impl Zones {
    pub(crate) fn new(table: Vec<Zone>) -> Self {
        let names = table.iter().flat_map(|zone| zone.short.iter().chain([&zone.name]));
        let names = names.cloned().collect::<Vec<_>>().into();
        Zones { table, names }
    }

    /// Returns the zone that the name of a body begins with, and the rest of the name.
    pub(crate) fn prefix<'n>(&self, name: &'n str) -> Option<(&Zone, &'n str)> {
        let printed = self.names.start(name)?;
        Some((self.named(printed)?, &name[printed.len()..]))
    }

    /// Returns the zone that a text ends with, and the length of its name.
    pub(crate) fn suffix(&self, text: &str) -> Option<(&Zone, usize)> {
        let printed = self.names.end(text)?;
        Some((self.named(printed)?, printed.len()))
    }

    fn named(&self, printed: &str) -> Option<&Zone> {
        let named =
            |zone: &&Zone| zone.name == printed || zone.short.iter().any(|short| short == printed);
        self.table.iter().find(named)
    }
}
