// Takes the position by a button. Without this file the button stays hidden and the list of places serves.
"use strict";

function locating(box) {
  const form = box.closest("form");
  const say = box.querySelector("[data-says]");
  const leave = box.querySelector("[data-leave]");
  const field = (name) => form.elements.namedItem(name);

  function show(words) {
    say.textContent = words;
    leave.hidden = !field("lon").value;
  }

  function keep(position) {
    field("lon").value = position.coords.longitude;
    field("lat").value = position.coords.latitude;
    field("accuracy").value = Math.round(position.coords.accuracy);
    if (field("datum")) field("datum").value = "wgs84";
    found();
    form.dispatchEvent(new Event("captured"));
  }

  function found() {
    show(box.dataset.sayFound.replace("{metres}", field("accuracy").value || "?"));
  }

  function take() {
    show(box.dataset.sayAsking);
    const wish = { enableHighAccuracy: true, timeout: 15000, maximumAge: 0 };
    navigator.geolocation.getCurrentPosition(keep, () => show(box.dataset.sayRefused), wish);
  }

  function drop() {
    for (const name of ["lon", "lat", "accuracy"]) field(name).value = "";
    show(box.dataset.sayLeft);
  }

  box.hidden = false;
  box.querySelector("[data-take]").addEventListener("click", take);
  leave.addEventListener("click", drop);
  if (field("lon").value) found();
}

if ("geolocation" in navigator) document.querySelectorAll("[data-locate]").forEach(locating);
