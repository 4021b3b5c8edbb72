// Draws the table of days as two lines; a point opens the list of its day. Without it the table says the same.
"use strict";

const NOW = "#1a4f98";
const THEN = "#57637a";
const GRID = "#d0d8e3";

function read(table) {
  return [...table.tBodies[0].rows].reverse().map((row) => {
    const [came, closed] = [...row.querySelectorAll("a")];
    return {
      day: row.dataset.day,
      came: { value: Number(row.dataset.came), exact: came.textContent, href: came.href },
      closed: { value: Number(row.dataset.closed), exact: closed.textContent, href: closed.href },
    };
  });
}

function line(name, colour, type, points) {
  return {
    name, type: "line", data: points, symbolSize: 7, color: colour, lineStyle: { type, width: 2 },
    endLabel: { show: true, formatter: "{a}", color: colour, fontSize: 13 }, labelLayout: { moveOverlap: "shiftY" },
  };
}

function said(box, points) {
  const words = points.map((point) => `${point.seriesName} ${point.data.exact} (${box.dataset.mean} ${point.data.value.toFixed(1)})`);
  return [points[0].axisValueLabel, ...words].join("\n");
}

function draw(box, days) {
  const font = { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 13 };
  const chart = echarts.init(box, null, { renderer: "svg" });
  chart.setOption({
    animation: false,
    textStyle: font,
    grid: { left: 40, right: 72, top: 16, bottom: 28 },
    tooltip: { trigger: "axis", renderMode: "richText", formatter: (points) => said(box, points) },
    xAxis: { type: "category", data: days.map((one) => one.day), axisTick: { show: false }, axisLine: { lineStyle: { color: GRID } }, axisLabel: { color: THEN } },
    yAxis: { type: "value", min: 0, minInterval: 1, axisLabel: { color: THEN }, splitLine: { lineStyle: { color: GRID } } },
    series: [
      line(box.dataset.came, NOW, "solid", days.map((one) => one.came)),
      line(box.dataset.closed, THEN, "dashed", days.map((one) => one.closed)),
    ],
  });
  chart.on("click", (point) => { window.location.href = point.data.href; });
  window.addEventListener("resize", () => chart.resize());
}

const box = document.getElementById("trend");
const folded = document.getElementById("trend-table");
if (box && folded && window.echarts) {
  box.hidden = false;
  folded.open = false;
  draw(box, read(folded.querySelector("table")));
}
