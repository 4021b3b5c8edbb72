// Shows a question only when its answer is wanted. Without this file all of them stand there, and the server decides.
"use strict";

function asking(form) {
  const reached = form.querySelector("[data-when-reached]");
  const later = form.querySelector("[data-when-later]");
  const dissatisfied = form.querySelector("[data-when-dissatisfied]");
  const chosen = (name) => new FormData(form).get(name);

  function show() {
    reached.hidden = Boolean(chosen("outcome")) && chosen("outcome") !== "reached";
    later.hidden = chosen("outcome") !== "later";
    dissatisfied.hidden = chosen("grade") !== "dissatisfied";
  }

  form.addEventListener("change", show);
  show();
}

document.querySelectorAll("form[data-call-back]").forEach(asking);
