using System.IO.Hashing;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Gateway.Configuration;

/// <summary>
/// The parse results of one of the two files. Keeps the last valid and the last invalid result with the hash of their
/// bytes, so that the same bytes are not parsed again, for example after a touch or when a broken file is reverted.
/// </summary>
internal sealed class ParsedFile<T>(Func<YamlMapping, DiagnosticBag, T> bind)
    where T : class
{
    private Outcome? _good;
    private Outcome? _bad;

    /// <summary>How often a file was parsed.</summary>
    public int Parses { get; private set; }

    /// <returns>Null when the bytes are invalid; then <paramref name="diagnostics"/> has an error.</returns>
    public T? Parse(byte[] bytes, string path, DiagnosticBag diagnostics)
    {
        var hash = XxHash128.HashToUInt128(bytes);
        var outcome = Is(_good, path, hash) ? _good! : Is(_bad, path, hash) ? _bad! : ParseChanged(bytes, path, hash);
        foreach (var diagnostic in outcome.Diagnostics)
            diagnostics.Add(diagnostic);
        return outcome.Parsed;
    }

    private Outcome ParseChanged(byte[] bytes, string path, UInt128 hash)
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

    private static bool Is(Outcome? outcome, string path, UInt128 hash) =>
        outcome is not null && outcome.Path == path && outcome.Hash == hash;

    private sealed record Outcome(string Path, UInt128 Hash, T? Parsed, IReadOnlyList<Diagnostic> Diagnostics);
}
