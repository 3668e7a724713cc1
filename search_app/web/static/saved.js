// The page of saved searches and notes. All that is kept is shown as text, whoever wrote it.
import { NOTES, SAVED, keepNotes, keepSearches, keptNotes, noteOf, parsed, savedSearches, searchOf } from "./store.js";

const LARGEST = 5_000_000; // characters of a file; browsers keep no more
const [told, undo] = ["told", "undo"].map((id) => document.getElementById(id));
const full = "This browser does not keep it: its storage is full or switched off.";

document.getElementById("needs-script").remove();
for (const one of document.querySelectorAll("[data-needs-script]")) one.hidden = false;
draw();

window.addEventListener("storage", (event) => {
  if (event.key === SAVED || event.key === NOTES || event.key === null) draw();
});
document.getElementById("export").addEventListener("click", toFile);
document.getElementById("import").addEventListener("change", fromFile);

function draw() {
  fill("searches", savedSearches().map(searchRow));
  fill("notes", [...keptNotes()].map(noteRow));
}

function fill(id, rows) {
  document.getElementById(id).replaceChildren(...rows);
  document.getElementById(`no-${id}`).hidden = rows.length > 0;
}

function copyOf(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

function date(at) {
  return at ? new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" }) : "";
}

function searchRow(one) {
  const row = copyOf("search-row");
  const [link, about] = row.querySelectorAll(".kept-what > *");
  link.textContent = one.name;
  link.href = one.url;
  const found = one.count === null ? "saved" : `${one.count.toLocaleString("en")} ${one.count === 1 ? "decision" : "decisions"} when saved`;
  about.textContent = [found, date(one.at)].filter(Boolean).join(", ");
  named(row, one.name);
  row.querySelector("[data-does=delete]").addEventListener("click", () => {
    const before = savedSearches();
    leave(keepSearches(before.filter((other) => other.url !== one.url)), "searches", one.name, () => keepSearches(before));
  });
  renaming(row, one);
  return row;
}

function renaming(row, one) {
  const [form, does] = [row.querySelector("form"), row.querySelector(".kept-does")];
  const [box, opener] = [form.querySelector("input"), row.querySelector("[data-does=rename]")];
  function open(is) {
    form.hidden = !is;
    does.hidden = is;
    (is ? box : opener).focus();
  }
  opener.addEventListener("click", () => {
    box.value = one.name;
    open(true);
    box.select();
  });
  form.addEventListener("keydown", (event) => event.key === "Escape" && open(false));
  form.querySelector("[data-does=cancel]").addEventListener("click", () => open(false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = box.value.trim();
    if (!name) return;
    const kept = keepSearches(savedSearches().map((other) => (other.url === one.url ? { ...other, name } : other)));
    draw();
    told.textContent = kept ? `Renamed to ${name}.` : full;
    rowOf(one.url)?.querySelector("[data-does=rename]").focus();
  });
}

function rowOf(url) {
  return [...document.querySelectorAll("#searches > li")].find((row) => row.querySelector("a").getAttribute("href") === url);
}

function noteRow([id, one]) {
  const row = copyOf("note-row");
  const [link, about, text] = row.querySelectorAll(".kept-what > *");
  link.textContent = `Case ${id}`;
  if (one.url) link.href = one.url;
  about.textContent = date(one.at);
  text.textContent = one.text;
  named(row, `the note on case ${id}`);
  row.querySelector("[data-does=delete]").addEventListener("click", () => {
    const before = keptNotes();
    const after = new Map(before);
    after.delete(id);
    leave(keepNotes(after), "notes", `the note on case ${id}`, () => keepNotes(before));
  });
  return row;
}

// Buttons say what they are about to those who hear them one by one.
function named(row, name) {
  for (const button of row.querySelectorAll(".kept-does button")) {
    const about = document.createElement("span");
    about.className = "vh";
    about.textContent = ` ${name}`;
    button.append(about);
  }
}

// After deleting: tell it, offer it back, and keep the focus near.
function leave(kept, id, name, restore) {
  draw();
  undo.hidden = !kept;
  undo.querySelector("span").textContent = kept ? `Deleted ${name}.` : "";
  told.textContent = kept ? `Deleted ${name}. Undo stands above the list.` : full;
  const button = undo.querySelector("button");
  button.onclick = () => {
    restore();
    undo.hidden = true;
    draw();
    told.textContent = `${name} is back.`;
    document.getElementById(`${id}-heading`).closest("section").querySelector("a, button")?.focus();
  };
  if (kept) button.focus();
}

function toFile() {
  const all = { "imr-search": 1, saved: savedSearches(), notes: Object.fromEntries(keptNotes()) };
  const url = URL.createObjectURL(new Blob([JSON.stringify(all, null, 2)], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: "imr-search-saved.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  told.textContent = "The file was made.";
}

async function fromFile({ target }) {
  const [file] = target.files;
  if (!file) return;
  const all = file.size > LARGEST ? null : parsed(await file.text());
  target.value = "";
  if (!Array.isArray(all?.saved) && typeof all?.notes !== "object") {
    return say(file.size > LARGEST ? "The file is too large." : "That is no file that was made here: there are no searches or notes in it.");
  }
  say(takeIn(all));
  draw();
}

function takeIn(all) {
  const [searches, notes] = [savedSearches(), keptNotes()];
  const given = [...(Array.isArray(all.saved) ? all.saved : []).map(searchOf), ...Object.values(all.notes ?? {}).map(noteOf)];
  const before = searches.length + notes.size;
  for (const one of (Array.isArray(all.saved) ? all.saved : []).map(searchOf)) {
    if (one && !searches.some((other) => other.url === one.url)) searches.push(one);
  }
  for (const [id, one] of Object.entries(all.notes ?? {})) {
    if (noteOf(one) && !notes.has(id)) notes.set(id, noteOf(one));
  }
  if (!keepSearches(searches) || !keepNotes(notes)) return full;
  const [taken, refused] = [searches.length + notes.size - before, given.filter((one) => !one).length];
  const parts = [`${taken} taken in`, `${given.length - refused - taken} here already`];
  if (refused) parts.push(`${refused} refused, as they lead elsewhere or say nothing`);
  return `${parts.join(", ")}.`;
}

function say(text) {
  const said = document.getElementById("import-said");
  said.hidden = false;
  said.textContent = text;
  told.textContent = text;
}
