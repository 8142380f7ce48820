// Numbers and names as a person reads them.

/** A number with three significant digits or more: 0.0123, 4.56, 1,230, 1.2e-7. */
function short(value, significant = 3) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return value.toExponential(1).replace("-", "−").replace("e+", "e");
  const digits = significant - 3 + (size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 4);
  return value.toLocaleString("en-US", { maximumFractionDigits: digits, minimumFractionDigits: 0 }).replace("-", "−");
}

const percent = (share, digits = 1) => (100 * share).toFixed(digits) + "\u00a0%";

const plural = (count, one) => `${count.toLocaleString("en-US")} ${one}${count === 1 ? "" : "s"}`;

/** What a figure of metrics.jsonl is called. */
const figureNames = {
  "loss": "Loss",
  "rate": "Learning rate",
  "effective_rank": "Effective rank of a batch's embeddings",
  "knn": "kNN accuracy",
  "recall@10": "Recall@10, names → images",
  "scale": "Scale of similarities",
  "passes": "Passes through the encoders a step",
  "seconds_again": "Seconds a step of passes made again",
  "examples_per_second": "Images a second",
  "data_wait": "Share of the time spent waiting for data",
};

const figureName = name => figureNames[name] ?? name.replaceAll("_", " ");

/** The order in which figures are shown: what tells most first, what is not known here after it, speed last. */
function figureOrder(name) {
  const first = ["loss", "knn", "recall@10", "effective_rank", "rate", "scale"].indexOf(name);
  const last = ["examples_per_second", "data_wait"].indexOf(name);
  return first >= 0 ? first : last >= 0 ? 1000 + last : 500;
}

/** Whether a figure is a share of one. */
const isShare = name => /^(knn|recall@|data_wait|accuracy|top)/.test(name);

/** Whether a figure is not measured but chosen or learned, so that nothing in it is noise to be smoothed. */
const isChosen = name => name === "rate" || name === "scale";

/** A value of a figure. */
const figureText = (name, value) => isShare(name) && value !== null ? percent(value) : short(value);
