// The site works without any script. What the script of each page needs of the search form is done here.
(() => {
  "use strict";
  const form = document.getElementById("search");
  if (!form) return;
  if (document.querySelector(".filters")) document.documentElement.classList.add("scripted");

  // An empty box need not show in the address.
  form.addEventListener("submit", (event) => {
    const box = form.elements.namedItem("q");
    if (!box.value.trim()) box.disabled = true;
  });

  // A page that the browser kept must show the filters of its own address, not what was ticked last.
  window.addEventListener("pageshow", (event) => {
    form.elements.namedItem("q").disabled = false;
    if (event.persisted) form.reset();
  });
})();
