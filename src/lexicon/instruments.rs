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

#[derive(Clone)]
pub(crate) struct Instruments {
    pub table: Vec<Instrument>,
    kinds: Vec<KindSuffix>,
    by_words: HashMap<String, u16>,
}

impl Instruments {
    pub fn new(Tables { entries: table, kinds }: Tables) -> Self {
        let mut by_words = HashMap::with_capacity(2 * table.len());
        for (index, instrument) in table.iter().enumerate() {
            for name in std::iter::once(&instrument.title).chain(&instrument.short) {
                by_words.entry(title_words(name).1).or_insert(index as u16);
            }
        }
        Instruments { table, kinds, by_words }
    }

    pub fn extend(&mut self, more: Tables) {
        let mut entries = std::mem::take(&mut self.table);
        let mut kinds = std::mem::take(&mut self.kinds);
        entries.extend(more.entries);
        kinds.extend(more.kinds);
        *self = Instruments::new(Tables { entries, kinds });
    }

    /// The known instrument with the words of `title`, whatever their printing.
    /// An issuer before 关于 must not contradict.
    pub fn resolve(&self, title: &str) -> Option<&Instrument> {
        let (issuer, words) = title_words(title);
        let known = &self.table[*self.by_words.get(&words)? as usize];
        let (official, _) = title_words(&known.title);
        (issuer.is_empty() || official.is_empty() || issuer == official).then_some(known)
    }

    /// As the table says, or by the longest suffix of the title that it knows.
    pub fn kind(&self, title: &str) -> InstrumentKind {
        match self.resolve(title) {
            Some(known) => known.kind,
            None => self.kind_by_suffix(title),
        }
    }

    /// By the longest suffix of the title that the table knows.
    pub fn kind_by_suffix(&self, title: &str) -> InstrumentKind {
        let bare = title.split(['(', '（']).next().unwrap_or(title);
        let fits = self.kinds.iter().filter(|k| bare.ends_with(&k.suffix));
        fits.max_by_key(|k| k.suffix.len()).map_or(InstrumentKind::Other, |k| k.kind)
    }
}

/// What a title says, with its printing taken out: the issuer printed before
/// 关于 (empty if none), and the rest without blanks, quotation marks, a 的 before
/// the closing noun, and a closing (试行) or (暂行).
pub(crate) fn title_words(title: &str) -> (&str, String) {
    let (issuer, rest) = match title.find("关于") {
        Some(at) => title.split_at(at),
        None => ("", title),
    };
    let mut words: String = rest
        .chars()
        .filter(|c| !c.is_whitespace() && !"《》〈〉“”\"".contains(*c))
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            '，' => ',',
            '—' | '－' | '–' | '~' | '～' => '-',
            c => c,
        })
        .collect();
    for note in ["(试行)", "(暂行)"] {
        if words.ends_with(note) {
            words.truncate(words.len() - note.len());
        }
    }
    for noun in [
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
    ] {
        if let Some(head) = words.strip_suffix(noun) {
            if let Some(head) = head.strip_suffix('的') {
                words = format!("{head}{noun}");
            }
            break;
        }
    }
    (issuer, words)
}

/// True if two titles are wordings of one instrument: the same words, and no
/// two different issuers.
pub(crate) fn same_instrument(a: &str, b: &str) -> bool {
    let ((a_issuer, a), (b_issuer, b)) = (title_words(a), title_words(b));
    a == b && (a_issuer.is_empty() || b_issuer.is_empty() || a_issuer == b_issuer)
}
