using System.Security.Cryptography;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Gateway.Configuration;

/// <summary>
/// One of the two files as it was parsed. Keeps the last good outcome and the last bad one by the hash of their bytes, so that the
/// same bytes are never parsed twice: not after a touch, not when a broken file is put back to what it was.
/// </summary>
internal sealed class ParsedFile<T>(Func<YamlMapping, DiagnosticBag, T> bind)
    where T : class
{
    private Outcome? _good;
    private Outcome? _bad;

    /// <summary>How often bytes were parsed.</summary>
    public int Parses { get; private set; }

    /// <returns>Null when the bytes cannot be used; then <paramref name="diagnostics"/> has an error.</returns>
    public T? Parse(byte[] bytes, string path, DiagnosticBag diagnostics)
    {
        var hash = SHA256.HashData(bytes);
        var outcome = Is(_good, path, hash) ? _good! : Is(_bad, path, hash) ? _bad! : ParseAnew(bytes, path, hash);
        foreach (var diagnostic in outcome.Diagnostics)
            diagnostics.Add(diagnostic);
        return outcome.Parsed;
    }

    private Outcome ParseAnew(byte[] bytes, string path, byte[] hash)
    {
        Parses++;
        var found = new DiagnosticBag();
        T? parsed = null;
        if (ConfigurationDocument.Parse(bytes, path, found) is { } document)
            parsed = bind(document, found);
        if (found.HasErrors)
            return _bad = new Outcome(path, hash, null, [.. found]);
        _bad = null;
        return _good = new Outcome(path, hash, parsed, [.. found]);
    }

    private static bool Is(Outcome? outcome, string path, byte[] hash) =>
        outcome is not null && outcome.Path == path && outcome.Hash.AsSpan().SequenceEqual(hash);

    private sealed record Outcome(string Path, byte[] Hash, T? Parsed, IReadOnlyList<Diagnostic> Diagnostics);
}
