// Elements of the page. Texts always become text nodes: nothing from the data is read as markup.

/** Makes an element: `element("p", { class: "soft", onclick: f }, "text", child, [more])`. */
function element(name, attributes = {}, ...children) {
  return dressed(document.createElement(name), attributes, children);
}

/** Makes an element of a drawing. */
function shape(name, attributes = {}, ...children) {
  return dressed(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function dressed(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "style") {
      for (const [name, setting] of Object.entries(value)) {
        if (name.startsWith("--")) node.style.setProperty(name, setting); else node.style[name] = setting;
      }
    }
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined));
  return node;
}

/** A part of the report with its heading, entered into the list of parts at the top. */
function section(id, title, note, ...children) {
  document.querySelector("nav ul").append(element("li", {}, element("a", { href: "#" + id }, title)));
  const part = element("section", { id, "aria-labelledby": id + "-title" },
    element("h2", { id: id + "-title" }, title), note ? element("p", { class: "soft" }, note) : null, ...children);
  document.querySelector("main").append(part);
  return part;
}

/** A button that is on or off. */
function toggle(label, isOn, whenChanged, ...before) {
  const button = element("button", { type: "button", "aria-pressed": String(isOn) }, ...before, label);
  button.addEventListener("click", () => {
    const now = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(now));
    whenChanged(now);
  });
  return button;
}

/** A choice of one among several, each [value, label]; a single one needs no choosing. */
function choice(label, options, whenChanged) {
  if (options.length < 2) return null;
  const select = element("select", { onchange: () => whenChanged(select.value) },
    options.map(([value, text]) => element("option", { value }, text)));
  return element("label", {}, label, select);
}

/** Calls back with the width of an element now and whenever it changes. */
function whenResized(node, body) {
  let width = 0;
  new ResizeObserver(entries => {
    const now = Math.round(entries[0].contentRect.width);
    if (now === width || now === 0) return;
    width = now;
    body(width);
  }).observe(node);
}

const swatch = color => element("span", { class: "swatch", style: { background: color, borderColor: color } });
