using System.Text.Json;
using Esb.Tables.Errors;

namespace Esb.Tables.Protocol.Shapes;

/// <summary>The constraints that a request violates. AWS reports up to ten of them in one error.</summary>
internal sealed class Violations
{
    private const int Most = 10;
    private readonly List<string> _messages = [];

    public void Add(string path, JsonElement value, string constraint)
    {
        if (_messages.Count < Most)
            _messages.Add($"Value {Shown(value)} at '{path}' failed to satisfy constraint: {constraint}");
    }

    /// <exception cref="TableException">A ValidationException, if there is at least one violation.</exception>
    public void ThrowIfAny()
    {
        if (_messages.Count > 0)
        {
            throw TableException.Validation(
                $"{_messages.Count} validation error{(_messages.Count > 1 ? "s" : "")} detected: "
                + string.Join("; ", _messages));
        }
    }

    /// <summary>A value as the Java service prints it.</summary>
    private static string Shown(JsonElement value) => Shape.IsAbsent(value) ? "null" : $"'{Text(value)}'";

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Text))}]",
        JsonValueKind.Object => Members(value),
        _ => value.GetRawText(),
    };

    private static string Members(JsonElement value) =>
        $"{{{string.Join(", ", value.EnumerateObject().Select(member => $"{member.Name}={Text(member.Value)}"))}}}";
}
