// Keys for the queue. Each presses a link or button that stands on the page, so without them everything still works.
"use strict";

const SWITCHED = "queue-keys";
const CAME_BY_KEY = "queue-by-key";
const keys = document.getElementById("keys");
const keysOn = document.getElementById("keys-on");
const here = document.querySelector(".queue .list a[aria-current]");

function remembered(store, name) {
  try { return store.getItem(name); } catch { return null; }
}

function remember(store, name, value) {
  try { store.setItem(name, value); } catch { /* a browser that keeps nothing asks anew each time */ }
}

function isWriting(target) {
  return target.closest("input, textarea, select, [contenteditable]");
}

function goTo(step) {
  const links = [...document.querySelectorAll(".queue .list li > a")];
  const link = links[links.indexOf(here) + step];
  if (!link) return;
  remember(sessionStorage, CAME_BY_KEY, "yes");
  location.assign(link.href);
}

function write(form) {
  const field = form && form.querySelector("input:not([type=hidden]), textarea, select");
  if (!field) return;
  field.focus();
  if (field.select) field.select();
}

function press(found) {
  const fold = found.closest("details");
  if (fold && found.localName === "summary") {
    fold.open = true;
    write(fold);
  } else if (found.form) found.form.requestSubmit(found);
  else found.click();
}

function named(name) {
  return [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key.split(" ").includes(name));
}

// What a key does; nothing for all others.
function deed(name) {
  if (name === "j") return () => goTo(1);
  if (name === "k") return () => goTo(-1);
  if (name === "?") return () => { keys.open = !keys.open; };
  if (name === "e") return () => write(document.querySelector("form[data-first]") || document.querySelector(".queue form"));
  const found = named(name);
  return found && (() => press(found));
}

function heard(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const writing = isWriting(event.target);
  if (writing && event.key === "Escape") writing.blur();
  if (writing || event.repeat || !keysOn.checked) return;
  const does = deed(event.key);
  if (!does) return;
  event.preventDefault(); // or the letter is written into the field that it leads to
  does();
}

// An item that the words suggest goes into the form as it stands, with what was written in it.
function choose(event) {
  const link = event.target.closest("a[data-item]");
  const field = link && document.getElementById("accept_item");
  if (!field) return;
  event.preventDefault();
  field.value = link.dataset.item;
  field.focus();
}

// What can be undone no more is not offered any more.
for (const bar of document.querySelectorAll(".undo[data-until]")) {
  setTimeout(() => bar.remove(), Math.max(0, new Date(bar.dataset.until) - Date.now()));
}

if (keys && keysOn) {
  keys.hidden = false;
  keysOn.checked = remembered(localStorage, SWITCHED) !== "off";
  keysOn.addEventListener("change", () => remember(localStorage, SWITCHED, keysOn.checked ? "on" : "off"));
  document.addEventListener("keydown", heard);
  document.addEventListener("click", choose);
  if (here && remembered(sessionStorage, CAME_BY_KEY)) {
    sessionStorage.removeItem(CAME_BY_KEY);
    here.focus();
    here.scrollIntoView({ block: "nearest" });
  }
}
