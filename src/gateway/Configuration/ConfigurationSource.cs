using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Routing;

namespace Esb.Gateway.Configuration;

/// <summary>
/// The two files in the first folder where at least one of them has content. Detects changes cheaply, and parses only
/// changed files. Not thread-safe.
/// </summary>
internal sealed class ConfigurationSource(IReadOnlyList<string> folders, TimeProvider time)
{
    /// <summary>The maximum size of a file: about 200,000 functions.</summary>
    private const long MaxBytes = 64 * 1024 * 1024;

    private const int Tries = 10;

    private readonly ParsedFile<FunctionsFile> _functions = new(FunctionsFile.Read);
    private readonly ParsedFile<RoutingFile> _routing = new(RoutingFile.Read);
    private readonly Dictionary<string, (FileStamp Stamp, bool IsBlank)> _emptiness = new(StringComparer.Ordinal);
    private FolderState _seen;
    private FolderState? _good;
    private (bool Functions, bool Routing) _goodHadContent;
    private bool _checkAgain;

    /// <summary>How often a file was parsed.</summary>
    public int Parses => _functions.Parses + _routing.Parses;

    /// <summary>
    /// Whether the files differ from those of the last <see cref="Read"/>, or may differ without a visible change.
    /// </summary>
    public bool HasChanged() => _checkAgain || Check() != _seen;

    /// <summary>
    /// Waits until nobody has written to the files for a moment, because a program that writes a file in place
    /// truncates it first. Files that keep changing are read as they are.
    /// </summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < Tries; i++)
        {
            var remaining = Check().TimeUntilSettled(time.GetUtcNow());
            if (remaining == TimeSpan.Zero)
                return;
            await Task.Delay(remaining, time, cancellationToken);
        }
    }

    /// <summary>
    /// Reads and validates the current files. Null when they are invalid; the reasons are in
    /// <paramref name="diagnostics"/>.
    /// </summary>
    public WrittenConfiguration? Read(DiagnosticBag diagnostics)
    {
        if (ReadBoth(diagnostics) is not var (functionsBytes, routingBytes))
        {
            // A read error may disappear without a change to the file.
            _checkAgain = true;
            return null;
        }

        _checkAgain = _seen.TimeUntilSettled(time.GetUtcNow()) > TimeSpan.Zero;
        var hasContent =
            (Functions: !EmptyStart.SaysNothing(functionsBytes), Routing: !EmptyStart.SaysNothing(routingBytes));
        if (Vanished(_seen, hasContent) is { } vanished)
        {
            diagnostics.Add(vanished);
            return null;
        }

        var functions = _functions.Parse(functionsBytes, _seen.FunctionsPath, diagnostics);
        var routing = _routing.Parse(routingBytes, _seen.RoutingPath, diagnostics);
        if (functions is null || routing is null)
            return null;
        (_good, _goodHadContent) = (_seen, hasContent);
        return new WrittenConfiguration(ConfigurationHash.Of(functionsBytes, routingBytes), functions, routing)
        {
            Folder = _seen.Folder,
            FunctionsBytes = functionsBytes,
            RoutingBytes = routingBytes,
        };
    }

    private FolderState Check() => FolderState.At(folders, IsBlank);

    // Reads each state of a file only once. With a single folder there is no choice to make.
    private bool IsBlank(string path, FileStamp stamp)
    {
        if (folders.Count == 1 || stamp.Kind != FileKind.Regular || stamp.Size > MaxBytes)
            return false;
        if (_emptiness.TryGetValue(path, out var known) && known.Stamp == stamp)
            return known.IsBlank;
        try
        {
            var isBlank = EmptyStart.SaysNothing(File.ReadAllBytes(path));
            _emptiness[path] = (stamp, isBlank);
            return isBlank;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // Reading it reports the error.
        }
    }

    // Reads both files as of one moment, although a symbolic link may be switched, or a deploy may write, between the
    // two reads.
    private (byte[] Functions, byte[] Routing)? ReadBoth(DiagnosticBag diagnostics)
    {
        for (var i = 1; ; i++)
        {
            var found = new DiagnosticBag();
            _seen = Check();
            var functions = Bytes(_seen.FunctionsPath, _seen.Functions, found);
            var routing = Bytes(_seen.RoutingPath, _seen.Routing, found);
            if (Check() != _seen && i < Tries)
                continue;
            foreach (var diagnostic in found)
                diagnostics.Add(diagnostic);
            return found.HasErrors ? null : (functions, routing);
        }
    }

    private static byte[] Bytes(string path, FileStamp stamp, DiagnosticBag diagnostics)
    {
        try
        {
            if (stamp.Kind == FileKind.Other)
                throw new IOException("it is not a file");
            if (stamp.Size > MaxBytes)
                throw new IOException($"it is larger than {MaxBytes >> 20} MiB");
            if (stamp.Exists)
                return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(
                new Diagnostic(Severity.Error, DiagnosticCodes.FileAccess, $"cannot be read: {e.Message}", path));
        }

        return [];
    }

    // The current configuration stays in use when its files disappear: mounts and editors remove files, but nobody does
    // so to change the configuration.
    private Diagnostic? Vanished(FolderState now, (bool Functions, bool Routing) hasContent)
    {
        if (_good is not { } good)
            return null;
        if (!now.IsEmpty && Preference(now) < Preference(good))
            return hasContent.Functions || hasContent.Routing
                ? null
                : Empty(now.Functions.Exists ? now.FunctionsPath : now.RoutingPath, exists: true);
        var same = now.Folder == good.Folder ? now : default;
        if (_goodHadContent.Functions && !(same.Functions.Exists && hasContent.Functions))
            return Empty(good.FunctionsPath, FileStamp.Of(good.FunctionsPath).Exists);
        return _goodHadContent.Routing && !(same.Routing.Exists && hasContent.Routing)
            ? Empty(good.RoutingPath, FileStamp.Of(good.RoutingPath).Exists)
            : null;
    }

    private static Diagnostic Empty(string path, bool exists) =>
        new(
            Severity.Error,
            DiagnosticCodes.FileAccess,
            exists ? "is empty, or has no content" : "has vanished",
            path,
            Help: "put it back; to serve nothing, write {} into it");

    private int Preference(FolderState state)
    {
        var at = 0;
        while (folders[at] != state.Folder)
            at++;
        return at;
    }
}
