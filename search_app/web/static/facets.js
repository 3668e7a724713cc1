// Finds among the values that a filter lists, and keeps empty dates out of the address.
(() => {
  "use strict";
  document.documentElement.classList.add("scripted");

  // A branch stays while any of its twigs does.
  const sift = (list, wanted) => {
    let any = false;
    for (const row of list.children) {
      const label = row.querySelector(".choice-label");
      const own = label !== null && label.textContent.toLowerCase().includes(wanted);
      let below = false;
      for (const twigs of row.querySelectorAll(".choices")) below = sift(twigs, own ? "" : wanted) || below;
      row.hidden = !own && !below;
      if (below && !own && wanted) row.querySelector("details").open = true;
      any = any || !row.hidden;
    }
    return any;
  };

  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!box.matches(".facet-find input")) return;
    const facet = box.closest(".facet");
    const wanted = box.value.trim().toLowerCase();
    const more = facet.querySelector(":scope > .more");
    if (more && wanted) more.open = true;
    let any = false;
    for (const list of facet.querySelectorAll(":scope > .choices, :scope > .more > .choices")) any = sift(list, wanted) || any;
    facet.querySelector(".facet-find output").textContent = any ? "" : "None listed here";
  });

  document.addEventListener("submit", (event) => {
    const ends = [...event.target.elements].filter((one) => ["from", "to"].includes(one.name) && !one.value.trim());
    for (const one of ends) one.disabled = true;
    setTimeout(() => { for (const one of ends) one.disabled = false; });
  }, true);
})();
