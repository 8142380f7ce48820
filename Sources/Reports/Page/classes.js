// How well classes are told: a bar a class, a matrix of confusions, and pictures of the most frequent ones.

/** What cells say of every class: how many items it has, and how many were guessed rightly. */
function classCounts(figures) {
  const counts = figures.classes.map(name => ({ name, count: 0, right: 0 }));
  for (const { truth, guess, count } of figures.cells) {
    counts[truth].count += count;
    if (truth === guess) counts[truth].right += count;
  }
  return counts;
}

function showClasses(report) {
  const runs = report.runs.map((run, i) => ({ ...run, color: colorOf(i, report.runs.length) })).filter(run => run.classes);
  if (runs.length === 0) return;
  const isMany = runs.length > 1;
  const body = element("div");
  const show = run => body.replaceChildren(element("p", { class: "soft" }, run.classes.note.replaceAll(" %", "\u00a0%")),
    element("div", { class: "classes" }, bars(runs, run), matrix(run, report.galleries[run.gallery])),
    confusions(run, report.galleries[run.gallery]));
  section("classes", "Classes", null,
    isMany ? element("div", { class: "controls" }, choice("run", runs.map((run, i) => [String(i), run.name]), value => show(runs[Number(value)]))) : null,
    body);
  show(runs[0]);
}

/** The accuracy of every class; of very many, the best and the worst. */
function bars(runs, run) {
  const classes = classCounts(run.classes).filter(each => each.count > 0).sort((a, b) => b.right / b.count - a.right / a.count);
  const most = 30;
  const shown = classes.length <= most ? classes : [...classes.slice(0, most / 2), null, ...classes.slice(-most / 2)];
  const others = runs.filter(other => other !== run).map(other => ({
    color: other.color, name: other.name, classes: new Map(classCounts(other.classes).map(each => [each.name, each])) }));
  return element("div", { class: "card" }, element("h3", {}, "Accuracy of every class"),
    element("div", { class: "bars" }, shown.map(each => each === null
      ? element("div", { class: "soft" }, `… ${classes.length - most} more …`)
      : element("div", { class: "bar", title: `${each.right} of ${plural(each.count, "item")}` },
        element("bdi", { class: "label" }, each.name),
        element("span", { class: "track" },
          element("span", { class: "fill", style: { width: 100 * each.right / each.count + "%", background: run.color } }),
          others.map(other => {
            const there = other.classes.get(each.name);
            return there?.count ? element("span", { class: "tick", title: `${other.name}: ${percent(there.right / there.count, 0)}`,
              style: { left: 100 * there.right / there.count + "%", background: other.color } }) : null;
          })),
        element("span", { class: "number" }, percent(each.right / each.count, 0))))));
}

/** The matrix of confusions, for as many classes as can be read. */
function matrix(run, gallery) {
  const { classes, cells } = run.classes;
  if (classes.length > 30 || classes.length < 2) return null;
  const totals = classCounts(run.classes).map(each => each.count);
  const table = classes.map(() => classes.map(() => 0));
  for (const { truth, guess, count } of cells) table[truth][guess] = count;
  const readings = element("p", { class: "soft readings-line", "aria-live": "polite" }, "Rows are true classes, columns guesses. Point at a field, or press one for pictures.");
  const pictures = element("div", { class: "strip tight cell-pictures" });
  const field = (truth, guess) => {
    const share = totals[truth] ? table[truth][guess] / totals[truth] : 0;
    const tell = () => {
      readings.textContent = `${classes[truth]} ${truth === guess ? "guessed rightly" : "taken for " + classes[guess]}: ${table[truth][guess]} of ${totals[truth]} (${percent(share)})`;
    };
    const items = cells.find(cell => cell.truth === truth && cell.guess === guess)?.items ?? [];
    const show = () => {
      tell();
      pictures.replaceChildren(...items.map(item => thumbnail(gallery, item, 48)));
    };
    return element("td", {
      class: (truth === guess ? "diagonal" : "") + (items.length > 0 ? " shows" : ""), onpointerenter: tell,
      onclick: items.length > 0 ? show : null, title: `${classes[truth]} → ${classes[guess]}: ${table[truth][guess]}`,
      style: { "--share": String(Math.sqrt(share)) },
    }, classes.length <= 12 && table[truth][guess] > 0 ? String(table[truth][guess]) : "");
  };
  return element("div", { class: "card" }, element("h3", {}, "Confusions"),
    element("div", { class: "scroll" }, element("table", { class: "matrix" + (classes.length <= 12 ? " roomy" : "") },
      element("thead", {}, element("tr", {}, element("td", {}), classes.map(name => element("th", { scope: "col", title: name }, element("span", {}, name))))),
      element("tbody", {}, classes.map((name, truth) => element("tr", {}, element("th", { scope: "row", title: name }, element("bdi", {}, name)), classes.map((_, guess) => field(truth, guess))))))),
    readings, pictures);
}

/** The most frequent confusions with pictures of them. */
function confusions(run, gallery) {
  const { classes, cells } = run.classes;
  const totals = classCounts(run.classes).map(each => each.count);
  const wrong = cells.filter(cell => cell.truth !== cell.guess).sort((a, b) => b.count - a.count).slice(0, 9);
  if (wrong.length === 0) return null;
  return element("div", { class: "confusions" }, wrong.map(cell => element("div", { class: "card" },
    element("h3", {}, element("bdi", {}, classes[cell.truth]), element("span", { class: "wrong" }, " → "), element("bdi", {}, classes[cell.guess])),
    element("p", { class: "soft" }, `${cell.count} of ${plural(totals[cell.truth], "item")}`),
    element("div", { class: "strip tight" }, cell.items.slice(0, 5).map(item => thumbnail(gallery, item, 48))))));
}
