//! Damaged and adversarial input: reading returns a record with notes and never
//! panics. `tests/memory.rs` bounds the memory that it takes, `benches/growth.rs`
//! the time.

use policygraph::{Lexicon, Record, Source, decode, markdown, read};
use policygraph_testkit::adversarial::{self, Input, filled};

const MB: usize = 1 << 20;

fn record(source: impl Into<Source>) -> Record {
    read(Lexicon::builtin(), "bad", source)
}

/// Reads `source`. Its measures must be disjoint, in text order and inside of
/// the text.
#[track_caller]
fn check_spans(name: &str, source: impl Into<Source>) {
    let record = record(source);
    let spans: Vec<_> = record.measures.iter().map(|measure| measure.span).collect();
    assert!(spans.is_sorted_by(|a, b| a.end <= b.start), "{name}");
    let chapters = record.sections.iter();
    let chapters =
        chapters.flat_map(|section| [section.span].into_iter().chain(section.prose.clone()));
    assert!(chapters.is_sorted_by(|a, b| a.end <= b.start), "{name}: chapters");
    assert!(spans.last().is_none_or(|last| last.end as usize <= record.text.len()), "{name}");
}

#[test]
fn an_empty_file_gives_an_empty_record() {
    let record = record(decode(b"").text);
    assert!(record.title.is_none() && record.measures.is_empty() && record.notes.is_empty());
    assert_eq!(record.body, Some(policygraph::Provision::default()));
    for blank in ["\n", " \u{3000}\r\n", "\u{FEFF}", "\u{200B}"] {
        assert!(self::record(blank).measures.is_empty(), "{blank:?}");
    }
}

#[test]
fn a_numeral_longer_than_a_heading_is_read() {
    check_spans("zeros", format!("{}一加快审批\n(一)甲。", "〇".repeat(80)));
}

#[test]
fn a_megabyte_of_random_bytes_is_read() {
    let mut state = 53u64;
    let bytes: Vec<u8> = std::iter::repeat_with(|| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    })
    .take(MB)
    .collect();
    let decoded = decode(&bytes);
    assert!(decoded.replaced > 0);
    check_spans("random bytes", decoded);
}

#[test]
fn a_quarter_of_a_megabyte_of_one_mark_is_read() {
    for unit in ["（一）", "《", "(", "一、", "1", "“", "\n", "甲) "] {
        check_spans(unit, filled(unit, MB / 4));
    }
}

#[test]
fn adversarial_texts_are_read() {
    for Input { name, text } in adversarial::repeated(16_000).chain(adversarial::numbered(16_000)) {
        check_spans(&name, text);
    }
}

#[test]
fn adversarial_markdown_is_read() {
    for Input { name, text } in adversarial::markdown(16_000) {
        check_spans(&name, markdown(&text));
    }
}

#[cfg(feature = "html")]
#[test]
fn adversarial_html_is_read() {
    for Input { name, text } in adversarial::html(16_000) {
        check_spans(&name, policygraph::html(&text));
    }
    check_spans("<div>", policygraph::html(filled("<div>", MB)));
}

#[test]
fn a_long_chain_of_region_names_is_read() {
    let text = format!("一、甲。由{}药监局负责。", "山西省".repeat(100_000));
    assert_eq!(record(text).measures.len(), 1);
}

#[test]
fn more_measures_than_a_u16_counts_are_read() {
    let text = format!("一、总则\n{}", "（一）药品抽检。\n".repeat(70_000));
    assert_eq!(record(text).measures.len(), 70_000);
}

