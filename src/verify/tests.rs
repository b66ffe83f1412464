use super::fold::{fold, splits_figure, substance};
use super::*;
use crate::corpus::Corpus;
use crate::model::{Record, Role};
use crate::read::read;
use proptest::prelude::*;

fn graph(texts: &[(&str, &str)]) -> std::sync::Arc<Graph> {
    let lexicon = Lexicon::builtin();
    let records: Vec<Record> = texts.iter().map(|(key, text)| read(lexicon, key, *text)).collect();
    records.into_iter().collect::<Corpus>().graph(lexicon)
}

const NOTICE: &str = "山西省水利厅关于城市供水的若干措施
晋水发〔2025〕7号
一、改造老旧管网。2026年底前更换灰口铸铁管120公里,漏损率降至9.5%以下。(省水利厅牵头,省财政厅配合)
二、更新水厂设备。日供水能力提高三十万吨。(省住房城乡建设厅、省水利厅按职责分工负责)
三、开展水质检测。由省生态环境厅负责水源检测,省卫生健康委负责末梢水检测。
四、完善水价机制。落实阶梯水价。
山西省水利厅
2025年5月14日";

fn notice() -> std::sync::Arc<Graph> {
    graph(&[("water", NOTICE)])
}

#[track_caller]
fn check(graph: &Graph, text: &str) -> &'static str {
    graph.verify(text).verdict.name()
}

#[test]
fn a_quotation_is_compared_without_widths_blanks_and_variants_of_marks() {
    let graph = notice();
    assert_eq!(check(&graph, "更换灰口铸铁管120公里,漏损率降至9.5%以下"), "verified");
    assert_eq!(check(&graph, "更换灰口铸铁管１２０公里，\n漏损率 降至9.5％以下"), "verified");
    assert_eq!(check(&graph, "“更换灰口铸铁管120公里”"), "verified");
    assert_eq!(check(&graph, "更换灰口铸铁管120公里、漏损率降至9.5%以下"), "differs");
    assert_eq!(check(&graph, "建设海水淡化工程并推广节水灌溉"), "not_in_corpus");
    assert_eq!(check(&graph, " ,。"), "not_checked");
    assert_eq!(check(&graph, ""), "not_checked");
}

#[test]
fn a_quotation_that_differs_has_both_wordings() {
    let graph = notice();
    let found = graph.verify("更换灰口铸铁管150公里,漏损率降至8.5%以下");
    assert_eq!(found.verdict, Verdict::Differs);
    let edits: Vec<(&str, &str)> =
        found.edits.iter().map(|edit| (&*edit.asserted, &*edit.printed)).collect();
    assert_eq!(edits, [("5", "2"), ("8", "9")]);
    let printed = found.quoted[0].span.slice(NOTICE);
    assert_eq!(printed, "更换灰口铸铁管120公里,漏损率降至9.5%以下");
}

#[test]
fn a_part_of_a_figure_is_not_the_figure() {
    let graph = notice();
    assert_eq!(check(&graph, "20公里,漏损率降至9.5%以下"), "differs");
    assert_eq!(check(&graph, "漏损率降至9"), "differs");
    assert_eq!(check(&graph, "十万吨"), "differs");
    assert_eq!(check(&graph, "三十万吨"), "verified");
}

#[test]
fn a_quotation_may_be_of_one_document_only() {
    let other = "关于供热的若干措施\n一、改造管网。更换旧管。\n2025年6月1日";
    let graph = graph(&[("water", NOTICE), ("heat", other)]);
    let quote = |words: &str, document: &str| {
        let document = Some(document.to_owned());
        graph.verify(Assertion::Quotation { words: words.to_owned(), document }).verdict.name()
    };
    assert_eq!(quote("更换旧管", "heat"), "verified");
    assert_eq!(quote("更换旧管", "water"), "differs");
    assert_eq!(quote("更换旧管", "晋水发〔2025〕7号"), "differs");
    assert_eq!(quote("更换旧管", "晋水发〔2025〕70号"), "not_in_corpus");
}

