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
    /// Names that mean it without 《》: GMP, 药品管理法.
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
}

/// The known instruments: those of the table, and the policies whose outline is
/// known.
#[derive(Clone)]
pub(crate) struct Instruments {
    pub table: Vec<Instrument>,
    kinds: Vec<KindSuffix>,
    by_words: HashMap<String, u16>,
    by_number: HashMap<String, u16>,
}

impl Instruments {
    pub fn new(tables: Tables, outlines: &[Outline]) -> Self {
        let mut instruments = Instruments {
            table: Vec::new(),
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
    }

    pub fn add_outline(&mut self, outline: &Outline) {
        self.add(Instrument {
            title: outline.title.clone(),
            kind: InstrumentKind::Policy,
            number: Some(outline.number.clone()),
            short: Vec::new(),
        });
    }

    fn add(&mut self, instrument: Instrument) {
        let index = self.table.len() as u16;
        for name in std::iter::once(&instrument.title).chain(&instrument.short) {
            self.by_words.entry(TitleKey::new(name).words).or_insert(index);
        }
        if let Some(number) = &instrument.number {
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
    /// The rest without blanks, quotation marks, a 的 before the closing noun,
    /// and a closing (试行) or (暂行).
    pub words: String,
}

/// Nouns that close a title, longer ones first.
const NOUNS: [&str; 15] = [
    "若干措施",
    "实施意见",
    "指导意见",
    "若干意见",
    "实施方案",
    "行动方案",
    "意见",
    "措施",
    "通知",
    "公告",
    "通告",
    "方案",
    "办法",
    "规定",
    "决定",
];

impl TitleKey {
    pub fn new(title: &str) -> Self {
        let (issuer, rest) = title.split_at(title.find("关于").unwrap_or(0));
        let mut words = String::with_capacity(rest.len());
        for c in rest.chars() {
            match c {
                '《' | '》' | '〈' | '〉' | '“' | '”' | '"' => {}
                '（' => words.push('('),
                '）' => words.push(')'),
                '，' => words.push(','),
                '—' | '－' | '–' | '~' | '～' => words.push('-'),
                c if c.is_whitespace() => {}
                c => words.push(c),
            }
        }
        for note in ["(试行)", "(暂行)"] {
            if words.ends_with(note) {
                words.truncate(words.len() - note.len());
            }
        }
        if let Some(noun) = NOUNS.iter().find(|noun| words.ends_with(**noun)) {
            let head = words.len() - noun.len();
            if words[..head].ends_with('的') {
                words.replace_range(head - '的'.len_utf8()..head, "");
            }
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
