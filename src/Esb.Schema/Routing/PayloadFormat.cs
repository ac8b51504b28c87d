using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>
/// The version of an event's payload. Source: AWS, "Create AWS Lambda proxy integrations for HTTP APIs", payload format
/// version.
/// </summary>
internal static class PayloadFormat
{
    public const string Rest = "1.0";

    public const string Http = "2.0";

    /// <returns>Null when it is absent or invalid.</returns>
    public static string? Read(MappingReader reader, DiagnosticBag diagnostics)
    {
        switch (reader.Text("payload"))
        {
            case null:
                return null;
            case (Rest or Http) and var payload:
                return payload;
            // Without quotes 2.0 is a number, and the same as 2.
            case var other when reader.Mapping["payload"] is YamlScalar { IsPlain: true }
                && CoreSchema.Integer(other, plain: true) is (1 or 2) and var number:
                return $"{number}.0";
            case var other:
                diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{reader.Subject}: 'payload' is '{other}'",
                    reader.Mapping["payload"],
                    "allowed: \"1.0\" (REST API event) or \"2.0\" (HTTP API event)");
                return null;
        }
    }
}
