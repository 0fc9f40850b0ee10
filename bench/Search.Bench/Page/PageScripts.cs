namespace Bitcurve.Search.Bench.Page;

/// <summary>
/// What is measured inside the page, by the page's own clock, so that the way between this program and the browser does not count. A moment
/// is the task after the frame in which something was there: it has been painted by then.
/// </summary>
internal static class PageScripts
{
    /// <summary>Runs before the page's own scripts: <c>until(test)</c> is the time at which a test first held, <c>loaded</c> that of the whole page.</summary>
    internal static string Before(int rows) => $$"""
        window.until = test => new Promise(done => {
          const look = () => test() ? requestAnimationFrame(() => setTimeout(() => done(performance.now()))) : requestAnimationFrame(look);
          look();
        });
        window.loaded = until(() => {
          const inSight = [...document.querySelectorAll('[data-test^=chart-]')].filter(chart => {
            const box = chart.getBoundingClientRect();
            return box.height > 0 && box.top < innerHeight && box.bottom > 0;
          });
          return document.querySelectorAll('[data-test=trials] tbody tr').length >= {{rows}}
            && inSight.length > 0 && inSight.every(chart => chart.querySelector('canvas, svg'));
        });
        """;

    internal const string Requests = """
        () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(entry => ({
          name: new URL(entry.name).pathname, begin: entry.startTime, end: entry.responseEnd, wire: entry.transferSize, plain: entry.decodedBodySize }))
        """;

    /// <summary>Clicks an element and waits until another's text is not what it was.</summary>
    internal const string ClickUntilChanged = """
        async ([click, changes]) => {
          const text = () => document.querySelector(changes)?.textContent ?? '';
          const before = text();
          const begin = performance.now();
          document.querySelector(click).click();
          return await until(() => text() !== before) - begin;
        }
        """;

    /// <summary>Notes for every movement of the mouse whether, and after what time, a chart's words became others.</summary>
    internal const string WatchTooltips = """
        selector => {
          const chart = document.querySelector(selector);
          window.tooltips = [];
          let begin = null;
          document.addEventListener('mousemove', event => { begin = event.timeStamp; }, { capture: true });
          new MutationObserver(() => {
            if (begin !== null && chart.innerText.includes('Trial ')) {
              const moved = begin;
              begin = null;
              requestAnimationFrame(() => setTimeout(() => tooltips.push(performance.now() - moved)));
            }
          }).observe(chart, { subtree: true, childList: true, characterData: true });
        }
        """;

    /// <summary>What was noted so far, once the last movement has been drawn.</summary>
    internal const string SeenTooltips = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(tooltips)))))";
}
