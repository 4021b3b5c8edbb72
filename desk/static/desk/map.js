// Open cases on our own outlines: streets from afar, grids nearer, single cases nearest. The table says the same.
"use strict";

const RAMP = ["#e6eef8", "#c3d6ee", "#8fb1da", "#3f70b0", "#1a4f98"];
const BARE = "#f7f9fc";
const RED = "#b01e1a";
const GRIDS_FROM = 14;
const POINTS_FROM = 15;
const GROUPS = ["over", "today", "tomorrow", "later"];

const sum = (numbers) => (numbers || []).reduce((all, one) => all + one, 0);
const got = (address) => fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));

// Words as they are: Leaflet would read a string as HTML.
function text(words) {
  const span = document.createElement("span");
  span.append(words);
  return span;
}

// Bounds of five classes, each holding about as many areas as the next.
function bounds(values) {
  const sorted = values.filter(Boolean).sort((a, b) => a - b);
  const cuts = RAMP.map((_, nth) => sorted[Math.min(sorted.length - 1, Math.ceil(((nth + 1) * sorted.length) / RAMP.length) - 1)]);
  return [...new Set(cuts)].filter((cut) => cut !== undefined);
}

function colourOf(value, cuts) {
  if (!value) return BARE;
  const nth = cuts.findIndex((cut) => value <= cut);
  return RAMP[RAMP.length - cuts.length + (nth < 0 ? cuts.length - 1 : nth)];
}

class AreasMap {
  constructor(box) {
    this.box = box;
    this.words = box.dataset;
    this.counts = {};
    this.levels = {};
    this.points = L.layerGroup();
    this.dots = L.layerGroup();
    this.map = L.map(box, { zoomControl: false, attributionControl: false, scrollWheelZoom: false, zoomSnap: 0.25, preferCanvas: true });
    L.control.zoom({ position: "bottomright", zoomInTitle: this.words.zoomIn, zoomOutTitle: this.words.zoomOut }).addTo(this.map);
    L.control.scale({ imperial: false }).addTo(this.map);
    this.dots.addTo(this.map);
    this.points.addTo(this.map);
  }

  async start() {
    const [streets, counts] = await Promise.all([got(this.words.streets), got(this.words.counts)]);
    this.counts = counts.areas;
    this.levels.street = this.layer(streets);
    const whole = this.levels.street.getBounds();
    const own = this.levels.street.getLayers().find((one) => one.feature.id === this.words.area);
    this.map.fitBounds(own ? own.getBounds() : whole, { padding: [8, 8] });
    if (own) await this.loadGrids();
    await this.show();
    this.map.on("moveend", () => this.show());
    window.setInterval(() => document.hidden || this.refresh(), 60000);
  }

  layer(outlines) {
    return L.geoJSON(outlines, { onEachFeature: (feature, one) => one.on("click", () => this.choose(feature.id)) });
  }

  async loadGrids() {
    this.levels.grid ??= this.layer(await got(this.words.grids));
  }

  async refresh() {
    this.counts = (await got(this.words.counts)).areas;
    await this.show();
  }

  async show() {
    const near = this.map.getZoom() >= GRIDS_FROM || Boolean(this.words.area);
    if (near) await this.loadGrids();
    const level = near ? "grid" : "street";
    Object.entries(this.levels).forEach(([name, layer]) => name !== level && layer.remove());
    this.levels[level].addTo(this.map);
    this.paint(level);
    await this.showPoints();
  }

  paint(level) {
    const layers = this.levels[level].getLayers();
    const cuts = bounds(layers.map((one) => sum(this.counts[one.feature.id])));
    this.dots.clearLayers();
    layers.forEach((one) => this.paintOne(one, cuts, level));
    this.tellClasses(cuts);
  }

