use crate::model::{Anchor, Deadline, Record};
use crate::{Lexicon, read};

/// Reads a text as the only measure of a document that is signed on 2025-03-10.
fn record(text: &str) -> Record {
    let text = format!(
        "某某市促进发展若干措施\n(一)提升效能。{text}\n(二)加强监管。加强。\n某某市人民政府\n2025年3月10日"
    );
    read(Lexicon::builtin(), "text", text.as_str())
}

fn deadlines(record: &Record) -> &[Deadline] {
    &record.measures[0].provision.deadlines
}

#[test]
fn times_of_tasks_are_deadlines() {
    let cases: [(&str, &[(&str, &str)]); 19] = [
        ("2026年6月底前出台细则。", &[("2026年6月底前", "2026-06-30")]),
        ("力争到2027年,建成基地10个。", &[("到2027年", "2027-12-31")]),
        (
            "年底前完成改造,明年3月底前验收。",
            &[("年底前", "2025-12-31"), ("明年3月底前", "2026-03-31")],
        ),
        (
            "2025年6月底前完成排查,9月底前完成整改。",
            &[("2025年6月底前", "2025-06-30"), ("9月底前", "2025-09-30")],
        ),
        ("2026年起,每年1月底前上报总结。", &[("每年1月底前", "2026-01-31")]),
        ("3年内绿化覆盖率达到45%以上。", &[("3年内", "2028-03-10")]),
        ("利用3至5年时间,建成示范区。", &[("3至5年时间", "2030-03-10")]),
        ("本措施印发后3个月内制定方案。", &[("本措施印发后3个月内", "2025-06-10")]),
        ("交货验收合格后30日内支付货款。", &[("交货验收合格后30日内", "")]),
        (
            "到2027年、2030年,覆盖率分别达到50%、80%。",
            &[("到2027年", "2027-12-31"), ("2030年", "2030-12-31")],
        ),
        ("请于2025年6月30日24时前报送。", &[("2025年6月30日24时前", "2025-06-30")]),
        ("名单公布之日起30日内提交材料。", &[("名单公布之日起30日内", "")]),
        ("各地应于主汛期前完成除险加固。", &[("主汛期前", "")]),
        ("“十五五”期间,新增学位2万个。", &[("“十五五”期间", "2030-12-31")]),
        ("完善台账。完成时限:2025年12月底。", &[("2025年12月底", "2025-12-31")]),
        ("20个工作日内办结。受理后5日内作出决定。", &[]),
        ("不得在高考前开展活动,不得于2026年底前完成转让。", &[]),
        ("毕业5年内的学生,2000年底前建成的小区,近3年内无违规。", &[]),
        ("自2025年4月1日起施行,有效期至2027年12月31日。", &[]),
    ];
    for (text, expected) in cases {
        let record = record(text);
        let read: Vec<(&str, String)> = deadlines(&record)
            .iter()
            .map(|deadline| {
                let by = deadline.by.map(|day| day.to_string()).unwrap_or_default();
                (deadline.span.slice(&record.text), by)
            })
            .collect();
        let expected: Vec<(&str, String)> =
            expected.iter().map(|&(words, by)| (words, by.to_owned())).collect();
        assert_eq!(read, expected, "{text}");
    }
}

#[test]
fn a_deadline_is_bound_to_the_duties_and_targets_of_its_clause() {
    let text = "推进改造。2026年底前,改造小区100个,覆盖率达到90%。加强管护。\
                (市住房城乡建设局牵头,市财政局配合;完成时限:2026年底)";
    let record = record(text);
    let [first, second] = deadlines(&record) else { panic!("{:?}", deadlines(&record)) };
    assert_eq!((&first.targets[..], &first.duties[..]), (&[0, 1][..], &[0, 1][..]));
    assert_eq!(first.task.unwrap().slice(&record.text), "改造小区100个");
    assert_eq!((second.anchor, &second.duties[..]), (Anchor::Printed, &[0, 1][..]));
    let targets = &record.measures[0].provision.targets;
    assert!(targets.iter().all(|target| target.deadline.as_deref() == Some("2026年底前")));
}
