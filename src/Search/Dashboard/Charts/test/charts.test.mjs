import assert from "node:assert/strict";
import { test } from "node:test";
import { names, palette, svgOf, titleOf } from "../src/charts.js";
import { correlation } from "../src/correlation.js";
import { curves } from "../src/curves.js";
import { decisions } from "../src/decisions.js";
import { estimates } from "../src/estimates.js";
import { front } from "../src/front.js";
import { lookOf, contrast, correlationColour, taskColour, textOn } from "../src/palette.js";
import { regret } from "../src/regret.js";
import { slices } from "../src/slices.js";
import { LabelPlacement } from "../src/labels.js";
import { frontOf, highestTask, uniformOf } from "../src/facts.js";
import { facts, large, model, picture } from "./search.mjs";

const charts = { front, decisions, regret, curves, slices, correlation, estimates };
const view = { width: 860, height: 500, look: lookOf(false), selected: null, parameter: 0, hidden: {}, zoom: null };
const textsOf = svg => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(match => match[1]);

test("the module names its charts", () => assert.deepEqual(names, ["front", "decisions", "regret", "curves", "slices", "correlation", "estimates"]));

for (const name of names) {
  for (const [width, dark] of [[360, true], [1200, false]]) {
    test(`${name} at ${width} pixels is drawn with numbers only`, () => {
      const svg = svgOf(name, facts, { width, dark });
      assert.match(svg, new RegExp(`^<svg width="${width}"`));
      assert.doesNotMatch(svg, /NaN|undefined|Infinity|null/);
      assert.ok(svg.includes(dark ? palette.dark.page : palette.light.page));
    });
  }

  test(`${name} describes itself`, () => {
    assert.ok(titleOf(name).length > 0);
    assert.doesNotMatch(charts[name].describe(facts, view), /NaN|undefined|null/);
  });

  for (const [what, partly] of Object.entries({
    "an empty picture": { picture: {}, model: null },
    "a new search": { picture: { ...picture, baseline: {}, trials: { id: [] }, decisions: { id: [] }, front: [], chosen: null, verified: [], predictedFront: [], uniform: [] }, model: { unavailable: "Too early." } },
  })) {
    test(`${name} of ${what} has a note instead`, () => {
      const note = charts[name].missing(partly);
      assert.equal(typeof note, "string");
      assert.doesNotMatch(note, /\n|undefined/);
    });
  }
}

test("an unknown chart is refused by name", () => assert.throws(() => svgOf("pie", facts), /expected one of front, .*actual pie/));

test("the front has its letters, the uniform networks their levels, FP32 its line", () => {
  const texts = textsOf(svgOf("front", facts, { width: 860 }));
  for (const expected of ["A", "B", "C", "D", "2", "4", "FP32 94.8\u00a0% (validation)"]) {
    assert.ok(texts.includes(expected), expected);
  }
});

test("the front shows every kind of network once", () => {
  const counts = Object.fromEntries(front.option(facts, view).series.filter(one => one.id).map(one => [one.id, one.data?.length]));
  assert.deepEqual(
    [counts.front, counts.other, counts.low + counts.below, counts.uniform, counts.verified, counts.chosen, counts.intervals],
    [4, 1, 11, 2, 2, 1, 4]);
});

test("a network's tooltip tells bits, every measurement, memory and the model's estimate", () => assert.deepEqual(
  front.tip({ seriesId: "front", value: [0, 0, 3] }, facts),
  ["Trial 3: 6543, C of the front, chosen", "after 0 epochs: 92.7\u00a0%", "after 1 epoch: 94.1\u00a0%", "after 15 epochs: 94.4\u00a0%", "60.0\u00a0kB", "model: 94.3\u00a0±0.3 %"]));

test("the model's own estimate goes before the picture's", () =>
  assert.equal(front.tip({ seriesId: "front", value: [0, 0, 1] }, facts).at(-1), "model: 94.2\u00a0±0.2 %"));

test("a picked mark names its trial, and its decision where it is one", () => {
  assert.deepEqual(front.picked({ seriesId: "other", value: [0, 0, 6] }), { trialId: 6 });
  assert.equal(front.picked({ seriesId: "uniform", value: [0, 0, 1] }), null);
  assert.deepEqual(decisions.picked({ componentType: "series", value: [1, 0.45] }, facts), { trialId: 2, decisionId: 2 });
  assert.deepEqual(regret.picked({ seriesId: "regret", value: [3, -3, 2] }, facts), { trialId: 3, decisionId: 3 });
});

test("the front is read at the highest training length, in ascending memory", () => {
  assert.equal(highestTask(picture), 2);
  assert.deepEqual(frontOf(picture).map(member => [member.id, member.value]), [[2, 0.382], [4, 0.928], [3, 0.944], [5, 0.95]]);
});

test("the uniform line is of the kind known for most levels", () => {
  assert.deepEqual([uniformOf(facts).source, uniformOf(facts).points.length], ["model estimate", 2]);
  const bare = { picture: { ...picture, uniform: picture.uniform.map(uniform => ({ ...uniform, estimate: null })) }, model: null };
  assert.deepEqual([uniformOf(bare).source, uniformOf(bare).points[0].value], ["test accuracy", 0.94]);
  assert.equal(uniformOf({ ...bare, model: { uniform: [{ bits: "2222", mean: 0.9 }, { bits: "4444", mean: 0.95 }] } }).points[1].value, 0.95);
});

