//! A document as plain text, as Markdown and as HTML gives the same record.

#![cfg(feature = "builtin")]

use policygraph::{Lexicon, Origin, Record, Source, markdown, read};
use policygraph_testkit::pages::seed_paragraphs;

/// Returns the record without spans.
fn read_from(source: impl Into<Source>) -> Record {
    let record = read(Lexicon::builtin(), "one", source);
    Record { origin: Origin::default(), ..record }
}

#[test]
fn markdown_gives_the_record_of_the_plain_text() {
    let mut marked = 0;
    for document in seed_paragraphs() {
        // **一、总体要求** / - **（一）**… / **责任单位：**…
        let mark = |line: &String| {
            let ordinal = line.find(['、', '）', ')']).filter(|&at| at <= 12);
            let bold = ordinal
                .or_else(|| line.find('：'))
                .map_or(0, |at| at + line[at..].chars().next().map_or(0, char::len_utf8));
            match bold {
                0 => line.clone(),
                bold if line.starts_with(['一', '二']) => {
                    format!("## **{}**{}", &line[..bold], &line[bold..])
                }
                bold => format!("- **{}**{}", &line[..bold], &line[bold..]),
            }
        };
        let file = document.iter().map(mark).collect::<Vec<_>>().join("\n\n");
        marked += usize::from(file.contains("\n\n- **"));
        assert_eq!(read_from(markdown(file)), read_from(document.join("\n\n")));
    }
    assert!(marked >= 3, "{marked} documents have marks");
}

#[test]
fn the_file_name_selects_the_format() {
    let bytes = "**一、**加强<b>监管</b>。".as_bytes();
    let text = |name| Source::from_bytes(name, bytes).unwrap().text;
    assert_eq!(text("1.MD"), "一、加强<b>监管</b>。");
    assert_eq!(text("1.md.txt"), "**一、**加强<b>监管</b>。");
    if cfg!(feature = "html") {
        assert_eq!(text("1.shtml"), "**一、**加强监管。");
    } else {
        let error = Source::from_bytes("1.shtml", bytes).unwrap_err();
        assert!(error.to_string().contains("enable the feature `html`"), "{error}");
    }
}

#[cfg(feature = "html")]
mod pages {
    use super::*;
    use encoding_rs::GB18030;
    use policygraph::{Span, decode, html};

    /// A page with a table layout and the markup of an editor.
    fn table(document: &[String]) -> String {
        let (title, text) = document.split_first().unwrap();
        let paragraph = |line: &String| {
            let mut chars = line.chars();
            let first: String = chars.by_ref().take(4).collect();
            format!(
                "<P style=\"TEXT-INDENT: 2em\"><FONT face=仿宋>{first}</FONT><SPAN lang=EN-US>{}<o:p></o:p></SPAN></P>\r\n",
                chars.as_str()
            )
        };
        format!(
            "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.0 Transitional//EN\">
<HTML><HEAD><META http-equiv=Content-Type content=\"text/html; charset=gb2312\">
<META name=\"ArticleTitle\" content=\"{title}\"><TITLE>{title}_政策文件_某某县人民政府</TITLE>
<STYLE>.TRS_Editor P {{margin: 0}}</STYLE></HEAD><BODY>
<TABLE width=1000><TR><TD colspan=2><A href=\"/\">首页</A> | <A href=\"/zw/\">政务公开</A> | <A href=\"/hd/\">互动交流</A></TD></TR>
<TR><TD width=200><UL><LI><A href=\"1.htm\">关于做好春耕工作，确保粮食生产的通知</A><LI><A href=\"2.htm\">机构职能</A></UL></TD>
<TD><TABLE><TR><TD align=center><B>{title}</B></TD></TR>
<TR><TD><DIV class=TRS_Editor>{}</DIV></TD></TR></TABLE></TD></TR>
<TR><TD colspan=2>主办：某某县人民政府办公室，某某县大数据中心。</TD></TR></TABLE></BODY></HTML>",
            text.iter().map(paragraph).collect::<String>()
        )
    }

