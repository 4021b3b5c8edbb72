// Keeps the words and the place of an unsent report in this tab, so that changing language or type size loses nothing.
// The phone number is never kept. A received report throws the draft away.
"use strict";

const KEPT = ["words", "place"];

function drafting(form) {
  const name = (field) => `draft:${form.dataset.draft}:${field}`;
  for (const field of KEPT) {
    const input = form.elements.namedItem(field);
    if (!input) continue;
    if (!input.value) input.value = sessionStorage.getItem(name(field)) || "";
    input.addEventListener("input", () => sessionStorage.setItem(name(field), input.value));
  }
}

try {
  document.querySelectorAll("form[data-draft]").forEach(drafting);
  for (const done of document.querySelectorAll("[data-draft-done]")) {
    for (const field of KEPT) sessionStorage.removeItem(`draft:${done.dataset.draftDone}:${field}`);
  }
} catch (refused) {
  console.info("This browser keeps no drafts.", refused.name);
}
