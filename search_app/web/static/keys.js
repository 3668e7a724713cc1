// Single keys for those who read without a mouse. They do nothing in fields or with modifiers, and can be
// switched off (WCAG 2.2, success criterion 2.1.4).
import { read, write } from "./store.js";

const KEPT = "imr-search-keys";

const dialog = document.getElementById("keys");
const shows = document.getElementById("show-keys");
const on = document.getElementById("keys-on");

on.checked = read(KEPT) !== "off";
on.addEventListener("change", () => write(KEPT, on.checked ? "on" : "off"));
window.addEventListener("storage", (event) => {
  if (event.key === KEPT) on.checked = read(KEPT) !== "off";
});
shows.hidden = false;
shows.addEventListener("click", list);
document.addEventListener("keydown", pressed);

const DOES = { "/": toBox, j: () => step(1), k: () => step(-1), o: opened, "?": list };

function pressed(event) {
  const mine = Object.hasOwn(DOES, event.key) ? DOES[event.key] : null;
  if (!mine || !on.checked || dialog.open || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isField(event.target)) return;
  if (mine() !== false) event.preventDefault();
}

// Whether keys are text there.
function isField(element) {
  if (element.isContentEditable || element.matches("textarea, select")) return true;
  return element.matches("input") && !["checkbox", "radio", "button", "submit", "file"].includes(element.type);
}

function toBox() {
  const box = document.getElementById("q");
  box.focus();
  box.select();
}

function step(by) {
  const links = [...document.querySelectorAll(".hit-title a")];
  if (!links.length) return false;
  const hit = document.activeElement.closest(".hit");
  const at = links.findIndex((link) => hit?.contains(link));
  const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)];
  next.focus({ preventScroll: true });
  next.closest(".hit").scrollIntoView({ block: "nearest" });
  return true;
}

function opened() {
  const link = document.activeElement.closest(".hit")?.querySelector(".hit-title a");
  if (!link) return false;
  link.click();
  return true;
}

function list() {
  dialog.showModal();
}