test("bars stand in the order of the decisions, in the shade of their training length", () => {
  const gains = decisions.option(facts, view).series.filter(one => one.id.startsWith("gain")).map(one => one.data);
  assert.deepEqual(gains, [[[0, 0.9]], [], [[1, 0.45], [2, 0.3]]]);
  assert.deepEqual(decisions.stops(facts).map(stop => [stop.seriesId, stop.dataIndex, stop.decisionId]), [["gain0", 0, 1], ["gain2", 0, 2], ["gain2", 1, 3]]);
});

test("decisions without room for all begin with the latest", () => {
  const option = decisions.option(large(10000), view);
  const shown = (option.dataZoom[0].end - option.dataZoom[0].start) / 100 * 10000;
  assert.equal(option.dataZoom[0].end, 100);
  assert.ok(shown > 100 && shown < 200, `${shown}`);
  assert.equal(decisions.option(facts, view).dataZoom.length, 0);
});

test("regret says where the search stops", () => {
  assert.ok(textsOf(svgOf("regret", facts)).includes("stops below 0.1 points"));
  assert.match(regret.describe(facts), /from 2 points to 0.05 points .* stops below 0.1 points/);
});

test("of very many learning curves some hundreds are drawn, the front always, and it says so", () => {
  const many = large(10000);
  const option = curves.option(many, view);
  assert.equal(option.series.find(one => one.id === "faint").data.length, 300);
  assert.deepEqual(option.series.find(one => one.id === "front").data.map(value => value[2]), [2, 4, 5]);
  assert.match(curves.describe(many, view), /304 of 10000 measured networks drawn, 4 of them on the front/);
});

test("a selected network is drawn of its own", () => {
  const option = curves.option(facts, { ...view, selected: 6 });
  assert.deepEqual(option.series.find(one => one.id === "selected").data.map(value => value[2]), [6]);
  assert.ok(front.option(facts, { ...view, selected: 6 }).series.some(one => one.id === "selected"));
});

test("slices have a panel for each training length and a view for each parameter", () => {
  const option = slices.option(facts, { ...view, width: 1200, height: slices.height(1200, facts) });
  assert.equal(option.grid.length, 3);
  assert.deepEqual(option.series.filter(one => one.id.startsWith("observed")).map(one => one.data.length), [1, 0, 1]);
  assert.deepEqual(slices.choices(facts), [{ value: 0, text: "parameter 1" }, { value: 1, text: "parameter 2" }]);
  assert.match(slices.describe(facts, { ...view, parameter: 1 }), /along parameter 2 .* 94.0\u00a0%, at 1 \(8888\)/);
});

test("correlations are written in their cells, readable on their colour", () => {
  const texts = textsOf(svgOf("correlation", facts));
  assert.equal(texts.filter(text => text === "1.00").length, 3);
  assert.equal(texts.filter(text => text === "−0.25").length, 2);
  for (let value = -1; value <= 1; value += 0.05) {
    assert.ok(contrast(correlationColour(value), textOn(correlationColour(value))) > 4.5, `${value}`);
  }
  assert.deepEqual([correlationColour(-1), correlationColour(0), correlationColour(1)], ["#b35806", "#f7f7f7", "#542788"]);
});

test("estimates count what lies within two deviations", () =>
  assert.equal(estimates.describe(facts), "Test accuracy against the model's estimate of 2 networks; 1 within 2 posterior deviations."));

test("ten thousand networks are drawn as shapes of many", () => {
  const many = large(10000);
  assert.ok(front.marks(many) > 2500);
  assert.ok(front.option(many, view).series.find(one => one.id === "other").large);
  assert.doesNotMatch(svgOf("front", many), /NaN/);
});

test("roles and training lengths stand out from the page, light and dark", () => {
  for (const look of [palette.light, palette.dark]) {
    for (const role of ["front", "chosen", "uniform", "verified", "stop"]) {
      assert.ok(contrast(look[role], look.page) >= 3, `${role} on ${look.page}`);
    }
    for (const text of ["ink", "muted", "uniform", "front", "stop"]) {
      assert.ok(contrast(look[text], look.page) >= 4.5, `${text} on ${look.page}: ${contrast(look[text], look.page)}`);
    }
    assert.equal(taskColour(look, 0, 1), look.tasks.at(-1));
    assert.deepEqual([0, 1, 2].map(task => taskColour(look, task, 3)), [look.tasks[0], look.tasks[2], look.tasks[4]]);
  }
});

test("labels keep off marks, off each other and inside", () => {
  const placement = new LabelPlacement({ left: 0, top: 0, width: 100, height: 100 });
  placement.avoid([10, 10], 4);
  const boxes = [];
  for (let index = 0; index < 30; index++) {
    const point = [10 + index, 10 + index];
    const move = placement.place(point, "A", 0);
    if (move !== null) {
      const [x, y] = [point[0] + move.right, point[1] + move.down];
      assert.ok(x >= 3 && y >= 6 && x <= 97 && y <= 94);
      assert.ok(boxes.every(other => Math.abs(other[0] - x) >= 7.6 || Math.abs(other[1] - y) >= 12));
      boxes.push([x, y]);
    }
  }
  assert.ok(boxes.length > 3);
});

test("hidden kinds stay hidden", () => {
  const svg = svgOf("front", { picture, model }, { hidden: { chosen: false } });
  assert.ok(svg.length < svgOf("front", { picture, model }).length);
});
