using System.Globalization;
using Google.Protobuf;

namespace Bitcurve.EndToEnd.Tests.Telemetry;

/// <summary>A span as a collector gets it.</summary>
/// <param name="Service">Of the process that made it (<c>service.name</c>).</param>
/// <param name="Trace">32 hexadecimal digits.</param>
/// <param name="Id">16 hexadecimal digits.</param>
/// <param name="Parent">Like <paramref name="Id"/>; empty for a root.</param>
/// <param name="Name">What it is of.</param>
/// <param name="Kind">1 internal, 2 server, 3 client, 4 producer, 5 consumer.</param>
/// <param name="Start">Nanoseconds since 1970.</param>
/// <param name="End">Nanoseconds since 1970.</param>
/// <param name="Attributes">As text.</param>
/// <param name="Status">0 unset, 1 well, 2 error.</param>
internal sealed record ReceivedSpan(
    string Service,
    string Trace,
    string Id,
    string Parent,
    string Name,
    int Kind,
    ulong Start,
    ulong End,
    IReadOnlyDictionary<string, string> Attributes,
    int Status)
{
    /// <summary>All spans of an <c>ExportTraceServiceRequest</c> (opentelemetry-proto, collector/trace/v1).</summary>
    internal static IReadOnlyList<ReceivedSpan> Decode(byte[] request)
    {
        var spans = new List<ReceivedSpan>();
        foreach (ByteString resourceSpans in Messages(request, 1))
        {
            string service = Messages(resourceSpans, 1).SelectMany(resource => AttributesOf(resource, 1)).Single(pair => pair.Key == "service.name").Value;
            spans.AddRange(Messages(resourceSpans, 2).SelectMany(scopeSpans => Messages(scopeSpans, 2)).Select(span => Of(service, span)));
        }

        return spans;
    }

    private static ReceivedSpan Of(string service, ByteString span)
    {
        var (trace, id, parent, name, kind, start, end, status) = ("", "", "", "", 0, 0UL, 0UL, 0);
        using CodedInputStream input = span.CreateCodedInput();
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    trace = Hex(input.ReadBytes());
                    break;
                case 2:
                    id = Hex(input.ReadBytes());
                    break;
                case 4:
                    parent = Hex(input.ReadBytes());
                    break;
                case 5:
                    name = input.ReadString();
                    break;
                case 6:
                    kind = input.ReadEnum();
                    break;
                case 7:
                    start = input.ReadFixed64();
                    break;
                case 8:
                    end = input.ReadFixed64();
                    break;
                case 15:
                    status = StatusOf(input.ReadBytes());
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return new ReceivedSpan(service, trace, id, parent, name, kind, start, end, AttributesOf(span, 9).ToDictionary(), status);
    }

    internal static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    private static int StatusOf(ByteString status)
    {
        int code = 0;
        using CodedInputStream input = status.CreateCodedInput();
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagFieldNumber(tag) == 3)
            {
                code = input.ReadEnum();
            }
            else
            {
                input.SkipLastField();
            }
        }

        return code;
    }

    internal static IEnumerable<ByteString> Messages(byte[] message, int field) => Messages(ByteString.CopyFrom(message), field);

    // The embedded messages of one field.
    internal static List<ByteString> Messages(ByteString message, int field)
    {
        var found = new List<ByteString>();
        using CodedInputStream input = message.CreateCodedInput();
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagFieldNumber(tag) == field)
            {
                found.Add(input.ReadBytes());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return found;
    }

    // KeyValue: key = 1, value = 2; AnyValue: string = 1, bool = 2, int = 3, double = 4, others are left out.
    private static IEnumerable<(string Key, string Value)> AttributesOf(ByteString message, int field) =>
        Messages(message, field).Select(pair => (Messages(pair, 1).Single().ToStringUtf8(), Text(Messages(pair, 2).Single())));

    internal static string Text(ByteString value)
    {
        using CodedInputStream input = value.CreateCodedInput();
        return WireFormat.GetTagFieldNumber(input.ReadTag()) switch
        {
            1 => input.ReadString(),
            2 => input.ReadBool() ? "true" : "false",
            3 => input.ReadInt64().ToString(CultureInfo.InvariantCulture),
            4 => input.ReadDouble().ToString(CultureInfo.InvariantCulture),
            _ => "",
        };
    }
}
