// What the browser keeps for the reader. Storage may be switched off or full: reading then finds nothing.

export const SAVED = "imr-search-saved";
export const NOTES = "imr-search-notes";

export function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

// Whether it was kept.
export function write(key, text) {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// A place on this site, as /path?query; null for anything else: another site, javascript:, no text at all.
export function ownPlace(url) {
  if (typeof url !== "string" || url.length > 8000 || !/^\/(?![/\\])[^\u0000-\u0020\\]*$/u.test(url)) return null;
  const to = new URL(url, location.origin);
  return to.origin === location.origin ? to.pathname + to.search + to.hash : null;
}

// A date that can be read, else null.
function day(at) {
  return typeof at === "string" && !Number.isNaN(Date.parse(at)) ? at : null;
}

function line(text, most) {
  return typeof text === "string" ? text.trim().slice(0, most) : "";
}

// A saved search as it may be shown; null where it is none.
export function searchOf(one) {
  const [url, name] = [ownPlace(one?.url), line(one?.name, 300)];
  const count = Number.isSafeInteger(one?.count) && one.count >= 0 ? one.count : null;
  return url && name ? { name, url, at: day(one.at), count } : null;
}

// A note as it may be shown; null where it is none.
export function noteOf(one) {
  const text = line(one?.text, 50_000);
  return text ? { text, at: day(one.at), url: ownPlace(one.url) } : null;
}

export function savedSearches() {
  const kept = parsed(read(SAVED));
  return Array.isArray(kept) ? kept.map(searchOf).filter(Boolean) : [];
}

// Notes by the id of their case.
export function keptNotes() {
  const kept = parsed(read(NOTES));
  if (typeof kept !== "object" || kept === null || Array.isArray(kept)) return new Map();
  return new Map(Object.entries(kept).map(([id, one]) => [id, noteOf(one)]).filter(([, one]) => one));
}

export function keepSearches(searches) {
  return write(SAVED, JSON.stringify(searches));
}

export function keepNotes(notes) {
  return write(NOTES, JSON.stringify(Object.fromEntries(notes)));
}
