/** What the model expected to lose by stopping at each decision; the search stops by itself when it stays below its tolerance. */
import { plural, short, significant } from "./figures.js";
import { metricOf } from "./metric.js";
import { linearScale, logarithmicScale } from "./scales.js";
import { above, axis, below, frame } from "./parts.js";

/** What is smaller is drawn here: it is no longer worth a difference. */
const LEAST = 1e-6;

/** Up to so many decisions each has its mark. */
const MARKED = 150;

const knownOf = facts => {
  const { id, regret } = facts.picture?.decisions ?? {};
  return (id ?? []).map((decision, index) => [decision, regret?.[index] ?? null, index]).filter(([, value]) => value !== null);
};

function option(facts, view) {
  const { picture } = facts;
  const points = knownOf(facts).map(([decision, value, index]) => [decision, Math.max(LEAST, value), index]);
  const values = points.map(([, value]) => value);
  const all = picture.stopRegret > 0 ? [...values, picture.stopRegret] : values;
  const lowest = all.reduce((a, b) => Math.min(a, b), Infinity);
  const highest = all.reduce((a, b) => Math.max(a, b), 0);
  const up = logarithmicScale(lowest / 1.4, highest * 1.4);
  const last = picture.decisions.id.at(-1);
  const across = linearScale(1, Math.max(2, last));
  const entries = [
    { name: "expected regret", icon: "circle", itemStyle: { color: view.look.front } },
    ...(picture.stopRegret > 0 ? [{ name: "stops below", icon: "path://M0 5h22v1h-22Z", itemStyle: { color: view.look.stop } }] : []),
  ];
  const { grid, legend } = frame(view, entries);
  return {
    grid, legend,
    xAxis: axis(view, across, grid.width, 46, value => short(value, 0), below("decision")),
    yAxis: axis(view, up, grid.height, 27, value => significant(100 * value, 2), above(view, `expected regret, ${unitOf(picture)}`)),
    series: [
      {
        id: "regret", name: "expected regret", type: "line", data: points.map(([decision, value, index]) => [decision, up.to(value), index]),
        symbol: "circle", symbolSize: points.length <= MARKED ? 5 : 8, sampling: "lttb", lineStyle: { color: view.look.front, width: 1.6 },
        // Of many only the one under the pointer is marked.
        itemStyle: { color: view.look.front, opacity: points.length <= MARKED ? 1 : 0 }, emphasis: { itemStyle: { opacity: 1 } },
      },
      ...(picture.stopRegret > 0 ? [tolerance(picture, up, view)] : []),
    ],
  };
}

const tolerance = ({ stopRegret: regret, ...picture }, up, view) => ({
  id: "stop", name: "stops below", type: "line", data: [], itemStyle: { color: view.look.stop },
  markLine: {
    silent: true, symbol: "none",
    lineStyle: { color: view.look.stop, type: [6, 4], width: 1.4 },
    label: { formatter: `stops below ${significant(100 * regret, 2)} ${metricOf(picture).relative}`, position: "insideStartBottom", color: view.look.stop, fontSize: 11.5 },
    data: [{ yAxis: up.to(regret) }],
  },
});

const words = (value, picture) => `${significant(100 * value)} ${metricOf(picture).relative}`;

/** What a regret counts. */
const unitOf = picture => {
  const { name, relative } = metricOf(picture);
  return `${relative}${relative === "points" ? " of" : ""} effective ${name}`;
};

export const regret = {
  title: () => "Expected regret of stopping",
  height: width => (width < 560 ? 280 : 300),
  missing: facts => (knownOf(facts).length === 0 ? "No decision has told an expected regret yet." : null),
  marks: facts => knownOf(facts).length,
  option,
  tip: (params, facts) => {
    const index = params.value[2];
    const { decisions } = facts.picture;
    return [`Decision ${decisions.id[index]}`, `expected regret of stopping: ${words(decisions.regret[index], facts.picture)}`];
  },
  describe: facts => {
    const points = knownOf(facts);
    const tolerated = facts.picture.stopRegret > 0 ? ` The search stops below ${words(facts.picture.stopRegret, facts.picture)}, three decisions in a row.` : "";
    return `Expected regret of stopping at ${plural(points.length, "decision")}: from ${words(points[0][1], facts.picture)} to ${words(points.at(-1)[1], facts.picture)} of effective ${metricOf(facts.picture).name}.${tolerated}`;
  },
  picked: (params, facts) => (params.seriesId === "regret"
    ? { trialId: facts.picture.decisions.trialId[params.value[2]], decisionId: facts.picture.decisions.id[params.value[2]] }
    : null),
  stops: facts => knownOf(facts).map(([decisionId, , index], place) => ({
    seriesId: "regret", dataIndex: place, decisionId, trialId: facts.picture.decisions.trialId[index],
  })),
};
