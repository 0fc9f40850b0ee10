/** Accuracy against memory: the picture of a search (the thesis's Figure 5, with measurements as well as estimates). */
import { metricOf } from "./metric.js";
import { logarithmicScale } from "./scales.js";
import { bytes, letter, plural, short } from "./figures.js";
import { estimatesOf, frontOf, highestTask, measuredLines, predictedFrontOf, storedOf, trialsOf, uniformOf, uniformText, verifiedOf } from "./facts.js";
import { STAR, above, axis, band, below, frame, position, texts, verticalBars } from "./parts.js";
import { LabelPlacement } from "./labels.js";

/** Posterior deviations that an interval reaches to either side. */
const REACH = 2;

/** From here on marks of one kind are drawn as one shape. */
const LARGE = 500;

/** Pixels of a mark among that many: they leave each other room, and ECharts fills squares below 4 pixels instead of tracing outlines. */
const DOT = 3.5;

/** On a phone, in pixels. */
const NARROW = 560;

const kilobytes = count => count / 1000;

/** Everything the chart shows, in figures. */
function read(facts) {
  const { picture } = facts;
  const task = highestTask(picture);
  const trials = trialsOf(picture);
  const front = frontOf(picture);
  const onFront = new Set(front.map(member => member.id));
  const low = [];
  const other = [];
  for (const trial of trials) {
    trial.accuracy.forEach((accuracy, index) => {
      if (accuracy != null && index < task) {
        low.push([trial, accuracy]);
      }
    });
    if (trial.accuracy[task] != null && !onFront.has(trial.id)) {
      other.push([trial, trial.accuracy[task]]);
    }
  }
  return {
    picture, task, trials, front, low, other,
    metric: metricOf(picture),
    epochs: picture?.tasks?.[task],
    uniform: uniformOf(facts),
    verified: verifiedOf(picture),
    predicted: predictedFrontOf(facts),
    estimates: estimatesOf(facts),
    chosen: trials.find(trial => trial.id === picture?.chosen && trial.accuracy.some(accuracy => accuracy != null)) ?? null,
  };
}

const scalesOf = seen => {
  const sizes = [...seen.trials, ...(seen.picture.uniform ?? []), ...seen.verified].map(item => kilobytes(item.memoryBytes)).filter(size => size > 0);
  const smallest = sizes.reduce((a, b) => Math.min(a, b), Infinity);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  return {
    across: logarithmicScale(0.94 * smallest, 1.06 * largest),
    // Lower training lengths would squeeze the rest: they may fall below.
    up: seen.metric.scale([
      ...seen.front.map(member => member.value),
      ...seen.other.map(([, accuracy]) => accuracy),
      ...seen.verified.map(result => result.mean),
      ...seen.uniform.points.map(point => point.value),
      ...seen.predicted.map(member => member.mean),
      seen.picture.baseline?.accuracy,
    ]),
  };
};

/** Names with the marks that stand for them. */
function entriesOf(seen, look) {
  const epochs = plural(seen.epochs, "epoch");
  const entries = {
    chosen: { name: "chosen", icon: STAR, itemStyle: { color: look.chosen } },
    front: { name: `front, ${epochs}`, icon: "circle", itemStyle: { color: look.front } },
    other: { name: `other networks, ${epochs}`, icon: "circle", itemStyle: { color: look.trial } },
    low: { name: `fewer epochs (${seen.metric.isMinimized ? "▴ above" : "▾ below"})`, icon: "triangle", itemStyle: { color: look.low, opacity: 0.7 } },
    uniform: { name: `uniform (${seen.uniform.source})`, icon: "rect", itemStyle: { color: look.page, borderColor: look.uniform, borderWidth: 2 } },
    verified: { name: "test split ± 1 deviation", icon: "diamond", itemStyle: { color: look.page, borderColor: look.verified, borderWidth: 1.5 } },
    model: { name: "model: front ± 2 deviations", icon: "rect", itemStyle: { color: look.front, opacity: 0.25 } },
  };
  const shown = {
    chosen: seen.chosen, front: seen.front.length, other: seen.other.length, low: seen.low.length, uniform: seen.uniform.points.length,
    verified: seen.verified.length, model: seen.predicted.length,
  };
  return { entries, list: Object.keys(entries).filter(key => shown[key]).map(key => entries[key]) };
}

