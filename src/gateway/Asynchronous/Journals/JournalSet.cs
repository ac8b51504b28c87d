using System.Globalization;

namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>
/// The journals of gateways that replaced each other. Each gateway writes only its own: the folder itself or, while an
/// earlier gateway finishes its work, a numbered subfolder. When a gateway has ended or crashed, its journal is free,
/// and a running gateway takes over its events.
/// </summary>
internal sealed class JournalSet(string root)
{
    private const int MaxGateways = 64;

    private string? _own;

    /// <summary>Takes the first free journal.</summary>
    /// <param name="isShared">
    /// Whether other gateways may have their journals here. If not, a lock on the folder itself indicates a
    /// configuration mistake.
    /// </param>
    /// <exception cref="IOException">No journal is free, or the folder cannot be created or read.</exception>
    public JournalFolder TakeFirst(bool isShared)
    {
        foreach (var path in isShared ? Enumerable.Range(0, MaxGateways).Select(PathOf) : [root])
        {
            if (JournalFolder.TryOpen(path) is not { } folder)
                continue;
            _own = path;
            return folder;
        }

        throw new IOException($"the folder of asynchronous invocations, {root}, is used by another gateway");
    }

    /// <summary>
    /// Returns the journals without a writer that contain events. Each is locked until it is disposed.
    /// </summary>
    public IEnumerable<JournalFolder> TakeAbandoned()
    {
        foreach (var path in Enumerable.Range(0, MaxGateways).Select(PathOf))
        {
            // The folders are created in order and never deleted.
            if (!Directory.Exists(path))
                yield break;
            if (path == _own || !JournalFolder.HasSegments(path) || JournalFolder.TryOpen(path) is not { } folder)
                continue;
            yield return folder;
        }
    }

    private string PathOf(int number) =>
        number == 0 ? root : Path.Combine(root, number.ToString(CultureInfo.InvariantCulture));
}
