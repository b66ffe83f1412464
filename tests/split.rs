//! A file with several documents is parted at their starts, and one document is not parted.

#![cfg(feature = "builtin")]

use policygraph::{Lexicon, Source, Span, markdown, read, seeds, split};
use policygraph_testkit::synthetic;
use std::fs;

fn seed(file: &str) -> String {
    fs::read_to_string(format!("{}/data/seeds/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Returns the parts of a text, which together are the text.
fn parts(text: &str) -> Vec<String> {
    let parts = split(Lexicon::builtin(), text);
    let parts: Vec<String> = parts.into_iter().map(|part| part.text).collect();
    assert_eq!(parts.concat(), text);
    parts
}

/// Returns the offsets at which the parts after the first begin.
fn cuts(text: &str) -> Vec<usize> {
    let ends = parts(text).into_iter().scan(0, |end, part| {
        *end += part.len();
        Some(*end)
    });
    ends.filter(|&end| end < text.len()).collect()
}

#[test]
fn the_digest_is_parted_as_its_manifest_says() {
    let text = seed("digest-2025-06.txt");
    let parts = split(Lexicon::builtin(), text.as_str());
    let expected: Vec<_> = seeds().into_iter().skip(4).collect();
    assert_eq!(parts.len(), expected.len());
    for (part, record) in parts.into_iter().zip(expected) {
        assert_eq!((part.text, part.origin.offset), (record.text, record.origin.offset));
    }
    let record = read(Lexicon::builtin(), "digest", text.as_str());
    let note = record.notes.iter().find(|note| note.message.contains("9 documents")).unwrap();
    assert!(note.span.slice(&text).starts_with("为贯彻落实《国务院办公厅关于全面深化"));
}

#[test]
fn a_document_is_one_part_without_a_note() {
    let lexicon = Lexicon::builtin();
    let files = ["nm-2022-26.txt", "nm-2025-18.txt", "nm-2025-prudent.txt", "sx-2025.txt"];
    let made = (0..200).map(|position| synthetic::document(53, position).text);
    let items = seeds().into_iter().map(|record| record.text);
    for text in files.map(seed).into_iter().chain(items).chain(made) {
        assert_eq!(parts(&text).len(), 1, "{text}");
        let notes = read(lexicon, "text", text.as_str()).notes;
        assert!(notes.iter().all(|note| !note.message.contains("looks like")), "{notes:?}");
    }
}

#[test]
fn documents_joined_at_random_are_parted() {
    let mut documents: Vec<String> =
        ["nm-2022-26.txt", "nm-2025-18.txt", "nm-2025-prudent.txt"].map(seed).to_vec();
    // Of few documents the rate depends on which they are: 0.62 to 0.88 of sixty.
    documents.extend((0..400).map(|position| synthetic::document(53, position).text));
    let mut state = 1u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % below
    };
    let (mut hits, mut all, mut extra) = (0, 0, 0);
    for joined in 0..1000 {
        let blank = if joined % 2 == 0 { "\n" } else { "\n\n\n" };
        let mut text = String::new();
        let mut starts = Vec::new();
        for _ in 0..2 + next(3) {
            if !text.is_empty() {
                text += blank;
                starts.push(text.len());
            }
            text += documents[next(documents.len())].trim();
        }
        let found = cuts(&text);
        hits += starts.iter().filter(|start| found.contains(start)).count();
        extra += found.iter().filter(|cut| !starts.contains(cut)).count();
        all += starts.len();
    }
    println!("{hits} of {all} starts, {extra} other cuts");
    assert!(100 * extra <= hits, "{extra} other cuts, {hits} starts");
    assert!(100 * hits >= 78 * all, "{hits} of {all} starts");
}

#[test]
fn the_text_that_a_notice_issues_belongs_to_it() {
    let notice = "某省水利厅关于印发农村供水管理办法的通知\n某水规〔2025〕3号\n各市水务局:\n\
        现将《农村供水管理办法》印发给你们,请结合实际认真贯彻执行,执行中的问题请及时报告省厅。\n\
        某省水利厅\n2025年3月4日\n农村供水管理办法\n第一章 总则\n第一条 为加强农村供水管理,制定本办法。\n\
        第二条 县级水务部门负责本行政区域内农村供水的监督管理工作,并定期公布水质。\n";
    assert_eq!(parts(notice).len(), 1);
    let passed_on = format!(
        "某市水务局关于转发《某省水利厅关于印发农村供水管理办法的通知》的通知\n\
        某水发〔2025〕9号\n各县水务局:\n现将《某省水利厅关于印发农村供水管理办法的通知》(某水规〔2025〕3号)转发给你们,\
        请认真贯彻执行,并于每季度末报送落实情况。\n某市水务局\n2025年4月1日\n{notice}"
    );
    assert_eq!(parts(&passed_on).len(), 1);
}

#[test]
fn regulations_and_separated_notices_are_parted() {
    let regulation = |name: &str| {
        format!(
            "某市{name}条例\n(2019年9月28日某市第十五届人民代表大会常务委员会第十二次会议通过)\n\
            第一章 总则\n第一条 为了规范本市的{name}活动,维护公共利益,根据有关法律、法规,制定本条例。\n\
            第二条 本市行政区域内的{name}活动适用本条例,由市人民政府有关部门按照职责负责监督管理。\n\
            第三条 本条例自2020年1月1日起施行。\n"
        )
    };
    let text = regulation("城市供热") + &regulation("河道采砂") + &regulation("非机动车停放");
    assert_eq!(parts(&text).len(), 3);
    let notice = |title: &str| {
        format!(
            "{title}的通知\n各有关单位:\n为做好冬季安全工作,定于12月开展安全检查,\
            请各单位于11月30日前完成自查,并将自查情况以书面形式报送我局安全科,联系电话见网站,逾期未报送的单位将予以通报。\n"
        )
    };
    let text = notice("某县交通运输局关于开展冬季道路检查")
        + "--------\n"
        + &notice("某县民政局关于做好养老机构供暖工作");
    assert_eq!(parts(&text).len(), 2);
}

#[test]
fn parts_of_markup_keep_their_place() {
    let file = "# 某省教育厅关于**规范**招生工作的通知\n\n某教〔2025〕31号\n\n各市教育局:\n\n\
        为规范招生秩序,保障适龄儿童入学,各地公办学校按照划片范围招生,不得组织**任何形式**的选拔考试,\
        并在每年6月底前公布招生方案和咨询电话。\n\n\
        某省教育厅\n\n2025年4月8日\n\n# 某省水利厅关于**加强**供水管理的通知\n\n某水发〔2025〕12号\n\n各市水务局:\n\n\
        一、**落实责任**。各县每季度至少开展一次水质检测。\n";
    let parts = split(Lexicon::builtin(), markdown(file));
    assert_eq!(parts.len(), 2);
    let Source { text, origin, .. } = &parts[1];
    let at = text.find("落实责任").unwrap();
    let place = origin
        .place(Span { start: at as u32, end: (at + "落实责任".len()) as u32 })
        .bytes()
        .unwrap();
    assert_eq!(place.slice(file), "落实责任");
    let end = text.len() as u32;
    assert_eq!(
        origin.place(Span { start: 0, end }).bytes().unwrap().end as usize,
        file.trim_end().len() + 1
    );
}
