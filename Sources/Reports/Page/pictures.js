// Pictures: those of a gallery lie in one sheet, cut out where they are shown.

/** A picture of its own. */
function picture(image, side, description) {
  return element("img", {
    src: image.uri, width: side, height: side, alt: description, title: description,
    class: image.width < side ? "crisp" : null,
  });
}

/** Where an item's thumbnail lies in its sheet, without the margins that fill its square field. */
function thumbnailPlace(gallery, item) {
  const { side, columns } = gallery, width = gallery.widths[item], height = gallery.heights[item];
  return {
    width, height,
    x: item % columns * side + Math.floor((side - width) / 2),
    y: Math.floor(item / columns) * side + Math.floor((side - height) / 2),
  };
}

/** The name of an item's class by one of the gallery's labels, or null. */
function className(gallery, item, labels = 0) {
  const label = gallery.labels[labels]?.labels[item];
  return label === null || label === undefined ? null : gallery.labels[labels].classes[label];
}

/** An item's thumbnail in a square of so many pixels, with marks on it. Its title and class are its description. */
function thumbnail(gallery, item, side, { word = "", marks = [] } = {}) {
  const { x, y, width, height } = thumbnailPlace(gallery, item);
  const scale = side / gallery.side;
  const name = className(gallery, item);
  const words = gallery.titles[item] + (name && name !== gallery.titles[item] ? ` (${name})` : "");
  return element("span", { class: "field", style: { width: side + "px", height: side + "px" } }, element("span", {
    role: "img", "aria-label": word ? `${words}: ${word}` : words, title: words,
    class: `thumbnail ${word} ${scale > 2.5 ? "crisp" : ""}`,
    style: {
      width: width * scale + "px", height: height * scale + "px", backgroundImage: `url("${gallery.sheet.uri}")`,
      backgroundSize: `${gallery.sheet.width * scale}px ${gallery.sheet.height * scale}px`,
      backgroundPosition: `${-x * scale}px ${-y * scale}px`,
    },
  }, marks));
}
