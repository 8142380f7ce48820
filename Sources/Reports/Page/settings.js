// What was chosen for every run, and how to repeat it.

/** The leaves of a value with their paths: { "method.simclr.temperature": "0.1", "….widths": "32, 64" }. */
function leaves(value, path = "", result = new Map()) {
  const isPlain = inner => inner === null || typeof inner !== "object";
  if (isPlain(value)) {
    result.set(path, value === null ? "none" : typeof value === "number" ? String(Number(value.toPrecision(6))) : String(value));
  } else if (Array.isArray(value) && value.every(isPlain)) {
    result.set(path, value.map(inner => typeof inner === "number" ? Number(inner.toPrecision(6)) : inner).join(", "));
  } else if (Object.keys(value).length === 0) {
    result.set(path, "–");
  } else {
    for (const [key, inner] of Object.entries(value)) {
      const name = Array.isArray(value) ? String(Number(key) + 1) : key;
      leaves(inner, path === "" ? name : name === "_0" ? path : `${path}.${name}`, result);
    }
  }
  return result;
}

/** Settings by what they belong to: the first parts of their names, such as "method.simclr". */
function grouped(rows) {
  const groups = new Map();
  for (const row of rows) {
    const parts = row.name.split(".");
    const depth = parts[0] === "method" ? Math.min(3, parts.length - 1) : parts.length - 1;
    const group = parts.slice(0, depth).join(" ");
    groups.set(group, [...groups.get(group) ?? [], { ...row, name: parts.slice(depth).join(" ") }]);
  }
  return groups;
}

/** The leaves of a run's run.json. */
function settingsOf(run) {
  try { return leaves(JSON.parse(run.configuration)); } catch { return new Map(); }
}

function copyButton(text) {
  const button = element("button", { type: "button" }, "Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(button.parentElement.querySelector("code"));
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
  return button;
}

function showSettings(report) {
  const settings = report.runs.map(settingsOf);
  const names = [...new Set(settings.flatMap(map => [...map.keys()]))];
  const rows = names.map(name => {
    const values = settings.map(map => map.get(name) ?? "");
    return { name, values, differs: new Set(values).size > 1 };
  });
  const table = (rows, isMany) => element("div", { class: "scroll" }, element("table", { class: "settings" },
    isMany ? element("thead", {}, element("tr", {}, element("th", {}), report.runs.map(run => element("th", { scope: "col" }, run.name)))) : null,
    element("tbody", {}, rows.map(row => element("tr", { class: row.differs ? "differs" : null },
      element("th", { scope: "row" }, row.name), row.values.map(value => element("td", {}, value)))))));
  const isMany = report.runs.length > 1;
  const different = rows.filter(row => row.differs);
  section("settings", "Settings", isMany
      ? (different.length > 0 ? "What differs between the runs, then everything." : "The runs have the same settings.")
      : "Everything that was chosen or taken from the data.",
    report.runs.map(run => element("div", { class: "command" },
      element("pre", {}, element("code", {}, run.command)), copyButton(run.command))),
    isMany && different.length > 0 ? table(different, true) : null,
    isMany ? element("details", {}, element("summary", {}, `All ${rows.length} settings`), table(rows, true))
      : element("div", { class: "groups" }, [...grouped(rows)].map(([group, inner]) =>
        element("div", { class: "card" }, element("h3", {}, group || "run"), table(inner, false)))),
    report.runs.map(run => element("details", {}, element("summary", {}, isMany ? `run.json of ${run.name}` : "run.json"),
      element("pre", {}, element("code", {}, run.configuration)))));
}
