using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.Legacy;

/// <summary>The legacy parameters QueryFilter and ScanFilter.</summary>
public static class AttributeFilter
{
    /// <summary>Reads one of the two parameters as a condition.</summary>
    /// <param name="filter">The parameter.</param>
    /// <param name="conditionalOperator">The parameter ConditionalOperator: AND, OR, or null.</param>
    /// <exception cref="TableException">The filter is not valid.</exception>
    public static Condition Read(JsonElement filter, string? conditionalOperator) =>
        ConditionalOperators.Connect(conditionalOperator, Tests(filter));

    /// <summary>The comparisons of a filter or of KeyConditions.</summary>
    internal static IReadOnlyList<LegacyTest> Tests(JsonElement conditions) =>
        [.. LegacyShape.Structures(conditions, "Condition").Select(pair => Test(pair.Attribute, pair.Structure))];

    private static LegacyTest Test(string attribute, JsonElement structure)
    {
        var @operator = WireText.Text(structure, "ComparisonOperator")!;
        var test = new LegacyTest(
            attribute, @operator, [.. (LegacyShape.List(structure) ?? []).Select(ValueReader.Read)]);
        LegacyTest.RequireCount(@operator, test.Values.Count);
        test.RequireTypes();
        return test;
    }
}
