using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>A parsed KeyConditionExpression: comparisons of attributes, before the key schema is known.</summary>
public sealed class KeyConditionExpression
{
    private const string NotSupported = "Query key condition not supported";

    private readonly Lazy<IReadOnlyDictionary<string, KeyTest>> tests;

    internal KeyConditionExpression(Func<IReadOnlyDictionary<string, KeyTest>> tests) => this.tests = new(tests);

    /// <summary>
    /// Fails unless the expression consists of one or two comparisons of attributes with values, as a key requires. The
    /// service checks this after it has looked for unused placeholders, and before it looks for the table.
    /// </summary>
    /// <exception cref="TableException">The expression has another form.</exception>
    public void RequireComparisons()
    {
        if (tests.Value.Count is not (1 or 2))
            throw TableException.Validation("Conditions can be of length 1 or 2 only");
    }

    /// <summary>The condition on the keys of a table or an index.</summary>
    /// <exception cref="TableException">The expression does not fit the keys.</exception>
    public KeyCondition For(KeySchema keys)
    {
        RequireComparisons();
        if (keys.Range is null && tests.Value.Count > 1)
            throw TableException.Validation(NotSupported);
        var hash = Test(keys.Hash, keys.HashType, isRequired: true)!;
        if (hash.Operator != SortOperator.Equal)
            throw TableException.Validation(NotSupported);
        var sort = keys.Range is { } range
            ? Test(range, keys.RangeType!.Value, isRequired: tests.Value.Count > 1)
            : null;
        return new KeyCondition(
            keys.Hash,
            hash.Values[0],
            sort is null
                ? null
                : new SortCondition(sort.Operator!.Value, sort.Values[0], sort.Values.ElementAtOrDefault(1)));
    }

    private KeyTest? Test(string key, AttributeType type, bool isRequired)
    {
        if (!tests.Value.TryGetValue(key, out var test))
            return isRequired
                ? throw TableException.Validation($"Query condition missed key schema element: {key}")
                : null;
        if (test.Operator is null)
            throw TableException.Validation("Attempted conditional constraint is not an indexable operation");
        if (test.Values.Any(value => value.Type != type))
            throw TableException.Validation(
                "One or more parameter values were invalid: Condition parameter type does not match schema type");
        if (test.Values.Any(value => value is StringValue { Text: "" } or BinaryValue { Bytes.Length: 0 }))
            throw TableException.Validation(
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
                    + $"empty {(type == AttributeType.S ? "string" : "binary")} value. Key: {key}");
        return test;
    }
}
