// Sends the photos of a form in pieces while it is being filled in; a broken connection only makes them later.
"use strict";

(() => {
  const { Way, Refusal, pause } = window.liixiaSending;
  const CHECKS = 8;

  class Photos {
    constructor(box) {
      this.box = box;
      this.say = box.dataset;
      this.form = box.closest("form");
      this.field = box.querySelector("input[type=hidden]");
      [this.ticket, ...this.kept] = this.field.value.split(" ").filter(Boolean);
      const headers = { "X-Photo-Ticket": this.ticket };
      this.way = new Way({ begin: this.say.begin, piece: Number(this.say.piece), form: this.form, headers, lost: this.say.sayLost });
      this.items = [];
      this.chain = Promise.resolve();
      this.holds = false;
      this.find("without").hidden = true;
      this.find("choosing").hidden = false;
      for (const chooser of box.querySelectorAll("[data-choose]")) {
        chooser.addEventListener("change", () => this.choose(chooser));
      }
      this.find("without-photos").addEventListener("click", () => this.go());
      this.form.addEventListener("submit", (event) => this.hold(event), true);
      for (const id of this.kept) this.recall(id);
    }

    find(name, within = this.box) {
      return within.querySelector(`[data-${name}]`);
    }

    words(name, values = {}) {
      const sentence = this.say[`say${name[0].toUpperCase()}${name.slice(1)}`];
      return sentence.replace(/\{(\w+)\}/g, (_, key) => values[key]);
    }

    tell(sentence) {
      this.find("says").textContent = sentence;
    }

    // ---- what the person sees

    add(name) {
      const shown = this.box.querySelector("template").content.firstElementChild.cloneNode(true);
      const item = { name, shown, id: null, state: "waiting", sent: 0 };
      this.find("name", shown).textContent = name;
      this.find("which", shown).textContent = ` ${name}`;
      this.find("remove", shown).addEventListener("click", () => this.remove(item));
      this.items.push(item);
      this.find("list").append(shown);
      this.show(item, this.words("waiting"));
      return item;
    }

    show(item, sentence, bad = false) {
      this.find("state", item.shown).textContent = sentence;
      this.find("bar", item.shown).hidden = bad || item.state === "done";
      item.shown.classList.toggle("bad", bad);
    }

    picture(item, blob) {
      const image = this.find("picture", item.shown);
      const address = URL.createObjectURL(blob);
      image.addEventListener("load", () => {
        image.hidden = false;
        this.find("none", item.shown).hidden = true;
      });
      image.addEventListener("error", () => URL.revokeObjectURL(address));
      image.alt = item.name;
      image.src = address;
    }

    choose(chooser) {
      for (const file of chooser.files) {
        if (this.items.filter((item) => item.state !== "refused").length >= Number(this.say.most)) {
          this.tell(this.words("many", { most: this.say.most }));
          break;
        }
        this.take(file);
      }
      chooser.value = "";
    }

    take(file) {
      const item = this.add(file.name);
      this.picture(item, file);
      if (file.size > Number(this.say.bytes)) {
        this.refuse(item, this.words("large"));
        return;
      }
      this.chain = this.chain.then(() => this.send(item, file));
    }

    // A page shown again still knows what was sent before.
    async recall(id) {
      const item = this.add("");
      Object.assign(item, { id, state: "done" });
      try {
        const known = await this.ask("GET", `${id}/status/`);
        item.name = known.name;
        this.find("name", item.shown).textContent = known.name;
        this.find("which", item.shown).textContent = ` ${known.name}`;
        if (known.state === "receiving") throw new Refusal("unfinished", this.words("lost"));
        await this.check(item);
        const answer = await fetch(`${this.say.begin}${id}/small/`, { headers: { "X-Photo-Ticket": this.ticket } });
        if (answer.ok) this.picture(item, await answer.blob());
      } catch (error) {
        this.refuse(item, error instanceof Refusal ? error.message : this.words("lost"));
      }
    }

    // ---- the way to the server

    ask(method, path) {
      return this.way.ask(method, path);
    }

    async send(item, file) {
      const told = {
        sending: (percent) => this.progress(item, percent),
        resting: (percent) => this.show(item, this.words("resting", { percent })),
      };
      try {
        await this.way.send(item, file, told);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return this.refuse(item, error.message);
      }
      if (item.state === "removed") return this.forget(item);
      return this.arrived(item);
    }

    progress(item, percent) {
      this.find("bar", item.shown).value = percent;
      this.show(item, this.words("sending", { percent }));
    }

    async arrived(item) {
      item.state = "done";
      this.note();
      this.check(item);
      this.release();
    }

    // The server looks at the photo a moment later; what it finds is told here.
    async check(item) {
      this.show(item, this.words("sent"));
      for (let turn = 0; turn < CHECKS && item.state === "done"; turn += 1) {
        const known = await this.ask("GET", `${item.id}/status/`).catch(() => ({ state: "waiting" }));
        if (known.state === "ready") return this.show(item, this.words("ready"));
        if (known.state === "refused") return this.refuse(item, known.sentence);
        await pause(2000);
      }
      return undefined;
    }

    refuse(item, sentence) {
      item.state = "refused";
      this.show(item, sentence, true);
      this.note();
      this.tell(`${item.name} ${sentence}`);
      this.release();
    }

    remove(item) {
      const next = item.shown.nextElementSibling || item.shown.previousElementSibling;
      item.state = "removed";
      this.items = this.items.filter((other) => other !== item);
      item.shown.remove();
      this.forget(item);
      this.note();
      this.tell(this.words("removed"));
      (next ? this.find("remove", next) : this.box.querySelector("[data-choose][id]")).focus();
      this.release();
    }

    forget(item) {
      if (item.id) this.ask("POST", `${item.id}/remove/`).catch(() => {});
    }

    // ---- the form

    note() {
      const done = this.items.filter((item) => item.state === "done");
      this.field.value = [this.ticket, ...done.map((item) => item.id)].join(" ");
      if (done.length) this.tell(this.words("all", { count: done.length }));
    }

    busy() {
      return this.items.some((item) => item.state === "waiting" || item.state === "sending");
    }

    hold(event) {
      if (!this.busy() || this.lets) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.holds = true;
      this.pressed = event.submitter;
      this.find("holding").hidden = false;
      this.tell(this.words("holding"));
    }

    release() {
      if (this.holds && !this.busy()) this.go();
    }

    go() {
      this.holds = false;
      this.lets = true;
      this.find("holding").hidden = true;
      this.form.requestSubmit(this.pressed && this.pressed.isConnected ? this.pressed : undefined);
      this.lets = false;
    }
  }

  function begin(root) {
    for (const box of root.querySelectorAll("[data-photos]:not([data-begun])")) {
      box.dataset.begun = "";
      new Photos(box);
    }
  }

  if (window.liixiaPhotos) return begin(document);
  window.liixiaPhotos = true;
  return begin(document);
})();
