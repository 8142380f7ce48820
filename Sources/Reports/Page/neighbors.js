// Queries and what is nearest to them, a row a query; of several runs a line a run.

/** What was found. Of a picture every hit is right or wrong; words belong to so few pictures that only those are marked. */
function hits(row, gallery) {
  const isSearch = typeof row.text === "string";
  const digits = row.hits.every(hit => hit.similarity >= 985) ? 3 : 2;
  return element("ol", { class: "strip hits" }, row.hits.map(hit => {
    const word = hit.isRight === true ? "right" : hit.isRight === false && !isSearch ? "wrong" : "";
    const marks = word ? element("span", { class: "mark " + word }, hit.isRight ? "✓" : "✗") : null;
    return element("li", {}, thumbnail(gallery, hit.item, 74, { word, marks }),
      element("small", { class: "soft" }, (hit.similarity / 1000).toFixed(digits)));
  }));
}

/** The last part of a title that is a path to a file, or the title. */
const shortTitle = title => /\.[a-z0-9]{2,5}$/i.test(title) ? title.slice(title.lastIndexOf("/") + 1) : title;

function showNeighbors(report) {
  const runs = report.runs.map((run, i) => ({ ...run, color: colorOf(i, report.runs.length) })).filter(run => run.neighbors.length > 0);
  if (runs.length === 0) return;
  const isMany = runs.length > 1;
  /** Rows of all runs by what is asked for. */
  function rowsOf(isWanted) {
    const rows = new Map();
    for (const run of runs) {
      for (const row of run.neighbors.filter(isWanted)) {
        const key = `${run.gallery} ${row.text ?? row.item}`;
        rows.set(key, [...rows.get(key) ?? [], { run, row }]);
      }
    }
    return [...rows.values()];
  }
  const rowElement = query => answers => element("div", { class: "card answers" },
    element("div", { class: "query" }, query(answers[0].row, report.galleries[answers[0].run.gallery])),
    element("div", { class: "lines" }, answers.map(({ run, row }) => element("div", {},
      isMany ? element("span", { class: "run-name small" }, swatch(run.color), run.name) : null,
      hits(row, report.galleries[run.gallery])))));
  const searches = rowsOf(row => row.text !== null && row.text !== undefined);
  if (searches.length > 0) {
    section("searches", "Searches", "Words of items, and the pictures nearest to them. ✓ marks those that the words belong to.",
      searches.map(rowElement(row => element("q", {}, row.text))));
  }
  const images = rowsOf(row => row.item !== null && row.item !== undefined);
  if (images.length > 0) {
    const isLabelled = images.some(answers => answers[0].row.hits.some(hit => typeof hit.isRight === "boolean"));
    section("neighbours", "Neighbours",
      "Pictures, and those nearest to them among items to learn from, by cosine similarity." + (isLabelled ? " ✓ marks the same class." : ""),
      images.map(rowElement((row, gallery) => [thumbnail(gallery, row.item, 80),
        element("div", {}, element("strong", {}, className(gallery, row.item) ?? ""),
          element("small", { class: "soft", title: gallery.titles[row.item] }, shortTitle(gallery.titles[row.item])))])));
  }
}
