// Shows another search in place: the page is fetched, and what stands below the top takes the place of what
// stood there. On any failure the browser simply goes to the address.
//
// Other scripts take part by two events on document: "imr:go" (detail.url) asks for a search, and is
// cancelled where it is shown in place; "imr:shown" tells that another search stands on the page.

const form = document.getElementById("search");
const box = form?.elements.namedItem("q");
const beside = window.matchMedia("(min-width: 60rem)");
const told = document.getElementById("told");
const scrolled = new Map(); // how far down each entry of the history was left

// The paths that a list of results stands at: that of searches, and the front page.
const LISTS = [form?.action, document.querySelector(".brand")?.href].map((url) => url && new URL(url).pathname);

let running = null; // what stops the request that is on its way
let entry = history.state?.entry ?? newEntry();
let shownAddress = withoutHash(location.href);

function newEntry() {
  return Math.random().toString(36).slice(2);
}

function listen() {
  history.replaceState({ ...history.state, entry }, "");
  document.addEventListener("change", ticked);
  document.addEventListener("click", followed);
  form.addEventListener("submit", submitted);
  document.addEventListener("imr:go", (event) => {
    if (!isSearch(event.detail.url)) return;
    event.preventDefault();
    show(event.detail.url, { after: toResults });
  });
  window.addEventListener("popstate", gone);
  window.addEventListener("pageshow", () => busy(false)); // a page that the browser kept may have been left while busy
  window.addEventListener("scroll", () => scrolled.set(entry, window.scrollY), { passive: true });
}

function ticked({ target }) {
  if (!beside.matches || target.type !== "checkbox" || target.form !== form || !target.closest(".filters")) return;
  show(address(), { after: keepPlace(target) });
}

function submitted(event) {
  if (event.defaultPrevented) return;
  event.preventDefault();
  box.disabled = false; // site.js leaves an empty one out of the address
  const used = [event.submitter, document.activeElement].find((one) => one?.closest(".facet"));
  const after = used ? keepPlace(used) : document.activeElement === box ? toTop : toResults;
  show(address(event.submitter), { after });
}

function followed(event) {
  const link = event.target.closest?.(".layout a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.getAttribute("href"), location.href).href; // links in drawings have no text as href
  if (link.getAttribute("target") || link.hasAttribute("download") || !isSearch(url)) return;
  if (url.includes("#") && withoutHash(url) === withoutHash(location.href)) return;
  event.preventDefault();
  show(url, { after: afterLink(link) });
}

function gone(event) {
  if (withoutHash(location.href) === shownAddress) return; // only another place on this page
  entry = event.state?.entry ?? newEntry();
  const y = scrolled.get(entry) ?? 0;
  show(location.href, {
    fresh: false,
    after: () => {
      window.scrollTo(0, y);
      focusOn(document.querySelector("main"));
    },
  });
}

// The address that the form leads to, sent by this button, without what is empty.
function address(button) {
  const sent = [...new FormData(form), ...(button?.name ? [[button.name, button.value]] : [])];
  const asked = new URLSearchParams(sent.filter(([, value]) => String(value).trim()));
  return `${form.action}?${asked}`.replace(/\?$/, "");
}

function isSearch(url) {
  const to = new URL(url, location.href);
  return to.origin === location.origin && LISTS.includes(to.pathname);
}

function withoutHash(url) {
  return url.split("#")[0];
}

async function show(url, { after, fresh = true }) {
  running?.abort();
  const mine = (running = new AbortController());
  const typed = box.value;
  busy(true);
  try {
    const answer = await fetch(withoutHash(url), { signal: mine.signal, headers: { Accept: "text/html" } });
    if (!answer.ok || !isSearch(answer.url)) throw new Error("not a list of results");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine.signal.aborted) return;
    if (fresh) scrolled.set(entry, window.scrollY);
    swap(page, typed);
    if (fresh) {
      history.pushState({ entry: (entry = newEntry()) }, "", url);
    }
    shownAddress = withoutHash(location.href);
    after();
    busy(false);
    document.dispatchEvent(new CustomEvent("imr:shown"));
    tell();
  } catch (problem) {
    if (mine.signal.aborted) return;
    if (fresh) location.assign(url);
    else location.reload();
  }
}