  paintOne(one, cuts, level) {
    const { id, properties } = one.feature;
    const numbers = this.counts[id];
    const chosen = id === this.chosen;
    one.setStyle({ color: chosen ? "#0f2f5c" : "#7b889c", weight: chosen ? 3 : 1, fillColor: colourOf(sum(numbers), cuts), fillOpacity: 1 });
    const centre = one.getBounds().getCenter();
    if (numbers?.[0]) this.dots.addLayer(L.circleMarker(centre, { radius: Math.min(4 + Math.sqrt(numbers[0]), 14), weight: 1.5, color: "#fff", fillColor: RED, fillOpacity: 0.85, interactive: false }));
    if (level === "street") this.name(one, properties.name, colourOf(sum(numbers), cuts));
  }

  name(one, name, colour) {
    const className = RAMP.indexOf(colour) > 2 ? "name small on-dark" : "name small";
    one.unbindTooltip().bindTooltip(text(name.replace(/街道$/, "")), { permanent: true, direction: "bottom", offset: [0, 10], className });
  }

  tellClasses(cuts) {
    const list = document.getElementById("classes");
    list.replaceChildren(...cuts.map((cut, nth) => {
      const item = document.createElement("li");
      const from = nth ? cuts[nth - 1] + 1 : 1;
      item.innerHTML = `<svg width="18" height="12" aria-hidden="true"><rect width="18" height="12" fill="${colourOf(cut, cuts)}" stroke="#7b889c"/></svg>`;
      item.append(from === cut ? `${cut}` : `${from}–${cut}`);
      return item;
    }));
  }

  async showPoints() {
    this.points.clearLayers();
    if (this.map.getZoom() < POINTS_FROM) return;
    this.dots.clearLayers();
    const view = this.map.getBounds();
    const box = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()].map((one) => one.toFixed(5)).join(",");
    const { more, points } = await got(`${this.words.points}${this.words.points.includes("?") ? "&" : "?"}box=${box}`);
    if (more) this.say(this.words.more);
    points.forEach(([lon, lat, group, href, summary]) => {
      const point = shapeOf(group, lat, lon).bindTooltip(text(`${this.words[GROUPS[group]]} · ${summary}`));
      this.points.addLayer(point.on("click", () => { window.location.href = href; }));
    });
  }

  choose(code) {
    this.chosen = code;
    const level = this.map.hasLayer(this.levels.grid ?? L.layerGroup()) ? "grid" : "street";
    this.paint(level);
    document.querySelectorAll("#areas-table tr").forEach((row) => row.classList.toggle("on", row.dataset.code === code));
    const one = this.levels[level].getLayers().find((found) => found.feature.id === code);
    if (one) this.tell(code, one.feature.properties.name);
  }

  tell(code, name) {
    const numbers = this.counts[code] || [0, 0, 0, 0];
    const title = document.createElement("b");
    title.lang = "zh-Hans";
    title.append(name);
    const said = GROUPS.map((group, nth) => `${this.words[group]} ${numbers[nth]}`).join(" · ");
    const list = this.link(this.words.cases, { state: "open", category: this.words.category, due: this.words.due, area: code }, this.words.list);
    const into = code.length === 9 ? [" · ", this.link(this.words.inside, { area: code }, this.words.into)] : [];
    this.say(title, ` ${this.words.open} ${sum(numbers)} · ${said} `, list, ...into);
  }

  link(page, filters, words) {
    const address = new URL(page, window.location.href);
    Object.entries(filters).forEach(([name, value]) => value && address.searchParams.set(name, value));
    const link = document.createElement("a");
    link.href = address.href;
    link.append(words);
    return link;
  }

  say(...parts) {
    document.getElementById("chosen").replaceChildren(...parts);
  }
}

const box = document.getElementById("areas-map");
if (box && window.L) {
  const drawn = document.getElementById("drawn");
  drawn.hidden = false;
  const areas = new AreasMap(box);
  areas.start().catch(() => { drawn.hidden = true; });
  document.querySelectorAll("#areas-table tr[data-code]").forEach((row) => {
    row.addEventListener("focusin", () => areas.choose(row.dataset.code));
    row.addEventListener("mouseenter", () => areas.choose(row.dataset.code));
  });
}
