use super::*;
use crate::model::{Measure, Modality};
use crate::read;
use std::collections::HashMap;

#[test]
fn embedded_tables_refer_to_entries_that_exist() {
    Lexicon::embedded().unwrap().check().unwrap();
}

#[test]
fn words_of_embedded_tables_can_be_found() {
    let lexicon = Lexicon::builtin();
    check_words("agencies", &lexicon.agencies.functions).unwrap();
    check_words("bodies", &lexicon.agencies.bodies).unwrap();
    check_words("products", &lexicon.products).unwrap();
    check_words("instruments", &lexicon.instruments.table).unwrap();
    check_words("quantities", &lexicon.quantities).unwrap();
    check_words("platforms", &lexicon.platforms).unwrap();
    check_words("layout", &lexicon.layout).unwrap();
    check_words("names", &lexicon.names).unwrap();
    check_words("duties", &lexicon.duties).unwrap();
    check_words("modality", &lexicon.modals).unwrap();
    check_words("cues", &lexicon.cues).unwrap();
    check_words("concepts", &lexicon.concepts().to_vec()).unwrap();
}

#[test]
fn a_word_means_one_function_at_a_level() {
    let lexicon = Lexicon::builtin();
    let mut seen = HashMap::new();
    for function in &lexicon.agencies.functions {
        let words = std::iter::once(&function.name).chain(&function.short).chain(&function.stems);
        for (word, level) in
            words.flat_map(|word| function.levels.iter().map(move |level| (word, level)))
        {
            let other = seen.insert((word, level, function.party), &function.name);
            assert_eq!(other, None, "{word} at {level:?} also means {}", function.name);
        }
    }
}

#[test]
fn regions_are_sorted_and_have_their_parents() {
    let regions = &Lexicon::builtin().regions;
    let mut last = "";
    for index in 0..regions.today() as RegionIndex {
        let region = regions.get(index);
        assert!(&*region.code > last, "{} after {last}", region.code);
        last = &region.code;
        let above = regions.above(index);
        assert_eq!(above.is_none(), region.code.ends_with("0000"), "{}", region.name);
    }
}

/// The first measure of a text, read with one table extended by `json`.
fn first_measure(vocabulary: Vocabulary, json: &str, text: &str) -> Measure {
    let lexicon = Lexicon::builtin().with(vocabulary, json).unwrap();
    let text = format!("山西省药品监督管理局若干措施\n{text}\n二、加强其他工作。继续推进。\n");
    read(&lexicon, "text", text).measures.swap_remove(0)
}

#[test]
fn added_regions_are_read() {
    let json = r#"{"entries": [
        {"code": "149900", "name": "汾源市", "short": ["汾源"]},
        {"code": "150000", "name": "内蒙古自治区", "short": ["\u5185\u8499"]}
    ]}"#;
    let lexicon = Lexicon::builtin().with(Vocabulary::Regions, json).unwrap();
    assert_eq!(lexicon.within("汾源市"), Some("山西省"));
    assert_eq!(lexicon.within("内蒙"), Some("中国"));
    let text = "一、加强监管。由汾源市卫生健康委员会牵头负责。";
    let measure = first_measure(Vocabulary::Regions, json, text);
    assert_eq!(measure.provision.responsible[0].agency, "汾源市卫生健康委员会");
}

#[test]
fn added_agencies_and_bodies_are_read() {
    let json = r#"{"entries": [{"name": "国家低空经济局", "short": ["低空总局"]}]}"#;
    let text = "一、加强监管。落实低空总局要求。";
    let measure = first_measure(Vocabulary::Bodies, json, text);
    assert_eq!(measure.provision.agencies[0].value, "国家低空经济局");

    let json = r#"{"entries": [
        {"name": "低空经济发展局", "short": ["低空局"], "levels": ["province"]}
    ]}"#;
    let text = "一、加强监管。由省低空局牵头负责。";
    let measure = first_measure(Vocabulary::Agencies, json, text);
    assert_eq!(measure.provision.responsible[0].agency, "山西省低空经济发展局");
}

