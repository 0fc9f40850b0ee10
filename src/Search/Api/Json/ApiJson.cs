using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Api.Json;

/// <summary>
/// JSON on the wire: the conventions of <see cref="SearchJson"/>. Requests are read strictly: a field that nobody knows, one that is missing
/// or given twice, and null where a value must be are refused, not ignored.
/// </summary>
public static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = new(SearchJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,

        // Otherwise there is none until the first use of the serialiser, and shapes are asked for before it.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>For problems: parts that are null are left out, and quotes stay readable.</summary>
    internal static JsonSerializerOptions Problems { get; } = new(SearchJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
