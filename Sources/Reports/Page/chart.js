// A chart of one figure over the steps, with a line a run.

/** Round numbers between two, about so many. */
function ticks(low, high, about) {
  if (!(high > low)) return [low];
  const rough = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find(factor => factor * power >= rough * .75);
  const result = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + step * 1e-6; tick += step) result.push(Number(tick.toPrecision(12)));
  return result;
}

/** Powers of ten and, where they are few, their doubles and halves. */
function powerTicks(low, high) {
  const result = [];
  const few = Math.log10(high / low) < 2.5;
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const factor of few ? [1, 2, 5] : [1]) {
      const tick = factor * 10 ** power;
      if (tick >= low && tick <= high) result.push(Number(tick.toPrecision(12)));
    }
  }
  return result.length > 1 ? result : ticks(low, high, 3);
}

/** How a chart's axis says its ticks: with as many digits as it takes to tell them apart. */
function tickTexts(ticks, isPercent) {
  const values = ticks.map(tick => isPercent ? Number((100 * tick).toPrecision(6)) : tick);
  for (let digits = 3; ; digits++) {
    const texts = values.map(value => short(value, digits));
    if (digits === 8 || new Set(texts).size === texts.length) return texts.map(text => isPercent ? text + "\u00a0%" : text);
  }
}

/** So few points are shown as points, and not smoothed. */
const fewPoints = 30;

/** The running mean that TensorBoard shows: weights fall by `weight` a point, and the start is put right. */
function smoothed(values, weight) {
  let sum = 0, total = 0;
  return values.map(value => {
    if (value === null) return null;
    sum = sum * weight + value * (1 - weight);
    total = total * weight + (1 - weight);
    return sum / total;
  });
}

/**
 * Makes a chart. `lines` are { run, color, steps, values, perEpoch }; `view` is what all charts share:
 * { lines, smoothing, inEpochs, logarithmic, hidden: Set, cursor } and `view.moved(x)`, which moves every chart's cursor.
 */