function option(facts, view) {
  const { look } = view;
  const seen = read(facts);
  const { across, up } = scalesOf(seen);
  const { entries, list } = entriesOf(seen, look);
  const { grid, legend } = frame(view, list);
  const at = position(grid, across, up);
  const point = (memoryBytes, accuracy, ...more) => [across.to(kilobytes(memoryBytes)), up.to(accuracy), ...more];
  const marks = (id, entry, data, extra = {}) => ({
    id, name: entry.name, type: "scatter", z: 4, data, itemStyle: entry.itemStyle, large: data.length > LARGE, largeThreshold: LARGE,
    progressive: 0, emphasis: { scale: 1.4 }, ...extra, ...(data.length > LARGE ? { symbolSize: DOT } : {}),
  });
  // What is worse than the axis goes is drawn at its end.
  const worst = seen.metric.isMinimized ? up.maximum : up.minimum;
  const lowest = up.to(worst);
  const isBelow = accuracy => seen.metric.isBetter(worst, accuracy);
  const series = [
    seen.predicted.length === 0 ? null : modelBand(seen, entries.model, across, up, look),
    marks("low", entries.low, seen.low.filter(([, accuracy]) => !isBelow(accuracy)).map(([trial, accuracy]) => point(trial.memoryBytes, accuracy, trial.id)),
      { z: 2, symbolSize: 4.5, itemStyle: { color: look.low, opacity: 0.5 } }),
    marks("below", entries.low, seen.low.filter(([, accuracy]) => isBelow(accuracy)).map(([trial]) => [across.to(kilobytes(trial.memoryBytes)), lowest, trial.id]),
      { z: 2, symbol: "triangle", symbolRotate: seen.metric.isMinimized ? 0 : 180, symbolSize: 7, symbolOffset: [0, seen.metric.isMinimized ? 4 : -4], itemStyle: { color: look.low, opacity: 0.6 } }),
    uniformLine(seen, entries.uniform, point, look, view.width < NARROW),
    marks("other", entries.other, seen.other.map(([trial, accuracy]) => point(trial.memoryBytes, accuracy, trial.id)),
      { symbolSize: 7.5, itemStyle: { color: look.trial, borderColor: look.page, borderWidth: seen.other.length > LARGE ? 0 : 1 } }),
    frontLine(seen, entries.front, point, across, look),
    verticalBars("intervals", entries.front.name, look.front, 4, 0.3, intervalsOf(seen, across, up), 5),
    marks("front", entries.front, seen.front.map(member => point(member.memoryBytes, member.value, member.id)),
      { z: 6, symbolSize: 9.5, itemStyle: { color: look.front, borderColor: look.page, borderWidth: 1 } }),
    verticalBars("errors", entries.verified.name, look.verified, 1.4, 1, seen.verified.filter(result => result.deviation != null).map(result =>
      [across.to(kilobytes(result.memoryBytes)), up.to(result.mean - result.deviation), up.to(result.mean + result.deviation)]), 6),
    marks("verified", entries.verified, seen.verified.map((result, index) => point(result.memoryBytes, result.mean, index)),
      { z: 7, symbol: "diamond", symbolSize: 10, itemStyle: { color: look.page, opacity: 0.85, borderColor: look.verified, borderWidth: 1.4 } }),
    seen.chosen === null ? null : marks("chosen", entries.chosen, [point(seen.chosen.memoryBytes, lastOf(seen.chosen), seen.chosen.id)],
      { z: 8, symbol: STAR, symbolSize: 20, itemStyle: { color: look.chosen, borderColor: look.page, borderWidth: 1 } }),
    selection(seen, view, point),
    texts("letters", labelsOf(seen, grid, at, point, look)),
  ];
  return {
    grid, legend,
    xAxis: axis(view, across, grid.width, 46, value => short(value), below(`memory of the ${storedOf(seen.picture)}, kB (logarithmic)`)),
    yAxis: axis(view, up, grid.height, 27, seen.metric.tick, above(view, `${seen.metric.name}${seen.metric.unit} (${seen.metric.stretched})`)),
    series: series.filter(one => one !== null),
  };
}

