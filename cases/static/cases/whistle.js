// Choosing another item asks at once whom the list names; without scripts the button beside it does the same.
"use strict";

const fill = document.querySelector("[data-fill]");
const item = document.getElementById("id_item");
if (fill && item) {
  item.addEventListener("change", () => fill.form.requestSubmit(fill));
}
