/** The charts of bitcurve, for the dashboard and for report.html. */
import { Drawing, render } from "./draw.js";
import { correlation } from "./correlation.js";
import { curves } from "./curves.js";
import { decisions } from "./decisions.js";
import { estimates } from "./estimates.js";
import { front } from "./front.js";
import { lookOf } from "./palette.js";
import { regret } from "./regret.js";
import { metricOf } from "./metric.js";
import { mount } from "./report.js";
import { slices } from "./slices.js";

export { palette } from "./palette.js";

const charts = { front, decisions, regret, curves, slices, correlation, estimates };

export const names = Object.keys(charts);

function chartOf(name) {
  if (!Object.hasOwn(charts, name)) {
    throw new RangeError(`Chart: expected one of ${names.join(", ")}, actual ${name}.`);
  }
  return charts[name];
}

/** The words above a chart. */
export const titleOf = (name, facts) => chartOf(name).title(metricOf(facts?.picture));

/**
 * Draws a chart into an element and keeps it there.
 * @param facts { picture, model }: the answers of the server's endpoints of these names; model may be null.
 * @param options { onPick(trialId, { trialId, decisionId }), selected, parameter, height }.
 * @returns { update(facts, options), resize(), dispose(), svg(), png(), description() }
 */
export const draw = (name, element, facts, options) => new Drawing(chartOf(name), element, facts, options);

/** The chart as SVG, without a page. */
export function svgOf(name, facts, { width = 860, height, dark = false, ...view } = {}) {
  const chart = chartOf(name);
  return render(chart, facts, { hidden: {}, zoom: null, selected: null, parameter: 0, ...view, width, height: height ?? chart.height(width, facts), look: lookOf(dark) });
}

/** Draws every figure of report.html. */
export const mountReport = document => mount(document, draw, titleOf);

if (globalThis.document?.getElementById("figures")) {
  mountReport(globalThis.document);
}
