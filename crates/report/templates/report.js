"use strict";
// On a phone the contents would fill the first screen.
if (matchMedia("(max-width: 40rem)").matches) document.querySelector("nav details").open = false;
// A number opens what it counts: the segments with the counted words marked, or the statements.
const dialog = document.querySelector("dialog");
const AT_ONCE = 100;
let proof;

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

// "0-2 5" is the places 0, 1, 2 and 5.
function places(runs) {
  return runs.split(" ").filter(Boolean).flatMap((run) => {
    const [first, last = first] = run.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

// Spans are bytes of the turn's text in UTF-8.
function sentence(segment, spans) {
  const bytes = new TextEncoder().encode(segment.text);
  const text = (from, to) => new TextDecoder().decode(bytes.slice(from, to));
  const parts = [];
  let done = 0;
  for (const [from, to] of spans.map((span) => span.map((byte) => byte - segment.start))) {
    parts.push(text(done, from), make("mark", { textContent: text(from, to) }));
    done = to;
  }
  return make("p", { className: "kwic" }, ...parts, text(done));
}

function heading(document) {
  const title = document.title || document.statement;
  const linked = /^https?:\/\//.test(document.url);
  const link = { href: document.url, rel: "noreferrer noopener", textContent: title };
  return [`${document.date} ${proof.codes[document.source]}: `, linked ? make("a", link) : title];
}

function segmentItem(place) {
  const counted = proof.evidence[place];
  const segment = proof.segments[counted.segment];
  const document = proof.documents[segment.document];
  const code = proof.codes[counted.code] + (counted.detail && ` (${counted.detail})`);
  const role = segment.role + (segment.speaker && ` (${segment.speaker})`);
  const cut = document.truncated ? " · cut text" : "";
  const bytes = counted.spans.map(([from, to]) => `${from} to ${to}`).join(" and ");
  const where = `${document.statement} revision ${document.revision}, turn ${segment.turn}, ` +
    `segment ${segment.segment}, bytes ${bytes}; capture ${document.capture}`;
  return make("li", {}, sentence(segment, counted.spans), make("p", { className: "where" },
    `${code} · ${counted.voice} voice · ${role} · rule ${counted.rule}${cut}`, make("br", {}),
    ...heading(document), make("br", {}), make("code", { textContent: where })));
}

function documentItem(place) {
  const document = proof.documents[place];
  const cut = document.truncated ? "cut text, " : "";
  const where = `${cut}${document.statement} revision ${document.revision}; capture ${document.capture}`;
  return make("li", {}, make("p", {}, ...heading(document)),
    make("p", { className: "where" }, make("code", { textContent: where })));
}

function fill(list, more, items, item) {
  const from = list.children.length;
  list.append(...items.slice(from, from + AT_ONCE).map(item));
  const left = items.length - list.children.length;
  more.hidden = left === 0;
  more.textContent = `${Math.min(left, AT_ONCE)} more of ${left}`;
}

function about(number) {
  const row = number.closest("tr");
  const labels = row ? [...row.querySelectorAll("th")] : number.closest(".claim").querySelectorAll(".said");
  const words = (label) => [...label.childNodes].filter((n) => n.className !== "narrow").map((n) => n.textContent);
  return [...labels].map((label) => words(label).join("")).filter(Boolean).join(" · ");
}

document.addEventListener("click", (event) => {
  const number = event.target.closest("a.n");
  if (!number || !dialog.showModal) return;
  event.preventDefault();
  proof ??= JSON.parse(document.getElementById("proof").textContent);
  const texts = number.dataset.d !== undefined;
  const items = places(texts ? number.dataset.d : number.dataset.e);
  const total = Number(number.dataset.total);
  const kind = (texts ? "statement" : "segment") + (total === 1 ? "" : "s");
  const [title, subject, list, more, rest] =
    ["h2", ".about", "ol", ".more", ".rest"].map((s) => dialog.querySelector(s));
  title.textContent = total > items.length ? `The first ${items.length} of ${total} ${kind}` : `${total} ${kind}`;
  subject.replaceChildren(about(number), make("br", {}), number.title);
  list.replaceChildren();
  rest.replaceChildren();
  if (total > items.length) {
    rest.append(`This page carries the first ${items.length}.`);
    // A year's number is summed here and has no row of its own.
    const command = `${proof.command} --number ${number.dataset.number} -o ${kind}.csv`;
    if (number.dataset.number) {
      rest.append(` All ${total}, from the corpus: `, make("code", { textContent: command }));
    }
  }
  more.onclick = () => fill(list, more, items, texts ? documentItem : segmentItem);
  more.onclick();
  dialog.showModal();
  dialog.scrollTop = 0;
});
// A heading sorts its column; numbers by value, words by the alphabet, empty cells last.
document.addEventListener("click", (event) => {
  const button = event.target.closest("thead button");
  if (!button) return;
  const head = button.closest("th");
  const table = head.closest("table");
  const column = head.cellIndex;
  const up = head.getAttribute("aria-sort") === "descending";
  for (const other of table.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const key = (row) => {
    const cell = row.cells[column];
    if (cell.tagName === "TH") return cell.firstChild?.textContent ?? "";
    return cell.dataset.order === "" ? null : Number(cell.dataset.order);
  };
  const compare = (a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === null || y === null) return (x === null) - (y === null);
    const order = typeof x === "string" ? x.localeCompare(y) : x - y;
    return up ? order : -order;
  };
  const body = table.tBodies[0];
  body.append(...[...body.rows].sort(compare));
});
