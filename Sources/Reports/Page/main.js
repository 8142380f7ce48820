// Puts the page together.

function showHead(report) {
  const isMany = report.runs.length > 1;
  document.querySelector("header").append(...report.runs.map((run, i) => element("div", {},
    element("p", { class: "run-name" }, isMany ? [swatch(colorOf(i, report.runs.length)), run.name] : null,
      element("span", { class: "soft", style: { fontWeight: "400" } }, run.summary)),
    element("dl", { class: "tiles" }, run.figures.map(figure => element("div", { class: "card tile" },
      element("dt", {}, figure.name), element("dd", {}, figure.value, figure.note ? element("small", {}, figure.note) : null)))))));
}

const report = JSON.parse(document.getElementById("data").textContent);
document.querySelector("nav").append(element("ul"));
showHead(report);
showCurves(report);
showMap(report);
showNeighbors(report);
showClasses(report);
showViews(report);
showSettings(report);
document.body.append(element("footer", {}, "Made by Kindred. This file is complete in itself: it loads nothing and sends nothing."));
