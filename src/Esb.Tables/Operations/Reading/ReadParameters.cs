using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Protocol;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Reading;

/// <summary>The parameters that queries and scans have in common.</summary>
/// <param name="Table">The name of the table.</param>
/// <param name="Index">The name of the index, or null.</param>
/// <param name="Select">What to answer with; null if the request does not say.</param>
/// <param name="Projection">The attributes to answer with, or null for all.</param>
/// <param name="Filter">What items must satisfy, or null.</param>
/// <param name="FilterName">How messages call the filter.</param>
/// <param name="StartKey">The key after which to go on, or null.</param>
/// <param name="Limit">The most items to look at.</param>
/// <param name="IsConsistent">Whether the read is consistent, which only capacity shows here.</param>
internal sealed record ReadParameters(
    string Table,
    string? Index,
    string? Select,
    Projection? Projection,
    Condition? Filter,
    string FilterName,
    MapValue? StartKey,
    int Limit,
    bool IsConsistent)
{
    /// <summary>Whether the answer is a number of items alone.</summary>
    public bool CountsOnly => Select == "COUNT";

    /// <summary>Reads the parameters.</summary>
    /// <param name="input">The request.</param>
    /// <param name="earlier">Those of the earlier API, which are read before expressions are.</param>
    /// <param name="names">The names and values of the request's expressions.</param>
    /// <exception cref="TableException">A parameter is not valid.</exception>
    public static ReadParameters Read(Input input, EarlierParameters earlier, ExpressionNames names)
    {
        var filter = input.Text("FilterExpression") is { } text
            ? ConditionParser.Parse(text, "FilterExpression", names)
            : earlier.Filter;
        var projection = input.Text("ProjectionExpression") is { } paths
            ? ProjectionParser.Parse(paths, names)
            : earlier.Projection;
        names.RequireAllUsed();
        return new ReadParameters(
            input.TableName,
            input.Text("IndexName"),
            ReadSelect(input),
            projection,
            filter,
            input.Has("FilterExpression") ? "Filter Expression" : earlier.FilterName,
            earlier.StartKey,
            (int)Math.Min(input.Whole("Limit") ?? int.MaxValue, int.MaxValue),
            input.Flag("ConsistentRead"));
    }

    private static string? ReadSelect(Input input)
    {
        var select = input.Text("Select");
        var attributes = input.Has("ProjectionExpression") ? "ProjectionExpression"
            : input.Has("AttributesToGet") ? "AttributesToGet"
            : null;
        if (select == "SPECIFIC_ATTRIBUTES" && attributes is null)
        {
            throw new SelectException(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
        }

        if (select is not (null or "SPECIFIC_ATTRIBUTES") && attributes is not null)
        {
            throw new SelectException(
                $"Cannot specify the {attributes} when choosing to get "
                + (select == "COUNT" ? "only the Count" : select));
        }

        if (select == "ALL_PROJECTED_ATTRIBUTES" && !input.Has("IndexName"))
        {
            throw new SelectException(
                "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }

        return select;
    }
}
