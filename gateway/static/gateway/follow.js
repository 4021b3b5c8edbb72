// While an import is at work its page shows how far it is; when it ends, the page is loaded anew.
"use strict";

(() => {
  const EVERY = 2000;
  const here = () => document.querySelector("[data-follow]");

  async function look() {
    const answer = await fetch(window.location.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const now = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-follow]");
    if (!now) return window.location.reload();
    here().replaceChildren(...now.childNodes);
  }

  function again() {
    setTimeout(() => look().catch(() => {}).then(() => here() && again()), EVERY);
  }

  if (here()) again();
})();
