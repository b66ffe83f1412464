use super::Words;
use super::table::{Entry, SourceNote, Table, table};
use serde::Deserialize;

table! {
    /// Units, and words by which a figure binds: `quantities.json`.
    Quantities {
        units: Units,
        /// Nouns after a stroke that are no units themselves: 50万元/项目.
        per: Words,
        reduce: Words,
        increase: Words,
        to: Words,
        at_least: Words,
        at_most: Words,
        equal: Words,
        /// Verbs of what a share of all reach by a date: 90%的乡镇卫生院达到标准.
        reached: Words,
        /// Verbs of a change in either direction: 由3年放宽至1年.
        turn: Words,
        /// Words directly before a figure that make it a lower bound: 超500家.
        over: Words,
        above: Words,
        below: Words,
        frequencies: Words,
        /// Verbs before the number of things that are to be made: 建立2-3个.
        set: Words,
        /// Verbs that make something only directly before its number: 研发20个品种.
        made: Words,
        /// Verbs before a sum that is paid: 给予20万元.
        grant: Words,
        /// Verbs that bring about a sum: 实现产值200亿元.
        realize: Words,
        /// Nouns that a figure measures: 周期为3年, 权重为10%.
        measured: Words,
        /// Words of a sentence that reports what was reached.
        past: Words,
        /// Words of a sentence that sets an aim, even if it also reports.
        ahead: Words,
    }
}

/// One unit or measure word.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unit {
    pub form: String,
    /// The unit that `form` writes, if that is another word.
    #[serde(default)]
    pub unit: Option<String>,
    /// True for a unit of time.
    #[serde(default)]
    pub time: bool,
    /// True for a unit of money.
    #[serde(default)]
    pub money: bool,
    /// True for a measure word of things that are counted.
    #[serde(default)]
    pub count: bool,
    /// True for a measure of area, which also counts: 20亩.
    #[serde(default)]
    pub area: bool,
    /// True for a word after the year of students: 2025级.
    #[serde(default)]
    pub cohort: bool,
    /// True for a margin that is added to a rate: LPR+50BP.
    #[serde(default)]
    pub margin: bool,
    /// True for a unit of age.
    #[serde(default)]
    pub age: bool,
    /// True if the unit makes a target only after a word that binds: ages, marks.
    #[serde(default)]
    pub bound: bool,
    #[serde(default, rename = "source")]
    _source: SourceNote,
}

impl Entry for Unit {
    fn visit_words(&self, visit: &mut dyn FnMut(&str)) {
        visit(&self.form);
        self.unit.iter().for_each(|unit| visit(unit));
    }
}

/// Units by their forms.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<Unit>")]
pub(crate) struct Units {
    /// By form.
    table: Vec<Unit>,
    /// Their forms, in the same order.
    forms: Words,
}

impl From<Vec<Unit>> for Units {
    fn from(mut table: Vec<Unit>) -> Self {
        table.sort_by(|a, b| a.form.cmp(&b.form));
        let forms = table.iter().map(|unit| unit.form.clone()).collect::<Vec<_>>().into();
        Units { table, forms }
    }
}

impl Units {
    /// Returns the longest unit that `text` starts with.
    pub(crate) fn start(&self, text: &str) -> Option<&Unit> {
        self.forms.start_index(text).map(|unit| &self.table[unit])
    }
}

impl Table for Units {
    /// A unit of `more` replaces the one of the same form.
    fn add(&mut self, more: Self) {
        let mut table = std::mem::take(&mut self.table);
        table.retain(|unit| !more.forms.contains(&unit.form));
        table.extend(more.table);
        *self = table.into();
    }

    fn visit_words(&self, place: &str, visit: &mut dyn FnMut(&str, &str)) {
        self.table.visit_words(place, visit);
    }
}
