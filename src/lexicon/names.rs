use super::Words;
use super::regions::{RegionIndex, Regions};
use serde::Deserialize;
use std::collections::HashMap;

/// How bodies that no table lists are named.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Names {
    pub offices: Offices,
    pub organs: Organs,
    /// What the name of a development zone begins with where only its region's
    /// name is left out: 高新区管委会.
    pub zones: Words,
    pub classes: Classes,
}

/// A national body's office in a region. `{}` stands for the region in full,
/// `{short}` for its short name: 中国证券监督管理委员会江西监管局.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Office {
    pub name: String,
    /// As printed. In `{}` any name of the region fits, and 省 or 市; in
    /// `{short}` only a name of its own: 江西金融监管局 is not 省金融监管局.
    pub forms: Vec<String>,
    /// Canonical name of the body it belongs to.
    pub national: String,
}

/// The place of the region in a name.
const FULL: &str = "{}";
const SHORT: &str = "{short}";

/// The slot of a form, with what stands before and behind it.
fn parts(form: &str) -> Option<(&str, &'static str, &str)> {
    let slot = if form.contains(FULL) { FULL } else { SHORT };
    let (before, after) = form.split_once(slot)?;
    Some((before, slot, after))
}

impl Office {
    /// Its canonical name in a region.
    pub fn canonical(&self, regions: &Regions, region: RegionIndex) -> String {
        let full = regions.full_name(region);
        let short = regions.get(region).short.first().copied().unwrap_or(&full);
        self.name.replace(FULL, &full).replace(SHORT, short)
    }
}

/// Offices by how their names end.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Vec<Office>")]
pub(crate) struct Offices {
    table: Vec<Office>,
    /// For what stands behind the region: offices, and what stands before it.
    forms: HashMap<String, Vec<Form>>,
    ends: Words,
}

#[derive(Clone, Debug)]
struct Form {
    office: usize,
    before: String,
    /// Any name of the region will do, and 省 and 市.
    any: bool,
}

impl From<Vec<Office>> for Offices {
    fn from(table: Vec<Office>) -> Self {
        let mut forms: HashMap<String, Vec<Form>> = HashMap::new();
        for (index, office) in table.iter().enumerate() {
            for (before, slot, after) in
                office.forms.iter().chain([&office.name]).filter_map(|form| parts(form))
            {
                let form = Form { office: index, before: before.to_owned(), any: slot == FULL };
                forms.entry(after.to_owned()).or_default().push(form);
            }
        }
        let ends = forms.keys().cloned().collect::<Vec<_>>().into();
        Offices { table, forms, ends }
    }
}

impl Offices {
    /// The office that `name` means, by a form of it or in full, and its region;
    /// `region` reads what stands in its place, and is told whether 省 and 市
    /// will do.
    pub fn find(
        &self,
        name: &str,
        region: impl Fn(&str, bool) -> Option<RegionIndex>,
    ) -> Option<(&Office, RegionIndex)> {
        let end = self.ends.end(name)?;
        let rest = &name[..name.len() - end.len()];
        self.forms[end].iter().find_map(|form| {
            let found = region(rest.strip_prefix(form.before.as_str())?, form.any)?;
            Some((&self.table[form.office], found))
        })
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Office> {
        self.table.iter()
    }

    /// How names end that begin with the region: 证监局.
    pub fn ends(&self) -> impl Iterator<Item = &str> {
        let forms = self.table.iter().flat_map(|office| &office.forms);
        let parts = forms.filter_map(|form| parts(form));
        parts.filter(|(before, ..)| before.is_empty()).map(|(.., after)| after)
    }
}

/// What the name of a public body ends in.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Organ {
    pub end: String,
    /// How it ends in full: 管理委员会 for 管委会.
    #[serde(default)]
    pub name: Option<String>,
    /// How a name without any region is read in a list of bodies; else it is not.
    #[serde(default)]
    pub alone: Option<Alone>,
}

/// What a name without any region is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Alone {
    /// A body of the place that the document is of: 教育局.
    Placed,
    /// A name of its own: 国网宁波供电公司.
    Printed,
}

/// Organs by their ends.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Vec<Organ>")]
pub(crate) struct Organs {
    table: Vec<Organ>,
    ends: Words,
}

impl From<Vec<Organ>> for Organs {
    fn from(table: Vec<Organ>) -> Self {
        let ends = table.iter().map(|organ| organ.end.clone()).collect::<Vec<_>>().into();
        Organs { table, ends }
    }
}

impl Organs {
    /// The one with the longest end that `name` has.
    pub fn of(&self, name: &str) -> Option<&Organ> {
        let end = self.ends.end(name)?;
        self.table.iter().find(|organ| organ.end == end)
    }
}

/// Words that make a class of bodies of a name.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Classes {
    /// 各市药监局, 有关部门.
    pub starts: Words,
    /// 药品生产企业, 县级人民政府.
    pub ends: Words,
}
