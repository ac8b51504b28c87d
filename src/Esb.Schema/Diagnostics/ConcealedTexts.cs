namespace Esb.Schema.Diagnostics;

/// <summary>
/// Texts that no message may show: the passwords and other secrets of an input. Not safe for concurrent use.
/// </summary>
public sealed class ConcealedTexts
{
    /// <summary>What a message shows instead of such a text.</summary>
    public const string Shown = "****";

    // Shorter texts would be replaced inside ordinary words, so they are hidden only where a message quotes them.
    private const int Shortest = 4;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private List<string>? _longestFirst;

    /// <summary>Adds a text.</summary>
    public void Add(string text)
    {
        if (!string.IsNullOrWhiteSpace(text) && _texts.Add(text))
            _longestFirst = null;
    }

    /// <summary>Whether a text is concealed.</summary>
    public bool Contains(string text) => _texts.Contains(text);

    /// <summary>Replaces all concealed texts within a text.</summary>
    public string Hide(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var secret in _longestFirst ??= [.. _texts.OrderByDescending(t => t.Length)])
            text = secret.Length < Shortest
                ? text.Replace($"'{secret}'", $"'{Shown}'", StringComparison.Ordinal)
                : text.Replace(secret, Shown, StringComparison.Ordinal);
        return text;
    }
}
