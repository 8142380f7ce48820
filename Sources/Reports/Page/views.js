// What a method is shown: originals beside their views, what was chosen in words below each.

function showViews(report) {
  const runs = report.runs.filter(run => run.views.length > 0);
  if (runs.length === 0) return;
  // Runs that are shown the same, as those of one seed and method are, are shown once.
  const kinds = new Map();
  for (const run of runs) {
    const key = JSON.stringify(run.views);
    kinds.set(key, [...kinds.get(key) ?? [], run]);
  }
  section("views", "Views", "What the method is shown: images to learn from beside their views in the first epoch. Point at one for what was chosen.",
    [...kinds.values()].map(([run, ...others]) => [
      runs.length > 1 ? element("h3", {}, [run, ...others].map(each => each.name).join(", ")) : null,
      element("div", { class: "views" }, run.views.map(row => element("figure", { class: "card" },
        element("div", { class: "strip" }, framed(row.original, "original", row.title),
          row.views.map((view, i) => framed(view.picture, `view ${i + 1}`, view.words))),
        element("figcaption", {}, row.caption ? [element("q", {}, row.caption), " "] : null,
          row.caption === row.title ? null : element("span", { class: "soft" }, row.title)))))]));
}

function framed(image, label, description) {
  return element("div", { class: "framed", tabindex: 0, "data-words": description },
    picture(image, 96, description), element("small", { class: "soft" }, label));
}
