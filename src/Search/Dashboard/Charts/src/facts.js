/** What the charts read from the picture of a search and from its model; either may be missing or incomplete. */

const known = new WeakMap();

const filled = list => list ?? [];

/** One object per network instead of one list per figure; made once per version of the picture. */
export function trialsOf(picture) {
  const columns = picture?.trials;
  if (!columns?.id) {
    return [];
  }
  const kept = known.get(columns);
  if (kept && kept.version === picture.version && kept.count === columns.id.length) {
    return kept.trials;
  }
  const trials = columns.id.map((id, index) => ({
    id,
    bits: columns.bits?.[index] ?? "",
    memoryBytes: columns.memoryBytes?.[index] ?? null,
    effective: columns.effective?.[index] ?? null,
    accuracy: filled(columns.accuracy?.[index]),
    setAside: columns.setAside?.[index] ?? null,
    mean: columns.mean?.[index] ?? null,
    deviation: columns.deviation?.[index] ?? null,
  }));
  known.set(columns, { version: picture.version, count: trials.length, trials });
  return trials;
}

/** The model's estimate by trial: from the model where there is one, else from the picture. */
export function estimatesOf(facts) {
  const estimates = new Map();
  for (const trial of trialsOf(facts.picture)) {
    if (trial.mean != null) {
      estimates.set(trial.id, { mean: trial.mean, deviation: trial.deviation });
    }
  }
  const model = facts.model?.estimates;
  filled(model?.trialId).forEach((id, index) => estimates.set(id, { mean: model.mean[index], deviation: model.deviation[index] }));
  return estimates;
}

/** The front that the model expects, ascending in memory. */
export const predictedFrontOf = facts => {
  const own = filled(facts.model?.predictedFront);
  return own.length > 0 ? own : filled(facts.picture?.predictedFront);
};

/** Index of the highest training length that any network reached, the target's when none has. */
export function highestTask(picture) {
  const last = Math.max(0, filled(picture?.tasks).length - 1);
  let highest = -1;
  for (const trial of trialsOf(picture)) {
    if (!trial.setAside) {
      for (let task = last; task > highest; task--) {
        if (trial.accuracy[task] != null) {
          highest = task;
        }
      }
    }
  }
  return highest < 0 ? last : highest;
}

/** The measured front in ascending memory, with what was measured at the highest training length. */
export function frontOf(picture) {
  const wanted = new Set(filled(picture?.front));
  const task = highestTask(picture);
  return trialsOf(picture)
    .filter(trial => wanted.has(trial.id) && trial.accuracy[task] != null)
    .map(trial => ({ ...trial, value: trial.accuracy[task] }))
    .sort((a, b) => a.memoryBytes - b.memoryBytes);
}

/**
 * The reference line of the uniform networks. All its points are of one kind, so that its shape means something: the one known for most
 * levels, the model's estimates first, as in the thesis's Figure 5.
 */
export function uniformOf(facts) {
  const picture = facts.picture;
  const target = filled(picture?.tasks).at(-1);
  const estimates = new Map(filled(facts.model?.uniform).map(uniform => [uniform.bits, uniform.mean]));
  const kinds = [
    ["model estimate", uniform => estimates.get(uniform.bits) ?? uniform.estimate?.mean],
    [`test ${picture?.metric ?? "accuracy"}`, uniform => uniform.testAccuracy],
    [`validation ${picture?.metric ?? "accuracy"}`, uniform => (uniform.epochs === target ? uniform.accuracy : null)],
  ].map(([source, read]) => ({
    source,
    points: filled(picture?.uniform)
      .map(uniform => ({ ...uniform, value: read(uniform) }))
      .filter(uniform => uniform.value != null),
  }));
  return kinds.reduce((best, kind) => (kind.points.length > best.points.length ? kind : best));
}

/** Networks with a result on the test split, FP32 left out. */
export const verifiedOf = picture => filled(picture?.verified).filter(result => result.bits && result.mean != null);

/** What the levels hold in memory. */
export const storedOf = picture => ({
  harmonics: "compressed weights", both: "compressed and quantised weights",
})[picture?.subject] ?? "quantised weights";

/** The level of a uniform network in words. */
export const uniformText = (picture, level) => picture?.subject === "harmonics"
  ? `${level} harmonic${level === 1 ? "" : "s"}`
  : `${level} bit${level === 1 ? "" : "s"}${picture?.subject === "both" ? " and all harmonics" : ""}`;

/** The measured accuracies of a network in words, one line for each training length. */
export const measuredLines = (picture, trial, text) => filled(picture.tasks)
  .map((epochs, task) => [epochs, trial.accuracy[task]])
  .filter(([, accuracy]) => accuracy != null)
  .map(([epochs, accuracy]) => `after ${epochs} epoch${epochs === 1 ? "" : "s"}: ${text(accuracy)}`);
