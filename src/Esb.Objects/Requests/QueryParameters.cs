using System.Globalization;
using Esb.Objects.Errors;

namespace Esb.Objects.Requests;

/// <summary>
/// The decoded query parameters in the order sent. A parameter without <c>=</c> has an empty value, as in
/// <c>?uploads</c>.
/// </summary>
internal sealed class QueryParameters(IReadOnlyList<KeyValuePair<string, string>> all)
{
    public IReadOnlyList<KeyValuePair<string, string>> All { get; } = all;

    public string? this[string name]
    {
        get
        {
            foreach (var (key, value) in All)
            {
                if (key == name)
                    return value;
            }

            return null;
        }
    }

    public static QueryParameters Parse(ReadOnlySpan<char> query)
    {
        var all = new List<KeyValuePair<string, string>>();
        foreach (var range in query.Split('&'))
        {
            var part = query[range];
            if (part.IsEmpty)
                continue;
            var equals = part.IndexOf('=');
            var name = equals < 0 ? part : part[..equals];
            var value = equals < 0 ? [] : part[(equals + 1)..];
            all.Add(new(UriText.Decode(name, plusIsSpace: true), UriText.Decode(value, plusIsSpace: true)));
        }

        return new QueryParameters(all);
    }

    public bool Has(string name) => this[name] is not null;

    /// <summary>A whole number from <paramref name="minimum"/> to the largest int, else the default.</summary>
    /// <exception cref="S3Exception">InvalidArgument for any other value.</exception>
    public int Number(string name, int whenAbsent, int minimum = 0)
    {
        var text = this[name];
        if (string.IsNullOrEmpty(text))
            return whenAbsent;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum
            ? number
            : throw S3Errors.InvalidArgument(
                name, text, $"Argument {name} must be an integer between {minimum} and {int.MaxValue}");
    }
}
