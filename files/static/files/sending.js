// Sends one file in pieces, over a bad connection too: what came before is not sent again.
"use strict";

(() => {
  if (window.liixiaSending) return;
  const PATIENCE = [1000, 2000, 4000, 8000, 15000];
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  // The network came back, or enough time went by: whichever is first.
  function connection(ms) {
    return new Promise((done) => {
      const timer = setTimeout(over, ms);
      function over() {
        clearTimeout(timer);
        window.removeEventListener("online", over);
        done();
      }
      window.addEventListener("online", over);
    });
  }

  class Refusal extends Error {
    constructor(code, sentence) {
      super(sentence);
      this.code = code;
    }
  }

  // The way to the server: `begin` is where a file is announced, its pieces go below that.
  class Way {
    constructor({ begin, piece, form, headers, lost }) {
      Object.assign(this, { begin, piece, form, headers, lost });
    }

    async ask(method, path, body, type) {
      const token = this.form.querySelector("[name=csrfmiddlewaretoken]");
      const headers = { ...this.headers, Accept: "application/json" };
      if (token) headers["X-CSRFToken"] = token.value;
      if (type) headers["Content-Type"] = type;
      const answer = await fetch(this.begin + path, { method, body, headers, credentials: "same-origin" });
      if (answer.redirected) throw new Refusal("signed_out", this.lost);
      if (answer.ok) return answer.json();
      const told = await answer.json().catch(() => ({ code: "", sentence: "" }));
      const final = answer.status >= 400 && answer.status < 500 && !["gap", "broken_off"].includes(told.code);
      if (final) throw new Refusal(told.code, told.sentence || this.lost);
      throw new Error(told.code || String(answer.status));
    }

    // `item` keeps id, sent and state; `told` hears of the percentage. Ends when all is sent or it was taken back.
    async send(item, file, told) {
      let failures = 0;
      while (item.state !== "removed" && item.sent < file.size) {
        try {
          await this.forward(item, file, told);
          failures = 0;
        } catch (error) {
          if (error instanceof Refusal) throw error;
          told.resting(this.percent(item, file));
          await connection(PATIENCE[Math.min(failures++, PATIENCE.length - 1)]);
          await this.resume(item).catch(() => {});
        }
      }
    }

    // One step: the announcement, or the next piece.
    async forward(item, file, told) {
      if (!item.id) {
        const body = new URLSearchParams({ name: file.name, size: file.size });
        item.id = (await this.ask("POST", "", body)).id;
        if (item.state === "removed") return;
      }
      item.state = "sending";
      told.sending(this.percent(item, file));
      const piece = file.slice(item.sent, item.sent + this.piece);
      const path = `${item.id}/pieces/${item.sent}/`;
      const known = await this.ask("POST", path, await piece.arrayBuffer(), "application/octet-stream");
      if (item.state === "removed") return;
      item.sent = known.received;
      told.sending(this.percent(item, file));
    }

    async resume(item) {
      if (item.id) item.sent = (await this.ask("GET", `${item.id}/status/`)).received;
    }

    percent(item, file) {
      return Math.floor((100 * item.sent) / file.size);
    }
  }

  window.liixiaSending = { Way, Refusal, pause };
})();
