import assert from "node:assert/strict";
import { test } from "node:test";
import { names, svgOf, titleOf } from "../src/charts.js";
import { curves } from "../src/curves.js";
import { estimates } from "../src/estimates.js";
import { front } from "../src/front.js";
import { metricOf } from "../src/metric.js";
import { regret } from "../src/regret.js";
import { lossesScale, ticks } from "../src/scales.js";
import { slices } from "../src/slices.js";
import { facts } from "./search.mjs";

const charts = { curves, estimates, front, regret, slices };

/** The same search of a metric to be minimised, so many times 0 to 1: what is best stays best. */
const minimised = scale => {
  const names = new Set(["accuracy", "testAccuracy", "effective", "mean", "lower", "upper"]);
  const turn = value => (Array.isArray(value) ? value.map(turn) : typeof value === "number" ? scale * (1.02 - value) : value);
  const walk = value => {
    if (Array.isArray(value)) {
      return value.map(walk);
    }
    return value === null || typeof value !== "object" ? value : Object.fromEntries(Object.entries(value).map(([name, inner]) =>
      [name, names.has(name) ? turn(inner) : name === "deviation" ? [inner].flat().map(one => one && scale * one)[Array.isArray(inner) ? "slice" : "at"](0) : walk(inner)]));
  };
  const { picture, model } = walk(facts);
  return { picture: { ...picture, metric: "Chamfer distance", metricGoal: "minimize", metricIsFraction: false }, model };
};

for (const scale of [1e-4, 1, 1e6]) {
  for (const name of names) {
    test(`${name} draws a minimised metric of scale ${scale}`, () => {
      const svg = svgOf(name, minimised(scale), { width: 860 });
      assert.doesNotMatch(svg, /NaN|undefined|Infinity|null/);
      assert.doesNotMatch(charts[name]?.describe(minimised(scale), { parameter: 0 }) ?? "", /NaN|undefined|null|accuracy|Accuracy|points|%(?! of FP32)/);
      assert.doesNotMatch(titleOf(name, minimised(scale)), /ccuracy/);
    });
  }
}

test("titles name the metric, accuracy where there is none", () => {
  assert.equal(titleOf("front"), "Accuracy against memory");
  assert.equal(titleOf("front", minimised(1)), "Chamfer distance against memory");
  assert.equal(titleOf("estimates", minimised(1)), "Test Chamfer distance against the model's estimate");
});

test("the front says that lower is better, and its axis has no per cent", () => {
  const svg = svgOf("front", minimised(1e-4), { width: 860 });
  assert.match(svg, /Chamfer distance \(lower is better\)/);
  assert.match(front.describe(minimised(1e-4)), /from 0\.00006380 with 23\.0\s?kB.*Lower is better/s);
});

test("values have four digits that count", () => {
  const { value, spread } = metricOf({ metric: "Chamfer distance", metricIsFraction: false });
  assert.equal(value(0.0123456), "0.01235");
  assert.equal(value(123456), "123456");
  assert.equal(value(0.0000123456), "0.00001235");
  assert.equal(value(1.5e9), "1.500e9");
  assert.equal(value(-0.25), "−0.2500");
  assert.equal(value(null), "–");
  assert.equal(spread(0.00123), " ±0.0012");
  assert.equal(metricOf({ metric: "IoU" }).value(0.934), "93.4\u00a0%");
});

test("losses are logarithmic where positive, with marks in every decade of a wide range", () => {
  const wide = lossesScale([1e-4, 0.5]);
  const marks = ticks(wide, 400, 27);
  for (const power of [1e-4, 1e-3, 1e-2, 1e-1]) {
    assert.ok(marks.includes(power), `${power} among ${marks}`);
  }
  assert.ok(lossesScale([-1, 2]).isEven);
  assert.ok(lossesScale([0, 2]).isEven);
  assert.ok(lossesScale([]).minimum === 0);
  assert.ok(ticks(lossesScale([2e-7, 3e-7]), 400, 27).length >= 3);
});
