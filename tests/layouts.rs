//! Documents in the layouts of offices, websites and PDF files: outline, issuers and
//! dates.

use policygraph::{Lexicon, Record, read};

fn record(text: &str) -> Record {
    read(Lexicon::builtin(), "layout", text)
}

/// Returns chapter, ordinal, heading and last words of each measure.
#[track_caller]
fn check(record: &Record, expected: &[(Option<u32>, u32, &str, &str)]) {
    let read: Vec<_> =
        record.measures.iter().map(|m| (m.section, m.ordinal, m.title.as_ref())).collect();
    assert_eq!(read.len(), expected.len(), "{read:?}");
    for (measure, (section, n, heading, end)) in record.measures.iter().zip(expected) {
        assert_eq!((measure.section, measure.ordinal), (*section, *n));
        assert_eq!(measure.title.as_ref().map_or("", |title| title.value.as_str()), *heading);
        let text = measure.span.slice(&record.text);
        assert!(text.ends_with(end), "{text}");
    }
}

fn issuers(record: &Record) -> Vec<&str> {
    record.issuers.iter().map(|issuer| issuer.value.as_str()).collect()
}

#[test]
fn a_page_with_the_signature_above_the_text() {
    let record = record(
        "首页 > 政策文件\n绍兴市人民政府办公室关于加快低空经济发展的若干意见\n\
         发布时间：2026-02-11 字号：大 中 小\n绍政办发〔2026〕4号\n各区、县（市）人民政府：\n\
         经市政府同意，现提出如下意见。\n绍兴市人民政府办公室\n2026年2月9日\n\
         一、重点任务\n（一）建设起降网络。建成起降点30个。\n（二）加强安全监管。严禁违规飞行。\n\
         施行说明：本意见自2026年3月10日起施行。\n上一篇：关于印发行动计划的通知\n版权所有：市政府",
    );
    check(
        &record,
        &[
            (Some(1), 1, "建设起降网络", "建成起降点30个。"),
            (Some(1), 2, "加强安全监管", "严禁违规飞行。"),
        ],
    );
    assert_eq!(issuers(&record), ["绍兴市人民政府办公室"]);
    let day = |date: &Option<policygraph::Found<policygraph::PartialDate>>| {
        date.as_ref().map_or(String::new(), |found| found.value.to_string())
    };
    let dates = [&record.dates.signed, &record.dates.published, &record.dates.effective].map(day);
    assert_eq!(dates, ["2026-02-09", "2026-02-11", "2026-03-10"]);
}

#[test]
fn a_pdf_with_page_numbers_and_spaced_names() {
    let record = record(
        "关于印发加强短缺药品供应保障\n工作的意见的通知\n国药监综〔2023〕8号\n\
         现将意见印发给你们，请认真执行。\n\n— 1 —\n\n卫生健康委　　教 育 部\n财  政  部　　药监局\n\
         2023年4月18日\n关于加强短缺药品供应保障工作的\n意见\n一、完善监测\n\
         （一）健全网络。依托现有平台，建立国家、省、市三级监测网络，及时收集生产、流通、使用各环节\n\n\
         — 3 —\n\n信息，每季度发布清单。\n（二）加强共享。推动数据互通。",
    );
    assert_eq!(issuers(&record), ["国家卫生健康委员会", "教育部", "财政部", "国家药品监督管理局"]);
    assert_eq!(record.title.as_ref().unwrap().value, "关于加强短缺药品供应保障工作的意见");
    check(
        &record,
        &[
            (Some(1), 1, "健全网络", "信息，每季度发布清单。"),
            (Some(1), 2, "加强共享", "推动数据互通。"),
        ],
    );
}

#[test]
fn a_notice_with_items_of_its_own_and_the_plan_that_it_issues() {
    let record = record(
        "石柱县人民政府办公室\n关于印发石柱县中药材产业发展行动计划的通知\n各乡镇人民政府：\n\
         现将计划印发给你们，并通知如下。\n一、提高认识。各乡镇要明确专人负责。\n\
         二、按时报送。每年报送总结。\n石柱土家族自治县人民政府办公室\n二〇二四年四月九日\n\
         石柱县中药材产业发展行动计划\n（2024—2026年）\n一、主要任务\n\
         （一）建设基地。新建基地5000亩。\n（二）打造品牌。新增品牌8个。",
    );
    check(
        &record,
        &[(Some(1), 1, "建设基地", "新建基地5000亩。"), (Some(1), 2, "打造品牌", "新增品牌8个。")],
    );
}

