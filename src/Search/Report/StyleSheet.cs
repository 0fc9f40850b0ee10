using System.Globalization;

namespace Bitcurve.Search.Report;

/// <summary>The page's look, light and dark by the reader's preference, for screens from phone to desk and for paper.</summary>
internal static class StyleSheet
{
    /// <summary>Free of the characters that XML escapes, for HTML reads a style's text as it stands.</summary>
    public static string Text { get; } = Colours + Page + Charts + Narrow + Print + string.Concat(
        Enumerable.Range(1, 8).Select(bits => string.Create(
            CultureInfo.InvariantCulture, $".b{bits} {{ background: {Palette.Fill(bits)}; color: {Palette.Text(bits)}; }}\n")));

    private const string Colours = """
        :root {
          --page: #ffffff; --panel: #f5f6f8; --ink: #1a1c20; --muted: #5b616b; --line: #dcdfe4;
          --front: #0072b2; --chosen: #d55e00;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #15171b; --panel: #1e2126; --ink: #e9ebee; --muted: #a3aab5; --line: #343941;
            --front: #56b4e9; --chosen: #f39a2d;
          }
        }

        """;

    private const string Page = """
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        h1 { font-size: 2.1rem; line-height: 1.15; margin: 0.2rem 0 0.9rem; letter-spacing: -0.01em; text-wrap: balance; }
        h2 { font-size: 1.3rem; margin: 3rem 0 0.6rem; }
        h3 { font-size: 1.05rem; margin: 1.5rem 0 0.4rem; }
        p { margin: 0.6rem 0; max-width: 46rem; }
        .kicker { margin: 0; color: var(--muted); }
        .muted, figcaption { color: var(--muted); font-size: 0.9rem; }
        .note { border-left: 3px solid var(--chosen); padding-left: 0.8rem; }
        .answer { display: flex; flex-wrap: wrap; gap: 0.5rem 0.9rem; align-items: center; font-size: 1.15rem; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 0.75rem; margin: 1.1rem 0; }
        .card { background: var(--panel); border-radius: 0.5rem; padding: 0.75rem 0.9rem; }
        .card b { display: block; font-size: 1.45rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
        .card span { color: var(--muted); font-size: 0.88rem; }
        .strip { display: inline-flex; flex-wrap: wrap; gap: 1px; vertical-align: middle; }
        .strip b { width: 1.35em; line-height: 1.5; text-align: center; font-weight: 600; font-size: 0.9em; border-radius: 2px;
          box-shadow: inset 0 0 0 1px rgba(0, 0, 0, 0.18); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        .scroll { overflow-x: auto; }
        .tall { max-height: 34rem; overflow-y: auto; border-block: 1px solid var(--line); margin-top: 1rem; }
        .tall th { position: sticky; top: 0; background: var(--page); }
        table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
        th { text-align: left; font-weight: 600; color: var(--muted); vertical-align: bottom; }
        th, td { padding: 0.28rem 0.65rem 0.28rem 0; border-bottom: 1px solid var(--line); }
        td { vertical-align: top; }
        td .strip { flex-wrap: nowrap; }
        #configurations td .strip { flex-wrap: wrap; min-width: 12rem; max-width: 30rem; }
        #decisions td:last-child { min-width: 16rem; }
        .number { text-align: right; white-space: nowrap; }
        .chosen-row td { background: var(--panel); font-weight: 600; }
        .chosen-row td:first-child { box-shadow: inset 3px 0 0 var(--chosen); padding-left: 0.5rem; }
        code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
        td code { overflow-wrap: normal; }
        details { color: var(--muted); }
        details ol { margin: 0.3rem 0; padding-left: 1.4rem; }
        summary { cursor: pointer; }

        """;

    private const string Charts = """
        figure { margin: 1rem 0 1.6rem; }
        .chart { min-width: 0; }
        .chart :focus-visible { outline: 2px solid var(--front); outline-offset: 2px; }
        .chart select { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 0.3rem; padding: 0.15rem 0.4rem; }
        .downloads { display: flex; gap: 0.4rem; justify-content: flex-end; margin: 0.2rem 0; max-width: none; }
        .downloads button { font: inherit; font-size: 0.8rem; color: var(--muted); background: none; border: 1px solid var(--line); border-radius: 0.3rem;
          padding: 0.1rem 0.5rem; cursor: pointer; }
        .downloads button:hover { color: var(--ink); border-color: var(--muted); }
        .beside { display: grid; grid-template-columns: minmax(0, 26rem) minmax(0, 1fr); gap: 1.5rem; align-items: start; }

        """;

    private const string Narrow = """
        @media (max-width: 46rem) {
          body { font-size: 15px; }
          main { padding: 1.2rem 0.9rem 3rem; }
          h1 { font-size: 1.6rem; }
          .beside { grid-template-columns: minmax(0, 1fr); }
          .cards { grid-template-columns: 1fr 1fr; }
        }

        """;

    private const string Print = """
        @media print {
          main { max-width: none; padding: 0; }
          .tall { max-height: none; }
          .tall th { position: static; }
          .scroll { overflow: visible; }
          .downloads, .chart label { display: none !important; }
          .chart div { width: auto !important; height: auto !important; }
          .chart svg { position: static !important; display: block; width: 100% !important; height: auto !important; }
          .chart canvas { position: static !important; display: block; width: 100% !important; height: auto !important; }
          figure, tr { break-inside: avoid; }
          h2 { break-after: avoid; }
        }

        """;
}
