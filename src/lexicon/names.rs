use super::Words;
use super::dictionary::Word;
use super::regions::{Level, RegionIndex, Regions};
use super::table::{Entry, SourceNote, Table, invalid, table};
use crate::error::Error;
use crate::text::is_within;
use rustc_hash::FxHashMap;
use serde::Deserialize;

table! {
    /// Forms of the names of public bodies that no table lists: `names.json`.
    Names {
        offices: Offices,
        organs: Organs,
        /// Beginnings of the names of development zones without their region: 高新区管委会.
        zones: Words,
        /// Levels and qualities of a zone, which alone make no name: 国家级经济技术开发区.
        zone_kinds: Words,
        /// Ends of the names of the bodies that run zones.
        zone_seats: Words,
        /// Ends of the names of the committees of the party in zones: 中共某某新区工作委员会.
        party_committees: Words,
        classes: Classes,
        /// Beginnings of the names of national bodies: 国家, 中国.
        national: Words,
        /// Words that the name of no body contains: 报送, 负责.
        not_in_names: Words,
        /// Ends of the names of companies in full, which need no region: 岷江水务集团有限公司.
        companies: Words,
        /// Beginnings of the names of national companies and institutes, which need no region: 国网.
        brands: Words,
        /// Those that are plain words too: one of `branches` follows them, or a region and one of
        /// these: 移动南通分公司.
        common_brands: Words,
        /// Words for a company after such a beginning: 集团.
        branches: Words,
        /// Beginnings of the words for a kind of companies, with which no name of a company without
        /// its region begins: 项目建设有限公司.
        company_kinds: Words,
        /// Words of a kind of bodies, which no name contains: 国有企业集团.
        kinds: Words,
        /// Beginnings and ends of words of clauses that begin like a region and name no body: 市场.
        not_bodies: Words,
        /// Words that the name of a region that no table lists does not contain.
        not_in_regions: Words,
    }
}

/// Offices of a national body in the regions. In names, `{}` is the full name of the region and
/// `{short}` its short name: 中国证券监督管理委员会江西监管局.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Office {
    pub name: String,
    /// Name of the office that is printed with the short name of a city, if that is another one
    /// than of the city's region: 中国人民银行西安分行 was the office of five provinces.
    #[serde(default)]
    pub seat: Option<String>,
    /// Printed forms. `{}` matches any name of the region, and 省 or 市; `{short}` matches only a
    /// name of the region: 江西金融监管局 is not 省金融监管局.
    pub forms: Vec<String>,
    /// Canonical name of the national body.
    pub national: String,
    #[serde(default, rename = "source")]
    _source: SourceNote,
}

impl Entry for Office {
    fn visit_words(&self, visit: &mut dyn FnMut(&str)) {
        visit(&self.name);
        let words = self.forms.iter().chain(&self.seat).chain([&self.national]);
        words.for_each(|word| visit(word));
    }
}

/// The slots of the region in a name.
const FULL: &str = "{}";
const SHORT: &str = "{short}";

/// Splits a form into the text before its slot, the slot, and the text after it.
fn parts(form: &str) -> Option<(&str, &'static str, &str)> {
    let slot = if form.contains(FULL) { FULL } else { SHORT };
    let (before, after) = form.split_once(slot)?;
    Some((before, slot, after))
}

impl Office {
    /// Returns the canonical name of the office in a region, which is `printed` in its name.
    pub(crate) fn canonical(
        &self,
        regions: &Regions,
        region: RegionIndex,
        printed: &str,
    ) -> String {
        let full = regions.full_name(region);
        let own = regions.get(region);
        let prefecture = own.level() == Level::Prefecture;
        // 朝阳 is no name of 朝阳市 in the table, as a district has it too.
        let plain = own.name.strip_suffix('市').filter(|_| prefecture).unwrap_or(&full);
        let short = own.short.first().map_or(plain, |short| short);
        let city = prefecture && printed == short;
        let name = self.seat.as_ref().filter(|_| city).unwrap_or(&self.name);
        name.replace(FULL, &full).replace(SHORT, short)
    }
}

/// Offices by the ends of their names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<Office>")]
pub(crate) struct Offices {
    table: Vec<Office>,
    /// Forms by the text after their slot.
    forms: FxHashMap<String, Vec<Form>>,
    ends: Words,
}

#[derive(Clone, Debug)]
struct Form {
    office: usize,
    /// The text before the slot.
    before: String,
    /// True if any name of the region matches, and 省 and 市.
    any: bool,
}

impl From<Vec<Office>> for Offices {
    fn from(table: Vec<Office>) -> Self {
        let mut forms: FxHashMap<String, Vec<Form>> = FxHashMap::default();
        for (index, office) in table.iter().enumerate() {
            for (before, slot, after) in office
                .forms
                .iter()
                .chain([&office.name])
                .chain(&office.seat)
                .filter_map(|form| parts(form))
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
    /// Returns the office with `name` as its full name or a form, its region, and the region as
    /// printed. `region` resolves the text in the slot; its second argument is true if 省 and 市
    /// match too.
    pub(crate) fn find<'n>(
        &self,
        name: &'n str,
        region: impl Fn(&str, bool) -> Option<RegionIndex>,
    ) -> Option<(&Office, RegionIndex, &'n str)> {
        let end = self.ends.end(name)?;
        let rest = &name[..name.len() - end.len()];
        self.forms[end].iter().find_map(|form| {
            let printed = rest.strip_prefix(form.before.as_str())?;
            let found = region(printed, form.any)?;
            Some((&self.table[form.office], found, printed))
        })
    }

    /// Returns the end of an office's name, after its region, that `text` begins with.
    pub(crate) fn end_at<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.ends.start(text)
    }

