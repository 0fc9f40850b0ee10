namespace Bitcurve.Search.Report;

/// <summary>
/// Shows the tooltip of the mark under the pointer, finger or keyboard focus below its chart. A comfort only: the page is complete without.
/// </summary>
internal static class Readout
{
    /// <summary>Free of the characters that XML escapes, for HTML reads a script's text as it stands.</summary>
    public const string Script = """
        (function () {
          function show(event) {
            var mark = event.target.closest ? event.target.closest("svg g") : null;
            while (mark) {
              var title = Array.from(mark.children).find(function (child) { return child.tagName === "title"; });
              if (title) { break; }
              mark = mark.parentElement ? mark.parentElement.closest("g") : null;
            }
            var figure = mark ? mark.closest("figure") : null;
            if (figure) { figure.querySelector(".readout").textContent = title.textContent; }
          }
          ["mouseover", "focusin", "click"].forEach(function (name) { document.addEventListener(name, show); });
        })();
        """;
}
