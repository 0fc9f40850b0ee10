/**
 * Scales map a value to the number that is drawn on an even axis. { minimum, maximum, to(value) }; what lies outside is moved to the border.
 */

const clamp = (value, minimum, maximum) => Math.min(maximum, Math.max(minimum, value));

/** Less would blow the noise of the best networks up. */
const LOSS_MARGIN = 0.03;

/** No narrower range of accuracies is shown: it would make mountains of noise. */
const LEAST_RANGE = 0.02;

/** From such a ratio on, multiples of one step are too few at one end and too many at the other. */
const MANY_DECADES = 30;

/** Equal distances for equal differences. */
export const linearScale = (minimum, maximum) => ({ minimum, maximum, isEven: true, to: value => clamp(value, minimum, maximum) });

/** Equal distances for equal ratios; minimum above 0. */
export const logarithmicScale = (minimum, maximum) => ({
  minimum, maximum, isEven: false, to: value => Math.log10(clamp(value, minimum, maximum)),
});

/**
 * For accuracies that crowd below a ceiling while some fall far: -log10(c - a) with the ceiling c a margin above the maximum, the transform
 * in which the losses of quantised networks are most even.
 */
export function lossScale(minimum, maximum) {
  const ceiling = maximum + LOSS_MARGIN * (maximum - minimum);
  return { minimum, maximum, isEven: false, to: value => -Math.log10(ceiling - clamp(value, minimum, maximum)) };
}

/** The least and the greatest of some values, null left out; the least is above the greatest when there are none. */
function extentOf(values) {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const value of values) {
    if (value != null) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
  }
  return [lowest, highest];
}

/**
 * The loss scale around some accuracies with a little room above and below; 0..1 when there are none.
 * @param unit what the least range is a part of; null for the size of the values themselves.
 */
export function accuracyScale(values, unit = 1) {
  const [lowest, highest] = extentOf(values);
  if (lowest > highest) {
    return lossScale(0, 1);
  }
  const range = Math.max(LEAST_RANGE * (unit ?? (Math.max(Math.abs(lowest), Math.abs(highest)) || 1)), highest - lowest);
  return lossScale(highest - 1.04 * range, highest + 0.01 * range);
}

/** Around some values that are the better the lower: logarithmic where all are positive, else even; 0..1 when there are none. */
export function lossesScale(values) {
  const [lowest, highest] = extentOf(values);
  if (lowest > highest) {
    return linearScale(0, 1);
  }
  if (lowest > 0) {
    const room = Math.max(1 + LEAST_RANGE, (highest / lowest) ** 0.04);
    return { ...logarithmicScale(lowest / room, highest * room), hasDecades: highest / lowest > MANY_DECADES };
  }
  const range = Math.max(LEAST_RANGE * (Math.max(Math.abs(lowest), Math.abs(highest)) || 1), highest - lowest);
  return linearScale(lowest - 0.04 * range, highest + 0.04 * range);
}

const MOST_MULTIPLES = 200;
const DECADES = 4;

/**
 * Round values to mark: multiples of 5, 2 and 1 times powers of ten, roundest first, each kept when it is at least `distance` pixels from
 * those kept before and its step is not too fine for this part of the scale; ascending.
 */
export function ticks(scale, pixels, distance) {
  const length = scale.to(scale.maximum) - scale.to(scale.minimum);
  const at = value => ((scale.to(value) - scale.to(scale.minimum)) / length) * pixels;
  const reach = (value, step) => Math.abs(at(value + step <= scale.maximum ? value + step : value - step) - at(value));
  let steps = [];
  for (let decade = 0, power = 10 ** Math.floor(Math.log10(scale.maximum - scale.minimum)); decade < DECADES; decade++, power /= 10) {
    steps.push(5 * power, 2 * power, power);
  }
  if (scale.isEven) {
    // Marks of an even scale are expected to be even: one step, the finest that has room.
    steps = steps.filter(step => reach(scale.minimum, step) >= distance).slice(-1);
  }
  const kept = scale.hasDecades ? decades(scale) : [];
  if (kept.length > 0) {
    return spaced(kept, at, distance);
  }
  for (const step of steps) {
    const first = Math.ceil(scale.minimum / step - 1e-9);
    const last = Math.floor(scale.maximum / step + 1e-9);
    for (let multiple = first; multiple <= last && last - first <= MOST_MULTIPLES; multiple++) {
      const value = Number((multiple * step).toPrecision(12)) + 0;
      // Where a step is far too fine to be marked throughout, a single multiple of it would look arbitrary.
      if (reach(value, step) >= distance / 2 && kept.every(other => Math.abs(at(other) - at(value)) >= distance)) {
        kept.push(value);
      }
    }
  }
  return kept.sort((a, b) => a - b);
}

/** 1, 2 and 5 times the powers of ten within a scale, powers first. */
function decades(scale) {
  const first = Math.floor(Math.log10(scale.minimum));
  const last = Math.ceil(Math.log10(scale.maximum));
  return [1, 5, 2]
    .flatMap(factor => Array.from({ length: last - first + 1 }, (_, index) => Number((factor * 10 ** (first + index)).toPrecision(12))))
    .filter(value => value >= scale.minimum && value <= scale.maximum);
}

/** Those that keep their distance from the ones before them, ascending. */
const spaced = (values, at, distance) => values
  .reduce((kept, value) => (kept.every(other => Math.abs(at(other) - at(value)) >= distance) ? [...kept, value] : kept), [])
  .sort((a, b) => a - b);