// `typed` stood in the box when the page was asked for; what was typed since stays there.
function swap(page, typed) {
  const [now, next] = [document, page].map((one) => one.querySelector(".layout"));
  const asked = page.getElementById("q");
  if (!next?.querySelector("main") || !asked) throw new Error("not a list of results");
  const open = new Set([...now.querySelectorAll(".filters details[open]")].map(nameOf));
  const down = now.querySelector(".filters").scrollTop;
  const sifted = [...now.querySelectorAll(".facet-find input")].map((one) => [legendOf(one), one.value]);
  now.replaceChildren(...next.childNodes);
  for (const one of now.querySelectorAll(".filters details")) one.open ||= open.has(nameOf(one));
  now.querySelector(".filters").scrollTop = down;
  for (const one of now.querySelectorAll(".facet-find input")) {
    one.value = new Map(sifted).get(legendOf(one)) ?? "";
    if (one.value) one.dispatchEvent(new Event("input", { bubbles: true })); // facets.js sifts what is listed
  }
  document.title = page.title;
  if (box.value === typed) box.value = asked.defaultValue;
  box.defaultValue = asked.defaultValue;
  form.querySelectorAll("input[type=hidden]").forEach((one) => one.remove());
  box.after(...page.querySelectorAll("#search input[type=hidden]"));
}

// Names a part that opens: its facet, the branch that it belongs to, and which of the kinds it is.
function nameOf(details) {
  return [legendOf(details), details.closest(".branch")?.querySelector("input")?.value, details.className].join("|");
}

function focusOn(element) {
  if (document.activeElement === box && box.value !== box.defaultValue) return; // the next question is being typed
  for (let at = element?.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  element?.focus({ preventScroll: true });
}

// The control that was used stays where it is on the screen, and keeps the focus; where the filters close again,
// the results are what to see.
function keepPlace(used) {
  if (!beside.matches) return toResults;
  const find = finderOf(used);
  const [y, top] = [window.scrollY, find()?.getBoundingClientRect().top];
  return () => {
    const control = find();
    focusOn(control ?? document.querySelector("main"));
    window.scrollTo(0, y);
    if (control) window.scrollBy(0, control.getBoundingClientRect().top - top);
  };
}

// Finds what stands for a control when it was replaced: the same one, else the first of its facet.
function finderOf(used) {
  const { name, value, type } = used;
  const legend = legendOf(used);
  const same = (one) => one.name === name && one.type === type && (type === "text" || one.value === value);
  return () => {
    const facet = [...document.querySelectorAll(".filters .facet")].find((one) => legendOf(one) === legend);
    const controls = [...(facet?.querySelectorAll("input, button, a") ?? [])];
    return (name && controls.find(same)) || controls.find((one) => one.matches("input[form], a"));
  };
}

function legendOf(element) {
  return element.closest(".facet")?.querySelector("legend")?.textContent;
}

// To the results: what was asked for is another list, to be read from its top.
function toResults() {
  focusOn(document.querySelector("main"));
  window.scrollTo(0, beside.matches ? 0 : document.querySelector("main").offsetTop - 8);
}

function toTop() {
  window.scrollTo(0, 0);
}

function afterLink(link) {
  if (link.closest(".paging, .sizes")) return toResults;
  if (link.closest(".facet")) return keepPlace(link);
  const list = link.closest(".chips ul, .sorts, .filters-head");
  if (!list) return toResults;
  const at = [...list.querySelectorAll("a")].indexOf(link);
  const where = list.matches(".sorts") ? ".sorts" : ".chips ul";
  const y = window.scrollY;
  return () => {
    const others = document.querySelectorAll(`${where} a`);
    focusOn(others[Math.min(at, others.length - 1)] ?? document.querySelector("main"));
    window.scrollTo(0, y);
  };
}

function busy(is) {
  document.documentElement.classList.toggle("busy", is);
  document.querySelector("main")?.setAttribute("aria-busy", String(is));
}

function tell() {
  const parts = [".count", ".results-head .muted"].map((one) => document.querySelector(one)?.textContent.trim());
  told.textContent = "";
  setTimeout(() => (told.textContent = parts.filter(Boolean).join(", ")), 50); // the same words are told again
}

if (form && document.querySelector(".layout")) listen();
