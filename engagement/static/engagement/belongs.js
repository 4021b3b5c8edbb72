// Asks where a report may belong when somebody stops typing. Without scripts the button asks the server.
"use strict";

const LEAST = 4, STILL = 800;
const PLACE = ["area", "lon", "lat", "accuracy", "datum"];

function belonging(part) {
  const form = part.closest("form");
  const found = part.querySelector("[data-found]");
  const button = part.querySelector("button[name=suggest]");
  let timer, asked = "";

  const chosen = () => part.querySelector("input[name=belongs]:checked")?.value || "";
  // A choice lives on where it is offered again.
  const keep = (code) => {
    const again = code && part.querySelector(`input[name=belongs][value="${code}"]`);
    if (again) again.checked = true;
  };

  async function look() {
    const words = form.elements.words.value.trim();
    const sent = new URLSearchParams({ words });
    for (const name of PLACE) sent.set(name, form.elements[name]?.value || "");
    const question = String(sent);
    if (question === asked || words.length < LEAST) return;
    asked = question;
    sent.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(part.dataset.belongs, { method: "POST", body: sent });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const drawn = await answer.text();
      if (question !== asked) return;
      const code = chosen();
      found.innerHTML = drawn;
      keep(code);
    } catch (refused) {
      console.info("No suggestions.", refused.message);
      found.textContent = part.dataset.sayOffline;
      asked = "";
    }
  }

  button.type = "button";
  button.addEventListener("click", look);
  form.elements.words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, STILL);
  });
  // Elsewhere something else is common.
  form.elements.area?.addEventListener("change", () => asked && look());
}

document.querySelectorAll("[data-belongs]").forEach(belonging);
