using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Legacy;
using Esb.Tables.Protocol;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Reading;

/// <summary>What queries and scans have without expressions, which AWS checks first.</summary>
/// <param name="FilterName">The name of the parameter with the filter.</param>
/// <param name="Filter">The filter, or null.</param>
/// <param name="Projection">The attributes to answer with, or null.</param>
/// <param name="StartKey">The key after which to go on, or null.</param>
internal sealed record EarlierParameters(
    string FilterName, Condition? Filter, Projection? Projection, MapValue? StartKey)
{
    /// <summary>Reads the parameters.</summary>
    /// <param name="input">The request.</param>
    /// <param name="filterName">The name of the parameter with the filter.</param>
    /// <param name="filterIsFirst">Whether the filter is checked before the attributes.</param>
    /// <exception cref="TableException">A parameter is not valid.</exception>
    public static EarlierParameters Read(Input input, string filterName, bool filterIsFirst)
    {
        var filter = filterIsFirst ? FilterOf(input, filterName) : null;
        var projection = input.Texts("AttributesToGet") is { } attributes
            ? Expressions.Projection.OfAttributes(attributes)
            : null;
        filter ??= FilterOf(input, filterName);
        return new EarlierParameters(filterName, filter, projection, StartItem(input));
    }

    private static Condition? FilterOf(Input input, string name) => input.Member(name) is { } conditions
        ? AttributeFilter.Read(conditions, input.Text("ConditionalOperator"))
        : null;

    private static MapValue? StartItem(Input input)
    {
        try
        {
            return input.Item("ExclusiveStartKey");
        }
        catch (TableException e) when (e.ErrorType == "ValidationException" && !IsAboutNumbers(e.Message))
        {
            throw TableException.Validation($"The provided starting key is invalid: {e.Message}");
        }
    }

    // AWS leaves the beginning of the message out where a number or a set is not valid.
    private static bool IsAboutNumbers(string message) =>
        new[]
            {
                "contains duplicates", "number set", "numeric value", "significant digits", "number with magnitude",
                "Number overflow", "Number underflow",
            }
            .Any(part => message.Contains(part, StringComparison.Ordinal));
}