#[test]
fn added_forms_of_names_are_read() {
    let json = r#"{"offices": [{
        "name": "国家药品监督管理局{}审评分中心", "forms": ["{}审评分中心"],
        "national": "国家药品监督管理局"
    }]}"#;
    let text = "一、加强监管。由山西审评分中心牵头负责。";
    let measure = first_measure(Vocabulary::Names, json, text);
    let agency = &measure.provision.responsible[0].agency;
    assert_eq!(agency, "国家药品监督管理局山西省审评分中心");
}

#[test]
fn added_duty_words_are_read() {
    let json = r#"{"labels": {"responsible": ["承办方"]}}"#;
    let text = "一、加强监管。继续推进。(承办方:省药监局)";
    let measure = first_measure(Vocabulary::Duties, json, text);
    assert_eq!(measure.provision.responsible[0].agency, "山西省药品监督管理局");
}

#[test]
fn added_instruments_are_read() {
    let json = r#"{"entries": [
        {"title": "低空经济促进条例", "kind": "regulation", "short": ["低空条例"]}
    ]}"#;
    let text = "一、加强监管。执行低空条例。";
    let measure = first_measure(Vocabulary::Instruments, json, text);
    assert_eq!(measure.provision.cites[0].title, "低空经济促进条例");
}

#[test]
fn added_products_and_modifiers_are_read() {
    let json = r#"{
        "entries": [{"label": "微型药", "broader": ["药品"]}],
        "modifiers": [{"modifier": "微型", "heads": {"药品": "微型药"}}]
    }"#;
    let measure = first_measure(Vocabulary::Products, json, "一、支持微型药品。继续推进。");
    assert_eq!(measure.provision.products[0].value, "微型药");
}

#[test]
fn added_concepts_are_found() {
    let json = r#"{"entries": [
        {"topic": "创新", "concept": "低空配送", "forms": ["低空配送", "无人机配送"]}
    ]}"#;
    let lexicon = Lexicon::builtin().with(Vocabulary::Concepts, json).unwrap();
    let found: Vec<_> = lexicon.concepts.find("推广无人机配送").collect();
    let concept = &lexicon.concepts()[found.last().unwrap().concept as usize];
    assert_eq!(concept.concept, "低空配送");
}

#[test]
fn added_quantities_are_read() {
    let json = r#"{"units": [{"form": "架次", "count": true}], "at_least": ["至少要有"]}"#;
    let text = "一、加强监管。每年配送至少要有500架次。";
    let measure = first_measure(Vocabulary::Quantities, json, text);
    let target = &measure.provision.targets[0];
    assert_eq!((target.to, target.unit.as_str()), (Some(500.0), "架次"));
}

