// Queries and what is nearest to them, a row a query; of several runs a line a run.

/** Something that was found: a picture or words, marked as right or wrong, with a line below. */
function hit(found, gallery, word, below) {
  const marks = word ? element("span", { class: "mark " + word }, word === "right" ? "✓" : "✗") : null;
  return element("li", {},
    typeof found.text === "string"
      ? element("span", { class: "words " + word, title: found.text }, element("span", {}, found.text), marks)
      : thumbnail(gallery, found.item, 74, { word, marks }),
    element("small", { class: "soft" }, below));
}

/**
 * What was found, and behind it what should have been. Of a picture every hit is right or wrong; words belong to so few
 * pictures that only those are marked.
 */
function hits(row, gallery) {
  const isSearch = typeof row.text === "string";
  const digits = row.hits.every(hit => hit.similarity >= 985) ? 3 : 2;
  const cosine = found => (found.similarity / 1000).toFixed(digits).replace("-", "−");
  return element("ol", { class: "strip hits" }, row.hits.map(found =>
    hit(found, gallery, found.isRight === true ? "right" : found.isRight === false && !isSearch ? "wrong" : "", cosine(found))),
    row.wanted ? [element("li", { class: "gap soft", "aria-hidden": "true" }, "…"),
      hit(row.wanted, gallery, "right", `${cosine(row.wanted)}, rank ${row.wanted.rank.toLocaleString("en-US")}`)] : null);
}

/** The last part of a title that is a path to a file, or the title. */
const shortTitle = title => /\.[a-z0-9]{2,5}$/i.test(title) ? title.slice(title.lastIndexOf("/") + 1) : title;

/** What is asked for: words, or a picture with its class and its title; and what is to be said of it. */
function queryOf(row, gallery, note) {
  const words = note ? element("small", { class: "note" }, note) : null;
  if (typeof row.text === "string") return element("div", {}, element("q", {}, row.text), words);
  const title = gallery.titles[row.item], name = className(gallery, row.item);
  return [thumbnail(gallery, row.item, 80), element("div", {}, name === null ? null : element("strong", {}, name),
    shortTitle(title) === name ? null : element("small", { class: "soft", title }, shortTitle(title)), words)];
}

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
  const rowElement = answers => element("div", { class: "card answers" },
    element("div", { class: "query" }, queryOf(answers[0].row, report.galleries[answers[0].run.gallery])),
    element("div", { class: "lines" }, answers.map(({ run, row }) => element("div", {},
      isMany ? element("span", { class: "run-name small" }, swatch(run.color), run.name) : null,
      hits(row, report.galleries[run.gallery])))));
  const searches = rowsOf(row => row.text !== null && row.text !== undefined);
  if (searches.length > 0) {
    section("searches", "Searches", "Words of items, and the pictures nearest to them. ✓ marks those that the words belong to.",
      searches.map(rowElement));
  }
  const images = rowsOf(row => row.item !== null && row.item !== undefined);
  if (images.length > 0) {
    const isLabelled = images.some(answers => answers[0].row.hits.some(hit => typeof hit.isRight === "boolean"));
    section("neighbours", "Neighbours",
      "Pictures, and those nearest to them among items to learn from, by cosine similarity." + (isLabelled ? " ✓ marks the same class." : ""),
      images.map(rowElement));
  }
}
