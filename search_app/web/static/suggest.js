// Suggestions below the search box: the editable combobox with a list of WAI-ARIA's Authoring Practices.
// What was typed stays as it is until a suggestion is chosen.

const PAUSE = 150; // ms without a key before the server is asked
const LEAST = 2; // letters that say something
const KINDS = {
  drug: "Drug",
  treatment: "Treatment",
  category: "Treatment category",
  guideline: "Guideline",
  specialty: "Reviewer’s specialty",
  case: "Case",
};

const box = document.getElementById("q");
let list, status, running, waiting;
let active = -1;

function listen() {
  list = made("ul", { id: "suggestions", className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  status = made("p", { className: "vh" });
  status.setAttribute("role", "status");
  box.form.append(list, status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    box.setAttribute(name, value);
  }
  box.addEventListener("input", (event) => {
    point(-1);
    if (!event.isComposing) later();
  });
  box.addEventListener("compositionend", later);
  box.addEventListener("keydown", pressed);
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => choose(event.target.closest("[role=option]")));
}

function made(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
}

async function ask(pointAt = -1) {
  running?.abort();
  clearTimeout(waiting);
  const typed = box.value;
  if (typed.trim().length < LEAST) return close();
  const mine = (running = new AbortController());
  try {
    const answer = await fetch(`${box.dataset.suggest}?${new URLSearchParams({ q: typed })}`, { signal: mine.signal });
    if (!answer.ok) return close();
    const { suggestions } = await answer.json();
    if (mine.signal.aborted || box.value !== typed || document.activeElement !== box) return;
    open(suggestions, pointAt);
  } catch (problem) {
    if (!mine.signal.aborted) close();
  }
}

function open(suggestions, pointAt) {
  list.replaceChildren(...suggestions.map(option));
  list.hidden = !suggestions.length;
  box.setAttribute("aria-expanded", String(!list.hidden));
  status.textContent = suggestions.length === 1 ? "1 suggestion" : `${suggestions.length || "No"} suggestions`;
  point(suggestions.length ? pointAt : -1);
}

function option({ kind, text, detail, count, url }, at) {
  const one = made("li", { id: `suggestion-${at}` });
  one.setAttribute("role", "option");
  one.setAttribute("aria-selected", "false");
  one.dataset.url = url;
  one.dataset.kind = kind;
  const decisions = count === 1 ? " decision" : " decisions";
  const parts = [
    ["suggestion-text", text],
    ["suggestion-detail", detail],
    ["suggestion-kind", KINDS[kind] ?? kind],
    ["suggestion-count", count.toLocaleString("en"), decisions],
  ];
  for (const [className, says, unseen] of parts.filter(([, says]) => says)) {
    const part = made("span", { className, textContent: says });
    if (unseen) part.append(made("span", { className: "vh", textContent: unseen }));
    one.append(part, " ");
  }
  return one;
}

function close() {
  running?.abort();
  clearTimeout(waiting);
  point(-1);
  list.hidden = true;
  status.textContent = "";
  box.setAttribute("aria-expanded", "false");
}

// Make an option the active one; -1 for none, when keys are the box's own again.
function point(at) {
  active = at < 0 ? -1 : Math.min(at, list.children.length - 1);
  [...list.children].forEach((one, number) => one.setAttribute("aria-selected", String(number === active)));
  const one = list.children[active];
  if (one) box.setAttribute("aria-activedescendant", one.id);
  else box.removeAttribute("aria-activedescendant");
  one?.scrollIntoView({ block: "nearest" });
}

function pressed(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  const does = list.hidden ? CLOSED[event.key] : OPEN[event.key];
  if (does?.(event) === false) return;
  if (does) event.preventDefault();
}

const CLOSED = {
  ArrowDown: () => void ask(0),
  ArrowUp: () => void ask(Infinity),
};

const OPEN = {
  ArrowDown: () => point((active + 1) % list.children.length),
  ArrowUp: (event) => (event.altKey ? close() : point(active < 1 ? list.children.length - 1 : active - 1)),
  Enter: () => (active < 0 ? false : choose(list.children[active])),
  Escape: () => close(),
  // These move in the text, as everywhere; the active option is let go.
  Home: () => (point(-1), false),
  End: () => (point(-1), false),
  ArrowLeft: () => (point(-1), false),
  ArrowRight: () => (point(-1), false),
};

function choose(one) {
  if (!one) return;
  close();
  const url = one.dataset.kind === "case" ? one.dataset.url : besideFilters(one.dataset.url);
  const wish = new CustomEvent("imr:go", { detail: { url }, cancelable: true });
  if (document.dispatchEvent(wish)) location.assign(url);
}

// Where a suggestion leads, with the filters that are ticked on this page.
function besideFilters(url) {
  const to = new URL(url, location.href);
  const asked = new URLSearchParams([...new FormData(box.form)].filter(([name, value]) => name !== "q" && value));
  for (const [name, value] of to.searchParams) {
    if (!asked.getAll(name).includes(value)) asked.append(name, value);
  }
  return `${to.pathname}?${asked}`;
}

if (box?.dataset.suggest) listen();
