/** What the model believes along one parameter of the curve, for each training length (the thesis's Figure 4), with the memory. */
import { metricOf } from "./metric.js";
import { linearScale } from "./scales.js";
import { bytes, plural, short } from "./figures.js";
import { axis, band, below, frame, FONT } from "./parts.js";

const PANEL = 210;
const TITLE = 26;
const GAP = 44;
const NARROWEST = 300;

/** Deviations of a central interval of 95 %, which the band shows. */
const BAND = "95 %";

/** Points of a line that show only under the pointer. */
const UNMARKED = { symbol: "circle", symbolSize: 8, showAllSymbol: true, emphasis: { itemStyle: { opacity: 1 } } };

const sliceOf = (facts, view) => {
  const slices = facts.model?.slices ?? [];
  return slices.find(slice => slice.parameter === view?.parameter) ?? slices[0] ?? null;
};

/** As many beside each other as there is room for, in rows that are equally full. */
const columnsOf = (width, panels) => Math.ceil(panels / Math.ceil(panels / Math.max(1, Math.floor(width / NARROWEST))));

function option(facts, view) {
  const { look } = view;
  const slice = sliceOf(facts, view);
  const entries = [
    { name: "model's mean", icon: "path://M0 4h22v3h-22Z", itemStyle: { color: look.front } },
    { name: `its ${BAND} interval`, icon: "rect", itemStyle: { color: look.front, opacity: 0.25 } },
    { name: "measured near this slice", icon: "circle", itemStyle: { color: look.chosen } },
    { name: "memory (right scale, kB)", icon: "path://M0 5h6v1h-6ZM9 5h6v1h-6ZM18 5h6v1h-6Z", itemStyle: { color: look.uniform } },
  ];
  const { grid: whole, legend } = frame(view, entries, { top: TITLE, right: 44, bottom: 40 });
  const columns = columnsOf(view.width, slice.tasks.length);
  const rows = Math.ceil(slice.tasks.length / columns);
  const width = (view.width - columns * 92) / columns;
  const height = (whole.height - (rows - 1) * (GAP + TITLE)) / rows;
  const across = linearScale(0, 1);
  const metric = metricOf(facts.picture);
  const up = metric.scale([
    ...slice.tasks.flatMap(task => [...task.mean, ...(metric.isMinimized ? task.lower : task.upper)]), ...slice.observed.map(point => point.accuracy),
  ]);
  const sizes = slice.memoryBytes.map(size => size / 1000);
  const memory = linearScale(0, 1.05 * sizes.reduce((a, b) => Math.max(a, b), 1));
  const panels = slice.tasks.map((task, index) => ({
    task, index,
    left: 48 + (index % columns) * (width + 92),
    top: whole.top + Math.floor(index / columns) * (height + GAP + TITLE),
  }));
  return {
    legend,
    grid: panels.map(({ left, top }) => ({ left, top, width, height })),
    xAxis: panels.map(({ index }) => axis(view, across, width, 46, value => short(value), {
      gridIndex: index, ...(Math.floor(index / columns) === rows - 1 ? below(`parameter ${slice.parameter + 1} of the curve`) : {}),
    })),
    yAxis: panels.flatMap(({ task, index }) => [
      axis(view, up, height, 27, metric.tick, {
        gridIndex: index, name: `${plural(task.epochs, "epoch")}: ${metric.name}${metric.unit}`, nameLocation: "end", nameGap: 10,
        nameTextStyle: { color: look.ink, fontFamily: FONT, fontSize: 12, fontWeight: 600, align: "left", padding: [0, 0, 0, -40] },
      }),
      axis(view, memory, height, 45, value => short(value), { gridIndex: index, position: "right", splitLine: { show: false } }),
    ]),
    series: panels.flatMap(panel => seriesOf(panel, slice, up, memory, entries, look)),
  };
}

