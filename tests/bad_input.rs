//! What is no document at all, and what was made to hurt: a record with notes,
//! never a panic, never more than linear time.

use std::time::{Duration, Instant};

use policygraph::{Lexicon, Record, Source, decode, markdown, read};
use policygraph_testkit::adversarial;
use policygraph_testkit::adversarial::filled;

const MB: usize = 1 << 20;

fn record(source: impl Into<Source>) -> Record {
    read(Lexicon::builtin(), "bad", source)
}

fn plain(text: &str) -> Source {
    text.into()
}

/// Reads, and says how long that took; measures must lie in the text, in order.
fn timed(text: &str, source: fn(&str) -> Source) -> Duration {
    let start = Instant::now();
    let record = record(source(text));
    let took = start.elapsed();
    let spans: Vec<_> = record.measures.iter().map(|measure| measure.span).collect();
    assert!(spans.is_sorted_by(|a, b| a.end <= b.start));
    assert!(spans.last().is_none_or(|last| last.end as usize <= record.text.len()));
    took
}

/// What is linear takes 32 times as long for 32 times the text, what is
/// quadratic 1024 times; a machine that does other things may need a few tries.
#[track_caller]
fn check_linear(name: &str, source: fn(&str) -> Source, small: &str, large: &str) {
    const GROWTH: u32 = 32;
    assert!(large.len() <= GROWTH as usize * 3 / 2 * small.len());
    Lexicon::builtin();
    let mut took = Vec::new();
    let floor = Duration::from_millis(1);
    let linear = (0..4).any(|_| {
        took.push((timed(small, source), timed(large, source)));
        let small = took.iter().map(|(small, _)| *small).max().unwrap().max(floor);
        took.iter().any(|(_, large)| *large < 5 * GROWTH * small)
    });
    assert!(linear, "{name}: {took:?}");
}

#[test]
fn an_empty_file_is_an_empty_record() {
    let record = record(decode(b"").text);
    assert!(record.title.is_none() && record.measures.is_empty() && record.notes.is_empty());
    assert_eq!(record.body, Some(policygraph::Provision::default()));
    for blank in ["\n", " \u{3000}\r\n", "\u{FEFF}", "\u{200B}"] {
        assert!(self::record(blank).measures.is_empty(), "{blank:?}");
    }
}

#[test]
fn a_megabyte_of_noise_is_read() {
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
    timed(&decoded.text, plain);
}

#[test]
fn five_megabytes_of_one_mark_are_read() {
    for unit in ["（一）", "《", "(", "一、", "1", "“", "\n", "甲) "] {
        let took = timed(&filled(unit, 5 * MB), plain);
        assert!(took < Duration::from_secs(30), "{unit}: {took:?}");
    }
}

#[test]
fn what_repeats_takes_linear_time() {
    for ((unit, small), (_, large)) in
        adversarial::repeated(4_000).zip(adversarial::repeated(128_000))
    {
        check_linear(&unit, plain, &small, &large);
    }
}

#[test]
fn what_never_repeats_takes_linear_time() {
    for ((item, small), (_, large)) in
        adversarial::counted(4_000).zip(adversarial::counted(128_000))
    {
        check_linear(&item, plain, &small, &large);
    }
}

#[test]
fn markdown_takes_linear_time() {
    let units = [
        "**",
        "*",
        "_甲",
        "`",
        "[",
        "](",
        "![",
        "[甲](乙)",
        "|",
        "|甲",
        "\n|---|",
        "\\",
        "\n#",
        "> ",
        "\n- ",
        "__甲__",
        "~~",
    ];
    for unit in units {
        check_linear(unit, |text| markdown(text), &filled(unit, 8_000), &filled(unit, 256_000));
        let row = |bytes| format!("|{}", filled(unit, bytes));
        check_linear(unit, |text| markdown(text), &row(8_000), &row(256_000));
    }
}

#[cfg(feature = "html")]
#[test]
fn pages_take_linear_time() {
    use policygraph::html;

    let units = [
        "<div>",
        "<div>甲，",
        "</div>",
        "<div></p>",
        "<table><tr><td>",
        "<td>甲，",
        "<p>甲",
        "<p hidden>",
        "<div hidden>",
        "<nav>",
        "<script>",
        "<title>",
        "<a href=1>甲",
        "<h1>甲",
        "<!--",
        "<![CDATA[",
        "<",
        "</",
        "<a ",
        " a=1",
        "&",
        "&amp",
        "&nbsp;",
        "&#x0;",
        "<pre>\n",
        "<meta name=PubDate content=2025-06-16>",
        "<meta name=ArticleTitle content=关于甲的通知><p>关于乙的通知",
        "<div>甲，</div>",
        "<b>甲</b> ",
    ];
    for unit in units {
        let page = |bytes| filled(unit, bytes);
        check_linear(unit, |page| html(page), &page(8_000), &page(256_000));
        let attributes = |bytes| format!("<div {}>甲", filled(unit, bytes));
        check_linear(unit, |page| html(page), &attributes(8_000), &attributes(256_000));
    }
    let took = timed(&filled("<div>", 5 * MB), |page| html(page));
    assert!(took < Duration::from_secs(30), "{took:?}");
}

#[test]
fn a_chain_of_regions_has_an_end() {
    let text = format!("一、甲。由{}药监局负责。", "山西省".repeat(100_000));
    assert_eq!(record(text).measures.len(), 1);
}

#[test]
fn a_hundred_thousand_items_are_measures() {
    let item = "（一）加强监管。药品抽检。（省药监局负责）\n";
    let text = format!("一、总则\n{}", item.repeat(100_000));
    assert_eq!(record(text).measures.len(), 100_000);
}

#[test]
fn a_document_of_one_line_has_its_measures() {
    let text =
        "山西省药品监督管理局若干措施 一、总则（一）加强监管。药品抽检。（二）优化服务。即收即检。";
    let record = record(text);
    assert_eq!(record.measures.iter().map(|measure| measure.n).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn an_ordinal_that_skips_is_noted_where_it_stands() {
    let text = "一、总则\n（一）加强监管。药品抽检。\n（四）优化服务。即收即检。\n（三）加快审批。当日办结。";
    let record = record(text);
    assert_eq!(record.measures.iter().map(|measure| measure.n).collect::<Vec<_>>(), [1, 4, 3]);
    let notes = record.notes.iter().map(|note| (note.span.slice(text), note.message.as_str()));
    let [skip, back] = notes.collect::<Vec<_>>()[..] else { panic!("{:?}", record.notes) };
    assert_eq!(skip.0, "（四）");
    assert!(skip.1.contains("missing"), "{}", skip.1);
    assert_eq!(back.0, "（三）");
    assert!(back.1.contains("misnumbered"), "{}", back.1);
}

#[test]
fn every_encoding_is_one_text() {
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
fn a_text_cut_inside_a_character_keeps_the_rest() {
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
fn an_ordinal_without_words_is_no_measure() {
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
