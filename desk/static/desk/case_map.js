// The small map of a case: our own outlines and the place. Without it, the words beneath say the same.
"use strict";

const PLUM = "#8a2a6c";
const BLUE = "#1a4f98";
const GREY = "#7b889c";

function styleOf(code) {
  return (feature) =>
    feature.properties.code === code
      ? { color: BLUE, weight: 2.5, fillColor: BLUE, fillOpacity: 0.1 }
      : { color: GREY, weight: 1, dashArray: "4 4", fill: false };
}

function drawn(box) {
  const map = L.map(box, {
    zoomControl: false, attributionControl: false, scrollWheelZoom: false, zoomSnap: 0.25, preferCanvas: true,
  });
  L.control.zoom({ position: "bottomright", zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  return map;
}

function mark(map, lat, lon) {
  L.circleMarker([lat, lon], { radius: 8, color: "#fff", weight: 2.5, fillColor: PLUM, fillOpacity: 1, interactive: false }).addTo(map);
}

async function show(box) {
  const answer = await fetch(box.dataset.outlines);
  if (!answer.ok) return;
  const outlines = await answer.json();
  box.hidden = false;
  const map = drawn(box);
  const layer = L.geoJSON(outlines, { interactive: false, style: styleOf(box.dataset.code) }).addTo(map);
  const own = layer.getLayers().find((one) => one.feature.properties.code === box.dataset.code);
  const lat = Number(box.dataset.lat);
  const lon = Number(box.dataset.lon);
  const here = "lon" in box.dataset;
  if (own) map.fitBounds(own.getBounds(), { padding: [12, 12] });
  else if (here) map.setView([lat, lon], 14);
  else map.fitBounds(layer.getBounds(), { padding: [6, 6] });
  if ("exact" in box.dataset) mark(map, lat, lon);
}

const box = document.getElementById("case-map");
if (box && window.L) show(box).catch(() => { box.hidden = true; });
