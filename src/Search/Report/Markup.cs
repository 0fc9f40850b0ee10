using System.Collections;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Bitcurve.Search.Report;

/// <summary>
/// Builds pages as a tree of elements, so that every text is escaped and every element closed. The result is both HTML and XML.
/// </summary>
internal static class Markup
{
    /// <summary>Elements that HTML closes by itself; all others need an end tag even when empty.</summary>
    private static readonly HashSet<string> VoidElements = ["br", "hr", "meta", "col", "img"];

    /// <param name="name">Element name.</param>
    /// <param name="content">Attributes, elements, texts and lists of them; null is left out.</param>
    public static XElement Element(string name, params object?[] content) => new(name, content.Select(Clean));

    public static XAttribute Attribute(string name, string value) => new(name, Clean(value));

    public static XAttribute Class(string names) => new("class", names);

    /// <summary>A whole HTML document; the same tree gives the same bytes.</summary>
    public static string Render(XElement html)
    {
        var text = new StringBuilder("<!DOCTYPE html>\n");
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None };
        using (var writer = XmlWriter.Create(text, settings))
        {
            Close(html).WriteTo(writer);
        }

        return text.Append('\n').ToString();
    }

    /// <summary>Within SVG, HTML parsers accept the short form; everywhere else they would take it for a start tag.</summary>
    private static XElement Close(XElement element)
    {
        if (element.IsEmpty && !VoidElements.Contains(element.Name.LocalName))
        {
            element.Value = "";
        }

        if (element.Name.LocalName != "svg")
        {
            foreach (XElement child in element.Elements())
            {
                Close(child);
            }
        }

        return element;
    }

    private static object? Clean(object? content) => content switch
    {
        string text => Clean(text),
        XObject node => node,
        IEnumerable list => list.Cast<object?>().Select(Clean),
        _ => content,
    };

    /// <summary>Names come from workers: characters that no document may contain become the replacement character.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (int index = 0; index < text.Length; index++)
        {
            bool isPair = index + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[index + 1], text[index]);
            if (isPair)
            {
                clean.Append(text, index, 2);
                index++;
            }
            else
            {
                clean.Append(XmlConvert.IsXmlChar(text[index]) ? text[index] : '\uFFFD');
            }
        }

        return clean.ToString();
    }
}