const lastOf = trial => trial.accuracy.findLast(accuracy => accuracy != null);

/** Where the model expects the best network of each size, tried or not; to the right its last member stays the best. */
function modelBand(seen, entry, across, up, look) {
  const last = seen.predicted.at(-1);
  const edge = deviations => [
    ...seen.predicted.map(member => [across.to(kilobytes(member.memoryBytes)), up.to(member.mean + deviations * member.deviation)]),
    [across.to(across.maximum), up.to(last.mean + deviations * last.deviation)],
  ];
  return band("model", entry.name, look.front, edge(REACH), edge(-REACH));
}

const intervalsOf = (seen, across, up) => seen.front
  .map(member => [member, seen.estimates.get(member.id)])
  .filter(([, known]) => known)
  .map(([member, { mean, deviation }]) =>
    [across.to(kilobytes(member.memoryBytes)), up.to(mean - REACH * deviation), up.to(mean + REACH * deviation)]);

const uniformLine = (seen, entry, point, look, isNarrow) => ({
  id: "uniform", name: entry.name, type: "line", z: 3, symbol: "rect", symbolSize: 8, showAllSymbol: true,
  data: seen.uniform.points.map((uniform, index) => point(uniform.memoryBytes, uniform.value, index)),
  lineStyle: { color: look.uniform, width: 1.6, type: [6, 3] },
  itemStyle: { color: look.page, borderColor: look.uniform, borderWidth: 1.8 },
  markLine: seen.picture.baseline?.accuracy == null ? undefined : {
    silent: true, symbol: "none", animation: false,
    lineStyle: { color: look.muted, type: [5, 4], width: 1 },
    label: { formatter: `FP32 ${seen.metric.value(seen.picture.baseline.accuracy)}${isNarrow ? "" : " (validation)"}`, position: "insideStartBottom", color: look.muted, fontSize: 11.5 },
    data: [{ yAxis: point(1, seen.picture.baseline.accuracy)[1] }],
  },
});

/** Steps: at a given memory the front's accuracy is that of the largest member that fits. */
const frontLine = (seen, entry, point, across, look) => ({
  id: "steps", name: entry.name, type: "line", step: "end", z: 5, showSymbol: false, silent: true,
  data: seen.front.length === 0 ? [] : [
    ...seen.front.map(member => point(member.memoryBytes, member.value)),
    [across.to(across.maximum), point(1, seen.front.at(-1).value)[1]],
  ],
  lineStyle: { color: look.front, width: 1.6 },
  itemStyle: { color: look.front },
});

/** A ring around the network that the page shows beside the chart. */
function selection(seen, view, point) {
  const trial = view.selected == null ? null : seen.trials.find(one => one.id === view.selected);
  return trial && lastOf(trial) !== undefined
    ? {
        id: "selected", type: "scatter", z: 9, silent: true, symbolSize: 18, data: [point(trial.memoryBytes, lastOf(trial))],
        itemStyle: { color: "transparent", borderColor: view.look.ink, borderWidth: 2 },
      }
    : null;
}