    /// Returns all offices, in the order of the table.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Office> {
        self.table.iter()
    }

    /// Words of the forms that do not begin with the region: 人行 of 人行陕西省分行. Those of one
    /// character come with each of `relative`, as 团市委 does.
    pub(crate) fn starts(&self, relative: &Words) -> Vec<String> {
        let mut starts = Vec::new();
        for (before, slot, after) in
            self.table.iter().flat_map(|office| &office.forms).filter_map(|form| parts(form))
        {
            match before.chars().count() {
                0 => {}
                1 if slot == FULL => {
                    starts.extend(relative.iter().map(|word| format!("{before}{word}{after}")))
                }
                1 => {}
                _ => starts.push(before.to_owned()),
            }
        }
        starts
    }

    /// Ends of the forms that begin with the region: 证监局.
    pub(crate) fn ends(&self) -> impl Iterator<Item = &str> {
        let forms = self.table.iter().flat_map(|office| &office.forms);
        let parts = forms.filter_map(|form| parts(form));
        parts.filter(|(before, ..)| before.is_empty()).map(|(.., after)| after)
    }
}

impl Offices {
    /// Checks that each name has a slot and a word after it: without, any region's name would be
    /// an office's.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let wrong =
            |name: &&String| parts(name).is_none_or(|(.., after)| Word::new(after).is_err());
        let names = self
            .table
            .iter()
            .flat_map(|office| office.forms.iter().chain([&office.name]).chain(&office.seat));
        match names.into_iter().find(wrong) {
            Some(name) => {
                let message =
                    format!("offices: {name}: needs {FULL} or {SHORT} and a word after it");
                Err(invalid("names.json", message))
            }
            None => Ok(()),
        }
    }
}

impl Table for Offices {
    fn add(&mut self, more: Self) {
        let mut table = std::mem::take(&mut self.table);
        table.extend(more.table);
        *self = table.into();
    }

    fn visit_words(&self, place: &str, visit: &mut dyn FnMut(&str, &str)) {
        self.table.visit_words(place, visit);
    }
}

/// A kind of public bodies, recognised by the end of their names.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Organ {
    pub end: String,
    /// The end in full: 管理委员会 for 管委会.
    #[serde(default)]
    pub name: Option<String>,
    /// Meaning of a name without a region in a list of bodies; `None` if such a name is not read.
    #[serde(default)]
    pub alone: Option<Alone>,
    #[serde(default, rename = "source")]
    _source: SourceNote,
}

impl Organ {
    /// Returns a name that ends in the organ with its name in full.
    pub(crate) fn in_full(&self, name: &str) -> String {
        match (&self.name, name.strip_suffix(self.end.as_str())) {
            (Some(end), Some(stem)) => [stem, end].concat(),
            _ => name.to_owned(),
        }
    }
}

impl Entry for Organ {
    fn visit_words(&self, visit: &mut dyn FnMut(&str)) {
        visit(&self.end);
        self.name.iter().for_each(|name| visit(name));
    }
}

/// Meaning of a name without a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Alone {
    /// A body of the document's region: 教育局.
    Placed,
    /// A complete name: 国网宁波供电公司.
    Printed,
}

/// Kinds of public bodies, by the ends of their names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<Organ>")]
pub(crate) struct Organs {
    table: Vec<Organ>,
    /// In the order of the table.
    ends: Words,
}

impl From<Vec<Organ>> for Organs {
    fn from(table: Vec<Organ>) -> Self {
        let ends = table.iter().map(|organ| organ.end.clone()).collect::<Vec<_>>().into();
        Organs { table, ends }
    }
}

impl Organs {
    /// Returns the organ with the longest end that `name` has.
    pub(crate) fn of(&self, name: &str) -> Option<&Organ> {
        self.table.get(self.ends.end_index(name)?)
    }

    /// Returns true if `name` begins with the end of a name of three characters or more: it is the
    /// rest of a broken name, 委员会河北监管局.
    pub(crate) fn is_rest(&self, name: &str) -> bool {
        self.ends.start(name).is_some_and(|end| !is_within(end, 2))
    }
}

impl Table for Organs {
    fn add(&mut self, more: Self) {
        let mut table = std::mem::take(&mut self.table);
        table.retain(|organ| !more.ends.contains(&organ.end));
        table.extend(more.table);
        *self = table.into();
    }

    fn visit_words(&self, place: &str, visit: &mut dyn FnMut(&str, &str)) {
        self.table.visit_words(place, visit);
    }
}

table! {
    /// Words that make a class of bodies of a name.
    Classes {
        /// 各市药监局, 有关部门.
        starts: Words,
        /// 药品生产企业, 县级人民政府.
        ends: Words,
    }
}
