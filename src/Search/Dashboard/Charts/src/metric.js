/** The metric of a search, as a reader sees it: fractions in per cent, anything else with four digits that count. */
import { estimate, percent, short, significant } from "./figures.js";
import { accuracyScale, lossesScale } from "./scales.js";

const DIGITS = 4;

const minus = text => text.replace(/^-/, "−").replace("e+", "e");

/** As the report writes it (MetricWords.Significant): plain where that is short, else like 1.234e-7; a dash where there is none. */
function plain(value, digits = DIGITS) {
  if (value == null) {
    return "–";
  }
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  return minus(value === 0 ? "0" : exponent >= -5 && exponent <= 5 ? value.toFixed(Math.max(0, digits - 1 - exponent)) : value.toExponential(digits - 1));
}

/** Marks are round: no zeros at their ends. */
const round = value => (value !== 0 && (Math.abs(value) < 1e-5 || Math.abs(value) >= 1e6) ? minus(Number(value.toPrecision(DIGITS)).toExponential()) : significant(value, DIGITS));

/**
 * What a picture says of its metric: { name, title, isMinimized, value, estimate, spread, tick, unit, relative, scale, stretched, best }.
 * Regrets and charges are told in `relative`: points of a fraction, else per cent of what FP32 reaches.
 */
export function metricOf(picture) {
  const name = picture?.metric ?? "accuracy";
  const isFraction = picture?.metricIsFraction !== false;
  const isMinimized = picture?.metricGoal === "minimize";
  return {
    name, isMinimized,
    title: /[A-Z]/.test(name) ? name : name[0].toUpperCase() + name.slice(1),
    value: value => (isFraction ? percent(value) : plain(value)),
    estimate: (mean, deviation) => (isFraction ? `${estimate(mean, deviation)} %` : `${plain(mean)}${deviation == null ? "" : ` ±${plain(deviation, 2)}`}`),
    spread: deviation => (deviation == null ? "" : isFraction ? ` ±${(100 * deviation).toFixed(1)}` : ` ±${plain(deviation, 2)}`),
    tick: value => (isFraction ? short(100 * value) : round(value)),
    unit: isFraction ? ", %" : "",
    relative: isFraction ? "points" : "% of FP32's",
    scale: values => (isMinimized ? lossesScale(values) : accuracyScale(values, isFraction ? 1 : null)),
    stretched: isMinimized ? "lower is better" : "stretched towards the top",
    isBetter: (value, other) => (isMinimized ? value < other : value > other),
  };
}
