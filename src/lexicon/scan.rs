use super::Lexicon;
use crate::model::Modality;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use indexmap::IndexMap;

/// A word of the vocabularies, found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub start: u32,
    pub end: u32,
    word: u32,
}

impl Token {
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What a word can mean; numbers are places in the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A function of government, to be resolved by [`Agencies::function`](super::Agencies).
    Function,
    /// 部门 behind a field word.
    Department,
    /// A national body.
    Body(u16),
    /// A product category.
    Product(u16),
    /// A modifier and the head it stands before: 创新药品.
    Modified { modifier: u16, head: u8 },
    /// A bare head: 药品.
    Head(u8),
    /// A modifier alone: 创新 in 创新、首个医疗器械.
    Modifier(u16),
    /// Two categories at once.
    Both(u16),
    /// A word for what the document is about.
    Selected(u16),
    /// An instrument's name without 《》.
    Instrument(u16),
    /// What the code of a standard begins with: GB/T.
    Standard,
    /// What parts a slogan in quotation marks from the title behind it.
    Subtitle,
    /// How a sentence binds: 应当.
    Modal(Modality),
    /// A word that holds a modal one and binds nothing: 许可.
    Apart,
    /// What a sentence that reports has: 同比.
    Past,
    /// A named programme.
    Programme,
    /// A noun that ends a platform's name.
    PlatformHead,
}

/// One leftmost-longest automaton over all vocabularies.
#[derive(Clone, Default)]
pub(crate) struct Scanner {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    meanings: Vec<Vec<Meaning>>,
}

impl Scanner {
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut words: IndexMap<String, Vec<Meaning>> = IndexMap::with_capacity(6000);
        let mut add = |word: String, meaning| {
            let meanings = words.entry(word).or_default();
            if !meanings.contains(&meaning) {
                meanings.push(meaning);
            }
        };
        for function in &lexicon.agencies.functions {
            for word in std::iter::once(&function.name).chain(&function.short) {
                add(word.clone(), Meaning::Function);
            }
        }
        for end in lexicon.names.offices.ends() {
            add(end.to_owned(), Meaning::Function);
        }
        for word in DEPARTMENT {
            add(word.to_owned(), Meaning::Department);
        }
        for (index, body) in lexicon.agencies.bodies.iter().enumerate() {
            for word in std::iter::once(&body.name).chain(&body.short) {
                add(word.clone(), Meaning::Body(index as u16));
            }
        }
        let products = &lexicon.products;
        for (index, product) in products.table.iter().enumerate() {
            for word in std::iter::once(&product.label).chain(&product.forms) {
                let head = products.heads.iter().position(|head| head.forms.contains(word));
                match head {
                    Some(head) => add(word.clone(), Meaning::Head(head as u8)),
                    None => add(word.clone(), Meaning::Product(index as u16)),
                }
            }
        }
        for (m, modifier) in products.modifiers.iter().enumerate() {
            add(modifier.modifier.clone(), Meaning::Modifier(m as u16));
            for (h, head) in products.heads.iter().enumerate() {
                for form in head.forms.iter().filter(|_| modifier.heads.contains_key(&head.label)) {
                    let modified = Meaning::Modified { modifier: m as u16, head: h as u8 };
                    add(format!("{}{form}", modifier.modifier), modified);
                }
            }
        }
        for (index, both) in products.both.iter().enumerate() {
            add(both.form.clone(), Meaning::Both(index as u16));
        }
        for (index, selected) in products.selected.iter().enumerate() {
            add(selected.form.clone(), Meaning::Selected(index as u16));
        }
        for (index, instrument) in lexicon.instruments.table.iter().enumerate() {
            for word in std::iter::once(&instrument.title).chain(&instrument.short) {
                add(word.clone(), Meaning::Instrument(index as u16));
            }
        }
        for letters in &lexicon.instruments.standards {
            add(letters.clone(), Meaning::Standard);
        }
        add(SUBTITLE.to_owned(), Meaning::Subtitle);
        for (word, said) in lexicon.modals.words() {
            add(word.clone(), Meaning::Modal(said));
        }
        for word in &lexicon.modals.apart {
            add(word.clone(), Meaning::Apart);
        }
        for word in &lexicon.quantities.past {
            add(word.clone(), Meaning::Past);
        }
        for name in &lexicon.platforms.plain {
            add(name.clone(), Meaning::Programme);
        }
        for head in &lexicon.platforms.heads {
            add(head.clone(), Meaning::PlatformHead);
        }
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words.keys())
            .expect("words are distinct and not empty");
        Scanner { automaton: Some(automaton), meanings: words.into_values().collect() }
    }

    /// How many words it knows.
    pub fn len(&self) -> usize {
        self.meanings.len()
    }

    /// The words of `text`, ascending and disjoint. O(n).
    pub fn scan(&self, text: &str) -> Vec<Token> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let token = |m: daachorse::Match<u32>| Token {
            start: m.start() as u32,
            end: m.end() as u32,
            word: m.value(),
        };
        automaton.leftmost_find_iter(text).map(token).collect()
    }

    /// What a token can mean.
    pub fn meanings(&self, token: Token) -> &[Meaning] {
        &self.meanings[token.word as usize]
    }
}

/// “春雨行动”——…工作方案
const SUBTITLE: &str = "”——";

/// What makes a department of a field word: 药监部门.
pub(crate) const DEPARTMENT: [&str; 4] = ["部门", "主管部门", "行政部门", "行政主管部门"];
