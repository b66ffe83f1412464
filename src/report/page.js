"use strict";
(() => {
const root = document.documentElement;
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const by = id => document.getElementById(id);
root.classList.add("js");

// Language and theme, kept where the browser allows it.
const keep = (name, value) => { try { if (value) localStorage[name] = value; return localStorage[name]; } catch { return null; } };
const language = to => { root.dataset.lang = to; root.lang = to === "zh" ? "zh-Hans" : "en"; };
const theme = to => { root.dataset.theme = to; };
const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme:dark)").matches;
if (keep("lang")) language(keep("lang"));
if (keep("theme")) theme(keep("theme"));
by("language").onclick = () => { const to = root.dataset.lang === "zh" ? "en" : "zh"; keep("lang", to); language(to); };
by("theme").onclick = () => { const to = isDark() ? "light" : "dark"; keep("theme", to); theme(to); };
by("language").hidden = by("theme").hidden = false;

// Bytes of the text. A paragraph begins at the byte `data-b`; an element `esc` stands for `data-n` bytes.
const bytesOf = text => { let n = 0; for (const c of text) { const p = c.codePointAt(0); n += p < 128 ? 1 : p < 2048 ? 2 : p < 65536 ? 3 : 4; } return n; };
const texts = element => { const walker = document.createTreeWalker(element, 4), list = []; while (walker.nextNode()) list.push(walker.currentNode); return list; };
const width = node => { const esc = node.parentElement.closest(".esc"); return esc ? +esc.dataset.n : bytesOf(node.data); };
// Returns the character at a byte of a text node.
const charAt = (node, byte) => { let n = 0, at = 0; for (const c of node.data) { if (n >= byte) break; n += bytesOf(c); at += c.length; } return at; };
// Wraps characters of text nodes in marks: `runs` returns the ranges of a node.
const wrap = (element, runs) => {
  const marks = [];
  for (const node of texts(element)) for (const [from, to] of runs(node).reverse()) if (from < to) {
    const words = node.splitText(from); words.splitText(to - from);
    const mark = document.createElement("mark"); words.replaceWith(mark); mark.append(words); marks.unshift(mark);
  }
  return marks;
};
const unmark = () => { for (const mark of all("mark.at")) { const parent = mark.parentNode; mark.replaceWith(...mark.childNodes); parent.normalize(); } };
const markBytes = (section, start, end) => {
  const marks = [];
  for (const p of all("p[data-b]", section)) {
    let at = +p.dataset.b;
    if (at >= end) break;
    marks.push(...wrap(p, node => {
      const from = at, bytes = width(node); at += bytes;
      if (from >= end || at <= start) return [];
      if (node.parentElement.closest(".esc")) return [[0, node.data.length]];
      return [[charAt(node, Math.max(0, start - from)), charAt(node, Math.min(bytes, end - from))]];
    }));
  }
  for (const mark of marks) mark.className = "at";
  return marks;
};

// Common words of two texts: runs of four characters that the other contains.
const GRAM = 4;
const grams = text => { const set = new Set(); for (let i = 0; i + GRAM <= text.length; i++) set.add(text.slice(i, i + GRAM)); return set; };
const markCommon = (one, other) => {
  const text = one.textContent, known = grams(other.textContent), common = new Uint8Array(text.length);
  for (let i = 0; i + GRAM <= text.length; i++) { const gram = text.slice(i, i + GRAM); if (!/[\s,。、;:()()]/.test(gram) && !/^\d\d/.test(text.slice(i - 1, i + 1)) && known.has(gram)) common.fill(1, i, i + GRAM); }
  let at = 0;
  wrap(one, node => {
    const runs = [], base = at; at += node.data.length;
    for (let i = 0; i < node.data.length; i++) if (common[base + i]) { const last = runs[runs.length - 1]; if (last && last[1] === i) last[1]++; else runs.push([i, i + 1]); }
    return runs;
  });
};
// Returns a copy of the text of a measure and its facts, without addresses.
const copyOf = (measure, part) => {
  const block = all(".reader .block").find(block => block.dataset.m === measure);
  const copy = block ? (part ? block.querySelector(part) : block).cloneNode(true) : document.createElement("div");
  // An article has its heading and key terms alone.
  if (!block && by(measure)) copy.append(...by(measure).cloneNode(true).childNodes);
  all("mark.at", copy).forEach(mark => mark.replaceWith(...mark.childNodes));
  [copy, ...all("[id]", copy)].forEach(element => element.removeAttribute("id"));
  copy.normalize();
  return copy;
};
const pair = (left, right) => {
  let view = by("pair");
  if (!view) { view = document.createElement("section"); view.id = "pair"; view.className = "view"; by("main").append(view); }
  const sides = document.createElement("div");
  sides.className = "two"; view.replaceChildren(sides);
  const copies = [left, right].map(address => {
    const key = find(address)?.id ?? address;
    const side = document.createElement("div"), head = document.createElement("h2"), link = document.createElement("a"), copy = copyOf(key, ".lines");
    link.href = "#" + key; head.append(link);
    link.textContent = decoded(key).replace("measure:", "") + " " + (by(key)?.querySelector("h2")?.textContent ?? "");
    side.append(head, copy); sides.append(side);
    return copy;
  });
  const plain = copies.map(copy => copy.cloneNode(true));
  markCommon(copies[0], plain[1]); markCommon(copies[1], plain[0]);
  return view;
};

// Shows the view of an address.
const decoded = text => { try { return decodeURIComponent(text); } catch { return text; } };
const encoded = text => text.replace(/[\s"#%<>\\^`{|}]/g, encodeURIComponent);
const find = address => by(address) || by(decoded(address)) || by(encoded(decoded(address)));
const show = () => {
  const address = location.hash.slice(1) || document.querySelector(".view").id;
  hideTip(); unmark();
  all(".block.at").forEach(block => block.classList.remove("at"));
  root.classList.toggle("all", address === "all");
  let element, view, marks = [];
  const words = decoded(address).match(/^(document:.*)@(\d+)-(\d+)$/s), two = address.match(/^pair=(.*)\|(.*)$/);
  if (two) element = view = pair(two[1], two[2]);
  else if (address === "main" || address === "all") { view = document.querySelector(".view.on") || by("cover"); element = by("main"); }
  else {
    element = find(address);
    const text = words && find(words[1]);
    if (element && element.classList.contains("block")) element.classList.add("at");
    else if (text) { view = text; marks = markBytes(text, +words[2], +words[3]); element = marks[0] || text; }
    view = view || element && element.closest(".view");
  }
  if (!view) return elsewhere(decoded(address));
  all(".view.on").forEach(other => other.classList.remove("on"));
  view.classList.add("on");
  all("[data-text]", view).forEach(place => { if (!place.firstElementChild) place.append(copyOf(place.dataset.text)); });
  all("header nav a").forEach(link => { if (link.hash.slice(1) === view.id) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current"); });
  if (element === view || element.id === "main") scrollTo({top: 0, behavior: "instant"}); else element.scrollIntoView({block: marks.length ? "center" : "start", behavior: "instant"});
};
// In a folder of pages, a view or a node of a document is on another page; else the first view is shown.
const elsewhere = address => {
  const inDocument = /^(document|measure):/.test(address), end = address.startsWith("measure:") ? /\/\d+$/ : /@\d+-\d+$/;
  const key = address.slice(address.indexOf(":") + 1).replace(end, ""), row = inDocument && all("tr[data-key]").find(row => row.dataset.key === encoded(key));
  const link = row ? row.querySelector("a") : all("header nav a").find(link => link.hash === "#" + (inDocument ? "documents" : address));
  if (link && link.pathname !== location.pathname) return location.replace(link.href.split("#")[0] + "#" + encoded(address));
  all(".view.on").forEach(other => other.classList.remove("on"));
  document.querySelector(".view").classList.add("on");
};

// A fact leads to its words.
for (const row of all(".reader li[data-s]")) {
  const link = document.createElement("a");
  link.className = "words"; link.textContent = "¶"; link.setAttribute("aria-label", "原文 · words");
  link.href = "#" + row.closest(".view").id + "@" + row.dataset.s.split(" ")[0];
  row.prepend(link);
}

// Pointing at words tells their facts; pointing at a fact shows its words.
const tip = document.createElement("div");
tip.id = "tip"; tip.setAttribute("role", "tooltip"); tip.hidden = true; document.body.append(tip);
const hideTip = () => { tip.hidden = true; all(".lit").forEach(lit => lit.classList.remove("lit")); };
const place = element => {
  const p = element.closest("p[data-b]");
  let at = +p.dataset.b;
  for (const node of texts(p)) { if (element.contains(node)) break; at += width(node); }
  return [at, at + texts(element).reduce((sum, node) => sum + width(node), 0)];
};
const rowsOf = element => {
  const [start, end] = place(element), block = element.closest(".block");
  const spans = row => row.dataset.s.split(" ").map(span => span.split("-").map(Number));
  return all("li[data-s]", block).filter(row => spans(row).some(([from, to]) => from < end && to > start));
};
const tell = element => {
  hideTip();
  const rows = rowsOf(element);
  if (!rows.length) return;
  tip.replaceChildren();
  for (const row of rows) {
    row.classList.add("lit");
    const group = row.closest(".group"), head = group.querySelector("p").cloneNode(true), list = document.createElement("ul");
    const rule = document.querySelector(".legend ." + head.firstElementChild.className + "+small");
    if (head.childElementCount < 2 && rule) head.append(" ", rule.cloneNode(true));
    list.append(row.cloneNode(true)); tip.append(head, list);
  }
  tip.hidden = false;
  const box = element.getClientRects()[0];
  tip.style.left = Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 16)) + scrollX + "px";
  tip.style.top = box.bottom + scrollY + 4 + "px";
};
const light = row => { hideTip(); const block = row.closest(".block"); all(".f", block).filter(element => rowsOf(element).includes(row)).forEach(element => element.classList.add("lit")); };
document.addEventListener("mouseover", event => {
  const words = event.target.closest(".block .f"), row = event.target.closest("#tip") ? null : event.target.closest("li[data-s]");
  if (words) tell(words); else if (row) light(row); else if (!event.target.closest("#tip")) hideTip();
});
document.addEventListener("focusin", event => { const row = event.target.closest(".block li[data-s]"); if (row) light(row); });
document.addEventListener("keydown", event => { if (event.key === "Escape") hideTip(); });

// Words lead to their address; a pair opens side by side.
document.addEventListener("click", event => {
  const link = event.target.closest("a[data-pair]"), words = event.target.closest(".block .f");
  if (link && find(link.hash.slice(1))) { event.preventDefault(); location.hash = "pair=" + link.dataset.pair + "|" + find(link.hash.slice(1)).id; }
  else if (words && words.closest(".reader") && !String(getSelection())) { tell(words); history.replaceState(null, "", "#" + words.closest(".view").id + "@" + place(words).join("-")); }
});

// Tables: sort by a column, filter by words.
for (const table of all("table.sortable")) all("thead th", table).forEach((head, column) => {
  const button = document.createElement("button");
  button.type = "button"; button.append(...head.childNodes); head.append(button);
  button.onclick = () => {
    const order = head.getAttribute("aria-sort") === "ascending" ? -1 : 1, body = table.tBodies[0];
    all("th", table.tHead).forEach(other => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", order === 1 ? "ascending" : "descending");
    const value = row => { const cell = row.cells[column]; return cell.dataset.v ?? cell.textContent; };
    const compare = head.classList.contains("n") ? (a, b) => value(a) - value(b) : (a, b) => value(a).localeCompare(value(b), "zh");
    body.append(...[...body.rows].sort((a, b) => order * compare(a, b)));
  };
});
for (const input of all("input[data-filter]")) input.oninput = () => {
  const words = input.value.toLowerCase().split(/\s+/), rows = [...by(input.dataset.filter).tBodies[0].rows];
  rows.forEach(row => { const text = row.textContent.toLowerCase(); row.hidden = !words.every(word => text.includes(word)); });
  input.closest(".filter").querySelector("output").textContent = rows.filter(row => !row.hidden).length + " / " + rows.length;
};

// The status of documents on the day of a slider. A cell lists the first days of its statuses.
const slider = by("day");
if (slider) {
  const days = by("day-is"), names = Object.fromEntries(all("#statuses .chip").map(chip => [chip.dataset.status, chip]));
  slider.oninput = () => {
    days.textContent = new Date(slider.value * 864e5).toISOString().slice(0, 10);
    for (const cell of all("td[data-status]")) {
      let now;
      for (const change of cell.dataset.status.split(" ")) { const [day, name] = change.split(":"); if (+day <= +slider.value) now = name; }
      cell.replaceChildren(names[now].cloneNode(true)); cell.dataset.v = names[now].textContent;
    }
  };
  slider.closest("[hidden]").hidden = false;
}

addEventListener("hashchange", show);
show();
})();
