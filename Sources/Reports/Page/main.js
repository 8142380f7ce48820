// Puts the page together.

function showHead(report) {
  const isMany = report.runs.length > 1;
  document.querySelector("header").append(...isMany ? [figuresOf(report.runs)] : report.runs.flatMap(run => [
    element("p", { class: "soft" }, run.summary),
    element("dl", { class: "tiles" }, run.figures.map(figure => element("div", { class: "card tile" },
      element("dt", {}, figure.name), element("dd", {}, figure.value, figure.note ? element("small", {}, figure.note) : null))))]));
}

/** The figures of several runs, a row a run. */
function figuresOf(runs) {
  const names = [...new Set(runs.flatMap(run => run.figures.map(figure => figure.name)))];
  return element("div", { class: "scroll card" }, element("table", { class: "figures" },
    element("thead", {}, element("tr", {}, element("td", {}), names.map(name => element("th", { scope: "col" }, name)))),
    element("tbody", {}, runs.map((run, i) => element("tr", {},
      element("th", { scope: "row" }, element("span", { class: "run-name" }, swatch(colorOf(i, runs.length)), run.name),
        element("small", { class: "soft" }, run.summary)),
      names.map(name => {
        const figure = run.figures.find(each => each.name === name);
        return element("td", { title: figure?.note }, figure?.value ?? "–");
      }))))));
}

const report = JSON.parse(document.getElementById("data").textContent);
document.querySelector("nav").append(element("ul"));
if (report.runs) {
  showHead(report);
  showCurves(report);
  showMap(report);
  showNeighbors(report);
  showClasses(report);
  showViews(report);
  showSettings(report);
} else {
  showEvaluation(report);
}
document.body.append(element("footer", {}, "Made by Kindred. This file is complete in itself: it loads nothing and sends nothing."));
