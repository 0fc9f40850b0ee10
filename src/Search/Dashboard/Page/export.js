// The networks of a search as comma-separated values, one row each.

const escaped = value => {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Accuracies are fractions; what is not known is empty. */
export function csvOf(tasks, rows) {
  const parameters = rows[0]?.w?.length ?? 0;
  const titles = ['trial', 'bits', ...Array.from({ length: parameters }, (_, index) => `w${index + 1}`), 'memory_bytes', 'bit_operations',
    ...tasks.map(epochs => `accuracy_${epochs}`), 'effective_accuracy', 'model_mean', 'model_deviation', 'failures', 'set_aside', 'on_front', 'chosen'];
  const lines = rows.map(row => [row.id, row.bits, ...(row.w ?? []), row.memoryBytes, row.bitOperations, ...row.accuracy, row.effective,
    row.mean, row.deviation, row.failures, row.setAside, row.front !== null, row.isChosen]);
  return [titles, ...lines].map(line => line.map(escaped).join(',')).join('\r\n') + '\r\n';
}
