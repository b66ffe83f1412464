use super::Outline;
use super::dictionary::Word;
use super::regions::STATE;
use super::table::{Entry, SourceNote, Table, table};
use super::words::Words;
use crate::model::InstrumentKind;
use crate::text::find;
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::Deserialize;

/// A well-known instrument.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Instrument {
    pub title: String,
    pub kind: InstrumentKind,
    #[serde(default)]
    pub number: Option<String>,
    /// Numbers of the orders that promulgated it. A citation of an order means the instrument. The
    /// instrument does not have the order's number, as each revision has an order of its own.
    #[serde(default)]
    pub orders: Vec<String>,
    /// Names without 《》: GMP, 药品管理法. A name of several instruments means those with a title
    /// that begins with a word near by.
    #[serde(default)]
    pub short: Vec<String>,
    #[serde(default, rename = "source")]
    _source: SourceNote,
}

impl Entry for Instrument {
    fn visit_words(&self, visit: &mut dyn FnMut(&str)) {
        visit(&self.title);
        let numbers = self.number.iter().chain(&self.orders);
        numbers.chain(&self.short).for_each(|word| visit(word));
    }
}

/// The kind of instruments with titles that end in `suffix`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KindSuffix {
    pub suffix: String,
    pub kind: InstrumentKind,
    #[serde(default, rename = "source")]
    _source: SourceNote,
}

impl Entry for KindSuffix {
    fn visit_words(&self, visit: &mut dyn FnMut(&str)) {
        visit(&self.suffix);
    }
}

table! {
    /// `instruments.json`.
    InstrumentTable {
        entries: Vec<Instrument>,
        kinds: Vec<KindSuffix>,
        /// Beginnings of the codes of standards: GB/T.
        standards: Vec<String>,
    }
}

/// The known instruments: those of the table, and the policies with an outline.
#[derive(Clone, Default)]
pub(crate) struct Instruments {
    pub table: Vec<Instrument>,
    pub standards: Vec<String>,
    kinds: Vec<KindSuffix>,
    /// Their suffixes, in the same order.
    suffixes: Words,
    /// Indices into `table` by the words of [`TitleKey`]; the first of equals.
    by_words: FxHashMap<String, u32>,
    /// Indices into `table` by number and by order; the first of equals.
    by_number: FxHashMap<String, u32>,
}

impl Instruments {
    pub(crate) fn new(table: InstrumentTable, outlines: &[Outline]) -> Self {
        let by_words = FxHashMap::with_capacity_and_hasher(2 * table.entries.len(), FxBuildHasher);
        let mut instruments = Instruments { by_words, ..Instruments::default() };
        instruments.extend(table);
        outlines.iter().for_each(|outline| instruments.add_outline(outline));
        instruments
    }

    pub(crate) fn extend(&mut self, table: InstrumentTable) {
        table.entries.into_iter().for_each(|instrument| self.push(instrument));
        self.kinds.add(table.kinds);
        let suffixes = self.kinds.iter().map(|kind| kind.suffix.clone());
        self.suffixes = suffixes.collect::<Vec<_>>().into();
        self.standards.add(table.standards);
    }

    pub(crate) fn add_outline(&mut self, outline: &Outline) {
        self.push(Instrument {
            title: outline.title.clone(),
            kind: InstrumentKind::Policy,
            number: Some(outline.number.clone()),
            orders: Vec::new(),
            short: Vec::new(),
            _source: SourceNote,
        });
    }

    fn push(&mut self, mut instrument: Instrument) {
        let index = u32::try_from(self.table.len()).expect("fewer than 2^32 instruments");
        // 预算法 always means the law; 药典 may be another country's.
        if let Some(bare) = instrument.title.strip_prefix(STATE)
            && matches!(instrument.kind, InstrumentKind::Law | InstrumentKind::Regulation)
            && Word::new(bare).is_ok()
        {
            instrument.short.push(bare.to_owned());
        }
        for name in std::iter::once(&instrument.title).chain(&instrument.short) {
            self.by_words.entry(TitleKey::new(name).words).or_insert(index);
        }
        for number in instrument.number.iter().chain(&instrument.orders) {
            self.by_number.entry(number.clone()).or_insert(index);
        }
        self.table.push(instrument);
    }

