// The flow chart of a case is fetched when somebody unfolds it; without scripts the link inside leads to it.
"use strict";

for (const fold of document.querySelectorAll("[data-part]")) {
  fold.addEventListener("toggle", async () => {
    if (!fold.open || fold.dataset.there) return;
    fold.dataset.there = "asked";
    try {
      const answer = await fetch(fold.dataset.part);
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      fold.insertAdjacentHTML("beforeend", await answer.text());
    } catch (refused) {
      console.info("No flow chart.", refused.message);
      delete fold.dataset.there;
    }
  });
}
