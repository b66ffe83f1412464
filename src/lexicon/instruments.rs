use super::Outline;
use crate::model::InstrumentKind;
use serde::Deserialize;
use std::collections::HashMap;

/// A well-known instrument.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Instrument {
    pub title: String,
    pub kind: InstrumentKind,
    #[serde(default)]
    pub number: Option<String>,
    /// Orders that promulgated it: they mean it, but not every citation of it
    /// means them, as they change with each revision.
    #[serde(default)]
    pub orders: Vec<String>,
    /// Names that mean it without 《》: GMP, 药品管理法. What several share means
    /// the ones whose title begins with a word that stands near.
    #[serde(default)]
    pub short: Vec<String>,
}

/// The kind of an instrument whose title ends so.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct KindSuffix {
    pub suffix: String,
    pub kind: InstrumentKind,
}

/// `instruments.json`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Tables {
    entries: Vec<Instrument>,
    #[serde(default)]
    kinds: Vec<KindSuffix>,
    /// What the codes of standards begin with: GB/T.
    #[serde(default)]
    standards: Vec<String>,
}

/// The known instruments: those of the table, and the policies whose outline is
/// known.
#[derive(Clone)]
pub(crate) struct Instruments {
    pub table: Vec<Instrument>,
    pub standards: Vec<String>,
    kinds: Vec<KindSuffix>,
    by_words: HashMap<String, u16>,
    by_number: HashMap<String, u16>,
}

impl Instruments {
    pub fn new(tables: Tables, outlines: &[Outline]) -> Self {
        let mut instruments = Instruments {
            table: Vec::new(),
            standards: Vec::new(),
            kinds: Vec::new(),
            by_words: HashMap::with_capacity(2 * tables.entries.len()),
            by_number: HashMap::new(),
        };
        instruments.extend(tables);
        outlines.iter().for_each(|outline| instruments.add_outline(outline));
        instruments
    }

    pub fn extend(&mut self, tables: Tables) {
        tables.entries.into_iter().for_each(|instrument| self.add(instrument));
        self.kinds.extend(tables.kinds);
        self.standards.extend(tables.standards);
    }

    pub fn add_outline(&mut self, outline: &Outline) {
        self.add(Instrument {
            title: outline.title.clone(),
            kind: InstrumentKind::Policy,
            number: Some(outline.number.clone()),
            orders: Vec::new(),
            short: Vec::new(),
        });
    }

    fn add(&mut self, mut instrument: Instrument) {
        let index = self.table.len() as u16;
        // 预算法 is the law, wherever it stands; 药典 may be another country's.
        if let Some(bare) = instrument.title.strip_prefix(NATION_PREFIX)
            && matches!(instrument.kind, InstrumentKind::Law | InstrumentKind::Regulation)
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

    /// The known instrument of this number.
    pub fn numbered(&self, number: &str) -> Option<&Instrument> {
        self.by_number.get(number).map(|&index| &self.table[index as usize])
    }

    /// The known instrument with the words of a title, whatever their printing.
    /// An issuer before 关于 must not contradict.
    pub fn titled(&self, key: &TitleKey) -> Option<&Instrument> {
        let known = &self.table[*self.by_words.get(&key.words)? as usize];
        let official = known.title.find("关于").map_or("", |at| &known.title[..at]);
        let agree = key.issuer.is_empty() || official.is_empty() || key.issuer == official;
        agree.then_some(known)
    }

    /// What kind of instrument a title names, by its longest known suffix.
    pub fn kind(&self, title: &str) -> InstrumentKind {
        let bare = title.split(['(', '（']).next().unwrap_or(title);
        let fits = self.kinds.iter().filter(|k| bare.ends_with(&k.suffix));
        fits.max_by_key(|k| k.suffix.len()).map_or(InstrumentKind::Other, |k| k.kind)
    }
}

/// What different wordings of one title have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TitleKey {
    /// The issuer printed before 关于; empty if none is.
    pub issuer: String,
    /// The rest without blanks, quotation marks, 的, 中华人民共和国, and a closing
    /// (试行) or (暂行); of 关于印发甲的通知 it is 甲. Editions stay apart.
    pub words: String,
}

/// What the titles of laws begin with, and their short forms do not.
const NATION_PREFIX: &str = "中华人民共和国";

impl TitleKey {
    pub fn new(title: &str) -> Self {
        let (issuer, rest) = title.split_at(title.find("关于").unwrap_or(0));
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
        let bare = trial_less(handed_on(&words));
        let bare = bare.strip_prefix(NATION_PREFIX).unwrap_or(bare);
        if bare.len() < words.len() {
            words = bare.to_owned();
        }
        TitleKey { issuer: issuer.to_owned(), words }
    }

    /// True if two titles are wordings of one instrument: the same words, and
    /// no two different issuers.
    pub fn agrees(&self, other: &TitleKey) -> bool {
        self.words == other.words
            && (self.issuer.is_empty() || other.issuer.is_empty() || self.issuer == other.issuer)
    }
}

/// 关于印发甲通知 → 甲: who hands a text on and the text itself are one
/// instrument, and are cited as one.
fn handed_on(words: &str) -> &str {
    let inner = words.strip_prefix("关于").and_then(|about| {
        let text = ["印发", "公布", "发布"].iter().find_map(|verb| about.strip_prefix(verb))?;
        ["通知", "公告", "通告"].iter().find_map(|noun| text.strip_suffix(noun))
    });
    inner.filter(|text| !text.is_empty()).unwrap_or(words)
}

/// Without a closing (试行) or (暂行).
fn trial_less(words: &str) -> &str {
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