#[test]
fn measures_on_one_line_are_separated() {
    let text =
        "山西省药品监督管理局若干措施 一、总则（一）加强监管。药品抽检。（二）优化服务。即收即检。";
    let record = record(text);
    assert_eq!(record.measures.iter().map(|measure| measure.ordinal).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn an_ordinal_out_of_order_gets_a_note_with_its_span() {
    let text = "一、总则\n（一）加强监管。药品抽检。\n（四）优化服务。即收即检。\n（三）加快审批。当日办结。";
    let record = record(text);
    assert_eq!(
        record.measures.iter().map(|measure| measure.ordinal).collect::<Vec<_>>(),
        [1, 4, 3]
    );
    let notes = record.notes.iter().map(|note| (note.span.slice(text), note.message.as_str()));
    let [skip, back] = notes.collect::<Vec<_>>()[..] else { panic!("{:?}", record.notes) };
    assert_eq!(skip.0, "（四）");
    assert!(skip.1.contains("missing"), "{}", skip.1);
    assert_eq!(back.0, "（三）");
    assert!(back.1.contains("misnumbered"), "{}", back.1);
}

#[test]
fn every_encoding_gives_the_same_record() {
    let text = "一、总则\n（一）加强监管。药品抽检。（省药监局负责）\n（二）优化服务。即收即检。";
    let (gb18030, _, _) = encoding_rs::GB18030.encode(text);
    let bom = |units: &dyn Fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(units).collect()
    };
    let utf8 = format!("\u{FEFF}{text}");
    let inputs = [
        (text.as_bytes(), "UTF-8"),
        (utf8.as_bytes(), "UTF-8"),
        (&gb18030, "gb18030"),
        (&bom(&u16::to_le_bytes), "UTF-16LE"),
        (&bom(&u16::to_be_bytes), "UTF-16BE"),
    ];
    let expected = record(text).measures;
    assert_eq!(expected.len(), 2);
    for (bytes, encoding) in inputs {
        let decoded = decode(bytes);
        assert_eq!((decoded.encoding, decoded.replaced), (encoding, 0));
        let marked = decoded.text.len() - text.len();
        let record = record(decoded.text);
        let surfaces = |measures: &[policygraph::Measure], text: &str| -> Vec<String> {
            measures.iter().map(|measure| measure.span.slice(text).to_owned()).collect()
        };
        assert_eq!(surfaces(&record.measures, &record.text), surfaces(&expected, text));
        assert_eq!(
            record.measures[0].span.start as usize,
            expected[0].span.start as usize + marked
        );
    }
}

#[test]
fn a_text_cut_inside_a_character_keeps_the_other_characters() {
    let text = "一、总则\n（一）加强监管。药品抽检。\n（二）优化服务。即收即检";
    for cut in [1, 2] {
        let decoded = decode(&text.as_bytes()[..text.len() - cut]);
        assert_eq!((decoded.encoding, decoded.replaced), ("UTF-8", 1));
        let record = record(decoded);
        assert_eq!(record.measures.len(), 2);
        assert_eq!(record.origin.encoding.as_deref(), Some("UTF-8"));
        let [note] = &record.notes[..] else { panic!("{:?}", record.notes) };
        assert_eq!(note.span.slice(&record.text), "\u{FFFD}");
    }
}

#[test]
fn an_ordinal_without_text_is_not_a_measure() {
    for text in ["第一条药品抽检。\n第二条", "一、总则\n（一）药品抽检。\n（二）"]
    {
        assert_eq!(record(text).measures.len(), 1, "{text}");
    }
}

#[test]
fn a_clause_inside_a_labelled_line_is_part_of_it() {
    let text = "一、加强监管。\n责任单位：省药监局（省卫生健康委负责）";
    let record = record(text);
    let clauses: Vec<_> = record.measures[0].clauses.iter().map(|c| c.slice(text)).collect();
    assert_eq!(clauses, ["责任单位：省药监局（省卫生健康委负责）"]);
}

/// Returns the vocabularies with the outlines of policies with these numbers and articles.
fn outlined(outlines: &[(&str, [u32; 2])]) -> Result<Lexicon, policygraph::Error> {
    outlines.iter().try_fold(Lexicon::builtin().clone(), |lexicon, (number, [one, other])| {
        let article =
            |n| format!(r#"{{"n": {n}, "chapter": 1, "heading": "优化审批", "basis": "text"}}"#);
        let json = format!(
            r#"{{"number": "{number}", "title": "关于优化审批的意见", "issuers": ["国务院办公厅"],
                "dates": {{}}, "chapters": [], "articles": [{}, {}]}}"#,
            article(one),
            article(other)
        );
        lexicon.with(policygraph::Vocabulary::Outlines, &json)
    })
}

#[test]
fn articles_of_an_outline_ascend_and_a_policy_has_one_outline() {
    let number = "国办发〔2020〕7号";
    assert!(outlined(&[(number, [1, 3])]).is_ok());
    let error = |outlines: &[_]| outlined(outlines).unwrap_err().to_string();
    assert_eq!(
        error(&[(number, [2, 2])]),
        "国办发〔2020〕7号: article 2 follows article 2; list them in ascending order"
    );
    assert_eq!(
        error(&[(number, [1, 2]), (number, [3, 4])]),
        "国办发〔2020〕7号: the policy has another outline; merge the two"
    );
}

#[test]
fn an_ordinal_inside_the_brackets_of_another_is_read() {
    for text in [
        "关于支持创新的通知\n一、优化审批\n（\n一、优化审批\n（一）审批时限压缩至30个工作日。\n第一条 甲\n第二条 乙",
        "关于支持创新的通知\n（一、优 审批时限\n（二、审批",
        "一、甲\n（\n一、乙\n（一、丙",
    ] {
        check_spans("overlap", text.to_owned());
    }
}

#[test]
fn a_table_at_the_start_of_an_item_is_read() {
    let table = "序号\t措施\t责任单位\n1\t加强抽检\t省药监局\n";
    for item in ["第一条\n", "一、\n", "一、甲\n第一条\n"] {
        check_spans(
            "table",
            format!("关于支持创新的通知\n一、优化审批。\n{item}{table}{item}{table}乙\n"),
        );
    }
}

#[test]
fn prose_after_the_section_of_a_table_belongs_to_no_earlier_chapter() {
    let table = "附件\n任务分工\n序号\t措施\t责任单位\n1\t加强抽检\t省药监局\n";
    let text = format!(
        "关于支持创新的通知\n一、优化审批\n1.压缩时限。\n2.加强服务。\n号\n{table}各地要抓好落实。\n"
    );
    check_spans("caption", text);
}