#[test]
fn an_article_that_does_not_exist_is_told_apart_from_an_instrument_that_does_not() {
    let graph = notice();
    assert_eq!(check(&graph, "晋水发〔2025〕7号"), "verified");
    assert_eq!(check(&graph, "晋水发[2025]7号第三条"), "verified");
    let beyond = graph.verify("晋水发〔2025〕7号第九条");
    assert_eq!(beyond.verdict, Verdict::Differs);
    assert!(beyond.explanation.contains("4 measures"), "{}", beyond.explanation);
    let slip = graph.verify("晋水发〔2025〕8号");
    assert_eq!(slip.verdict, Verdict::NotInCorpus);
    assert_eq!(slip.names[0].1, Familiarity::Similar);
    assert!(!slip.nearest.is_empty());
    let made_up = graph.verify("国卫医函〔1999〕1234号第二条");
    assert_eq!(made_up.verdict, Verdict::NotInCorpus);
    assert_eq!(made_up.names[0].1, Familiarity::Unknown);
    assert_eq!(
        check(&graph, "《山西省水利厅关于城市供水的若干措施》(晋水发〔2025〕7号)第一条"),
        "verified"
    );
    assert_eq!(
        check(&graph, "《山西省水利厅关于城市供水的若干措施》(晋水发〔2025〕9号)"),
        "differs"
    );
}

#[test]
fn words_of_another_article_are_not_those_of_this_one() {
    let graph = notice();
    let words = |article: u32, words: &str| {
        graph.verify(Assertion::Citation {
            instrument: "晋水发〔2025〕7号".to_owned(),
            article: Some(article),
            part: None,
            words: Some(words.to_owned()),
        })
    };
    assert_eq!(words(4, "落实阶梯水价").verdict, Verdict::Verified);
    let other = words(2, "落实阶梯水价");
    assert_eq!(other.verdict, Verdict::Differs);
    assert!(other.explanation.contains("article 4"), "{}", other.explanation);
}

#[test]
fn a_role_is_that_of_the_clause_after_the_words() {
    let graph = notice();
    assert_eq!(check(&graph, "山西省水利厅牵头改造老旧管网"), "verified");
    assert_eq!(check(&graph, "省水利厅牵头改造老旧管网"), "verified");
    assert_eq!(check(&graph, "山西省财政厅配合改造老旧管网"), "verified");
    assert_eq!(check(&graph, "山西省财政厅牵头改造老旧管网"), "differs");
    assert_eq!(check(&graph, "山西省水利厅负责更新水厂设备"), "differs");
    assert_eq!(check(&graph, "山西省水利厅分工负责更新水厂设备"), "verified");
    assert_eq!(check(&graph, "更新水厂设备由山西省财政厅负责"), "differs");
    assert_eq!(check(&graph, "山西省水利厅负责完善水价机制"), "not_checked");
    assert_eq!(check(&graph, "山西省水利厅负责建设海底隧道并运营"), "not_in_corpus");
    assert_eq!(check(&graph, "山西省水利厅负责管网"), "not_checked");
}

#[test]
fn two_agencies_of_one_sentence_are_not_mixed_up() {
    let graph = notice();
    assert_ne!(check(&graph, "山西省卫生健康委负责水源检测"), "verified");
    assert_ne!(check(&graph, "山西省生态环境厅负责末梢水检测"), "verified");
}

#[test]
fn an_agency_that_nobody_knows_is_unknown() {
    let graph = notice();
    let known = |claim: &str| {
        let found = graph.verify(claim);
        (found.verdict.name(), found.names[0].1)
    };
    let claim = |agency: &str| format!("{agency}牵头改造老旧管网");
    assert_eq!(known(&claim("山西省水利厅")), ("verified", Familiarity::Named));
    assert_eq!(known(&claim("青海省水利厅")), ("not_in_corpus", Familiarity::Known));
    assert_eq!(known(&claim("太原市财政局")).0, "differs");
    assert_eq!(known(&claim("山西省时空管理局")), ("not_in_corpus", Familiarity::Unknown));
    assert_eq!(
        known("山西省时空管理局牵头建设海底隧道并运营"),
        ("not_in_corpus", Familiarity::Unknown)
    );
}

#[test]
fn all_words_of_a_claim_are_checked() {
    let graph = notice();
    let claim = "改造老旧管网由山西省水利厅牵头,2030年底前更换1200公里";
    assert_ne!(check(&graph, claim), "verified");
    assert_eq!(check(&graph, "改造老旧管网由山西省水利厅牵头"), "verified");
}

