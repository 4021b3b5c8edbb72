// The picture of a flow follows what is written in its form; without scripts a button shows it.
"use strict";

const form = document.getElementById("flow-form");
const picture = document.querySelector("[data-picture]");
let waiting = 0;
let asked = 0;

async function draw() {
  const mine = ++asked;
  const said = new FormData(form);
  said.set("do", "draw");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(said) });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const drawn = await answer.text();
    if (mine === asked) picture.innerHTML = drawn;
  } catch (refused) {
    console.info("No picture.", refused.message);
  }
}

// A step's heading says what its fields say.
function retitle(field) {
  const step = field.closest(".flow-step");
  const told = { name: "summary [data-name]", who: "summary [data-who]" }[field.name.split("_")[0]];
  if (step && told) step.querySelector(told).textContent = field.value;
}

form.addEventListener("input", (event) => {
  retitle(event.target);
  clearTimeout(waiting);
  waiting = setTimeout(draw, 400);
});
