/** Every decision in order: above what it promised to teach, below what it cost, in the shade of its training length. */
import { plural, short, significant } from "./figures.js";
import { taskColour } from "./palette.js";
import { above, amounts, below, categories, frame } from "./parts.js";

/** Pixels that a bar needs: where there is less room the latest decisions are shown, and a slider reaches the others. */
const LEAST_SLOT = 5;

const EDGES = 64;
const SLIDER = 30;
const BETWEEN = 58;

/** Pixels that a bar needs to carry its training length. */
const LABELLED = 16;

const listOf = facts => facts.picture?.decisions?.id ?? [];

const nameOf = (epochs, tasks) => `${plural(epochs, "epoch")}${epochs === tasks.at(-1) ? " (target)" : ""}`;

/** Where a bar stands among all decisions. */
const placeOf = params => params.value[0];

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
  const slot = grid.width / Math.min(count, shown);
  const bars = (kind, grid, values) => tasks.map((epochs, task) => ({
    id: `${kind}${task}`, name: entries[task].name, type: "bar", xAxisIndex: grid, yAxisIndex: grid, barGap: "-100%", barCategoryGap: "16%",
    barMaxWidth: 32, barMinHeight: 1, itemStyle: entries[task].itemStyle,
    // One series for each training length; all share their places.
    data: values.flatMap((value, index) => (decisions.epochs[index] === epochs ? [[index, value]] : [])),
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
      amounts(view, value => short(value, 4), { gridIndex: 0, ...above(view, "expected information, nats"), nameGap: 15 }),
      amounts(view, value => short(value, 3), { gridIndex: 1, ...above(view, "expected cost, epochs"), nameGap: 15 }),
    ],
    dataZoom: isZoomed
      ? [
          { type: "slider", xAxisIndex: [0, 1], ...zoom, bottom: 2, height: 20, left: grid.left, width: grid.width, showDetail: false, showDataShadow: false, brushSelect: false, borderColor: view.look.line },
          { type: "inside", xAxisIndex: [0, 1], ...zoom, zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false },
        ]
      : [],
    series: [...bars("gain", 0, decisions.gainNats), ...bars("cost", 1, decisions.costEpochs)],
  };
}

function tip(params, facts) {
  const { decisions, tasks } = facts.picture;
  const index = placeOf(params);
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
  title: () => "Information and cost of each decision",
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
  picked: (params, facts) => (params.componentType === "series" ? pickOf(facts, placeOf(params)) : null),
  stops: facts => {
    const counts = facts.picture.tasks.map(() => 0);
    return listOf(facts).map((_, index) => {
      const task = Math.max(0, facts.picture.tasks.indexOf(facts.picture.decisions.epochs[index]));
      return { seriesId: `gain${task}`, dataIndex: counts[task]++, ...pickOf(facts, index) };
    });
  },
};