#[test]
fn several_agencies_are_checked_one_by_one() {
    let graph = notice();
    let joint = "省住房城乡建设厅、省水利厅";
    assert_eq!(check(&graph, &format!("{joint}按职责分工负责更新水厂设备")), "verified");
    assert_eq!(check(&graph, &format!("更新水厂设备由{joint}负责")), "verified");
    assert_eq!(check(&graph, &format!("{joint}和省财政厅按职责分工负责更新水厂设备")), "differs");
    let found = graph.verify(format!("{joint}按职责分工负责更新水厂设备"));
    assert_eq!((found.names.len(), found.quoted.len(), found.places), (2, 2, 2));
}

#[test]
fn words_after_the_last_clause_are_not_of_it() {
    let text = "山西省水利厅关于供水的若干措施
一、改造管网。更换铸铁管。(省水利厅牵头)各市要落实配套资金。
二、更新水厂。(省水利厅牵头)提高供水能力。
山西省水利厅
2025年5月14日";
    let graph = graph(&[("water", text)]);
    assert_eq!(check(&graph, "山西省水利厅牵头更换铸铁管"), "verified");
    assert_eq!(check(&graph, "山西省水利厅牵头落实配套资金"), "not_checked");
    assert_eq!(check(&graph, "山西省水利厅牵头提高供水能力"), "verified");
}

#[test]
fn all_clauses_of_a_measure_apply_to_its_heading() {
    let text = "山西省水利厅关于供水的若干措施
一、改造管网。更换旧管。(省水利厅牵头)建设三座加压泵站和水厂。(省财政厅牵头)
2025年5月14日";
    let graph = graph(&[("water", text)]);
    assert_eq!(check(&graph, "山西省水利厅牵头改造管网"), "verified");
    assert_eq!(check(&graph, "山西省财政厅牵头改造管网"), "verified");
    assert_eq!(check(&graph, "山西省财政厅牵头更换旧管"), "differs");
    assert_eq!(check(&graph, "山西省教育厅牵头改造管网"), "differs");
}

#[test]
fn a_few_words_between_two_brackets_part_their_clauses() {
    let text = "山西省水利厅关于供水的若干措施
一、改造管网。更换旧管。(省水利厅牵头)建设泵站。(省财政厅牵头)
二、更新水厂。提高供水能力。(省水利厅牵头)(省财政厅配合)
2025年5月14日";
    let graph = graph(&[("water", text)]);
    assert_eq!(check(&graph, "山西省财政厅牵头更换旧管"), "differs");
    assert_eq!(check(&graph, "山西省水利厅牵头更换旧管"), "verified");
    assert_eq!(check(&graph, "山西省财政厅配合提高供水能力"), "verified");
}

#[test]
fn a_wrong_quotation_with_a_role_keeps_its_difference() {
    let text = "关于审批的若干措施
一、优化审批。由省药监局负责受理申请,将审批时限由58个工作日压缩为30个工作日。
2025年6月1日";
    let graph = graph(&[("review", text)]);
    let found = graph.verify("由省药监局负责受理申请,将审批时限由58个工作日压缩为20个工作日");
    assert_eq!(found.verdict, Verdict::Differs);
    assert_eq!((&*found.edits[0].asserted, &*found.edits[0].printed), ("2", "3"));
}

#[test]
fn a_part_of_an_article_is_not_checked() {
    let graph = notice();
    assert_eq!(check(&graph, "晋水发〔2025〕7号第三条第九十九款"), "not_checked");
    assert_eq!(check(&graph, "晋水发〔2025〕7号第九十九款"), "not_checked");
    assert_eq!(check(&graph, "晋水发〔2025〕7号第九条第一款"), "differs");
}

#[test]
fn words_of_an_article_do_not_begin_inside_a_figure() {
    let graph = notice();
    let words = |words: &str| {
        let claim = Assertion::Citation {
            instrument: "晋水发〔2025〕7号".to_owned(),
            article: Some(1),
            part: None,
            words: Some(words.to_owned()),
        };
        graph.verify(claim).verdict.name()
    };
    assert_eq!(words("120公里,漏损率降至9.5%以下"), "verified");
    assert_eq!(words("20公里,漏损率降至9.5%以下"), "differs");
}

