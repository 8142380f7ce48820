// Pictures: those of a gallery lie in one sheet, cut out where they are shown.

/** A picture of its own. */
function picture(image, side, description) {
  return element("img", {
    src: image.uri, width: side, height: side, alt: description, title: description,
    class: image.width < side ? "crisp" : null,
  });
}

/** The place of an item's thumbnail in its sheet. */
const thumbnailPlace = (gallery, item) =>
  [item % gallery.columns * gallery.side, Math.floor(item / gallery.columns) * gallery.side];

/** The name of an item's class by one of the gallery's labels, or null. */
function className(gallery, item, labels = 0) {
  const label = gallery.labels[labels]?.labels[item];
  return label === null || label === undefined ? null : gallery.labels[labels].classes[label];
}

/** An item's thumbnail; `side` is how large it is shown. Its title and class are its description. */
function thumbnail(gallery, item, side, more = {}) {
  const [x, y] = thumbnailPlace(gallery, item);
  const scale = side / gallery.side;
  const name = className(gallery, item);
  const words = gallery.titles[item] + (name && name !== gallery.titles[item] ? ` (${name})` : "");
  return element("span", {
    role: "img", "aria-label": words, title: words, ...more,
    class: "thumbnail " + (scale > 1.5 ? "crisp " : "") + (more.class ?? ""),
    style: {
      width: side + "px", height: side + "px", backgroundImage: `url("${gallery.sheet.uri}")`,
      backgroundSize: `${gallery.sheet.width * scale}px ${gallery.sheet.height * scale}px`,
      backgroundPosition: `${-x * scale}px ${-y * scale}px`,
    },
  });
}