#[test]
fn added_modal_words_are_read() {
    let text = "一、加强监管。企业务须报告。";
    let measure = first_measure(Vocabulary::Modality, r#"{"must": ["务须"]}"#, text);
    assert_eq!(measure.provision.modality[0].value, Modality::Must);
}

#[test]
fn added_programmes_are_read() {
    let text = "一、加强监管。推进晋药出海专项。";
    let measure = first_measure(Vocabulary::Platforms, r#"{"plain": ["晋药出海专项"]}"#, text);
    assert_eq!(measure.provision.platforms[0].value, "晋药出海专项");
}

#[test]
fn added_closing_lines_and_cues_end_the_body() {
    for (vocabulary, json) in [
        (Vocabulary::Layout, r#"{"closings": ["以上请遵照"]}"#),
        (Vocabulary::Cues, r#"{"outline": {"invitations": ["以上请"]}}"#),
    ] {
        let lexicon = Lexicon::builtin().with(vocabulary, json).unwrap();
        let text = "一、加强监管。继续推进。\n二、优化服务。继续推进。\n以上请遵照办理。";
        let ends = |lexicon: &Lexicon| read(lexicon, "text", text).measures[1].span.end as usize;
        assert_eq!(ends(&lexicon), text.find("\n以上").unwrap(), "{vocabulary}");
        assert_eq!(ends(Lexicon::builtin()), text.len());
    }
}

#[test]
fn an_added_outline_makes_its_policy_known() {
    let json = r#"{
        "number": "国办发〔2099〕1号", "title": "国务院办公厅关于低空经济的意见", "issuers": [],
        "dates": {"signed": null, "published": null}, "chapters": [], "articles": []
    }"#;
    let lexicon = Lexicon::builtin().with(Vocabulary::Outlines, json).unwrap();
    assert_eq!(lexicon.outlines().len(), 2);
    let known = lexicon.instruments.numbered("国办发〔2099〕1号").unwrap();
    assert_eq!(known.title, "国务院办公厅关于低空经济的意见");
}

#[test]
fn errors_name_the_vocabulary_and_the_entry() {
    for (vocabulary, json, message) in [
        (
            Vocabulary::Products,
            r#"{"entries": [{"label": "药械"}, {"label": "甲", "forms": [""]}]}"#,
            "products.json: entries, entry 2 (甲): a word is empty",
        ),
        (Vocabulary::Cues, r#"{"targets": {"aim": []}}"#, "cues.json: unknown field `aim`"),
        (
            Vocabulary::Cues,
            r#"{"targets": {"aims": ["实现"], "aims": ["达到"]}}"#,
            "cues.json: duplicate field `aims`",
        ),
        (
            Vocabulary::Cues,
            r#"{"targets": ["实现"]}"#,
            "cues.json: invalid type: sequence, expected an object with the lists of a vocabulary",
        ),
        (
            Vocabulary::Cues,
            r#"{"targets": {"aims": ["实\n现"]}}"#,
            "cues.json: targets.aims: a word contains a control character",
        ),
        (
            Vocabulary::Modality,
            r#"{"must": ["应当 "]}"#,
            "modality.json: must: a word begins or ends with a blank",
        ),
        (
            Vocabulary::Regions,
            r#"{"entries": [{"code": "990100", "name": "汾源市"}]}"#,
            "regions.json: 汾源市 (990100): has no parent",
        ),
        (
            Vocabulary::Regions,
            r#"{"entries": [{"code": "140000", "name": "汾源省"}]}"#,
            "regions.json: 汾源省 (140000): has the code of 山西省",
        ),
        (
            Vocabulary::Names,
            r#"{"offices": [{"name": "{}", "forms": [], "national": "国务院"}]}"#,
            "names.json: offices: {}: needs {} or {short} and a word after it",
        ),
        (
            Vocabulary::Agencies,
            r#"{"entries": [{"name": "甲局", "levels": [], "national": "国家甲局"}]}"#,
            "agencies.json: 甲局: unknown national body 国家甲局",
        ),
        (
            Vocabulary::Instruments,
            r#"{"entries": [{"title": "", "kind": "law"}]}"#,
            "instruments.json: entries, entry 1 (): a word is empty",
        ),
    ] {
        let error = Lexicon::builtin().with(vocabulary, json).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Vocabulary);
        assert!(error.to_string().starts_with(message), "{error}");
    }
}

#[test]
fn ids_do_not_wrap_in_a_table_of_70_000_instruments() {
    let entries: Vec<_> = (0..70_000)
        .map(|n| {
            format!(r#"{{"title": "第{n}号管理办法", "kind": "policy", "short": ["办法{n}号"]}}"#)
        })
        .collect();
    let json = format!(r#"{{"entries": [{}]}}"#, entries.join(","));
    let lexicon = Lexicon::builtin().with(Vocabulary::Instruments, &json).unwrap();
    let known = lexicon.instruments.titled(&TitleKey::new("第69999号管理办法")).unwrap();
    assert_eq!(known.title, "第69999号管理办法");
    let text = "一、执行办法69999号。";
    let index = lexicon.scanner.scan(text).into_iter().find_map(|token| {
        lexicon.scanner.meanings(token).iter().find_map(|meaning| match meaning {
            Meaning::Instrument(index) => Some(*index),
            _ => None,
        })
    });
    assert_eq!(lexicon.instruments.table[index.unwrap() as usize].title, known.title);
}

/// The numbers of a test in characters that read as nothing else.
fn stems(number: u32) -> String {
    let digit = |c: char| "甲乙丙丁戊己庚辛壬癸".chars().nth(c.to_digit(10).unwrap() as usize);
    format!("{number:05}").chars().filter_map(digit).collect()
}

/// A table of 70,000 entries.
fn table_of_70_000(entry: impl Fn(String) -> String) -> String {
    let entries: Vec<_> = (0..70_000).map(|number| entry(stems(number))).collect();
    format!(r#"{{"entries": [{}]}}"#, entries.join(","))
}

#[test]
fn ids_do_not_wrap_in_a_table_of_70_000_agencies() {
    let json = table_of_70_000(|n| format!(r#"{{"name": "{n}局", "levels": ["province"]}}"#));
    let text = format!("一、加强监管。由山西省{}局牵头负责。", stems(69_999));
    let measure = first_measure(Vocabulary::Agencies, &json, &text);
    assert_eq!(measure.provision.responsible[0].agency, format!("山西省{}局", stems(69_999)));

    let json = table_of_70_000(|n| format!(r#"{{"name": "国家{n}局", "short": ["{n}总局"]}}"#));
    let text = format!("一、加强监管。落实{}总局要求。", stems(69_999));
    let measure = first_measure(Vocabulary::Bodies, &json, &text);
    assert_eq!(measure.provision.agencies[0].value, format!("国家{}局", stems(69_999)));
}

#[test]
fn ids_do_not_wrap_in_a_table_of_70_000_products() {
    let json = table_of_70_000(|n| format!(r#"{{"label": "{n}药", "broader": ["药品"]}}"#));
    let text = format!("一、支持{}药。继续推进。", stems(69_999));
    let measure = first_measure(Vocabulary::Products, &json, &text);
    assert_eq!(measure.provision.products[0].value, format!("{}药", stems(69_999)));
}

#[test]
fn ids_do_not_wrap_in_a_table_of_70_000_concepts() {
    let json = table_of_70_000(|n| {
        format!(r#"{{"topic": "{n}业", "concept": "{n}事", "forms": ["{n}事"]}}"#)
    });
    let lexicon = Lexicon::builtin().with(Vocabulary::Concepts, &json).unwrap();
    let found = lexicon.concepts.find(&stems(69_999)).next();
    assert_eq!(found, None);
    let text = format!("办理{}事项", stems(69_999));
    let found = lexicon.concepts.find(&text).next().unwrap();
    let concept = &lexicon.concepts()[found.concept as usize];
    assert_eq!(concept.concept, format!("{}事", stems(69_999)));
    assert_eq!(lexicon.concepts.topic(found.topic), format!("{}业", stems(69_999)));
}

/// Makes a table that holds only one entry, with a value in the place of one of its strings.
type Table<'t> = &'t dyn Fn(serde_json::Value) -> serde_json::Value;

/// Calls `visit` with every string of a table in a table that holds only its entry, and with a setter.
fn each_string(
    whole: &serde_json::Value,
    path: &str,
    wrap: Table,
    visit: &mut dyn FnMut(&str, &str, Table),
) {
    use serde_json::Value;
    match whole {
        Value::String(word) => visit(path, word, wrap),
        Value::Array(list) => {
            for one in list {
                each_string(one, path, &|one| wrap(Value::Array(vec![one])), visit);
            }
        }
        Value::Object(fields) => {
            for (field, value) in fields {
                let wrap = |value| {
                    // The other fields of an entry stay, the other lists of the table go.
                    let mut fields = if path.is_empty() && !fields.contains_key("articles") {
                        Default::default()
                    } else {
                        fields.clone()
                    };
                    fields.insert(field.clone(), value);
                    wrap(Value::Object(fields))
                };
                each_string(value, &format!("{path}.{field}"), &wrap, visit);
            }
        }
        _ => {}
    }
}

/// The embedded files of the vocabularies.
fn embedded_files() -> impl Iterator<Item = (Vocabulary, serde_json::Value)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/");
    Vocabulary::ALL.iter().map(move |&vocabulary| {
        let file = match vocabulary {
            Vocabulary::Outlines => "policies/gbf-2024-53.json".to_owned(),
            vocabulary => format!("lexicon/{vocabulary}.json"),
        };
        let json = std::fs::read_to_string(format!("{folder}{file}")).unwrap();
        (vocabulary, serde_json::from_str(&json).unwrap())
    })
}

/// Fields for people, of which the value is not kept.
fn is_remark(path: &str) -> bool {
    [".source", ".for", ".note"].iter().any(|end| path.ends_with(end))
        || path.contains(".horizons.")
}

#[test]
fn a_hostile_string_in_any_field_is_an_error_that_names_its_table() {
    let long = "长".repeat(334);
    let hostile = [
        serde_json::Value::from(""),
        "\0".into(),
        "药\u{7}品".into(),
        " 药品".into(),
        long.as_str().into(),
        7.into(),
        vec![0.5].into(),
    ];
    // An error leaves the tables as they are.
    let mut lexicon = Lexicon::builtin().clone();
    let mut tried = 0;
    for (vocabulary, table) in embedded_files() {
        let mut seen = std::collections::HashSet::new();
        each_string(&table, "", &|table| table, &mut |path, _, with| {
            if is_remark(path) || !seen.insert(path.to_owned()) {
                return;
            }
            for word in &hostile {
                let (error, short) = match lexicon.add(vocabulary, &with(word.clone()).to_string())
                {
                    Err(error) => (error, word.to_string().chars().take(20).collect::<String>()),
                    Ok(_) => panic!("{vocabulary}{path}: {:.40} is accepted", word.to_string()),
                };
                assert_eq!(error.kind(), ErrorKind::Vocabulary, "{vocabulary}{path}: {short}");
                assert_eq!(
                    error.place(),
                    vocabulary.file(),
                    "{vocabulary}{path}: {short}: {error}"
                );
                assert!(error.to_string().len() < 1000, "{vocabulary}{path}: {short}");
                tried += 1;
            }
        });
    }
    assert!(tried > 7 * 100, "{tried}");
}

fn add(vocabulary: Vocabulary, json: serde_json::Value) -> Result<Lexicon, Error> {
    Lexicon::builtin().with(vocabulary, &json.to_string())
}

#[test]
fn an_odd_word_in_any_field_is_an_error_or_can_be_read() {
    for (vocabulary, table) in embedded_files() {
        let mut seen = std::collections::HashSet::new();
        each_string(&table, "", &|table| table, &mut |path, old, with| {
            if is_remark(path) || !seen.insert(path.to_owned()) {
                return;
            }
            // A combining mark, a character of four bytes, or the word of the table once more.
            let word = ["\u{301}", "𠮷", old][seen.len() % 3];
            match add(vocabulary, with(word.into())) {
                Err(error) => assert_eq!(error.kind(), ErrorKind::Vocabulary, "{vocabulary}{path}"),
                Ok(lexicon) => {
                    let text =
                        format!("一、{word}牵头落实{word}药品{word}。\n二、e\u{301}《{word}》");
                    let record = read(&lexicon, "text", text.as_str());
                    assert_eq!(record.text, text);
                    assert_eq!(
                        lexicon.concepts.find(&text).filter(|c| c.range.is_empty()).count(),
                        0
                    );
                }
            }
        });
    }
}

#[test]
fn keys_of_products_are_checked() {
    for json in [
        r#"{"selected": [{"form": "中选品", "labels": {"": "药品"}}]}"#,
        r#"{"modifiers": [{"modifier": "微型", "heads": {"\u0000": "药品"}}]}"#,
        r#"{"standards": [""]}"#,
    ] {
        assert!(Lexicon::builtin().with(Vocabulary::Products, json).is_err(), "{json}");
    }
    let error =
        Lexicon::builtin().with(Vocabulary::Instruments, r#"{"standards": [""]}"#).unwrap_err();
    assert!(error.to_string().contains("standards, entry 1 (): a word is empty"), "{error}");
}

#[test]
fn the_words_of_a_modifier_and_its_head_are_checked_together() {
    let long = "微".repeat(300);
    let json = format!(
        r#"{{"heads": [{{"label": "药品", "forms": ["{long}"]}}], "modifiers": [{{"modifier": "{long}", "heads": {{"药品": "药品"}}}}]}}"#
    );
    let error = Lexicon::builtin().with(Vocabulary::Products, &json).unwrap_err();
    assert!(error.to_string().contains("longer than 1000 bytes"), "{error}");
}