    /// Returns the known instrument with this number, or promulgated by the order with this
    /// number.
    pub(crate) fn numbered(&self, number: &str) -> Option<&Instrument> {
        self.by_number.get(number).map(|&index| &self.table[index as usize])
    }

    /// Returns the known instrument with the words of a title in any printing. An issuer
    /// before 关于, if both have one, must be the same.
    pub(crate) fn titled(&self, key: &TitleKey) -> Option<&Instrument> {
        let known = &self.table[*self.by_words.get(&key.words)? as usize];
        let official = known.title.find("关于").map_or("", |at| &known.title[..at]);
        let agree = key.issuer.is_empty() || official.is_empty() || key.issuer == official;
        agree.then_some(known)
    }

    /// Returns the kind of instrument with this title, by its longest known suffix.
    pub(crate) fn kind(&self, title: &str) -> InstrumentKind {
        let bare = title.split(['(', '（']).next().unwrap_or(title);
        let kind = self.suffixes.end_index(bare).map(|kind| self.kinds[kind].kind);
        kind.unwrap_or(InstrumentKind::Other)
    }
}

/// The common key of different wordings of one title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TitleKey {
    /// The issuer before 关于; empty without one.
    pub issuer: String,
    /// The rest of the title without blanks, quotation marks, 的, 中华人民共和国, and a closing
    /// (试行) or (暂行); for 关于印发甲的通知 it is 甲. Different editions have different words.
    pub words: String,
}

impl TitleKey {
    pub(crate) fn new(title: &str) -> Self {
        let (issuer, rest) = title.split_at(find(title, "关于").unwrap_or(0));
        let mut words = String::with_capacity(rest.len());
        for c in rest.chars() {
            match c {
                '《' | '》' | '〈' | '〉' | '“' | '”' | '"' | '的' => {}
                '（' => words.push('('),
                '）' => words.push(')'),
                '，' => words.push(','),
                '—' | '－' | '–' | '~' | '～' => words.push('-'),
                c if c.is_whitespace() => {}
                c => words.push(c),
            }
        }
        let bare = without_trial(issued_text(&words));
        let bare = bare.strip_prefix(STATE).unwrap_or(bare);
        if bare.len() < words.len() {
            words = bare.to_owned();
        }
        TitleKey { issuer: issuer.to_owned(), words }
    }

    /// Returns true if two titles name one instrument: the words are equal, and the issuers, if
    /// both have one.
    pub(crate) fn agrees(&self, other: &TitleKey) -> bool {
        self.words == other.words
            && (self.issuer.is_empty() || other.issuer.is_empty() || self.issuer == other.issuer)
    }
}

/// Returns the title of the text that a notice issues, 关于印发甲通知 → 甲: documents cite the
/// notice and the text as one instrument.
fn issued_text(words: &str) -> &str {
    let inner = words.strip_prefix("关于").and_then(|about| {
        let text = ["印发", "公布", "发布"].iter().find_map(|verb| about.strip_prefix(verb))?;
        ["通知", "公告", "通告"].iter().find_map(|noun| text.strip_suffix(noun))
    });
    inner.filter(|text| !text.is_empty()).unwrap_or(words)
}

/// Strips a closing (试行) or (暂行).
fn without_trial(words: &str) -> &str {
    ["(试行)", "(暂行)"].iter().find_map(|note| words.strip_suffix(note)).unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_of_one_title() {
        let same = [
            ["关于推进标准化建设的通知", "关于推进标准化建设通知"],
            ["关于印发《药品检查管理办法（试行）》的通知", "药品检查管理办法"],
            ["国家药监局关于发布化妆品分类规则的公告", "化妆品分类规则"],
            ["中华人民共和国预算法", "预算法"],
            ["法治规划（2020—2025年）", "法治规划(2020-2025年)"],
        ];
        for [one, other] in same {
            assert!(TitleKey::new(one).agrees(&TitleKey::new(other)), "{one} {other}");
        }
        let apart = [
            ["操作规范(2025版)", "操作规范(2020版)"],
            ["药品生产质量管理规范(2010年修订)", "药品生产质量管理规范"],
            ["山西省药监局关于印发工作要点的通知", "吉林省药监局关于印发工作要点的通知"],
            ["关于公布目录", "目录"],
        ];
        for [one, other] in apart {
            assert!(!TitleKey::new(one).agrees(&TitleKey::new(other)), "{one} {other}");
        }
    }
}
