// Looks for situations while somebody types, and says which one is chosen. Without scripts the button asks the server.
"use strict";

const WAIT = 250;

function picking(picker) {
  const said = picker.querySelector("[data-chosen]");
  const input = picker.querySelector("input[type=search]");
  const found = picker.querySelector("#found");
  const button = picker.querySelector("button[name=find]");
  let timer, asked = "";

  const chosen = () => picker.querySelector("input[name=situation]:checked");
  const tell = () => {
    const one = chosen();
    said.textContent = one && one.value ? `${picker.dataset.sayChosen} ${one.closest("label").querySelector("b").textContent}` : "";
  };
  // What was found anew takes the place of what was found before: a choice among it lives on wherever else it stands.
  const keep = (code) => {
    if (chosen() || code === undefined) return;
    const again = picker.querySelector(`input[name=situation][value="${code}"]`);
    (again || picker.querySelector('input[name=situation][value=""]')).checked = true;
  };

  async function look() {
    const words = input.value.trim();
    if (words === asked) return;
    asked = words;
    let part = "";
    if (words) {
      try {
        const answer = await fetch(`${picker.dataset.picker}?q=${encodeURIComponent(words)}`);
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        part = await answer.text();
      } catch (refused) {
        console.info("No search for situations.", refused.message);
        found.textContent = picker.dataset.sayOffline;
        asked = "";
        return;
      }
    }
    if (words !== asked) return;
    const code = chosen()?.value;
    found.innerHTML = part;
    keep(code);
  }

  button.type = "button";
  button.addEventListener("click", look);
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    clearTimeout(timer);
    look();
  });
  picker.addEventListener("change", tell);
  tell();
}

document.querySelectorAll("[data-picker]").forEach(picking);
