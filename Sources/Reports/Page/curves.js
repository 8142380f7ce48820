// Training curves: a chart a figure, all runs in each.

function showCurves(report) {
  const runs = report.runs;
  const names = [...new Set(runs.flatMap(run => run.curves.map(curve => curve.name)))]
    .sort((a, b) => figureOrder(a) - figureOrder(b) || (a < b ? -1 : 1));
  if (names.length === 0) return;
  const charts = [];
  const view = {
    lines: [], smoothing: .6, inEpochs: false, logarithmic: false, hidden: new Set(), cursor: null,
    moved(x) { view.cursor = x; for (const each of charts) each.mark(); },
  };
  const redraw = () => { for (const each of charts) each.draw(); };
  for (const name of names) {
    const lines = runs.flatMap((run, i) => run.curves.filter(curve => curve.name === name).map(curve => (
      { run: run.name, color: colorOf(i, runs.length), steps: curve.steps, values: curve.values, perEpoch: run.stepsPerEpoch })));
    view.lines.push(...lines);
    charts.push(chart(figureName(name), name, lines, view));
  }
  const smoothing = element("input", {
    type: "range", min: 0, max: .98, step: .02, value: view.smoothing,
    oninput: event => { view.smoothing = Number(event.target.value); redraw(); },
  });
  section("curves", "Curves", "Thin lines are as measured, thick ones smoothed. Point at a chart for values; all follow.",
    element("div", { class: "controls" },
      element("label", {}, "smoothing", smoothing),
      choice("over", [["steps", "steps"], ["epochs", "epochs"]], value => { view.inEpochs = value === "epochs"; view.cursor = null; redraw(); }),
      element("label", {}, element("input", { type: "checkbox", onchange: event => { view.logarithmic = event.target.checked; redraw(); } }), "logarithmic"),
      runs.length < 2 ? null : element("div", { class: "legend" }, runs.map((run, i) =>
        toggle(run.name, true, isOn => { isOn ? view.hidden.delete(run.name) : view.hidden.add(run.name); redraw(); }, swatch(colorOf(i, runs.length)))))),
    element("div", { class: "charts" }, charts.map(each => each.card)));
}
