using Microsoft.AspNetCore.WebUtilities;

namespace Esb.Gateway.Events;

/// <summary>The query string by name, decoded, names case-sensitive and in the order of their first use, values in order.</summary>
internal static class QueryParameters
{
    /// <returns>Null when there is none: events then say null or leave the field out.</returns>
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
