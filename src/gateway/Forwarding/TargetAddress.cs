using System.Text;
using Esb.Gateway.Routing;
using Esb.Schema.Routing;

namespace Esb.Gateway.Forwarding;

/// <summary>
/// The address that one request is passed on to: the target's, with the parameters of the path as the client sent them, then the client's
/// query. Decisions only.
/// </summary>
internal static class TargetAddress
{
    /// <returns>Null for a request that must not be passed on: it would lead out of what the target names, or is none in HTTP/1.1.</returns>
    public static Uri? Of(HttpTarget target, in RouteMatch match, ReadOnlySpan<char> path, ReadOnlySpan<char> query)
    {
        var text = new StringBuilder(target.Uri);
        // A request line has a path, also where the address has none.
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
            if (LeadsOut(value) || !IsSendable(value))
                return null;
            text.Replace(variable, value.ToString());
        }

        if (!query.IsEmpty)
        {
            if (!IsSendable(query))
                return null;
            text.Append(target.Uri.Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(query);
        }

        // As it is: whoever is behind may tell %2F from a slash, and does not want his dots counted.
        return new Uri(text.ToString(), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    // Whatever a server behind may take for "one up", in however many spellings.
    private static bool LeadsOut(ReadOnlySpan<char> value)
    {
        if (!value.Contains('.') && !value.Contains('%'))
            return false;
        var plain = Uri.UnescapeDataString(Uri.UnescapeDataString(value.ToString())).Replace('\\', '/');
        // What stands behind a semicolon is a parameter of its segment for some servers (RFC 3986, 3.3).
        return plain.Split('/').Any(s => s.Split(';')[0] is "." or "..");
    }

    // HTTP/2 takes a space or a line break in a path, for which HTTP/1.1 has another meaning.
    private static bool IsSendable(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('!', '~') && !text.Contains('#');
}
