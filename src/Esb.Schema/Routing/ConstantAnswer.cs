using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>A constant answer, as a mock integration of a REST API gives it.</summary>
/// <param name="Status">200 to 599.</param>
/// <param name="Headers">In the order of the file.</param>
/// <param name="Body">Text; empty for none.</param>
public sealed record ConstantAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body)
{
    internal static ConstantAnswer? Read(MappingReader route, DiagnosticBag diagnostics)
    {
        if (route.Nested("mock") is not { } mock)
            return null;
        return new ConstantAnswer(
            mock.Integer("status", 200, 599) ?? 200,
            HeaderReader.Fields(mock, "headers", diagnostics),
            mock.Text("body") ?? "");
    }
}
