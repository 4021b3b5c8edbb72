// What a case looks like on the map, by the time it has left: a shape of its own for each, so that no colour is needed.
"use strict";

const INK = "#3f4b5e";
const LOOKS = [
  { shape: "square", fillColor: "#b01e1a", color: "#fff" },
  { shape: "diamond", fillColor: "#7a4a00", color: "#fff" },
  { shape: "circle", fillColor: INK, color: "#fff" },
  { shape: "circle", fillColor: "#fff", color: INK },
];
const PATHS = {
  square: (pen, x, y, r) => pen.rect(x - r, y - r, 2 * r, 2 * r),
  diamond: (pen, x, y, r) => {
    pen.moveTo(x, y - 1.4 * r);
    pen.lineTo(x + 1.4 * r, y);
    pen.lineTo(x, y + 1.4 * r);
    pen.lineTo(x - 1.4 * r, y);
    pen.closePath();
  },
  circle: (pen, x, y, r) => pen.arc(x, y, r, 0, 2 * Math.PI),
};

if (window.L) {
  L.Canvas.include({
    _updateShape(layer) {
      if (!this._drawing || layer._empty()) return;
      this._ctx.beginPath();
      PATHS[layer.options.shape](this._ctx, layer._point.x, layer._point.y, layer._radius);
      this._fillStroke(this._ctx, layer);
    },
  });
  L.Shape = L.CircleMarker.extend({ _updatePath() { this._renderer._updateShape(this); } });
}

function shapeOf(group, lat, lon) {
  return new L.Shape([lat, lon], { radius: 6, weight: 2, fillOpacity: 1, ...LOOKS[group] });
}
