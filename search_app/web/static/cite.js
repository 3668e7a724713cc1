// Buttons that copy a citation. Without this file the citation is selected and copied by hand.
(() => {
  "use strict";
  const select = (source) => {
    const range = document.createRange();
    range.selectNodeContents(source);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };

  const copy = async (source) => {
    try {
      await navigator.clipboard.writeText(source.textContent);
      return true;
    } catch {
      // Over plain HTTP, or where it is not permitted, there is only the old way.
      select(source);
      return document.execCommand("copy");
    }
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    const told = button.parentElement.querySelector(".copied");
    button.hidden = false;
    button.addEventListener("click", async () => {
      told.textContent = "";
      const done = await copy(source);
      if (!done) select(source);
      told.textContent = done ? "Copied." : "Not copied: it is selected now, copy it with Ctrl+C.";
    });
  }
})();
