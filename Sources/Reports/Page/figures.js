// The page of one measurement: figures with their intervals, and what was asked for and found.

/** A figure of a table: shares with three digits, ranks and other large ones with one. */
const measured = value => Math.abs(value) >= 2 ? short(value) : value.toFixed(3).replace("-", "−");

/** Where the axis of a column begins and ends: at 0 and 1 for what lies between, else wherever there are figures. */
function axisOf(report, column) {
  const all = report.rows.flatMap(row => [row.values[column], ...row.intervals[column] ?? []])
    .filter(value => value !== null && value !== undefined);
  return [Math.min(0, ...all), Math.max(1, ...all)];
}

/** A figure, its interval in words, and both on the axis of its column. */
function figureCell(value, interval, [low, high], isFirst) {
  if (value === null || value === undefined) return element("td");
  const place = number => 100 * (number - low) / (high - low) + "%";
  const words = interval ? `${measured(interval[0])} to ${measured(interval[1])}` : null;
  return element("td", { title: words ? `95 % interval ${words}` : null },
    element("strong", {}, measured(value)), element("small", { class: "soft" }, words ?? "\u00a0"),
    element("span", { class: "whisker" + (isFirst ? " first" : ""), "aria-hidden": "true" },
      interval ? element("i", { style: { left: place(interval[0]), right: 100 * (high - interval[1]) / (high - low) + "%" } }) : null,
      element("b", { style: { left: place(value) } })));
}

function showFigures(report) {
  const axes = report.columns.map((_, column) => axisOf(report, column));
  document.querySelector("header").append(element("p", { class: "soft" }, report.summary),
    element("div", { class: "scroll card" }, element("table", { class: "figures measured" },
      element("thead", {}, element("tr", {}, element("td"), report.columns.map(name => element("th", { scope: "col" }, name)))),
      element("tbody", {}, report.rows.map((row, i) => element("tr", {}, element("th", { scope: "row" }, row.name),
        report.columns.map((_, column) => figureCell(row.values[column], row.intervals[column], axes[column], i === 0))))))),
    element("p", { class: "soft" }, "Under a figure stands its 95 % interval: where it would lie with other items of the same kind. It says nothing of other training runs."));
}

function showGroups(report) {
  report.groups.forEach((group, i) => section(`found-${i + 1}`, group.title, group.note,
    element("div", { class: group.rows.every(row => row.hits.length === 1) ? "pairs" : null },
      group.rows.map(row => element("div", { class: "card answers" },
        element("div", { class: "query" }, queryOf(row, report.gallery, row.note)), hits(row, report.gallery))))));
}

function showEvaluation(report) {
  showFigures(report);
  showClasses({
    runs: report.classes.map(each => ({ name: each.name, gallery: 0, classes: each.figures })), galleries: [report.gallery],
  });
  showGroups(report);
}
