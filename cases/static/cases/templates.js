// Words from a template go into the note at once; without scripts the same button asks the server to do it.
"use strict";

const templates = document.querySelector("[data-templates]");
const note = document.getElementById("id_note");
if (templates && note) {
  const choice = templates.querySelector("select");
  templates.querySelector("button").addEventListener("click", (event) => {
    event.preventDefault();
    const words = choice.selectedOptions[0].dataset.text;
    if (!words) { choice.focus(); return; }
    note.value = [note.value.trim(), words].filter(Boolean).join("\n");
    note.dispatchEvent(new Event("input", { bubbles: true }));
    note.focus();
  });
}
