// Sends the file of an import in pieces as soon as it is chosen; the form waits for it and then carries its id.
"use strict";

(() => {
  const { Way, Refusal } = window.liixiaSending;

  class Upload {
    constructor(box) {
      this.box = box;
      this.say = box.dataset;
      this.form = box.closest("form");
      this.field = box.querySelector("input[type=hidden]");
      this.bar = box.querySelector("[data-bar]");
      this.way = new Way({ begin: this.say.begin, piece: Number(this.say.piece), form: this.form, headers: {}, lost: this.say.sayLost });
      box.querySelector("[data-without]").hidden = true;
      box.querySelector("[data-choosing]").hidden = false;
      this.chooser = box.querySelector("[data-choose]");
      this.chooser.addEventListener("change", () => this.choose(this.chooser.files[0]));
      this.form.addEventListener("submit", (event) => this.hold(event), true);
      if (this.chooser.files.length) this.choose(this.chooser.files[0]);
    }

    words(name, values = {}) {
      const sentence = this.say[`say${name[0].toUpperCase()}${name.slice(1)}`];
      return sentence.replace(/\{(\w+)\}/g, (_, key) => values[key]);
    }

    tell(sentence, bad = false) {
      const says = this.box.querySelector("[data-says]");
      says.textContent = sentence;
      says.classList.toggle("bad", bad);
    }

    // Another file takes the place of the one before, sent or not.
    async choose(file) {
      if (this.item) this.item.state = "removed";
      this.item = null;
      this.field.value = "";
      this.bar.hidden = true;
      if (!file) return this.tell("");
      if (file.size > Number(this.say.bytes)) return this.tell(this.words("large"), true);
      const item = { id: null, state: "sending", sent: 0 };
      this.item = item;
      try {
        await this.way.send(item, file, this.told(item));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return this.refuse(item, error.message);
      }
      if (item.state !== "removed") this.arrived(item, file);
      return undefined;
    }

    told(item) {
      const show = (name) => (percent) => {
        if (item.state === "removed") return;
        this.bar.hidden = false;
        this.bar.value = percent;
        this.tell(this.words(name, { percent }));
      };
      return { sending: show("sending"), resting: show("resting") };
    }

    refuse(item, sentence) {
      if (item.state === "removed") return;
      this.item = null;
      this.waits = false;
      this.bar.hidden = true;
      this.tell(sentence, true);
    }

    arrived(item, file) {
      item.state = "done";
      this.field.value = item.id;
      this.bar.hidden = true;
      this.tell(this.words("sent", { name: file.name }));
      if (this.waits) this.form.requestSubmit();
    }

    hold(event) {
      if (!this.item || this.item.state === "done") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.waits = true;
      this.tell(this.words("holding"));
    }
  }

  for (const box of document.querySelectorAll("[data-upload]")) new Upload(box);
})();
