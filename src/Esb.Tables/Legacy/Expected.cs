using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.Legacy;

/// <summary>The legacy parameter Expected of writes.</summary>
public static class Expected
{
    private const string Invalid = "One or more parameter values were invalid: ";

    /// <summary>Reads the parameter as a condition.</summary>
    /// <param name="expected">The parameter.</param>
    /// <param name="conditionalOperator">The parameter ConditionalOperator: AND, OR, or null.</param>
    /// <exception cref="TableException">The parameter is not valid.</exception>
    public static Condition Read(JsonElement expected, string? conditionalOperator) => ConditionalOperators.Connect(
        conditionalOperator,
        [
            .. LegacyShape.Structures(expected, "ExpectedAttributeValue")
                .Select(pair => Test(pair.Attribute, pair.Structure)),
        ]);

    private static LegacyTest Test(string attribute, JsonElement structure)
    {
        var value = WireText.Member(structure, "Value");
        var list = LegacyShape.List(structure);
        if (value is not null && list is not null)
            throw Wrong($"Value and AttributeValueList cannot be used together for Attribute: {attribute}");
        if (WireText.Text(structure, "ComparisonOperator") is { } @operator)
            return Compared(attribute, @operator, structure, list ?? (value is { } one ? [one] : null));
        if (list is not null)
            throw Wrong($"AttributeValueList can only be used with a ComparisonOperator for Attribute: {attribute}");
        return Existing(attribute, structure, value);
    }

    private static LegacyTest Compared(
        string attribute, string @operator, JsonElement structure, IReadOnlyList<JsonElement>? operands)
    {
        if (WireText.Member(structure, "Exists") is not null)
            throw Wrong($"Exists and ComparisonOperator cannot be used together for Attribute: {attribute}");
        if (operands is null && @operator is not ("NULL" or "NOT_NULL"))
            throw Wrong(
                $"Value or AttributeValueList must be used with ComparisonOperator: {@operator} "
                    + $"for Attribute: {attribute}");
        LegacyTest.RequireCount(@operator, operands?.Count ?? 0);
        var test = new LegacyTest(attribute, @operator, [.. (operands ?? []).Select(ValueReader.Read)]);
        test.RequireTypes();
        return test;
    }

    private static LegacyTest Existing(string attribute, JsonElement structure, JsonElement? value)
    {
        bool? exists = WireText.Member(structure, "Exists") is { } given ? WireText.Boolean(given) : null;
        if (exists != false && value is null)
            throw Wrong(
                $"Value must be provided when Exists is {(exists is null ? "null" : "true")} "
                    + $"for Attribute: {attribute}");
        if (exists == false && value is not null)
            throw Wrong($"Value cannot be used when Exists is false for Attribute: {attribute}");
        return value is { } expected
            ? new LegacyTest(attribute, "EQ", [ValueReader.Read(expected, isField: true)])
            : new LegacyTest(attribute, "NULL", []);
    }

    private static TableException Wrong(string problem) => TableException.Validation(Invalid + problem);
}
