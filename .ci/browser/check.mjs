// Checks a report in Chromium, opened from file:// as people open it.
//
//   node check.mjs REPORT.html FOLDER-INDEX.html [PICTURES]
//
// REPORT is a page of the built-in documents, FOLDER-INDEX the first page of a report that is a folder.
// With PICTURES, screenshots at 1280 and 390 pixels are written there.

import { chromium } from "playwright-core";
import { HtmlValidate } from "html-validate";
import { createRequire } from "node:module";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [report, folder, pictures] = process.argv.slice(2);
const url = path => pathToFileURL(resolve(path)).href;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

let failed = 0;
const check = (what, is, detail = "") => {
  if (!is) { failed++; console.log(`failed: ${what}${detail && ": " + String(detail).slice(0, 300)}`); }
};

// Opens a page that counts errors of the console and requests for anything but pages of the report.
const open = async (address, options = {}) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  page.on("console", message => check(`console of ${address}`, message.type() !== "error", message.text()));
  page.on("pageerror", error => check(`script of ${address}`, false, error.message));
  page.on("request", request => check(`request of ${address}`, request.url().startsWith("file:"), request.url()));
  await page.goto(address);
  return page;
};
const go = async (page, address) => { await page.evaluate(to => { location.hash = to; }, address); await page.waitForTimeout(50); };
const accessible = async (page, what) => {
  const { violations } = await page.evaluate(() => window.axe.run(document, { preload: false, runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }));
  for (const { id, help, nodes } of violations) check(`axe, ${what}`, false, `${id}: ${help}: ${nodes[0].html.slice(0, 200)} (${nodes.length})`);
};

const VIEWS = ["cover", "documents", "coverage", "compare", "reuse", "who", "when", "flow", "around", "changes"];
const NODES = ["document:sx-2025", "measure:sx-2025/11", "agency:山西省药品监督管理局", "policy:国办发〔2024〕53号", "product:药品", "pair=measure:sx-2025/11|measure:nm-2025-18/7"];

const page = await open(url(report));

// Every view shows, and shows alone.
for (const address of [...VIEWS, ...NODES]) {
  await go(page, address);
  const shown = await page.$$eval(".view", views => views.filter(view => view.offsetParent).map(view => view.innerText.length));
  check(`view ${address}`, shown.length === 1 && shown[0] > 30, `${shown} characters`);
}

// A link to a fact lands on its words.
await go(page, "document:sx-2025");
const facts = await page.$$eval(".view.on li[data-s] a.words", links => links.map(link => decodeURIComponent(link.hash.slice(1))));
check("facts of sx-2025", facts.length > 200, facts.length);
for (let n = 0; n < facts.length; n += 23) {
  await go(page, facts[n]);
  const [start, end] = facts[n].match(/(\d+)-(\d+)$/).slice(1).map(Number);
  const { words, first, visible } = await page.evaluate(id => {
    const marks = [...document.querySelectorAll("mark.at")];
    const box = marks[0]?.getBoundingClientRect();
    return { words: marks.map(mark => mark.textContent).join(""), first: document.getElementById(id)?.textContent, visible: box && box.top > 0 && box.bottom < innerHeight };
  }, facts[n]);
  check(`words of ${facts[n]}`, Buffer.byteLength(words) <= end - start && words.length > 0 && visible && words.startsWith(first ?? words), words);
}
await go(page, "document:sx-2025@1203-1218");
check("a span that is no fact", await page.$eval("mark.at", mark => mark.offsetParent !== null));

// A key can be the name of a file. The key of a document is replaced, as the report writes it.
const scratch = mkdtempSync(join(tmpdir(), "report-"));
const named = join(scratch, "named.html"), file = "通知%20第1号%2050%25%23.docx";
writeFileSync(named, readFileSync(report, "utf8").replaceAll("sx-2025", file));
const keyed = await open(url(named));
await go(keyed, `measure:${file}/11`);
await keyed.click(".view.on a[data-pair]");
const sides = () => keyed.$$eval("#pair .two > div", sides => sides.map(side => side.innerText.length));
check("a pair with the name of a file", (await sides()).length === 2 && (await sides()).every(length => length > 100), await sides());
await keyed.reload();
check("the same pair, opened again", (await sides()).length === 2 && (await sides()).every(length => length > 100), await sides());
check("common words of the pair", (await keyed.$$eval("#pair mark", marks => marks.length)) > 2);
await keyed.close();
rmSync(scratch, { recursive: true });

// Pointing at words tells their facts.
await go(page, "measure:sx-2025/11");
await page.hover(".view.on .f.ta");
check("a fact is told", (await page.textContent("#tip")).includes("→"));
await page.keyboard.press("Escape");
check("Escape hides it", await page.isHidden("#tip"));

// Sort, filter, slider.
await go(page, "documents");
const column = (table, n) => page.$$eval(`#${table} tbody tr`, (rows, n) => rows.filter(row => row.offsetParent).map(row => row.cells[n].dataset.v ?? row.cells[n].textContent), n);
await page.click("#table-documents th:nth-child(7) button");
const ascending = (await column("table-documents", 6)).map(Number);
check("sort", ascending.length === 13 && ascending.every((n, at) => at === 0 || ascending[at - 1] <= n), ascending);
await page.click("#table-documents th:nth-child(7) button");
check("sort again", Number((await column("table-documents", 6))[0]) === Math.max(...ascending));
await page.fill("input[data-filter=table-documents]", "山西");
check("filter", (await column("table-documents", 0)).length < 13);
await page.fill("input[data-filter=table-documents]", "");
const statuses = async to => {
  await page.$eval("#day", (slider, to) => { slider.value = slider[to]; slider.dispatchEvent(new Event("input")); }, to);
  return (await page.$$eval("td[data-status] .chip", chips => chips.map(chip => chip.dataset.status))).join(" ");
};
check("slider", (await statuses("min")).includes("not_yet_in_force") && (await statuses("max")).includes("expired"));

