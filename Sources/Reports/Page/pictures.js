// Pictures: those of a gallery lie in one sheet, cut out where they are shown.

/** A picture of its own. */
function picture(image, side, description) {
  return element("img", {
    src: image.uri, width: side, height: side, alt: description, title: description,
    class: image.width < side ? "crisp" : null,
  });
}
