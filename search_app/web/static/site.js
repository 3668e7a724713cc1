// The site works without this file. With it, on screens that show the filters beside the results,
// ticking a filter searches at once and the reader stays where they were.
(() => {
  "use strict";
  const form = document.getElementById("search");
  const filters = document.querySelector(".filters");
  if (!form || !filters) return;

  document.documentElement.classList.add("scripted");

  const PLACE = "imr-search-place";
  const beside = window.matchMedia("(min-width: 60rem)");
  const boxKey = (box) => `${box.name}=${box.value}`;

  filters.addEventListener("change", (event) => {
    if (!beside.matches || event.target.type !== "checkbox") return;
    const place = { box: boxKey(event.target), filters: filters.scrollTop, page: window.scrollY };
    sessionStorage.setItem(PLACE, JSON.stringify(place));
    form.requestSubmit();
  });

  // An empty box need not show in the address.
  form.addEventListener("submit", () => {
    const box = form.elements.namedItem("q");
    if (!box.value.trim()) box.disabled = true;
  });

  // A page that the browser kept must show the filters of its own address, not what was ticked last.
  window.addEventListener("pageshow", (event) => {
    form.elements.namedItem("q").disabled = false;
    if (event.persisted) form.reset();
  });

  const kept = sessionStorage.getItem(PLACE);
  if (!kept) return;
  sessionStorage.removeItem(PLACE);
  const place = JSON.parse(kept);
  const box = [...filters.querySelectorAll("input")].find((one) => boxKey(one) === place.box);
  if (box) {
    for (let at = box.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    box.focus({ preventScroll: true });
  }
  filters.scrollTop = place.filters;
  window.scrollTo(0, place.page);
})();
