using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Routing;

namespace Esb.Gateway.Configuration;

/// <summary>
/// The two files in the first folder that has one of them. Says cheaply whether anything changed, and parses only what did.
/// Not safe for concurrent use.
/// </summary>
internal sealed class ConfigurationSource(IReadOnlyList<string> folders, TimeProvider time)
{
    /// <summary>The largest file that is read: some 200,000 functions.</summary>
    private const long MaxBytes = 64 * 1024 * 1024;

    private const int Tries = 10;

    private readonly ParsedFile<FunctionsFile> _functions = new(FunctionsFile.Read);
    private readonly ParsedFile<RoutingFile> _routing = new(RoutingFile.Read);
    private readonly Dictionary<string, (FileStamp Stamp, bool SaysNothing)> _emptiness = new(StringComparer.Ordinal);
    private FolderLook _seen;
    private FolderLook? _good;
    private (bool Functions, bool Routing) _goodSaid;
    private bool _lookAgain;

    /// <summary>How often a file was parsed.</summary>
    public int Parses => _functions.Parses + _routing.Parses;

    /// <summary>True when the files differ from those that <see cref="Read"/> saw last, or may differ without showing it.</summary>
    public bool HasChanged() => _lookAgain || Look() != _seen;

    /// <summary>
    /// Waits until nobody has written for a moment: who writes in place, truncates first. Files that never come to rest are read as they are.
    /// </summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < Tries; i++)
        {
            var unrest = Look().Unrest(time.GetUtcNow());
            if (unrest == TimeSpan.Zero)
                return;
            await Task.Delay(unrest, time, cancellationToken);
        }
    }

    /// <summary>Reads and validates what is there now. Null when it cannot be used; the reasons are in <paramref name="diagnostics"/>.</summary>
    public WrittenConfiguration? Read(DiagnosticBag diagnostics)
    {
        if (ReadBoth(diagnostics) is not var (functionsBytes, routingBytes))
        {
            // A failure to read may pass without any change of the file.
            _lookAgain = true;
            return null;
        }

        _lookAgain = _seen.Unrest(time.GetUtcNow()) > TimeSpan.Zero;
        var said = (Functions: !EmptyStart.SaysNothing(functionsBytes), Routing: !EmptyStart.SaysNothing(routingBytes));
        if (Vanished(_seen, said) is { } vanished)
        {
            diagnostics.Add(vanished);
            return null;
        }

        var functions = _functions.Parse(functionsBytes, _seen.FunctionsPath, diagnostics);
        var routing = _routing.Parse(routingBytes, _seen.RoutingPath, diagnostics);
        if (functions is null || routing is null)
            return null;
        (_good, _goodSaid) = (_seen, said);
        return new WrittenConfiguration(ConfigurationHash.Of(functionsBytes, routingBytes), functions, routing)
        {
            Folder = _seen.Folder,
            FunctionsBytes = functionsBytes,
            RoutingBytes = routingBytes,
        };
    }

    private FolderLook Look() => FolderLook.At(folders, SaysNothing);

    // Asked at each look, and read once for each state of a file. With one folder there is nothing to choose.
    private bool SaysNothing(string path, FileStamp stamp)
    {
        if (folders.Count == 1 || stamp.Kind != FileKind.Regular || stamp.Size > MaxBytes)
            return false;
        if (_emptiness.TryGetValue(path, out var known) && known.Stamp == stamp)
            return known.SaysNothing;
        try
        {
            var says = EmptyStart.SaysNothing(File.ReadAllBytes(path));
            _emptiness[path] = (stamp, says);
            return says;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // Reading it says what is wrong.
        }
    }

    // Both as they were at one moment: a symbolic link may be switched, or a deploy go on, between the one and the other.
    private (byte[] Functions, byte[] Routing)? ReadBoth(DiagnosticBag diagnostics)
    {
        for (var i = 1; ; i++)
        {
            var found = new DiagnosticBag();
            _seen = Look();
            var functions = Bytes(_seen.FunctionsPath, _seen.Functions, found);
            var routing = Bytes(_seen.RoutingPath, _seen.Routing, found);
            if (Look() != _seen && i < Tries)
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
                throw new IOException($"it has more than {MaxBytes >> 20} MiB");
            if (stamp.Exists)
                return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(new Diagnostic(Severity.Error, DiagnosticCodes.FileAccess, $"cannot be read: {e.Message}", path));
        }

        return [];
    }

    // What is served goes on being served when its files go: nobody deletes them to say something, but mounts and editors do.
    private Diagnostic? Vanished(FolderLook now, (bool Functions, bool Routing) said)
    {
        if (_good is not { } good)
            return null;
        if (!now.IsEmpty && Preference(now) < Preference(good))
            return said.Functions || said.Routing ? null : Empty(now.Functions.Exists ? now.FunctionsPath : now.RoutingPath, exists: true);
        var same = now.Folder == good.Folder ? now : default;
        if (_goodSaid.Functions && !(same.Functions.Exists && said.Functions))
            return Empty(good.FunctionsPath, FileStamp.Of(good.FunctionsPath).Exists);
        return _goodSaid.Routing && !(same.Routing.Exists && said.Routing) ? Empty(good.RoutingPath, FileStamp.Of(good.RoutingPath).Exists) : null;
    }

    private static Diagnostic Empty(string path, bool exists) =>
        new(Severity.Error, DiagnosticCodes.FileAccess, exists ? "is empty, or says nothing" : "has vanished", path, Help: "put it back; to serve nothing, write {} into it");

    private int Preference(FolderLook look)
    {
        var at = 0;
        while (folders[at] != look.Folder)
            at++;
        return at;
    }
}
