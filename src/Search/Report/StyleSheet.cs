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
          --front: #0b66b0; --trial: #7d97b3; --chosen: #d1480a; --uniform: #8a5a9e; --verified: #15181c; --low: #8e96a1; --band: #0b66b0;
          --task0: #c3cfdd; --task1: #a0b9d4; --task2: #7ba3cc; --task3: #4583bd; --task4: #0b4f94;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #15171b; --panel: #1e2126; --ink: #e9ebee; --muted: #a3aab5; --line: #343941;
            --front: #63b3f2; --trial: #6f88a5; --chosen: #ff9a4d; --uniform: #c79be0; --verified: #f4f5f7; --low: #757d89; --band: #63b3f2;
            --task0: #4b5766; --task1: #4a6a8b; --task2: #4f80ad; --task3: #6aa8dc; --task4: #a8d5fb;
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
        figure { margin: 1rem 0; }
        .chart svg { display: block; width: 100%; height: auto; }
        .readout { min-height: 1.5em; margin: 0.1rem 0; font-size: 0.9rem; }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1.2rem; padding: 0; margin: 0.4rem 0; font-size: 0.88rem; }
        .legend li { display: flex; align-items: center; gap: 0.45rem; }
        .legend svg { width: 26px; height: 14px; flex: none; }
        .beside { display: grid; grid-template-columns: minmax(0, 26rem) minmax(0, 1fr); gap: 1.5rem; align-items: start; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: 0.6rem; }
        .tile { border: 1px solid var(--line); border-radius: 0.4rem; padding: 0.3rem 0.3rem 0.1rem; }
        .tile svg { display: block; width: 100%; height: auto; }
        .tile-title { margin: 0 0.2rem; font-size: 0.78rem; color: var(--muted);
          white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
        .chosen-tile { border-color: var(--chosen); box-shadow: 0 0 0 1px var(--chosen); }
        .definitions { position: absolute; }
        text { fill: var(--muted); font: 12.5px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
        .small { font-size: 9px; }
        .end { text-anchor: end; }
        .middle { text-anchor: middle; }
        .axis-title { fill: var(--ink); }
        .grid { stroke: var(--line); stroke-width: 1; }
        .baseline { stroke: var(--muted); stroke-dasharray: 5 4; }
        .baseline-label { font-size: 11.5px; }
        .diagonal { stroke: var(--muted); stroke-dasharray: 2 3; }
        .band { fill: var(--band); opacity: 0.13; }
        .interval { stroke: var(--front); stroke-width: 4; opacity: 0.28; }
        .front-line { fill: none; stroke: var(--front); stroke-width: 1.6; }
        .uniform-line { fill: none; stroke: var(--uniform); stroke-width: 1.6; }
        .uniform { fill: var(--page); stroke: var(--uniform); stroke-width: 1.8; }
        .trial { fill: var(--trial); stroke: var(--page); stroke-width: 1; }
        .trial.front { fill: var(--front); }
        .low { fill: var(--low); opacity: 0.5; }
        .verified { fill: var(--page); fill-opacity: 0.75; stroke: var(--verified); stroke-width: 1.4; }
        .error { stroke: var(--verified); stroke-width: 1.4; }
        .chosen { fill: var(--chosen); stroke: var(--page); stroke-width: 1.2; }
        .front-label { fill: var(--front); font-weight: 700; }
        .uniform-label { fill: var(--uniform); font-weight: 600; }
        .bar { stroke: none; }
        .task0 { fill: var(--task0); } .task1 { fill: var(--task1); } .task2 { fill: var(--task2); }
        .task3 { fill: var(--task3); } .task4 { fill: var(--task4); }
        .faint-curve { fill: none; stroke: var(--muted); stroke-width: 0.7; opacity: 0.18; }
        .curve { fill: none; stroke: var(--front); stroke-width: 1.6; }
        .mark:focus { outline: none; }
        .mark:focus-visible, .mark:hover { filter: drop-shadow(0 0 2px var(--ink)); }

        """;

    private const string Narrow = """
        @media (max-width: 46rem) {
          body { font-size: 15px; }
          main { padding: 1.2rem 0.9rem 3rem; }
          h1 { font-size: 1.6rem; }
          .beside { grid-template-columns: minmax(0, 1fr); }
          .chart svg { min-width: 36rem; }
          .beside .chart svg { min-width: 0; }
          .cards { grid-template-columns: 1fr 1fr; }
        }

        """;

    private const string Print = """
        @media print {
          main { max-width: none; padding: 0; }
          .tall { max-height: none; }
          .tall th { position: static; }
          .scroll { overflow: visible; }
          .readout { display: none; }
          figure, .tile, tr { break-inside: avoid; }
          h2 { break-after: avoid; }
        }

        """;
}
