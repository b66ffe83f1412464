//! Properties of reading any text: policy-like, cut, shuffled, or unrelated to
//! policy. `PROPTEST_CASES=20000 cargo test --release --test properties` tries more
//! cases.

#![cfg(feature = "builtin")]

use std::sync::LazyLock;

use petgraph::visit::{EdgeRef, IntoEdgeReferences};
use policygraph::{Corpus, Lexicon, Record, Source, Span, decode, markdown, read, seeds};
use policygraph_testkit::invariants::check;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

/// Marks, numbers and words that rules search for, whole and in parts.
const PIECES: &[&str] = &[
    "一、",
    "二、",
    "（一）",
    "(二)",
    "1.",
    "1、",
    "２．",
    "（1）",
    "①",
    "第一章",
    "第X条",
    "第二条",
    "《",
    "》",
    "（",
    "）",
    "(",
    ")",
    "“",
    "”",
    "\"",
    "【",
    "】",
    "〔2025〕",
    "[2024]",
    "53号",
    "号",
    "。",
    "，",
    ",",
    "、",
    "：",
    ":",
    "；",
    "！",
    "-",
    "——",
    "\n",
    "\r\n",
    "\n\n",
    " ",
    "　",
    "\u{FEFF}",
    "\u{200B}",
    "\u{2028}",
    "年",
    "月",
    "日",
    "2025年6月16日",
    "二〇二五年五月",
    "2025-07-02",
    "9999年12月",
    "有效期",
    "有效期百年",
    "99年",
    "自",
    "起施行",
    "由58个工作日压缩至30个工作日",
    "3—5家",
    "不低于90%",
    "每季度1次",
    "一半",
    "万",
    "0.5",
    "99999999999999999999",
    "省药监局",
    "自治区药监局",
    "国家医保局",
    "山西省",
    "内蒙古自治区",
    "市",
    "等部门",
    "各市",
    "牵头",
    "配合",
    "负责",
    "按职责分工负责",
    "责任单位：",
    "列第一位者为牵头单位",
    "\n责任单位:",
    "（省药监局负责）",
    "药品",
    "医疗器械",
    "创新",
    "中药",
    "和",
    "中选产品",
    "GMP",
    "平台",
    "机制",
    "建立",
    "“首违不罚”",
    "关于",
    "若干措施",
    "的通知",
    "征求意见",
    "附件",
    "特此通知",
    "问题一：",
    "答：",
    "近日",
    "贯彻落实",
    "根据",
    "国办发〔2024〕53号",
    "采购文件编号:GS-2024-3",
    "- ",
    "# ",
    "\u{1F4A9}",
    "é",
    "\0",
];

/// Marks of HTML and of Markdown.
const MARKUP: &[&str] = &[
    "",
    "<p>",
    "</p>",
    "<br>",
    "<div>",
    "</div>",
    "<div style='display:none'>",
    "<table><tr><td>",
    "<td>",
    "</table>",
    "<span>",
    "<a href=1>",
    "</a>",
    "<h1>",
    "<title>",
    "</title>",
    "<nav>",
    "</nav>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<pre>",
    "&nbsp;",
    "&#12288;",
    "&ldquo;",
    "&nGt;",
    "&",
    "<",
    ">",
    "\r\n",
    "**",
    "*",
    "__",
    "\\",
    "[",
    "](",
    "![",
    ")",
    "\n| ",
    " | ",
    "\n|---|\n",
    "\n## ",
    "\n> - ",
];

static SEEDS: LazyLock<Vec<Record>> = LazyLock::new(seeds);
static LINES: LazyLock<Vec<&str>> =
    LazyLock::new(|| SEEDS.iter().flat_map(|seed| seed.text.split_inclusive('\n')).collect());
static SENTENCES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    LINES.iter().flat_map(|line| line.split_inclusive(['。', '，', '、'])).collect()
});

/// Returns a part of one of `texts`, cut anywhere.
fn cut(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    (select(texts), any::<(Index, Index)>()).prop_map(|(text, (from, to))| {
        let chars: Vec<char> = text.chars().collect();
        let (from, to) = (from.index(chars.len() + 1), to.index(chars.len() + 1));
        chars[from.min(to)..from.max(to)].iter().collect()
    })
}

/// Returns the character in the other width, if it has two.
fn swap(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap(),
        c => c,
    }
}

