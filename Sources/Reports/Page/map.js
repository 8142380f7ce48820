// The map of the embeddings: every picture where it belongs. Zoom with the wheel, two fingers or + and −; drag to move.

function showMap(report) {
  const runs = report.runs.filter(run => run.map && run.map.x.length > 1);
  if (runs.length === 0) return;
  let run = runs[0];
  const gallery = () => report.galleries[run.gallery];
  const state = { scale: 1, x: 0, y: 0, pictures: true, labels: 0, hidden: new Set(), chosen: null, width: 0, height: 0 };
  let places = [], sheet = null, colors = [], names = [], groups = [];

  const canvas = element("canvas", {
    tabindex: 0, role: "application",
    "aria-label": "Map of the embeddings. Arrow keys go from picture to picture, plus and minus zoom, 0 shows all.",
  });
  const card = element("div", { class: "card map-card", hidden: true, "aria-live": "polite" });
  const legend = element("div", { class: "legend" });
  const method = element("span", { class: "soft" });
  const frame = element("div", { class: "map" }, canvas, card);

  // MARK: What is shown

  function takeRun(next, isFirst = false) {
    const before = places;
    run = next;
    const target = run.map.x.map((x, i) => [x, run.map.y[i]]);
    const isSame = before.length === target.length && !isFirst;
    const image = new Image();
    image.onload = () => { sheet = image; draw(); };
    image.src = gallery().sheet.uri;
    method.textContent = `${plural(target.length, "picture")}, ${run.map.method}`;
    state.chosen = null;
    takeLabels(state.labels < gallery().labels.length ? state.labels : 0);
    if (!isSame || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      places = target;
      if (isFirst || !isSame) showAll(); else draw();
      return;
    }
    // Pictures move from where one run has them to where the other does.
    const start = performance.now();
    const move = now => {
      const t = Math.min(1, Math.max(0, (now - start) / 700)), eased = t * t * (3 - 2 * t);
      places = target.map(([x, y], i) => [before[i][0] + (x - before[i][0]) * eased, before[i][1] + (y - before[i][1]) * eased]);
      draw();
      if (t < 1 && run === next) requestAnimationFrame(move);
    };
    requestAnimationFrame(move);
  }

  /** Groups the pictures: by labels, or by whether their neighbours guess their class. */
  function takeLabels(which) {
    state.labels = which;
    state.hidden.clear();
    const count = run.map.x.length;
    if (which === "guess") {
      const labels = gallery().labels[0].labels;
      names = ["guessed rightly", "guessed wrongly", "no class"];
      groups = Array.from({ length: count }, (_, i) => labels[i] === null ? 2 : run.map.guesses[i] === labels[i] ? 0 : 1);
      colors = [colorOf(2, 10), colorOf(3, 10), colorOf(9, 10)];
    } else if (gallery().labels[which]) {
      // Of very many classes the largest have a colour each, and the others one together.
      const { classes, labels } = gallery().labels[which];
      const sizes = classes.map((_, c) => [c, labels.slice(0, count).filter(label => label === c).length]);
      const most = 24;
      const kept = sizes.filter(([, size]) => size > 0).sort((a, b) => b[1] - a[1]).slice(0, most).map(([c]) => c).sort((a, b) => a - b);
      const place = new Map(kept.map((c, i) => [c, i]));
      names = kept.map(c => classes[c]);
      groups = Array.from({ length: count }, (_, i) => place.get(labels[i]) ?? kept.length);
      colors = kept.map((_, i) => colorOf(i, kept.length));
      names.push(labels.slice(0, count).some(label => label !== null && !place.has(label)) ? "other classes" : "no class");
      colors.push("#8a919c");
    } else {
      names = ["all"];
      groups = Array.from({ length: count }, () => 0);
      colors = [colorOf(0, 10)];
    }
    const counts = names.map((_, g) => groups.filter(group => group === g).length);
    legend.replaceChildren(...names.flatMap((name, g) => counts[g] === 0 || names.length === 1 ? [] : [
      toggle([element("bdi", { title: name }, name), element("span", { class: "soft" }, String(counts[g]))], true,
        isOn => { isOn ? state.hidden.delete(g) : state.hidden.add(g); draw(); }, swatch(colors[g]))]),
      ...counts.filter(count => count > 0).length < 3 ? [] : [
        element("button", { type: "button", onclick: () => setAll(true) }, "all"),
        element("button", { type: "button", onclick: () => setAll(false) }, "none")]);
    draw();
  }

  function setAll(isOn) {
    state.hidden = new Set(isOn ? [] : names.keys());
    for (const button of legend.querySelectorAll("[aria-pressed]")) button.setAttribute("aria-pressed", String(isOn));
    draw();
  }

  // MARK: Drawing

  const toScreen = ([x, y]) => [x * state.scale + state.x, y * state.scale + state.y];
  const isShown = i => !state.hidden.has(groups[i]);
  /** How large a picture is drawn: it grows with the zoom, more slowly than distances. */
  const side = () => {
    const whole = 14 * Math.min(2.2, Math.sqrt(1000 / places.length)) * Math.min(1, Math.sqrt(state.width / 1100));
    return Math.min(96, Math.max(9, whole * Math.sqrt(state.scale / state.whole)));
  };

  function showAll() {
    if (!state.width || places.length === 0) return;
    const xs = places.map(place => place[0]), ys = places.map(place => place[1]);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const room = 26;
    state.scale = Math.min((state.width - 2 * room) / Math.max(right - left, 1), (state.height - 2 * room) / Math.max(bottom - top, 1));
    state.whole = state.scale;
    state.x = state.width / 2 - (left + right) / 2 * state.scale;
    state.y = state.height / 2 - (top + bottom) / 2 * state.scale;
    draw();
  }

  function draw() {
    if (!state.width) return;
    const ratio = devicePixelRatio || 1;
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, state.width, state.height);
    const size = side();
    const cut = gallery().side;
    context.imageSmoothingEnabled = size < cut * 1.5;
    const order = [...places.keys()].filter(isShown);
    const near = state.chosen === null ? [] : run.map.near[state.chosen].filter(isShown);
    if (state.chosen !== null) {
      const [x, y] = toScreen(places[state.chosen]);
      context.strokeStyle = getComputedStyle(canvas).color;
      context.lineWidth = 1.2;
      for (const i of near) {
        const [nearX, nearY] = toScreen(places[i]);
        context.beginPath();
        context.moveTo(x, y);
        context.lineTo(nearX, nearY);
        context.stroke();
      }
      order.push(...near, state.chosen);
    }
    for (const i of order) {
      const [x, y] = toScreen(places[i]);
      if (x < -size || y < -size || x > state.width + size || y > state.height + size) continue;
      const isChosen = i === state.chosen, isNear = near.includes(i);
      const own = isChosen ? Math.max(size * 1.5, 40) : isNear ? Math.max(size, 24) : size;
      if (state.pictures && sheet) {
        const border = own > 12 ? 2 : 1.2;
        const from = thumbnailPlace(gallery(), i);
        const width = own * from.width / cut, height = own * from.height / cut;
        const left = x - width / 2, top = y - height / 2;
        context.fillStyle = colors[groups[i]];
        context.fillRect(left - border, top - border, width + 2 * border, height + 2 * border);
        context.drawImage(sheet, from.x, from.y, from.width, from.height, left, top, width, height);
      } else {
        context.beginPath();
        context.arc(x, y, isChosen ? 8 : isNear ? 6 : Math.min(7, Math.max(2.6, size / 4)), 0, 2 * Math.PI);
        context.fillStyle = colors[groups[i]];
        context.globalAlpha = isChosen || isNear ? 1 : .85;
        context.fill();
        context.globalAlpha = 1;
        if (isChosen) { context.lineWidth = 2; context.stroke(); }
      }
    }
  }

  // MARK: What is pointed at

  function nearestTo(x, y, reach) {
    let best = null, bestDistance = reach * reach;
    places.forEach((place, i) => {
      if (!isShown(i)) return;
      const [px, py] = toScreen(place);
      const distance = (px - x) ** 2 + (py - y) ** 2;
      if (distance < bestDistance) [best, bestDistance] = [i, distance];
    });
    return best;
  }

  function choose(i) {
    if (i === state.chosen) return;
    state.chosen = i;
    draw();
    card.hidden = i === null;
    if (i === null) return;
    const own = gallery();
    const facts = own.labels.map((labels, l) => [labels.name, className(own, i, l)]).filter(([, name]) => name !== null);
    const guess = run.map.guesses[i];
    if (guess !== undefined && guess !== null && own.labels[0].labels[i] !== null) {
      const isRight = guess === own.labels[0].labels[i];
      facts.push(["neighbours say", element("span", { class: isRight ? "right" : "wrong" },
        `${isRight ? "✓" : "✗"} ${own.labels[0].classes[guess] ?? "another class"}`)]);
    }
    card.replaceChildren(
      thumbnail(own, i, 112),
      element("div", { class: "facts" }, element("strong", {}, own.titles[i]),
        element("dl", {}, facts.map(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])),
        element("small", { class: "soft" }, "nearest in truth"),
        element("div", { class: "strip tight" }, run.map.near[i].map(other => thumbnail(own, other, 27)))));
    const [x, y] = toScreen(places[i]);
    const width = Math.min(340, state.width - 16);
    card.style.width = width + "px";
    const beside = x + 40 + width < state.width ? x + 40 : x - 40 - width;
    card.style.left = Math.max(8, Math.min(beside, state.width - width - 8)) + "px";
    const below = beside >= 8 ? y - 60 : y + 40;
    card.style.top = Math.max(8, Math.min(below, state.height - card.offsetHeight - 8)) + "px";
  }

  function zoom(factor, x = state.width / 2, y = state.height / 2) {
    const next = Math.min(Math.max(state.scale * factor, state.whole * .5), state.whole * 60);
    const real = next / state.scale;
    state.x = x - (x - state.x) * real;
    state.y = y - (y - state.y) * real;
    state.scale = next;
    choose(null);
    draw();
  }

  const at = event => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  const fingers = new Map();
  let hasMoved = false;
  canvas.addEventListener("pointerdown", event => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, at(event));
    hasMoved = false;
  });
  canvas.addEventListener("pointermove", event => {
    const now = at(event), before = fingers.get(event.pointerId);
    if (!before) return choose(nearestTo(...now, Math.max(side(), 14)));
    const others = [...fingers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
    if (others.length > 0) {
      const spread = place => Math.hypot(place[0] - others[0][0], place[1] - others[0][1]);
      zoom(spread(now) / Math.max(spread(before), 1), (now[0] + others[0][0]) / 2, (now[1] + others[0][1]) / 2);
    } else if (hasMoved || Math.hypot(now[0] - before[0], now[1] - before[1]) > 3) {
      state.x += now[0] - before[0];
      state.y += now[1] - before[1];
      choose(null);
      draw();
    } else {
      return;
    }
    hasMoved = true;
    fingers.set(event.pointerId, now);
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(kind, event => {
      if (fingers.delete(event.pointerId) && !hasMoved && kind === "pointerup") choose(nearestTo(...at(event), Math.max(side(), 22)));
    });
  }
  canvas.addEventListener("pointerleave", event => { if (event.pointerType === "mouse" && fingers.size === 0) choose(null); });
  canvas.addEventListener("wheel", event => {
    event.preventDefault();
    zoom(Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) * .004), ...at(event));
  }, { passive: false });
  canvas.addEventListener("dblclick", event => zoom(2, ...at(event)));
  canvas.addEventListener("keydown", event => {
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (direction) { event.preventDefault(); step(direction); }
    else if (event.key === "+" || event.key === "=") zoom(1.4);
    else if (event.key === "-") zoom(1 / 1.4);
    else if (event.key === "0") { choose(null); showAll(); }
    else if (event.key === "Escape") choose(null);
  });

  /** Goes to the picture that lies nearest in a direction, and brings it into sight. */
  function step([dx, dy]) {
    if (state.chosen === null) return choose(nearestTo(state.width / 2, state.height / 2, 1e9));
    const [x, y] = toScreen(places[state.chosen]);
    let best = null, bestCost = Infinity;
    places.forEach((place, i) => {
      if (i === state.chosen || !isShown(i)) return;
      const [px, py] = toScreen(place);
      const along = (px - x) * dx + (py - y) * dy, across = Math.abs((px - x) * dy) + Math.abs((py - y) * dx);
      const cost = along + 2 * across;
      if (along > 0 && cost < bestCost) [best, bestCost] = [i, cost];
    });
    if (best === null) return;
    const [px, py] = toScreen(places[best]);
    const room = 40;
    state.x += Math.max(0, room - px) - Math.max(0, px - state.width + room);
    state.y += Math.max(0, room - py) - Math.max(0, py - state.height + room);
    choose(best);
  }

  // MARK: Putting it together

  const modes = element("div", { class: "legend" });
  const pictures = toggle("pictures", true, isOn => { state.pictures = isOn; draw(); });
  modes.append(pictures,
    element("button", { type: "button", onclick: () => zoom(1.6), "aria-label": "zoom in" }, "+"),
    element("button", { type: "button", onclick: () => zoom(1 / 1.6), "aria-label": "zoom out" }, "−"),
    element("button", { type: "button", onclick: () => { choose(null); showAll(); } }, "all"));
  const labelChoices = report.galleries[run.gallery].labels.map((labels, l) => [String(l), labels.name]);
  if (run.map.guesses.length > 0) labelChoices.push(["guess", "right or wrong"]);
  const note = "Near on the map is near in the embedding, as far as a plane allows; lines lead to the true neighbours. "
    + "How far groups lie from each other means little.";
  section("map", "Map", note,
    element("div", { class: "controls" },
      choice("run", runs.map((each, i) => [String(i), each.name]), value => takeRun(runs[Number(value)])),
      choice("colour by", labelChoices, value => takeLabels(value === "guess" ? value : Number(value))), modes, method),
    legend, frame);
  takeRun(run, true);
  whenResized(frame, width => {
    const ratio = devicePixelRatio || 1;
    const height = Math.round(Math.min(Math.max(width * .62, 380), 720, innerHeight * .8));
    const isFirst = state.width === 0;
    Object.assign(state, { width, height });
    Object.assign(canvas, { width: width * ratio, height: height * ratio });
    Object.assign(canvas.style, { width: width + "px", height: height + "px" });
    if (isFirst || state.scale === state.whole) showAll(); else draw();
  });
  // The last line of what a test asks: where a picture is drawn.
  canvas.placeOf = i => toScreen(places[i]);
}
