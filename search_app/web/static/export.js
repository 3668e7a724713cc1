// Tells how far a file is. Without this the browser's own download does, in bytes.
(() => {
  "use strict";
  const list = document.querySelector(".exports");
  const told = document.getElementById("export-progress");
  if (!list || !told || !window.ReadableStream) return;

  const HELD = 20000; // more decisions than that are not held in memory; the browser saves them as they come
  const number = new Intl.NumberFormat("en-US");
  const end = { csv: [13, 10], jsonl: [10] };
  let going = null;

  const rows = (bytes, mark) => {
    let found = 0;
    for (let at = bytes.indexOf(mark[0]); at !== -1; at = bytes.indexOf(mark[0], at + 1)) {
      if (mark.length === 1 || bytes[at + 1] === mark[1]) found += 1;
    }
    return found;
  };

  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  const take = async (url, kind) => {
    going?.abort();
    going = new AbortController();
    told.textContent = "Preparing the file …";
    const answer = await fetch(url, { signal: going.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    const total = Number(answer.headers.get("X-Result-Count"));
    const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))[1];
    const parts = [];
    let done = 0;
    for (const reader = answer.body.getReader(); ;) {
      const { done: over, value } = await reader.read();
      if (over) break;
      parts.push(value);
      if (!end[kind]) continue;
      done = Math.min(done + rows(value, end[kind]), total);
      told.textContent = `${number.format(done)} of ${number.format(total)} decisions`;
    }
    save(new Blob(parts, { type: answer.headers.get("Content-Type") }), name);
    told.textContent = `Saved ${number.format(total)} decisions as ${name}`;
  };

  list.addEventListener("click", (event) => {
    const link = event.target.closest("a.export");
    if (!link || Number(list.dataset.count) > HELD || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    take(link.href, link.dataset.kind).catch((error) => {
      if (error.name !== "AbortError") told.textContent = `The file could not be made (${error.message}). Try again, or narrow the search.`;
    });
  });
})();
