// Colours for runs and classes, told apart on light and dark paper.

const tenColors = [
  "#4477dd", "#e08a1e", "#2fa36b", "#d9534a", "#9a63d6", "#16a3b8", "#d860a5", "#8f9b2c", "#9c6b4e", "#7c8794",
];

/** The colour of one of several; past ten, hues a golden angle apart, in three strengths. */
function colorOf(index, count) {
  if (count <= tenColors.length) return tenColors[index % tenColors.length];
  return `hsl(${(index * 137.508) % 360} ${[68, 52, 80][index % 3]}% ${[52, 42, 62][(index >> 1) % 3]}%)`;
}
