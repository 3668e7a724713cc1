// Finds words in the letter while they are typed, and steps through the matches. Without this file the form
// asks the server, which marks the same matches.
(() => {
  "use strict";
  const root = document.getElementById("find-in-letter");
  if (!root) return;
  const form = root.querySelector("form");
  const box = document.getElementById("find");
  const told = root.querySelector(".find-told");
  const steps = root.querySelector(".find-steps");
  const blocks = [...document.querySelectorAll("[data-letter]")];
  let matches = []; // each a list of the marks that it is made of
  let current = -1;
  let sought = "";

  const pattern = (words) =>
    new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+"), "giu");

  const unmark = () => {
    for (const mark of document.querySelectorAll("mark.found")) mark.replaceWith(...mark.childNodes);
    for (const block of blocks) block.normalize();
    matches = [];
    current = -1;
  };

  const textNodes = (block) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const nodes = [];
    for (let at = 0; walker.nextNode(); at += walker.currentNode.length) {
      nodes.push({ node: walker.currentNode, start: at, end: at + walker.currentNode.length });
    }
    return nodes;
  };

  const wrap = (node, start, end) => {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    const mark = document.createElement("mark");
    mark.className = "found";
    range.surroundContents(mark);
    return mark;
  };

  // From the last match to the first, so that what is still to be wrapped keeps its place in its node.
  const markBlock = (block, words) => {
    const nodes = textNodes(block);
    const spans = [...block.textContent.matchAll(pattern(words))].map((one) => [one.index, one.index + one[0].length]);
    return spans.reverse().map(([start, end]) => nodes
      .filter((one) => one.start < end && start < one.end).reverse()
      .map((one) => wrap(one.node, Math.max(start - one.start, 0), Math.min(end, one.end) - one.start))
      .reverse()).reverse();
  };

  const tell = () => {
    const count = matches.length;
    if (!sought) told.textContent = "";
    else if (!count) told.textContent = `No match for “${sought}” in this letter`;
    else if (current < 0) told.textContent = `${count} ${count === 1 ? "match" : "matches"} for “${sought}” in this letter`;
    else told.textContent = `Match ${current + 1} of ${count} for “${sought}”`;
    steps.hidden = !count;
  };

  const find = () => {
    const words = box.value.split(/\s+/u).filter(Boolean);
    if (words.join(" ") === sought) return;
    unmark();
    sought = words.join(" ");
    if (sought) matches = blocks.flatMap((block) => markBlock(block, words));
    tell();
  };

  const step = (by) => {
    find();
    if (!matches.length) return;
    const from = current < 0 && by < 0 ? 0 : current;
    for (const mark of matches[current] ?? []) mark.classList.remove("current");
    current = (from + by + matches.length) % matches.length;
    for (const mark of matches[current]) mark.classList.add("current");
    matches[current][0].scrollIntoView({ block: "center" });
    tell();
  };

  box.addEventListener("input", find);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      box.value = "";
      find();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    step(1);
  });
  for (const button of steps.querySelectorAll("button")) {
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  }
  root.querySelector(".find-matches")?.remove();
  find();
})();