/// Returns policy-like text: lines and sentences of the seed documents in any
/// order, whole or cut, with marks, numbers and names in between, and parts of it in
/// the other width.
fn policy() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        3 => select(LINES.as_slice()).prop_map(str::to_owned),
        3 => select(SENTENCES.as_slice()).prop_map(str::to_owned),
        2 => cut(&LINES),
        8 => select(PIECES).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    vec((part, 0..8u8), 0..40).prop_map(|parts| {
        let part = |(text, width): (String, u8)| match width {
            0 => text.chars().map(swap).collect(),
            _ => text,
        };
        parts.into_iter().map(part).collect()
    })
}

/// Returns a seed document with parts removed and inserted.
fn edited() -> impl Strategy<Value = String> {
    let edits = vec((any::<Index>(), 0..12usize, select(PIECES)), 1..30);
    (0..SEEDS.len(), edits).prop_map(|(seed, edits)| {
        let mut chars: Vec<char> = SEEDS[seed].text.chars().collect();
        for (at, gone, piece) in edits {
            let at = at.index(chars.len() + 1);
            let end = (at + gone).min(chars.len());
            chars.splice(at..end, piece.chars());
        }
        chars.into_iter().collect()
    })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![5 => policy(), 2 => edited(), 1 => any::<String>(), 1 => "[一二《》（）。\n1.、 ]{0,80}"]
}

/// Parts of pages: references shorter than their characters, as long and longer, blanks, and markup.
const REFERENCES: &[&str] = &[
    "甲",
    "乙",
    "药a",
    "1",
    "&nGt;",
    "&nGg;",
    "&ngE;",
    "&Gg;",
    "&lt;",
    "&lt",
    "&amp;",
    "&amp;lt;",
    "&nbsp;",
    "&#0",
    "&#0;",
    "&#13;",
    "&#x4E00;",
    "&#19968;",
    "&#x80",
    "&#xD800;",
    "&#x20;",
    "&nosuch;",
    "&",
    "&;",
    "&#",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\x0C",
    "\u{3000}",
    "\u{a0}",
    "\u{2003}",
    "<![CDATA[ 丙 ]]>",
    "<!-- 丁 -->",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<br>",
    "<td>",
    "<pre>",
    "</pre>",
    "<a href=1>",
    "</a>",
    "<h1>",
    "</h1>",
    "<div>",
    "</div>",
    "<svg><![CDATA[甲]]></svg>",
    "<title>戊</title>",
    "**",
    "|",
    "| ",
    "[",
    "](a)",
    "![",
    "\\",
    "\\*",
    "# ",
    "> ",
    "```",
    "_",
    "_-",
    "，",
    "。",
    "<meta name=ArticleTitle content=' 甲&nGt;'>",
    "<meta name=PubDate content=' &#50;025'>",
    "<meta content='甲&ngE;' name='P&#000117;bDate'>",
];

/// Checks that every span of a source has a place in the file, and that the words without a reference
/// are there.
fn places(source: &Source, file: &str) {
    let chars: Vec<_> = source.text.char_indices().map(|(at, c)| (at, at + c.len_utf8())).collect();
    let place = |start, end| {
        let place = source.origin.place(Span::new(start, end)).bytes().unwrap();
        assert!(
            file.get(place.start as usize..place.end as usize).is_some(),
            "{place:?} of {file:?}"
        );
        place
    };
    // The facts of a page's head come first, in an order of their own.
    let ordered = !file.contains("<meta") && file.matches("<title").count() == 1;
    let mut last = 0;
    for &(start, end) in &chars {
        let (words, there) = (&source.text[start..end], place(start, end));
        let printed = there.slice(file);
        let same = printed == words || printed.contains('&') || words.trim().is_empty();
        assert!(same || "发布日期：".contains(words), "{words} is not {printed} in {file:?}");
        assert!(!ordered || there.start >= last, "{words} at {there:?} in {file:?}");
        last = there.start;
        place(start, chars[chars.len() - 1].1);
        place(0, end);
        place(end, end);
    }
}

/// Returns the file as HTML, if the feature is on.
#[cfg(feature = "html")]
fn page(file: impl Into<Source>) -> Option<Source> {
    Some(policygraph::html(file))
}

#[cfg(not(feature = "html"))]
fn page(_: impl Into<Source>) -> Option<Source> {
    None
}

fn record(text: &str) -> Record {
    read(Lexicon::builtin(), "any", text)
}