    /// A page with a `<div>` layout, navigation around the text and wrapped lines.
    fn blocks(document: &[String]) -> String {
        let (title, text) = document.split_first().unwrap();
        let paragraph = |line: &String| {
            let line =
                line.replace('“', "&ldquo;").replace('”', "&#8221;").replace("。", "。\n        ");
            format!("      <p>&nbsp;&emsp;{line}</p>\n")
        };
        format!(
            "<html><head><title>{title} - 某某县人民政府</title></head><body>
<div class=\"top\"><ul><li><a href=\"/\">首页</a></li><li><a href=\"/xw\">新闻，公告</a></li></ul></div>
<div class=\"crumb\">当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/zw\">政务公开</a></div>
<div class=\"article\"><h1>{title}</h1>
  <div class=\"tools\"><a href=\"javascript:print()\">打印</a><a href=\"#\">关闭</a><span style=\"display:none\">分享，收藏。</span></div>
  <div id=\"zoom\">\n{}  </div>
  <div class=\"share\">分享到：<a href=\"#\">微信</a><a href=\"#\">微博</a></div>
  <p>上一篇：<a href=\"3.html\">关于印发年度立法计划，加强制度建设的通知</a></p>
  <p>下一篇：<a href=\"4.html\">关于开展安全检查，排查隐患的通知</a></p></div>
<div class=\"side\"><h3>热点，推荐</h3><ul><li><a href=\"5.html\">关于放假安排，节日值班的通知</a></li></ul></div>
<footer>版权所有，未经许可，不得转载。</footer></body></html>",
            text.iter().map(paragraph).collect::<String>()
        )
    }

    /// A page of an application: semantic elements, and the text again as data.
    fn application(document: &[String]) -> String {
        let (title, text) = document.split_first().unwrap();
        let all: String = text.iter().map(|line| format!("<section>{line}</section>")).collect();
        let data = serde_json::json!({ "title": title, "content": all });
        format!(
            "<!doctype html><html><head><meta charset=utf-8><title>{title}</title>
<script>window.__STATE__={data}</script></head><body><div id=app><header><nav><a href=/>首页</a><span>政策，解读</span></nav></header>
<main><article><h1>{title}</h1>{all}</article><aside>相关政策，一键推送。</aside></main></div>
<noscript>请启用脚本，再浏览本页。</noscript><script src=app.js></script></body></html>"
        )
    }

    #[test]
    fn html_gives_the_record_of_the_plain_text() {
        for document in seed_paragraphs() {
            let text = document.join("\n");
            let expected = read_from(text.as_str());
            for page in [table, blocks, application] {
                let page = page(&document);
                let found = html(&page);
                let solid = |text: &str| text.split_whitespace().collect::<String>();
                assert_eq!(solid(&found.text), solid(&text));
                let record = read_from(found);
                let plain = |record: &Record| {
                    let mut json = serde_json::to_value(record).unwrap();
                    forget_places(&mut json);
                    json
                };
                assert_eq!(plain(&record), plain(&expected));
            }
        }
    }

    /// Removes spans, and white space from surfaces.
    fn forget_places(json: &mut serde_json::Value) {
        use serde_json::Value;
        match json {
            Value::Object(fields) => {
                fields.retain(|name, _| {
                    !matches!(&**name, "span" | "task_span" | "clauses" | "prose")
                });
                fields.values_mut().for_each(forget_places);
            }
            Value::Array(items) => items.iter_mut().for_each(forget_places),
            Value::String(text) => text.retain(|c| !c.is_whitespace()),
            _ => {}
        }
    }

    #[test]
    fn values_of_a_page_are_in_its_bytes() {
        for document in seed_paragraphs() {
            let page = blocks(&document);
            let record = read(Lexicon::builtin(), "page", html(&page));
            let words =
                |span: Span| html(record.origin.place(span).bytes().unwrap().slice(&page)).text;
            let solid = |text: &str| text.split_whitespace().collect::<String>();
            for measure in &record.measures {
                let printed = solid(measure.span.slice(&record.text));
                assert_eq!(solid(&words(measure.span)), printed);
                for duty in &measure.provision.responsible {
                    assert_eq!(words(duty.span), duty.span.slice(&record.text));
                }
            }
        }
    }

    #[test]
    fn a_page_in_gbk_is_read_by_its_declaration() {
        for document in seed_paragraphs() {
            let page = table(&document);
            let (bytes, _, unmapped) = GB18030.encode(&page);
            assert!(!unmapped);
            let source = Source::from_bytes("page.htm", &bytes).unwrap();
            assert_eq!(source.origin.encoding.as_deref(), Some("GBK"));
            assert_eq!(source.text, html(decode(page.as_bytes())).text);
        }
    }
}
