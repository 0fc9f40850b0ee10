/** What the model expected against what the test split gave; on the diagonal they agree. */
import { metricOf } from "./metric.js";
import { plural } from "./figures.js";
import { trialsOf, verifiedOf } from "./facts.js";
import { STAR, above, axis, below, frame, horizontalBars, verticalBars } from "./parts.js";

const REACH = 2;
const MOST_WIDTH = 560;

const bothOf = facts => verifiedOf(facts.picture).filter(result => result.estimate != null);

const has = (result, group) => (result.groups ?? []).some(one => one.toLowerCase() === group);

const kindsOf = look => [
  { key: "chosen", name: "chosen", symbol: STAR, size: 18, itemStyle: { color: look.chosen } },
  { key: "uniform", name: "uniform", symbol: "rect", size: 9, itemStyle: { color: look.page, borderColor: look.uniform, borderWidth: 1.8 } },
  { key: "reversed", name: "reversed", symbol: "diamond", size: 11, itemStyle: { color: look.page, borderColor: look.verified, borderWidth: 1.4 } },
  { key: "front", name: "front and others", symbol: "circle", size: 9, itemStyle: { color: look.front } },
];

const kindOf = result => ["chosen", "uniform", "reversed"].find(group => has(result, group)) ?? "front";

function option(facts, view) {
  const both = bothOf(facts);
  const width = Math.min(view.width, MOST_WIDTH);
  const metric = metricOf(facts.picture);
  const scale = metric.scale(both.flatMap(result => [result.mean, result.estimate.mean]));
  const kinds = kindsOf(view.look).filter(kind => both.some(result => kindOf(result) === kind.key));
  const { grid, legend } = frame({ ...view, width }, kinds.map(kind => ({ name: kind.name, icon: kind.symbol, itemStyle: kind.itemStyle })));
  const ends = [scale.to(scale.minimum), scale.to(scale.maximum)];
  const interval = (middle, reach) => [scale.to(middle - reach), scale.to(middle + reach)];
  return {
    grid, legend,
    xAxis: axis(view, scale, grid.width, 42, metric.tick, below(`estimated from validation${metric.unit}`)),
    yAxis: axis(view, scale, grid.height, 27, metric.tick, above(view, `test${metric.unit} (${metric.isMinimized ? metric.stretched : `both ${metric.stretched}`})`)),
    series: [
      {
        id: "diagonal", type: "line", silent: true, showSymbol: false, z: 1, tooltip: { show: false },
        data: [[ends[0], ends[0]], [ends[1], ends[1]]], lineStyle: { color: view.look.muted, width: 1, type: [2, 3] },
      },
      horizontalBars("intervals", undefined, view.look.front, 4, 0.3,
        both.map(result => [...interval(result.estimate.mean, REACH * result.estimate.deviation), scale.to(result.mean)]), 2),
      verticalBars("errors", undefined, view.look.verified, 1.4, 1, both.filter(result => result.deviation != null)
        .map(result => [scale.to(result.estimate.mean), ...interval(result.mean, result.deviation)]), 3),
      ...kinds.map(kind => ({
        id: kind.key, name: kind.name, type: "scatter", z: 4, symbol: kind.symbol, symbolSize: kind.size, itemStyle: kind.itemStyle,
        data: both.map((result, index) => [scale.to(result.estimate.mean), scale.to(result.mean), index]).filter(([, , index]) => kindOf(both[index]) === kind.key),
      })),
    ],
  };
}

export const estimates = {
  title: metric => `Test ${metric.name} against the model's estimate`,
  height: width => Math.min(width, MOST_WIDTH) * 0.86,
  missing: facts => (bothOf(facts).length > 0 ? null : "Nothing has both an estimate and a test result yet."),
  marks: () => 0,
  option,
  tip: (params, facts) => {
    const result = bothOf(facts)[params.value[2]];
    const metric = metricOf(facts.picture);
    return result && [
      `${kindsOf({}).find(kind => kind.key === kindOf(result)).name}: ${result.bits}`,
      `estimate ${metric.estimate(result.estimate.mean, result.estimate.deviation)}`,
      `test ${metric.value(result.mean)}${metric.spread(result.deviation)} (${plural(result.runs, "run")})`,
    ];
  },
  describe: facts => {
    const both = bothOf(facts);
    const inside = both.filter(result => Math.abs(result.mean - result.estimate.mean) <= REACH * result.estimate.deviation).length;
    return `Test ${metricOf(facts.picture).name} against the model's estimate of ${plural(both.length, "network")}; ${inside} within 2 posterior deviations.`;
  },
  picked: (params, facts) => {
    const result = Array.isArray(params.value) ? bothOf(facts)[params.value[2]] : null;
    const trial = result && trialsOf(facts.picture).find(one => one.bits === result.bits);
    return trial ? { trialId: trial.id } : null;
  },
};