/// Visits each JSON object with a `span` and a surface.
fn surfaces(value: &Value, text: &str, seen: &mut usize) {
    if let Some(span) = value.get("span") {
        let at = |end: usize| span[end].as_u64().unwrap() as usize;
        for field in ["surface", "text"] {
            if let Some(surface) = value.get(field) {
                assert_eq!(surface, &text[at(0)..at(1)]);
                *seen += 1;
            }
        }
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| surfaces(item, text, seen)),
        Value::Object(fields) => fields.values().for_each(|field| surfaces(field, text, seen)),
        _ => {}
    }
}

#[test]
fn the_seeds_have_these_properties() {
    let mut seen = 0;
    for seed in SEEDS.iter() {
        check(seed);
        surfaces(&serde_json::to_value(seed).unwrap(), &seed.text, &mut seen);
    }
    assert!(seen > 300, "{seen}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_slice_to_their_surfaces(text in text()) {
        let record = record(&text);
        prop_assert_eq!(&record.text, &text);
        check(&record);
        surfaces(&serde_json::to_value(&record).unwrap(), &text, &mut 0);
    }

    #[test]
    fn equal_input_gives_equal_bytes(text in text()) {
        let json = || serde_json::to_string(&record(&text)).unwrap();
        prop_assert_eq!(json(), json());
    }

    #[test]
    fn save_then_load_is_identity(text in text()) {
        let record = record(&text);
        let json = serde_json::to_string(&record).unwrap();
        prop_assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), record);
    }

    #[test]
    fn a_text_may_end_anywhere(seed in 0..13usize, at in any::<Index>()) {
        let text = &SEEDS[seed].text;
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        check(&record(&text[..ends[at.index(ends.len())]]));
    }

    #[test]
    fn words_of_markup_keep_their_offsets(parts in vec((select(MARKUP), text()), 0..20)) {
        let file: String = parts.iter().flat_map(|(tag, text)| [*tag, text]).collect();
        for source in [Some(markdown(&file)), page(&file)].into_iter().flatten() {
            for (at, c) in source.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
                let place = source.origin.place(Span::new(at, at + c.len_utf8())).bytes().unwrap().slice(&file);
                prop_assert!(place == c.to_string() || place.contains('&'), "{c} is not {place}");
            }
            let record = read(Lexicon::builtin(), "any", source);
            check(&record);
            record.measures.iter().for_each(|one| _ = record.origin.place(one.span).bytes().unwrap().slice(&file));
            let json = serde_json::to_string(&record).unwrap();
            prop_assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), record);
        }
    }

    #[test]
    fn words_of_references_and_blanks_have_places(
        title in vec(select(REFERENCES), 0..8),
        body in vec(select(REFERENCES), 0..40),
    ) {
        let file = format!("<title>{}</title>{}", title.concat(), body.concat());
        let pages = [page(&file), page(&file).map(markdown), page(markdown(&file))];
        for source in [markdown(&file)].into_iter().chain(pages.into_iter().flatten()) {
            places(&source, &file);
        }
    }

    #[test]
    fn utf8_is_returned_as_it_is(text in text()) {
        let decoded = decode(text.as_bytes());
        prop_assert_eq!((decoded.text, decoded.encoding, decoded.replaced), (text, "UTF-8", 0));
    }

    #[test]
    fn any_bytes_decode(mut bytes in vec(any::<u8>(), 0..200), text in text(), at in any::<Index>()) {
        decode(&bytes);
        let cut = at.index(text.len() + 1);
        bytes.splice(..0, text.bytes().take(cut));
        check(&record(&decode(&bytes).text));
    }

    #[test]
    fn graphs_of_any_records_quote_their_texts(texts in vec(text(), 0..5)) {
        let records = texts.iter().enumerate().map(|(n, text)| read(Lexicon::builtin(), &format!("d{n}"), text.as_str()));
        let mut corpus: Corpus = records.collect();
        let graph = corpus.graph(Lexicon::builtin());
        prop_assert_eq!(graph.documents().len(), texts.len());
        let measures: usize = corpus.iter().map(|record| record.measures.len()).sum();
        prop_assert_eq!(graph.measures().len(), measures);
        for note in graph.notes() {
            note.span.slice(&graph.at(note.document).record().text);
        }
        for edge in (&graph).edge_references() {
            if let Some(evidence) = graph.proof(edge.id()).evidence() {
                prop_assert!(!graph.quote(evidence).is_empty());
            }
        }
    }
}
