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
    /// Fails unless the expression consists of comparisons of attributes with values, as a key requires. The service
    /// checks this after it has looked for unused placeholders, and before it looks for the table.
    /// </summary>
    /// <exception cref="TableException">The expression has another form.</exception>
    public void RequireComparisons()
    {
        if (tests.Value.Count == 0)
            throw TableException.Validation("Conditions can be of length 1 or 2 only");
    }

    /// <summary>The condition on the keys of a table or an index.</summary>
    /// <exception cref="TableException">The expression does not fit the keys.</exception>
    public KeyCondition For(KeySchema keys)
    {
        RequireComparisons();
        var hashes = keys.Hashes.Select(key => Test(key, isRequired: true)!).ToArray();
        RequireCount(keys);
        if (hashes.Any(hash => hash.Operator != SortOperator.Equal))
            throw TableException.Validation(NotSupported);
        var ranges = keys.Ranges.ToArray();
        var isRequired = tests.Value.Count > hashes.Length;
        var sorts = ranges.Select((key, index) => Test(key, isRequired && index == 0 && ranges.Length == 1)).ToArray();
        RequireNoGap(ranges, sorts);
        var given = sorts.TakeWhile(test => test is not null).Select(test => test!).ToArray();
        if (given.Length + hashes.Length < tests.Value.Count)
            throw Missed(ranges[given.Length].Name);
        return new KeyCondition(keys.Hash, hashes[0].Values[0], given.Length == 0 ? null : Sort(given[^1]))
        {
            MoreHashes = [.. hashes.Skip(1).Select(hash => hash.Values[0])],
            FirstRanges = [.. given.SkipLast(1).Select(test => test.Values[0])],
        };
    }

    private static SortCondition Sort(KeyTest test) =>
        new(test.Operator!.Value, test.Values[0], test.Values.ElementAtOrDefault(1));

    private void RequireCount(KeySchema keys)
    {
        var count = keys.Attributes.Count();
        if (tests.Value.Count > count)
        {
            throw TableException.Validation(
                $"The number of query conditions ({tests.Value.Count}) exceeds the number of key attributes defined "
                    + $"in the schema ({count})");
        }
    }

    /// <summary>Checks that all sort key attributes before the last one in the expression have an equality.</summary>
    private static void RequireNoGap(AttributeDefinition[] ranges, KeyTest?[] sorts)
    {
        var last = Array.FindLastIndex(sorts, test => test is not null);
        var open = ranges.Take(Math.Max(last, 0)).Where((_, i) => sorts[i] is not { Operator: SortOperator.Equal })
            .ToArray();
        if (open.Length > 0)
        {
            throw TableException.Validation(
                $"RANGE key attributes {string.Join(", ", open.Select(key => key.Name))} must have equality conditions "
                    + "specified in the query because a condition is present on key attribute "
                    + ranges[last].Name);
        }
    }

    private static TableException Missed(string key) =>
        TableException.Validation($"Query condition missed key schema element: {key}");

    private KeyTest? Test(AttributeDefinition attribute, bool isRequired)
    {
        var (key, type) = attribute;
        if (!tests.Value.TryGetValue(key, out var test))
            return isRequired ? throw Missed(key) : null;
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