#[test]
fn chapters_with_headings_and_chapters_without() {
    let long =
        "医院作为采购主体，按照不低于上年度药品实际使用量的比例制定采购计划，并按时报送省级机构。";
    let record = record(&format!(
        "关于完善药品集中采购工作的意见\n一、实行分类采购\n（一）{long}落实带量采购。\n（二）{long}\n（三）{long}\n\
         二、改进结算方式\n（四）加强结算管理。按时结算货款。\n（五）规范货款支付。缩短支付周期。"
    ));
    check(
        &record,
        &[
            (Some(1), 1, "", "落实带量采购。"),
            (Some(1), 2, "", "报送省级机构。"),
            (Some(1), 3, "", "报送省级机构。"),
            (Some(2), 4, "加强结算管理", "按时结算货款。"),
            (Some(2), 5, "规范货款支付", "缩短支付周期。"),
        ],
    );
}

#[test]
fn articles_with_headings_on_lines_of_their_own() {
    let record = record(
        "青岛市崂山区促进生物医药产业发展扶持办法\n（试行）\n第一章 总则\n第一条【目的依据】\n\
         为促进产业发展，根据《药品管理法》，制定本办法。\n第二条【适用范围】\n本办法适用于：\n\
         （一）药品企业；\n（二）医疗器械企业。\n施行说明：第三条 本办法自2025年1月1日起施行，有效期3年。",
    );
    assert_eq!(
        record.title.as_ref().unwrap().value,
        "青岛市崂山区促进生物医药产业发展扶持办法（试行）"
    );
    assert_eq!(record.implements[0].title, "中华人民共和国药品管理法");
    check(
        &record,
        &[
            (Some(1), 1, "目的依据", "制定本办法。"),
            (Some(1), 2, "适用范围", "（二）医疗器械企业。"),
            (Some(1), 3, "", "有效期3年。"),
        ],
    );
    assert_eq!(record.dates.expires.as_ref().unwrap().value.to_string(), "2028-01-01");
}

#[test]
fn an_annex_numbers_on_its_own() {
    let record = record(
        "国务院办公厅关于加强药品配备使用工作的意见\n国办发〔2022〕8号\n一、重点任务\n\
         （一）统一目录。制定统一的目录。\n（二）加强配送。不超过72小时。\n附件：考核指标\n\
         国务院办公厅\n2022年3月5日\n附件\n考核指标\n一、药品配备\n（一）配备品种\n1.品种数占比\n定量",
    );
    check(
        &record,
        &[(Some(1), 1, "统一目录", "制定统一的目录。"), (Some(1), 2, "加强配送", "不超过72小时。")],
    );
}

#[test]
fn an_annexed_plan_after_the_closing_lines() {
    let record = record(
        "绍兴市水利局关于加强河道管护的意见\n一、总体要求\n（一）目标。水质达标率达到95%。\n\
         本意见自2026年1月1日起施行。\n绍兴市水利局\n2025年12月1日\n附件\n\
         绍兴市河道清淤三年行动计划\n一、清淤任务\n（一）主干河道。清淤60公里。\n\
         （二）村级河道。清淤200公里。\n附表\n申报表\n一、姓名：\n二、单位：",
    );
    check(
        &record,
        &[
            (Some(1), 1, "目标", "水质达标率达到95%。"),
            (Some(1), 1, "主干河道", "清淤60公里。"),
            (Some(1), 2, "村级河道", "清淤200公里。"),
        ],
    );
    let sections: Vec<_> = record.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!(sections, ["总体要求", "清淤任务"]);
    assert!(record.notes.is_empty());
    let mut corpus = policygraph::Corpus::new();
    corpus.insert(record);
    let graph = corpus.graph(Lexicon::builtin());
    let chapters: Vec<_> =
        graph.measures().map(|id| graph.at(id).section().unwrap().title().to_owned()).collect();
    assert_eq!(chapters, ["总体要求", "清淤任务", "清淤任务"]);
}