#[test]
fn an_article_may_be_missing_where_ordinals_repeat_or_have_gaps() {
    let ordinals = |second: &str, third: &str| {
        let text = format!(
            "供水条例\n山西省水利厅令第7号\n第一章 总则\n第一条 保障供水。\n{second} 改造管网。\n\
             第二章 附则\n{third} 本条例自2025年8月1日起施行。"
        );
        graph(&[("water", &text)]).verify("《供水条例》第九条")
    };
    let complete = ordinals("第二条", "第三条");
    assert_eq!(complete.verdict, Verdict::Differs);
    assert!(complete.explanation.contains("3 articles"), "{}", complete.explanation);
    assert_eq!(ordinals("第二条", "第一条").verdict.name(), "not_checked");
    assert_eq!(ordinals("第二条", "第五条").verdict.name(), "not_checked");
}

#[test]
fn a_long_quotation_says_how_much_of_it_was_compared() {
    let long = (0..400).map(|n| format!("第{n}处管网")).collect::<String>();
    let text = format!("关于供水的若干措施\n一、改造管网。{long}完毕。\n2025年6月1日");
    let other = "关于供热的若干措施\n一、改造管网。更换旧管。\n2025年6月1日";
    let graph = graph(&[("water", &text), ("heat", other)]);
    let wrong = format!("{long}未完毕");
    let found = graph.verify(&*wrong);
    assert_eq!(found.verdict, Verdict::Differs);
    assert!(found.explanation.contains("a later one differs"), "{}", found.explanation);
    let found = graph.verify(wrong.replacen('管', "水", 1));
    assert!(found.explanation.contains("only the first 1000"), "{}", found.explanation);
    let document = Some("heat".to_owned());
    let found = graph.verify(Assertion::Quotation { words: wrong, document });
    assert_eq!(found.verdict, Verdict::NotInCorpus);
}

#[test]
fn words_of_a_document_that_has_ended_are_not_verified() {
    let repealing = "山西省水利厅关于供水的办法
第一条 加强供水。
第二条 本办法自2026年1月1日起施行。《山西省水利厅关于城市供水的若干措施》(晋水发〔2025〕7号)同时废止。
山西省水利厅
2025年12月1日";
    let graph = graph(&[("water", NOTICE), ("new", repealing)]);
    let on = |text: &str, day: &str| {
        let verifier = Verifier::new(&*graph).on(day.parse().unwrap());
        verifier.check(&text.into()).verdict.to_string()
    };
    assert_eq!(on("落实阶梯水价", "2025-12-31"), "verified");
    assert_eq!(on("落实阶梯水价", "2026-01-01"), "repealed on 2026-01-01");
    assert_eq!(on("晋水发〔2025〕7号第四条", "2026-02-01"), "repealed on 2026-01-01");
    assert_eq!(on("山西省水利厅牵头改造老旧管网", "2026-02-01"), "repealed on 2026-01-01");
}

#[cfg(feature = "builtin")]
mod seeds {
    use super::*;
    use std::sync::LazyLock;

    static VERIFIER: LazyLock<Verifier<&'static Graph>> =
        LazyLock::new(|| Verifier::new(crate::builtin()));

    fn quotation(words: &str) -> Verification {
        VERIFIER.check(&Assertion::Quotation { words: words.to_owned(), document: None })
    }

