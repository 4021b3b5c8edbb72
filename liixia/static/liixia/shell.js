// Niceties of every page; each one may be missing and the page still works.
"use strict";

// After a refused form the summary takes focus, so that it is read out and its links are next.
function focusErrors(root) {
  const summary = root.querySelector(".errors");
  if (summary) summary.focus();
}

// A second press on a form that is already on its way is ignored; coming back to the page makes it ready again.
function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.classList.contains("sent")) {
    event.preventDefault();
    return;
  }
  form.classList.add("sent");
  form.setAttribute("aria-busy", "true");
}

function readyAgain() {
  for (const form of document.querySelectorAll("form.sent")) {
    form.classList.remove("sent");
    form.removeAttribute("aria-busy");
  }
}

// An open menu closes on Escape and on a press elsewhere.
function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    const away = event.type === "click" && !menu.contains(event.target);
    const escaped = event.type === "keydown" && event.key === "Escape";
    if (away || escaped) menu.open = false;
    if (escaped) menu.querySelector("summary").focus();
  }
}

// On a narrow screen the navigation is a strip: bring the present page into it.
function showPlace() {
  const strip = document.querySelector(".side");
  const here = strip && strip.querySelector("[aria-current]");
  if (here && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = here.offsetLeft - strip.offsetLeft - 16;
}

// A stroke brings to the search of the top bar, unless somebody writes just now.
function goToSearch(event) {
  const writing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
  const fields = document.querySelectorAll("[data-find], main input[type=search]");
  const field = [...fields].find((each) => each.offsetParent !== null);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

document.addEventListener("submit", sendOnce);
document.addEventListener("keydown", goToSearch);
document.addEventListener("click", closeMenus);
document.addEventListener("keydown", closeMenus);
window.addEventListener("pageshow", readyAgain);
focusErrors(document);
showPlace();
