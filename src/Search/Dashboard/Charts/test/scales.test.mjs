import assert from "node:assert/strict";
import { test } from "node:test";
import { accuracyScale, linearScale, logarithmicScale, lossScale, ticks } from "../src/scales.js";

const scales = { linear: linearScale(0.2, 0.95), logarithmic: logarithmicScale(0.2, 0.95), loss: lossScale(0.2, 0.95) };
const at = (scale, value) => (scale.to(value) - scale.to(scale.minimum)) / (scale.to(scale.maximum) - scale.to(scale.minimum));

for (const [name, scale] of Object.entries(scales)) {
  test(`${name}: what lies outside is moved to the border`, () => {
    assert.equal(at(scale, -5), 0);
    assert.equal(at(scale, 7), 1);
  });

  test(`${name}: a larger value lies further up`, () => {
    const places = Array.from({ length: 76 }, (_, step) => at(scale, 0.2 + step / 100));
    assert.ok(places.every((place, index) => index === 0 || place > places[index - 1]));
  });

  test(`${name}: marks ascend inside the scale and apart`, () => {
    const marks = ticks(scale, 280, 27);
    assert.ok(marks.length >= 3);
    assert.ok(marks.every(value => value >= 0.2 && value <= 0.95));
    assert.ok(marks.every((value, index) => index === 0 || 280 * (at(scale, value) - at(scale, marks[index - 1])) >= 27));
  });
}

test("marks of an even scale are even and round", () => assert.deepEqual(ticks(linearScale(0, 0.88), 120, 22), [0, 0.2, 0.4, 0.6, 0.8]));

test("a doubling is the same step anywhere on a logarithmic scale", () => {
  const scale = logarithmicScale(10, 160);
  assert.ok(Math.abs(at(scale, 20) - 0.25) < 1e-12 && Math.abs(at(scale, 40) - 0.5) < 1e-12);
});

test("one point at the top of a loss scale is larger than further down", () =>
  assert.ok(at(scales.loss, 0.95) - at(scales.loss, 0.94) > 5 * (at(scales.loss, 0.8) - at(scales.loss, 0.79))));

test("accuracies have room above and below, and never less than two points", () => {
  const scale = accuracyScale([0.9, null, undefined, 0.9]);
  assert.ok(Math.abs(scale.minimum - (0.9 - 0.0208)) < 1e-12 && Math.abs(scale.maximum - 0.9002) < 1e-12);
  assert.deepEqual([accuracyScale([]).minimum, accuracyScale([]).maximum], [0, 1]);
});
