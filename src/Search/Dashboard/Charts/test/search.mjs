/** A finished search of six networks, as the server answers it. */
export const picture = {
  searchId: "search", name: "A search", workload: "vgg8/shapes32", metric: "accuracy", version: 42, since: 0, subject: "bits", space: "bezier:2",
  parameters: 2, tasks: [0, 1, 15], seed: 5, phase: "completed", endReason: "Spent.", budget: "100epochs", spent: {}, stopRegret: 0.001,
  layers: [], baseline: { accuracy: 0.948, testAccuracy: 0.9475, memoryBytes: 462528 },
  uniform: [
    { level: 2, bits: "2222", memoryBytes: 37000, accuracy: null, epochs: null, estimate: { mean: 0.88, deviation: 0.004 }, testAccuracy: null },
    { level: 4, bits: "4444", memoryBytes: 66000, accuracy: 0.942, epochs: 15, estimate: { mean: 0.941, deviation: 0.003 }, testAccuracy: 0.94 },
  ],
  trials: {
    id: [1, 2, 3, 4, 5, 6],
    bits: ["4444", "1111", "6543", "2233", "8888", "3333"],
    w: [[0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0]],
    memoryBytes: [66000, 23000, 60000, 42000, 118000, 52000],
    bitOperations: [1, 1, 1, 1, 1, 1],
    effective: [0.942, 0.382, 0.9403, 0.928, 0.946, 0.919],
    accuracy: [[0.947, 0.941, 0.942], [0.1, 0.19, 0.382], [0.927, 0.941, 0.944], [0.871, 0.922, 0.928], [0.946, 0.943, 0.95], [0.919, null, null]],
    setAside: [null, null, null, null, null, null],
    failures: [0, 0, 0, 0, 0, 0],
    pending: [false, false, false, false, false, false],
    mean: [0.941, 0.4, 0.943, 0.929, 0.949, 0.936],
    deviation: [0.003, 0.02, 0.003, 0.004, 0.003, 0.005],
  },
  front: [2, 4, 3, 5], chosen: 3, chosenReason: "It is best.",
  predictedFront: [{ bits: "1111", memoryBytes: 23000, mean: 0.4, deviation: 0.02 }, { bits: "6543", memoryBytes: 60000, mean: 0.943, deviation: 0.003 }],
  verified: [
    { bits: "", memoryBytes: 462528, mean: 0.9475, deviation: null, runs: 1, groups: ["fp32"], estimate: null },
    { bits: "6543", memoryBytes: 60000, mean: 0.944, deviation: 0.002, runs: 3, groups: ["chosen", "front"], estimate: { mean: 0.943, deviation: 0.003 } },
    { bits: "3456", memoryBytes: 60500, mean: 0.91, deviation: null, runs: 1, groups: ["reversed"], estimate: { mean: 0.93, deviation: 0.005 } },
  ],
  decisions: {
    id: [1, 2, 3], trialId: [1, 2, 3], bits: ["4444", "1111", "6543"], epochs: [0, 15, 15], gainNats: [0.9, 0.45, 0.3], costEpochs: [0.4, 15.4, 15.4],
    score: [2.25, 0.0292, 0.0195], regret: [null, 0.02, 0.0005], mean: [null, 0.5, 0.93], deviation: [null, 0.1, 0.01],
  },
};

const at = Array.from({ length: 41 }, (_, index) => index / 40);
const rise = (level, slope) => at.map(x => level + slope * x);

const slice = parameter => ({
  parameter, others: parameter === 0 ? [null, 0.5] : [0.5, null], at, memoryBytes: at.map(x => 20000 + 90000 * x), bits: at.map(x => String(1 + Math.round(7 * x)).repeat(4)),
  tasks: [0, 1, 15].map((epochs, task) => ({ epochs, mean: rise(0.8 + 0.02 * task, 0.1), lower: rise(0.79 + 0.02 * task, 0.1), upper: rise(0.81 + 0.02 * task, 0.1) })),
  observed: [{ trialId: 1, at: 0.4, epochs: 0, accuracy: 0.947, distance: 0.02 }, { trialId: 3, at: 0.6, epochs: 15, accuracy: 0.944, distance: 0.1 }],
});

export const model = {
  version: 42, measurements: 16, unavailable: null, tasks: [0, 1, 15], trustsLowFidelities: true,
  correlation: [[1, 0.82, -0.25], [0.82, 1, 0.7], [-0.25, 0.7, 1]], noiseDeviation: [0.1, 0.1, 0.1],
  estimates: { trialId: [1], mean: [0.9415], deviation: [0.002] },
  predictedFront: [], slices: [slice(0), slice(1)], importance: null, calibration: null,
};

export const facts = { picture, model };

/** The same search with very many networks and decisions. */
export function large(count) {
  const list = make => Array.from({ length: count }, (_, index) => make(index));
  const one = index => index % 6;
  const of = name => list(index => picture.trials[name][one(index)]);
  return {
    model: null,
    picture: {
      ...picture,
      trials: {
        ...Object.fromEntries(Object.keys(picture.trials).map(name => [name, of(name)])),
        id: list(index => index + 1),
        memoryBytes: list(index => 23000 + ((index * 7919) % 95000)),
      },
      decisions: {
        ...Object.fromEntries(Object.keys(picture.decisions).map(name => [name, list(index => picture.decisions[name][index % 3])])),
        id: list(index => index + 1),
        trialId: list(index => index + 1),
      },
    },
  };
}
