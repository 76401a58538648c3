"use strict";
// A number opens the segments it counts; without this script it leads to the first of them.
const dialog = document.querySelector("dialog");
document.addEventListener("click", (event) => {
  const number = event.target.closest("a.n");
  if (!number || !dialog.showModal) return;
  event.preventDefault();
  const places = number.dataset.e.split(" ");
  const total = Number(number.dataset.total);
  const list = dialog.querySelector("ol");
  list.replaceChildren(...places.map((place) => {
    const item = document.getElementById("e" + place).cloneNode(true);
    item.removeAttribute("id");
    return item;
  }));
  const heading = total > places.length ? `The first ${places.length} of ${total} segments` : `${total} segments`;
  dialog.querySelector("h2").textContent = total === 1 ? "1 segment" : heading;
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
    if (cell.tagName === "TH") return cell.textContent;
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
