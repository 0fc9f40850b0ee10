/** Every decision in order: above what it promised to teach, below what it cost, in the shade of its training length. */
import { plural, short, significant } from "./figures.js";
import { linearScale } from "./scales.js";
import { taskColour } from "./palette.js";
import { above, axis, below, categories, frame } from "./parts.js";

/** Pixels that a bar needs: where there is less room the latest decisions are shown, and a slider reaches the others. */
const LEAST_SLOT = 5;

const EDGES = 64;
const SLIDER = 30;
const BETWEEN = 58;

/** Pixels that a bar needs to carry its training length. */
const LABELLED = 16;

const listOf = facts => facts.picture?.decisions?.id ?? [];

const nameOf = (epochs, tasks) => `${plural(epochs, "epoch")}${epochs === tasks.at(-1) ? " (target)" : ""}`;

const highest = values => values.reduce((a, b) => Math.max(a, b ?? 0), 0);

function option(facts, view) {
  const { picture } = facts;
  const { decisions, tasks } = picture;
  const count = decisions.id.length;
  const shown = Math.floor((view.width - EDGES) / LEAST_SLOT);
  const isZoomed = count > shown;
  const names = decisions.id.map(String);
  const entries = tasks.map((epochs, task) => ({
    name: nameOf(epochs, tasks), icon: "rect", itemStyle: { color: taskColour(view.look, task, tasks.length) },
  }));
  const { grid, legend } = frame(view, entries, { bottom: isZoomed ? 46 + SLIDER : 46 });
  const height = (grid.height - BETWEEN) / 2;
  const grids = [{ ...grid, height }, { ...grid, top: grid.top + height + BETWEEN, height }];
  const scale = values => linearScale(0, 1.05 * highest(values) || 1);
  const [gains, costs] = [scale(decisions.gainNats), scale(decisions.costEpochs)];
  const slot = grid.width / Math.min(count, shown);
  const bars = (kind, grid, values) => tasks.map((epochs, task) => ({
    id: `${kind}${task}`, name: entries[task].name, type: "bar", xAxisIndex: grid, yAxisIndex: grid, barGap: "-100%", barCategoryGap: "16%",
    barMaxWidth: 32, barMinHeight: 1, itemStyle: entries[task].itemStyle,
    // One series for each training length shares the places of all; where it has no bar, nothing is drawn.
    data: values.map((value, index) => (decisions.epochs[index] === epochs ? value : null)),
    label: { show: kind === "gain" && slot >= LABELLED, position: "top", distance: 2, formatter: () => String(epochs), color: view.look.muted, fontSize: 10 },
  }));
  const zoom = view.zoom ?? { start: isZoomed ? 100 * (1 - shown / count) : 0, end: 100 };
  return {
    grid: grids, legend,
    xAxis: [
      categories(view, names, { gridIndex: 0, axisLabel: { show: false } }),
      categories(view, names, { gridIndex: 1, ...below("decision") }),
    ],
    yAxis: [
      axis(view, gains, height, 24, value => short(value, 3), { gridIndex: 0, ...above(view, "expected information, nats") }),
      axis(view, costs, height, 24, value => short(value, 3), { gridIndex: 1, ...above(view, "expected cost, epochs") }),
    ],
    dataZoom: isZoomed
      ? [
          { type: "slider", xAxisIndex: [0, 1], ...zoom, bottom: 2, height: 20, left: grid.left, width: grid.width, showDetail: false, brushSelect: false, borderColor: view.look.line },
          { type: "inside", xAxisIndex: [0, 1], ...zoom, zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false },
        ]
      : [],
    series: [...bars("gain", 0, decisions.gainNats), ...bars("cost", 1, decisions.costEpochs)],
  };
}

function tip(params, facts) {
  const { decisions, tasks } = facts.picture;
  const index = params.dataIndex;
  return [
    `Decision ${decisions.id[index]}: ${decisions.bits[index]}`,
    `to ${nameOf(decisions.epochs[index], tasks)}`,
    `expected to teach ${significant(decisions.gainNats[index])} nats`,
    `expected to cost ${short(decisions.costEpochs[index])} epochs`,
    `score ${significant(decisions.score[index])} nats per epoch`,
  ];
}

const pickOf = (facts, index) => {
  const { decisions } = facts.picture;
  return { trialId: decisions.trialId[index], decisionId: decisions.id[index] };
};

export const decisions = {
  title: "Information and cost of each decision",
  height: width => (width < 560 ? 380 : 400),
  missing: facts => (listOf(facts).length === 0 ? "No decision has been taken yet." : null),
  marks: facts => listOf(facts).length,
  option, tip,
  describe: facts => {
    const { decisions: list } = facts.picture;
    const last = list.id.length - 1;
    return `Expected information and cost of ${plural(list.id.length, "decision")}. The first expected ${significant(list.gainNats[0])} nats, `
      + `the latest (${list.bits[last]} to ${plural(list.epochs[last], "epoch")}) ${significant(list.gainNats[last])} nats for ${short(list.costEpochs[last])} epochs.`;
  },
  picked: (params, facts) => (params.componentType === "series" ? pickOf(facts, params.dataIndex) : null),
  stops: facts => listOf(facts).map((_, index) => ({
    seriesId: `gain${Math.max(0, facts.picture.tasks.indexOf(facts.picture.decisions.epochs[index]))}`, dataIndex: index, ...pickOf(facts, index),
  })),
};
