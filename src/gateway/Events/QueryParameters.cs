using Microsoft.AspNetCore.WebUtilities;

namespace Esb.Gateway.Events;

/// <summary>
/// The decoded query parameters. Names are case-sensitive and in the order of their first use; the values of a name
/// keep their order.
/// </summary>
internal static class QueryParameters
{
    /// <returns>Null when the query has no parameters; events then contain null or omit the field.</returns>
    public static OrderedDictionary<string, List<string>>? Parse(ReadOnlyMemory<char> query)
    {
        if (query.IsEmpty)
            return null;
        OrderedDictionary<string, List<string>>? parameters = null;
        foreach (var pair in new QueryStringEnumerable(query))
        {
            parameters ??= new OrderedDictionary<string, List<string>>(StringComparer.Ordinal);
            var name = pair.DecodeName().ToString();
            if (!parameters.TryGetValue(name, out var values))
                parameters[name] = values = [];
            values.Add(pair.DecodeValue().ToString());
        }

        return parameters;
    }
}