function seriesOf({ task, index }, slice, up, memory, entries, look) {
  const [mean, interval, measured, size] = entries.map(entry => entry.name);
  const place = { xAxisIndex: index, yAxisIndex: 2 * index };
  const along = values => slice.at.map((at, point) => [at, up.to(values[point])]);
  return [
    band(`band${index}`, interval, look.front, along(task.upper), along(task.lower), place),
    {
      id: `memory${index}`, name: size, type: "line", xAxisIndex: index, yAxisIndex: 2 * index + 1, ...UNMARKED, z: 2,
      data: slice.at.map((at, point) => [at, memory.to(slice.memoryBytes[point] / 1000), point]),
      lineStyle: { color: look.uniform, width: 1.4, type: [6, 4] }, itemStyle: { color: look.uniform, opacity: 0 },
    },
    {
      id: `mean${index}`, name: mean, type: "line", ...place, ...UNMARKED, z: 3,
      data: slice.at.map((at, point) => [at, up.to(task.mean[point]), point]), lineStyle: { color: look.front, width: 2 },
      itemStyle: { color: look.front, opacity: 0 },
    },
    {
      id: `observed${index}`, name: measured, type: "scatter", ...place, z: 4, symbolSize: 7,
      itemStyle: { color: look.chosen, borderColor: look.page, borderWidth: 1 },
      // The further from the slice, the fainter.
      data: slice.observed.filter(point => point.epochs === task.epochs).map(point => ({
        value: [point.at, up.to(point.accuracy), point.trialId, point.accuracy],
        itemStyle: { opacity: Math.max(0.3, 1 - (point.distance ?? 0) * 5) },
      })),
    },
  ];
}

function tip(params, facts, view) {
  const slice = sliceOf(facts, view);
  const { value } = metricOf(facts.picture);
  const task = slice.tasks[Number(params.seriesId?.replace(/^\D+/, ""))];
  if (params.seriesId?.startsWith("observed")) {
    const [at, , trial, accuracy] = params.value;
    return [`Trial ${trial}`, `after ${plural(task.epochs, "epoch")}: ${value(accuracy)}`, `parameter ${short(at)}`];
  }
  const point = params.value?.[2];
  return point === undefined ? null : [
    `${slice.bits[point]}: ${bytes(slice.memoryBytes[point])}`,
    `after ${plural(task.epochs, "epoch")} the model expects ${value(task.mean[point])}`,
    `${BAND}: ${value(task.lower[point])} to ${value(task.upper[point])}`,
  ];
}

export const slices = {
  title: () => "What the model believes along the curve's parameters",
  height: (width, facts) => {
    const panels = facts.model?.slices?.[0]?.tasks?.length ?? 1;
    const rows = Math.ceil(panels / columnsOf(width, panels));
    return (width < 560 ? 100 : 50) + TITLE + 40 + rows * PANEL + (rows - 1) * (GAP + TITLE);
  },
  missing: facts => facts.model?.unavailable ?? (sliceOf(facts) ? null : "The model has not been fitted yet."),
  marks: facts => sliceOf(facts)?.observed.length ?? 0,
  choices: facts => {
    const list = facts.model?.slices ?? [];
    return list.length < 2 ? [] : list.map(slice => ({ value: slice.parameter, text: `parameter ${slice.parameter + 1}` }));
  },
  option, tip,
  describe: (facts, view) => {
    const slice = sliceOf(facts, view);
    const target = slice.tasks.at(-1);
    const metric = metricOf(facts.picture);
    const best = target.mean.reduce((a, value, index) => (metric.isBetter(value, target.mean[a]) ? index : a), 0);
    return `The model's estimates along parameter ${slice.parameter + 1} of the curve, one panel for each of ${slice.tasks.map(task => task.epochs).join(", ")} epochs, `
      + `with ${plural(slice.observed.length, "measurement")} near it. At the target it expects ${metric.isMinimized ? "least" : "most"}, ${metric.value(target.mean[best])}, at ${short(slice.at[best])} (${slice.bits[best]}).`;
  },
  picked: params => (params.seriesId?.startsWith("observed") ? { trialId: params.value[2] } : null),
};
