// How close together results stand. It runs before the page is drawn, so that nothing jumps.
(() => {
  "use strict";
  const KEPT = "imr-search-density";
  const root = document.documentElement;

  function kept() {
    try {
      return localStorage.getItem(KEPT) === "compact" ? "compact" : "comfortable";
    } catch {
      return "comfortable";
    }
  }

  function draw() {
    for (const button of document.querySelectorAll("[data-density-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.densityChoice === root.dataset.density));
    }
  }

  root.dataset.density = kept();
  document.addEventListener("DOMContentLoaded", draw);
  document.addEventListener("imr:shown", draw);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-density-choice]");
    if (!button) return;
    root.dataset.density = button.dataset.densityChoice;
    try {
      localStorage.setItem(KEPT, root.dataset.density);
    } catch {
      // It holds for this page.
    }
    draw();
  });
})();
