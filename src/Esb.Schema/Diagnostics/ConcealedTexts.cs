namespace Esb.Schema.Diagnostics;

/// <summary>What no message shows: passwords and other secrets that an input holds. Not safe for concurrent use.</summary>
public sealed class ConcealedTexts
{
    /// <summary>What is shown in their place.</summary>
    public const string Shown = "****";

    // Shorter ones would take letters out of every word: they are hidden where a message quotes them.
    private const int Shortest = 4;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private List<string>? _longestFirst;

    /// <summary>Takes one in.</summary>
    public void Add(string text)
    {
        if (!string.IsNullOrWhiteSpace(text) && _texts.Add(text))
            _longestFirst = null;
    }

    /// <summary>Whether it is one of them.</summary>
    public bool Contains(string text) => _texts.Contains(text);

    /// <summary>The text with asterisks in their place.</summary>
    public string Hide(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var secret in _longestFirst ??= [.. _texts.OrderByDescending(t => t.Length)])
            text = secret.Length < Shortest ? text.Replace($"'{secret}'", $"'{Shown}'", StringComparison.Ordinal) : text.Replace(secret, Shown, StringComparison.Ordinal);
        return text;
    }
}