// Language, theme, accessibility.
const root = name => page.$eval("html", (root, name) => root.dataset[name], name);
for (const language of ["en", "zh"]) {
  while ((await root("lang")) !== language) await page.click("#language");
  check(`labels in ${language}`, (await page.innerText("header nav a")) === (language === "zh" ? "概览" : "Cover"));
}
for (const address of [...VIEWS, ...NODES]) {
  const view = await open(url(report) + "#" + encodeURI(address));
  // The checker reads hidden views too, which takes minutes.
  await view.evaluate(() => document.querySelectorAll(".view:not(.on)").forEach(other => other.remove()));
  await view.evaluate(axe);
  for (const theme of ["light", "dark"]) for (const language of ["zh", "en"]) {
    await view.evaluate(([theme, language]) => { Object.assign(document.documentElement.dataset, { theme, lang: language }); document.documentElement.lang = language; }, [theme, language]);
    await accessible(view, `${address} ${theme} ${language}`);
  }
  await view.close();
}
await page.click("#theme");
const ground = () => page.$eval("body", body => getComputedStyle(body).backgroundColor);
const [one, other] = [await ground(), (await page.click("#theme"), await ground())];
check("dark mode", one !== other, one);

// On paper, on a telephone, without script.
for (const address of ["cover", "document:sx-2025"]) {
  await go(page, address);
  const pages = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  check(`pages of ${address} on paper`, pages > 1, pages);
}
const phone = await open(url(report), { viewport: { width: 390, height: 844 } });
for (const address of [...VIEWS, ...NODES]) {
  await go(phone, address);
  const [wide, at] = await phone.evaluate(() => {
    const all = [...document.querySelectorAll(".view.on *")].filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".scroll,svg"));
    return [document.documentElement.scrollWidth > innerWidth + 1, all[0]?.outerHTML.slice(0, 120)];
  });
  check(`width of ${address} at 390 pixels`, !wide, at);
}
const plain = await open(url(report), { javaScriptEnabled: false });
const length = await plain.$$eval("section.view", views => views.filter(view => view.offsetParent).length).catch(() => 0);
check("views without script", (await plain.innerText("main")).length > 60000, length);

// The markup.
const validate = new HtmlValidate({ extends: ["html-validate:standard"], rules: {
  // The generator does not write void elements, long titles and inline elements as the style guide likes.
  "long-title": "off", "void-style": "off", "no-inline-style": "error", "doctype-style": "off", "no-trailing-whitespace": "off",
  // Ids are keys of nodes, which are Chinese names and paths.
  "valid-id": ["error", { relaxed: true }], "no-raw-characters": "off",
} });
for (const path of [report, folder].filter(Boolean)) {
  const { results } = await validate.validateFile(path);
  const messages = results.flatMap(result => result.messages);
  for (const { ruleId, message, line, column } of messages.slice(0, 8)) check(`markup of ${path}`, false, `${ruleId}: ${message} (${line}:${column})`);
}

// A folder of pages: links lead from page to page, and an address of the whole report finds its page.
if (folder) {
  const index = await open(url(folder));
  await index.click("header nav a[href='documents.html#documents']");
  await index.waitForSelector("#table-documents");
  const href = await index.$eval("#table-documents a[href*='.html']", link => link.getAttribute("href"));
  await index.click(`#table-documents a[href="${href}"]`);
  await index.waitForURL("**" + encodeURI(href));
  check("a page of a document", (await index.$$eval(".reader.on .lines p", lines => lines.length)) > 3);
  const key = await index.$eval(".reader", reader => reader.id);
  await index.goto(url(folder) + "#" + key + "@0-9");
  await index.waitForSelector("mark.at");
  check("words on another page", !index.url().includes("index.html"));
  await index.evaluate(axe);
  await accessible(index, "page of a document");
  // A key with the signs that end a key in addresses of measures and words.
  const odd = name => join(dirname(folder), name), read = name => readFileSync(odd(name), "utf8");
  writeFileSync(odd("odd.html"), read("documents.html").replace('data-key="sx-2025"', 'data-key="a/b@c.docx"').replaceAll('"d-sx-2025.html#', '"d-odd.html#'));
  writeFileSync(odd("d-odd.html"), read("d-sx-2025.html").replaceAll("sx-2025", "a/b@c.docx"));
  for (const address of ["document:a/b@c.docx", "document:a/b@c.docx@0-9", "measure:a/b@c.docx/3"]) {
    await index.goto(url(odd("odd.html")) + "#" + address);
    await index.waitForURL("**/d-odd.html#*", { timeout: 2000 }).catch(() => {});
    check(`the page of ${address}`, index.url().includes("d-odd.html"), index.url());
  }
  ["odd.html", "d-odd.html"].forEach(name => rmSync(odd(name)));
}

// Pictures.
if (pictures) {
  mkdirSync(pictures, { recursive: true });
  for (const width of [1280, 390]) {
    for (const scheme of ["light", "dark"]) {
      const picture = await open(url(report), { viewport: { width, height: width > 400 ? 860 : 844 }, colorScheme: scheme });
      for (const address of [...VIEWS, ...NODES, "document:sx-2025@6557-6661"]) {
        await go(picture, address);
        const name = address.replace(/[^\p{L}\p{N}-]+/gu, "-");
        await picture.screenshot({ path: `${pictures}/${name}-${width}-${scheme}.png` });
      }
    }
  }
}

await browser.close();
if (failed) { console.log(`${failed} checks of the report failed`); process.exit(1); }
console.log("the report is well in the browser");
