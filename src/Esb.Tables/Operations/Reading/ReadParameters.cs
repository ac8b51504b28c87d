using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Protocol;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Reading;

/// <summary>The parameters that queries and scans share.</summary>
/// <param name="Table">The name of the table.</param>
/// <param name="Index">The name of the index, or null.</param>
/// <param name="Select">What to return; null if the request does not say.</param>
/// <param name="Projection">The attributes to return, or null for all.</param>
/// <param name="Filter">The condition on items, or null.</param>
/// <param name="FilterName">The name of the filter in messages.</param>
/// <param name="StartKey">The key after which to continue, or null for the beginning.</param>
/// <param name="Limit">The maximum number of items to examine.</param>
/// <param name="IsConsistent">
/// Whether the read is strongly consistent. Here this affects only the consumed capacity.
/// </param>
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
    /// <summary>Whether only the number of items is returned.</summary>
    public bool CountsOnly => Select == "COUNT";

    /// <summary>Reads the parameters.</summary>
    /// <param name="input">The request.</param>
    /// <param name="earlier">The parameters without expressions, which are read before the expressions.</param>
    /// <param name="names">The names and values for the request's expressions.</param>
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
