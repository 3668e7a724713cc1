// A private note on a case, kept in this browser. All notes are one object under one key:
// {"<case id>": {"text": "...", "at": "<ISO time>", "url": "<path>"}}
import { NOTES, noteOf } from "./store.js";

(() => {
  const box = document.getElementById("note");
  if (!box) return;
  const text = box.querySelector("textarea");
  const remove = box.querySelector('[data-note="delete"]');
  const at = box.querySelector(".note-at");
  const told = box.querySelector(".note-told");
  const id = box.dataset.case;

  class Unreadable extends Error {}

  const all = () => {
    const kept = localStorage.getItem(NOTES);
    let notes = {};
    try {
      notes = kept === null ? {} : JSON.parse(kept);
    } catch {
      throw new Unreadable();
    }
    if (typeof notes !== "object" || notes === null || Array.isArray(notes)) throw new Unreadable();
    return new Map(Object.entries(notes));
  };
  const keep = (notes) => {
    if (notes.size) localStorage.setItem(NOTES, JSON.stringify(Object.fromEntries(notes)));
    else localStorage.removeItem(NOTES);
  };

  const problem = (error) => {
    if (error instanceof Unreadable) return "The notes kept in this browser can’t be read, so nothing was changed.";
    if (error.name === "QuotaExceededError") return "This browser has no room left for the note. It was not saved: copy it elsewhere, or delete other notes.";
    return "This browser does not let the site keep notes. It was not saved: copy it elsewhere.";
  };
  const attempt = (what) => {
    try {
      what();
    } catch (error) {
      told.textContent = problem(error);
    }
  };

  const showTime = (note) => {
    const when = note && new Date(note.at);
    const known = Boolean(when) && !Number.isNaN(when.getTime());
    at.hidden = !known;
    remove.hidden = !note;
    if (!known) return;
    const time = at.querySelector("time");
    time.dateTime = when.toISOString();
    time.textContent = when.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  };

  const forget = () => attempt(() => {
    const notes = all();
    notes.delete(id);
    keep(notes);
    text.value = "";
    showTime(null);
    text.focus();
    told.textContent = "Note deleted.";
  });

  const save = () => {
    if (!text.value.trim()) {
      if (remove.hidden) told.textContent = "There is nothing to save yet.";
      else forget();
      return;
    }
    attempt(() => {
      const notes = all();
      const note = { text: text.value, at: new Date().toISOString(), url: box.dataset.url };
      notes.set(id, note);
      keep(notes);
      showTime(note);
      told.textContent = "Note saved in this browser.";
    });
  };

  box.hidden = false;
  box.querySelector('[data-note="save"]').addEventListener("click", save);
  remove.addEventListener("click", forget);
  text.addEventListener("input", () => { told.textContent = "Not saved yet."; }, { passive: true });
  attempt(() => {
    const note = noteOf(all().get(id));
    if (!note) return;
    text.value = note.text;
    showTime(note);
  });
})();
