// Writes down when the matter was seen: at the first photo or position, by the phone's clock.
"use strict";

for (const form of document.querySelectorAll("form[data-capture]")) {
  const field = form.elements.namedItem("captured_at");
  const note = () => {
    if (!field.value) field.value = new Date().toISOString();
  };
  form.addEventListener("captured", note);
  form.addEventListener("change", (event) => {
    if (event.target.type === "file") note();
  });
}
