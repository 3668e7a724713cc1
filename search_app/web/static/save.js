// "Save this search" above the results.
import { keepSearches, savedSearches } from "./store.js";

const told = document.getElementById("told");

document.addEventListener("imr:shown", draw);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#save-search");
  if (button) save(button);
});
draw();

function draw() {
  const button = document.getElementById("save-search");
  if (!button) return;
  const is = savedSearches().some((one) => one.url === button.dataset.url);
  button.textContent = is ? "Saved in this browser" : "Save this search";
  button.classList.toggle("is-saved", is);
  document.getElementById("see-saved").hidden = !is;
}

// Saving again brings the date and the count up to date, and keeps the name.
function save({ dataset: { name, url, count } }) {
  const before = savedSearches();
  const same = before.find((one) => one.url === url);
  const one = { name: same?.name ?? name, url, at: new Date().toISOString(), count: Number(count) };
  const kept = keepSearches([one, ...before.filter((other) => other !== same)]);
  draw();
  told.textContent = kept ? "Saved in this browser." : "";
  if (!kept) document.getElementById("save-search").textContent = "This browser keeps nothing";
}
