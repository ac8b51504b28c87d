using System.Text;
using Esb.Gateway.Routing;
using Esb.Schema.Routing;

namespace Esb.Gateway.Forwarding;

/// <summary>
/// The address for a forwarded request: the target's address, with the path parameters and the query as the client sent
/// them.
/// </summary>
internal static class TargetAddress
{
    /// <returns>
    /// Null for a request that must not be forwarded: it would leave the target's path, or cannot be expressed in
    /// HTTP/1.1.
    /// </returns>
    public static Uri? Of(HttpTarget target, in RouteMatch match, ReadOnlySpan<char> path, ReadOnlySpan<char> query)
    {
        var text = new StringBuilder(target.Uri);
        // A request line must have a path, even if the address has none.
        var host = target.Uri.IndexOf("//", StringComparison.Ordinal) + 2;
        var end = target.Uri.AsSpan(host).IndexOfAny('/', '?');
        if (end < 0 || target.Uri[host + end] == '?')
            text.Insert(end < 0 ? text.Length : host + end, '/');
        for (var i = 0; i < match.Count; i++)
        {
            var value = match.Value(i, path);
            var variable = $"{{{match.Route!.ParameterNames[i]}}}";
            if (!target.Uri.Contains(variable, StringComparison.Ordinal))
                continue;
            if (LeavesTarget(value) || !IsSendable(value))
                return null;
            text.Replace(variable, value.ToString());
        }

        if (!query.IsEmpty)
        {
            if (!IsSendable(query))
                return null;
            text.Append(target.Uri.Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(query);
        }

        // Not normalised: the server may distinguish %2F from a slash, and dots must stay.
        return new Uri(text.ToString(), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    // Whether a server may read the value as "one level up", in any spelling.
    private static bool LeavesTarget(ReadOnlySpan<char> value)
    {
        if (!value.Contains('.') && !value.Contains('%'))
            return false;
        var plain = Uri.UnescapeDataString(Uri.UnescapeDataString(value.ToString())).Replace('\\', '/');
        // For some servers, text after a semicolon is a parameter of its segment (RFC 3986, 3.3).
        return plain.Split('/').Any(s => s.Split(';')[0] is "." or "..");
    }

    // In a path, HTTP/2 allows a space or a line break, which has another meaning in HTTP/1.1.
    private static bool IsSendable(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExceptInRange('!', '~') && !text.Contains('#');
}