/** Letters of the front and levels of the uniform networks, where there is room. */
function labelsOf(seen, grid, at, point, look) {
  const placement = new LabelPlacement(grid);
  for (const { memoryBytes, value } of [...seen.front, ...seen.uniform.points, ...seen.verified.map(result => ({ ...result, value: result.mean }))]) {
    placement.avoid(at(kilobytes(memoryBytes), value), 4);
  }
  const wanted = [
    ...seen.uniform.points.map(uniform => [uniform, String(uniform.level), look.uniform, 4]),
    ...seen.front.map((member, index) => [member, letter(index), look.front, 0]),
  ];
  return wanted.flatMap(([{ memoryBytes, value }, text, color, direction]) => {
    const move = placement.place(at(kilobytes(memoryBytes), value), text, direction);
    return move === null ? [] : [{ value: point(memoryBytes, value), text, color, ...move }];
  });
}

function tip(params, facts) {
  const seen = read(facts);
  const [, , key] = params.value;
  if (params.seriesId === "uniform") {
    const uniform = seen.uniform.points[key];
    return uniform && [`Uniform: ${uniformText(seen.picture, uniform.level)}`, `${seen.metric.value(uniform.value)} (${seen.uniform.source})`, bytes(uniform.memoryBytes)];
  }
  if (params.seriesId === "verified") {
    const result = seen.verified[key];
    return result && [
      `Test split: ${result.bits}`,
      `${seen.metric.value(result.mean)}${seen.metric.spread(result.deviation)} over ${plural(result.runs, "run")}`,
      bytes(result.memoryBytes),
    ];
  }
  const trial = seen.trials.find(one => one.id === key);
  return trial && trialLines(seen, trial);
}

function trialLines(seen, trial) {
  const place = seen.front.findIndex(member => member.id === trial.id);
  const known = seen.estimates.get(trial.id);
  return [
    `Trial ${trial.id}: ${trial.bits}${place < 0 ? "" : `, ${letter(place)} of the front`}${seen.picture.chosen === trial.id ? ", chosen" : ""}`,
    ...measuredLines(seen.picture, trial, seen.metric.value),
    bytes(trial.memoryBytes),
    ...(known ? [`model: ${seen.metric.estimate(known.mean, known.deviation)}`] : []),
    ...(trial.setAside ? [`set aside: ${trial.setAside}`] : []),
  ];
}

function describe(facts) {
  const seen = read(facts);
  const best = seen.front.at(-1);
  return [
    `${seen.metric.title} against memory of ${plural(seen.trials.length, "network")}.`,
    best
      ? `The measured front has ${plural(seen.front.length, "member")}, from ${seen.metric.value(seen.front[0].value)} with ${bytes(seen.front[0].memoryBytes)} `
        + `to ${seen.metric.value(best.value)} with ${bytes(best.memoryBytes)}.`
      : "No front has been measured yet.",
    seen.chosen ? `Chosen: ${seen.chosen.bits}, ${seen.metric.value(lastOf(seen.chosen))} with ${bytes(seen.chosen.memoryBytes)}.` : "",
    seen.picture.baseline?.accuracy == null ? "" : `FP32 reaches ${seen.metric.value(seen.picture.baseline.accuracy)}.`,
    seen.metric.isMinimized ? "Lower is better." : "",
  ].filter(text => text).join(" ");
}

export const front = {
  title: metric => `${metric.title} against memory`,
  height: width => (width < NARROW ? 500 : 540),
  missing: facts => {
    const seen = read(facts);
    return seen.low.length + seen.other.length + seen.front.length + seen.verified.length + seen.predicted.length === 0
      ? "No quantised network has been measured yet."
      : null;
  },
  marks: facts => trialsOf(facts.picture).length * Math.max(1, facts.picture?.tasks?.length ?? 1),
  option, tip, describe,
  picked: params => (["low", "below", "other", "front", "chosen"].includes(params.seriesId) ? { trialId: params.value[2] } : null),
  stops: facts => frontOf(facts.picture).map((member, index) => ({ seriesId: "front", dataIndex: index, trialId: member.id })),
};
