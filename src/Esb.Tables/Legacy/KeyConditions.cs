using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;

namespace Esb.Tables.Legacy;

/// <summary>The legacy parameter KeyConditions of queries.</summary>
public static class KeyConditions
{
    /// <summary>Reads the parameter as a key condition.</summary>
    /// <exception cref="TableException">The parameter is not valid.</exception>
    public static KeyConditionExpression Read(JsonElement conditions)
    {
        var tests = AttributeFilter.Tests(conditions).ToDictionary(
            test => test.Attribute, test => new KeyTest(OperatorOf(test.Operator), test.Values));
        return new KeyConditionExpression(() => tests);
    }

    private static SortOperator? OperatorOf(string name) => name switch
    {
        "EQ" => SortOperator.Equal,
        "LT" => SortOperator.Less,
        "LE" => SortOperator.LessOrEqual,
        "GT" => SortOperator.Greater,
        "GE" => SortOperator.GreaterOrEqual,
        "BETWEEN" => SortOperator.Between,
        "BEGINS_WITH" => SortOperator.BeginsWith,
        _ => null,
    };
}
