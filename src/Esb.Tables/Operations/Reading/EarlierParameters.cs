using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Legacy;
using Esb.Tables.Protocol;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Reading;

/// <summary>The parameters of queries and scans that are not expressions, which AWS checks first.</summary>
/// <param name="FilterName">The name of the filter parameter.</param>
/// <param name="Filter">The filter, or null.</param>
/// <param name="Projection">The attributes to return, or null for all.</param>
/// <param name="StartKey">The key after which to continue, or null for the beginning.</param>
internal sealed record EarlierParameters(
    string FilterName, Condition? Filter, Projection? Projection, MapValue? StartKey)
{
    /// <summary>Reads the parameters.</summary>
    /// <param name="input">The request.</param>
    /// <param name="filterName">The name of the filter parameter.</param>
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

    // For an invalid number or set, AWS leaves out the first part of the message.
    private static bool IsAboutNumbers(string message) =>
        new[]
            {
                "contains duplicates", "number set", "numeric value", "significant digits", "number with magnitude",
                "Number overflow", "Number underflow",
            }
            .Any(part => message.Contains(part, StringComparison.Ordinal));
}
