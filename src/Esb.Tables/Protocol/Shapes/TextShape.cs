using System.Text.Json;
using System.Text.RegularExpressions;
using Esb.Tables.Values;

namespace Esb.Tables.Protocol.Shapes;

/// <summary>A string.</summary>
internal sealed class TextShape : Shape
{
    /// <summary>The minimum number of characters.</summary>
    public int Shortest { get; init; }

    /// <summary>The maximum number of characters.</summary>
    public int Longest { get; init; } = int.MaxValue;

    /// <summary>The pattern that the whole text must match, or null.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>The allowed values, in AWS's order; empty if all values are allowed.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    public override void CheckType(JsonElement value) => WireText.Text(value);

    public override void CheckConstraints(JsonElement value, string path, Violations violations)
    {
        var text = value.GetString()!;
        if (OneOf.Count > 0 && !OneOf.Contains(text))
            violations.Add(path, value, $"Member must satisfy enum value set: [{string.Join(", ", OneOf)}]");
        if (Pattern is not null && !IsMatch(text))
        {
            violations.Add(
                path, value, $"Member must satisfy regular expression pattern: {PatternText}");
        }
        if (text.Length < Shortest)
            violations.Add(path, value, $"Member must have length greater than or equal to {Shortest}");
        if (text.Length > Longest)
            violations.Add(path, value, $"Member must have length less than or equal to {Longest}");
    }

    /// <summary>The pattern as AWS prints it, without the anchors.</summary>
    public string PatternText => Pattern!.ToString()[1..^2];

    public bool IsMatch(string text) => Pattern!.IsMatch(text);
}