function chart(title, name, lines, view) {
  const readings = element("div", { class: "readings", "aria-live": "polite" });
  const drawing = shape("svg", { "aria-hidden": "true" });
  const card = element("div", { class: "card chart", tabindex: 0, role: "group", "data-figure": name },
    element("div", { class: "head" }, element("h3", {}, title)), drawing, readings);
  let width = 340;
  let shown = [], toX = null, fromX = null, toY = null;
  const height = 200, margin = { left: 46, right: 8, top: 10, bottom: 22 };

  function prepare() {
    // Lines of one chart are all smoothed or none is: they would not compare otherwise.
    const isSmooth = view.smoothing > 0 && !isChosen(name) && lines.some(line => line.values.length > fewPoints);
    shown = lines.filter(line => !view.hidden.has(line.run)).map(line => ({
      ...line,
      xs: line.steps.map(step => view.inEpochs ? step / line.perEpoch : step),
      smooth: isSmooth ? smoothed(line.values, view.smoothing) : line.values,
    }));
  }

  function draw() {
    prepare();
    drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    // All charts have one axis of steps, so that what is above each other happened together.
    const xs = view.lines.filter(line => !view.hidden.has(line.run))
      .flatMap(line => [line.steps[0], line.steps.at(-1)].map(step => view.inEpochs ? step / line.perEpoch : step));
    const isLog = view.logarithmic && shown.every(line => line.values.every(value => value === null || value > 0));
    // Where lines are smoothed, their single points may stick out: the axis follows the smooth line and most points.
    let values = shown.flatMap(line => line.values.filter(value => value !== null)).sort((a, b) => a - b);
    if (values.length === 0 || xs.length === 0) {
      drawing.replaceChildren(shape("text", { x: width / 2, y: height / 2, "text-anchor": "middle" }, "no finite values"));
      toX = null;
      return;
    }
    let low = values[0], high = values.at(-1);
    if (low === high) [low, high] = [low - Math.abs(low) * .1 - 1e-9, high + Math.abs(high) * .1 + 1e-9];
    const room = (high - low) * .04;
    const most = isShare(name) && values.at(-1) <= 1 ? 1 : Infinity;
    if (!isLog) [low, high] = [low >= 0 && low - room < 0 ? 0 : low - room, Math.min(high + room, most)];
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const span = right > left ? right - left : 1;
    const plotWidth = width - margin.left - margin.right, plotHeight = height - margin.top - margin.bottom;
    const scale = isLog ? Math.log : value => value;
    toX = x => margin.left + (x - left) / span * plotWidth;
    fromX = pixel => left + (pixel - margin.left) / plotWidth * span;
    toY = y => margin.top + (1 - (scale(y) - scale(low)) / (scale(high) - scale(low))) * plotHeight;

    const path = (xs, ys) => {
      let isPen = false, text = "";
      ys.forEach((y, i) => {
        if (y === null) { isPen = false; return; }
        text += `${isPen ? "L" : "M"}${toX(xs[i]).toFixed(1)} ${toY(y).toFixed(1)}`;
        isPen = true;
      });
      return text;
    };
    const yTicks = isLog ? powerTicks(low, high) : ticks(low, high, 4);
    const yTexts = tickTexts(yTicks, isShare(name));
    const xTicks = ticks(left, right, Math.max(3, Math.floor(plotWidth / 60)));
    drawing.replaceChildren(
      ...yTicks.flatMap((tick, i) => [
        shape("line", { class: "grid", x1: margin.left, x2: width - margin.right, y1: toY(tick), y2: toY(tick) }),
        shape("text", { x: margin.left - 6, y: toY(tick) + 4, "text-anchor": "end" }, yTexts[i])]),
      ...xTicks.map(tick => shape("text", { x: Math.min(toX(tick), width - 14), y: height - 6, "text-anchor": "middle" }, short(tick))),
      ...shown.flatMap(line => line.smooth === line.values ? [] :
        [shape("path", { d: path(line.xs, line.values), stroke: line.color, "stroke-width": 1, opacity: .28 })]),
      ...shown.map(line => shape("path", { d: path(line.xs, line.smooth), stroke: line.color, "stroke-width": 2 })),
      ...shown.filter(line => line.smooth === line.values && line.xs.length <= fewPoints).flatMap(line => line.values.map((value, i) => value === null ? [] :
        shape("circle", { cx: toX(line.xs[i]), cy: toY(value), r: 3, fill: line.color }))).flat(),
      shape("g", { class: "marks" }));
    const parts = shown.map(line => `${line.run}: from ${figureText(name, line.values[0])} to ${figureText(name, line.values.at(-1))}`);
    card.setAttribute("aria-label", `${title}. ${parts.join("; ")}. Arrow keys move along the steps.`);
    mark();
  }

  /** The place of the point nearest to x. */
  function nearest(line, x) {
    let [low, high] = [0, line.xs.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (line.xs[middle] < x) low = middle; else high = middle;
    }
    return Math.abs(line.xs[low] - x) <= Math.abs(line.xs[high] - x) ? low : high;
  }

  /** Shows the cursor and the values there, or the last values without one. */
  function mark() {
    const marks = drawing.querySelector(".marks");
    if (!marks || !toX) return readings.replaceChildren();
    const x = view.cursor;
    const points = shown.map(line => [line, x === null ? line.xs.length - 1 : nearest(line, x)]);
    marks.replaceChildren();
    if (x !== null && points.length > 0) {
      const at = toX(Math.min(Math.max(x, fromX(margin.left)), fromX(width - margin.right)));
      marks.append(shape("line", { class: "cursor", x1: at, x2: at, y1: margin.top, y2: height - margin.bottom }));
      for (const [line, i] of points) {
        if (line.smooth[i] !== null) marks.append(shape("circle", { cx: toX(line.xs[i]), cy: toY(line.smooth[i]), r: 4, fill: line.color }));
      }
    }
    // The step of the point nearest to the cursor: some runs may be shorter than others.
    const near = points.map(([line, i]) => line.xs[i]).sort((a, b) => Math.abs(a - x) - Math.abs(b - x))[0];
    readings.replaceChildren(
      ...x === null || near === undefined ? [] : [element("span", { class: "soft" }, `${view.inEpochs ? "epoch" : "step"} ${short(near)}`)],
      ...points.map(([line, i]) => element("span", { title: line.run }, swatch(line.color), figureText(name, line.values[i]))));
  }

  drawing.addEventListener("pointermove", event => {
    if (fromX) view.moved(fromX(event.clientX - drawing.getBoundingClientRect().left));
  });
  drawing.addEventListener("pointerleave", () => view.moved(null));
  card.addEventListener("keydown", event => {
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape") view.moved(null);
    if (!direction || shown.length === 0) return;
    event.preventDefault();
    const line = shown.reduce((longest, other) => other.xs.at(-1) > longest.xs.at(-1) ? other : longest);
    const place = view.cursor === null ? (direction > 0 ? -1 : line.xs.length) : nearest(line, view.cursor);
    view.moved(line.xs[Math.min(Math.max(place + direction, 0), line.xs.length - 1)]);
  });
  whenResized(card, inner => { width = inner; draw(); });
  return { card, draw, mark };
}