    /// Returns a text of a document between two of its characters.
    fn cut(document: usize, start: usize, len: usize) -> &'static str {
        let graph = crate::builtin();
        let id = graph.documents().nth(document % graph.documents().len()).unwrap();
        let text = &graph.at(id).record().text;
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let start = start % bounds.len();
        let end = bounds.get(start + len).copied().unwrap_or(text.len());
        &text[bounds[start]..end]
    }

    /// Returns true if a cut of a text begins or ends in a figure.
    fn is_cut_in_figure(words: &str) -> bool {
        let whole = crate::builtin().records().find(|record| {
            let start = record.text.as_ptr() as usize;
            (start..start + record.text.len()).contains(&(words.as_ptr() as usize))
        });
        let text = &whole.unwrap().text;
        let at = words.as_ptr() as usize - text.as_ptr() as usize;
        let before = fold(&text[..at]);
        splits_figure(&fold(text), before.len(), before.len() + fold(words).len())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn words_cut_from_a_document_are_verified(
            document in 0..13_usize, start in 0..20_000_usize, len in 1..120_usize,
        ) {
            let words = cut(document, start, len);
            prop_assume!(substance(&fold(words)) > 0 && !is_cut_in_figure(words));
            prop_assert_eq!(quotation(words).verdict, Verdict::Verified, "{}", words);
        }

        #[test]
        fn words_with_another_figure_are_never_verified(
            document in 0..13_usize, which in 0..400_usize, before in 0..40_usize,
            after in 12..40_usize, by in 1..10_u32,
        ) {
            let graph = crate::builtin();
            let text = &graph.at(graph.documents().nth(document).unwrap()).record().text;
            let digits: Vec<usize> =
                text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
            let at = digits[which % digits.len()];
            let start = text[..at].char_indices().rev().take(before).last().map_or(at, |(at, _)| at);
            // A few characters before the end of the text, as 1日, are said elsewhere too.
            let end = text[at..].char_indices().nth(after).map(|(len, _)| at + len);
            prop_assume!(end.is_some());
            let end = end.unwrap();
            let digit = text[at..=at].parse::<u32>().unwrap();
            let changed = format!("{}{}{}", &text[start..at], (digit + by) % 10, &text[at + 1..end]);
            let verdict = quotation(&changed).verdict;
            prop_assert_ne!(verdict, Verdict::Verified, "{}", changed);
        }

        #[test]
        fn an_article_beyond_the_last_is_never_verified(document in 0..13_usize, beyond in 1..900_u32) {
            let graph = crate::builtin();
            let id = graph.documents().nth(document).unwrap();
            let last = graph.at(id).measures().map(|of| of.ordinal()).max().unwrap_or(0);
            let citation = Assertion::Citation {
                instrument: graph.at(id).key().to_owned(),
                article: Some(last + beyond),
                part: None,
                words: None,
            };
            prop_assert_ne!(VERIFIER.check(&citation).verdict, Verdict::Verified);
        }

        #[test]
        fn any_text_has_a_verdict(text in "[省药监局牵头负责由第八条〔2024〕53号《》。 甲0]{0,30}") {
            let found = VERIFIER.check(&text.as_str().into());
            prop_assert_eq!(&found, &VERIFIER.check(&text.as_str().into()));
            for quoted in found.quoted {
                let text = &crate::builtin().at(quoted.document).record().text;
                prop_assert!(text.get(quoted.span.start as usize..quoted.span.end as usize).is_some());
            }
        }
    }

    #[test]
    fn each_responsibility_that_was_read_is_verified_and_no_other_role_is() {
        let graph = crate::builtin();
        let mut checked = 0;
        for measure in graph.measures().map(|id| graph.at(id)) {
            for (agency, role, _) in measure.responsible() {
                let claim = |role: Role| {
                    let (agency, task) = (agency.name().to_owned(), measure.key().to_string());
                    VERIFIER.check(&Assertion::Responsibility { agency, role, task }).verdict
                };
                assert_eq!(claim(role), Verdict::Verified, "{} {}", measure.key(), agency.name());
                for &other in Role::ALL.iter().filter(|&&other| other != role) {
                    assert_eq!(claim(other), Verdict::Differs, "{}", measure.key());
                }
                checked += 1;
            }
        }
        assert!(checked > 50, "{checked}");
    }

    #[test]
    fn a_responsibility_by_heading_is_not_denied() {
        let graph = crate::builtin();
        let (mut verified, mut not_checked) = (0, 0);
        for measure in graph.measures().map(|id| graph.at(id)) {
            let Some(title) = measure.title().filter(|title| substance(&fold(title)) >= 4) else {
                continue;
            };
            for (agency, role, _) in measure.responsible() {
                let (agency, task) = (agency.name().to_owned(), title.to_owned());
                let claim = Assertion::Responsibility { agency, role, task };
                let found = VERIFIER.check(&claim);
                match found.verdict {
                    Verdict::Verified => verified += 1,
                    Verdict::NotChecked { .. } => not_checked += 1,
                    _ => panic!("{claim:?}: {found:?}"),
                }
            }
        }
        assert!(verified > 50 && not_checked < verified, "{verified} {not_checked}");
    }
}
